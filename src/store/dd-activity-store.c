/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-store.h"

#include "dd-db-private.h"
#include "dd-error-sink.h"

gint64
dd_activity_store_begin_run (DdDb       *db,
                             gint64      workspace,
                             const char *name,
                             const char *schedule,
                             gint64      start,
                             int         process,
                             GError    **error)
{
  if (!dd_db_run (db, error, "INSERT INTO run (workspace_id, name, schedule, start, process) VALUES (?, ?, ?, ?, ?)", "issin",
                  workspace, name, schedule, start, process))
    return 0;
  return sqlite3_last_insert_rowid (db->handle);
}

gboolean
dd_activity_store_end_run (DdDb     *db,
                           gint64    run,
                           DdOutcome outcome,
                           gint64    end,
                           GError  **error)
{
  return dd_db_run (db, error, "UPDATE run SET outcome = ?, end = ? WHERE id = ?", "nii", (int) outcome, end, run);
}

gboolean
dd_activity_store_add_error (DdDb       *db,
                             gint64      workspace,
                             gint64      run,
                             const char *subsystem,
                             const char *operation,
                             const char *type,
                             const char *message,
                             gint64      at,
                             GError    **error)
{
  g_autofree char *tidy = dd_error_sink_tidy (message);

  return dd_db_run (db, error,
                    "INSERT INTO error_event (at, subsystem, operation, type, message, workspace_id, run_id)"
                    " VALUES (?, ?, ?, ?, ?, nullif (?, 0), nullif (?, 0))", "issssii", at, subsystem, operation, type, tidy,
                    workspace, run);
}

gboolean
dd_activity_store_add_task (DdDb               *db,
                            gint64              workspace,
                            gint64              run,
                            const DdTaskRecord *task,
                            GError            **error)
{
  g_autofree char *retries = NULL;

  if (task->retry_errors != NULL && task->retry_errors->len > 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < task->retry_errors->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (task->retry_errors, i));
      retries = g_string_free (g_steal_pointer (&text), FALSE);
    }
  if (!dd_db_run (db, error,
                  "INSERT INTO task (run_id, source, scope, step, start, end, attempts, retries, requests, bytes, records, outcome,"
                  " error, retry_errors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "isssitnnninnss", run, task->source, task->scope, task->step, task->start, task->end, (int) task->attempts,
                  (int) task->retries, (int) task->requests, (gint64) task->bytes, (int) task->records, (int) task->outcome,
                  task->error, retries))
    return FALSE;
  return task->outcome != DD_OUTCOME_FAILED ||
         dd_activity_store_add_error (db, workspace, run, task->source, task->step, "task",
                                      task->error != NULL ? task->error : "", task->end, error);
}

GPtrArray *
dd_activity_store_syncs_since (DdDb    *db,
                               gint64   workspace,
                               gint64   since,
                               GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT start, process FROM run WHERE workspace_id = ? AND name IN ('sync', 'run')"
                                      " AND (end IS NULL OR start > ?)", error);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "ii", workspace, since);
  while (dd_db_step (db, rows, &row, error))
    {
      DdSyncRun *run;

      if (!row)
        return g_steal_pointer (&runs);
      run = g_new0 (DdSyncRun, 1);
      run->start = sqlite3_column_int64 (rows, 0);
      run->process = sqlite3_column_int (rows, 1);
      g_ptr_array_add (runs, run);
    }
  return NULL;
}

gboolean
dd_activity_store_longest_run (DdDb    *db,
                               gint64   workspace,
                               guint   *requests,
                               gint64  *duration,
                               GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT sum (t.requests) AS asked, max (t.end) - min (t.start) FROM task t JOIN run r ON r.id = t.run_id"
                                      " WHERE r.workspace_id = ? AND t.end IS NOT NULL GROUP BY r.id ORDER BY asked DESC LIMIT 1", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "i", workspace);
  if (!dd_db_step (db, rows, &row, error))
    return FALSE;
  if (row)
    {
      *requests = (guint) sqlite3_column_int (rows, 0);
      *duration = sqlite3_column_int64 (rows, 1);
    }
  sqlite3_reset (rows);
  return row;
}
