/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdWelcomePage:
 *
 * What a new user sees: two ways on, by the actions `win.connect` and `win.sample`.
 */
#define DD_TYPE_WELCOME_PAGE (dd_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (DdWelcomePage, dd_welcome_page, DD, WELCOME_PAGE, AdwBin)

GtkWidget *dd_welcome_page_new (DdSession *session);

G_END_DECLS
