/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dd-error.h"
#include "dd-event-sorter.h"
#include "dd-event-store.h"
#include "dd-record-store.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

#define PIECE (256 * 1024)

/* Events that are put in order at once. */
#define LOOSE_PAGE 5000

/* The built-in places of an orchestrator's logs; its environment says otherwise where they are elsewhere. */
#define EVENTS_PATH "logs/orchestrator_events.jsonl"
#define STATE_PATH "logs/orchestrator_state.jsonl"

gboolean
dd_event_reader_workspace (DdDb        *db,
                           const char  *name,
                           gint64      *workspace,
                           DdSettings **settings,
                           GError     **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (DdWorkspace) loaded = dd_workspace_load (db, name, &cause);

  *workspace = 0;
  if (loaded != NULL)
    {
      *workspace = loaded->id;
      if (settings != NULL)
        *settings = g_steal_pointer (&loaded->settings);
      return TRUE;
    }
  if (name == NULL && g_error_matches (cause, DD_ERROR, DD_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
add_event (const DdEvent *event,
           gpointer       writer,
           GError       **error)
{
  return dd_event_writer_add (writer, event, error);
}

/* Puts one name's events to runs, from @at on. */
static gboolean
assign_name (DdEventWriter *writer,
             const char    *name,
             gint64         at,
             GError       **error)
{
  g_autoptr (DdEventParser) parser = dd_event_parser_new ();
  DdLoosePosition position = { G_MININT64, 0, G_MININT64 };
  gboolean open = FALSE;
  gint64 start = 0;

  if (!dd_event_writer_forget_loose (writer, name, &at, error))
    return FALSE;
  position.at = at;
  for (;;)
    {
      g_autoptr (GPtrArray) events = dd_event_writer_read_loose (writer, name, &position, LOOSE_PAGE, error);

      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          const DdLooseEvent *loose = g_ptr_array_index (events, i);
          DdEvent event;

          position = loose->position;
          if (!dd_event_parser_read (parser, loose->line, strlen (loose->line), &event))
            continue;
          if (dd_event_log_run_begins (event.kind, &open))
            start = event.at;
          if (!dd_event_writer_assign (writer, &event, start, error))
            return FALSE;
        }
      if (!dd_event_writer_flush (writer, error))
        return FALSE;
      if (events->len < LOOSE_PAGE)
        return TRUE;
    }
}

/* Runs that do not name themselves: each name's are told apart in one transaction, or not at all. */
static gboolean
assign_loose (DdDb          *db,
              DdEventWriter *writer,
              GError       **error)
{
  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      gint64 at = 0;
      g_autofree char *name = dd_event_writer_next_loose (writer, &at, &cause);

      if (name == NULL && cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (name == NULL)
        return TRUE;
      if (!dd_db_begin (db, error))
        return FALSE;
      if (!assign_name (writer, name, at, error))
        {
          dd_db_rollback (db);
          return FALSE;
        }
      if (!dd_db_commit (db, error))
        return FALSE;
    }
}

static gboolean
fail_reading (const char *path,
              int         code,
              GError    **error)
{
  g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("%s cannot be read: %s"), path, g_strerror (code));
  return FALSE;
}

static gboolean
feed_file (DdEventLog   *log,
           int           file,
           const char   *path,
           gint64       *offset,
           gint64        size,
           int          *permille,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree char *piece = g_malloc (PIECE);

  for (;;)
    {
      gssize n = read (file, piece, PIECE);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_reading (path, errno, error);
      if (n == 0)
        return TRUE;
      *offset += n;
      if (permille != NULL && size > 0)
        g_atomic_int_set (permille, (int) (1000.0 * (double) MIN (*offset, size) / (double) size));
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !dd_event_log_feed (log, piece, (gsize) n, error))
        return FALSE;
    }
}

/* "inode offset lines", where the file is the same and has not been made anew. */
static void
read_position (const char        *text,
               const struct stat *stat_,
               gint64            *offset,
               guint64           *lines)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  *offset = 0;
  *lines = 0;
  if (g_strv_length (words) != 3 || g_ascii_strtoull (words[0], NULL, 10) != (guint64) stat_->st_ino ||
      g_ascii_strtoll (words[1], NULL, 10) > (gint64) stat_->st_size)
    return;
  *offset = g_ascii_strtoll (words[1], NULL, 10);
  *lines = g_ascii_strtoull (words[2], NULL, 10);
}

static gboolean
read_open_file (DdDb             *db,
                gint64            workspace,
                const char       *path,
                int               file,
                gboolean          whole,
                char            **position,
                DdEventLogCounts *counts,
                int              *permille,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autoptr (DdEventWriter) writer = dd_event_writer_new (db, workspace);
  g_autoptr (DdEventSorter) sorter = dd_event_sorter_new (add_event, writer);
  g_autoptr (DdEventLog) log = dd_event_log_new (dd_event_sorter_add, sorter, counts);
  struct stat about;
  gint64 offset;
  guint64 lines;
  gboolean done;

  if (fstat (file, &about) != 0)
    return fail_reading (path, errno, error);
  if (S_ISDIR (about.st_mode))
    return fail_reading (path, EISDIR, error);
  read_position (*position, &about, &offset, &lines);
  if (offset > 0 && lseek (file, offset, SEEK_SET) < 0)
    return fail_reading (path, errno, error);
  dd_event_log_go_on_behind (log, lines);
  done = feed_file (log, file, path, &offset, about.st_size, permille, cancellable, error) && (!whole || dd_event_log_finish (log, error)) &&
         dd_event_sorter_finish (sorter, cancellable, error) && dd_event_writer_flush (writer, error) && assign_loose (db, writer, error);
  counts->added += dd_event_writer_get_added (writer);
  if (!done)
    return FALSE;
  g_free (*position);
  *position = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT, (guint64) about.st_ino,
                               offset - (gint64) dd_event_log_pending (log), dd_event_log_get_line (log));
  return TRUE;
}

gboolean
dd_event_reader_read (DdDb             *db,
                      gint64            workspace,
                      const char       *path,
                      gboolean          whole,
                      char            **position,
                      gboolean         *missing,
                      DdEventLogCounts *counts,
                      int              *permille,
                      GCancellable     *cancellable,
                      GError          **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean done;

  *missing = file < 0 && (errno == ENOENT || errno == ENOTDIR);
  if (*missing)
    return TRUE;
  if (file < 0)
    return fail_reading (path, errno, error);
  done = read_open_file (db, workspace, path, file, whole, position, counts, permille, cancellable, error);
  close (file);
  return done;
}

/* The setting, or what the environment says where that is the built-in place. */
static const char *
path_of (const char *setting,
         const char *built_in,
         const char *variable)
{
  const char *named = g_getenv (variable);

  if (g_strcmp0 (setting, built_in) == 0 && named != NULL && *named != '\0')
    return named;
  return setting;
}

gint64
dd_event_reader_sync (DdDb                   *db,
                      gint64                  workspace,
                      gint64                  source,
                      const DdSourceSettings *settings,
                      GHashTable             *cursors,
                      GCancellable           *cancellable,
                      GError                **error)
{
  const char *paths[] = { path_of (settings->path, EVENTS_PATH, "ORCH_EVENTS_PATH"),
                          path_of (settings->state_path, STATE_PATH, "STATE_STORE_PATH") };
  gint64 added = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *key = g_strconcat (paths[i], "\n", "events", NULL);
      g_autofree char *position = g_strdup (g_hash_table_lookup (cursors, key));
      g_autoptr (DdBatch) batch = dd_batch_new ();
      DdEventLogCounts counts;
      gboolean missing, done;

      if (paths[i] == NULL || *paths[i] == '\0')
        continue;
      dd_event_log_counts_init (&counts);
      done = dd_event_reader_read (db, workspace, paths[i], FALSE, &position, &missing, &counts, NULL, cancellable, error);
      added += (gint64) counts.added;
      dd_event_log_counts_clear (&counts);
      if (!done)
        return -1;
      dd_batch_add_cursor (batch, paths[i], "events", position);
      if (!dd_record_store_put (db, workspace, source, batch, error))
        return -1;
    }
  return added;
}
