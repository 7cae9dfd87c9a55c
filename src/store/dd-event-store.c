/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-private.h"

#include <string.h>

/* Enough that a transaction costs little, few enough that another process soon has its turn. */
#define BATCH 10000

/* Runs whose row is remembered. */
#define MOST_RUNS 20000

/* While events are written, more of the file is kept at hand, since lines in no order touch pages all over it; and the log is
 * moved into it less often, since the same pages are touched again and again. */
#define CACHE "PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 8000"
#define CACHE_OTHERWISE "PRAGMA cache_size = -2048; PRAGMA wal_autocheckpoint = 1000"

/* A run and what this batch told of it. */
typedef struct
{
  gint64   id;
  gboolean touched;
  char    *name, *tenant;
  gint64   start, first, last, done, failed_at, pending, approved;
  gint64   ok, failed;
} EventRun;

static void
event_run_reset (EventRun *run)
{
  g_clear_pointer (&run->name, g_free);
  g_clear_pointer (&run->tenant, g_free);
  run->touched = FALSE;
  run->start = run->first = run->last = run->done = run->failed_at = run->pending = run->approved = DD_TIME_NONE;
  run->ok = run->failed = DD_TIME_NONE;
}

static void
event_run_free (gpointer data)
{
  EventRun *run = data;

  event_run_reset (run);
  g_free (run);
}

char *
dd_event_store_own_prefix (DdDb *db)
{
  gint64 store = dd_db_int (db, 0, "SELECT value FROM activity_state WHERE name = 'store'", "");

  return g_strdup_printf ("doradash-%" G_GINT64_MODIFIER "x-", store);
}

DdEventWriter *
dd_event_writer_new (DdDb  *db,
                     gint64 workspace)
{
  DdEventWriter *writer = g_new0 (DdEventWriter, 1);

  writer->db = db;
  writer->workspace = workspace;
  writer->own_prefix = dd_event_store_own_prefix (db);
  writer->events = g_array_sized_new (FALSE, FALSE, sizeof (DdEvent), BATCH);
  writer->strings = g_string_chunk_new (64 * 1024);
  writer->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, event_run_free);
  writer->touched = g_ptr_array_new ();
  sqlite3_exec (db->handle, CACHE, NULL, NULL, NULL);
  return writer;
}

void
dd_event_writer_free (DdEventWriter *writer)
{
  if (writer == NULL)
    return;
  sqlite3_exec (writer->db->handle, CACHE_OTHERWISE, NULL, NULL, NULL);
  g_free (writer->own_prefix);
  g_array_unref (writer->events);
  g_string_chunk_free (writer->strings);
  g_ptr_array_unref (writer->touched);
  g_hash_table_unref (writer->runs);
  g_free (writer);
}

guint64
dd_event_writer_get_added (DdEventWriter *writer)
{
  return writer->added;
}

static gint64
least (gint64 a,
       gint64 b)
{
  return a == DD_TIME_NONE ? b : MIN (a, b);
}

gint64
dd_event_writer_run_id (DdEventWriter *writer,
                        gboolean       loose,
                        const char    *key,
                        gpointer      *run,
                        GError       **error)
{
  /* A name cannot hold a line break in either place, so the two kinds of keys never meet. */
  g_autofree char *own = loose ? g_strconcat ("\n", key, NULL) : NULL;
  EventRun *known = g_hash_table_lookup (writer->runs, loose ? own : key);

  if (known == NULL)
    {
      gint64 id;

      if (!dd_db_run (writer->db, error, "INSERT OR IGNORE INTO log_run (workspace_id, loose, key) VALUES (?, ?, ?)", "ins",
                      writer->workspace, (int) loose, key))
        return 0;
      id = dd_db_int (writer->db, 0, "SELECT id FROM log_run WHERE workspace_id = ? AND loose = ? AND key = ?", "ins",
                      writer->workspace, (int) loose, key);
      known = g_new0 (EventRun, 1);
      event_run_reset (known);
      known->id = id;
      g_hash_table_insert (writer->runs, g_strdup (loose ? own : key), known);
    }
  *run = known;
  return known->id;
}

void
dd_event_writer_merge (DdEventWriter *writer,
                       gpointer       data,
                       const DdEvent *event)
{
  EventRun *run = data;

  if (!run->touched)
    g_ptr_array_add (writer->touched, run);
  run->touched = TRUE;
  run->first = least (run->first, event->at);
  run->last = MAX (run->last, event->at);
  if (event->name != NULL && run->name == NULL)
    run->name = g_strdup (event->name);
  if (event->tenant != NULL && run->tenant == NULL)
    run->tenant = g_strdup (event->tenant);
  switch (event->kind)
    {
    case DD_EVENT_RUN_START:
      run->start = least (run->start, event->at);
      break;
    case DD_EVENT_TASK_FAIL:
      run->failed_at = MAX (run->failed_at, event->at);
      break;
    case DD_EVENT_CHECKPOINT_PENDING:
      run->pending = MAX (run->pending, event->at);
      break;
    case DD_EVENT_CHECKPOINT_APPROVED:
      run->approved = MAX (run->approved, event->at);
      break;
    case DD_EVENT_RUN_DONE:
      run->done = MAX (run->done, event->at);
      if (event->ok >= 0)
        run->ok = MAX (run->ok, event->ok);
      if (event->failed >= 0)
        run->failed = MAX (run->failed, event->failed);
      break;
    default:
      break;
    }
}

/* What is there already stays where the batch tells nothing; where both tell, the outermost time holds. */
gboolean
dd_event_writer_write_runs (DdEventWriter *writer,
                            GError       **error)
{
  static const char update[] =
    "UPDATE log_run SET name = min (ifnull (name, ?1), ifnull (?1, name)), tenant = min (ifnull (tenant, ?2), ifnull (?2, tenant)),"
    " start = min (ifnull (start, ?3), ifnull (?3, start)), first_at = min (ifnull (first_at, ?4), ifnull (?4, first_at)),"
    " last_at = max (ifnull (last_at, ?5), ifnull (?5, last_at)), done_at = max (ifnull (done_at, ?6), ifnull (?6, done_at)),"
    " failed_at = max (ifnull (failed_at, ?7), ifnull (?7, failed_at)),"
    " pending_at = max (ifnull (pending_at, ?8), ifnull (?8, pending_at)),"
    " approved_at = max (ifnull (approved_at, ?9), ifnull (?9, approved_at)),"
    " ok = max (ifnull (ok, ?10), ifnull (?10, ok)), failed = max (ifnull (failed, ?11), ifnull (?11, failed)) WHERE id = ?12";

  for (guint i = 0; i < writer->touched->len; i++)
    {
      EventRun *run = g_ptr_array_index (writer->touched, i);

      if (!dd_db_run (writer->db, error, update, "ssttttttttti", run->name, run->tenant, run->start, run->first, run->last, run->done,
                      run->failed_at, run->pending, run->approved, run->ok, run->failed, run->id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_event (DdEventWriter *writer,
             const DdEvent *event,
             GError       **error)
{
  gboolean of_run = dd_event_is_of_run (event), loose = of_run && event->run == NULL;
  gint64 run_id = DD_TIME_NONE;
  gpointer run = NULL;

  if (of_run && !loose && (run_id = dd_event_writer_run_id (writer, FALSE, event->run, &run, error)) == 0)
    return FALSE;
  if (!dd_db_run (writer->db, error,
                  "INSERT OR IGNORE INTO log_event (at, workspace_id, hash, kind, run_id, task, job, ref, attempt, status, error,"
                  " loose_name, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, -1), ?, ?, ?, ?)", "iiintsssinsss", event->at,
                  writer->workspace, (gint64) event->hash, (int) event->kind, run_id, event->task, event->job, event->ref,
                  event->attempt, (int) event->status, event->error,
                  !loose ? NULL : event->name != NULL ? event->name : "", event->line))
    return FALSE;
  if (sqlite3_changes (writer->db->handle) == 0)
    return TRUE;
  writer->added++;
  if (run != NULL)
    dd_event_writer_merge (writer, run, event);
  return TRUE;
}

static gboolean
write_batch (DdEventWriter *writer,
             GError       **error)
{
  for (guint i = 0; i < writer->events->len; i++)
    if (!write_event (writer, &g_array_index (writer->events, DdEvent, i), error))
      return FALSE;
  return dd_event_writer_write_runs (writer, error);
}

gboolean
dd_event_writer_flush (DdEventWriter *writer,
                       GError       **error)
{
  guint64 added = writer->added;
  gboolean done;

  if (!dd_db_begin (writer->db, error))
    return FALSE;
  done = write_batch (writer, error);
  if (!done)
    dd_db_rollback (writer->db);
  done = done && dd_db_commit (writer->db, error);
  if (!done)
    writer->added = added;
  for (guint i = 0; i < writer->touched->len; i++)
    event_run_reset (g_ptr_array_index (writer->touched, i));
  g_ptr_array_set_size (writer->touched, 0);
  /* A row that was rolled back has no id. */
  if (!done || g_hash_table_size (writer->runs) > MOST_RUNS)
    g_hash_table_remove_all (writer->runs);
  g_array_set_size (writer->events, 0);
  g_string_chunk_clear (writer->strings);
  return done;
}

static const char *
keep (DdEventWriter *writer,
      const char    *text)
{
  return text != NULL ? g_string_chunk_insert (writer->strings, text) : NULL;
}

gboolean
dd_event_writer_add (DdEventWriter *writer,
                     const DdEvent *event,
                     GError       **error)
{
  DdEvent kept = *event;

  /* The program's own runs stand in the database already. */
  if (event->run != NULL && g_str_has_prefix (event->run, writer->own_prefix))
    return TRUE;
  kept.run = keep (writer, event->run);
  kept.name = keep (writer, event->name);
  kept.tenant = keep (writer, event->tenant);
  kept.task = keep (writer, event->task);
  kept.job = keep (writer, event->job);
  kept.ref = keep (writer, event->ref);
  kept.error = keep (writer, event->error);
  kept.line = keep (writer, event->line);
  g_array_append_val (writer->events, kept);
  return writer->events->len < BATCH || dd_event_writer_flush (writer, error);
}
