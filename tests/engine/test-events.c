/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "dd-event-import.h"
#include "dd-query-activity.h"
#include "engine-test.h"

#define RUNS 40
#define ROUNDS 12
#define SPAN (3 * DD_DAY)
#define FIRST (ENGINE_TEST_NOW - SPAN)

static const char workspace_json[] = "{ \"name\": \"Northwind\", \"timezone\": \"UTC\", \"sources\": [ { \"type\": \"files\" } ] }";

/* An event as the generator made it, for a count that knows nothing of the store. */
typedef struct
{
  int         run;    /* its number */
  const char *event;
  gint64      at;
  int         task;   /* -1: none */
  int         tenant; /* of its run */
  gint64      began;  /* of an end: its task's start; DD_TIME_NONE where the log does not tell */
} Made;

typedef struct
{
  GRand     *chance;
  GArray    *made;  /* of Made */
  GPtrArray *lines; /* the same, as text */
  int        broken;
} World;

static void
add (World      *world,
     int         run,
     int         tenant,
     const char *event,
     gint64      at,
     int         task,
     gint64      began)
{
  Made made = { run, event, at, task, tenant, began };
  g_autofree char *time = dd_time_format (at, NULL);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "{\"timestamp\":\"%s\",\"event\":\"%s\",\"dag_name\":\"flow-%d\",\"dag_run_id\":\"run-%d\"", time, event, run % 3,
                          run);
  if (task >= 0)
    g_string_append_printf (line, ",\"task_id\":\"task-%d\"", task);
  else
    g_string_append_printf (line, ",\"tenant\":\"tenant-%d\"", tenant);
  g_string_append (line, "}");
  g_ptr_array_add (world->lines, g_string_free (line, FALSE));
  g_array_append_val (world->made, made);
}

static void
make_run (World *world,
          int    run)
{
  int tenant = g_rand_int_range (world->chance, 0, 4), tasks = g_rand_int_range (world->chance, 0, 6);
  gint64 at = FIRST + g_rand_int_range (world->chance, 0, (gint32) (SPAN / DD_SECOND)) * DD_SECOND, last = at;
  gboolean failed = FALSE;

  add (world, run, tenant, "dag_start", at, -1, DD_TIME_NONE);
  for (int task = 0; task < tasks; task++)
    {
      gint64 start = at + g_rand_int_range (world->chance, 0, 100000) * (DD_SECOND / 1000);
      gint64 end = start + g_rand_int_range (world->chance, 1, 90000) * (DD_SECOND / 10);
      gboolean told = g_rand_int_range (world->chance, 0, 10) > 0, ok = g_rand_int_range (world->chance, 0, 4) > 0;

      if (told)
        add (world, run, tenant, "task_start", start, task, DD_TIME_NONE);
      for (int retry = g_rand_int_range (world->chance, 0, 3); retry > 0; retry--)
        add (world, run, tenant, "task_retry", end - retry, task, DD_TIME_NONE);
      if (g_rand_int_range (world->chance, 0, 10) == 0)
        continue;
      add (world, run, tenant, ok ? "task_ok" : "task_fail", end, task, told ? start : DD_TIME_NONE);
      failed |= !ok;
      last = MAX (last, end);
    }
  if (!failed)
    add (world, run, tenant, "dag_done", last + DD_SECOND, -1, DD_TIME_NONE);
  if (g_rand_boolean (world->chance))
    {
      g_ptr_array_add (world->lines, g_strdup ("{\"event\":"));
      world->broken++;
    }
}

static void
shuffle (World *world)
{
  for (guint i = world->lines->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (world->chance, 0, (gint32) i);
      gpointer kept = world->lines->pdata[i - 1];

      world->lines->pdata[i - 1] = world->lines->pdata[j];
      world->lines->pdata[j] = kept;
    }
}

static void
write_lines (EngineTest *t,
             const char *name,
             char      **lines,
             guint       n,
             const char *mode)
{
  g_autofree char *path = g_build_filename (t->folder, name, NULL);
  FILE *file = fopen (path, mode);

  g_assert_nonnull (file);
  for (guint i = 0; i < n; i++)
    fprintf (file, "%s\n", lines[i]);
  fclose (file);
}

static GPtrArray *
import (EngineTest *t,
        const char *first,
        const char *second)
{
  g_autofree char *one = g_build_filename (t->folder, first, NULL);
  g_autofree char *two = second != NULL ? g_build_filename (t->folder, second, NULL) : NULL;
  const char *paths[] = { one, two, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *imports;

  dd_event_import_async (t->engine, NULL, paths, NULL, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  imports = dd_event_import_finish (t->engine, result, &error);
  g_assert_no_error (error);
  return imports;
}

static DdActivity *
ask (EngineTest *t,
     int         hours,
     gint64      until)
{
  DdActivityQuery query = { .hours = hours, .until = until, .now = ENGINE_TEST_NOW };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DdActivity *activity;

  dd_query_activity_async (t->engine, &query, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  activity = dd_query_activity_finish (t->engine, result, &error);
  g_assert_no_error (error);
  return activity;
}

static gboolean
is (const Made *made,
    const char *event)
{
  return strcmp (made->event, event) == 0;
}

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  const double *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static double
percentile (GArray *sorted,
            double  p)
{
  double place = p * (sorted->len - 1);
  guint low = (guint) floor (place), high = (guint) ceil (place);

  return g_array_index (sorted, double, low) +
         (place - low) * (g_array_index (sorted, double, high) - g_array_index (sorted, double, low));
}

static void
check_load (World            *world,
            const DdActivity *activity,
            int               tenant)
{
  g_autofree char *name = g_strdup_printf ("tenant-%d", tenant);
  guint runs = 0, tasks = 0, failed = 0, ended = 0, measured = 0;
  double sum = 0;

  for (guint i = 0; i < world->made->len; i++)
    {
      const Made *made = &g_array_index (world->made, Made, i);

      if (made->tenant != tenant || made->at < activity->start || made->at >= activity->end)
        continue;
      runs += is (made, "dag_start");
      tasks += is (made, "task_start");
      failed += is (made, "task_fail");
      ended += is (made, "task_fail") || is (made, "task_ok");
      measured += made->began != DD_TIME_NONE;
      sum += made->began != DD_TIME_NONE ? (double) (made->at - made->began) / 1e6 : 0;
    }
  for (guint i = 0; i < activity->load->len; i++)
    {
      const DdLoad *load = g_ptr_array_index (activity->load, i);

      if (i > 0)
        g_assert_cmpuint (load->runs, <=, ((DdLoad *) g_ptr_array_index (activity->load, i - 1))->runs);
      if (strcmp (load->name, name) != 0)
        continue;
      g_assert_cmpuint (load->runs, ==, runs);
      g_assert_cmpuint (load->tasks, ==, tasks);
      g_assert_true (ended > 0 ? fabs (load->error_rate - (double) failed / ended) < 1e-12 : isnan (load->error_rate));
      g_assert_true (measured > 0 ? fabs (load->mean - sum / measured) < 1e-6 : isnan (load->mean));
      return;
    }
  g_assert_cmpuint (runs + tasks, ==, 0);
}

/* The window before is as long, and ends where this one begins. */
static void
check_before (World            *world,
              const DdActivity *activity)
{
  gint64 start = activity->start - (activity->end - activity->start);
  guint started = 0, succeeded = 0, failed = 0, retried = 0;

  for (guint i = 0; i < world->made->len; i++)
    {
      const Made *made = &g_array_index (world->made, Made, i);

      if (made->at < start || made->at >= activity->start)
        continue;
      started += is (made, "task_start");
      succeeded += is (made, "task_ok");
      failed += is (made, "task_fail");
      retried += is (made, "task_retry");
    }
  g_assert_cmpuint (activity->before.started, ==, started);
  g_assert_cmpuint (activity->before.succeeded, ==, succeeded);
  g_assert_cmpuint (activity->before.failed, ==, failed);
  g_assert_cmpuint (activity->before.retried, ==, retried);
}

/* The latest first; each with its tasks as they were at the window's end. */
static void
check_runs (World            *world,
            const DdActivity *activity)
{
  for (guint i = 0; i < activity->runs->len; i++)
    {
      const DdRunSummary *run = g_ptr_array_index (activity->runs, i);
      guint ok = 0, failed = 0;
      gboolean done = FALSE;

      if (i > 0)
        g_assert_cmpint (run->run->start, <=, ((DdRunSummary *) g_ptr_array_index (activity->runs, i - 1))->run->start);
      for (guint j = 0; j < world->made->len; j++)
        {
          const Made *made = &g_array_index (world->made, Made, j);
          g_autofree char *id = g_strdup_printf ("run-%d", made->run);

          if (made->at >= activity->end || strcmp (id, run->run->id) != 0)
            continue;
          ok += is (made, "task_ok");
          failed += is (made, "task_fail");
          done |= is (made, "dag_done");
        }
      g_assert_cmpuint (run->run->tasks->len, >=, ok + failed);
      g_assert_cmpint (run->status == DD_RUN_COMPLETED, ==, done);
      if (!done)
        {
          g_assert_cmpuint (run->tasks_ok, ==, ok);
          g_assert_cmpuint (run->tasks_failed, ==, failed);
        }
    }
}

static void
check (World            *world,
       const DdActivity *activity)
{
  guint started = 0, succeeded = 0, failed = 0, retried = 0, runs = 0;
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));
  double sum = 0;

  for (guint i = 0; i < world->made->len; i++)
    {
      const Made *made = &g_array_index (world->made, Made, i);

      if (made->at < activity->start || made->at >= activity->end)
        continue;
      runs += is (made, "dag_start");
      started += is (made, "task_start");
      succeeded += is (made, "task_ok");
      failed += is (made, "task_fail");
      retried += is (made, "task_retry");
      if (made->began != DD_TIME_NONE)
        {
          double took = (double) (made->at - made->began) / 1e6;

          g_array_append_val (seconds, took);
          sum += took;
        }
    }
  g_array_sort (seconds, compare_seconds);
  g_assert_cmpuint (activity->tasks.started, ==, started);
  g_assert_cmpuint (activity->tasks.succeeded, ==, succeeded);
  g_assert_cmpuint (activity->tasks.failed, ==, failed);
  g_assert_cmpuint (activity->tasks.retried, ==, retried);
  g_assert_cmpuint (activity->runs->len, ==, runs);
  g_assert_cmpuint (activity->total_runs, ==, runs);
  if (succeeded + failed > 0)
    g_assert_cmpfloat_with_epsilon (activity->tasks.error_rate, (double) failed / (succeeded + failed), 1e-12);
  else
    g_assert_true (isnan (activity->tasks.error_rate));
  if (seconds->len > 0)
    {
      g_assert_cmpfloat_with_epsilon (activity->tasks.mean, sum / seconds->len, 1e-6);
      g_assert_cmpfloat_with_epsilon (activity->tasks.median, percentile (seconds, 0.5), 1e-6);
      g_assert_cmpfloat_with_epsilon (activity->tasks.p95, percentile (seconds, 0.95), 1e-6);
    }
  else
    g_assert_true (isnan (activity->tasks.mean) && isnan (activity->tasks.median) && isnan (activity->tasks.p95));
  for (int tenant = 0; tenant < 4; tenant++)
    check_load (world, activity, tenant);
  check_before (world, activity);
  check_runs (world, activity);
}

static void
world_init (World *world)
{
  *world = (World) {
    .chance = g_rand_new_with_seed ((guint32) g_test_rand_int ()),
    .made = g_array_new (FALSE, FALSE, sizeof (Made)),
    .lines = g_ptr_array_new_with_free_func (g_free),
  };
  for (int run = 0; run < RUNS; run++)
    make_run (world, run);
}

static void
world_clear (World *world)
{
  g_rand_free (world->chance);
  g_array_unref (world->made);
  g_ptr_array_unref (world->lines);
}

/* Any order of lines, over two files that overlap, read in either order and again: any window's figures are those of a direct
 * count. */
static void
test_random (void)
{
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) first = NULL, again = NULL;
      guint third;
      EngineTest t;
      World world;

      world_init (&world);
      engine_test_init (&t);
      if (round % 2 == 0)
        engine_test_import (&t, workspace_json);
      shuffle (&world);
      third = world.lines->len / 3;
      write_lines (&t, "one.jsonl", (char **) world.lines->pdata, 2 * third, "w");
      write_lines (&t, "two.jsonl", (char **) world.lines->pdata + third, world.lines->len - third, "w");
      first = import (&t, round % 2 ? "one.jsonl" : "two.jsonl", round % 2 ? "two.jsonl" : "one.jsonl");
      again = import (&t, "one.jsonl", "two.jsonl");
      g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (first, 0))->counts.added +
                        ((DdEventImport *) g_ptr_array_index (first, 1))->counts.added, ==, world.made->len);
      g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (again, 0))->counts.added, ==, 0);
      g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (again, 1))->counts.added, ==, 0);
      for (int window = 0; window < 10; window++)
        {
          gint64 until = FIRST + g_rand_int_range (world.chance, 0, (gint32) ((SPAN + DD_DAY) / DD_SECOND)) * DD_SECOND;
          g_autoptr (DdActivity) activity = ask (&t, g_rand_int_range (world.chance, 1, 120), until);

          check (&world, activity);
        }
      engine_test_clear (&t);
      world_clear (&world);
    }
}

static const char * const loose[] = {
  "{\"timestamp\":\"2026-11-20T10:00:00Z\",\"event\":\"dag_start\",\"dag_name\":\"n\",\"tenant\":\"a\"}",
  "{\"timestamp\":\"2026-11-20T10:00:01Z\",\"event\":\"task_start\",\"dag_name\":\"n\",\"task_id\":\"x\"}",
  "{\"timestamp\":\"2026-11-20T10:00:03Z\",\"event\":\"task_ok\",\"dag_name\":\"n\",\"task_id\":\"x\"}",
  "{\"timestamp\":\"2026-11-20T10:00:04Z\",\"event\":\"dag_done\",\"dag_name\":\"n\",\"tasks_succeeded\":1,\"tasks_failed\":0}",
  "{\"timestamp\":\"2026-11-20T10:10:00Z\",\"event\":\"dag_start\",\"dag_name\":\"n\",\"tenant\":\"b\"}",
  "{\"timestamp\":\"2026-11-20T10:10:01Z\",\"event\":\"task_start\",\"dag_name\":\"n\",\"task_id\":\"x\"}",
  "{\"timestamp\":\"2026-11-20T10:10:02Z\",\"event\":\"task_fail\",\"dag_name\":\"n\",\"task_id\":\"x\",\"error\":\"no\"}",
  "{\"timestamp\":\"2026-11-20T10:10:02Z\",\"event\":\"dag_start\",\"dag_name\":\"other\",\"tenant\":\"b\"}",
  "{\"timestamp\":\"2026-11-20T10:20:00Z\",\"event\":\"dag_start\",\"dag_name\":\"n\",\"tenant\":\"b\"}",
};

/* Runs that do not name themselves, a line an import, in any order. */
static void
test_loose (void)
{
  for (int round = 0; round < 5; round++)
    {
      g_autoptr (DdActivity) activity = NULL;
      World world = { .chance = g_rand_new_with_seed ((guint32) round), .lines = g_ptr_array_new_with_free_func (g_free) };
      EngineTest t;

      engine_test_init (&t);
      for (gsize i = 0; i < G_N_ELEMENTS (loose); i++)
        g_ptr_array_add (world.lines, g_strdup (loose[i]));
      if (round > 0)
        shuffle (&world);
      for (guint i = 0; i < world.lines->len; i++)
        {
          g_autoptr (GPtrArray) imports = NULL;

          write_lines (&t, "log.jsonl", (char **) world.lines->pdata + i, 1, "w");
          imports = import (&t, "log.jsonl", NULL);
        }
      activity = ask (&t, 24, ENGINE_TEST_NOW);
      g_assert_cmpuint (activity->runs->len, ==, 4);
      engine_test_assert (&t, "SELECT name, tenant, start % 86400000000 / 1000000, done_at IS NOT NULL, failed_at IS NOT NULL FROM log_run"
                              " ORDER BY start, name",
                          "n|a|36000|1|0 n|b|36600|0|1 other|b|36602|0|0 n|b|37200|0|0");
      engine_test_assert (&t, "SELECT count(*) FROM log_event WHERE run_id IS NULL", "0");
      for (guint i = 0; i < activity->runs->len; i++)
        {
          static const DdRunStatus statuses[] = { DD_RUN_RUNNING, DD_RUN_RUNNING, DD_RUN_FAILED, DD_RUN_COMPLETED };

          g_assert_cmpint (((DdRunSummary *) g_ptr_array_index (activity->runs, i))->status, ==, statuses[i]);
        }
      g_rand_free (world.chance);
      g_ptr_array_unref (world.lines);
      engine_test_clear (&t);
    }
}

/* A source's log is read on from where it stood; its last line may still be being written. */
static void
test_growing (void)
{
  g_autofree char *json = NULL, *path = NULL;
  EngineTest t;
  FILE *file;

  engine_test_init (&t);
  path = g_build_filename (t.folder, "log.jsonl", NULL);
  json = g_strdup_printf ("{ \"name\": \"Northwind\", \"timezone\": \"UTC\", \"sources\": [ { \"type\": \"events\", \"path\": \"%s\","
                          " \"state_path\": \"%s.none\" } ] }", path, path);
  engine_test_import (&t, json);
  for (int round = 0; round < 4; round++)
    {
      g_autoptr (DdSyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = NULL;
      static const int counts[] = { 0, 2, 2, 4 };

      file = fopen (path, round == 0 ? "w" : "a");
      if (round == 1)
        fprintf (file, "%s\n%s\n%.20s", loose[0], loose[1], loose[2]);
      else if (round == 3)
        fprintf (file, "%s\n%s\n", loose[2] + 20, loose[3]);
      fclose (file);
      result = engine_test_sync (&t, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (dd_sync_result_any_failed (result));
      expected = g_strdup_printf ("%d|%d", counts[round], round + 1);
      engine_test_assert (&t, "SELECT (SELECT count(*) FROM log_event), (SELECT count(*) FROM task)", expected);
    }
  engine_test_clear (&t);
}

/* A run whose process is gone; and one of a process that was given the same number later. */
static void
test_interrupted (void)
{
  g_autoptr (DdActivity) activity = NULL;
  g_autofree char *sql = NULL;
  EngineTest t;

  engine_test_init (&t);
  engine_test_import (&t, workspace_json);
  sql = g_strdup_printf ("INSERT INTO run (workspace_id, name, start, process) VALUES (1, 'sync', %" G_GINT64_FORMAT ", 0),"
                         " (1, 'sync', %" G_GINT64_FORMAT ", %d), (1, 'sync', %" G_GINT64_FORMAT ", %d)",
                         g_get_real_time () - DD_HOUR, g_get_real_time (), (int) getpid (), g_get_real_time () - 2 * DD_HOUR,
                         (int) getpid ());
  engine_test_exec (&t, sql);
  activity = ask (&t, 24, g_get_real_time () + DD_SECOND);
  g_assert_cmpuint (activity->runs->len, ==, 3);
  g_assert_cmpint (((DdRunSummary *) g_ptr_array_index (activity->runs, 0))->status, ==, DD_RUN_RUNNING);
  g_assert_cmpint (((DdRunSummary *) g_ptr_array_index (activity->runs, 1))->status, ==, DD_RUN_INTERRUPTED);
  g_assert_cmpint (((DdRunSummary *) g_ptr_array_index (activity->runs, 2))->status, ==, DD_RUN_INTERRUPTED);
  g_assert_cmpuint (activity->activated, ==, 0);
  g_assert_cmpuint (activity->workspaces, ==, 1);
  engine_test_clear (&t);
}

/* What is exported comes to the same figures elsewhere, and to nothing new at home. */
static void
test_export (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) home = NULL, away = NULL;
  g_autoptr (DdActivity) own = NULL, read = NULL;
  g_autofree char *log = NULL;
  char *lines[1];
  EngineTest t, other;

  engine_test_init (&t);
  engine_test_init (&other);
  engine_test_import (&t, workspace_json);
  engine_test_exec (&t, "INSERT INTO run (id, workspace_id, name, start, end, outcome, process) VALUES"
                        " (1, 1, 'sync', 1795172400000000, 1795172410000000, 1, 1), (2, 1, 'sync', 1795173400000000, 1795173410000000, 2, 1)");
  engine_test_exec (&t, "INSERT INTO task (run_id, source, scope, step, start, end, attempts, retries, requests, bytes, records, outcome)"
                        " VALUES (1, 'github', 'shop', 'changes', 1795172401000000, 1795172404000000, 1, 2, 3, 4, 5, 1),"
                        " (1, 'github', 'shop', 'changes', 1795172401000000, 1795172403000000, 1, 0, 3, 4, 5, 1),"
                        " (2, 'linear', '', 'incidents', 1795173401000000, 1795173404000000, 1, 0, 3, 4, 5, 2)");
  dd_event_export_async (t.engine, NULL, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  log = dd_event_export_finish (t.engine, result, &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  lines[0] = log;
  write_lines (&t, "export.jsonl", lines, 1, "w");
  write_lines (&other, "export.jsonl", lines, 1, "w");
  home = import (&t, "export.jsonl", NULL);
  away = import (&other, "export.jsonl", NULL);
  g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (home, 0))->counts.added, ==, 0);
  g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (home, 0))->counts.broken, ==, 0);
  g_assert_cmpuint (((DdEventImport *) g_ptr_array_index (away, 0))->counts.added, >, 0);
  own = ask (&t, 24, ENGINE_TEST_NOW + DD_HOUR);
  read = ask (&other, 24, ENGINE_TEST_NOW + DD_HOUR);
  g_assert_cmpuint (own->tasks.started, ==, 3);
  g_assert_cmpuint (own->tasks.retried, ==, 2);
  g_assert_cmpuint (read->tasks.started, ==, own->tasks.started);
  g_assert_cmpuint (read->tasks.succeeded, ==, own->tasks.succeeded);
  g_assert_cmpuint (read->tasks.failed, ==, own->tasks.failed);
  g_assert_cmpuint (read->tasks.retried, ==, own->tasks.retried);
  g_assert_cmpfloat (read->tasks.mean, ==, own->tasks.mean);
  g_assert_cmpuint (read->runs->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DdRunSummary *here = g_ptr_array_index (own->runs, i), *there = g_ptr_array_index (read->runs, i);

      g_assert_cmpint (here->status, ==, there->status);
      g_assert_cmpstr (here->run->id, ==, there->run->id);
      g_assert_cmpstr (here->run->load, ==, there->run->load);
      g_assert_cmpuint (here->tasks_ok, ==, there->tasks_ok);
    }
  engine_test_clear (&t);
  engine_test_clear (&other);
}

/* What the window notes is sent off and there with the next question. */
static void
test_notes (void)
{
  g_autoptr (GError) cause = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no room for ghp_abcdefghijklmnopqrstuvwxyz0123456789");
  g_autoptr (DdActivity) before = NULL, after = NULL, erased = NULL;
  EngineTest t;

  engine_test_init (&t);
  engine_test_import (&t, workspace_json);
  dd_engagement_note (t.engine, "session", "page-overview");
  before = ask (&t, 24, g_get_real_time () + DD_MINUTE);
  g_assert_false (before->engagement_enabled);
  g_assert_cmpuint (before->engagement->len, ==, 0);
  dd_engagement_enable (t.engine, TRUE);
  dd_engagement_note (t.engine, "session", "page-overview");
  dd_engagement_note (t.engine, "session", "page-of-somebody-else");
  dd_error_note (t.engine, "Northwind", "gui", "export", cause);
  after = ask (&t, 24, g_get_real_time () + DD_MINUTE);
  g_assert_true (after->engagement_enabled);
  g_assert_cmpuint (after->engagement->len, ==, 1);
  g_assert_cmpuint (after->sessions, ==, 1);
  g_assert_cmpuint (after->total_errors, ==, 1);
  g_assert_cmpstr (((DdActivityShare *) g_ptr_array_index (after->errors, 0))->name, ==, "gui");
  engine_test_assert (&t, "SELECT message, workspace_id FROM error_event", "no room for …|1");
  dd_engagement_erase (t.engine);
  erased = ask (&t, 24, g_get_real_time () + DD_MINUTE);
  g_assert_cmpuint (erased->engagement->len, ==, 0);
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/events/random", test_random);
  g_test_add_func ("/events/loose", test_loose);
  g_test_add_func ("/events/growing", test_growing);
  g_test_add_func ("/events/interrupted", test_interrupted);
  g_test_add_func ("/events/export", test_export);
  g_test_add_func ("/events/notes", test_notes);
  return g_test_run ();
}
