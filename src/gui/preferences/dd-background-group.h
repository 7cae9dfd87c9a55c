/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdBackgroundGroup:
 *
 * Whether schedules go on when the window is closed: asked of the desktop when it is switched on, and told where it says no.
 */
#define DD_TYPE_BACKGROUND_GROUP (dd_background_group_get_type ())
G_DECLARE_FINAL_TYPE (DdBackgroundGroup, dd_background_group, DD, BACKGROUND_GROUP, AdwPreferencesGroup)

GtkWidget *dd_background_group_new (DdSession *session);

G_END_DECLS
