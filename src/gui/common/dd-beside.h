/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdBeside:
 *
 * A text with a control at its end, or below it where too little of the width would be left for the text.
 */
#define DD_TYPE_BESIDE (dd_beside_get_type ())
G_DECLARE_FINAL_TYPE (DdBeside, dd_beside, DD, BESIDE, GtkWidget)

/* @chars: as many have to go in a line of @text, or as many as it has. */
GtkWidget *dd_beside_new (GtkWidget *text, GtkWidget *control, int chars);

G_END_DECLS
