/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

#define DD_TYPE_PREFERENCES_WINDOW (dd_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (DdPreferencesWindow, dd_preferences_window, DD, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *dd_preferences_window_new (GtkWindow *parent, DdSession *session);

/* Turns to the page with a setting, by its path in the workspace file: "metrics.environments". */
void       dd_preferences_window_show_setting (DdPreferencesWindow *self, const char *setting);

G_END_DECLS
