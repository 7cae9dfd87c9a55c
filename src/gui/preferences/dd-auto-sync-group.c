/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-auto-sync-group.h"

#include <glib/gi18n-lib.h>

#include "dd-preferences-private.h"

struct _DdAutoSyncGroup
{
  AdwPreferencesGroup parent;

  DdSession     *session; /* not owned: the search of a window of preferences may keep groups of it for ever */
  GtkSwitch     *start_switch;
  GtkSpinButton *minutes_spin;
};

G_DEFINE_FINAL_TYPE (DdAutoSyncGroup, dd_auto_sync_group, ADW_TYPE_PREFERENCES_GROUP)

static void
changed_cb (DdAutoSyncGroup *self)
{
  if (self->session != NULL)
    dd_session_set_sync (self->session, gtk_switch_get_active (self->start_switch),
                         (guint) gtk_spin_button_get_value_as_int (self->minutes_spin));
}

static void
dd_auto_sync_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&DD_AUTO_SYNC_GROUP (object)->session);
  G_OBJECT_CLASS (dd_auto_sync_group_parent_class)->dispose (object);
}

static void
dd_auto_sync_group_class_init (DdAutoSyncGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_auto_sync_group_dispose;
}

static void
dd_auto_sync_group_init (DdAutoSyncGroup *self)
{
  GCallback changed = G_CALLBACK (changed_cb);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Sync by Itself"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                             dd_preferences_switch_row (_("When the window opens"), NULL, changed, self, &self->start_switch));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                             dd_preferences_spin_row (_("While it runs"), _("Every so many minutes; 0 is off"), 0, 24 * 60, 5, 0, changed,
                                                      self, &self->minutes_spin));
}

GtkWidget *
dd_auto_sync_group_new (DdSession *session)
{
  DdAutoSyncGroup *self = g_object_new (DD_TYPE_AUTO_SYNC_GROUP, NULL);

  gtk_switch_set_active (self->start_switch, dd_session_get_sync_on_start (session));
  gtk_spin_button_set_value (self->minutes_spin, dd_session_get_sync_every (session));
  g_set_weak_pointer (&self->session, session);
  return GTK_WIDGET (self);
}
