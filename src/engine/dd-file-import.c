/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-file-import.h"

#include <glib/gi18n-lib.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-file-source.h"
#include "dd-link-job.h"
#include "dd-record-store.h"
#include "dd-settings-file.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* So many are held in memory at a time. */
#define ROWS_PER_BATCH 5000

typedef struct
{
  char      *workspace;
  char      *path;
  DdFileKind kind;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_free (import->workspace);
  g_free (import->path);
  g_free (import);
}

/* The workspace of that name, made with no source where there is none. */
static DdWorkspace *
find_workspace (DdDb       *db,
                const char *name,
                GError    **error)
{
  g_autoptr (GError) cause = NULL;
  DdWorkspace *workspace = dd_workspace_load (db, name, &cause);

  if (workspace == NULL && name != NULL && g_error_matches (cause, DD_ERROR, DD_ERROR_NOT_FOUND))
    {
      g_autoptr (DdSettings) settings = dd_settings_new (name);
      g_autofree char *json = dd_settings_file_write (settings);

      if (dd_workspace_store_save (db, settings, json, FALSE, error) == 0)
        return NULL;
      return dd_workspace_load (db, name, error);
    }
  if (workspace == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return workspace;
}

/* Where the rows go. */
typedef struct
{
  DdDb   *db;
  gint64  workspace;
  gint64  source;
  guint   count;
} Target;

static gboolean
put_cb (DdBatch *batch,
        gpointer user_data,
        GError **error)
{
  g_autoptr (DdBatch) rows = batch;
  Target *target = user_data;

  target->count += dd_batch_count (rows);
  return dd_record_store_put (target->db, target->workspace, target->source, rows, error);
}

/* The rows with the workspace and the source that they are for, which may be made for them. */
static DdWorkspace *
put_file (const Import *import,
          GMappedFile  *file,
          Target       *target,
          GError      **error)
{
  const char *text = g_mapped_file_get_contents (file);
  g_autofree char *name = g_path_get_basename (import->path);
  g_autoptr (DdWorkspace) workspace = find_workspace (target->db, import->workspace, error);

  if (workspace == NULL)
    return NULL;
  target->workspace = workspace->id;
  target->source = dd_workspace_files_source (target->db, workspace, error);
  if (target->source == 0 ||
      !dd_file_source_parse_each (text != NULL ? text : "", g_mapped_file_get_length (file), name, import->kind, ROWS_PER_BATCH, put_cb,
                                  target, error) ||
      !dd_workspace_store_source_done (target->db, target->source, NULL, g_get_real_time (), error))
    return NULL;
  return g_steal_pointer (&workspace);
}

static gpointer
import_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  const Import *import = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (import->path, FALSE, &cause);
  g_autoptr (DdWorkspace) workspace = NULL;
  Target target = { .db = db };

  if (file == NULL)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("%s cannot be read: %s"), import->path, cause->message);
      return NULL;
    }
  /* In one transaction: all of a file, or nothing of it. */
  if (!dd_db_begin (db, error))
    return NULL;
  workspace = put_file (import, file, &target, error);
  if (workspace == NULL || !dd_db_commit (db, error))
    {
      dd_db_rollback (db);
      return NULL;
    }
  if (!dd_link_job_run (db, workspace->id, workspace->settings, cancellable, error))
    return NULL;
  return GUINT_TO_POINTER (target.count);
}

void
dd_file_import_async (DdEngine           *engine,
                      const char         *workspace,
                      const char         *kind,
                      const char         *path,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  Import *import = g_new0 (Import, 1);

  import->workspace = g_strdup (workspace);
  import->path = g_strdup (path);
  if (!dd_file_kind_parse (kind, &import->kind))
    {
      import_free (import);
      g_task_report_new_error (engine, callback, user_data, dd_file_import_async, DD_ERROR, DD_ERROR_INVALID,
                               _("There are no files of “%s”; there are deployments, changes and incidents."), kind);
      return;
    }
  dd_engine_run_async (engine, import_job, import, import_free, NULL, cancellable, callback, user_data);
}

gint64
dd_file_import_finish (DdEngine     *engine,
                       GAsyncResult *result,
                       GError      **error)
{
  GError *cause = NULL;
  gpointer count = dd_engine_run_finish (engine, result, &cause);

  if (cause == NULL)
    return GPOINTER_TO_INT (count);
  g_propagate_error (error, cause);
  return -1;
}
