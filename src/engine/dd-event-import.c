/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-import.h"

#include "dd-engine-private.h"
#include "dd-event-export.h"
#include "dd-event-reader.h"

typedef struct
{
  char  *workspace;
  char **paths;
  int   *permille;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_strfreev (question->paths);
  g_clear_pointer (&question->permille, g_atomic_rc_box_release);
  g_free (question);
}

static void
import_free (gpointer data)
{
  DdEventImport *import = data;

  g_free (import->path);
  dd_event_log_counts_clear (&import->counts);
  g_free (import);
}

static gpointer
import_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) imports = g_ptr_array_new_with_free_func (import_free);
  gint64 workspace;

  if (!dd_event_reader_workspace (db, question->workspace, &workspace, NULL, error))
    return NULL;
  for (int i = 0; question->paths[i] != NULL; i++)
    {
      DdEventImport *import = g_new0 (DdEventImport, 1);
      g_autofree char *position = NULL;

      import->path = g_strdup (question->paths[i]);
      dd_event_log_counts_init (&import->counts);
      g_ptr_array_add (imports, import);
      if (!dd_event_reader_read (db, workspace, import->path, TRUE, &position, &import->missing, &import->counts,
                                 question->permille, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&imports);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *imports = dd_store_run_finish (DD_STORE (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, imports, (GDestroyNotify) g_ptr_array_unref);
}

/* A long log takes minutes: it has a connection of its own, so that all other questions go on being answered meanwhile. */
void
dd_event_import_async (DdEngine           *engine,
                       const char         *workspace,
                       const char * const *paths,
                       int                *permille,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (DdStore) store = dd_store_new (dd_store_get_path (dd_engine_get_store (engine)));
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  /* What was written is said to have been, whoever cancelled it then. */
  g_task_set_check_cancellable (task, FALSE);
  question->workspace = g_strdup (workspace);
  question->paths = g_strdupv ((char **) paths);
  question->permille = permille != NULL ? g_atomic_rc_box_acquire (permille) : NULL;
  dd_store_run_async (store, import_job, question, question_free, (GDestroyNotify) g_ptr_array_unref, cancellable, imported_cb, task);
}

GPtrArray *
dd_event_import_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char **
dd_event_import_default_paths (void)
{
  static const char * const variables[] = { "ORCH_EVENTS_PATH", "STATE_STORE_PATH" };
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *path = g_getenv (variables[i]);

      if (path != NULL && *path != '\0')
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

static gpointer
export_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  const Question *question = data;
  gint64 workspace;

  if (!dd_event_reader_workspace (db, question->workspace, &workspace, NULL, error))
    return NULL;
  return dd_event_export_text (db, workspace, error);
}

void
dd_event_export_async (DdEngine           *engine,
                       const char         *workspace,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  dd_engine_run_async (engine, export_job, question, question_free, g_free, cancellable, callback, user_data);
}

char *
dd_event_export_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
