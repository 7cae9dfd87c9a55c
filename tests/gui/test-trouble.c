/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-banner.h"
#include "dd-test-server.h"
#include "dd-window.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

/*
 * What the window says when a service does not answer as it should: one sentence above the page, the button that mends it, and
 * all that was known before still there.
 */

#define NO_ISSUES "{\"data\":{\"issues\":{\"nodes\":[],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}}}"

typedef struct
{
  GuiFixture    gui;
  DdTestServer *server;
  GtkWidget    *window;
} Trouble;

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

static gboolean
is_shown (gpointer data)
{
  DdSession *session = dd_window_get_session (data);

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static gboolean
is_synced (gpointer data)
{
  DdSyncer *syncer = dd_window_get_syncer (data);

  return !dd_syncer_is_running (syncer) && (dd_syncer_get_result (syncer) != NULL || dd_syncer_get_error (syncer) != NULL) &&
         is_shown (data);
}

static GtkWidget *
find_banner (GtkWidget *widget)
{
  GtkWidget *found = DD_IS_BANNER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_banner (child);
  return found;
}

/* The sentence; NULL where there is none. @action: (out): of its button, NULL for none. */
static const char *
read_banner (GtkWidget   *window,
             const char **action)
{
  GtkWidget *revealer = gtk_widget_get_first_child (find_banner (window));
  GtkWidget *box = gtk_revealer_get_child (GTK_REVEALER (revealer));
  GtkWidget *button = gtk_widget_get_last_child (box);

  *action = gtk_widget_get_visible (button) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (button)) : NULL;
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)))
    return NULL;
  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (box)));
}

/* "Shop", whose files are there already, gets a service at @url. */
static void
connect_service (Trouble    *t,
                 const char *type,
                 const char *url)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"Shop\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"},"
                                           "{\"type\":\"%s\",\"url\":\"%s\"%s}]}",
                                           type, url, strcmp (type, "github") == 0 ? ",\"organization\":\"shop\"" : "");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dd_workspaces_import_async (t->gui.engine, json, "shop.json", FALSE, NULL, ready_cb, &result);
  gui_wait_until (is_set, &result);
  name = dd_workspaces_import_finish (t->gui.engine, result, &error);
  g_assert_no_error (error);
  t->window = dd_window_new (NULL, t->gui.engine);
  gtk_window_present (GTK_WINDOW (t->window));
  gui_wait_until (is_shown, t->window);
}

static void
synchronize (Trouble *t)
{
  gtk_widget_activate_action (t->window, "win.sync", NULL);
  g_assert_true (dd_syncer_is_running (dd_window_get_syncer (DD_WINDOW (t->window))));
  gui_wait_until (is_synced, t->window);
}

static void
set_up (Trouble      *t,
        gconstpointer data)
{
  gui_fixture_set_up (&t->gui, NULL);
  t->server = dd_test_server_new ();
}

static void
tear_down (Trouble      *t,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (t->window));
  g_clear_pointer (&t->server, dd_test_server_free);
  gui_fixture_tear_down (&t->gui, NULL);
}

/* One window only: nothing has opened by itself. What the files brought is there as before. */
static void
assert_calm (Trouble *t)
{
  const DdReport *report = dd_session_get_report (dd_window_get_session (DD_WINDOW (t->window)));

  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->summary->metrics.deployment_frequency.deployments, >, 0);
}

typedef struct
{
  const char *name;
  DdTestReply reply;
  const char *sentence; /* a glob */
  const char *action;
} Row;

static const Row rows[] = {
  { "/trouble/wrong-token", { .status = 401, .body = "{\"message\":\"Bad credentials\"}" },
    "GitHub cannot be synced without a valid token.", "win.preferences" },
  { "/trouble/missing-right",
    { .status = 403, .headers = "X-Accepted-GitHub-Permissions: contents=read",
      .body = "{\"message\":\"Resource not accessible by personal access token\"}" },
    "The GitHub token lacks a right: give it contents=read.", "win.preferences" },
  { "/trouble/limit", { .status = 429, .headers = "Retry-After: 3600", .body = "{}" },
    "GitHub’s limit is reached until ??:??; what was fetched is kept, sync again then.", "win.sync" },
  { "/trouble/source-gone", { .status = 404, .body = "{\"message\":\"Not Found\"}" },
    "GitHub has nothing at this address; *.", "win.sync" },
  { "/trouble/server-down", { .status = 500, .body = "{}" }, "GitHub is in trouble (HTTP 500); try again later.", "win.sync" },
};

/* At the sidebar's foot, which is there a few frames after the page. */
static gboolean
has_named_source (gpointer data)
{
  return gui_find_label (data, "GitHub was not synced") != NULL;
}

static void
test_reply (Trouble      *t,
            gconstpointer data)
{
  const Row *row = data;
  const char *sentence, *action;

  dd_test_server_add (t->server, "*", &row->reply, 1);
  connect_service (t, "github", t->server->url);
  g_assert_null (read_banner (t->window, &action));
  synchronize (t);
  sentence = read_banner (t->window, &action);
  g_test_message ("%s", sentence);
  g_assert_true (g_pattern_match_simple (row->sentence, sentence));
  g_assert_cmpstr (action, ==, row->action);
  gui_wait_until (has_named_source, t->window);
  assert_calm (t);
}

static void
test_no_network (Trouble      *t,
                 gconstpointer data)
{
  g_autofree char *url = g_strdup (t->server->url);
  const char *action;

  g_clear_pointer (&t->server, dd_test_server_free);
  connect_service (t, "github", url);
  synchronize (t);
  g_assert_cmpstr (read_banner (t->window, &action), ==,
                   "GitHub cannot be reached at “127.0.0.1”; check the network, or try again later.");
  g_assert_cmpstr (action, ==, "win.sync");
  assert_calm (t);
}

static gint64
last_sync (Trouble *t)
{
  const DdReport *report = dd_session_get_report (dd_window_get_session (DD_WINDOW (t->window)));

  return ((DdSourceState *) report->summary->sources->pdata[report->summary->sources->len - 1])->last_sync;
}

/* What was synced before the token expired stays, with its date; with a new token all is well. */
static void
test_expired_token (Trouble      *t,
                    gconstpointer data)
{
  const DdTestReply replies[] = { { .body = NO_ISSUES }, { .status = 401, .body = "{}" }, { .body = NO_ISSUES } };
  const char *action;
  gint64 before;

  dd_test_server_add (t->server, "*", replies, G_N_ELEMENTS (replies));
  connect_service (t, "linear", t->server->url);
  synchronize (t);
  g_assert_null (read_banner (t->window, &action));
  before = last_sync (t);
  synchronize (t);
  g_assert_cmpstr (read_banner (t->window, &action), ==, "Linear cannot be synced without a valid token.");
  g_assert_cmpstr (action, ==, "win.preferences");
  g_assert_cmpint (last_sync (t), ==, before);
  assert_calm (t);
  synchronize (t);
  g_assert_null (read_banner (t->window, &action));
  g_assert_cmpint (last_sync (t), >, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GITHUB_TOKEN", "a-token", TRUE);
  g_setenv ("LINEAR_API_KEY", "a-token", TRUE);
  g_setenv ("DORADASH_PATIENCE", "0.02", TRUE);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_test_add (rows[i].name, Trouble, &rows[i], set_up, test_reply, tear_down);
  g_test_add ("/trouble/no-network", Trouble, NULL, set_up, test_no_network, tear_down);
  g_test_add ("/trouble/expired-token", Trouble, NULL, set_up, test_expired_token, tear_down);
  return g_test_run ();
}
