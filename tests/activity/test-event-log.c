/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-event-log.h"

#define NOON (G_GINT64_CONSTANT (1795176000) * DD_SECOND)

typedef struct
{
  const char *line;
  gboolean    whole; /* FALSE: broken */
  DdLogKind   kind;
  gboolean    kept;  /* the line tells more than its columns */
} LineCase;

static const LineCase line_cases[] = {
  { "{\"timestamp\":\"2026-11-20T12:00:00Z\",\"event\":\"task_ok\",\"dag_run_id\":\"r\",\"task_id\":\"a\",\"attempt\":2}", TRUE,
    DD_EVENT_TASK_OK, FALSE },
  { "{\"timestamp\":\"2026-11-20T13:00:00+01:00\",\"event\":\"task_fail\",\"dag_run_id\":\"r\",\"task_id\":\"a\",\"error\":null}", TRUE,
    DD_EVENT_TASK_FAIL, FALSE },
  { "{\"timestamp\":\"2026-11-20T12:00:00\",\"event\":\"task_start\",\"dag_run_id\":\"r\",\"workflow_ref\":\"x\"}", TRUE,
    DD_EVENT_TASK_START, FALSE },
  { "{\"timestamp\":1795176000,\"event\":\"dag_start\",\"dag_run_id\":\"r\",\"tenant\":\"t\",\"task_count\":3}", TRUE,
    DD_EVENT_RUN_START, FALSE },
  { "{\"timestamp\":1795176000.0,\"event\":\"dag_done\",\"dag_run_id\":\"r\",\"duration_seconds\":3.5}", TRUE, DD_EVENT_RUN_DONE, TRUE },
  /* It does not say which run it is of. */
  { "{\"timestamp\":1795176000,\"event\":\"task_ok\",\"dag_name\":\"n\"}", TRUE, DD_EVENT_TASK_OK, TRUE },
  { "{\"timestamp\":1795176000,\"event\":\"run_started\",\"schedule_id\":\"s\"}", TRUE, DD_EVENT_SCHEDULE_STARTED, FALSE },
  { "{\"timestamp\":1795176000,\"event\":\"run_finished\",\"schedule_id\":\"s\",\"status\":\"retry\"}", TRUE, DD_EVENT_SCHEDULE_FINISHED,
    FALSE },
  { "{\"timestamp\":1795176000,\"event\":\"run_finished\",\"schedule_id\":\"s\",\"status\":\"new\"}", TRUE, DD_EVENT_SCHEDULE_FINISHED,
    TRUE },
  { "{\"timestamp\":1795176000,\"event\":\"brand_new\",\"a\":[1]}", TRUE, DD_EVENT_UNKNOWN, TRUE },
  { "{\"timestamp\":1795176000,\"event\":\"task_ok\",\"dag_run_id\":\"r\",\"task_id\":7}", TRUE, DD_EVENT_TASK_OK, TRUE },
  { "{\"timestamp\":\"yesterday\",\"event\":\"task_ok\"}", FALSE, 0, FALSE },
  { "{\"timestamp\":1e300,\"event\":\"task_ok\"}", FALSE, 0, FALSE },
  { "{\"event\":\"task_ok\"}", FALSE, 0, FALSE },
  { "{\"timestamp\":1795176000}", FALSE, 0, FALSE },
  { "{\"timestamp\":1795176000,\"event\":7}", FALSE, 0, FALSE },
  { "[1]", FALSE, 0, FALSE },
  { "{\"timestamp\":", FALSE, 0, FALSE },
  { "\xff\xfe", FALSE, 0, FALSE },
};

static void
test_lines (void)
{
  g_autoptr (DdEventParser) parser = dd_event_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (line_cases); i++)
    {
      const LineCase *c = &line_cases[i];
      DdEvent event;

      g_test_message ("line %zu", i);
      g_assert_cmpint (dd_event_parser_read (parser, c->line, strlen (c->line), &event), ==, c->whole);
      if (!c->whole)
        continue;
      g_assert_cmpint (event.kind, ==, c->kind);
      g_assert_cmpint (event.line != NULL, ==, c->kept);
      g_assert_cmpint (event.at, ==, NOON);
    }
}

static void
test_deep (void)
{
  g_autoptr (DdEventParser) parser = dd_event_parser_new ();
  g_autofree char *deep = g_strnfill (900000, '[');
  DdEvent event;

  g_assert_false (dd_event_parser_read (parser, deep, strlen (deep), &event));
}

static gboolean
count_event (const DdEvent *event,
             gpointer       count,
             GError       **error)
{
  ++*(guint *) count;
  return TRUE;
}

/* The same comes of a log however it is cut. */
static void
test_pieces (void)
{
  static const char good[] = "{\"timestamp\":1795176000,\"event\":\"task_ok\",\"dag_run_id\":\"r\"}";
  g_autofree char *text = g_strdup_printf ("\xef\xbb\xbf%s\r\n\n  %s \nbroken\n%s", good, good, good);

  for (gsize piece = 1; piece <= strlen (text); piece++)
    {
      DdEventLogCounts counts;
      g_autoptr (DdEventLog) log = NULL;
      guint seen = 0;

      dd_event_log_counts_init (&counts);
      log = dd_event_log_new (count_event, &seen, &counts);
      for (gsize at = 0; at < strlen (text); at += piece)
        g_assert_true (dd_event_log_feed (log, text + at, MIN (piece, strlen (text) - at), NULL));
      g_assert_cmpuint (dd_event_log_pending (log), ==, strlen (good));
      g_assert_cmpuint (seen, ==, 2);
      g_assert_true (dd_event_log_finish (log, NULL));
      g_assert_cmpuint (seen, ==, 3);
      g_assert_cmpuint (counts.lines, ==, 4);
      g_assert_cmpuint (counts.events, ==, 3);
      g_assert_cmpuint (counts.broken, ==, 1);
      g_assert_cmpuint (g_array_index (counts.broken_lines, guint64, 0), ==, 4);
      dd_event_log_counts_clear (&counts);
    }
}

/* A file that is no log takes no memory and ends as one broken line. */
static void
test_endless_line (void)
{
  g_autofree char *piece = g_strnfill (65536, 'x');
  DdEventLogCounts counts;
  g_autoptr (DdEventLog) log = NULL;
  guint seen = 0;

  dd_event_log_counts_init (&counts);
  log = dd_event_log_new (count_event, &seen, &counts);
  for (int i = 0; i < 100; i++)
    g_assert_true (dd_event_log_feed (log, piece, 65536, NULL));
  g_assert_true (dd_event_log_feed (log, "\n{\"timestamp\":1,\"event\":\"task_ok\"}\n", 36, NULL));
  g_assert_cmpuint (counts.broken, ==, 1);
  g_assert_cmpuint (seen, ==, 1);
  dd_event_log_counts_clear (&counts);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/event-log/lines", test_lines);
  g_test_add_func ("/event-log/deep", test_deep);
  g_test_add_func ("/event-log/pieces", test_pieces);
  g_test_add_func ("/event-log/endless-line", test_endless_line);
  return g_test_run ();
}
