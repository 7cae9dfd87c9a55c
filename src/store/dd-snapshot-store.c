/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-snapshot-store.h"

#include <glib/gi18n-lib.h>

#include "dd-db-private.h"
#include "dd-error.h"

/* In the order of read_snapshot(). */
#define COLUMNS "id, made, period, period_start, period_end, scope, title, outcome, report"

gboolean
dd_snapshot_store_add (DdDb             *db,
                       gint64            workspace,
                       const DdSnapshot *snapshot,
                       GError          **error)
{
  sqlite3_stmt *statement = dd_db_prepare (db, "INSERT INTO snapshot (workspace_id, made, period, period_start, period_end, scope, title,"
                                               " outcome, report, markdown, slack, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                           error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  dd_db_bind (statement, "itsttsssssss", workspace, snapshot->made, snapshot->period, snapshot->start, snapshot->end, snapshot->scope,
              snapshot->title, snapshot->outcome, snapshot->report, snapshot->markdown, snapshot->slack, NULL);
  if (snapshot->document != NULL)
    {
      gsize length;
      gconstpointer data = g_bytes_get_data (snapshot->document, &length);

      sqlite3_bind_blob64 (statement, 12, data, length, SQLITE_TRANSIENT);
    }
  return dd_db_step (db, statement, &row, error);
}

static DdSnapshot *
read_snapshot (sqlite3_stmt *statement)
{
  DdSnapshot *snapshot = g_new0 (DdSnapshot, 1);

  snapshot->id = sqlite3_column_int64 (statement, 0);
  snapshot->made = dd_db_column_time (statement, 1);
  snapshot->period = dd_db_column_dup (statement, 2);
  snapshot->start = dd_db_column_time (statement, 3);
  snapshot->end = dd_db_column_time (statement, 4);
  snapshot->scope = dd_db_column_dup (statement, 5);
  snapshot->title = dd_db_column_dup (statement, 6);
  snapshot->outcome = dd_db_column_dup (statement, 7);
  snapshot->report = dd_db_column_dup (statement, 8);
  return snapshot;
}

GPtrArray *
dd_snapshot_store_list (DdDb    *db,
                        gint64   workspace,
                        guint    limit,
                        GError **error)
{
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_snapshot_free);
  sqlite3_stmt *statement = dd_db_prepare (db, "SELECT " COLUMNS " FROM snapshot WHERE workspace_id = ? ORDER BY made DESC, id DESC LIMIT ?",
                                           error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  dd_db_bind (statement, "ii", workspace, (gint64) limit);
  while (dd_db_step (db, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&snapshots);
      g_ptr_array_add (snapshots, read_snapshot (statement));
    }
  return NULL;
}

DdSnapshot *
dd_snapshot_store_load (DdDb    *db,
                        gint64   workspace,
                        gint64   id,
                        GError **error)
{
  sqlite3_stmt *statement = dd_db_prepare (db, "SELECT " COLUMNS ", markdown, slack, document FROM snapshot WHERE workspace_id = ? AND id = ?",
                                           error);
  DdSnapshot *snapshot;
  gboolean row;

  if (statement == NULL)
    return NULL;
  dd_db_bind (statement, "ii", workspace, id);
  if (!dd_db_step (db, statement, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("This report is not kept any more."));
      return NULL;
    }
  snapshot = read_snapshot (statement);
  snapshot->markdown = dd_db_column_dup (statement, 9);
  snapshot->slack = dd_db_column_dup (statement, 10);
  if (sqlite3_column_type (statement, 11) == SQLITE_BLOB)
    snapshot->document = g_bytes_new (sqlite3_column_blob (statement, 11), (gsize) sqlite3_column_bytes (statement, 11));
  sqlite3_reset (statement);
  return snapshot;
}

gboolean
dd_snapshot_store_remove (DdDb    *db,
                          gint64   workspace,
                          gint64   id,
                          GError **error)
{
  return dd_db_run (db, error, "DELETE FROM snapshot WHERE workspace_id = ? AND id = ?", "ii", workspace, id);
}
