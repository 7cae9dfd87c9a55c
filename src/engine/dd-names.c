/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-names.h"

#include "dd-engine-private.h"
#include "dd-record-store.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

static void
name_free (gpointer data)
{
  DdName *name = data;

  g_free (name->workspace);
  g_free (name->name);
  g_free (name);
}

static void
add_name (GPtrArray  *names,
          const char *workspace,
          const char *text,
          gboolean    team)
{
  DdName *name = g_new0 (DdName, 1);

  name->workspace = g_strdup (workspace);
  name->name = g_strdup (text);
  name->team = team;
  g_ptr_array_add (names, name);
}

static gboolean
add_workspace (DdDb       *db,
               const char *name,
               GPtrArray  *names,
               GError    **error)
{
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, name, error);
  g_autoptr (GPtrArray) repositories = NULL;

  if (workspace == NULL || (repositories = dd_record_store_repositories (db, workspace->id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < workspace->settings->teams->len; i++)
    add_name (names, name, ((const DdTeam *) g_ptr_array_index (workspace->settings->teams, i))->name, TRUE);
  for (guint i = 0; i < repositories->len; i++)
    add_name (names, name, g_ptr_array_index (repositories, i), FALSE);
  return TRUE;
}

static gpointer
names_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GPtrArray) workspaces = dd_workspace_store_list (db, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (name_free);

  if (workspaces == NULL)
    return NULL;
  for (guint i = 0; i < workspaces->len; i++)
    if (!add_workspace (db, g_ptr_array_index (workspaces, i), names, error))
      return NULL;
  return g_steal_pointer (&names);
}

void
dd_names_async (DdEngine           *engine,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  dd_engine_ask_async (engine, names_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
dd_names_finish (DdEngine     *engine,
                 GAsyncResult *result,
                 GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
