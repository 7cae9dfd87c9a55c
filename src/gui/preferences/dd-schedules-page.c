/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-auto-sync-group.h"
#include "dd-background-group.h"
#include "dd-preferences-private.h"
#include "dd-schedule-row.h"

struct _DdSchedulesPage
{
  AdwPreferencesPage parent;

  DdSettingsEditor *editor;
  GPtrArray        *rows; /* of DdScheduleRow, beside the settings' schedules */
  gboolean          filling;

  AdwPreferencesGroup *schedules;
  AdwPreferencesGroup *alerts;
  GtkSwitch     *tier_switch;
  GtkSpinButton *days_spin;
  GtkSpinButton *rate_spin;
  GtkSwitch     *slack_switch;
};

G_DEFINE_FINAL_TYPE (DdSchedulesPage, dd_schedules_page, ADW_TYPE_PREFERENCES_PAGE)

static void
changed_cb (DdSchedulesPage *self)
{
  dd_settings_editor_commit (self->editor);
}

static void
removed_cb (DdSchedulesPage *self,
            DdScheduleRow   *row)
{
  g_ptr_array_remove (dd_settings_editor_get_settings (self->editor)->schedules, (gpointer) dd_schedule_row_get_schedule (row));
  dd_settings_editor_commit (self->editor);
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (self->schedules, GTK_WIDGET (row));
  dd_preferences_toast (GTK_WIDGET (self), self->editor, _("Schedule removed"), TRUE, NULL, NULL, NULL);
}

static GtkWidget *
add_row (DdSchedulesPage    *self,
         DdScheduleSettings *schedule)
{
  GtkWidget *row = dd_schedule_row_new (schedule, dd_settings_editor_get_settings (self->editor)->timezone);

  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->schedules, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static gboolean
is_taken (const DdSettings *settings,
          const char       *id)
{
  for (guint i = 0; i < settings->schedules->len; i++)
    if (strcmp (((DdScheduleSettings *) g_ptr_array_index (settings->schedules, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
add_cb (DdSchedulesPage *self)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);
  DdScheduleSettings *schedule;
  guint n = 1;

  if (settings == NULL)
    return;
  schedule = g_new0 (DdScheduleSettings, 1);
  do
    {
      g_free (schedule->id);
      schedule->id = g_strdup_printf ("schedule-%u", n++);
    }
  while (is_taken (settings, schedule->id));
  schedule->cron = g_strdup ("0 8 * * 1");
  schedule->action = g_strdup ("report");
  schedule->period = g_strdup ("weekly");
  g_ptr_array_add (settings->schedules, schedule);
  dd_settings_editor_commit (self->editor);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (add_row (self, schedule)), TRUE);
}

static void
alert_changed_cb (DdSchedulesPage *self)
{
  DdAlertSettings *alerts;
  double percent;

  if (self->filling)
    return;
  alerts = &dd_settings_editor_get_settings (self->editor)->alerts;
  percent = gtk_spin_button_get_value (self->rate_spin);
  alerts->tier_fell = gtk_switch_get_active (self->tier_switch);
  alerts->no_sync_days = gtk_spin_button_get_value_as_int (self->days_spin);
  alerts->failure_rate = percent > 0 ? percent / 100 : NAN;
  alerts->slack = gtk_switch_get_active (self->slack_switch);
  dd_settings_editor_commit (self->editor);
}

static void
loaded_cb (DdSchedulesPage *self)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->schedules, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < settings->schedules->len; i++)
    add_row (self, g_ptr_array_index (settings->schedules, i));
  self->filling = TRUE;
  gtk_switch_set_active (self->tier_switch, settings->alerts.tier_fell);
  gtk_spin_button_set_value (self->days_spin, settings->alerts.no_sync_days);
  gtk_spin_button_set_value (self->rate_spin, isnan (settings->alerts.failure_rate) ? 0 : 100 * settings->alerts.failure_rate);
  gtk_switch_set_active (self->slack_switch, settings->alerts.slack);
  self->filling = FALSE;
}

static void
dd_schedules_page_dispose (GObject *object)
{
  DdSchedulesPage *self = DD_SCHEDULES_PAGE (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (dd_schedules_page_parent_class)->dispose (object);
}

static void
dd_schedules_page_finalize (GObject *object)
{
  g_ptr_array_unref (DD_SCHEDULES_PAGE (object)->rows);
  G_OBJECT_CLASS (dd_schedules_page_parent_class)->finalize (object);
}

static void
dd_schedules_page_class_init (DdSchedulesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_schedules_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_schedules_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/preferences/dd-schedules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdSchedulesPage, schedules);
  gtk_widget_class_bind_template_child (widget_class, DdSchedulesPage, alerts);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
dd_schedules_page_init (DdSchedulesPage *self)
{
  GCallback changed = G_CALLBACK (alert_changed_cb);
  GtkWidget *rows[4];

  self->rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rows[0] = dd_preferences_switch_row (_("A tier that fell"), _("Against the week before"), changed, self, &self->tier_switch);
  rows[1] = dd_preferences_spin_row (_("A source that has not synced"), _("For so many days; 0 is off"), 0, 3650, 1, 0, changed, self,
                                     &self->days_spin);
  rows[2] = dd_preferences_spin_row (_("A change failure rate"), _("Over so many percent; 0 is off"), 0, 100, 1, 1, changed, self,
                                     &self->rate_spin);
  rows[3] = dd_preferences_switch_row (_("Tell Slack too"), NULL, changed, self, &self->slack_switch);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (self->alerts, rows[i]);
  self->filling = FALSE;
}

GtkWidget *
dd_schedules_page_new (DdSettingsEditor *editor)
{
  DdSchedulesPage *self = g_object_new (DD_TYPE_SCHEDULES_PAGE, NULL);

  self->editor = g_object_ref (editor);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (dd_auto_sync_group_new (dd_settings_editor_get_session (editor))));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (dd_background_group_new (dd_settings_editor_get_session (editor))));
  g_signal_connect_object (editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
