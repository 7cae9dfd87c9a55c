/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A new line, empty; what a line of that list says, by its number from 0. */
typedef GtkWidget *(*DdLineMake) (gpointer data);
typedef void (*DdLineBind) (GtkWidget *line, guint position, gpointer data);

/**
 * DdLines:
 *
 * A list of any length in a GtkScrolledWindow, of lines that are all of one height. It makes as many lines as are seen and fills
 * them again as they move, so that a million cost what a screenful does (a GtkListView of GTK 4.8 keeps four hundred rows filled, which
 * takes it a quarter of a second). Arrows, Page Up and Down, Home and End move through it.
 *
 * Signals: `activate` (guint position), by Return, the space bar or a double click, where it selects by a single one; `moved` (guint position), when a key or a click
 * has come to another line.
 */
#define DD_TYPE_LINES (dd_lines_get_type ())
G_DECLARE_FINAL_TYPE (DdLines, dd_lines, DD, LINES, GtkWidget)

/* @data: what both get; it must outlive the list. */
GtkWidget *dd_lines_new (DdLineMake make, DdLineBind bind, gpointer data);

/* Another list of that many lines, from its first on. */
void       dd_lines_show (DdLines *self, guint n_lines);

/* The line that has the focus; it comes in sight. */
void       dd_lines_move_to (DdLines *self, guint position);
/* Whether that line looks selected, also without the focus. */
void       dd_lines_set_selects (DdLines *self, gboolean selects);
/* As dd_lines_move_to(), but takes no focus and says nothing. */
void       dd_lines_select (DdLines *self, guint position);
guint      dd_lines_get_position (DdLines *self);

G_END_DECLS
