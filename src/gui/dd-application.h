/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DD_TYPE_APPLICATION (dd_application_get_type ())
G_DECLARE_FINAL_TYPE (DdApplication, dd_application, DD, APPLICATION, AdwApplication)

/* @database: NULL for the user's own. @background: the first window is not shown until somebody opens the program. */
DdApplication *dd_application_new (const char *database, gboolean background) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
