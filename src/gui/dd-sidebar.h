/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"
#include "dd-syncer.h"

G_BEGIN_DECLS

/**
 * DdSidebar:
 *
 * Beside the pages: which workspace, which page, and how the last sync went. It looks at session and syncer by itself; what is
 * chosen in it goes to the window by `win.workspace` and `win.show`.
 */
#define DD_TYPE_SIDEBAR (dd_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (DdSidebar, dd_sidebar, DD, SIDEBAR, AdwBin)

GtkWidget *dd_sidebar_new (DdSession *session, DdSyncer *syncer);

/* Marks the page of this name. */
void dd_sidebar_select_page (DdSidebar *self, const char *name);

/* Whether it has the window to itself, and so the window's buttons. */
void dd_sidebar_set_alone (DdSidebar *self, gboolean alone);

void dd_sidebar_focus_pages (DdSidebar *self);
void dd_sidebar_open_menu (DdSidebar *self);

G_END_DECLS
