/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-reports-page-private.h"
#include "dd-snapshots.h"
#include "gui-fixture.h"

typedef struct
{
  GuiFixture     fixture;
  GtkWidget     *window;
  DdReportsPage *page;
} Test;

static gboolean
has_pages (gpointer data)
{
  return dd_preview_get_pages (((Test *) data)->page->preview) != NULL;
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  gui_fixture_set_up (&test->fixture, NULL);
  gui_fixture_start (&test->fixture);
  test->window = adw_window_new ();
  test->page = DD_REPORTS_PAGE (dd_reports_page_new ());
  gtk_window_set_default_size (GTK_WINDOW (test->window), GPOINTER_TO_INT (data), 800);
  adw_window_set_content (ADW_WINDOW (test->window), GTK_WIDGET (test->page));
  dd_page_set_session (DD_PAGE (test->page), test->fixture.session);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (has_pages, test);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  gui_fixture_tear_down (&test->fixture, NULL);
}

static gboolean
is_full (gpointer data)
{
  return dd_pages_count (dd_preview_get_pages (((Test *) data)->page->preview)) > 1;
}

static gboolean
has_note (gpointer data)
{
  const DdReport *report = dd_report_source_get_report (((Test *) data)->page->source);

  return report != NULL && g_strcmp0 (report->note, "Mind <b>the</b> gap") == 0;
}

/* What is chosen is what the pages show. */
static void
test_form (Test         *test,
           gconstpointer data)
{
  DdReportsPage *page = test->page;
  GtkWidget *check;

  g_assert_cmpuint (dd_pages_count (dd_preview_get_pages (page->preview)), ==, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (page->note), GTK_ACCESSIBLE_PROPERTY_LABEL, "Note at the top of the report");
  gtk_toggle_button_set_active (page->full, TRUE);
  gui_wait_until (is_full, test);
  g_assert_cmpstr (gtk_menu_button_get_label (page->sections_button), ==, "All");
  check = gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (page->sections, DD_SECTION_TEAMS));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  g_assert_cmpuint (dd_report_source_get_report (page->source)->without, ==, 1u << DD_SECTION_TEAMS);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (page->note), "Mind <b>the</b> gap", -1);
  gui_wait_until (has_note, test);
}

static gboolean
has_one_earlier (gpointer data)
{
  return ((Test *) data)->page->earlier->len == 1;
}

static gboolean
has_two_earlier (gpointer data)
{
  return ((Test *) data)->page->earlier->len == 2;
}

static gboolean
is_kept (gpointer data)
{
  return dd_report_source_get_snapshot (((Test *) data)->page->source) != NULL;
}

static gboolean
is_comparison (gpointer data)
{
  const DdSnapshot *snapshot = dd_report_source_get_snapshot (((Test *) data)->page->source);

  return snapshot != NULL && snapshot->id == 0;
}

/* What was copied stands among the earlier ones, opens as it was whatever is chosen now, is compared, and goes. */
static void
test_earlier (Test         *test,
              gconstpointer data)
{
  DdReportsPage *page = test->page;
  g_autoptr (GBytes) before = dd_pages_to_pdf (dd_preview_get_pages (page->preview), NULL);
  g_autoptr (GBytes) after = NULL, markdown = NULL;
  g_autoptr (DdPages) pages = NULL;
  gint64 first, second;

  g_assert_true (gtk_widget_get_visible (page->no_reports));
  gtk_widget_activate_action (GTK_WIDGET (page), "report.copy", NULL);
  gui_wait_until (has_one_earlier, test);
  g_assert_false (gtk_widget_get_visible (page->no_reports));
  first = ((DdSnapshot *) g_ptr_array_index (page->earlier, 0))->id;
  gtk_toggle_button_set_active (page->full, TRUE);
  gui_wait_until (is_full, test);
  gtk_widget_activate_action (GTK_WIDGET (page), "report.copy", NULL);
  gui_wait_until (has_two_earlier, test);
  gtk_widget_activate_action (GTK_WIDGET (page), "report.open", "x", first);
  gui_wait_until (is_kept, test);
  g_assert_true (gtk_widget_get_visible (page->kept_bar));
  pages = dd_report_source_set (page->source, NULL);
  after = dd_pages_to_pdf (pages, NULL);
  g_assert_true (g_bytes_equal (before, after));
  markdown = dd_report_source_write (page->source, "markdown", NULL);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (markdown, NULL), "#"));
  g_assert_null (dd_report_source_write (page->source, "html", NULL));
  second = ((DdSnapshot *) g_ptr_array_index (page->earlier, 0))->id;
  gtk_widget_activate_action (GTK_WIDGET (page), "report.compare", "x", first);
  gtk_widget_activate_action (GTK_WIDGET (page), "report.compare", "x", second);
  gui_wait_until (is_comparison, test);
  gtk_widget_activate_action (GTK_WIDGET (page), "report.new", NULL);
  g_assert_nonnull (dd_report_source_get_report (page->source));
  gtk_widget_activate_action (GTK_WIDGET (page), "report.remove", "x", first);
  gui_wait_until (has_one_earlier, test);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/reports/form", Test, GINT_TO_POINTER (1100), set_up, test_form, tear_down);
  g_test_add ("/reports/earlier", Test, GINT_TO_POINTER (1100), set_up, test_earlier, tear_down);
  g_test_add ("/reports/narrow", Test, GINT_TO_POINTER (360), set_up, test_form, tear_down);
  return g_test_run ();
}
