/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window.h"
#include "trouble-fixture.h"

/*
 * What the window says when a service does not answer as it should: one sentence above the page, the button that mends it, and
 * all that was known before still there.
 */

typedef struct
{
  const char *name;
  DdTestReply reply;
  const char *sentence; /* a glob */
  const char *action;
} Row;

static const Row rows[] = {
  { "/trouble/wrong-token", { .status = 401, .body = "{\"message\":\"Bad credentials\"}" },
    "GitHub cannot be synced without a valid token.", "win.change-setting" },
  { "/trouble/missing-right",
    { .status = 403, .headers = "X-Accepted-GitHub-Permissions: contents=read",
      .body = "{\"message\":\"Resource not accessible by personal access token\"}" },
    "The GitHub token lacks a right: give it contents=read.", "win.change-setting" },
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
  trouble_connect (t, "github", t->server->url);
  g_assert_null (trouble_read_banner (t->window, &action));
  trouble_sync (t);
  sentence = trouble_read_banner (t->window, &action);
  g_test_message ("%s", sentence);
  g_assert_true (g_pattern_match_simple (row->sentence, sentence));
  g_assert_cmpstr (action, ==, row->action);
  gui_wait_until (has_named_source, t->window);
  trouble_assert_calm (t);
}

static void
test_no_network (Trouble      *t,
                 gconstpointer data)
{
  g_autofree char *url = g_strdup (t->server->url);
  const char *action;

  g_clear_pointer (&t->server, dd_test_server_free);
  trouble_connect (t, "github", url);
  trouble_sync (t);
  g_assert_cmpstr (trouble_read_banner (t->window, &action), ==,
                   "GitHub cannot be reached at “127.0.0.1”; check the network, or try again later.");
  g_assert_cmpstr (action, ==, "win.sync");
  trouble_assert_calm (t);
}

static gint64
last_sync (Trouble *t)
{
  const DdReport *report = dd_session_get_report (dd_window_get_session (DD_WINDOW (t->window)));

  return ((DdSourceState *) report->summary->sources->pdata[report->summary->sources->len - 1])->last_sync;
}

static gboolean
says_failed (gpointer data)
{
  return gui_find_label (data, "Linear was not synced") != NULL;
}

/* Who opens the window again is not told that all is up to date. */
static void
assert_kept (Trouble *t)
{
  GtkWidget *again = dd_window_new (NULL, dd_session_get_engine (dd_window_get_session (DD_WINDOW (t->window))));

  gtk_window_present (GTK_WINDOW (again));
  gui_wait_until (says_failed, again);
  gtk_window_destroy (GTK_WINDOW (again));
}

/* What was synced before the token expired stays, with its date; with a new token all is well. */
static void
test_expired_token (Trouble      *t,
                    gconstpointer data)
{
  const DdTestReply replies[] = { { .body = TROUBLE_NO_ISSUES }, { .status = 401, .body = "{}" }, { .body = TROUBLE_NO_ISSUES } };
  const char *action;
  gint64 before;

  dd_test_server_add (t->server, "*", replies, G_N_ELEMENTS (replies));
  trouble_connect (t, "linear", t->server->url);
  trouble_sync (t);
  g_assert_null (trouble_read_banner (t->window, &action));
  before = last_sync (t);
  trouble_sync (t);
  g_assert_cmpstr (trouble_read_banner (t->window, &action), ==, "Linear cannot be synced without a valid token.");
  g_assert_cmpstr (action, ==, "win.change-setting");
  g_assert_cmpint (last_sync (t), ==, before);
  trouble_assert_calm (t);
  assert_kept (t);
  trouble_sync (t);
  g_assert_null (trouble_read_banner (t->window, &action));
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
    g_test_add (rows[i].name, Trouble, &rows[i], trouble_set_up, test_reply, trouble_tear_down);
  g_test_add ("/trouble/no-network", Trouble, NULL, trouble_set_up, test_no_network, trouble_tear_down);
  g_test_add ("/trouble/expired-token", Trouble, NULL, trouble_set_up, test_expired_token, trouble_tear_down);
  return g_test_run ();
}
