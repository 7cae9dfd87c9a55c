/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-list.h"

#include "dd-db-private.h"
#include "dd-event-store.h"

/* Names of workspaces and tenants, each read once. */
typedef struct
{
  DdDb       *db;
  const char *sql;
  GHashTable *names; /* id → string */
} Names;

static void
names_init (Names      *names,
            DdDb       *db,
            const char *sql)
{
  *names = (Names) { db, sql, g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free) };
}

static const char *
names_find (Names *names,
            gint64 id)
{
  char *name = g_hash_table_lookup (names->names, &id);
  sqlite3_stmt *rows;
  gboolean row;

  if (name != NULL)
    return name;
  rows = dd_db_prepare (names->db, names->sql, NULL);
  if (rows == NULL)
    return "";
  dd_db_bind (rows, "i", id);
  if (dd_db_step (names->db, rows, &row, NULL) && row)
    name = dd_db_column_dup (rows, 0);
  sqlite3_reset (rows);
  if (name == NULL)
    name = g_strdup ("");
  g_hash_table_insert (names->names, g_memdup2 (&id, sizeof id), name);
  return name;
}

/* A question over a window whose rows are marks: kind, time, start, how many, workspace, and what @names are asked for. */
static gboolean
read_marks (DdDb                   *db,
            const char             *sql,
            const DdActivityWindow *window,
            Names                  *names,
            DdTaskMarkFunc          func,
            gpointer                user_data,
            GError                **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "ii", window->start, window->end);
  while (dd_db_step (db, rows, &row, error))
    {
      DdTaskMark mark = { 0 };

      if (!row)
        return TRUE;
      mark.kind = sqlite3_column_int (rows, 0);
      mark.at = sqlite3_column_int64 (rows, 1);
      mark.start = dd_db_column_time (rows, 2);
      mark.times = (guint) sqlite3_column_int (rows, 3);
      mark.workspace = sqlite3_column_int64 (rows, 4);
      mark.load = names_find (names, sqlite3_column_int64 (rows, 5));
      func (&mark, user_data);
    }
  return FALSE;
}

/* The numbers of kinds are DdLogKind's, those of outcomes DdOutcome's. */
static const char own_runs[] =
  "SELECT 1, start, NULL, 1, ifnull (workspace_id, 0), ifnull (workspace_id, 0) FROM run WHERE start >= ? AND start < ?";
static const char own_starts[] =
  "SELECT 2, t.start, NULL, 1, ifnull (r.workspace_id, 0), ifnull (r.workspace_id, 0)"
  " FROM task t JOIN run r ON r.id = t.run_id WHERE t.start >= ? AND t.start < ?";
static const char own_ends[] =
  "SELECT CASE t.outcome WHEN 1 THEN 4 ELSE 5 END, t.end, t.start, 1, ifnull (r.workspace_id, 0), ifnull (r.workspace_id, 0)"
  " FROM task t JOIN run r ON r.id = t.run_id WHERE t.end >= ? AND t.end < ? AND t.outcome IN (1, 2)";
static const char own_retries[] =
  "SELECT 3, t.end, NULL, t.retries, ifnull (r.workspace_id, 0), ifnull (r.workspace_id, 0)"
  " FROM task t JOIN run r ON r.id = t.run_id WHERE t.end >= ? AND t.end < ? AND t.retries > 0";
static const char log_marks[] =
  "SELECT e.kind, e.at, CASE WHEN e.kind IN (4, 5) THEN (SELECT min (s.at) FROM log_event s"
  " WHERE s.run_id = e.run_id AND s.task = e.task AND s.kind = 2) END, 1, e.workspace_id, e.run_id"
  " FROM log_event e WHERE e.at >= ? AND e.at < ? AND e.kind IN (1, 2, 3, 4, 5)";

gboolean
dd_activity_list_marks (DdDb                   *db,
                        const DdActivityWindow *window,
                        DdTaskMarkFunc          func,
                        gpointer                user_data,
                        GError                **error)
{
  static const char * const own[] = { own_runs, own_starts, own_ends, own_retries };
  Names workspaces, tenants;
  gboolean done = TRUE;

  names_init (&workspaces, db, "SELECT name FROM workspace WHERE id = ?");
  /* A log that does not say whose it is stands under the workspace that it was read into. */
  names_init (&tenants, db, "SELECT coalesce (r.tenant, w.name, '') FROM log_run r LEFT JOIN workspace w ON w.id = r.workspace_id"
                            " WHERE r.id = ?");
  for (gsize i = 0; done && i < G_N_ELEMENTS (own); i++)
    done = read_marks (db, own[i], window, &workspaces, func, user_data, error);
  done = done && read_marks (db, log_marks, window, &tenants, func, user_data, error);
  g_hash_table_unref (workspaces.names);
  g_hash_table_unref (tenants.names);
  return done;
}

static DdActivityTask *
read_own_task (sqlite3_stmt *rows)
{
  DdActivityTask *task = dd_activity_task_new ((const char *) sqlite3_column_text (rows, 0));

  task->start = dd_db_column_time (rows, 1);
  task->end = dd_db_column_time (rows, 2);
  task->outcome = sqlite3_column_int (rows, 3);
  task->attempts = (guint) sqlite3_column_int (rows, 4);
  task->error = dd_db_column_dup (rows, 5);
  task->bytes = (guint64) sqlite3_column_int64 (rows, 6);
  task->records = (guint) sqlite3_column_int (rows, 7);
  task->requests = (guint) sqlite3_column_int (rows, 8);
  return task;
}

static GPtrArray *
list_own_tasks (DdDb    *db,
                gint64   run,
                gint64   until,
                GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT source || CASE scope WHEN '' THEN '' ELSE '/' || scope END || '/' || step, start,"
                                      " iif (end < ?2, end, NULL), iif (end < ?2, outcome, 0), attempts + retries,"
                                      " iif (end < ?2, ifnull (error, retry_errors), NULL), bytes, records, requests FROM task"
                                      " WHERE run_id = ?1 AND start < ?2 ORDER BY start, id", error);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_activity_task_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "ii", run, until);
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&tasks);
      g_ptr_array_add (tasks, read_own_task (rows));
    }
  return NULL;
}

/* One more event of @task. */
static void
add_event (DdActivityTask *task,
           sqlite3_stmt   *rows)
{
  DdLogKind kind = sqlite3_column_int (rows, 1);
  gint64 at = sqlite3_column_int64 (rows, 2);
  const char *error = (const char *) sqlite3_column_text (rows, 4);

  task->attempts = MAX (task->attempts, (guint) sqlite3_column_int (rows, 3));
  if (kind == DD_EVENT_TASK_START)
    task->start = task->start == DD_TIME_NONE ? at : MIN (task->start, at);
  else if (kind == DD_EVENT_TASK_RETRY)
    task->attempts = MAX (task->attempts, 2);
  else if (at >= task->end)
    {
      task->end = at;
      task->outcome = kind == DD_EVENT_TASK_OK ? DD_OUTCOME_OK : DD_OUTCOME_FAILED;
    }
  if (error != NULL)
    {
      g_autofree char *before = g_steal_pointer (&task->error);

      task->error = before != NULL ? g_strconcat (before, "\n", error, NULL) : g_strdup (error);
    }
}

static int
compare_tasks (gconstpointer a,
               gconstpointer b)
{
  const DdActivityTask *left = *(DdActivityTask * const *) a, *right = *(DdActivityTask * const *) b;
  gint64 left_at = left->start != DD_TIME_NONE ? left->start : left->end;
  gint64 right_at = right->start != DD_TIME_NONE ? right->start : right->end;

  return left_at < right_at ? -1 : left_at > right_at ? 1 : g_strcmp0 (left->id, right->id);
}

static GPtrArray *
list_log_tasks (DdDb    *db,
                gint64   run,
                gint64   until,
                GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (task, ''), kind, at, attempt, error FROM log_event"
                                      " WHERE run_id = ? AND kind BETWEEN 2 AND 5 AND at < ? ORDER BY task, kind, at", error);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_activity_task_free);
  DdActivityTask *task = NULL;
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "ii", run, until);
  while (dd_db_step (db, rows, &row, error))
    {
      const char *id;

      if (!row)
        {
          g_ptr_array_sort (tasks, compare_tasks);
          return g_steal_pointer (&tasks);
        }
      id = (const char *) sqlite3_column_text (rows, 0);
      if (task == NULL || g_strcmp0 (task->id, id) != 0)
        {
          task = dd_activity_task_new (id);
          g_ptr_array_add (tasks, task);
        }
      add_event (task, rows);
    }
  return NULL;
}

GPtrArray *
dd_activity_list_tasks (DdDb    *db,
                        gboolean imported,
                        gint64   run,
                        gint64   until,
                        GError **error)
{
  return imported ? list_log_tasks (db, run, until, error) : list_own_tasks (db, run, until, error);
}

static DdActivityRun *
read_run (sqlite3_stmt *rows)
{
  DdActivityRun *run = dd_activity_run_new ();

  run->imported = sqlite3_column_int (rows, 0);
  run->row = sqlite3_column_int64 (rows, 1);
  run->id = dd_db_column_dup (rows, 2);
  run->name = dd_db_column_dup (rows, 3);
  run->load = dd_db_column_dup (rows, 4);
  run->start = sqlite3_column_int64 (rows, 5);
  run->end = dd_db_column_time (rows, 6);
  run->last = dd_db_column_time (rows, 7);
  run->failed_at = dd_db_column_time (rows, 8);
  run->waits_since = dd_db_column_time (rows, 9);
  run->outcome = sqlite3_column_int (rows, 10);
  run->process = sqlite3_column_int (rows, 11);
  if (sqlite3_column_type (rows, 12) != SQLITE_NULL)
    run->told_ok = sqlite3_column_int64 (rows, 12);
  if (sqlite3_column_type (rows, 13) != SQLITE_NULL)
    run->told_failed = sqlite3_column_int64 (rows, 13);
  return run;
}

/* What comes after the window's end has not happened yet. */
static const char latest_runs[] =
  "SELECT * FROM (SELECT 0, r.id, ?5 || r.id, r.name, w.name, r.start AS began, iif (r.end < ?3, r.end, NULL),"
  "  (SELECT max (t.end) FROM task t WHERE t.run_id = r.id AND t.end < ?3), NULL, NULL, iif (r.end < ?3, r.outcome, 0), r.process,"
  "  NULL, NULL FROM run r JOIN workspace w ON w.id = r.workspace_id"
  "  WHERE r.workspace_id = ?1 AND r.start >= ?2 AND r.start < ?3 ORDER BY r.start DESC LIMIT ?4)"
  " UNION ALL SELECT * FROM (SELECT 1, r.id, r.key, ifnull (r.name, r.key), coalesce (r.tenant, w.name, ''),"
  "  ifnull (r.start, r.first_at) AS began, iif (r.done_at < ?3, r.done_at, NULL), r.last_at, r.failed_at,"
  "  iif (r.pending_at > ifnull (r.approved_at, r.pending_at - 1), r.pending_at, NULL), 0, 0,"
  "  iif (r.done_at < ?3, r.ok, NULL), iif (r.done_at < ?3, r.failed, NULL)"
  "  FROM log_run r LEFT JOIN workspace w ON w.id = r.workspace_id WHERE r.workspace_id = ?1"
  "  AND ifnull (r.start, r.first_at) >= ?2 AND ifnull (r.start, r.first_at) < ?3 ORDER BY ifnull (r.start, r.first_at) DESC LIMIT ?4)"
  " ORDER BY began DESC, 2 DESC LIMIT ?4";

/* Takes what @rows gives. */
static GPtrArray *
read_runs (DdDb         *db,
           sqlite3_stmt *rows,
           gint64        until,
           GError      **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_activity_run_free);
  gboolean row = TRUE;

  while (row)
    {
      if (!dd_db_step (db, rows, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (runs, read_run (rows));
    }
  for (guint i = 0; i < runs->len; i++)
    {
      DdActivityRun *run = g_ptr_array_index (runs, i);
      GPtrArray *tasks = dd_activity_list_tasks (db, run->imported, run->row, until, error);

      if (tasks == NULL)
        return NULL;
      g_ptr_array_unref (run->tasks);
      run->tasks = tasks;
    }
  return g_steal_pointer (&runs);
}

GPtrArray *
dd_activity_list_runs (DdDb                   *db,
                       const DdActivityWindow *window,
                       guint                   limit,
                       guint                  *total,
                       GError                **error)
{
  g_autofree char *prefix = dd_event_store_own_prefix (db);
  sqlite3_stmt *rows = dd_db_prepare (db, latest_runs, error);

  if (rows == NULL)
    return NULL;
  *total = (guint) dd_db_int (db, 0,
                              "SELECT (SELECT count(*) FROM run WHERE workspace_id = ?1 AND start >= ?2 AND start < ?3)"
                              " + (SELECT count(*) FROM log_run WHERE workspace_id = ?1 AND ifnull (start, first_at) >= ?2"
                              " AND ifnull (start, first_at) < ?3)", "iii", window->workspace, window->start, window->end);
  dd_db_bind (rows, "iiins", window->workspace, window->start, window->end, (int) limit, prefix);
  return read_runs (db, rows, window->end, error);
}

GPtrArray *
dd_activity_list_own_runs (DdDb    *db,
                           gint64   workspace,
                           gint64   after,
                           guint    limit,
                           GError **error)
{
  g_autofree char *prefix = dd_event_store_own_prefix (db);
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT 0, r.id, ?4 || r.id, r.name, w.name, r.start, r.end, NULL, NULL, NULL, r.outcome, r.process,"
                                      " NULL, NULL FROM run r JOIN workspace w ON w.id = r.workspace_id WHERE r.workspace_id = ?1"
                                      " AND r.id > ?2 ORDER BY r.id LIMIT ?3", error);

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iins", workspace, after, (int) limit, prefix);
  return read_runs (db, rows, G_MAXINT64, error);
}
