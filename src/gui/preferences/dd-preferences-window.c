/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-preferences-window.h"

struct _DdPreferencesWindow
{
  AdwPreferencesWindow parent;
};

G_DEFINE_FINAL_TYPE (DdPreferencesWindow, dd_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
dd_preferences_window_class_init (DdPreferencesWindowClass *klass)
{
}

static void
dd_preferences_window_init (DdPreferencesWindow *self)
{
}

GtkWidget *
dd_preferences_window_new (GtkWindow *parent, DdSession *session)
{
  return g_object_new (DD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
}
