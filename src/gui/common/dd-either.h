/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdEither:
 *
 * Shows the same in one of two ways: @wide where the width allows, or else @narrow. The other one is neither seen, nor measured for a
 * width that it does not have, nor told to a screen reader.
 */
#define DD_TYPE_EITHER (dd_either_get_type ())
G_DECLARE_FINAL_TYPE (DdEither, dd_either, DD, EITHER, GtkWidget)

GtkWidget *dd_either_new (GtkWidget *wide, GtkWidget *narrow);

G_END_DECLS
