/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-snapshots.h"

#include "dd-engine-private.h"
#include "dd-snapshot-store.h"
#include "dd-workspace.h"

/* A question on its way to the worker. */
typedef struct
{
  char       *workspace;
  DdSnapshot *snapshot;
  guint       limit;
  gint64      id;
} Question;

static Question *
question_new (const char *workspace)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  dd_snapshot_free (question->snapshot);
  g_free (question);
}

static gpointer
keep_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);

  if (workspace == NULL)
    return NULL;
  return GINT_TO_POINTER (dd_snapshot_store_add (db, workspace->id, question->snapshot, error));
}

void
dd_snapshots_keep_async (DdEngine           *engine,
                         const char         *workspace,
                         DdSnapshot         *snapshot,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->snapshot = snapshot;
  dd_engine_run_async (engine, keep_job, question, question_free, NULL, cancellable, callback, user_data);
}

gboolean
dd_snapshots_keep_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return GPOINTER_TO_INT (dd_engine_run_finish (engine, result, error));
}

static gpointer
list_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);

  return workspace != NULL ? dd_snapshot_store_list (db, workspace->id, question->limit, error) : NULL;
}

void
dd_snapshots_list_async (DdEngine           *engine,
                         const char         *workspace,
                         guint               limit,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->limit = limit;
  dd_engine_ask_async (engine, list_job, question, question_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
dd_snapshots_list_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
load_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);

  return workspace != NULL ? dd_snapshot_store_load (db, workspace->id, question->id, error) : NULL;
}

void
dd_snapshots_load_async (DdEngine           *engine,
                         const char         *workspace,
                         gint64              id,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->id = id;
  dd_engine_ask_async (engine, load_job, question, question_free, (GDestroyNotify) dd_snapshot_free, cancellable, callback, user_data);
}

DdSnapshot *
dd_snapshots_load_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
remove_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);

  if (workspace == NULL)
    return NULL;
  return GINT_TO_POINTER (dd_snapshot_store_remove (db, workspace->id, question->id, error));
}

void
dd_snapshots_remove_async (DdEngine           *engine,
                           const char         *workspace,
                           gint64              id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->id = id;
  dd_engine_run_async (engine, remove_job, question, question_free, NULL, cancellable, callback, user_data);
}

gboolean
dd_snapshots_remove_finish (DdEngine     *engine,
                            GAsyncResult *result,
                            GError      **error)
{
  return GPOINTER_TO_INT (dd_engine_run_finish (engine, result, error));
}
