/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-background-group.h"

#include <glib/gi18n-lib.h>

#include "dd-background.h"
#include "dd-window-settings.h"

struct _DdBackgroundGroup
{
  AdwPreferencesGroup parent;

  DdSession    *session; /* not owned: the search of a window of preferences may keep groups of it for ever */
  GCancellable *cancellable;
  GtkSwitch    *toggle;
  GtkWidget    *row;
};

G_DEFINE_FINAL_TYPE (DdBackgroundGroup, dd_background_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (DdBackgroundGroup *self,
     const char        *words)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), words);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdBackgroundGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean autostart, allowed = dd_background_request_finish (result, &autostart, &error);

  if (self->toggle == NULL || self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!allowed)
    {
      say (self, error->message);
      gtk_switch_set_active (self->toggle, FALSE);
      return;
    }
  g_settings_set_boolean (dd_session_get_settings (self->session), DD_SETTING_BACKGROUND, gtk_switch_get_active (self->toggle));
  if (!gtk_switch_get_active (self->toggle))
    say (self, _("Schedules wait until it is open again"));
  else if (autostart)
    say (self, _("Also after you log in; Ctrl+Q ends it"));
  else
    say (self, _("Until you log out; Ctrl+Q ends it"));
}

static void
toggled_cb (DdBackgroundGroup *self)
{
  if (self->session == NULL || gtk_switch_get_active (self->toggle) == dd_session_get_background (self->session))
    return;
  dd_background_request_async (gtk_switch_get_active (self->toggle), self->cancellable, answered_cb, g_object_ref (self));
}

static void
dd_background_group_dispose (GObject *object)
{
  DdBackgroundGroup *self = DD_BACKGROUND_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->toggle = NULL;
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (dd_background_group_parent_class)->dispose (object);
}

static void
dd_background_group_class_init (DdBackgroundGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_background_group_dispose;
}

static void
dd_background_group_init (DdBackgroundGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  self->row = adw_action_row_new ();
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("When the Window Is Closed"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Go on in the background"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), GTK_WIDGET (self->toggle));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->row);
}

GtkWidget *
dd_background_group_new (DdSession *session)
{
  DdBackgroundGroup *self = g_object_new (DD_TYPE_BACKGROUND_GROUP, NULL);
  GSettings *settings = dd_session_get_settings (session);

  g_set_weak_pointer (&self->session, session);
  gtk_widget_set_sensitive (self->row, settings != NULL && g_settings_is_writable (settings, DD_SETTING_BACKGROUND));
  gtk_switch_set_active (self->toggle, dd_session_get_background (session));
  say (self, dd_session_get_background (session) ? _("Ctrl+Q ends it") : _("Schedules wait until it is open again"));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
