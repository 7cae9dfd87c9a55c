/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send-store.h"

#include "dd-db-private.h"

DdSendRecord *
dd_send_store_last (DdDb       *db,
                    gint64      workspace,
                    const char *what,
                    DdSendPart  part,
                    GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT id, at, outcome FROM send WHERE workspace_id = ? AND what = ? AND part = ?"
                                      " ORDER BY id DESC LIMIT 1", error);
  DdSendRecord *record;
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "isn", workspace, what, (int) part);
  if (!dd_db_step (db, rows, &row, error) || !row)
    return NULL;
  record = g_new0 (DdSendRecord, 1);
  record->id = sqlite3_column_int64 (rows, 0);
  record->at = sqlite3_column_int64 (rows, 1);
  record->outcome = sqlite3_column_int (rows, 2);
  sqlite3_reset (rows);
  return record;
}

gint64
dd_send_store_begin (DdDb       *db,
                     gint64      workspace,
                     const char *what,
                     DdSendPart  part,
                     const char *channel,
                     gint64      at,
                     GError    **error)
{
  if (!dd_db_run (db, error, "INSERT INTO send (workspace_id, what, part, channel, at) VALUES (?, ?, ?, ?, ?)", "isnsi", workspace,
                  what, (int) part, channel, at))
    return 0;
  return sqlite3_last_insert_rowid (db->handle);
}

gboolean
dd_send_store_end (DdDb         *db,
                   gint64        send,
                   DdSendOutcome outcome,
                   const char   *message,
                   GError      **error)
{
  return dd_db_run (db, error, "UPDATE send SET outcome = ?, message = ? WHERE id = ?", "nsi", (int) outcome, message, send);
}

gboolean
dd_send_store_confirm (DdDb       *db,
                       gint64      workspace,
                       const char *what,
                       GError    **error)
{
  return dd_db_run (db, error, "UPDATE send SET outcome = ? WHERE workspace_id = ? AND what = ? AND outcome = ?", "nisn",
                    (int) DD_SEND_SENT, workspace, what, (int) DD_SEND_UNKNOWN);
}

char *
dd_send_store_channel (DdDb  *db,
                       gint64 workspace)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT channel FROM send WHERE workspace_id = ? AND channel IS NOT NULL"
                                      " ORDER BY id DESC LIMIT 1", NULL);
  char *channel = NULL;
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  if (dd_db_step (db, rows, &row, NULL) && row)
    channel = dd_db_column_dup (rows, 0);
  sqlite3_reset (rows);
  return channel;
}
