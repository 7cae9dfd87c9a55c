/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to, writes @bytes there, and says in a toast above @widget how it went. @name: what is offered. */
void dd_save_bytes (GtkWidget *widget, const char *title, const char *name, GBytes *bytes);

/* A short event at the foot of the window that @widget is in; @title is text, not markup. */
void dd_say (GtkWidget *widget, const char *title);

G_END_DECLS
