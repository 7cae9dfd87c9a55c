/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-units-install.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dd-error.h"
#include "dd-file.h"

static const char * const endings[] = { ".timer", ".service" };

char *
dd_units_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "systemd", "user", NULL);
}

static char *
path_of (const char *name,
         const char *ending)
{
  g_autofree char *folder = dd_units_folder ();
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_build_filename (folder, file, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

GPtrArray *
dd_units_list (const DdUnitOwner *owner)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = dd_units_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *text = NULL;

      if (g_str_has_prefix (file, "doradash-") && g_str_has_suffix (file, ".timer") && g_file_get_contents (path, &text, NULL, NULL) &&
          dd_unit_is_owned (text, owner))
        g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".timer")));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

gboolean
dd_units_write (const DdUnit *unit,
                GError      **error)
{
  const char * const texts[] = { unit->timer, unit->service };
  g_autofree char *folder = dd_units_folder ();

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("The folder %s cannot be made."), folder);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = path_of (unit->name, endings[i]);
      g_autofree char *there = NULL;

      if (g_file_get_contents (path, &there, NULL, NULL) && strcmp (there, texts[i]) == 0)
        continue;
      if (!dd_file_write (path, texts[i], strlen (texts[i]), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dd_units_remove (const char *name,
                 GError    **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = path_of (name, endings[i]);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("%s cannot be removed: %s"), path, g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}
