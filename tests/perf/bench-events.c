/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-events LINES FOLDER: the import of a generated log beside its floor (reading the file and parsing each line with
 * json-glib alone) in the same run, the memory that it takes, and the question about a day and about all of it. */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dd-activity-list.h"
#include "dd-activity.h"
#include "dd-db-private.h"
#include "dd-event-reader.h"

#define FIRST (G_GINT64_CONSTANT (1767225600) * DD_SECOND)
#define TASKS_OF_RUN 10
#define LINES_OF_RUN (2 * TASKS_OF_RUN + 2)

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1e6;
}

/* "VmHWM:" is the most since the last reset. */
static long
memory_kilobytes (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, field)) == NULL)
    return 0;
  return (long) g_ascii_strtoll (line + strlen (field), NULL, 10);
}

static void
reset_memory (void)
{
  FILE *refs = fopen ("/proc/self/clear_refs", "w");

  if (refs == NULL)
    return;
  fputs ("5", refs);
  fclose (refs);
}

static void
write_line (FILE       *file,
            gint64      at,
            guint       run,
            const char *event,
            const char *more)
{
  g_autofree char *time = dd_time_format (at, NULL);

  fprintf (file, "{\"timestamp\": \"%s\", \"event\": \"%s\", \"dag_name\": \"nightly-%u\", \"dag_run_id\": \"run-%08u\", %s}\n", time, event,
           run % 20, run, more);
}

static void
write_run (FILE  *file,
           guint  run,
           gint64 at)
{
  g_autofree char *start = g_strdup_printf ("\"tenant\": \"tenant-%u\", \"task_count\": %d", run % 7, TASKS_OF_RUN);

  write_line (file, at, run, "dag_start", start);
  for (int i = 0; i < TASKS_OF_RUN; i++)
    {
      g_autofree char *begin = g_strdup_printf ("\"task_id\": \"task-%d\", \"workflow_ref\": \"flows/step-%d.yaml\"", i, i);
      g_autofree char *end = g_strdup_printf ("\"task_id\": \"task-%d\", \"attempt\": 1", i);

      write_line (file, at + (2 * i + 1) * DD_SECOND, run, "task_start", begin);
      write_line (file, at + (2 * i + 2) * DD_SECOND, run, "task_ok", end);
    }
  write_line (file, at + 30 * DD_SECOND, run, "dag_done", "\"tasks_succeeded\": 10, \"tasks_failed\": 0, \"duration_seconds\": 30");
}

static gint64
write_log (const char *path,
           guint       lines)
{
  FILE *file = fopen (path, "w");
  guint runs = lines / LINES_OF_RUN;

  g_assert_nonnull (file);
  for (guint run = 0; run < runs; run++)
    write_run (file, run, FIRST + run * DD_MINUTE);
  fclose (file);
  return FIRST + runs * DD_MINUTE;
}

static double
measure_floor (const char *path)
{
  FILE *file = fopen (path, "r");
  g_autoptr (JsonParser) parser = json_parser_new ();
  gint64 start = g_get_monotonic_time ();
  char *line = NULL;
  size_t room = 0;
  gssize length;

  g_assert_nonnull (file);
  while ((length = getline (&line, &room, file)) > 0)
    g_assert_true (json_parser_load_from_data (parser, line, length - 1, NULL));
  free (line);
  fclose (file);
  return seconds_since (start);
}

static double
measure_import (DdDb       *db,
                const char *path)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *position = NULL;
  DdEventLogCounts counts;
  gboolean missing;

  dd_event_log_counts_init (&counts);
  dd_event_reader_read (db, 0, path, TRUE, &position, &missing, &counts, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.broken, ==, 0);
  dd_event_log_counts_clear (&counts);
  return seconds_since (start);
}

static double
measure_window (DdDb   *db,
                gint64  end,
                gint64  length,
                guint64 *tasks)
{
  DdActivityWindow window = { 0, end - length, end };
  g_autoptr (DdTaskTally) tally = dd_task_tally_new (0);
  gint64 start = g_get_monotonic_time ();
  DdTaskSummary summary;

  g_assert_true (dd_activity_list_marks (db, &window, dd_task_tally_add, tally, NULL));
  dd_task_tally_summarize (tally, &summary);
  *tasks = summary.started;
  return seconds_since (start);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL, *database = NULL;
  g_autoptr (GError) error = NULL;
  double floor, import, day, all;
  guint64 tasks_day, tasks_all;
  long before, peak;
  gint64 end;
  DdDb *db;

  g_assert_cmpint (argc, ==, 3);
  path = g_build_filename (argv[2], "events.jsonl", NULL);
  database = g_build_filename (argv[2], "events.db", NULL);
  end = write_log (path, (guint) g_ascii_strtoull (argv[1], NULL, 10));
  floor = measure_floor (path);
  db = dd_db_open (database, &error);
  g_assert_no_error (error);
  reset_memory ();
  before = memory_kilobytes ("VmRSS:");
  import = measure_import (db, path);
  peak = memory_kilobytes ("VmHWM:");
  day = measure_window (db, end, DD_DAY, &tasks_day);
  all = measure_window (db, end, 100 * 365 * DD_DAY, &tasks_all);
  dd_db_close (db);
  printf ("%8s lines: import %.2f s (%.2f x floor, %ld kB), a day (%" G_GUINT64_FORMAT " tasks) %.4f s, all (%" G_GUINT64_FORMAT
          " tasks) %.2f s\n", argv[1], import, import / floor, peak - before, tasks_day, day, tasks_all, all);
  g_unlink (path);
  g_unlink (database);
  return EXIT_SUCCESS;
}
