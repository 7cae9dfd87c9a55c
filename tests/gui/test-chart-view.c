/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "dd-chart-card.h"
#include "dd-chart-words.h"
#include "gui-fixture.h"

#define N_WEEKS 6
#define WEEK (7 * DD_DAY)

static DdChartSpec *
make_spec (void)
{
  const double median[N_WEEKS] = { 9, 8, NAN, 6, 5, 4 }, p90[N_WEEKS] = { 19, 18, NAN, 16, 15, 14 };
  DdChartSpec *spec = dd_chart_spec_new (DD_CHART_TREND, DD_UNIT_COUNT, "Things", NULL);

  for (int i = 0; i < N_WEEKS; i++)
    {
      DdChartPoint point = {
        .start = i * WEEK,
        .end = (i + 1) * WEEK,
        .label = g_strdup_printf ("W%d", i + 1),
        .long_label = g_strdup_printf ("Week %d", i + 1),
        .events = g_strdup ("7 things"),
        .count = 7,
      };

      g_array_append_val (spec->points, point);
    }
  dd_chart_spec_add_series (spec, "Median", DD_ROLE_BLUE, N_WEEKS, median, NULL);
  dd_chart_spec_add_series (spec, "90th percentile", DD_ROLE_VERMILLION, N_WEEKS, p90, NULL);
  dd_chart_spec_reset_range (spec);
  return spec;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
mapped_cb (gboolean *mapped)
{
  *mapped = TRUE;
}

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = adw_window_new ();
  gboolean mapped = FALSE;

  gtk_window_set_default_size (GTK_WINDOW (window), 700, 500);
  adw_window_set_content (ADW_WINDOW (window), widget);
  g_signal_connect_swapped (widget, "map", G_CALLBACK (mapped_cb), &mapped);
  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (is_true, &mapped);
  return window;
}

/* What the class binds to the key is done, as if the key had been pressed while the widget had the focus. */
static gboolean
press (GtkWidget      *widget,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
assert_described (GtkWidget *view,
                  int        point)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (DD_CHART_VIEW (view));
  g_autofree char *words = point < 0 ? dd_chart_words_summary (spec) : dd_chart_words_point (spec, point);

  g_assert_cmpint (dd_chart_view_get_point (DD_CHART_VIEW (view)), ==, point);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
}

static void
test_accessible (void)
{
  GtkWidget *view = g_object_ref_sink (dd_chart_view_new ());

  dd_chart_view_take (DD_CHART_VIEW (view), make_spec ());
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Things");
  g_assert_true (gtk_widget_get_focusable (view));
  assert_described (view, -1);
  dd_chart_view_take (DD_CHART_VIEW (view), NULL);
  g_assert_finalize_object (G_OBJECT (view));
}

static void
activated_cb (DdChartView *view,
              int          point,
              int         *activated)
{
  *activated = point;
}

/* Every point can be reached, and its sentence is said. */
static void
test_keys (void)
{
  GtkWidget *view = dd_chart_view_new (), *window;
  int activated = -1;

  dd_chart_view_take (DD_CHART_VIEW (view), make_spec ());
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), &activated);
  window = show (view);
  g_assert_false (press (view, GDK_KEY_Return, 0));
  g_assert_false (press (view, GDK_KEY_Escape, 0));
  for (int point = N_WEEKS - 1; point >= 0; point--)
    {
      g_assert_true (press (view, GDK_KEY_Left, 0));
      assert_described (view, point);
    }
  press (view, GDK_KEY_Left, 0);
  assert_described (view, 0);
  press (view, GDK_KEY_Right, 0);
  assert_described (view, 1);
  press (view, GDK_KEY_End, 0);
  assert_described (view, N_WEEKS - 1);
  press (view, GDK_KEY_Home, 0);
  assert_described (view, 0);
  press (view, GDK_KEY_Return, 0);
  g_assert_cmpint (activated, ==, 0);
  press (view, GDK_KEY_Escape, 0);
  assert_described (view, -1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_zoom (void)
{
  GtkWidget *widget = dd_chart_view_new (), *window;
  DdChartView *view = DD_CHART_VIEW (widget);
  const DdChartSpec *spec;

  dd_chart_view_take (view, make_spec ());
  spec = dd_chart_view_get_spec (view);
  window = show (widget);
  press (widget, GDK_KEY_Home, 0);
  press (widget, GDK_KEY_Right, GDK_SHIFT_MASK);
  press (widget, GDK_KEY_Return, 0);
  g_assert_true (dd_chart_view_is_zoomed (view));
  g_assert_cmpint (spec->from, ==, 0);
  g_assert_cmpint (spec->to, ==, 2 * WEEK);
  /* The keys stay within what is shown. */
  press (widget, GDK_KEY_End, 0);
  g_assert_cmpint (dd_chart_view_get_point (view), ==, 1);
  press (widget, GDK_KEY_0, 0);
  g_assert_false (dd_chart_view_is_zoomed (view));
  press (widget, GDK_KEY_plus, 0);
  g_assert_true (dd_chart_view_is_zoomed (view));
  g_assert_cmpint (spec->to - spec->from, <, N_WEEKS * WEEK);
  press (widget, GDK_KEY_minus, 0);
  press (widget, GDK_KEY_minus, 0);
  g_assert_false (dd_chart_view_is_zoomed (view));
  dd_chart_view_set_range (view, -WEEK, 99 * WEEK);
  g_assert_cmpint (spec->from, ==, 0);
  g_assert_cmpint (spec->to, ==, N_WEEKS * WEEK);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
find_toggles (GtkWidget *widget,
              GPtrArray *found)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_has_css_class (widget, "dd-legend"))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_toggles (child, found);
}

/* The legend hides a series; that holds when the same chart comes with other numbers, and for the table nothing is hidden. */
static void
test_card (void)
{
  GtkWidget *card = dd_chart_card_new (), *window;
  DdChartView *view = dd_chart_card_get_view (DD_CHART_CARD (card));
  g_autoptr (GPtrArray) toggles = g_ptr_array_new ();
  gboolean as_table = FALSE;

  dd_chart_card_take (DD_CHART_CARD (card), "6 weeks", make_spec ());
  window = show (card);
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "6 weeks");
  find_toggles (card, toggles);
  g_assert_cmpuint (toggles->len, ==, 2);
  gtk_test_accessible_assert_property (toggles->pdata[1], GTK_ACCESSIBLE_PROPERTY_LABEL, "90th percentile, shown");
  gtk_toggle_button_set_active (toggles->pdata[1], FALSE);
  gtk_test_accessible_assert_property (toggles->pdata[1], GTK_ACCESSIBLE_PROPERTY_LABEL, "90th percentile, hidden");
  g_assert_true (((DdChartSeries *) g_ptr_array_index (dd_chart_view_get_spec (view)->series, 1))->hidden);
  dd_chart_card_take (DD_CHART_CARD (card), "6 weeks", make_spec ());
  g_assert_true (((DdChartSeries *) g_ptr_array_index (dd_chart_view_get_spec (view)->series, 1))->hidden);
  gtk_widget_activate_action (card, "chart.table", NULL);
  g_object_get (card, "as-table", &as_table, NULL);
  g_assert_true (as_table);
  g_assert_nonnull (gui_find_label (card, "Week 6"));
  g_assert_nonnull (gui_find_label (card, "14"));
  gtk_widget_activate_action (card, "chart.table", NULL);
  g_assert_null (gui_find_label (card, "Week 6"));
  gtk_widget_activate_action (card, "chart.copy-data", NULL);
  g_assert_true (gdk_clipboard_is_local (gtk_widget_get_clipboard (card)));
  gtk_widget_activate_action (card, "chart.copy", NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of two charts of a page each shows where the other one's cursor is, and no more when that has gone. */
static void
test_shared (void)
{
  const double hours[] = { 3, 5 };
  const gint64 times[] = { 2 * WEEK + DD_DAY, 2 * WEEK + 3 * DD_DAY };
  g_autoptr (GtkWidget) trend = g_object_ref_sink (dd_chart_view_new ());
  g_autoptr (GtkWidget) single = g_object_ref_sink (dd_chart_view_new ());
  DdChartSpec *scatter = dd_chart_spec_new (DD_CHART_SCATTER, DD_UNIT_COUNT, "Single things", NULL);
  gint64 from, to;

  dd_chart_spec_add_series (scatter, "Things", DD_ROLE_BLUE, G_N_ELEMENTS (hours), hours, times);
  dd_chart_view_take (DD_CHART_VIEW (trend), make_spec ());
  dd_chart_view_take (DD_CHART_VIEW (single), scatter);
  dd_chart_view_share (DD_CHART_VIEW (trend), DD_CHART_VIEW (single));
  g_assert_false (dd_chart_view_get_shared (DD_CHART_VIEW (single), &from, &to));

  dd_chart_view_set_point (DD_CHART_VIEW (trend), 2);
  g_assert_true (dd_chart_view_get_shared (DD_CHART_VIEW (single), &from, &to));
  g_assert_cmpint (from, ==, 2 * WEEK);
  g_assert_cmpint (to, ==, 3 * WEEK);
  dd_chart_view_set_point (DD_CHART_VIEW (trend), -1);
  g_assert_false (dd_chart_view_get_shared (DD_CHART_VIEW (single), &from, &to));

  dd_chart_view_set_point (DD_CHART_VIEW (single), 1);
  g_assert_true (dd_chart_view_get_shared (DD_CHART_VIEW (trend), &from, &to));
  g_assert_cmpint (from, ==, times[1]);
  g_assert_cmpint (to, ==, times[1]);
  dd_chart_view_take (DD_CHART_VIEW (single), NULL);
  g_assert_false (dd_chart_view_get_shared (DD_CHART_VIEW (trend), &from, &to));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/chart-view/accessible", test_accessible);
  g_test_add_func ("/chart-view/keys", test_keys);
  g_test_add_func ("/chart-view/zoom", test_zoom);
  g_test_add_func ("/chart-view/card", test_card);
  g_test_add_func ("/chart-view/shared", test_shared);
  return g_test_run ();
}
