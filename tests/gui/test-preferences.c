/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-fixture.h"
#include "dd-choice-group.h"
#include "dd-preferences-window.h"
#include "dd-seen.h"
#include "dd-service-row.h"
#include "gui-fixture.h"

/* Preferences of the fixture's workspace, filled. */
static GtkWidget *
open_preferences (GuiFixture *fixture)
{
  GtkWidget *window;

  gui_fixture_start (fixture);
  window = dd_preferences_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (window));
  connect_wait_for (window, "Workspace Shop");
  return window;
}

typedef struct
{
  GuiFixture *fixture;
  gboolean (*holds) (const DdSettings *settings);
} Kept;

static gboolean
is_kept (gpointer data)
{
  const Kept *kept = data;
  g_autoptr (DdSettings) settings = connect_read_settings (kept->fixture->engine, "Shop");

  return kept->holds (settings);
}

static void
wait_until_kept (GuiFixture *fixture,
                 gboolean (*holds) (const DdSettings *settings))
{
  Kept kept = { fixture, holds };

  gui_wait_until (is_kept, &kept);
}

static GtkWidget *
control_of (GtkWidget  *window,
            const char *row)
{
  GtkWidget *found = connect_find_row (window, row);

  g_assert_nonnull (found);
  return adw_action_row_get_activatable_widget (ADW_ACTION_ROW (found));
}

static gboolean
has_no_production (const DdSettings *settings)
{
  return g_strv_length (settings->metrics.environments) == 1 && strcmp (settings->metrics.environments[0], "live*") == 0;
}

static gboolean
has_2019 (const DdSettings *settings)
{
  return strcmp (settings->metrics.profile, "dora-2019") == 0 && settings->metrics.aggregate == DD_AGGREGATE_P90;
}

static gboolean
has_custom (const DdSettings *settings)
{
  return strcmp (settings->metrics.profile, "custom") == 0 && settings->metrics.tiers != NULL &&
         settings->metrics.tiers->lead_time[0] == 24 * 3600;
}

static gboolean
counts_incidents_only (const DdSettings *settings)
{
  return settings->metrics.signal_incidents && !settings->metrics.signal_deployments;
}

static void
test_metrics (GuiFixture   *fixture,
              gconstpointer data)
{
  GtkWidget *window = open_preferences (fixture);
  GtkWidget *incidents = control_of (window, "Incidents count");

  gtk_test_accessible_assert_property (control_of (window, "production"), GTK_ACCESSIBLE_PROPERTY_LABEL, "production");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (control_of (window, "production")), FALSE);
  wait_until_kept (fixture, has_no_production);

  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "Durations are rated by")), DD_AGGREGATE_P90);
  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "Profile")), 1);
  wait_until_kept (fixture, has_2019);
  g_assert_nonnull (gui_find_label (window, "Accelerate State of DevOps, published 2019"));
  g_assert_false (gtk_widget_get_visible (connect_find_row (window, "Lead time for changes")));

  /* Thresholds of one's own begin as those in force. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "Profile")), 4);
  wait_until_kept (fixture, has_custom);
  g_assert_true (gtk_widget_get_visible (connect_find_row (window, "Lead time for changes")));

  /* Something must count as a failure. */
  gtk_switch_set_active (GTK_SWITCH (control_of (window, "Failed deployments count")), FALSE);
  wait_until_kept (fixture, counts_incidents_only);
  g_assert_false (gtk_widget_get_sensitive (incidents));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_team (const DdSettings *settings)
{
  const DdTeam *team = settings->teams->len == 1 ? g_ptr_array_index (settings->teams, 0) : NULL;

  return team != NULL && strcmp (team->name, "A <b>team</b>") == 0 && team->repositories[0] != NULL &&
         strcmp (team->repositories[0], "shop") == 0 && team->repositories[1] == NULL;
}

static gboolean
has_both_repositories (const DdSettings *settings)
{
  const DdTeam *team = settings->teams->len == 1 ? g_ptr_array_index (settings->teams, 0) : NULL;

  return team != NULL && g_strv_length (team->repositories) == 2 && g_strv_contains ((const char * const *) team->repositories, "api");
}

/* As a drag that ends on a row. */
static gboolean
drop (GtkWidget  *row,
      const char *text)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }
  return taken;
}

static gboolean
has_no_team (const DdSettings *settings)
{
  return settings->teams->len == 0;
}

static gboolean
has_row (gpointer data)
{
  return connect_find_row (data, "A <b>team</b>") != NULL;
}

static void
test_teams (GuiFixture   *fixture,
            gconstpointer data)
{
  GtkWidget *window = open_preferences (fixture);
  GtkWidget *row;

  connect_press_tooltip (window, "Put repositories together as a team");
  row = connect_find_row (window, "New team");
  connect_type (row, "Name", "A <b>team</b>");
  g_signal_emit_by_name (connect_find_row (row, "Name"), "apply");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (control_of (row, "shop")), TRUE);
  wait_until_kept (fixture, has_team);
  g_assert_nonnull (gui_find_label (window, "A <b>team</b>"));
  g_assert_nonnull (gui_find_label (row, "1 repository"));

  /* Dragged onto the team, it is in it as if it were checked; what is no repository is not taken. */
  g_assert_true (drop (row, "api"));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (control_of (row, "api"))));
  wait_until_kept (fixture, has_both_repositories);
  g_assert_false (drop (row, "nonsense"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (control_of (row, "api")), FALSE);
  wait_until_kept (fixture, has_team);

  /* Without a name there is no team to tell apart. */
  connect_type (row, "Name", " ");
  g_signal_emit_by_name (connect_find_row (row, "Name"), "apply");
  g_assert_true (gtk_widget_has_css_class (connect_find_row (row, "Name"), "error"));

  connect_press_tooltip (row, "Remove this team");
  wait_until_kept (fixture, has_no_team);
  connect_wait_for (window, "Team A <b>team</b> removed");
  connect_press (window, "_Undo");
  wait_until_kept (fixture, has_team);
  gui_wait_until (has_row, window);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_in_berlin (const DdSettings *settings)
{
  return strcmp (settings->timezone, "Europe/Berlin") == 0 && settings->history_days == 90;
}

static void
test_general (GuiFixture   *fixture,
              gconstpointer data)
{
  GtkWidget *window = open_preferences (fixture);
  GtkWidget *zone = connect_find_row (window, "Time zone of days and weeks (such as Europe/Berlin)");

  gtk_editable_set_text (GTK_EDITABLE (zone), "Europe/Berln");
  g_signal_emit_by_name (zone, "apply");
  g_assert_true (gtk_widget_has_css_class (zone, "error"));
  gtk_editable_set_text (GTK_EDITABLE (zone), "Europe/Berlin");
  g_signal_emit_by_name (zone, "apply");
  g_assert_false (gtk_widget_has_css_class (zone, "error"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control_of (window, "History")), 90);
  /* What was changed a moment ago is kept when the window closes. */
  gtk_window_close (GTK_WINDOW (window));
  wait_until_kept (fixture, is_in_berlin);
}

static gboolean
has_source (const DdSettings *settings)
{
  return settings->sources->len == 1;
}

static gboolean
has_no_source (const DdSettings *settings)
{
  return settings->sources->len == 0;
}

static gboolean
shows_source (gpointer data)
{
  return connect_find_row (data, "Files") != NULL;
}

static void
test_sources (GuiFixture   *fixture,
              gconstpointer data)
{
  GtkWidget *window = open_preferences (fixture);
  GtkWidget *row = connect_find_row (window, "Files");

  g_assert_true (DD_IS_SERVICE_ROW (row));
  connect_press_tooltip (row, "Remove this source");
  wait_until_kept (fixture, has_no_source);
  g_assert_null (connect_find_row (window, "Files"));
  connect_press (window, "_Undo");
  wait_until_kept (fixture, has_source);
  gui_wait_until (shows_source, window);

  /* Another one is a row to fill in. */
  gtk_widget_activate_action (connect_find_row (window, "Repositories"), "sources.add", "s", "linear");
  row = connect_find_row (window, "Linear");
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (connect_find_row (row, "Address"))), ==, "https://api.linear.app/graphql");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (int *n)
{
  (*n)++;
}

static void
test_choice (void)
{
  GtkWidget *group = g_object_ref_sink (dd_choice_group_new ("Severities", NULL, "Severities, typed", TRUE));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  DdSeenName major = { (char *) "<i>major</i>", 7 }, minor = { (char *) "minor", 3 };
  g_auto (GStrv) none = g_new0 (char *, 1);
  g_auto (GStrv) words = NULL;
  int changes = 0;

  g_ptr_array_add (names, &major);
  g_ptr_array_add (names, &minor);
  g_signal_connect_swapped (group, "changed", G_CALLBACK (count_cb), &changes);
  dd_choice_group_set (DD_CHOICE_GROUP (group), none, names);
  g_assert_cmpint (changes, ==, 0);
  g_assert_nonnull (gui_find_label (group, "<i>major</i>"));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (control_of (group, "minor"))));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (control_of (group, "minor")), FALSE);
  g_assert_cmpint (changes, ==, 1);
  words = dd_choice_group_get_words (DD_CHOICE_GROUP (group));
  g_assert_cmpuint (g_strv_length (words), ==, 1);
  g_assert_cmpstr (words[0], ==, "<i>major</i>");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (connect_find_row (group, "Severities, typed"))), ==, "<i>major</i>");
  g_assert_finalize_object (G_OBJECT (group));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without a bus there is no keyring to ask for the tokens of what is removed. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  adw_init ();
  g_test_add_func ("/preferences/choice", test_choice);
#define ADD(name, function) g_test_add (name, GuiFixture, NULL, gui_fixture_set_up, function, gui_fixture_tear_down)
  ADD ("/preferences/metrics", test_metrics);
  ADD ("/preferences/teams", test_teams);
  ADD ("/preferences/general", test_general);
  ADD ("/preferences/sources", test_sources);
  return g_test_run ();
}
