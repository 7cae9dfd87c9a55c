/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-fact-store.h"

#include "dd-db-private.h"

/* A window is read in order of time from the facts' own clustering; one repository's rows come by the index on it, so that a
 * narrow question does not read everybody's. Two texts a question, because SQLite plans each for its own way. */
#define DEPLOYMENT_COLUMNS "SELECT at, repository_id, flags FROM deployment_fact"
#define CHANGE_COLUMNS "SELECT repository_id, rule, lead, coding, pickup, review, deploy FROM change_fact"
#define RECOVERY_COLUMNS "SELECT repository_id, kind, started, ended, failed_started, duration, failed_duration FROM recovery_fact"

static sqlite3_stmt *
window (DdDb       *db,
        const char *all,
        const char *one,
        gint64      workspace,
        gint64      from,
        gint64      to,
        gint64      repository,
        GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, repository != 0 ? one : all, error);

  if (rows == NULL)
    return NULL;
  if (repository != 0)
    dd_db_bind (rows, "iiii", workspace, from, to, repository);
  else
    dd_db_bind (rows, "iii", workspace, from, to);
  return rows;
}

gboolean
dd_fact_store_deployments (DdDb                *db,
                           gint64               workspace,
                           gint64               from,
                           gint64               to,
                           gint64               repository,
                           DdDeploymentColumns *columns,
                           GError             **error)
{
  sqlite3_stmt *rows = window (db,
                               DEPLOYMENT_COLUMNS " WHERE workspace_id = ? AND counted = 1 AND at >= ? AND at < ? ORDER BY at, id",
                               DEPLOYMENT_COLUMNS " WHERE workspace_id = ? AND counted = 1 AND at >= ? AND at < ?"
                                                  " AND repository_id = ? ORDER BY at, id",
                               workspace, from, to, repository, error);
  int code;

  if (rows == NULL)
    return FALSE;
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    {
      guint i = columns->n;

      if (i == columns->size)
        dd_deployment_columns_reserve (columns, 1);
      columns->finished[i] = sqlite3_column_int64 (rows, 0);
      columns->repository[i] = (guint32) sqlite3_column_int64 (rows, 1);
      columns->flags[i] = (guint8) sqlite3_column_int (rows, 2);
      columns->n++;
    }
  sqlite3_reset (rows);
  return code == SQLITE_DONE || dd_db_fail (db, code, error);
}

static gboolean
read_changes (DdDb            *db,
              sqlite3_stmt    *rows,
              DdChangeColumns *columns,
              GError         **error)
{
  int code;

  if (rows == NULL)
    return FALSE;
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    {
      guint i = columns->n;

      if (i == columns->size)
        dd_change_columns_reserve (columns, 1);
      columns->repository[i] = (guint32) sqlite3_column_int64 (rows, 0);
      columns->rule[i] = (guint8) sqlite3_column_int (rows, 1);
      columns->lead[i] = dd_db_column_time (rows, 2);
      columns->coding[i] = dd_db_column_time (rows, 3);
      columns->pickup[i] = dd_db_column_time (rows, 4);
      columns->review[i] = dd_db_column_time (rows, 5);
      columns->deploy[i] = dd_db_column_time (rows, 6);
      columns->n++;
    }
  sqlite3_reset (rows);
  return code == SQLITE_DONE || dd_db_fail (db, code, error);
}

gboolean
dd_fact_store_changes (DdDb            *db,
                       gint64           workspace,
                       gint64           from,
                       gint64           to,
                       gint64           repository,
                       DdChangeColumns *columns,
                       GError         **error)
{
  /* Waiting and left-out changes (rules 10 to 19) come after those that count; what a setting leaves out is not read. */
  return read_changes (db, window (db, CHANGE_COLUMNS " WHERE workspace_id = ? AND counted = 1 AND at >= ? AND at < ?",
                                   CHANGE_COLUMNS " WHERE workspace_id = ? AND counted = 1 AND at >= ? AND at < ? AND repository_id = ?",
                                   workspace, from, to, repository, error), columns, error) &&
         read_changes (db, window (db, CHANGE_COLUMNS " WHERE workspace_id = ? AND counted = 0 AND at >= ? AND at < ? AND rule < 20",
                                   CHANGE_COLUMNS " WHERE workspace_id = ? AND counted = 0 AND at >= ? AND at < ? AND repository_id = ?"
                                                  " AND rule < 20",
                                   workspace, from, to, repository, error), columns, error);
}

static gboolean
read_recoveries (DdDb              *db,
                 sqlite3_stmt      *rows,
                 const gint64      *ends,
                 guint              n_ends,
                 DdRecoveryColumns *columns,
                 GError           **error)
{
  guint next = 0;
  int code;

  if (rows == NULL)
    return FALSE;
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    {
      gint64 started = sqlite3_column_int64 (rows, 2);
      gint64 ended = sqlite3_column_int64 (rows, 3);
      guint i = columns->n;

      if (ends != NULL)
        {
          /* Rows come by their end: the last of the ends that this one reaches is what it must have started before. */
          while (next < n_ends && ends[next] <= ended)
            next++;
          if (next == 0 || started >= ends[next - 1])
            continue;
        }
      if (i == columns->size)
        dd_recovery_columns_reserve (columns, 1);
      columns->repository[i] = (guint32) sqlite3_column_int64 (rows, 0);
      columns->kind[i] = (guint8) sqlite3_column_int (rows, 1);
      columns->started[i] = started;
      columns->ended[i] = ended == G_MAXINT64 ? DD_TIME_NONE : ended;
      columns->failed_started[i] = dd_db_column_time (rows, 4);
      columns->duration[i] = dd_db_column_time (rows, 5);
      columns->failed_duration[i] = dd_db_column_time (rows, 6);
      columns->n++;
    }
  sqlite3_reset (rows);
  return code == SQLITE_DONE || dd_db_fail (db, code, error);
}

gboolean
dd_fact_store_recoveries (DdDb              *db,
                          gint64             workspace,
                          gint64             from,
                          gint64             to,
                          gint64             repository,
                          DdRecoveryColumns *columns,
                          GError           **error)
{
  return read_recoveries (db, window (db, RECOVERY_COLUMNS " WHERE workspace_id = ? AND ended >= ? AND ended < ?",
                                      RECOVERY_COLUMNS " WHERE workspace_id = ? AND ended >= ? AND ended < ? AND repository_id = ?",
                                      workspace, from, to, repository, error), NULL, 0, columns, error);
}

gboolean
dd_fact_store_open_across (DdDb              *db,
                           gint64             workspace,
                           const gint64      *ends,
                           guint              n,
                           gint64             repository,
                           DdRecoveryColumns *columns,
                           GError           **error)
{
  return read_recoveries (db, window (db, RECOVERY_COLUMNS " WHERE workspace_id = ? AND ended >= ? AND started < ? AND kind = 0"
                                                           " ORDER BY ended",
                                      RECOVERY_COLUMNS " WHERE workspace_id = ? AND ended >= ? AND started < ? AND repository_id = ?"
                                                       " AND kind = 0 ORDER BY ended",
                                      workspace, ends[0], ends[n - 1], repository, error), ends, n, columns, error);
}

GPtrArray *
dd_fact_store_repositories (DdDb    *db,
                            gint64   workspace,
                            GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT id, name, kind, reason, deployed, excluded, first_at IS NOT NULL FROM repository"
                                      " WHERE workspace_id = ?"
                                      " ORDER BY name", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_repository_info_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      DdRepositoryInfo *info;

      if (!row)
        return g_steal_pointer (&list);
      info = g_new0 (DdRepositoryInfo, 1);
      info->id = (guint32) sqlite3_column_int64 (rows, 0);
      info->name = dd_db_column_dup (rows, 1);
      info->kind = sqlite3_column_int (rows, 2);
      info->reason = dd_db_column_dup (rows, 3);
      info->deployed = sqlite3_column_int (rows, 4) != 0;
      info->excluded = sqlite3_column_int (rows, 5) != 0;
      info->known = sqlite3_column_int (rows, 6) != 0;
      g_ptr_array_add (list, info);
    }
  return NULL;
}

static gboolean
count_rules (DdDb       *db,
             const char *sql,
             const char *kind,
             gint64      workspace,
             gint64      from,
             gint64      to,
             gint64      repository,
             int         what,
             GPtrArray  *counts,
             GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iiiin", workspace, from, to, repository, what);
  while (dd_db_step (db, rows, &row, error))
    {
      DdRuleCount *count;

      if (!row)
        return TRUE;
      count = g_new0 (DdRuleCount, 1);
      count->kind = kind;
      count->rule = sqlite3_column_int (rows, 0);
      count->n = (guint) sqlite3_column_int64 (rows, 1);
      g_ptr_array_add (counts, count);
    }
  return FALSE;
}

GPtrArray *
dd_fact_store_rule_counts (DdDb    *db,
                           gint64   workspace,
                           gint64   from,
                           gint64   to,
                           gint64   repository,
                           gboolean excluded,
                           gboolean counted,
                           GError **error)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);

  if (!count_rules (db, "SELECT rule, count(*) FROM deployment_fact WHERE workspace_id = ?1 AND counted IN (0, ?5) AND at >= ?2"
                        " AND at < ?3 AND (?4 = 0 OR repository_id = ?4) GROUP BY rule ORDER BY rule",
                    "deployment", workspace, from, to, repository, counted ? 1 : 0, counts, error) ||
      !count_rules (db, "SELECT rule, count(*) FROM change_fact WHERE workspace_id = ?1 AND counted IN (0, ?5) AND at >= ?2"
                        " AND at < ?3 AND (?4 = 0 OR repository_id = ?4) GROUP BY rule ORDER BY rule",
                    "change", workspace, from, to, repository, counted ? 1 : 0, counts, error) ||
      /* Lists that are made once, because facts are not found by their incident; the first only where it has anything in it. */
      !count_rules (db, "SELECT CASE WHEN (?5 & 2) AND i.rule = 0 AND i.id IN (SELECT f.id FROM repository r CROSS JOIN recovery_fact f"
                        " ON f.workspace_id = ?1 AND f.kind = 0 AND f.repository_id = r.id WHERE r.workspace_id = ?1 AND r.excluded)"
                        " THEN 25 ELSE i.rule END AS rule_or_excluded, count(*)"
                        " FROM incident i JOIN source s ON s.id = i.source_id AND s.rank >= 0"
                        " WHERE i.workspace_id = ?1 AND i.started >= ?2 AND i.started < ?3 AND (?4 = 0 OR i.id IN (SELECT f.id"
                        " FROM recovery_fact f WHERE f.workspace_id = ?1 AND f.kind = 0 AND f.repository_id = ?4))"
                        " AND ((?5 & 1) OR rule_or_excluded >= 10) GROUP BY rule_or_excluded ORDER BY rule_or_excluded",
                    "incident", workspace, from, to, repository, (counted ? 1 : 0) | (excluded ? 2 : 0), counts, error))
    return NULL;
  return g_steal_pointer (&counts);
}

static gboolean
add_names (DdDb       *db,
           const char *sql,
           const char *kind,
           gint64      workspace,
           gint64      from,
           gint64      to,
           gint64      repository,
           GPtrArray  *names,
           GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, sql, error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iiiin", workspace, from, to, repository, (int) DD_RULE_NOT_PRODUCTION);
  while (dd_db_step (db, rows, &row, error))
    {
      DdRuleName *name;

      if (!row)
        return TRUE;
      name = g_new0 (DdRuleName, 1);
      name->kind = kind;
      name->rule = sqlite3_column_int (rows, 0);
      name->name = dd_db_column_dup (rows, 1);
      name->n = (guint) sqlite3_column_int64 (rows, 2);
      g_ptr_array_add (names, name);
    }
  return FALSE;
}

GPtrArray *
dd_fact_store_rule_names (DdDb    *db,
                          gint64   workspace,
                          gint64   from,
                          gint64   to,
                          gint64   repository,
                          GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_rule_name_free);

  if (!add_names (db,
                  "SELECT f.rule, CASE f.rule WHEN ?5 THEN ifnull (d.environment, '') ELSE r.name END AS origin, count(*) AS n"
                  " FROM deployment_fact f JOIN deployment d ON d.id = f.id JOIN repository r ON r.id = f.repository_id"
                  " WHERE f.workspace_id = ?1 AND f.counted = 0 AND f.at >= ?2 AND f.at < ?3"
                  " AND (?4 = 0 OR f.repository_id = ?4) GROUP BY f.rule, origin ORDER BY f.rule, n DESC, origin",
                  "deployment", workspace, from, to, repository, names, error) ||
      !add_names (db,
                  "SELECT f.rule, r.name, count(*) AS n FROM change_fact f JOIN repository r ON r.id = f.repository_id"
                  " WHERE f.workspace_id = ?1 AND f.counted = 0 AND f.at >= ?2 AND f.at < ?3"
                  " AND (?4 = 0 OR f.repository_id = ?4) AND ?5 GROUP BY f.rule, r.name ORDER BY f.rule, n DESC, r.name",
                  "change", workspace, from, to, repository, names, error))
    return NULL;
  return g_steal_pointer (&names);
}
