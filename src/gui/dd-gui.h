/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Opens the window and runs until it is closed; the exit status, 1 where there is no display. @database: NULL for the user's own;
 * @background: without showing it, until somebody opens the program; @argv: the program's name and what GTK may take. */
int dd_gui_run (const char *database, gboolean background, int argc, char **argv);
