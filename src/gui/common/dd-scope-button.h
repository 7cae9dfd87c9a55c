/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdScopeButton:
 *
 * What the numbers are narrowed to: names it, and offers all repositories and teams of the workspace in a list with a search.
 */
#define DD_TYPE_SCOPE_BUTTON (dd_scope_button_get_type ())
G_DECLARE_FINAL_TYPE (DdScopeButton, dd_scope_button, DD, SCOPE_BUTTON, GtkWidget)

GtkWidget *dd_scope_button_new (void);
void       dd_scope_button_set_session (DdScopeButton *self, DdSession *session); /* once */

G_END_DECLS
