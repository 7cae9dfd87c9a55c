/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send.h"
#include "dd-slack-dialog.h"
#include "dd-source-trial.h"
#include "dd-test-server.h"
#include "gui-fixture.h"

#define PATH "/services/T000/B000/s3cret"
#define BODY_SENT "The report is in Slack."

/* The window with the fixture's report, and a server that stands for Slack. */
typedef struct
{
  GuiFixture    base;
  DdTestServer *server;
  char         *webhook;
  GtkWidget    *window;  /* that it is opened from */
  GtkWidget    *outside; /* in there */
  GtkWidget    *dialog;
} Fixture;

/* The first widget of @type below @widget that @matches. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      gboolean (*matches) (GtkWidget *, const char *),
      const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && matches (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, matches, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_title (GtkWidget  *widget,
           const char *title)
{
  return g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *label)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_on_screen (GtkWidget  *widget,
              const char *text)
{
  return gtk_widget_get_mapped (widget);
}

static GtkWidget *
row (Fixture    *fixture,
     const char *title)
{
  return find (fixture->dialog, ADW_TYPE_PREFERENCES_ROW, has_title, title);
}

static GtkWidget *
button (GtkWidget  *window,
        const char *label)
{
  return find (window, GTK_TYPE_BUTTON, has_label, label);
}

static void
press (GtkWidget  *window,
       const char *label)
{
  GtkWidget *found = button (window, label);

  g_assert_nonnull (found);
  g_assert_true (gtk_widget_is_sensitive (found));
  g_signal_emit_by_name (found, "clicked");
}

static gboolean
is_ready (gpointer dialog)
{
  return gtk_widget_is_sensitive (button (dialog, "_Send"));
}

/* The label is there, and on screen. */
typedef struct
{
  GtkWidget  *widget;
  const char *text;
} Words;

static gboolean
says_some (GtkWidget  *label,
           const char *text)
{
  return gtk_widget_get_mapped (label) && strstr (gtk_label_get_text (GTK_LABEL (label)), text) != NULL;
}

static gboolean
is_said (gpointer data)
{
  const Words *words = data;

  return find (words->widget, GTK_TYPE_LABEL, says_some, words->text) != NULL;
}

static void
wait_for (GtkWidget  *widget,
          const char *text)
{
  Words words = { widget, text };

  gui_wait_until (is_said, &words);
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      return at->data;
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_question () != NULL;
}

static gboolean
is_not_asked (gpointer data)
{
  return find_question () == NULL;
}

static void
open_dialog (Fixture *fixture)
{
  fixture->dialog = dd_slack_dialog_new (fixture->outside, fixture->base.engine, dd_session_get_report (fixture->base.session));
  gtk_window_present (GTK_WINDOW (fixture->dialog));
}

static void
close_dialog (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&fixture->dialog)));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  gui_fixture_set_up (&fixture->base, data);
  gui_fixture_start (&fixture->base);
  fixture->server = dd_test_server_new ();
  fixture->webhook = g_strconcat (fixture->server->url, PATH, NULL);
  dd_source_trial_keep_for_session ("Shop", "slack", fixture->webhook);
  fixture->window = adw_window_new ();
  fixture->outside = adw_toast_overlay_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->outside);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_dialog (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  if (fixture->dialog != NULL)
    close_dialog (fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dd_source_trial_keep_for_session ("Shop", "slack", NULL);
  dd_source_trial_keep_for_session ("Shop", "slack-bot", NULL);
  dd_test_server_free (fixture->server);
  g_free (fixture->webhook);
  gui_fixture_tear_down (&fixture->base, data);
}

static void
answer (Fixture           *fixture,
        const DdTestReply *replies,
        gsize              n)
{
  dd_test_server_add (fixture->server, PATH, replies, n);
}

/* What is posted is what was shown, and one press is one post. */
static void
test_send (Fixture      *fixture,
           gconstpointer data)
{
  const DdTestReply ok = { .body = "ok" };
  g_autofree char *payload = dd_report_to_slack (dd_session_get_report (fixture->base.session));
  const DdTestRequest *came;

  answer (fixture, &ok, 1);
  gui_wait_until (is_ready, fixture->dialog);
  g_assert_true (is_said (&(Words) { fixture->dialog, "Shop · " }));
  g_assert_true (is_said (&(Words) { fixture->dialog, "Lead time" }));
  g_assert_false (gtk_widget_get_mapped (row (fixture, "Webhook")));
  press (fixture->dialog, "_Send");
  /* A second press finds a button that cannot be pressed. */
  g_assert_false (gtk_widget_is_sensitive (button (fixture->dialog, "_Send")));
  gtk_widget_activate_action (fixture->dialog, "slack.send", NULL);
  wait_for (fixture->dialog, BODY_SENT);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  came = fixture->server->requests->pdata[0];
  g_assert_cmpstr (came->body, ==, payload);
  g_assert_nonnull (button (fixture->dialog, "_Close"));

  close_dialog (fixture);
  open_dialog (fixture);
  wait_for (fixture->dialog, "This report was posted on");
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

static void
test_json (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *payload = dd_report_to_slack (dd_session_get_report (fixture->base.session));
  g_autofree char *shown = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  GtkWidget *view;

  gui_wait_until (is_ready, fixture->dialog);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button (fixture->dialog, "As _JSON")), TRUE);
  view = find (fixture->dialog, GTK_TYPE_TEXT_VIEW, is_on_screen, NULL);
  g_assert_nonnull (view);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (shown, ==, payload);
}

/* Why, in words; it may be tried again. */
static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  static const DdTestReply replies[] = { { .status = 410, .body = "channel_is_archived" }, { .body = "ok" } };

  answer (fixture, replies, 2);
  gui_wait_until (is_ready, fixture->dialog);
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, "is archived");
  g_assert_null (find_question ());
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, BODY_SENT);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
}

/* A webhook that Slack does not know any more: another one is asked for. */
static void
test_gone (Fixture      *fixture,
           gconstpointer data)
{
  static const DdTestReply gone = { .status = 404, .body = "no_service" };

  answer (fixture, &gone, 1);
  gui_wait_until (is_ready, fixture->dialog);
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, "does not know this webhook");
  g_assert_true (gtk_widget_get_mapped (row (fixture, "Webhook")));
  g_assert_false (is_ready (fixture->dialog));
}

/* The answer was lost: it asks, and only a "yes" posts once more. */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  static const DdTestReply replies[] = { { .kind = DD_TEST_RESET }, { .body = "ok" } };

  answer (fixture, replies, 2);
  gui_wait_until (is_ready, fixture->dialog);
  press (fixture->dialog, "_Send");
  gui_wait_until (is_asked, NULL);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  g_assert_true (is_said (&(Words) { GTK_WIDGET (find_question ()), "may have arrived" }));
  press (GTK_WIDGET (find_question ()), "_Not Now");
  gui_wait_until (is_not_asked, NULL);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);

  /* Also the next time, whoever opens it then. */
  close_dialog (fixture);
  open_dialog (fixture);
  wait_for (fixture->dialog, "was never confirmed");
  press (fixture->dialog, "_Send");
  gui_wait_until (is_asked, NULL);
  g_assert_true (is_said (&(Words) { GTK_WIDGET (find_question ()), "Nothing was sent" }));
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  press (GTK_WIDGET (find_question ()), "Send _Again");
  wait_for (fixture->dialog, BODY_SENT);
  g_assert_cmpuint (fixture->server->requests->len, ==, 2);
}

/* The answer was lost, and the user has found it there: nothing is asked any more. */
static void
test_there (Fixture      *fixture,
            gconstpointer data)
{
  static const DdTestReply replies[] = { { .status = 500 }, { .body = "ok" } };

  answer (fixture, replies, 2);
  gui_wait_until (is_ready, fixture->dialog);
  press (fixture->dialog, "_Send");
  gui_wait_until (is_asked, NULL);
  press (GTK_WIDGET (find_question ()), "It Is _There");
  wait_for (fixture->dialog, BODY_SENT);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  close_dialog (fixture);
  open_dialog (fixture);
  wait_for (fixture->dialog, "This report was posted on");
}

/* Closed while it is on its way: it goes out once, is written down, and told where it was opened. */
static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  const DdTestReply ok = { .body = "ok" };

  answer (fixture, &ok, 1);
  dd_test_server_set_holding (fixture->server, TRUE);
  gui_wait_until (is_ready, fixture->dialog);
  press (fixture->dialog, "_Send");
  while (fixture->server->requests->len == 0)
    g_main_context_iteration (NULL, TRUE);
  close_dialog (fixture);
  dd_test_server_set_holding (fixture->server, FALSE);
  wait_for (fixture->window, "The report is posted to Slack");
  open_dialog (fixture);
  wait_for (fixture->dialog, "This report was posted on");
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

/* It is asked for once; what is none of Slack's is not kept. */
static void
test_webhook (Fixture      *fixture,
              gconstpointer data)
{
  const DdTestReply ok = { .body = "ok" };
  GtkWidget *entry;

  answer (fixture, &ok, 1);
  gui_wait_until (is_ready, fixture->dialog);
  close_dialog (fixture);
  dd_source_trial_keep_for_session ("Shop", "slack", NULL);
  open_dialog (fixture);
  wait_for (fixture->dialog, "A webhook posts to one channel");
  g_assert_false (is_ready (fixture->dialog));
  entry = row (fixture, "Webhook");
  g_assert_true (gtk_widget_get_mapped (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://example.com/services/T/B/s3cret");
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, "begins with https://hooks.slack.com/");
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), fixture->webhook);
  press (fixture->dialog, "_Send");
  /* There is none in this test. */
  wait_for (fixture->dialog, "There is no keyring");
  g_assert_cmpuint (fixture->server->requests->len, ==, 0);
  press (fixture->dialog, "For This _Session Only");
  wait_for (fixture->dialog, BODY_SENT);
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

static void
test_pdf (Fixture      *fixture,
          gconstpointer data)
{
  const DdTestReply ok = { .body = "ok" };
  g_autofree char *api = g_strconcat (fixture->server->url, "/api/", NULL);
  g_autofree char *body = g_strdup_printf ("{ \"ok\": true, \"upload_url\": \"%s/upload/1\", \"file_id\": \"F1\" }", fixture->server->url);
  const DdTestReply lacking = { .body = "{ \"ok\": false, \"error\": \"missing_scope\" }" };
  DdTestReply place[] = { lacking, { .body = body } };
  const DdTestReply done = { .body = "{ \"ok\": true }" };
  const DdTestRequest *last;

  g_setenv ("SLACK_API_URL", api, TRUE);
  answer (fixture, &ok, 1);
  dd_test_server_add (fixture->server, "/api/files.getUploadURLExternal", place, 2);
  dd_test_server_add (fixture->server, "/upload/1", &ok, 1);
  dd_test_server_add (fixture->server, "/api/files.completeUploadExternal", &done, 1);
  dd_source_trial_keep_for_session ("Shop", "slack-bot", "xoxb-1");
  gui_wait_until (is_ready, fixture->dialog);
  close_dialog (fixture);
  open_dialog (fixture);
  gui_wait_until (is_ready, fixture->dialog);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row (fixture, "Share the PDF")), TRUE);
  g_assert_false (is_ready (fixture->dialog));
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, "Channel ID")), " C1 ");
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, "files:write; add it");
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
  press (fixture->dialog, "_Send");
  wait_for (fixture->dialog, "The report and its PDF are in Slack.");
  g_assert_cmpuint (fixture->server->requests->len, ==, 5);
  last = fixture->server->requests->pdata[4];
  g_assert_nonnull (strstr (last->body, "\"channel_id\":\"C1\""));
  /* The channel is known from now on. */
  close_dialog (fixture);
  open_dialog (fixture);
  gui_wait_until (is_ready, fixture->dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row (fixture, "Channel ID"))), ==, "C1");
}

/* libadwaita 1.7 measures the larger of two headings of a question for a width that only the smaller one fits, and GTK 4.18 says so. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n,
           gpointer         user_data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel"))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n, user_data);
}

int
main (int    argc,
      char **argv)
{
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("SLACK_WEBHOOK_URL");
  g_unsetenv ("SLACK_BOT_TOKEN");
  /* Without a bus there is no keyring. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  adw_init ();
#define ADD(name, test) g_test_add ("/slack-dialog/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("send", test_send);
  ADD ("json", test_json);
  ADD ("refused", test_refused);
  ADD ("gone", test_gone);
  ADD ("lost", test_lost);
  ADD ("there", test_there);
  ADD ("closed", test_closed);
  ADD ("webhook", test_webhook);
  ADD ("pdf", test_pdf);
  return g_test_run ();
}
