/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/* Pages of help beside their list. What a button of a page does is an action of @parent. */
#define DD_TYPE_HELP_WINDOW (dd_help_window_get_type ())
G_DECLARE_FINAL_TYPE (DdHelpWindow, dd_help_window, DD, HELP_WINDOW, AdwWindow)

GtkWidget  *dd_help_window_new (GtkWindow *parent, DdSession *session);

/* Shows the page of that id above the dialog that @widget stands in, which may be modal; there it has no buttons. */
void        dd_help_window_show_above (GtkWidget *widget, const char *id);

/* The first where there is no page of that id. */
void        dd_help_window_show_page (DdHelpWindow *self, const char *id);

/* The id of the page that is shown; NULL before the first. */
const char *dd_help_window_get_page (DdHelpWindow *self);

G_END_DECLS
