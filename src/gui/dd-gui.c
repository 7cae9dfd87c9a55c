/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-gui.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "dd-application.h"

int
dd_gui_run (const char *database,
            gboolean    background,
            int         argc,
            char      **argv)
{
  g_autoptr (DdApplication) application = NULL;

  if (!gtk_init_check ())
    {
      fputs (_("doradash: there is no display to open a window on; “doradash --help” lists the commands.\n"), stderr);
      return 1;
    }
  application = dd_application_new (database, background);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
