/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-list-store.h"

#include <glib/gi18n-lib.h>

#include "dd-db-private.h"
#include "dd-record.h"

/* Columns that all lists begin with: key, repository, title, url, time, value, rule. */
static DdRecordRow *
read_row (sqlite3_stmt *rows,
          const char   *kind)
{
  DdRecordRow *row = g_new0 (DdRecordRow, 1);

  row->kind = kind;
  row->id = dd_db_column_dup (rows, 0);
  row->repository = dd_db_column_dup (rows, 1);
  row->title = dd_db_column_dup (rows, 2);
  row->url = dd_db_column_dup (rows, 3);
  row->time = dd_db_column_time (rows, 4);
  row->value = dd_db_column_time (rows, 5);
  row->rule = sqlite3_column_int (rows, 6);
  row->counted = dd_rule_counts (row->rule);
  return row;
}

/* Why a deployment is counted as failed or as rework; NULL where it is not. */
static char *
deployment_note (int              flags,
                 DdDeploymentList list,
                 gboolean         signal_incidents,
                 gboolean         signal_deployments)
{
  gboolean failed = signal_deployments && (flags & DD_DEPLOYMENT_FAILED);
  gboolean incident = signal_incidents && (flags & DD_DEPLOYMENT_HAS_INCIDENT);

  if (list == DD_LIST_REWORK)
    return g_strdup (flags & DD_DEPLOYMENT_UNPLANNED ? _("unplanned") : NULL);
  if (list != DD_LIST_FAILURES)
    return NULL;
  if (failed && incident)
    return g_strdup (_("failed, and an incident followed"));
  if (failed)
    return g_strdup (_("failed"));
  return g_strdup (incident ? _("an incident followed") : NULL);
}

GPtrArray *
dd_list_store_deployments (DdDb               *db,
                           const DdListWindow *window,
                           DdDeploymentList    list,
                           gboolean            signal_incidents,
                           gboolean            signal_deployments,
                           GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT d.key, r.name, ifnull (d.label, ifnull (d.ref, substr (d.sha, 1, 10))), d.url, f.at, NULL,"
                                      " f.rule, f.flags, d.environment FROM deployment_fact f JOIN deployment d ON d.id = f.id"
                                      " JOIN repository r ON r.id = f.repository_id WHERE f.workspace_id = ?1"
                                      " AND f.counted IN (0, 1) AND f.at >= ?2 AND f.at < ?3"
                                      " AND (?4 = 0 OR f.repository_id = ?4) ORDER BY f.at, f.id", error);
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iiii", window->workspace, window->from, window->to, window->repository);
  while (dd_db_step (db, rows, &more, error))
    {
      DdRecordRow *row;
      int flags;

      if (!more)
        return g_steal_pointer (&result);
      row = read_row (rows, "deployment");
      flags = sqlite3_column_int (rows, 7);
      if (list != DD_LIST_FAILURES && (flags & DD_DEPLOYMENT_FAILED))
        {
          row->counted = FALSE;
          row->rule = DD_RULE_FAILED;
        }
      row->note = deployment_note (flags, list, signal_incidents, signal_deployments);
      if (row->note == NULL && row->rule == DD_RULE_NOT_PRODUCTION)
        row->note = dd_db_column_dup (rows, 8);
      g_ptr_array_add (result, row);
    }
  return NULL;
}

GPtrArray *
dd_list_store_changes (DdDb               *db,
                       const DdListWindow *window,
                       GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT CASE WHEN h.number > 0 THEN '#' || h.number ELSE h.key END, r.name, h.title, h.url, f.at,"
                                      " f.lead, f.rule, d.key FROM change_fact f JOIN change h ON h.id = f.id"
                                      " JOIN repository r ON r.id = f.repository_id LEFT JOIN deployment d ON d.id = f.deployment_id"
                                      " WHERE f.workspace_id = ?1 AND f.counted IN (0, 1) AND f.at >= ?2 AND f.at < ?3"
                                      " AND (?4 = 0 OR f.repository_id = ?4) ORDER BY f.at, f.id", error);
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iiii", window->workspace, window->from, window->to, window->repository);
  while (dd_db_step (db, rows, &more, error))
    {
      DdRecordRow *row;

      if (!more)
        return g_steal_pointer (&result);
      row = read_row (rows, "change");
      row->note = dd_db_column_dup (rows, 7);
      g_ptr_array_add (result, row);
    }
  return NULL;
}

/* Incidents and streaks that count or are open: they have facts. */
static gboolean
add_events (DdDb               *db,
            const DdListWindow *window,
            gboolean            failed_deployment,
            gboolean            signal_deployments,
            GPtrArray          *result,
            GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (i.name, ifnull (i.key, d.key)), r.name, ifnull (i.title, ifnull (d.label, d.ref)),"
                                      " ifnull (i.url, d.url), f.ended, CASE WHEN ?5 THEN f.failed_duration ELSE f.duration END, 0,"
                                      " f.kind, f.started, f.link, d.key, ifnull (r.excluded, 0) FROM recovery_fact f"
                                      " LEFT JOIN incident i ON f.kind = 0 AND i.id = f.id"
                                      " LEFT JOIN deployment d ON d.id = CASE f.kind WHEN 0 THEN f.deployment_id ELSE f.id END"
                                      " LEFT JOIN repository r ON r.id = f.repository_id"
                                      " WHERE f.workspace_id = ?1 AND f.ended >= ?2 AND f.started < ?3"
                                      " AND (?4 = 0 OR f.repository_id = ?4) AND (f.ended < ?3 OR f.kind = 0)"
                                      " AND (f.kind = 0 OR ?6) ORDER BY f.ended, f.id", error);
  gboolean more;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iiiinn", window->workspace, window->from, window->to, window->repository, (int) failed_deployment,
              (int) signal_deployments);
  while (dd_db_step (db, rows, &more, error))
    {
      DdRecordRow *row;
      gboolean streak, open;

      if (!more)
        return TRUE;
      streak = sqlite3_column_int (rows, 7) == DD_EVENT_STREAK;
      row = read_row (rows, streak ? "deployment" : "incident");
      open = row->time >= window->to;
      if (open)
        {
          row->time = dd_db_column_time (rows, 8);
          row->value = DD_TIME_NONE;
        }
      if (sqlite3_column_int (rows, 11) != 0)
        row->rule = DD_RULE_REPOSITORY_EXCLUDED;
      else if (open)
        row->rule = DD_RULE_OPEN;
      else if (row->value == DD_TIME_NONE)
        row->rule = DD_RULE_NOT_ATTRIBUTED;
      else if (row->value < 0)
        row->rule = DD_RULE_NEGATIVE;
      row->counted = dd_rule_counts (row->rule);
      if (streak)
        row->note = g_strdup (_("failing until the next success"));
      else if (sqlite3_column_type (rows, 10) != SQLITE_NULL)
        row->note = g_strdup_printf ("%s (%s)", (const char *) sqlite3_column_text (rows, 10),
                                     dd_link_describe (sqlite3_column_int (rows, 9)));
      else
        row->note = g_strdup (dd_link_describe (sqlite3_column_int (rows, 9)));
      g_ptr_array_add (result, row);
    }
  return FALSE;
}

/* Issues and documents that are no incidents that count: only their rule tells. */
static gboolean
add_left_out (DdDb               *db,
              const DdListWindow *window,
              GPtrArray          *result,
              GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (i.name, i.key), i.repository, i.title, i.url, i.started, NULL, i.rule, b.name"
                                      " FROM incident i JOIN source s ON s.id = i.source_id AND s.rank >= 0"
                                      " LEFT JOIN incident b ON b.id = i.belongs_to"
                                      " WHERE i.workspace_id = ?1 AND i.started >= ?2 AND i.started < ?3 AND i.rule > 1"
                                      " ORDER BY i.started, i.id", error);
  gboolean more;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iii", window->workspace, window->from, window->to);
  while (dd_db_step (db, rows, &more, error))
    {
      DdRecordRow *row;

      if (!more)
        return TRUE;
      row = read_row (rows, "incident");
      row->note = dd_db_column_dup (rows, 7);
      g_ptr_array_add (result, row);
    }
  return FALSE;
}

GPtrArray *
dd_list_store_recoveries (DdDb               *db,
                          const DdListWindow *window,
                          gboolean            failed_deployment,
                          gboolean            signal_deployments,
                          GError            **error)
{
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);

  if (!add_events (db, window, failed_deployment, signal_deployments, result, error) ||
      (window->repository == 0 && !add_left_out (db, window, result, error)))
    return NULL;
  return g_steal_pointer (&result);
}

GPtrArray *
dd_list_store_open_incidents (DdDb               *db,
                              const DdListWindow *window,
                              guint               limit,
                              GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (i.name, i.key), r.name, i.title, i.url, f.started, NULL, 13, d.key"
                                      " FROM recovery_fact f JOIN incident i ON i.id = f.id"
                                      " LEFT JOIN repository r ON r.id = f.repository_id"
                                      " LEFT JOIN deployment d ON d.id = f.deployment_id"
                                      " WHERE f.workspace_id = ?1 AND f.ended >= ?2 AND f.started < ?2 AND f.kind = 0"
                                      " AND ifnull (r.excluded, 0) = 0"
                                      " AND (?3 = 0 OR f.repository_id = ?3) ORDER BY f.started LIMIT ?4", error);
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iiin", window->workspace, window->to, window->repository, (int) limit);
  while (dd_db_step (db, rows, &more, error))
    {
      DdRecordRow *row;

      if (!more)
        return g_steal_pointer (&result);
      row = read_row (rows, "incident");
      row->note = dd_db_column_dup (rows, 7);
      g_ptr_array_add (result, row);
    }
  return NULL;
}
