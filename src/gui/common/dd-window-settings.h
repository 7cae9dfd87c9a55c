/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * The settings of the program on this computer, which belong to no workspace: what it does without being asked. They are the desktop's
 * (data/com.example.DoraDash.gschema.xml), so that whoever looks after many computers can set and lock them.
 */

/* A boolean: what is scheduled goes on when the window is closed. */
#define DD_SETTING_BACKGROUND "background"
/* A boolean: the sources are asked when the window opens. */
#define DD_SETTING_SYNC_ON_START "sync-on-start"
/* An unsigned integer: and every so many minutes, up to a day; 0: not. */
#define DD_SETTING_SYNC_EVERY "sync-every"

/* NULL where the schema is not installed: what is switched on cannot be kept then. */
GSettings *dd_window_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
