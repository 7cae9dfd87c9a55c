/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-total-store.h"

#include "dd-db-private.h"

/* Those that are linked just now. */
#define RANGE " IN (SELECT id FROM repository WHERE workspace_id = ?1 AND dirty AND id BETWEEN ?2 AND ?3)"

static GArray *
read_counted (DdDb                *db,
              const DdLinkedRange *range,
              const char          *sql,
              GError             **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DdCounted));
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iii", range->workspace, range->first, range->last);
  while (dd_db_step (db, rows, &row, error))
    {
      DdCounted counted;

      if (!row)
        return g_steal_pointer (&list);
      counted.id = sqlite3_column_int64 (rows, 0);
      counted.result = sqlite3_column_int (rows, 1);
      g_array_append_val (list, counted);
    }
  return NULL;
}

GArray *
dd_total_store_deployments (DdDb                *db,
                            const DdLinkedRange *range,
                            GError             **error)
{
  return read_counted (db, range,
                       "SELECT id, CASE WHEN rule = 23 THEN 3 WHEN flags & 1 THEN 1 ELSE 2 END FROM deployment_fact"
                       " WHERE repository_id" RANGE " AND rule IN (0, 23)", error);
}

GArray *
dd_total_store_changes (DdDb                *db,
                        const DdLinkedRange *range,
                        GError             **error)
{
  return read_counted (db, range,
                       "SELECT id, 0 FROM change_fact WHERE repository_id" RANGE " AND rule = 0 AND lead IS NOT NULL", error);
}

gboolean
dd_total_store_keep_deployment (DdDb            *db,
                                const DdCounted *counted,
                                GError         **error)
{
  return dd_db_run (db, error, "INSERT OR IGNORE INTO past_deployment (id, result) VALUES (?, ?)", "in", counted->id,
                    (int) counted->result);
}

gboolean
dd_total_store_keep_change (DdDb            *db,
                            const DdCounted *counted,
                            GError         **error)
{
  return dd_db_run (db, error, "INSERT OR IGNORE INTO past_change (id) VALUES (?)", "i", counted->id);
}

gboolean
dd_total_store_take_deployment (DdDb            *db,
                                const DdCounted *counted,
                                gboolean        *was_kept,
                                GError         **error)
{
  if (!dd_db_run (db, error, "DELETE FROM past_deployment WHERE id = ? AND result = ?", "in", counted->id, (int) counted->result))
    return FALSE;
  *was_kept = sqlite3_changes (db->handle) > 0;
  return TRUE;
}

gboolean
dd_total_store_take_change (DdDb            *db,
                            const DdCounted *counted,
                            gboolean        *was_kept,
                            GError         **error)
{
  if (!dd_db_run (db, error, "DELETE FROM past_change WHERE id = ?", "i", counted->id))
    return FALSE;
  *was_kept = sqlite3_changes (db->handle) > 0;
  return TRUE;
}

gboolean
dd_total_store_keeps_any (DdDb *db)
{
  return dd_db_int (db, 1, "SELECT EXISTS (SELECT 1 FROM past_deployment) OR EXISTS (SELECT 1 FROM past_change)", "") != 0;
}

static gboolean
add_leads (DdDb           *db,
           const DdTotals *news,
           GError        **error)
{
  for (guint i = 0; i <= DD_LEAD_BOUNDS; i++)
    if (news->leads[i] > 0 &&
        !dd_db_run (db, error,
                    "INSERT INTO lead_total (repository_id, bucket, total, seconds) VALUES (?, ?, ?, 0)"
                    " ON CONFLICT DO UPDATE SET total = total + excluded.total", "ini", news->repository, (int) i, news->leads[i]))
      return FALSE;
  /* One sum is enough: it is kept beside the first bucket. */
  return news->lead_seconds <= 0 ||
         dd_db_run (db, error,
                    "INSERT INTO lead_total (repository_id, bucket, total, seconds) VALUES (?, 0, 0, ?)"
                    " ON CONFLICT DO UPDATE SET seconds = seconds + excluded.seconds", "id", news->repository, news->lead_seconds);
}

gboolean
dd_total_store_add (DdDb           *db,
                    const DdTotals *news,
                    GError        **error)
{
  for (int result = DD_RESULT_SUCCESS; result < DD_N_RESULTS; result++)
    if (!dd_db_run (db, error,
                    "INSERT INTO deployment_total (repository_id, result, total, last) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET total = total + excluded.total, last = excluded.last", "init",
                    news->repository, result, news->deployments[result], news->last[result]))
      return FALSE;
  return add_leads (db, news, error);
}

/* Rows come by repository. */
static DdTotals *
totals_of (GArray *list,
           gint64  repository)
{
  DdTotals totals;

  if (list->len == 0 || g_array_index (list, DdTotals, list->len - 1).repository != repository)
    {
      dd_totals_init (&totals, repository);
      g_array_append_val (list, totals);
    }
  return &g_array_index (list, DdTotals, list->len - 1);
}

static gboolean
read_deployments (DdDb    *db,
                  gint64   workspace,
                  GArray  *list,
                  GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT t.repository_id, t.result, t.total, t.last FROM deployment_total t"
                                      " JOIN repository r ON r.id = t.repository_id WHERE r.workspace_id = ?"
                                      " ORDER BY t.repository_id", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      DdTotals *totals;
      int result;

      if (!row)
        return TRUE;
      totals = totals_of (list, sqlite3_column_int64 (rows, 0));
      result = sqlite3_column_int (rows, 1);
      if (result < 0 || result >= DD_N_RESULTS)
        continue;
      totals->deployments[result] = sqlite3_column_int64 (rows, 2);
      totals->last[result] = dd_db_column_time (rows, 3);
    }
  return FALSE;
}

/* After the deployments: every repository that has leads has a row of those too. */
static gboolean
read_leads (DdDb    *db,
            gint64   workspace,
            GArray  *list,
            GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT t.repository_id, t.bucket, t.total, t.seconds FROM lead_total t"
                                      " JOIN repository r ON r.id = t.repository_id WHERE r.workspace_id = ?"
                                      " ORDER BY t.repository_id", error);
  guint at = 0;
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      gint64 repository;
      DdTotals *totals;
      int bucket;

      if (!row)
        return TRUE;
      repository = sqlite3_column_int64 (rows, 0);
      while (at < list->len && g_array_index (list, DdTotals, at).repository < repository)
        at++;
      if (at == list->len || g_array_index (list, DdTotals, at).repository != repository)
        continue;
      totals = &g_array_index (list, DdTotals, at);
      bucket = sqlite3_column_int (rows, 1);
      if (bucket >= 0 && bucket <= DD_LEAD_BOUNDS)
        totals->leads[bucket] = sqlite3_column_int64 (rows, 2);
      totals->lead_seconds += sqlite3_column_double (rows, 3);
    }
  return FALSE;
}

GArray *
dd_total_store_read (DdDb    *db,
                     gint64   workspace,
                     GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (DdTotals));

  if (!read_deployments (db, workspace, list, error) || !read_leads (db, workspace, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

GPtrArray *
dd_total_store_errors (DdDb    *db,
                       gint64   workspace,
                       GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT subsystem, total FROM error_total WHERE workspace_id = ? ORDER BY subsystem", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_error_total_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      DdErrorTotal *total;

      if (!row)
        return g_steal_pointer (&list);
      total = g_new0 (DdErrorTotal, 1);
      total->subsystem = dd_db_column_dup (rows, 0);
      total->n = sqlite3_column_int64 (rows, 1);
      g_ptr_array_add (list, total);
    }
  return NULL;
}
