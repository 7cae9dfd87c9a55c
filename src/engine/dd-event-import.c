/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-import.h"

#include "dd-engine-private.h"
#include "dd-event-export.h"
#include "dd-event-reader.h"

typedef struct
{
  char  *workspace;
  char **paths;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_strfreev (question->paths);
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
      if (!dd_event_reader_read (db, workspace, import->path, TRUE, &position, &import->missing, &import->counts, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&imports);
}

void
dd_event_import_async (DdEngine           *engine,
                       const char         *workspace,
                       const char * const *paths,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  question->paths = g_strdupv ((char **) paths);
  dd_engine_run_async (engine, import_job, question, question_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
dd_event_import_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
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
