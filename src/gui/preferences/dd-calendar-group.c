/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-calendar-group.h"

#include <glib/gi18n-lib.h>

#include "dd-preferences-private.h"

struct _DdCalendarGroup
{
  AdwPreferencesGroup parent;

  gboolean         filling;
  AdwExpanderRow  *row;
  GtkToggleButton *days[7]; /* Monday first */
  GtkSpinButton   *from_hour;
  GtkSpinButton   *to_hour;
  GtkWidget       *holidays;
};

G_DEFINE_FINAL_TYPE (DdCalendarGroup, dd_calendar_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A working day ends after it has begun. */
static void
from_changed_cb (DdCalendarGroup *self)
{
  gtk_spin_button_set_range (self->to_hour, gtk_spin_button_get_value (self->from_hour) + 0.5, 24);
}

static void
changed_cb (DdCalendarGroup *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_days (DdCalendarGroup *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *days = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (days), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (days), 7);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (days), TRUE);
  gtk_widget_set_margin_top (days, 6);
  gtk_widget_set_margin_bottom (days, 6);
  for (int i = 0; i < 7; i++)
    {
      /* 2024-01-01 was a Monday. */
      g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, 1 + i, 0, 0, 0);
      g_autofree char *brief = g_date_time_format (day, "%a");
      g_autofree char *whole = g_date_time_format (day, "%A");
      GtkWidget *button = gtk_toggle_button_new_with_label (brief);
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      /* The button takes the focus, not the cell around it. */
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (GTK_FLOW_BOX (days), child);
      self->days[i] = GTK_TOGGLE_BUTTON (button);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), days);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Workdays"));
  adw_expander_row_add_row (self->row, row);
}

static void
dd_calendar_group_class_init (DdCalendarGroupClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_CALENDAR_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_calendar_group_init (DdCalendarGroup *self)
{
  self->filling = TRUE;
  self->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Measure in working time"));
  adw_expander_row_set_subtitle (self->row, _("Durations leave out nights, weekends and holidays"));
  adw_expander_row_set_show_enable_switch (self->row, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->row));
  add_days (self);
  adw_expander_row_add_row (self->row, dd_preferences_spin_row (_("From"), _("Hour of the day"), 0, 23, 0.5, 1,
                                                                G_CALLBACK (changed_cb), self, &self->from_hour));
  adw_expander_row_add_row (self->row, dd_preferences_spin_row (_("To"), _("Hour of the day"), 0, 24, 0.5, 1,
                                                                G_CALLBACK (changed_cb), self, &self->to_hour));
  g_signal_connect_object (self->from_hour, "value-changed", G_CALLBACK (from_changed_cb), self, G_CONNECT_SWAPPED);
  self->holidays = dd_preferences_entry_row (_("Holidays (2026-12-25, separated by commas)"), G_CALLBACK (changed_cb), self);
  adw_expander_row_add_row (self->row, self->holidays);
  g_signal_connect_object (self->row, "notify::enable-expansion", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->filling = FALSE;
}

GtkWidget *
dd_calendar_group_new (void)
{
  return g_object_new (DD_TYPE_CALENDAR_GROUP, "title", _("Working Calendar"), NULL);
}

void
dd_calendar_group_set (DdCalendarGroup          *self,
                       const DdCalendarSettings *calendar)
{
  g_autofree char *holidays = g_strjoinv (", ", calendar->holidays);

  self->filling = TRUE;
  for (int i = 0; i < 7; i++)
    gtk_toggle_button_set_active (self->days[i], calendar->workdays[i]);
  gtk_spin_button_set_value (self->from_hour, calendar->from_hour);
  gtk_spin_button_set_value (self->to_hour, calendar->to_hour);
  gtk_editable_set_text (GTK_EDITABLE (self->holidays), holidays);
  adw_expander_row_set_enable_expansion (self->row, calendar->enabled);
  adw_expander_row_set_expanded (self->row, FALSE);
  self->filling = FALSE;
}

void
dd_calendar_group_apply (DdCalendarGroup    *self,
                         DdCalendarSettings *calendar)
{
  calendar->enabled = adw_expander_row_get_enable_expansion (self->row);
  for (int i = 0; i < 7; i++)
    calendar->workdays[i] = gtk_toggle_button_get_active (self->days[i]);
  calendar->from_hour = gtk_spin_button_get_value (self->from_hour);
  calendar->to_hour = gtk_spin_button_get_value (self->to_hour);
  g_strfreev (calendar->holidays);
  calendar->holidays = dd_preferences_split (gtk_editable_get_text (GTK_EDITABLE (self->holidays)));
}
