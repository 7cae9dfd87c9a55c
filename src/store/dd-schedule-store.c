/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-store.h"

#include "dd-db-private.h"

/* @rule: (nullable): TRUE in @same where it is the schedule's. */
static gboolean
read_state (DdDb            *db,
            gint64           workspace,
            const char      *id,
            const char      *rule,
            DdScheduleState *state,
            gboolean        *same,
            GError         **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT since, handled, rule IS ?3 FROM schedule WHERE workspace_id = ?1 AND id = ?2", error);
  gboolean row;

  *same = FALSE;
  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iss", workspace, id, rule);
  if (!dd_db_step (db, rows, &row, error))
    return FALSE;
  *state = (DdScheduleState) { DD_TIME_NONE, DD_TIME_NONE };
  if (row)
    {
      state->since = sqlite3_column_int64 (rows, 0);
      state->handled = sqlite3_column_int64 (rows, 1);
      *same = sqlite3_column_int (rows, 2);
    }
  sqlite3_reset (rows);
  return TRUE;
}

/* What @sql lists of a workspace, but for @kept. */
static GPtrArray *
list_others (DdDb               *db,
             const char         *sql,
             gint64              workspace,
             const char * const *kept,
             GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  gboolean row = TRUE;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (row)
    {
      if (!dd_db_step (db, rows, &row, error))
        return NULL;
      if (row && !g_strv_contains (kept, (const char *) sqlite3_column_text (rows, 0)))
        g_ptr_array_add (others, dd_db_column_dup (rows, 0));
    }
  return g_steal_pointer (&others);
}

/* @list, @remove: of a workspace; of a workspace and a name. */
static gboolean
keep_only (DdDb               *db,
           const char         *list,
           const char         *remove,
           gint64              workspace,
           const char * const *kept,
           GError            **error)
{
  g_autoptr (GPtrArray) others = list_others (db, list, workspace, kept, error);

  for (guint i = 0; others != NULL && i < others->len; i++)
    if (!dd_db_run (db, error, remove, "is", workspace, g_ptr_array_index (others, i)))
      return FALSE;
  return others != NULL;
}

gboolean
dd_schedule_store_note (DdDb            *db,
                        gint64           workspace,
                        const char      *id,
                        const char      *rule,
                        gint64           now,
                        DdScheduleState *state,
                        GError         **error)
{
  gboolean same;

  if (!read_state (db, workspace, id, rule, state, &same, error))
    return FALSE;
  /* Due times to come were taken by a clock that was wrong: they stay taken, and what lies before them is waited for again. */
  if (same && state->handled <= now)
    return TRUE;
  *state = (DdScheduleState) { same ? MIN (state->since, now) : now, now };
  return dd_db_run (db, error, "INSERT OR REPLACE INTO schedule (workspace_id, id, rule, since, handled) VALUES (?, ?, ?, ?, ?)", "issii",
                    workspace, id, rule, state->since, state->handled);
}

gboolean
dd_schedule_store_find (DdDb            *db,
                        gint64           workspace,
                        const char      *id,
                        DdScheduleState *state,
                        GError         **error)
{
  gboolean same;

  return read_state (db, workspace, id, NULL, state, &same, error) && state->since != DD_TIME_NONE;
}

gboolean
dd_schedule_store_keep (DdDb               *db,
                        gint64              workspace,
                        const char * const *ids,
                        GError            **error)
{
  return keep_only (db, "SELECT id FROM schedule WHERE workspace_id = ?",
                    "DELETE FROM schedule WHERE workspace_id = ? AND id = ?", workspace, ids, error);
}

gboolean
dd_schedule_store_claim (DdDb       *db,
                         gint64      workspace,
                         const char *id,
                         const char *name,
                         gint64      due,
                         gint64      now,
                         int         process,
                         gint64     *run,
                         GError    **error)
{
  if (!dd_db_run (db, error,
                  "INSERT OR IGNORE INTO run (workspace_id, name, schedule, due, start, process) VALUES (?, ?, ?, ?, ?, ?)", "issiin",
                  workspace, name, id, due, now, process))
    return FALSE;
  *run = sqlite3_changes (db->handle) > 0 ? sqlite3_last_insert_rowid (db->handle) : 0;
  return dd_db_run (db, error, "UPDATE schedule SET handled = ? WHERE workspace_id = ? AND id = ?", "iis", due, workspace, id);
}

gboolean
dd_schedule_store_last_run (DdDb          *db,
                            gint64         workspace,
                            const char    *id,
                            DdScheduleRun *run,
                            GError       **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT start, end, due, outcome, process FROM run WHERE workspace_id = ? AND schedule = ?"
                                          " ORDER BY start DESC, id DESC LIMIT 1", error);
  gboolean row;

  *run = (DdScheduleRun) { .start = DD_TIME_NONE, .end = DD_TIME_NONE, .due = DD_TIME_NONE };
  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "is", workspace, id);
  if (!dd_db_step (db, rows, &row, error))
    return FALSE;
  if (row)
    {
      run->start = sqlite3_column_int64 (rows, 0);
      run->end = dd_db_column_time (rows, 1);
      run->due = dd_db_column_time (rows, 2);
      run->outcome = sqlite3_column_int (rows, 3);
      run->process = sqlite3_column_int (rows, 4);
    }
  sqlite3_reset (rows);
  return TRUE;
}

gboolean
dd_alert_store_tell (DdDb       *db,
                     gint64      workspace,
                     const char *subject,
                     gint64      now,
                     GError    **error)
{
  return dd_db_run (db, error, "INSERT OR IGNORE INTO alert (workspace_id, subject, told) VALUES (?, ?, ?)", "isi", workspace, subject, now) &&
         sqlite3_changes (db->handle) > 0;
}
