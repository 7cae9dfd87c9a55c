/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-engine.h"
#include "dd-settings.h"
#include "dd-tokens.h"

G_BEGIN_DECLS

/**
 * DdServiceRow:
 *
 * One service: its address, what is read there, its token, and what a check said. What is typed is kept by nobody until the
 * owner asks for it; the token is never shown and is forgotten with the row.
 *
 * Signals: `changed`: what is typed or what is known of it is another. `accepted`: a check has just found the settings good.
 * `remove`: the user wants it no more.
 */
#define DD_TYPE_SERVICE_ROW (dd_service_row_get_type ())
G_DECLARE_FINAL_TYPE (DdServiceRow, dd_service_row, DD, SERVICE_ROW, AdwExpanderRow)

GtkWidget *dd_service_row_new (DdEngine *engine, const char *type);

/* It stands for @source of @workspace, whose token the keyring has: an empty token means that one. */
void       dd_service_row_set_saved (DdServiceRow *self, const char *workspace, const DdSourceSettings *source);

/* How its last sync ended, in the row itself. */
void       dd_service_row_set_state (DdServiceRow *self, const char *words, gboolean trouble);

/* One sentence where something is wrong that a check does not tell (the keyring is locked). */
void       dd_service_row_set_error (DdServiceRow *self, const char *sentence);

const char *dd_service_row_get_source_type (DdServiceRow *self);

/* TRUE where a token was typed or settings were changed; what the owner must not lose without a word. */
gboolean   dd_service_row_is_touched (DdServiceRow *self);
/* TRUE where a check found just what is typed good; also for a source that needs no check. */
gboolean   dd_service_row_is_accepted (DdServiceRow *self);
gboolean   dd_service_row_is_checking (DdServiceRow *self);

/* What is typed; NULL with one sentence where it cannot be. */
DdSourceSettings *dd_service_row_get_settings (DdServiceRow *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL where none was typed. */
const char *dd_service_row_get_token (DdServiceRow *self);
/* Forgets the token that was typed: the keyring has it now. */
void       dd_service_row_forget_token (DdServiceRow *self);

void       dd_service_row_check (DdServiceRow *self);

G_END_DECLS
