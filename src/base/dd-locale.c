/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-locale.h"

#include <libintl.h>
#include <locale.h>

void
dd_locale_init (const char *folder)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* Plurals and the templates of widgets look nowhere else. */
  textdomain (GETTEXT_PACKAGE);
}
