/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-auto-sync-group.h"

#include <glib/gi18n-lib.h>

#include "dd-preferences-private.h"
#include "dd-window-settings.h"

struct _DdAutoSyncGroup
{
  AdwPreferencesGroup parent;

  GtkSwitch     *start_switch;
  GtkSpinButton *minutes_spin;
};

G_DEFINE_FINAL_TYPE (DdAutoSyncGroup, dd_auto_sync_group, ADW_TYPE_PREFERENCES_GROUP)

static void
dd_auto_sync_group_class_init (DdAutoSyncGroupClass *klass)
{
}

static void
dd_auto_sync_group_init (DdAutoSyncGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Sync by Itself"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                             dd_preferences_switch_row (_("When the window opens"), NULL, NULL, NULL, &self->start_switch));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                             dd_preferences_spin_row (_("While it runs"), _("Every so many minutes; 0 is off"), 0, 24 * 60, 5, 0, NULL, NULL,
                                                      &self->minutes_spin));
}

GtkWidget *
dd_auto_sync_group_new (DdSession *session)
{
  DdAutoSyncGroup *self = g_object_new (DD_TYPE_AUTO_SYNC_GROUP, NULL);
  GSettings *settings = dd_session_get_settings (session);

  gtk_widget_set_sensitive (GTK_WIDGET (self), settings != NULL);
  if (settings != NULL)
    {
      /* What is locked cannot be switched. */
      g_settings_bind (settings, DD_SETTING_SYNC_ON_START, self->start_switch, "active", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, DD_SETTING_SYNC_EVERY, self->minutes_spin, "value", G_SETTINGS_BIND_DEFAULT);
    }
  return GTK_WIDGET (self);
}
