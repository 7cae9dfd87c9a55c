/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A hook for measurements: with DORADASH_WATCH=1 in the environment the program writes to standard error when its first frame with
 * figures was drawn, and each turn of the main loop that held it for more than 16 ms; what other programs had
 * of the processor meanwhile is not counted. What GTK took to lay out its widgets and to draw
 * them is told apart from the program's own callbacks. Without the variable nothing is hooked in.
 */

/* Before the main loop runs; once. */
void dd_watch_start (void);

/* Of @window, frames are told apart from callbacks; once it is realized. */
void dd_watch_add_window (GtkWidget *window);

/* Figures are in the widgets: the next frame shows them. */
void dd_watch_has_content (void);

G_END_DECLS
