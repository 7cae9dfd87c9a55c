/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#include "dd-banner.h"
#include "dd-settings-file.h"
#include "dd-test-server.h"
#include "dd-window.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

/* The window of "Shop", which has GitHub beside its files now; GitHub is a server that does what the test says. */
typedef struct
{
  GuiFixture    fixture;
  DdTestServer *server;
  GtkWidget    *window;
  const char   *said;
} Test;

static gboolean
is_set (gpointer data)
{
  return *(guint *) data != 0;
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_free (dd_workspaces_import_finish (DD_ENGINE (object), result, &error));
  g_assert_no_error (error);
  *(guint *) user_data = 1;
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  g_autofree char *json = NULL;
  guint done = 0;

  gui_fixture_set_up (&test->fixture, NULL);
  test->server = dd_test_server_new ();
  json = g_strdup_printf ("{ \"name\": \"Shop\", \"timezone\": \"UTC\", \"sources\": [ { \"type\": \"files\" },"
                          "{ \"type\": \"github\", \"url\": \"%s\", \"organization\": \"northwind\" } ] }", test->server->url);
  dd_workspaces_import_async (test->fixture.engine, json, "test", FALSE, NULL, imported_cb, &done);
  gui_wait_until (is_set, &done);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  g_clear_pointer (&test->server, dd_test_server_free);
  gui_fixture_tear_down (&test->fixture, NULL);
}

static gboolean
has_report (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (data));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static void
open_window (Test *test)
{
  test->window = dd_window_new (NULL, test->fixture.engine);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (has_report, test->window);
}

static GtkWidget *
find_banner (GtkWidget *widget)
{
  if (DD_IS_BANNER (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_banner (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The label below @widget that is seen and holds @text. */
static GtkWidget *
find_words (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_words (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
banner_says (gpointer data)
{
  Test *test = data;

  return find_words (find_banner (test->window), test->said) != NULL;
}

static void
wait_for_banner (Test       *test,
                 const char *words)
{
  test->said = words;
  gui_wait_until (banner_says, test);
}

static gboolean
says (gpointer data)
{
  Test *test = data;

  return find_words (test->window, test->said) != NULL;
}

/* What is known stays, the window stays usable, and no other window has come up. */
static void
assert_calm (Test *test)
{
  g_assert_nonnull (dd_session_get_report (dd_window_get_session (DD_WINDOW (test->window))));
  gtk_widget_activate_action (test->window, "win.show", "s", "health");
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "sync"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

typedef struct
{
  const char *name;
  DdTestReply reply;
  const char *words;
  const char *button;
} Case;

static const Case cases[] = {
  { "wrong-token", { .status = 401, .body = "{\"message\":\"Bad credentials\"}" }, "GitHub does not know this token", "Tokens…" },
  { "missing-right", { .status = 403, .body = "{\"message\":\"Resource not accessible by personal access token\"}" },
    "refuses this to the token", "Tokens…" },
  { "source-gone", { .status = 404, .body = "{\"message\":\"Not Found\"}" }, "GitHub has nothing at this address", "Try Again" },
  { "limit", { .status = 429, .headers = "Retry-After: 7200", .body = "{}" }, "limit is reached until", "Try Again" },
  { "in-trouble", { .status = 500, .body = "oops" }, "GitHub is in trouble (HTTP 500)", "Try Again" },
  { "no-data", { .body = "<html>Sign in to the hotel’s network</html>" }, "GitHub answered something that is no data", "Try Again" },
  { "cut-off", { .kind = DD_TEST_RESET }, "GitHub cannot be reached", "Try Again" },
};

/* One sentence above the page and the button that mends it; the foot of the sidebar says which source it is. */
static void
test_source (Test         *test,
             gconstpointer data)
{
  const Case *row = data;

  dd_test_server_add (test->server, "*", &row->reply, 1);
  open_window (test);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, row->words);
  g_assert_nonnull (find_words (find_banner (test->window), row->button));
  test->said = "GitHub was not synced";
  gui_wait_until (says, test);
  assert_calm (test);
}

/* Nobody listens any more: the computer or the service is offline. */
static void
test_offline (Test         *test,
              gconstpointer data)
{
  open_window (test);
  g_clear_pointer (&test->server, dd_test_server_free);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, "GitHub cannot be reached");
  g_assert_nonnull (find_words (find_banner (test->window), "Try Again"));
  assert_calm (test);
}

/* After the right token, the trouble is over and says nothing any more. */
static void
test_over (Test         *test,
           gconstpointer data)
{
  static const DdTestReply replies[] = {
    { .status = 401, .body = "{}" },
    { .body = "{\"data\":{\"organization\":null,\"user\":null,\"repositoryOwner\":null,\"viewer\":{\"login\":\"mara\"}}}" },
  };

  dd_test_server_add (test->server, "*", replies, G_N_ELEMENTS (replies));
  open_window (test);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, "GitHub does not know this token");
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  /* Another sentence takes its place. */
  wait_for_banner (test, "northwind");
  assert_calm (test);
}

static sqlite3 *
open_beside (Test *test)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (test->fixture.database, &db), ==, SQLITE_OK);
  return db;
}

/* Another program holds the database: what is shown stays, and the sync says so. */
static void
test_locked (Test         *test,
             gconstpointer data)
{
  sqlite3 *db;

  open_window (test);
  db = open_beside (test);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, "another program");
  g_assert_nonnull (dd_session_get_report (dd_window_get_session (DD_WINDOW (test->window))));
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (db);
  assert_calm (test);
}

/* No room: nothing that was there is lost, and it is said. */
static void
test_full (Test         *test,
           gconstpointer data)
{
  struct rlimit before, least;

  open_window (test);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  least = (struct rlimit) { 1, before.rlim_max };
  setrlimit (RLIMIT_FSIZE, &least);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, "database");
  setrlimit (RLIMIT_FSIZE, &before);
  assert_calm (test);
}

/* A database of a version that is not known yet is left alone. */
static void
test_newer (Test         *test,
            gconstpointer data)
{
  sqlite3 *db = open_beside (test);
  g_autofree char *path = g_strdup (test->fixture.database);

  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 4711", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_clear_object (&test->fixture.session);
  g_clear_object (&test->fixture.engine);
  test->fixture.engine = dd_engine_new (path);
  test->window = dd_window_new (NULL, test->fixture.engine);
  gtk_window_present (GTK_WINDOW (test->window));
  test->said = "newer";
  gui_wait_until (says, test);
}

/* Where the keyring is not to be had, the source says so. */
static void
test_no_keyring (Test         *test,
               gconstpointer data)
{
  g_unsetenv ("GITHUB_TOKEN");
  open_window (test);
  gtk_widget_activate_action (test->window, "win.sync", NULL);
  wait_for_banner (test, "keyring");
  g_assert_nonnull (find_words (find_banner (test->window), "Try Again"));
  assert_calm (test);
  g_setenv ("GITHUB_TOKEN", "ghp_test", TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GITHUB_TOKEN", "ghp_test", TRUE);
  g_setenv ("DORADASH_PATIENCE", "0.02", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/trouble/", cases[i].name, NULL);

      g_test_add (path, Test, &cases[i], set_up, test_source, tear_down);
    }
  g_test_add ("/trouble/offline", Test, NULL, set_up, test_offline, tear_down);
  g_test_add ("/trouble/over", Test, NULL, set_up, test_over, tear_down);
  g_test_add ("/trouble/locked", Test, NULL, set_up, test_locked, tear_down);
  g_test_add ("/trouble/full", Test, NULL, set_up, test_full, tear_down);
  g_test_add ("/trouble/newer", Test, NULL, set_up, test_newer, tear_down);
  g_test_add ("/trouble/no-keyring", Test, NULL, set_up, test_no_keyring, tear_down);
  return g_test_run ();
}
