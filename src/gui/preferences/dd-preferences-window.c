/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "dd-help-window.h"
#include "dd-preferences-private.h"

struct _DdPreferencesWindow
{
  AdwPreferencesWindow parent;

  DdSettingsEditor   *editor;
  AdwPreferencesPage *sources;
  AdwPreferencesPage *metrics;
  AdwPreferencesPage *general;
  AdwPreferencesPage *schedules;
};

G_DEFINE_FINAL_TYPE (DdPreferencesWindow, dd_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
failed_cb (DdPreferencesWindow *self,
           const char          *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (escaped));
}

static gboolean
dd_preferences_window_close_request (GtkWindow *window)
{
  dd_settings_editor_flush (DD_PREFERENCES_WINDOW (window)->editor);
  return GTK_WINDOW_CLASS (dd_preferences_window_parent_class)->close_request (window);
}

static void
dd_preferences_window_dispose (GObject *object)
{
  g_clear_object (&DD_PREFERENCES_WINDOW (object)->editor);
  G_OBJECT_CLASS (dd_preferences_window_parent_class)->dispose (object);
}

/* The page that belongs to the one on screen. */
static gboolean
help_binding (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   user_data)
{
  DdPreferencesWindow *self = DD_PREFERENCES_WINDOW (widget);
  AdwPreferencesPage *page = adw_preferences_window_get_visible_page (ADW_PREFERENCES_WINDOW (self));
  const char *id = "numbers";

  if (page == self->sources)
    id = "sources";
  else if (page == self->schedules)
    id = "reports";
  else if (page == self->general)
    id = "privacy";
  dd_help_window_show_above (widget, id);
  return GDK_EVENT_STOP;
}

static void
dd_preferences_window_class_init (DdPreferencesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_preferences_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dd_preferences_window_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_F1, 0, help_binding, NULL);
}

static void
dd_preferences_window_init (DdPreferencesWindow *self)
{
}

GtkWidget *
dd_preferences_window_new (GtkWindow *parent,
                           DdSession *session)
{
  DdPreferencesWindow *self = g_object_new (DD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, "title",
                                            _("Preferences"), "default-width", 760, "default-height", 720, NULL);
  AdwPreferencesWindow *window = ADW_PREFERENCES_WINDOW (self);

  self->editor = dd_settings_editor_new (session);
  g_signal_connect_object (self->editor, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  self->sources = ADW_PREFERENCES_PAGE (dd_sources_page_new (self->editor));
  self->metrics = ADW_PREFERENCES_PAGE (dd_metrics_page_new (self->editor));
  self->general = ADW_PREFERENCES_PAGE (dd_general_page_new (self->editor));
  adw_preferences_window_add (window, self->sources);
  adw_preferences_window_add (window, self->metrics);
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (dd_teams_page_new (self->editor)));
  self->schedules = ADW_PREFERENCES_PAGE (dd_schedules_page_new (self->editor));
  adw_preferences_window_add (window, self->schedules);
  adw_preferences_window_add (window, self->general);
  dd_settings_editor_load (self->editor);
  return GTK_WIDGET (self);
}

void
dd_preferences_window_show_setting (DdPreferencesWindow *self,
                                    const char          *setting)
{
  AdwPreferencesPage *page = self->general;

  if (g_str_has_prefix (setting, "sources."))
    page = self->sources;
  else if (g_str_has_prefix (setting, "metrics."))
    page = self->metrics;
  else if (g_str_has_prefix (setting, "schedules"))
    page = self->schedules;
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self), page);
}
