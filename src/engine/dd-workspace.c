/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-workspace.h"

#include "dd-schedule-claim.h"
#include "dd-settings-file.h"
#include "dd-workspace-store.h"

void
dd_workspace_free (DdWorkspace *workspace)
{
  if (workspace == NULL)
    return;
  dd_settings_free (workspace->settings);
  g_free (workspace);
}

/* Headless machines name their organization in the environment and need no file. */
static gboolean
make_from_environment (DdDb    *db,
                       GError **error)
{
  const char *organization = g_getenv ("GITHUB_ORG");
  const char *repositories = g_getenv ("GITHUB_REPOS");
  g_autoptr (GPtrArray) names = dd_workspace_store_list (db, error);
  g_autoptr (DdSettings) settings = NULL;
  g_autofree char *json = NULL;
  DdSourceSettings *source;

  if (names == NULL)
    return FALSE;
  if (names->len > 0 || organization == NULL || *organization == '\0')
    return TRUE;
  settings = dd_settings_new (organization);
  source = dd_source_settings_new ("github");
  source->organization = g_strdup (organization);
  if (repositories != NULL && *repositories != '\0')
    {
      g_strfreev (source->repositories);
      source->repositories = g_strsplit (repositories, ",", -1);
      for (guint i = 0; source->repositories[i] != NULL; i++)
        g_strstrip (source->repositories[i]);
    }
  g_ptr_array_add (settings->sources, source);
  json = dd_settings_file_write (settings);
  return dd_workspace_store_save (db, settings, json, FALSE, error) != 0;
}

DdWorkspace *
dd_workspace_load (DdDb       *db,
                   const char *name,
                   GError    **error)
{
  g_autoptr (DdWorkspace) workspace = g_new0 (DdWorkspace, 1);
  g_autofree char *json = NULL;

  if (name == NULL && !make_from_environment (db, error))
    return NULL;
  json = dd_workspace_store_load (db, name, &workspace->id, error);
  if (json == NULL)
    return NULL;
  workspace->settings = dd_settings_file_parse (json, name != NULL ? name : "workspace", error);
  return workspace->settings != NULL ? g_steal_pointer (&workspace) : NULL;
}

char *
dd_workspace_import (DdDb       *db,
                     const char *json,
                     const char *file_name,
                     gboolean    sample,
                     GError    **error)
{
  g_autoptr (DdSettings) settings = dd_settings_file_parse (json, file_name, error);
  g_autofree char *normal = NULL;
  gint64 workspace;

  if (settings == NULL)
    return NULL;
  normal = dd_settings_file_write (settings);
  workspace = dd_workspace_store_save (db, settings, normal, sample, error);
  if (workspace == 0 || !dd_schedule_note (db, workspace, settings, g_get_real_time (), error))
    return NULL;
  return g_strdup (settings->name);
}

gint64
dd_workspace_files_source (DdDb        *db,
                           DdWorkspace *workspace,
                           GError     **error)
{
  g_autofree char *json = NULL;
  DdSourceSettings *source;

  for (guint i = 0; i < workspace->settings->sources->len; i++)
    {
      source = g_ptr_array_index (workspace->settings->sources, i);
      if (strcmp (source->type, "files") == 0)
        return dd_workspace_store_source (db, workspace->id, source);
    }
  source = dd_source_settings_new ("files");
  g_ptr_array_add (workspace->settings->sources, source);
  json = dd_settings_file_write (workspace->settings);
  if (dd_workspace_store_save (db, workspace->settings, json, dd_workspace_store_is_sample (db, workspace->id), error) == 0)
    return 0;
  return dd_workspace_store_source (db, workspace->id, source);
}
