/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench DEPLOYMENTS REPOSITORIES FOLDER: import, a year's and a week's report over a generated store of three years, each beside
 * its floor in the same run. Prints one line.
 *        bench --store DEPLOYMENTS REPOSITORIES FILE: leaves the store, for those who measure something else on it. */
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dd-db-private.h"
#include "dd-link-job.h"
#include "dd-query-private.h"
#include "dd-record-store.h"

#define BATCH 10000
#define SPAN (3 * 365 * DD_DAY)
#define ROUNDS 5

typedef struct
{
  guint   deployments;
  guint   repositories;
  gint64  now;
  GRand  *chance;
} Plan;

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1e6;
}

/* A line of /proc/self/status: "VmRSS:" is now, "VmHWM:" the most since the last reset. */
static long
memory_kilobytes (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, field)) == NULL)
    return 0;
  return (long) g_ascii_strtoll (line + strlen (field), NULL, 10);
}

/* From here on only what a report takes is seen. */
static long
reset_memory (void)
{
  FILE *refs;

  refs = fopen ("/proc/self/clear_refs", "w");
  if (refs != NULL)
    {
      fputs ("5", refs);
      fclose (refs);
    }
  return memory_kilobytes ("VmRSS:");
}

static gint64
time_of (const Plan *plan,
         guint       i)
{
  return plan->now - SPAN + (gint64) ((double) SPAN * i / plan->deployments) / DD_SECOND * DD_SECOND;
}

static void
add_row (Plan    *plan,
         DdBatch *batch,
         guint    i)
{
  DdDeployment *deployment = g_new0 (DdDeployment, 1);
  DdChange *change = g_new0 (DdChange, 1);
  gint64 time = time_of (plan, i);

  deployment->kind = DD_KIND_FILE;
  deployment->key = g_strdup_printf ("d%09u", i);
  deployment->repository = g_strdup_printf ("repository-%u", i % plan->repositories);
  deployment->environment = g_strdup ("production");
  deployment->created = time;
  deployment->finished = time + 5 * DD_MINUTE;
  deployment->committed = DD_TIME_NONE;
  deployment->result = g_rand_int_range (plan->chance, 0, 12) == 0 ? DD_RESULT_FAILURE : DD_RESULT_SUCCESS;
  g_ptr_array_add (batch->deployments, deployment);
  change->key = g_strdup_printf ("c%09u", i);
  change->repository = g_strdup (deployment->repository);
  change->number = i;
  change->title = g_strdup_printf ("Change %u", i);
  change->merged = time - g_rand_int_range (plan->chance, 60, 7200) * DD_SECOND;
  change->first_review = change->merged - g_rand_int_range (plan->chance, 600, 90000) * DD_SECOND;
  change->opened = change->first_review - g_rand_int_range (plan->chance, 600, 90000) * DD_SECOND;
  change->first_commit = change->opened - g_rand_int_range (plan->chance, 600, 90000) * DD_SECOND;
  g_ptr_array_add (batch->changes, change);
  if (i % 10 == 0)
    {
      DdIncident *incident = g_new0 (DdIncident, 1);

      incident->kind = DD_INCIDENT_INCIDENT;
      incident->key = g_strdup_printf ("i%09u", i);
      incident->name = g_strdup (incident->key);
      incident->repository = g_strdup (deployment->repository);
      incident->started = time + DD_HOUR;
      incident->resolved = time + DD_HOUR + g_rand_int_range (plan->chance, 60, 90000) * DD_SECOND;
      g_ptr_array_add (batch->incidents, incident);
    }
}

static double
import (DdDb        *db,
        Plan        *plan,
        DdWorkspace *workspace,
        gint64       source)
{
  double spent = 0;

  for (guint i = 0; i < plan->deployments;)
    {
      g_autoptr (DdBatch) batch = dd_batch_new ();
      g_autoptr (GError) error = NULL;
      gint64 start;

      for (guint n = 0; n < BATCH && i < plan->deployments; n++, i++)
        add_row (plan, batch, i);
      start = g_get_monotonic_time ();
      dd_record_store_put (db, workspace->id, source, batch, &error);
      g_assert_no_error (error);
      spent += seconds_since (start);
    }
  {
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();

    dd_link_job_run (db, workspace->id, workspace->settings, NULL, &error);
    g_assert_no_error (error);
    spent += seconds_since (start);
  }
  return spent;
}

/* The bare loop: the rows of a table into the same table of another file, with a prepared statement in transactions of a batch. */
static double
copy_table (DdDb       *from,
            DdDb       *to,
            const char *table)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s", table);
  g_autoptr (GString) insert = g_string_new (NULL);
  sqlite3_stmt *rows, *row;
  gint64 start;
  double spent = 0;
  guint n = 0;
  int columns;

  g_assert_cmpint (sqlite3_prepare_v2 (from->handle, select, -1, &rows, NULL), ==, SQLITE_OK);
  columns = sqlite3_column_count (rows);
  g_string_append_printf (insert, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < columns; i++)
    g_string_append (insert, ", ?");
  g_string_append (insert, ")");
  g_assert_cmpint (sqlite3_prepare_v2 (to->handle, insert->str, -1, &row, NULL), ==, SQLITE_OK);
  start = g_get_monotonic_time ();
  sqlite3_exec (to->handle, "BEGIN", NULL, NULL, NULL);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      for (int i = 0; i < columns; i++)
        sqlite3_bind_value (row, i + 1, sqlite3_column_value (rows, i));
      sqlite3_step (row);
      sqlite3_reset (row);
      if (++n % BATCH == 0)
        sqlite3_exec (to->handle, "COMMIT; BEGIN", NULL, NULL, NULL);
    }
  sqlite3_exec (to->handle, "COMMIT", NULL, NULL, NULL);
  spent = seconds_since (start);
  sqlite3_finalize (rows);
  sqlite3_finalize (row);
  return spent;
}

static double
import_floor (DdDb       *db,
              const char *path)
{
  static const char * const tables[] = { "workspace", "source", "repository", "deployment", "change", "incident", "deployment_fact", "change_fact", "recovery_fact" };
  g_autoptr (GError) error = NULL;
  DdDb *to = dd_db_open (path, &error);
  double spent = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    spent += copy_table (db, to, tables[i]);
  dd_db_close (to);
  return spent;
}

static double
report (DdDb       *db,
        const Plan *plan,
        const char *period)
{
  double best = G_MAXDOUBLE;

  for (int i = 0; i < ROUNDS; i++)
    {
      DdQuery query = { .period = period, .now = plan->now };
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      DdAsked asked;
      DdSummary *summary;

      dd_asked_init (&asked, db, &query, NULL, &error);
      g_assert_no_error (error);
      summary = dd_query_summarize (db, &asked, FALSE, NULL, &error);
      g_assert_no_error (error);
      best = MIN (best, seconds_since (start));
      dd_summary_free (summary);
      dd_asked_clear (&asked);
    }
  return best;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

/* The table that says which repository is which: every report reads it. */
static gint64
read_repositories (DdDb *db)
{
  sqlite3_stmt *rows;
  gint64 sum = 0;

  sqlite3_prepare_v2 (db->handle, "SELECT id, kind, deployed, excluded, first_at, name, reason FROM repository WHERE workspace_id = 1"
                                  " ORDER BY name", -1, &rows, NULL);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      for (int i = 0; i < 5; i++)
        sum ^= sqlite3_column_int64 (rows, i);
      sum += *sqlite3_column_text (rows, 5) + *sqlite3_column_text (rows, 6);
    }
  sqlite3_finalize (rows);
  return sum;
}

/* The same columns over the same window, one summed, the lead times sorted. */
static double
report_floor (DdDb       *db,
              const Plan *plan,
              gint64      days)
{
  static const char * const questions[] = {
    "SELECT at, repository_id, flags FROM deployment_fact WHERE workspace_id = 1 AND counted = 1 AND at >= ?",
    "SELECT lead, coding, pickup, review, deploy, repository_id, rule FROM change_fact WHERE workspace_id = 1 AND counted = 1 AND at >= ?",
    "SELECT started, ended, repository_id, kind, duration FROM recovery_fact WHERE workspace_id = 1 AND ended >= ?",
  };
  double best = G_MAXDOUBLE;

  for (int round = 0; round < ROUNDS; round++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
      volatile gint64 sum = read_repositories (db);

      for (gsize q = 0; q < G_N_ELEMENTS (questions); q++)
        {
          sqlite3_stmt *rows;

          sqlite3_prepare_v2 (db->handle, questions[q], -1, &rows, NULL);
          sqlite3_bind_int64 (rows, 1, plan->now - days * 12 * DD_DAY);
          while (sqlite3_step (rows) == SQLITE_ROW)
            {
              gint64 first = sqlite3_column_int64 (rows, 0);

              sum += first;
              for (int i = 1; i < sqlite3_column_count (rows); i++)
                sum ^= sqlite3_column_int64 (rows, i);
              if (q == 1)
                g_array_append_val (leads, first);
            }
          sqlite3_finalize (rows);
        }
      g_array_sort (leads, compare);
      best = MIN (best, seconds_since (start));
    }
  return best;
}

typedef struct
{
  double took;
  double floor;
} Imported;

static Imported
measure_import (Plan       *plan,
                const char *path,
                const char *copy)
{
  static const char settings[] = "{ \"name\": \"Bench\", \"timezone\": \"UTC\", \"sources\": [ { \"type\": \"files\" } ] }";
  g_autoptr (GError) error = NULL;
  g_autoptr (DdWorkspace) workspace = NULL;
  g_autofree char *name = NULL;
  DdDb *db = dd_db_open (path, &error);
  Imported imported;

  g_assert_no_error (error);
  name = dd_workspace_import (db, settings, "bench", FALSE, &error);
  g_assert_no_error (error);
  workspace = dd_workspace_load (db, NULL, &error);
  g_assert_no_error (error);
  imported.took = import (db, plan, workspace, dd_workspace_files_source (db, workspace, &error));
  imported.floor = import_floor (db, copy);
  dd_db_close (db);
  return imported;
}

/* In a process of its own, as it is with the program: what an import leaves of its memory would hide what a report takes. */
static Imported
import_apart (Plan       *plan,
              const char *path,
              const char *copy)
{
  Imported imported = { 0 };
  int ends[2], status;
  pid_t child;

  g_assert_no_errno (pipe (ends));
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      imported = measure_import (plan, path, copy);
      _exit (write (ends[1], &imported, sizeof imported) == sizeof imported ? EXIT_SUCCESS : EXIT_FAILURE);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (read (ends[0], &imported, sizeof imported), ==, sizeof imported);
  close (ends[0]);
  close (ends[1]);
  return imported;
}

/* Only the store of @plan, for another measurement. */
static int
make_store (Plan       *plan,
            const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".floor", NULL);

  import_apart (plan, path, copy);
  g_unlink (copy);
  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  gboolean only_store = argc == 5 && strcmp (argv[1], "--store") == 0;
  g_autofree char *path = NULL, *copy = NULL;
  g_autoptr (GError) error = NULL;
  Plan plan = { 0 };
  Imported imported;
  double year, year_floor, week, week_floor;
  long before, peak;
  DdDb *db;

  argv += only_store ? 1 : 0;
  g_assert_cmpint (argc, ==, only_store ? 5 : 4);
  /* As the program does. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  plan.deployments = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  plan.repositories = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  plan.now = g_get_real_time () / DD_DAY * DD_DAY;
  plan.chance = g_rand_new_with_seed (1);
  if (only_store)
    return make_store (&plan, argv[3]);
  path = g_build_filename (argv[3], "bench.db", NULL);
  copy = g_build_filename (argv[3], "floor.db", NULL);
  imported = import_apart (&plan, path, copy);
  db = dd_db_open (path, &error);
  g_assert_no_error (error);
  before = reset_memory ();
  year = report (db, &plan, "last-365-days");
  peak = memory_kilobytes ("VmHWM:");
  year_floor = report_floor (db, &plan, 365);
  week = report (db, &plan, "last-7-days");
  week_floor = report_floor (db, &plan, 7);
  dd_db_close (db);
  printf ("%8u deployments, %3u repositories: import %.2f s (%.2f x floor), year %.3f s (%.2f x), week %.4f s (%.2f x)\n",
          plan.deployments, plan.repositories, imported.took, imported.took / imported.floor, year, year / year_floor, week,
          week / week_floor);
  printf ("%8s the year's report took %ld kB at most\n", "", peak - before);
  g_rand_free (plan.chance);
  g_unlink (path);
  g_unlink (copy);
  return EXIT_SUCCESS;
}
