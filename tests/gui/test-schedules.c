/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>

#include "connect-fixture.h"
#include "dd-preferences-window.h"
#include "dd-scheduler.h"
#include "dd-settings-file.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

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

static const DdScheduleSettings *
only (const DdSettings *settings)
{
  return settings->schedules->len == 1 ? g_ptr_array_index (settings->schedules, 0) : NULL;
}

static gboolean
has_new (const DdSettings *settings)
{
  return only (settings) != NULL && strcmp (only (settings)->cron, "0 8 * * 1") == 0 && strcmp (only (settings)->action, "report") == 0;
}

static gboolean
has_monthly_run (const DdSettings *settings)
{
  return only (settings) != NULL && strcmp (only (settings)->cron, "30 7 31 * *") == 0 && strcmp (only (settings)->action, "run") == 0 &&
         strcmp (only (settings)->period, "monthly") == 0;
}

static gboolean
has_none (const DdSettings *settings)
{
  return settings->schedules->len == 0;
}

static gboolean
has_alerts (const DdSettings *settings)
{
  return settings->alerts.tier_fell && settings->alerts.no_sync_days == 3 && fabs (settings->alerts.failure_rate - 0.125) < 1e-9;
}

static GtkSpinButton *
spin_of (GtkWidget  *window,
         const char *row)
{
  return GTK_SPIN_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (connect_find_row (window, row))));
}

static void
test_page (GuiFixture   *fixture,
           gconstpointer data)
{
  GtkWidget *window, *row;

  gui_fixture_start (fixture);
  window = dd_preferences_window_new (NULL, fixture->session);
  gtk_window_present (GTK_WINDOW (window));
  connect_wait_for (window, "Workspace Shop");
  connect_press_tooltip (window, "Do something by itself at a time");
  wait_until_kept (fixture, has_new);
  row = connect_find_row (window, "Save a report");
  g_assert_nonnull (row);
  g_assert_true (g_str_has_prefix (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "Mondays at 08:00 · next Mon "));
  g_assert_true (gtk_widget_get_visible (connect_find_row (window, "Day of the week")));
  g_assert_false (gtk_widget_get_visible (connect_find_row (window, "Day of the month")));

  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "How often")), 2);
  gtk_spin_button_set_value (spin_of (window, "Day of the month"), 31);
  gtk_spin_button_set_value (spin_of (window, "Time"), 7);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin_of (window, "Time"))), ==, "07");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (gtk_widget_get_last_child (gtk_widget_get_parent (GTK_WIDGET (spin_of (window, "Time"))))), 30);
  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "What")), 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (connect_find_row (window, "Report of")), 1);
  wait_until_kept (fixture, has_monthly_run);
  g_assert_true (g_str_has_prefix (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "On day 31 of each month at 07:30 · "));
  gtk_test_accessible_assert_property (spin_of (window, "Time"), GTK_ACCESSIBLE_PROPERTY_LABEL, "Hour");

  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (connect_find_row (window, "A tier that fell")))),
                         TRUE);
  gtk_spin_button_set_value (spin_of (window, "A source that has not synced"), 3);
  gtk_spin_button_set_value (spin_of (window, "A change failure rate"), 12.5);
  wait_until_kept (fixture, has_alerts);

  connect_press_tooltip (window, "Remove this schedule");
  wait_until_kept (fixture, has_none);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Takes what is told, as "title|body|target" lines. */
static void
told_cb (DdScheduler *scheduler,
         const char  *id,
         const char  *title,
         const char  *body,
         const char  *target,
         GString     *told)
{
  g_string_append_printf (told, "%s|%s|%s\n", title, body, target);
}

static void
looked_cb (DdScheduler *scheduler,
           guint       *times)
{
  (*times)++;
}

static gboolean
is_set (gpointer data)
{
  return *(guint *) data > 0;
}

static void
look (DdScheduler *scheduler)
{
  guint times = 0;
  gulong handler = g_signal_connect (scheduler, "looked", G_CALLBACK (looked_cb), &times);

  dd_scheduler_look (scheduler);
  dd_scheduler_look (scheduler);
  gui_wait_until (is_set, &times);
  g_assert_cmpuint (times, ==, 1);
  g_signal_handler_disconnect (scheduler, handler);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_free (dd_workspaces_import_finish (DD_ENGINE (object), result, NULL));
  *(guint *) user_data = 1;
}

static void
keep (GuiFixture *fixture,
      DdSettings *settings)
{
  g_autofree char *json = dd_settings_file_write (settings);
  guint done = 0;

  dd_workspaces_import_async (fixture->engine, json, "test", FALSE, NULL, imported_cb, &done);
  gui_wait_until (is_set, &done);
}

static void
add_schedule (DdSettings *settings,
              const char *id,
              const char *action,
              const char *folder)
{
  DdScheduleSettings *schedule = g_new0 (DdScheduleSettings, 1);

  schedule->id = g_strdup (id);
  schedule->cron = g_strdup ("0 8 * * *");
  schedule->action = g_strdup (action);
  schedule->period = g_strdup ("weekly");
  schedule->folder = g_strdup (folder);
  g_ptr_array_add (settings->schedules, schedule);
}

/* As if nobody had been there for three days. */
static void
sleep_three_days (GuiFixture *fixture)
{
  const char *program = "import sqlite3, sys\n"
                        "base = sqlite3.connect (sys.argv[1], timeout = 30)\n"
                        "base.execute ('UPDATE schedule SET handled = handled - 3 * 86400 * 1000000')\n"
                        "base.commit ()\n";
  const char *words[] = { "python3", "-c", program, fixture->database, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_scheduler (GuiFixture   *fixture,
                gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "reports", NULL);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (DdSettings) settings = NULL;
  g_autoptr (DdScheduler) scheduler = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint files = 0;

  gui_fixture_start (fixture);
  settings = connect_read_settings (fixture->engine, "Shop");
  add_schedule (settings, "saved", "report", folder);
  add_schedule (settings, "sent", "send", NULL);
  keep (fixture, settings);
  scheduler = dd_scheduler_new (fixture->session);
  g_signal_connect (scheduler, "told", G_CALLBACK (told_cb), told);
  look (scheduler);
  g_assert_cmpstr (told->str, ==, "");
  sleep_three_days (fixture);
  look (scheduler);
  g_assert_nonnull (strstr (told->str, "The report of Shop is made|It is late: nothing was running when it was due.|/"));
  g_assert_nonnull (strstr (told->str, ".pdf\n"));
  g_assert_nonnull (strstr (told->str, "“sent” of Shop failed|"));
  g_assert_nonnull (strstr (told->str, "|activity\n"));
  g_string_truncate (told, 0);
  look (scheduler);
  g_assert_cmpstr (told->str, ==, "");
  dd_scheduler_stop (scheduler);
  sleep_three_days (fixture);
  dd_scheduler_look (scheduler);
  g_assert_cmpstr (told->str, ==, "");
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      files++;
      g_unlink (path);
    }
  g_assert_cmpuint (files, ==, 2);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("SLACK_WEBHOOK_URL");
  g_test_init (&argc, &argv, NULL);
  /* Without a bus there is no keyring to ask for a webhook. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  adw_init ();
  g_test_add ("/schedules/page", GuiFixture, NULL, gui_fixture_set_up, test_page, gui_fixture_tear_down);
  g_test_add ("/schedules/scheduler", GuiFixture, NULL, gui_fixture_set_up, test_scheduler, gui_fixture_tear_down);
  return g_test_run ();
}
