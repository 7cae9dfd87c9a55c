/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench-events LINES FOLDER [shuffled]: the import of a generated log beside its floor (reading the file and parsing each
 * line with json-glib alone) in the same run, the memory that it takes, and the question about a day and about all of it. */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dd-activity-list.h"
#include "dd-activity.h"
#include "dd-db-private.h"
#include "dd-error-sink.h"
#include "dd-event-reader.h"

#define FIRST (G_GINT64_CONSTANT (1767225600) * DD_SECOND)
#define TASKS_OF_RUN 10
#define NOTES 100
#define LINES_OF_RUN (2 * TASKS_OF_RUN + 2)

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1e6;
}

/* What the processor did for this process, whoever else it worked for meanwhile. */
static double
processor_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
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

/* One line of the whole log, by its number in the order of time. */
static void
write_line (FILE *file,
            guint number)
{
  guint run = number / LINES_OF_RUN, place = number % LINES_OF_RUN, task = (place - 1) / 2;
  gint64 at = FIRST + run * DD_MINUTE + place * DD_SECOND;
  g_autofree char *time = dd_time_format (at, NULL);
  g_autofree char *more = NULL;
  const char *event;

  if (place == 0)
    {
      event = "dag_start";
      more = g_strdup_printf ("\"tenant\": \"tenant-%u\", \"task_count\": %d", run % 7, TASKS_OF_RUN);
    }
  else if (place == LINES_OF_RUN - 1)
    {
      event = "dag_done";
      more = g_strdup_printf ("\"tasks_succeeded\": %d, \"tasks_failed\": 0, \"duration_seconds\": %u", TASKS_OF_RUN, place);
    }
  else if (place % 2 == 1)
    {
      event = "task_start";
      more = g_strdup_printf ("\"task_id\": \"task-%u\", \"workflow_ref\": \"flows/step-%u.yaml\"", task, task);
    }
  else
    {
      event = "task_ok";
      more = g_strdup_printf ("\"task_id\": \"task-%u\", \"attempt\": 1", task);
    }
  fprintf (file, "{\"timestamp\": \"%s\", \"event\": \"%s\", \"dag_name\": \"nightly-%u\", \"dag_run_id\": \"run-%08u\", %s}\n", time, event,
           run % 20, run, more);
}

/* A permutation of the numbers below @n, which needs no list of them: one of the numbers below a power of two, walked until it
 * comes below @n. */
static guint
permute (guint number,
         guint n)
{
  guint bits = g_bit_storage (n - 1), mask = (guint) ((G_GUINT64_CONSTANT (1) << bits) - 1);

  do
    for (int round = 0; round < 3; round++)
      {
        number = (number * 0x9e3779b1u + 0x7f4a7c15u) & mask;
        number ^= number >> ((bits + 1) / 2);
      }
  while (number >= n);
  return number;
}

/* The end of its time. */
static gint64
write_log (const char *path,
           guint       lines,
           gboolean    shuffled)
{
  FILE *file = fopen (path, "w");
  guint runs = lines / LINES_OF_RUN, n = runs * LINES_OF_RUN;

  g_assert_nonnull (file);
  for (guint i = 0; i < n; i++)
    write_line (file, shuffled ? permute (i, n) : i);
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
  dd_event_reader_read (db, 0, path, TRUE, &position, &missing, &counts, NULL, NULL, &error);
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

/* The longest that noting an error takes, and the mean, while another process holds the database. */
static void
measure_sink (DdDb       *db,
              const char *path)
{
  DdErrorNote note = { "github", "sync", "http", "502 Bad Gateway", 0, 0, FIRST };
  g_autoptr (GError) error = NULL;
  DdDb *other = dd_db_open (path, &error);
  double longest = 0, sum = 0;

  g_assert_no_error (error);
  g_assert_true (dd_db_begin (other, &error));
  for (int i = 0; i < NOTES; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double took;

      dd_error_sink_note (db, &note);
      took = seconds_since (start) * 1000;
      longest = MAX (longest, took);
      sum += took;
    }
  g_assert_cmpint (dd_error_sink_dropped (db), ==, NOTES);
  dd_db_rollback (other);
  dd_db_close (other);
  printf ("an error under a locked database: %.1f ms at most, %.1f ms in the mean (%d allowed)\n", longest, sum / NOTES,
          DD_ERROR_SINK_MILLISECONDS);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL, *database = NULL;
  g_autoptr (GError) error = NULL;
  double floor, import, day, all, floor_work, import_work;
  guint64 tasks_day, tasks_all;
  long before, peak;
  gboolean shuffled;
  gint64 end;
  DdDb *db;

  g_assert_cmpint (argc, >=, 3);
  path = g_build_filename (argv[2], "events.jsonl", NULL);
  database = g_build_filename (argv[2], "events.db", NULL);
  shuffled = argc > 3 && strcmp (argv[3], "shuffled") == 0;
  end = write_log (path, (guint) g_ascii_strtoull (argv[1], NULL, 10), shuffled);
  floor_work = -processor_seconds ();
  floor = measure_floor (path);
  floor_work += processor_seconds ();
  db = dd_db_open (database, &error);
  g_assert_no_error (error);
  reset_memory ();
  before = memory_kilobytes ("VmRSS:");
  import_work = -processor_seconds ();
  import = measure_import (db, path);
  import_work += processor_seconds ();
  peak = memory_kilobytes ("VmHWM:");
  day = measure_window (db, end, DD_DAY, &tasks_day);
  all = measure_window (db, end, 100 * 365 * DD_DAY, &tasks_all);
  measure_sink (db, database);
  dd_db_close (db);
  printf ("%8s lines%s: import %.2f s (%.2f x floor, %.2f x its work, %ld kB), a day (%" G_GUINT64_FORMAT " tasks) %.4f s, all (%" G_GUINT64_FORMAT
          " tasks) %.2f s\n", argv[1], shuffled ? ", shuffled" : "", import, import / floor,
          import_work / floor_work, peak - before, tasks_day, day, tasks_all, all);
  g_unlink (path);
  g_unlink (database);
  return EXIT_SUCCESS;
}
