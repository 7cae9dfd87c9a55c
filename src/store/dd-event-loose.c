/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-private.h"

/* Events that do not name their run: which one they are part of is known only when all of a name's are in order, and changes
 * with each that comes later. */

static void
loose_event_free (gpointer data)
{
  DdLooseEvent *event = data;

  g_free (event->line);
  g_free (event);
}

char *
dd_event_writer_next_loose (DdEventWriter *writer,
                            gint64        *at,
                            GError       **error)
{
  sqlite3_stmt *rows = dd_db_prepare (writer->db,
                                      "SELECT loose_name, at FROM log_event WHERE workspace_id = ? AND loose_name IS NOT NULL"
                                      " AND run_id IS NULL ORDER BY loose_name, at LIMIT 1", error);
  char *name = NULL;
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", writer->workspace);
  if (!dd_db_step (writer->db, rows, &row, error) || !row)
    return NULL;
  name = dd_db_column_dup (rows, 0);
  *at = sqlite3_column_int64 (rows, 1);
  sqlite3_reset (rows);
  return name;
}

gboolean
dd_event_writer_forget_loose (DdEventWriter *writer,
                              const char    *name,
                              gint64        *at,
                              GError       **error)
{
  /* Where a run's start stands, the runs before it do not matter. */
  *at = dd_db_int (writer->db, G_MININT64,
                   "SELECT at FROM log_event WHERE workspace_id = ? AND loose_name = ? AND at <= ? AND kind = 1 ORDER BY at DESC LIMIT 1",
                   "isi", writer->workspace, name, *at);
  g_hash_table_remove_all (writer->runs);
  return dd_db_run (writer->db, error, "DELETE FROM log_run WHERE loose AND workspace_id = ? AND name = ? AND first_at >= ?", "isi",
                    writer->workspace, name, *at);
}

GPtrArray *
dd_event_writer_read_loose (DdEventWriter         *writer,
                            const char            *name,
                            const DdLoosePosition *position,
                            guint                  limit,
                            GError               **error)
{
  sqlite3_stmt *rows = dd_db_prepare (writer->db,
                                      "SELECT at, kind, hash, line FROM log_event WHERE workspace_id = ? AND loose_name = ?"
                                      " AND (at, kind, hash) > (?, ?, ?) ORDER BY at, kind, hash LIMIT ?", error);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (loose_event_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "isinin", writer->workspace, name, position->at, (int) position->kind, position->hash, (int) limit);
  while (dd_db_step (writer->db, rows, &row, error))
    {
      DdLooseEvent *event;

      if (!row)
        return g_steal_pointer (&events);
      event = g_new0 (DdLooseEvent, 1);
      event->position = (DdLoosePosition) { sqlite3_column_int64 (rows, 0), sqlite3_column_int (rows, 1), sqlite3_column_int64 (rows, 2) };
      event->line = dd_db_column_dup (rows, 3);
      g_ptr_array_add (events, event);
    }
  return NULL;
}

gboolean
dd_event_writer_assign (DdEventWriter *writer,
                        const DdEvent *event,
                        gint64         start,
                        GError       **error)
{
  DdEvent named = *event;
  g_autofree char *key = NULL;
  gpointer run = NULL;
  gint64 id;

  if (named.name == NULL)
    named.name = "";
  key = g_strdup_printf ("%s@%" G_GINT64_FORMAT, named.name, start);
  id = dd_event_writer_run_id (writer, TRUE, key, &run, error);
  if (id == 0)
    return FALSE;
  dd_event_writer_merge (writer, run, &named);
  return dd_db_run (writer->db, error, "UPDATE log_event SET run_id = ? WHERE at = ? AND workspace_id = ? AND hash = ?", "iiii", id,
                    event->at, writer->workspace, (gint64) event->hash);
}
