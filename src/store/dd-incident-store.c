/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-store.h"

#include "dd-db-private.h"

void
dd_incident_row_free (DdIncidentRow *row)
{
  if (row == NULL)
    return;
  dd_incident_free (row->record);
  g_free (row);
}

static DdIncidentRow *
read_incident (sqlite3_stmt *rows)
{
  DdIncidentRow *row = g_new0 (DdIncidentRow, 1);
  DdIncident *record = row->record = g_new0 (DdIncident, 1);
  const char *labels = (const char *) sqlite3_column_text (rows, 10);

  row->id = sqlite3_column_int64 (rows, 0);
  row->source_rank = sqlite3_column_int (rows, 1);
  row->decision = sqlite3_column_int (rows, 2);
  row->decided_deployment = sqlite3_column_int64 (rows, 3);
  record->kind = sqlite3_column_int (rows, 4);
  record->state = sqlite3_column_int (rows, 5);
  record->key = dd_db_column_dup (rows, 6);
  record->name = dd_db_column_dup (rows, 7);
  record->url = dd_db_column_dup (rows, 8);
  record->links = dd_db_column_dup (rows, 9);
  record->labels = labels != NULL ? g_strsplit (labels, "\n", -1) : NULL;
  record->repository = dd_db_column_dup (rows, 11);
  record->severity = dd_db_column_dup (rows, 12);
  record->deployment = dd_db_column_dup (rows, 13);
  record->started = dd_db_column_time (rows, 14);
  record->resolved = dd_db_column_time (rows, 15);
  record->updated = dd_db_column_time (rows, 16);
  return row;
}

GPtrArray *
dd_incident_store_all (DdDb    *db,
                       gint64   workspace,
                       GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT i.id, s.rank, ifnull (d.link, 0), ifnull (d.deployment_id, 0), i.kind, i.state, i.key,"
                                      " i.name, i.url, i.links, i.labels, i.repository, i.severity, i.deployment, i.started,"
                                      " i.resolved, i.updated FROM incident i JOIN source s ON s.id = i.source_id"
                                      " LEFT JOIN decision d ON d.workspace_id = i.workspace_id AND d.incident = ifnull (i.name, i.key)"
                                      " WHERE i.workspace_id = ? AND s.rank >= 0 ORDER BY s.rank, i.id", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_incident_row_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_incident (rows));
    }
  return NULL;
}

gboolean
dd_incident_store_each_success (DdDb         *db,
                                gint64        workspace,
                                gint64        since,
                                DdSuccessFunc func,
                                gpointer      data,
                                GError      **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT id, at, repository_id, flags FROM deployment_fact"
                                      " WHERE workspace_id = ? AND counted = 1 AND at >= ? ORDER BY at, id", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "ii", workspace, since);
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return TRUE;
      if (sqlite3_column_int (rows, 3) & DD_DEPLOYMENT_SUCCEEDED)
        func (sqlite3_column_int64 (rows, 0), sqlite3_column_int64 (rows, 1), sqlite3_column_int64 (rows, 2), data);
    }
  return FALSE;
}

gint64
dd_incident_store_deployment (DdDb       *db,
                              gint64      workspace,
                              const char *key)
{
  return dd_db_int (db, 0,
                    "SELECT d.id FROM source s JOIN deployment d ON d.source_id = s.id AND d.key = ?"
                    " WHERE s.workspace_id = ? ORDER BY s.rank LIMIT 1", "si", key, workspace);
}

gint64
dd_incident_store_deployment_finished (DdDb  *db,
                                       gint64 deployment)
{
  return dd_db_int (db, DD_TIME_NONE, "SELECT finished FROM deployment WHERE id = ?", "i", deployment);
}

gint64
dd_incident_store_repository (DdDb       *db,
                              gint64      workspace,
                              const char *name)
{
  return dd_db_int (db, 0, "SELECT id FROM repository WHERE workspace_id = ? AND name = ?", "is", workspace, name);
}

GArray *
dd_incident_store_take_attributed (DdDb    *db,
                                   gint64   workspace,
                                   GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT DISTINCT deployment_id FROM recovery_fact WHERE workspace_id = ? AND kind = 0"
                                      " AND deployment_id IS NOT NULL", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      gint64 id;

      if (!row)
        {
          if (!dd_db_run (db, error, "DELETE FROM recovery_fact WHERE workspace_id = ? AND kind = 0", "i", workspace))
            return NULL;
          return g_steal_pointer (&ids);
        }
      id = sqlite3_column_int64 (rows, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

gboolean
dd_incident_store_mark (DdDb    *db,
                        gint64   workspace,
                        gint64   deployment,
                        gboolean has_incident,
                        GError **error)
{
  return dd_db_run (db, error,
                    "UPDATE deployment_fact SET flags = CASE WHEN ?3 THEN flags | 4 ELSE flags & ~4 END WHERE workspace_id = ?1"
                    " AND counted = 1 AND at = (SELECT finished FROM deployment WHERE id = ?2) AND id = ?2"
                    " AND ((flags & 4) != 0) != ?3", "iin", workspace, deployment, (int) has_incident);
}

gboolean
dd_incident_store_set_rule (DdDb    *db,
                            gint64   incident,
                            DdRule   rule,
                            gint64   belongs_to,
                            GError **error)
{
  return dd_db_run (db, error,
                    "UPDATE incident SET rule = ?2, belongs_to = nullif (?3, 0) WHERE id = ?1"
                    " AND (rule != ?2 OR belongs_to IS NOT nullif (?3, 0))", "ini", incident, (int) rule, belongs_to);
}

gboolean
dd_incident_store_done (DdDb    *db,
                        gint64   workspace,
                        GError **error)
{
  return dd_db_run (db, error, "UPDATE workspace SET dirty = 0 WHERE id = ?", "i", workspace);
}
