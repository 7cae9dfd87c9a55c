/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-help-pages.h"

G_BEGIN_DECLS

/* A page as widgets. Links activate `help.page` with its id, and buttons `help.do` with the action's detailed name.
 * @with_pages: there are pages of the window that buttons can show. */
GtkWidget *dd_help_text_new (const DdHelpPage *page, gboolean with_pages);

G_END_DECLS
