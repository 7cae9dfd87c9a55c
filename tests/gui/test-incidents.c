/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-card.h"
#include "dd-decision-words.h"
#include "dd-event-row.h"
#include "dd-incidents-page.h"
#include "dd-link-editor.h"
#include "dd-window.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

/* The window as a whole: what is decided is decided by it. */
typedef struct
{
  GuiFixture  fixture;
  GtkWidget  *window;
  GtkWidget  *page;
  const char *expected;
} Test;

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_shown (gpointer data)
{
  Test *test = data;
  GtkWidget *label = gui_find_label (test->window, test->expected);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
wait_for (Test       *test,
          const char *text)
{
  test->expected = text;
  gui_wait_until (is_shown, test);
}

static gboolean
is_loaded (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (((Test *) data)->window));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = DD_IS_EVENT_ROW (widget) && gtk_widget_get_mapped (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* All four, which come a few a frame. */
static gboolean
has_rows (gpointer data)
{
  Test *test = data;

  test->page = find_type (test->window, DD_TYPE_INCIDENTS_PAGE);
  return test->page != NULL && count_rows (test->page) == 4;
}

/* The editor comes to its place when the page knows its width. */
static gboolean
has_editor (gpointer data)
{
  return find_type (((Test *) data)->page, DD_TYPE_LINK_EDITOR) != NULL;
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);

  gui_fixture_set_up (&test->fixture, NULL);
  test->window = dd_window_new (NULL, test->fixture.engine);
  gtk_window_set_default_size (GTK_WINDOW (test->window), width, 820);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (is_loaded, test);
  dd_session_set_period (dd_window_get_session (DD_WINDOW (test->window)), "last-30-days", 0);
  gtk_widget_activate_action (test->window, "win.show", "s", "incidents");
  gui_wait_until (has_rows, test);
  gui_wait_until (is_loaded, test);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  gui_fixture_tear_down (&test->fixture, NULL);
}

static char *
rate_now (Test *test)
{
  const DdSummary *summary;

  gui_wait_until (is_loaded, test);
  summary = dd_session_get_report (dd_window_get_session (DD_WINDOW (test->window)))->summary;
  return g_strdup_printf ("%u of %u, %u %u, %g %d", summary->metrics.change_failure_rate.failed,
                          summary->metrics.change_failure_rate.deployments, summary->metrics.change_failure_rate.failed_by_result,
                          summary->metrics.change_failure_rate.failed_by_incident, summary->metrics.recovery_time.median,
                          (int) summary->metrics.change_failure_rate.tier);
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *words)
{
  GtkWidget *label = gui_find_label (widget, words);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

/* Each event once, the latest first, its words in its name; what is hostile in a title is text. */
static void
test_list (Test         *test,
           gconstpointer data)
{
  GtkWidget *row = find_type (test->page, DD_TYPE_EVENT_ROW);
  GtkWidget *list = gtk_widget_get_parent (row);
  GtkWidget *hostile = gui_find_label (list, "Checkout <i>fails</i>");
  guint n = 0, failures = 0;

  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Incidents");
  for (row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row), n++)
    if (dd_event_row_get_event (DD_EVENT_ROW (row))->failed_deployment)
      failures++;
  /* "api" fails on the tenth, twentieth and thirtieth day, and an incident is of the ninth. */
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (failures, ==, 3);
  g_assert_nonnull (gui_find_label (test->page, "1 incident, 3 failed deployments"));
  g_assert_nonnull (hostile);
  g_assert_nonnull (gui_find_label (gtk_widget_get_ancestor (hostile, DD_TYPE_EVENT_ROW), "counts as failure"));
  g_assert_nonnull (gui_find_label (list, "Deployment of api failed"));
  g_assert_true (dd_event_matches (dd_event_row_get_event (DD_EVENT_ROW (gtk_widget_get_ancestor (hostile, DD_TYPE_EVENT_ROW))), "checkout <i>"));
  g_assert_false (dd_event_matches (dd_event_row_get_event (DD_EVENT_ROW (gtk_widget_get_ancestor (hostile, DD_TYPE_EVENT_ROW))), "deployment of"));
}

/* What the editor says of a choice is what the page says after it; undoing puts everything back, one decision after the other. */
static void
test_decide (Test         *test,
             gconstpointer data)
{
  GtkWidget *editor;
  g_autofree char *before = rate_now (test);
  g_autofree char *excluded = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *all_undone = NULL;

  gui_wait_until (has_editor, test);
  editor = find_type (test->page, DD_TYPE_LINK_EDITOR);
  wait_for (test, "Linked to shop shop-9: named by the incident");
  g_assert_false (gtk_widget_get_visible (find_button (editor, "Restore")));
  g_signal_emit_by_name (find_button (editor, "Not Caused by a Change"), "clicked");
  wait_for (test, "i-1 marked as not caused by a change");
  wait_for (test, "Not caused by a change  set by you");
  excluded = rate_now (test);
  g_assert_cmpstr (excluded, !=, before);
  wait_for (test, "shop shop-10");
  gtk_widget_activate (gtk_widget_get_ancestor (gui_find_label (editor, "shop shop-10"), GTK_TYPE_LIST_BOX_ROW));
  wait_for (test, "Change failure rate 6.7 % → 8.9 %");
  wait_for (test, "4 of 45 deployments instead of 3. Tier stays High.");
  g_signal_emit_by_name (find_button (editor, "Link Deployment"), "clicked");
  wait_for (test, "i-1 linked to shop shop-10");
  wait_for (test, "Linked to shop shop-10: linked by you, 1 d 2 h before");
  wait_for (test, "change failure rate · 4 of 45 deployments: 3 failed, 1 with an incident");
  linked = rate_now (test);
  g_assert_cmpstr (linked, ==, before);
  gtk_widget_activate_action (test->window, "win.undo", NULL);
  wait_for (test, "Marked by you as not caused by a change");
  undone = rate_now (test);
  g_assert_cmpstr (undone, ==, excluded);
  gtk_widget_activate_action (test->window, "win.undo", NULL);
  wait_for (test, "Linked to shop shop-9: named by the incident");
  all_undone = rate_now (test);
  g_assert_cmpstr (all_undone, ==, before);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "undo"));
}

/* What is not there is said in a toast, and nothing is kept to be undone. */
static void
test_unknown (Test         *test,
              gconstpointer data)
{
  gtk_widget_activate_action (test->window, "win.decide", "(siss)", "OPS-1", DD_LINK_EXCLUDED, "", "");
  wait_for (test, "There is no incident “OPS-1”; “doradash records recovery_time” lists them.");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "undo"));
  gtk_widget_activate_action (test->window, "win.decide", "(siss)", "i-1", 99, "", "");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (test->window), "undo"));
}

/* In a narrow window the editor is a page of its own, with a way back. */
static void
test_narrow (Test         *test,
             gconstpointer data)
{
  GtkWidget *row = find_type (test->page, DD_TYPE_EVENT_ROW);

  g_assert_null (find_type (test->page, DD_TYPE_LINK_EDITOR));
  g_signal_emit_by_name (gtk_widget_get_parent (row), "activate", 0);
  wait_for (test, "All Incidents");
  gui_wait_until (has_editor, test);
  g_signal_emit_by_name (find_button (test->page, "All Incidents"), "clicked");
  gui_wait_until (has_rows, test);
}

/* A period in which nothing happened names itself and offers the way on. */
static void
test_nothing (Test         *test,
              gconstpointer data)
{
  /* Return on a bucket of the chart is a step to its period. */
  g_signal_emit_by_name (find_type (test->page, DD_TYPE_CHART_CARD), "activated", DD_TREND_PERIODS - 2);
  g_assert_cmpuint (dd_session_get_back (dd_window_get_session (DD_WINDOW (test->window))), ==, 1);
  dd_session_set_period (dd_window_get_session (DD_WINDOW (test->window)), "2020-01-01..2020-01-07", 0);
  wait_for (test, "No Incidents in 7 days");
  g_assert_nonnull (find_button (test->page, "Data Health"));
}

static void
test_words (void)
{
  static const struct
  {
    guint       failed[2];
    guint       deployments;
    double      recovery[2];
    const char *words;
    const char *details;
  } rows[] = {
    { { 3, 4 }, 37, { 60, 60 }, "Change failure rate 8.1 % → 10.8 %", "4 of 37 deployments instead of 3. Tier High → Medium." },
    { { 3, 2 }, 37, { 60, 60 }, "Change failure rate 8.1 % → 5.4 %", "2 of 37 deployments instead of 3. Tier stays High." },
    { { 3, 3 }, 37, { 60, 60 }, "Change failure rate stays as it is: 8.1 %", "3 of 37 deployments failed, now as then. Tier stays High." },
    { { 1, 1 }, 20, { 60, 120 }, "Change failure rate stays as it is: 5.0 %",
      "1 of 20 deployments failed, now as then. Tier stays Elite. Time to recovery 1 min → 2 min." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DdSummary summaries[2] = { 0 };
      g_autofree char *words = NULL;
      g_autofree char *details = NULL;

      for (int j = 0; j < 2; j++)
        {
          double rate = (double) rows[i].failed[j] / rows[i].deployments;

          summaries[j].metrics.change_failure_rate = (DdFailureRate) {
            .ok = TRUE,
            .tier = rate <= 0.05 ? DD_TIER_ELITE : rate <= 0.1 ? DD_TIER_HIGH : DD_TIER_MEDIUM,
            .rate = rate,
            .failed = rows[i].failed[j],
            .deployments = rows[i].deployments,
          };
          summaries[j].metrics.recovery_time = (DdRecoveryTime) { .ok = TRUE, .median = rows[i].recovery[j], .incidents = 5 };
        }
      words = dd_decision_words (&summaries[0], &summaries[1]);
      details = dd_decision_details (&summaries[0], &summaries[1]);
      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (details, ==, rows[i].details);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/incidents/words", test_words);
  g_test_add ("/incidents/list", Test, GINT_TO_POINTER (1300), set_up, test_list, tear_down);
  g_test_add ("/incidents/decide", Test, GINT_TO_POINTER (1300), set_up, test_decide, tear_down);
  g_test_add ("/incidents/unknown", Test, GINT_TO_POINTER (1300), set_up, test_unknown, tear_down);
  g_test_add ("/incidents/narrow", Test, GINT_TO_POINTER (900), set_up, test_narrow, tear_down);
  g_test_add ("/incidents/nothing", Test, GINT_TO_POINTER (1300), set_up, test_nothing, tear_down);
  return g_test_run ();
}
