/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-survey.h"

#include <glib/gstdio.h>

#include "dd-engine-private.h"
#include "dd-seen-store.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* Labels that name a repository say nothing of what the issue is. */
static void
drop_repository_labels (GPtrArray *labels)
{
  for (guint i = labels->len; i > 0; i--)
    {
      const char *name = ((const DdSeenName *) g_ptr_array_index (labels, i - 1))->name;

      if (dd_pattern_matches ("repo:*", name) || dd_pattern_matches ("service:*", name))
        g_ptr_array_remove_index (labels, i - 1);
    }
}

static gpointer
survey_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, data, error);
  g_autoptr (DdSeen) seen = g_new0 (DdSeen, 1);

  if (workspace == NULL ||
      (seen->sources = dd_workspace_store_source_states (db, workspace->id, error)) == NULL ||
      (seen->repositories = dd_seen_store_repositories (db, workspace->id, error)) == NULL ||
      (seen->environments = dd_seen_store_environments (db, workspace->id, error)) == NULL ||
      (seen->labels = dd_seen_store_labels (db, workspace->id, error)) == NULL ||
      (seen->severities = dd_seen_store_severities (db, workspace->id, error)) == NULL)
    return NULL;
  drop_repository_labels (seen->labels);
  seen->sample = dd_workspace_store_is_sample (db, workspace->id);
  seen->settings = g_steal_pointer (&workspace->settings);
  return g_steal_pointer (&seen);
}

void
dd_survey_async (DdEngine           *engine,
                 const char         *workspace,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  dd_engine_ask_async (engine, survey_job, g_strdup (workspace), g_free, (GDestroyNotify) dd_seen_free, cancellable, callback,
                       user_data);
}

DdSeen *
dd_survey_finish (DdEngine     *engine,
                  GAsyncResult *result,
                  GError      **error)
{
  DdSeen *seen = dd_engine_run_finish (engine, result, error);
  GStatBuf file;

  if (seen == NULL)
    return NULL;
  seen->path = g_strdup (dd_store_get_path (dd_engine_get_store (engine)));
  if (g_stat (seen->path, &file) == 0)
    seen->bytes = (guint64) file.st_size;
  return seen;
}

static gpointer
back_up_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return GINT_TO_POINTER (dd_seen_store_back_up (db, data, error));
}

void
dd_survey_back_up_async (DdEngine           *engine,
                         const char         *path,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  dd_engine_run_async (engine, back_up_job, g_strdup (path), g_free, NULL, cancellable, callback, user_data);
}

gboolean
dd_survey_back_up_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return GPOINTER_TO_INT (dd_engine_run_finish (engine, result, error));
}
