/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to, writes @bytes there, and says in a toast above @widget how it went. @name: what is offered. */
void dd_save_bytes (GtkWidget *widget, const char *title, const char *name, GBytes *bytes);

/* The same; @saved is called with @data when it was written. */
void dd_save_bytes_and_tell (GtkWidget *widget, const char *title, const char *name, GBytes *bytes, void (*saved) (gpointer data), gpointer data);

/* The same for a file that is chosen already. It is written aside and takes the old one's place when it is whole. */
void dd_save_to_file (GtkWidget *widget, GFile *file, GBytes *bytes, void (*saved) (gpointer data), gpointer data);

/* A short event at the foot of the window that @widget is in; @title is text, not markup. */
void dd_say (GtkWidget *widget, const char *title);

G_END_DECLS
