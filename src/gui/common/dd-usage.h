/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"

G_BEGIN_DECLS

/* What of the window is used, counted where the user switched that on, and only what the store lists. A widget inside the window
 * notes by the action `win.note-use`. */

/* @type: "chart-opened", "report-sent", … */
void        dd_usage_note (DdEngine *engine, const char *type);
/* @page: as the sidebar calls it */
void        dd_usage_note_page (DdEngine *engine, const char *page);

/* What the user calls @type. */
const char *dd_usage_words (const char *type);

G_END_DECLS
