/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-seen.h"
#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdSettingsEditor:
 *
 * The settings of the session's workspace while they are edited, and what its services told of to choose from. A page changes the
 * settings in place and commits; each commit is written through the engine at once, and the session asks anew. The last commit can
 * be taken back.
 *
 * Signals: `loaded`: settings and what was seen are here, or others than before. `failed` (sentence): a commit was not written, and the
 * settings are as they were.
 */
#define DD_TYPE_SETTINGS_EDITOR (dd_settings_editor_get_type ())
G_DECLARE_FINAL_TYPE (DdSettingsEditor, dd_settings_editor, DD, SETTINGS_EDITOR, GObject)

DdSettingsEditor *dd_settings_editor_new (DdSession *session) G_GNUC_WARN_UNUSED_RESULT;

DdSession        *dd_settings_editor_get_session (DdSettingsEditor *self);
/* The workspace that is edited, also when the session has moved on. */
const char       *dd_settings_editor_get_workspace (DdSettingsEditor *self);

/* NULL until `loaded`. */
DdSettings       *dd_settings_editor_get_settings (DdSettingsEditor *self);
const DdSeen     *dd_settings_editor_get_seen (DdSettingsEditor *self);

void              dd_settings_editor_load (DdSettingsEditor *self);

/* Writes the settings as they stand now; what follows at once, as when a number is being turned, goes along. */
void              dd_settings_editor_commit (DdSettingsEditor *self);
/* Writes now what is to be written. */
void              dd_settings_editor_flush (DdSettingsEditor *self);
/* Puts back what stood before the last commit; `loaded` follows. */
void              dd_settings_editor_undo (DdSettingsEditor *self);

G_END_DECLS
