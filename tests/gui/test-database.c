/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "dd-db-private.h"
#include "dd-engine-private.h"
#include "dd-sync.h"
#include "dd-time.h"
#include "dd-window.h"
#include "trouble-fixture.h"

/* What the window says when its database cannot be had: why, in one sentence; what is known stays, with its date. */

#define IN_USE "The database *a.db is in use by another program; try again when it is done."

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* Another program's hold of the database. */
static sqlite3 *
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  return handle;
}

/* The label below @widget whose text matches the glob; NULL for none. */
static GtkWidget *
find_words (GtkWidget  *widget,
            const char *glob)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_pattern_match_simple (glob, gtk_label_get_text (GTK_LABEL (widget))))
    found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_words (child, glob);
  return found;
}

static gboolean
has_title (gpointer data)
{
  return gui_find_label (data, "Nothing Can Be Shown") != NULL;
}

/* A program that has just been started. */
static void
start (Trouble    *t,
       const char *path)
{
  g_autoptr (DdEngine) engine = dd_engine_new (path);

  trouble_open (t, engine);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* As if the program that made the database had ended, and written down what it showed. */
static void
close_database (Trouble *t)
{
  gpointer session = t->gui.session;

  g_object_add_weak_pointer (G_OBJECT (session), &session);
  g_clear_object (&t->gui.session);
  gui_wait_until (is_gone, &session);
  g_assert_finalize_object (g_steal_pointer (&t->gui.engine));
}

static void
test_newer (Trouble      *t,
            gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize length, length_after;

  close_database (t);
  sqlite3_close (run_sql (t->gui.database, "PRAGMA user_version = 1000; CREATE TABLE of_later_days (id)"));
  g_assert_true (g_file_get_contents (t->gui.database, &before, &length, NULL));
  start (t, t->gui.database);
  gui_wait_until (has_title, t->window);
  g_assert_nonnull (find_words (t->window, "The database *a.db was made by a newer version of DoraDash (*Nothing was changed."));
  /* Nothing that is done here helps. */
  g_assert_null (gui_find_label (t->window, "Try Again"));
  g_assert_true (g_file_get_contents (t->gui.database, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

static gboolean
has_banner (gpointer data)
{
  const char *action;

  return trouble_read_banner (data, &action) != NULL;
}

/* The same where the window remembers what it showed last, and is up before anything is read. */
static void
test_newer_remembered (Trouble      *t,
                       gconstpointer data)
{
  const char *action;

  gui_fixture_start (&t->gui);
  close_database (t);
  sqlite3_close (run_sql (t->gui.database, "PRAGMA user_version = 1000; CREATE TABLE of_later_days (id)"));
  start (t, t->gui.database);
  gui_wait_until (has_banner, t->window);
  g_assert_true (g_pattern_match_simple ("The database *a.db was made by a newer version of DoraDash (*Nothing was changed.",
                                         trouble_read_banner (t->window, &action)));
  g_assert_null (action);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

static void
test_folder (Trouble      *t,
             gconstpointer data)
{
  /* A file stands where its folder should: nobody may write there, not even the superuser. */
  g_autofree char *path = g_build_filename (t->gui.database, "folder", "b.db", NULL);

  start (t, path);
  gui_wait_until (has_title, t->window);
  g_assert_nonnull (find_words (t->window, "The folder *a.db/folder cannot be made; check its permissions."));
  g_assert_nonnull (gui_find_label (t->window, "Try Again"));
}

/* Another program keeps all others out while this one starts; once it has ended, all is there by itself. */
static void
test_locked_at_start (Trouble      *t,
                      gconstpointer data)
{
  sqlite3 *other;

  close_database (t);
  other = run_sql (t->gui.database, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  start (t, t->gui.database);
  gui_wait_until (has_title, t->window);
  g_assert_nonnull (find_words (t->window, IN_USE));
  sqlite3_close (other);
  gui_wait_until (trouble_is_shown, t->window);
  trouble_assert_calm (t);
}

/* It cannot be written to for a while: the sync says so, and what was read stays. */
static void
test_locked (Trouble      *t,
             gconstpointer data)
{
  const DdTestReply none = { .body = TROUBLE_NO_ISSUES };
  const char *action;
  sqlite3 *other;

  dd_test_server_add (t->server, "*", &none, 1);
  trouble_connect (t, "linear", t->server->url);
  other = run_sql (t->gui.database, "BEGIN IMMEDIATE");
  trouble_sync (t);
  g_assert_true (g_pattern_match_simple (IN_USE, trouble_read_banner (t->window, &action)));
  g_assert_cmpstr (action, ==, "win.sync");
  trouble_assert_calm (t);
  sqlite3_close (other);
  trouble_sync (t);
  g_assert_null (trouble_read_banner (t->window, &action));
}

static gboolean
has_no_banner (gpointer data)
{
  return !has_banner (data);
}

static gboolean
has_foot (gpointer data)
{
  return gui_find_label (data, "Not up to date") != NULL;
}

/* Reading fails: what was read last stays, and nobody is told that it is up to date. */
static void
test_damaged (Trouble      *t,
              gconstpointer data)
{
  const char *action;

  trouble_connect (t, "linear", t->server->url);
  sqlite3_close (run_sql (t->gui.database, "ALTER TABLE workspace RENAME TO elsewhere"));
  dd_session_refresh (dd_window_get_session (DD_WINDOW (t->window)));
  gui_wait_until (has_banner, t->window);
  g_assert_true (g_pattern_match_simple ("The database *a.db failed: *", trouble_read_banner (t->window, &action)));
  g_assert_cmpstr (action, ==, "win.refresh");
  gui_wait_until (has_foot, t->window);
  trouble_assert_calm (t);
  sqlite3_close (run_sql (t->gui.database, "ALTER TABLE elsewhere RENAME TO workspace"));
  gtk_widget_activate_action (t->window, "win.refresh", NULL);
  gui_wait_until (has_no_banner, t->window);
  trouble_assert_calm (t);
}

static gpointer
limit_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  dd_db_exec (db, data, error);
  return NULL;
}

/* As many pages as it has already, or as many as it wants. */
static void
limit_pages (Trouble    *t,
             const char *sql)
{
  DdStore *store = dd_engine_get_store (t->gui.engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_store_run_async (store, limit_job, (char *) sql, NULL, NULL, NULL, ready_cb, &result);
  gui_wait_until (is_set, &result);
  dd_store_run_finish (store, result, &error);
  g_assert_no_error (error);
}

/* More issues than find room in the pages that are there. */
static char *
many_issues (void)
{
  GString *body = g_string_new ("{\"data\":{\"issues\":{\"nodes\":[");
  g_autofree char *title = g_strnfill (5000, 'x');
  g_autofree char *at = gui_time_ago (3, 9);

  for (int i = 0; i < 100; i++)
    g_string_append_printf (body, "%s{\"id\":\"%d\",\"identifier\":\"OPS-%d\",\"title\":\"%s\",\"createdAt\":\"%s\",\"completedAt\":\"%s\","
                                  "\"updatedAt\":\"%s\",\"state\":{\"type\":\"completed\"},\"labels\":{\"nodes\":[{\"name\":\"outage\"}]}}",
                            i > 0 ? "," : "", i, i, title, at, at, at);
  g_string_append (body, "],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}}}");
  return g_string_free (body, FALSE);
}

static void
test_disk_full (Trouble      *t,
                gconstpointer data)
{
  g_autofree char *body = many_issues ();
  const DdTestReply issues = { .body = body };
  const char *action;

  dd_test_server_add (t->server, "*", &issues, 1);
  trouble_connect (t, "linear", t->server->url);
  /* Less than there is means as much as there is. */
  limit_pages (t, "PRAGMA max_page_count = 1");
  trouble_sync (t);
  g_assert_true (g_pattern_match_simple ("*The disk is full; make room and try again.", trouble_read_banner (t->window, &action)));
  g_assert_cmpstr (action, ==, "win.sync");
  trouble_assert_calm (t);
  limit_pages (t, "PRAGMA max_page_count = 1000000");
  trouble_sync (t);
  g_assert_null (trouble_read_banner (t->window, &action));
}

static gboolean
has_two_requests (gpointer data)
{
  return ((DdTestServer *) data)->requests->len == 2;
}

/* The same workspace is synced over another connection meanwhile: both end well. */
static void
test_two_syncs (Trouble      *t,
                gconstpointer data)
{
  g_autofree char *body = many_issues ();
  const DdTestReply issues = { .body = body };
  const DdSyncOptions options = { .workspace = "Shop", .since = DD_TIME_NONE };
  g_autoptr (DdEngine) other = dd_engine_new (t->gui.database);
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *action;

  dd_test_server_add (t->server, "*", &issues, 1);
  trouble_connect (t, "linear", t->server->url);
  dd_test_server_set_holding (t->server, TRUE);
  dd_sync_run_async (other, &options, NULL, ready_cb, &ended);
  gtk_widget_activate_action (t->window, "win.sync", NULL);
  gui_wait_until (has_two_requests, t->server);
  dd_test_server_set_holding (t->server, FALSE);
  gui_wait_until (is_set, &ended);
  result = dd_sync_run_finish (ended, &error);
  g_assert_no_error (error);
  g_assert_false (dd_sync_result_any_failed (result));
  trouble_wait_for_sync (t);
  g_assert_null (trouble_read_banner (t->window, &action));
  trouble_assert_calm (t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LINEAR_API_KEY", "a-token", TRUE);
  g_setenv ("DORADASH_PATIENCE", "0.02", TRUE);
  adw_init ();
#define ADD(name, function) g_test_add (name, Trouble, NULL, trouble_set_up, function, trouble_tear_down)
  ADD ("/database/newer", test_newer);
  ADD ("/database/newer-remembered", test_newer_remembered);
  ADD ("/database/folder", test_folder);
  ADD ("/database/locked-at-start", test_locked_at_start);
  ADD ("/database/locked", test_locked);
  ADD ("/database/damaged", test_damaged);
  ADD ("/database/disk-full", test_disk_full);
  ADD ("/database/two-syncs", test_two_syncs);
  return g_test_run ();
}
