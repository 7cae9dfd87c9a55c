/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-view.h"
#include "dd-metric-page.h"
#include "dd-words.h"
#include "gui-fixture.h"

/* A page in a window, and what is looked for on it. */
typedef struct
{
  GtkWidget  *window;
  GtkWidget  *page;
  const char *text;
} Shown;

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
show_page (GuiFixture *fixture,
           DdMetric    metric,
           Shown      *shown)
{
  shown->window = adw_window_new ();
  shown->page = dd_metric_page_new (metric);
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 1000, 1200);
  adw_window_set_content (ADW_WINDOW (shown->window), shown->page);
  gtk_window_present (GTK_WINDOW (shown->window));
  gui_wait_until (is_mapped, shown->page);
  dd_page_set_session (DD_PAGE (shown->page), fixture->session);
}

static gboolean
has_text (gpointer data)
{
  Shown *shown = data;

  return gui_find_label (shown->page, shown->text) != NULL;
}

static void
wait_for (Shown      *shown,
          const char *text)
{
  shown->text = text;
  gui_wait_until (has_text, shown);
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  if (DD_IS_CHART_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_before (gpointer data)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (data);

  for (guint i = 0; spec != NULL && i < spec->series->len; i++)
    if (((DdChartSeries *) g_ptr_array_index (spec->series, i))->role == DD_ROLE_GREY)
      return TRUE;
  return FALSE;
}

/* Whatever the page of a metric says, the report says; the chart ends in the same number. */
static void
test_pages (GuiFixture   *fixture,
            gconstpointer data)
{
  gui_fixture_start (fixture);
  for (int metric = 0; metric < DD_N_METRICS; metric++)
    {
      const DdSummary *summary = dd_session_get_report (fixture->session)->summary;
      double figure = dd_metrics_value (&summary->metrics, metric, summary->aggregate);
      g_autofree char *value = dd_words_value (metric, figure);
      const DdChartSpec *spec;
      GtkWidget *view;
      Shown shown;

      show_page (fixture, metric, &shown);
      wait_for (&shown, value);
      view = find_view (shown.page);
      gui_wait_until (has_before, view);
      spec = dd_chart_view_get_spec (DD_CHART_VIEW (view));
      g_assert_cmpint (spec->metric, ==, metric);
      g_assert_cmpuint (spec->points->len, ==, DD_TREND_PERIODS);
      if (!isnan (figure))
        g_assert_cmpfloat (((DdChartSeries *) g_ptr_array_index (spec->series, 0))->values[DD_TREND_PERIODS - 1], ==, figure);
      gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, dd_metric_title (metric));
      gtk_window_destroy (GTK_WINDOW (shown.window));
    }
}

static gboolean
is_shown (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

/* A point of the chart opens the list behind it, and the way back is a button. */
static void
test_point (GuiFixture   *fixture,
            gconstpointer data)
{
  GtkWidget *view, *button;
  Shown shown;

  gui_fixture_start (fixture);
  show_page (fixture, DD_METRIC_LEAD_TIME, &shown);
  wait_for (&shown, "Distribution");
  view = find_view (shown.page);
  button = gtk_widget_get_parent (gui_find_label (shown.page, "Back to the Period"));
  g_assert_false (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (view, "activated", DD_TREND_PERIODS - 2);
  gui_wait_until (is_shown, button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_mapped (button));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static GtkWidget *
find_scatter (GtkWidget *widget)
{
  const DdChartSpec *spec = DD_IS_CHART_VIEW (widget) ? dd_chart_view_get_spec (DD_CHART_VIEW (widget)) : NULL;

  if (spec != NULL && spec->kind == DD_CHART_SCATTER)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_scatter (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_scatter (gpointer data)
{
  GtkWidget *found = find_scatter (((Shown *) data)->page);

  return found != NULL && gtk_widget_get_mapped (found);
}

/* A point for each change that counts; one of them opens its record in the list. */
static void
test_single (GuiFixture   *fixture,
             gconstpointer data)
{
  const DdChartSeries *series;
  GtkWidget *view;
  Shown shown;

  gui_fixture_start (fixture);
  show_page (fixture, DD_METRIC_LEAD_TIME, &shown);
  shown.text = "Single changes";
  gui_wait_until (has_scatter, &shown);
  wait_for (&shown, "Single changes");
  view = find_scatter (shown.page);
  series = g_ptr_array_index (dd_chart_view_get_spec (DD_CHART_VIEW (view))->series, 0);
  g_assert_cmpuint (series->n, ==, dd_session_get_report (fixture->session)->summary->metrics.lead_time.changes);
  g_signal_emit_by_name (view, "activated", 0);
  /* How many the list shows now. */
  wait_for (&shown, "1");
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

static void
test_no_data (GuiFixture   *fixture,
              gconstpointer data)
{
  Shown shown;

  gui_fixture_start (fixture);
  dd_session_set_period (fixture->session, "2020-01-01..2020-01-07", 0);
  while (dd_session_is_loading (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  show_page (fixture, DD_METRIC_CHANGE_FAILURE_RATE, &shown);
  wait_for (&shown, "No data");
  g_assert_nonnull (gui_find_label (shown.page, "No production deployment finished in this period."));
  g_assert_nonnull (gui_find_label (shown.page, "Data Health"));
  g_assert_null (gui_find_label (shown.page, "Elite"));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/metric-page/pages", GuiFixture, NULL, gui_fixture_set_up, test_pages, gui_fixture_tear_down);
  g_test_add ("/metric-page/point", GuiFixture, NULL, gui_fixture_set_up, test_point, gui_fixture_tear_down);
  g_test_add ("/metric-page/single", GuiFixture, NULL, gui_fixture_set_up, test_single, gui_fixture_tear_down);
  g_test_add ("/metric-page/no-data", GuiFixture, NULL, gui_fixture_set_up, test_no_data, gui_fixture_tear_down);
  return g_test_run ();
}
