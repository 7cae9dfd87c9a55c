/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-log.h"

#include <string.h>

#define LONGEST_LINE (1024 * 1024)

struct _DdEventLog
{
  DdEventFunc       func;
  gpointer          user_data;
  DdEventLogCounts *counts;
  DdEventParser    *parser;
  GString          *rest;     /* the line that has not ended */
  gsize             pending;  /* its bytes, also those that were dropped */
  gboolean          too_long;
  guint64           number;
};

void
dd_event_log_counts_init (DdEventLogCounts *counts)
{
  *counts = (DdEventLogCounts) { .broken_lines = g_array_new (FALSE, FALSE, sizeof (guint64)) };
}

void
dd_event_log_counts_clear (DdEventLogCounts *counts)
{
  g_clear_pointer (&counts->broken_lines, g_array_unref);
}

DdEventLog *
dd_event_log_new (DdEventFunc       func,
                  gpointer          user_data,
                  DdEventLogCounts *counts)
{
  DdEventLog *log = g_new0 (DdEventLog, 1);

  log->func = func;
  log->user_data = user_data;
  log->counts = counts;
  log->parser = dd_event_parser_new ();
  log->rest = g_string_new (NULL);
  return log;
}

void
dd_event_log_free (DdEventLog *log)
{
  if (log == NULL)
    return;
  dd_event_parser_free (log->parser);
  g_string_free (log->rest, TRUE);
  g_free (log);
}

static void
note_broken (DdEventLog *log)
{
  log->counts->broken++;
  if (log->counts->broken_lines->len < DD_EVENT_LOG_BROKEN_SHOWN)
    g_array_append_val (log->counts->broken_lines, log->number);
}

static gboolean
end_line (DdEventLog *log,
          GError    **error)
{
  const char *line = log->rest->str;
  gsize length = log->rest->len;
  gboolean goes_on = TRUE;
  DdEvent event;

  log->number++;
  /* A byte order mark, and white space around it. */
  if (log->number == 1 && g_str_has_prefix (line, "\xef\xbb\xbf"))
    line += 3, length -= 3;
  for (; length > 0 && g_ascii_isspace (*line); line++, length--)
    ;
  for (; length > 0 && g_ascii_isspace (line[length - 1]); length--)
    ;
  log->rest->str[(line - log->rest->str) + (gssize) length] = '\0';
  if (length > 0 || log->too_long)
    {
      log->counts->lines++;
      if (log->too_long || !dd_event_parser_read (log->parser, line, length, &event))
        note_broken (log);
      else
        {
          log->counts->events++;
          goes_on = log->func (&event, log->user_data, error);
        }
    }
  g_string_truncate (log->rest, 0);
  log->pending = 0;
  log->too_long = FALSE;
  return goes_on;
}

gboolean
dd_event_log_feed (DdEventLog *log,
                   const char *bytes,
                   gsize       length,
                   GError    **error)
{
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *line_end = memchr (bytes, '\n', (gsize) (end - bytes));
      gsize piece = (gsize) ((line_end != NULL ? line_end : end) - bytes);

      log->pending += piece;
      if (log->rest->len + piece > LONGEST_LINE)
        {
          log->too_long = TRUE;
          g_string_truncate (log->rest, 0);
        }
      else if (!log->too_long)
        g_string_append_len (log->rest, bytes, (gssize) piece);
      if (line_end == NULL)
        return TRUE;
      if (!end_line (log, error))
        return FALSE;
      bytes = line_end + 1;
    }
  return TRUE;
}

gboolean
dd_event_log_finish (DdEventLog *log,
                     GError    **error)
{
  return log->pending == 0 || end_line (log, error);
}

void
dd_event_log_go_on_behind (DdEventLog *log,
                           guint64     lines)
{
  log->number = lines;
}

guint64
dd_event_log_get_line (DdEventLog *log)
{
  return log->number;
}

gsize
dd_event_log_pending (DdEventLog *log)
{
  return log->pending;
}

gboolean
dd_event_log_run_begins (DdLogKind kind,
                         gboolean   *open)
{
  gboolean begins = kind == DD_EVENT_RUN_START || !*open;

  *open = kind != DD_EVENT_RUN_DONE;
  return begins;
}
