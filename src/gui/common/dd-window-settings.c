/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window-settings.h"

#define SCHEMA "com.example.DoraDash"

static GSettingsSchema *
look_up_in (const char *folder)
{
  g_autoptr (GSettingsSchemaSource) source = g_settings_schema_source_new_from_directory (folder, NULL, TRUE, NULL);

  return source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, FALSE) : NULL;
}

/* A program that was built and not installed has its schema in the folder that it was built in. */
static GSettingsSchema *
look_up_beside (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *data = NULL;

  if (folder == NULL || !g_str_has_suffix (folder, "/src/cli"))
    return NULL;
  data = g_build_filename (folder, "..", "..", "data", NULL);
  return look_up_in (data);
}

GSettings *
dd_window_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = look_up_beside ();

  if (schema == NULL && source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  /* Not every prefix is among the desktop's folders. */
  if (schema == NULL)
    schema = look_up_in (DD_SCHEMA_FOLDER);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
