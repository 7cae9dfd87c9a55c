/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-engine.h"
#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

/**
 * DdWindow:
 *
 * Sidebar, header bar with period and filter, and the pages. Its actions are what pages ask of it: `win.show` (s: a page's name),
 * `win.narrow` (ss: repository and team, "" for all), `win.sync`, `win.stop`, `win.preferences` (s: a page of them), `win.connect`.
 */
#define DD_TYPE_WINDOW (dd_window_get_type ())
G_DECLARE_FINAL_TYPE (DdWindow, dd_window, DD, WINDOW, AdwApplicationWindow)

GtkWidget *dd_window_new (GtkApplication *application, DdEngine *engine);

/* On a session that may be loading already. */
GtkWidget *dd_window_new_with_session (GtkApplication *application, DdSession *session);

DdSession *dd_window_get_session (DdWindow *self);
DdSyncer  *dd_window_get_syncer (DdWindow *self);

G_END_DECLS
