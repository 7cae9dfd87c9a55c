/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-help-pages.h"

G_BEGIN_DECLS

/* Which buttons a page has. */
typedef enum
{
  DD_HELP_NO_BUTTONS,  /* it stands above a dialog, which comes first */
  DD_HELP_NO_PAGES,    /* those that need no page of the window */
  DD_HELP_ALL_BUTTONS,
} DdHelpButtons;

/* A page as widgets. Links activate `help.page` with its id, and buttons `help.do` with the action's detailed name. */
GtkWidget *dd_help_text_new (const DdHelpPage *page, DdHelpButtons buttons);

G_END_DECLS
