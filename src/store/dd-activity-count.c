/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-list.h"
#include "dd-db-private.h"

/* One row is a mark: schedule, kind, time, job, status, when it was due. */
static gboolean
read_schedule_marks (DdDb              *db,
                     sqlite3_stmt      *rows,
                     DdScheduleMarkFunc func,
                     gpointer           user_data,
                     GError           **error)
{
  gboolean row;

  while (dd_db_step (db, rows, &row, error))
    {
      DdScheduleMark mark = { 0 };

      if (!row)
        return TRUE;
      mark.schedule = (const char *) sqlite3_column_text (rows, 0);
      mark.kind = sqlite3_column_int (rows, 1);
      mark.at = sqlite3_column_int64 (rows, 2);
      mark.job = (const char *) sqlite3_column_text (rows, 3);
      mark.status = sqlite3_column_int (rows, 4);
      mark.due = sqlite3_column_int64 (rows, 5);
      func (&mark, user_data);
    }
  return FALSE;
}

/* The names that the scheduler's events have, each found with one look into the index. */
static GPtrArray *
list_names (DdDb       *db,
            const char *sql,
            gint64      workspace,
            GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *last = "";

  for (;;)
    {
      sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
      gboolean row;

      if (rows == NULL)
        return NULL;
      dd_db_bind (rows, "is", workspace, last);
      if (!dd_db_step (db, rows, &row, error))
        return NULL;
      if (!row || sqlite3_column_type (rows, 0) == SQLITE_NULL)
        {
          sqlite3_reset (rows);
          return g_steal_pointer (&names);
        }
      g_ptr_array_add (names, dd_db_column_dup (rows, 0));
      last = g_ptr_array_index (names, names->len - 1);
      sqlite3_reset (rows);
    }
}

/* What came last before the window, then what is in it. */
static const char log_schedule[] =
  "SELECT * FROM (SELECT task, kind, at, job, status, 0 FROM log_event WHERE kind >= 16 AND kind IN (17, 18) AND workspace_id = ?1"
  "  AND task = ?2 AND at < ?3 ORDER BY at DESC, kind DESC LIMIT 2)"
  " UNION ALL SELECT task, kind, at, job, status, 0 FROM log_event WHERE kind >= 16 AND workspace_id = ?1 AND task = ?2 AND at >= ?3"
  "  AND at < ?4 ORDER BY 3, 2";
/* A run of the program's own was never put into a queue: it starts when its time has come. */
static const char own_schedule[] =
  "SELECT * FROM (SELECT schedule, 17, start, ?5 || id, 0, ifnull (due, 0) FROM run WHERE workspace_id = ?1 AND schedule = ?2 AND start < ?4"
  "  AND start >= ifnull ((SELECT max (start) FROM run WHERE workspace_id = ?1 AND schedule = ?2 AND start < ?3), ?3))"
  " UNION ALL SELECT schedule, 18, end, ?5 || id, iif (outcome = 1, 1, 2), 0 FROM run WHERE workspace_id = ?1 AND schedule = ?2"
  "  AND end < ?4 AND outcome != 0 AND start < ?4"
  "  AND start >= ifnull ((SELECT max (start) FROM run WHERE workspace_id = ?1 AND schedule = ?2 AND start < ?3), ?3) ORDER BY 3, 2";

gboolean
dd_activity_list_schedules (DdDb                   *db,
                            const DdActivityWindow *window,
                            DdScheduleMarkFunc      func,
                            gpointer                user_data,
                            GError                **error)
{
  g_autoptr (GPtrArray) of_logs =
    list_names (db, "SELECT min (task) FROM log_event WHERE kind >= 16 AND workspace_id = ? AND task > ?", window->workspace, error);
  g_autoptr (GPtrArray) own =
    of_logs != NULL ? list_names (db, "SELECT min (schedule) FROM run WHERE schedule IS NOT NULL AND workspace_id = ? AND schedule > ?",
                                  window->workspace, error) : NULL;

  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      sqlite3_stmt *rows = dd_db_prepare (db, own_schedule, error);

      if (rows == NULL)
        return FALSE;
      dd_db_bind (rows, "isiis", window->workspace, g_ptr_array_index (own, i), window->start, window->end, "run ");
      if (!read_schedule_marks (db, rows, func, user_data, error))
        return FALSE;
    }
  for (guint i = 0; own != NULL && i < of_logs->len; i++)
    {
      sqlite3_stmt *rows = dd_db_prepare (db, log_schedule, error);

      if (rows == NULL)
        return FALSE;
      dd_db_bind (rows, "isii", window->workspace, g_ptr_array_index (of_logs, i), window->start, window->end);
      if (!read_schedule_marks (db, rows, func, user_data, error))
        return FALSE;
    }
  return own != NULL;
}

/* @rows: name, count. */
static GPtrArray *
read_counts (DdDb         *db,
             sqlite3_stmt *rows,
             GError      **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_name_count_free);
  gboolean row;

  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&counts);
      g_ptr_array_add (counts, dd_name_count_new ((const char *) sqlite3_column_text (rows, 0),
                                                  (guint64) sqlite3_column_int64 (rows, 1)));
    }
  return NULL;
}

GPtrArray *
dd_activity_list_errors (DdDb                   *db,
                         const DdActivityWindow *window,
                         GError                **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT subsystem, count(*) FROM error_event INDEXED BY error_event_at WHERE at >= ? AND at < ?"
                                      " AND (workspace_id = ? OR workspace_id IS NULL) GROUP BY subsystem", error);

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iii", window->start, window->end, window->workspace);
  return read_counts (db, rows, error);
}

gboolean
dd_activity_list_activation (DdDb    *db,
                             gint64   until,
                             guint   *activated,
                             guint   *total,
                             GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT count(*), total (EXISTS (SELECT 1 FROM run r WHERE r.workspace_id = w.id AND r.outcome = 1"
                                      " AND r.start < ?1 AND r.end < ?1)) FROM workspace w", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "i", until);
  if (!dd_db_step (db, rows, &row, error))
    return FALSE;
  *total = (guint) sqlite3_column_int (rows, 0);
  *activated = (guint) sqlite3_column_int (rows, 1);
  sqlite3_reset (rows);
  return TRUE;
}

GPtrArray *
dd_activity_list_engagement (DdDb                   *db,
                             const DdActivityWindow *window,
                             guint                  *sessions,
                             GError                **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT type, count(*) FROM engagement WHERE at >= ? AND at < ? GROUP BY type", error);

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "ii", window->start, window->end);
  *sessions = (guint) dd_db_int (db, 0, "SELECT count(DISTINCT session) FROM engagement WHERE at >= ? AND at < ?", "ii", window->start,
                                 window->end);
  return read_counts (db, rows, error);
}
