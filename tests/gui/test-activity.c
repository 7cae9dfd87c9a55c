/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-page.h"
#include "dd-engagement-group.h"
#include "dd-event-import.h"
#include "dd-log-import.h"
#include "dd-query-activity.h"
#include "dd-run-row.h"
#include "dd-window.h"
#include "gui-fixture.h"

typedef struct
{
  GuiFixture  fixture;
  GtkWidget  *window;
  const char *text;
} Test;

static gboolean
is_loaded (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (((Test *) data)->window));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static gboolean
is_shown (gpointer data)
{
  Test *test = data;
  GtkWidget *label = gui_find_label (test->window, test->text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
wait_for (Test       *test,
          const char *text)
{
  test->text = text;
  gui_wait_until (is_shown, test);
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  gui_fixture_set_up (&test->fixture, NULL);
  test->window = dd_window_new (NULL, test->fixture.engine);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (is_loaded, test);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  gui_fixture_tear_down (&test->fixture, NULL);
}

/* Where nothing has run yet, it says what to do. */
static void
test_nothing (Test         *test,
              gconstpointer data)
{
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  wait_for (test, "No runs in this window. Sync now, or import the event logs of an orchestrator.");
  wait_for (test, "No schedules");
  g_assert_nonnull (gui_find_label (test->window, "No errors in this window"));
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_done (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
import (Test       *test,
        const char *text)
{
  g_autofree char *path = g_build_filename (test->fixture.folder, "events.jsonl", NULL);
  const char *paths[] = { path, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) imports = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  dd_event_import_async (test->fixture.engine, "Shop", paths, NULL, NULL, ready_cb, &result);
  gui_wait_until (is_done, &result);
  imports = dd_event_import_finish (test->fixture.engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imports->len, ==, 1);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A log of a run with a task that went well at the second try and one that failed: counted, listed, and opened. */
static void
test_log (Test         *test,
          gconstpointer data)
{
  gint64 start = g_get_real_time () / G_USEC_PER_SEC - 3600;
  g_autofree char *log = g_strdup_printf (
      "{\"event\":\"dag_start\",\"timestamp\":%1$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"tenant\":\"Shop\",\"task_count\":2}\n"
      "{\"event\":\"task_start\",\"timestamp\":%1$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"task_id\":\"load\"}\n"
      "{\"event\":\"task_retry\",\"timestamp\":%2$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"task_id\":\"load\",\"attempt\":1,\"error\":\"slow\"}\n"
      "{\"event\":\"task_ok\",\"timestamp\":%3$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"task_id\":\"load\",\"attempt\":2}\n"
      "{\"event\":\"task_start\",\"timestamp\":%3$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"task_id\":\"send &amp;\"}\n"
      "{\"event\":\"task_fail\",\"timestamp\":%4$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"task_id\":\"send &amp;\",\"error\":\"gone <i>\"}\n"
      "{\"event\":\"dag_done\",\"timestamp\":%4$" G_GINT64_FORMAT ",\"dag_name\":\"<b>nightly\",\"dag_run_id\":\"r1\",\"tenant\":\"Shop\",\"tasks_succeeded\":1,\"tasks_failed\":1,\"duration_seconds\":20}\n",
      start, start + 4, start + 12, start + 20);
  GtkWidget *row;

  import (test, log);
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  /* The page may have been there before, and have asked then. */
  dd_session_refresh (dd_window_get_session (DD_WINDOW (test->window)));
  wait_for (test, "<b>nightly · Shop");
  g_assert_nonnull (gui_find_label (test->window, "error rate 50.0 %"));
  g_assert_nonnull (gui_find_label (test->window, "1 in this window"));
  row = find (test->window, DD_TYPE_RUN_ROW);
  g_assert_null (gui_find_label (row, "send &amp;"));
  gtk_widget_activate_action (row, "run.expand", NULL);
  wait_for (test, "send &amp;");
  g_assert_nonnull (gui_find_label (row, "load"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "<b>nightly · Shop");
}

/* A file as it is dropped or chosen: what came of it is said, with the number of the line that is broken, and the page shows it. */
static void
test_import (Test         *test,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->fixture.folder, "dropped.jsonl", NULL);
  g_autofree char *log = g_strdup_printf (
      "{\"event\":\"dag_start\",\"timestamp\":%1$" G_GINT64_FORMAT ",\"dag_name\":\"dropped\",\"dag_run_id\":\"r9\",\"tenant\":\"Shop\"}\n"
      "{\"event\":\n"
      "{\"event\":\"task_start\",\"timestamp\":%1$" G_GINT64_FORMAT ",\"dag_run_id\":\"r9\",\"task_id\":\"load\"}\n",
      g_get_real_time () / G_USEC_PER_SEC - 600);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.com/log.jsonl");
  g_autoptr (GFile) folder = g_file_new_for_path (test->fixture.folder);
  GSList files = { file, NULL }, remotes = { remote, NULL }, folders = { folder, NULL };
  GtkWidget *reader;

  g_assert_true (g_file_set_contents (path, log, -1, NULL));
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  wait_for (test, "No schedules");
  reader = find (test->window, DD_TYPE_LOG_IMPORT);
  g_assert_false (gtk_widget_get_visible (reader));
  dd_log_import_read (DD_LOG_IMPORT (reader), &files);
  wait_for (test, "dropped.jsonl: 2 events, 2 of them new.\ndropped.jsonl: 1 line is no event and was skipped: line 2.");
  wait_for (test, "dropped · Shop");
  dd_log_import_read (DD_LOG_IMPORT (reader), &files);
  wait_for (test, "dropped.jsonl: 2 events, 0 of them new.\ndropped.jsonl: 1 line is no event and was skipped: line 2.");
  dd_log_import_read (DD_LOG_IMPORT (reader), &remotes);
  wait_for (test, "Only files of this computer can be read.");
  dd_log_import_read (DD_LOG_IMPORT (reader), &folders);
  /* What failed is among the errors of the window. */
  wait_for (test, "gui");
}

typedef struct
{
  DdEngine   *engine;
  DdActivity *activity;
  gboolean    asking;
  gboolean    enabled; /* what is waited for */
  guint64     count;   /* likewise, of pages of incidents */
} Used;

static void
used_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Used *used = user_data;

  g_clear_pointer (&used->activity, dd_activity_free);
  used->activity = dd_query_activity_finish (DD_ENGINE (source), result, NULL);
  used->asking = FALSE;
}

static gboolean
is_counted (gpointer data)
{
  Used *used = data;
  DdActivityQuery query = { .workspace = "Shop", .hours = 1, .until = DD_TIME_NONE, .now = g_get_real_time () };
  guint64 count = 0;

  for (guint i = 0; used->activity != NULL && i < used->activity->engagement->len; i++)
    {
      const DdActivityShare *share = g_ptr_array_index (used->activity->engagement, i);

      if (g_str_equal (share->name, "page-incidents"))
        count = share->count;
    }
  if (!used->asking && used->activity != NULL && used->activity->engagement_enabled == used->enabled && count == used->count &&
      (count == 0 || used->activity->sessions == 1))
    return TRUE;
  if (!used->asking)
    {
      used->asking = TRUE;
      dd_query_activity_async (used->engine, &query, NULL, used_cb, used);
    }
  return FALSE;
}

static void
wait_for_use (Used    *used,
              gboolean enabled,
              guint64  count)
{
  used->enabled = enabled;
  used->count = count;
  g_clear_pointer (&used->activity, dd_activity_free);
  gui_wait_until (is_counted, used);
  /* An answer to the last question may be on its way. */
  g_assert_false (used->asking);
}

/* Nothing is counted before it is switched on; then pages are; one click erases it all, and counting goes on. */
static void
test_use (Test         *test,
          gconstpointer data)
{
  Used used = { .engine = test->fixture.engine };
  GtkWidget *group, *control;

  gtk_widget_activate_action (test->window, "win.show", "s", "incidents");
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  wait_for (test, "What you use");
  group = find (test->window, DD_TYPE_ENGAGEMENT_GROUP);
  control = find (group, GTK_TYPE_SWITCH);
  g_assert_nonnull (gui_find_label (group, "Off until you switch it on. The counts stay on this computer, in DoraDash’s own file; nobody else gets them."));
  wait_for_use (&used, FALSE, 0);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (control)));
  gtk_switch_set_active (GTK_SWITCH (control), TRUE);
  wait_for_use (&used, TRUE, 0);
  gtk_widget_activate_action (test->window, "win.show", "s", "incidents");
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  gtk_widget_activate_action (test->window, "win.show", "s", "incidents");
  gtk_widget_activate_action (test->window, "win.note-use", "s", "keys-pressed");
  wait_for_use (&used, TRUE, 2);
  for (guint i = 0; i < used.activity->engagement->len; i++)
    g_assert_true (g_str_has_prefix (((DdActivityShare *) g_ptr_array_index (used.activity->engagement, i))->name, "page-"));
  gtk_widget_activate_action (group, "engagement.erase", NULL);
  wait_for_use (&used, TRUE, 0);
  gtk_switch_set_active (GTK_SWITCH (control), FALSE);
  wait_for_use (&used, FALSE, 0);
  gtk_widget_activate_action (test->window, "win.show", "s", "activity");
  gtk_widget_activate_action (test->window, "win.show", "s", "incidents");
  wait_for_use (&used, FALSE, 0);
  dd_activity_free (used.activity);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/activity/nothing", Test, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/activity/log", Test, NULL, set_up, test_log, tear_down);
  g_test_add ("/activity/import", Test, NULL, set_up, test_import, tear_down);
  g_test_add ("/activity/use", Test, NULL, set_up, test_use, tear_down);
  return g_test_run ();
}
