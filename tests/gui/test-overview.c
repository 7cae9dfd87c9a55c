/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "dd-metric-card.h"
#include "dd-no-data.h"
#include "dd-overview-page.h"
#include "dd-words.h"
#include "gui-fixture.h"

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
show_page (GuiFixture *fixture,
           GtkWidget **page)
{
  GtkWidget *window = adw_window_new ();
  gboolean mapped = FALSE;

  *page = dd_overview_page_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 1200);
  adw_window_set_content (ADW_WINDOW (window), *page);
  g_signal_connect_swapped (*page, "map", G_CALLBACK (mapped_cb), &mapped);
  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (is_true, &mapped);
  dd_page_set_session (DD_PAGE (*page), fixture->session);
  return window;
}

static gboolean
has_repository (gpointer data)
{
  return gui_find_label (data, "shop") != NULL;
}

/* Whatever a card says, the report's words say. */
static void
test_numbers (GuiFixture   *fixture,
              gconstpointer data)
{
  const DdSummary *summary;
  GtkWidget *window, *page;

  gui_fixture_start (fixture);
  window = show_page (fixture, &page);
  summary = dd_session_get_report (fixture->session)->summary;
  g_assert_cmpuint (summary->metrics.lead_time.changes, >, 0);
  for (int metric = 0; metric < DD_N_METRICS; metric++)
    {
      g_autofree char *value = dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
      g_autofree char *count = dd_words_count (metric, &summary->metrics);
      DdNoData no_data;

      g_assert_nonnull (gui_find_label (page, value));
      /* In place of a count of nothing stands why there is nothing. */
      if (dd_no_data_explain (metric, summary, &no_data))
        {
          g_free (count);
          count = no_data.reason;
        }
      g_assert_nonnull (gui_find_label (page, count));
    }
  /* The table follows the cards. */
  gui_wait_until (has_repository, page);
  g_assert_nonnull (gui_find_label (page, "api"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_no_data (GuiFixture   *fixture,
              gconstpointer data)
{
  GtkWidget *card = g_object_ref_sink (dd_metric_card_new (DD_METRIC_RECOVERY_TIME));

  gtk_test_accessible_assert_role (card, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, dd_metric_title (DD_METRIC_RECOVERY_TIME));
  gui_fixture_start (fixture);
  dd_session_set_period (fixture->session, "2020-01-01..2020-01-07", 0);
  while (dd_session_is_loading (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  dd_metric_card_show (DD_METRIC_CARD (card), dd_session_get_report (fixture->session), NULL);
  g_assert_nonnull (gui_find_label (card, "No data"));
  g_assert_nonnull (gui_find_label (card, "No incident ended in this period."));
  g_assert_nonnull (gui_find_label (card, "Show Incidents"));
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "No data, No incident ended in this period.");
  g_assert_null (gui_find_label (card, "Elite"));
  g_assert_finalize_object (G_OBJECT (card));
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  *(char **) user_data = g_variant_dup_string (parameter, NULL);
}

static GtkWidget *
find_visible_button (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_visible_button (child);
  return found;
}

/* The button mends it; with data there is none. */
static void
test_mend (GuiFixture   *fixture,
           gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) show = g_simple_action_new ("show", G_VARIANT_TYPE_STRING);
  g_autofree char *shown = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *card = dd_metric_card_new (DD_METRIC_LEAD_TIME);

  g_signal_connect (show, "activate", G_CALLBACK (show_cb), &shown);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (show));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  adw_window_set_content (ADW_WINDOW (window), card);
  gui_fixture_start (fixture);
  dd_metric_card_show (DD_METRIC_CARD (card), dd_session_get_report (fixture->session), NULL);
  g_assert_null (find_visible_button (card));

  dd_session_set_period (fixture->session, "2020-01-01..2020-01-07", 0);
  while (dd_session_is_loading (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  dd_metric_card_show (DD_METRIC_CARD (card), dd_session_get_report (fixture->session), NULL);
  g_assert_nonnull (gui_find_label (card, "No change was deployed in this period."));
  g_assert_nonnull (find_visible_button (card));
  g_signal_emit_by_name (find_visible_button (card), "clicked");
  g_assert_cmpstr (shown, ==, "health");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
forget_syncs (GuiFixture *fixture)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->database, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE source SET last_sync = NULL", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

typedef struct
{
  GtkWidget *page;
  guint      deployments;
} Coming;

static gboolean
says_so_far (gpointer data)
{
  const Coming *coming = data;
  g_autofree char *words = g_strdup_printf ("%u deployments in this period so far; the first sync is under way.", coming->deployments);

  return gui_find_label (coming->page, words) != NULL;
}

/* Until its end a first sync has brought a part: what has come is counted, and nothing is rated, though a source may be through. */
static void
test_first_sync (GuiFixture   *fixture,
                 gconstpointer data)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *iso = NULL;
  g_autofree char *more = NULL;
  const DdSummary *summary;
  GtkWidget *window;
  Coming coming;

  forget_syncs (fixture);
  gui_fixture_start (fixture);
  dd_session_set_syncing (fixture->session, TRUE);
  window = show_page (fixture, &coming.page);
  summary = dd_session_get_report (fixture->session)->summary;
  coming.deployments = summary->metrics.deployment_frequency.deployments;
  g_assert_cmpuint (coming.deployments, >, 1);
  gui_wait_until (says_so_far, &coming);
  g_assert_nonnull (gui_find_label (coming.page, "The first sync is under way; data is coming."));

  time = g_date_time_new_from_unix_utc (summary->period.start / G_USEC_PER_SEC + 3600);
  iso = g_date_time_format_iso8601 (time);
  more = g_strdup_printf ("id,repository,environment,created,finished,result\nnew-1,shop,production,%s,%s,success\n", iso, iso);
  gui_fixture_import (fixture, "deployments", more);
  dd_session_look_again (fixture->session);
  /* Nothing is taken away for it. */
  g_assert_false (dd_session_is_loading (fixture->session));
  coming.deployments++;
  gui_wait_until (says_so_far, &coming);
  g_assert_null (find_visible_button (coming.page));
  g_assert_null (gui_find_label (coming.page, "shop"));

  dd_session_set_syncing (fixture->session, FALSE);
  dd_session_refresh (fixture->session);
  gui_wait_until (has_repository, coming.page);
  g_assert_false (says_so_far (&coming));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_range (gpointer data)
{
  return gui_find_label (data, "1–15 of 41") != NULL;
}

/* Of many repositories a page is shown at a time, and each can be reached. */
static void
test_many_repositories (GuiFixture   *fixture,
                        gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("id,repository,environment,created,finished,result\n");
  g_autofree char *time = gui_time_ago (1, 10);
  GtkWidget *window, *page;

  for (int i = 0; i < 39; i++)
    g_string_append_printf (text, "m%d,many-%02d,production,%s,%s,success\n", i, i, time, time);
  gui_fixture_import (fixture, "deployments", text->str);
  gui_fixture_start (fixture);
  window = show_page (fixture, &page);
  gui_wait_until (has_range, page);
  gtk_widget_activate_action (gtk_widget_get_parent (gtk_widget_get_parent (gtk_widget_get_parent (gui_find_label (page, "1–15 of 41")))),
                              "groups.after", NULL);
  g_assert_nonnull (gui_find_label (page, "16–30 of 41"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/overview/numbers", GuiFixture, NULL, gui_fixture_set_up, test_numbers, gui_fixture_tear_down);
  g_test_add ("/overview/no-data", GuiFixture, NULL, gui_fixture_set_up, test_no_data, gui_fixture_tear_down);
  g_test_add ("/overview/mend", GuiFixture, NULL, gui_fixture_set_up, test_mend, gui_fixture_tear_down);
  g_test_add ("/overview/first-sync", GuiFixture, NULL, gui_fixture_set_up, test_first_sync, gui_fixture_tear_down);
  g_test_add ("/overview/many-repositories", GuiFixture, NULL, gui_fixture_set_up, test_many_repositories, gui_fixture_tear_down);
  return g_test_run ();
}
