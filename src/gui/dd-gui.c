/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-gui.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <stdio.h>

#include "dd-application.h"

/* Bytes: above the picture of a window on a large screen. */
#define PICTURE (32 * 1024 * 1024)

/* libadwaita puts its own style sheet in the place of GTK's theme. GTK, which knows nothing of that yet, would read its own first, a tenth
 * of the time that the window takes to open. One that the user has chosen this way stays. */
static gboolean
open_display (void)
{
  gboolean chosen = g_getenv ("GTK_THEME") != NULL;
  gboolean opened;

  if (!chosen)
    g_setenv ("GTK_THEME", "Empty", TRUE);
  opened = gtk_init_check () && gtk_settings_get_default () != NULL;
  /* The last to come is the last to go: threads that GTK has started by now find all the others where they are. */
  if (!chosen)
    g_unsetenv ("GTK_THEME");
  return opened;
}

int
dd_gui_run (const char *database,
            gboolean    background,
            int         argc,
            char      **argv)
{
  g_autoptr (DdApplication) application = NULL;

  /* Without a graphics card a picture of the whole window is made for each frame. Had from the kernel each time and given back, its pages
   * cost more than what is drawn on them. */
  mallopt (M_MMAP_THRESHOLD, PICTURE);
  mallopt (M_TRIM_THRESHOLD, PICTURE);
  if (!open_display ())
    {
      fputs (_("doradash: there is no display to open a window on; “doradash --help” lists the commands.\n"), stderr);
      return 1;
    }
  application = dd_application_new (database, background);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
