/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-workspaces.h"

#include <glib/gi18n-lib.h>

#include "dd-engine-private.h"
#include "dd-settings-file.h"
#include "dd-token-store.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* Words of a question on their way to the worker. */
typedef struct
{
  char    *name;
  char    *text;
  char    *file_name;
  gboolean sample;
  DdLink   link;
} Words;

static Words *
words_new (const char *name,
           const char *text,
           const char *file_name)
{
  Words *words = g_new0 (Words, 1);

  words->name = g_strdup (name);
  words->text = g_strdup (text);
  words->file_name = g_strdup (file_name);
  return words;
}

static void
words_free (gpointer data)
{
  Words *words = data;

  g_free (words->name);
  g_free (words->text);
  g_free (words->file_name);
  g_free (words);
}

static gpointer
import_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Words *words = data;

  return dd_workspace_import (db, words->text, words->file_name, words->sample, error);
}

void
dd_workspaces_import_async (DdEngine           *engine,
                            const char         *json,
                            const char         *file_name,
                            gboolean            sample,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Words *words = words_new (NULL, json, file_name);

  words->sample = sample;
  dd_engine_run_async (engine, import_job, words, words_free, g_free, cancellable, callback, user_data);
}

char *
dd_workspaces_import_finish (DdEngine     *engine,
                             GAsyncResult *result,
                             GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
list_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  return dd_workspace_store_list (db, error);
}

void
dd_workspaces_list_async (DdEngine           *engine,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  dd_engine_ask_async (engine, list_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
dd_workspaces_list_finish (DdEngine     *engine,
                           GAsyncResult *result,
                           GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
export_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Words *words = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, words->name, error);

  return workspace != NULL ? dd_settings_file_write (workspace->settings) : NULL;
}

void
dd_workspaces_export_async (DdEngine           *engine,
                            const char         *name,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  dd_engine_ask_async (engine, export_job, words_new (name, NULL, NULL), words_free, g_free, cancellable, callback, user_data);
}

char *
dd_workspaces_export_finish (DdEngine     *engine,
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
  Words *words = data;

  return GINT_TO_POINTER (dd_workspace_store_remove (db, words->name, error));
}

/* The workspace is gone whatever the keyring says: its tokens are of use to nobody, and may stay. */
static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *remark = NULL;

  if (!dd_token_store_clear_finish (result, &error))
    /* Translators: %s is a sentence that says what is wrong with the keyring. */
    remark = g_strdup_printf (_("Its tokens are still in the keyring. %s"), error->message);
  g_task_return_pointer (task, remark, g_free);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  dd_engine_run_finish (DD_ENGINE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    dd_token_store_clear_async (g_task_get_task_data (task), NULL, g_task_get_cancellable (task), cleared_cb, g_object_ref (task));
}

void
dd_workspaces_remove_async (DdEngine           *engine,
                            const char         *name,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (name), g_free);
  dd_engine_run_async (engine, remove_job, words_new (name, NULL, NULL), words_free, NULL, cancellable, removed_cb, task);
}

gboolean
dd_workspaces_remove_finish (DdEngine     *engine,
                             GAsyncResult *result,
                             char        **remark,
                             GError      **error)
{
  GError *failed = NULL;
  g_autofree char *words = g_task_propagate_pointer (G_TASK (result), &failed);

  if (remark != NULL)
    *remark = g_steal_pointer (&words);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* What was decided before. */
typedef struct
{
  DdLink link;
  char  *deployment;
} Decided;

static void
decided_free (gpointer data)
{
  Decided *decided = data;

  g_free (decided->deployment);
  g_free (decided);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decided, decided_free)

static gpointer
decide_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Words *words = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, words->name, error);
  g_autoptr (Decided) before = g_new0 (Decided, 1);

  if (workspace == NULL || !dd_db_begin (db, error))
    return NULL;
  if (dd_workspace_store_decision (db, workspace->id, words->text, &before->link, &before->deployment, error) &&
      dd_workspace_store_decide (db, workspace->id, words->text, words->link, words->file_name, error) && dd_db_commit (db, error))
    return g_steal_pointer (&before);
  dd_db_rollback (db);
  return NULL;
}

void
dd_workspaces_decide_async (DdEngine           *engine,
                            const char         *workspace,
                            const char         *incident,
                            DdLink              link,
                            const char         *deployment,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Words *words = words_new (workspace, incident, deployment);

  words->link = link;
  dd_engine_run_async (engine, decide_job, words, words_free, decided_free, cancellable, callback, user_data);
}

gboolean
dd_workspaces_decide_finish (DdEngine     *engine,
                             GAsyncResult *result,
                             DdLink       *link_before,
                             char        **deployment_before,
                             GError      **error)
{
  g_autoptr (Decided) before = dd_engine_run_finish (engine, result, error);

  if (before == NULL)
    return FALSE;
  if (link_before != NULL)
    *link_before = before->link;
  if (deployment_before != NULL)
    *deployment_before = g_steal_pointer (&before->deployment);
  return TRUE;
}
