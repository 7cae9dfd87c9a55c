/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-db-private.h"
#include "dd-error.h"
#include "dd-link-job.h"
#include "dd-record-store.h"
#include "dd-settings-file.h"
#include "random-records.h"

/* Facts are either worked out as a whole or known to be out of date: when the work is interrupted at any step, when a row
 * cannot be written, and when another process writes records meanwhile. */

#define ALL_FACTS "SELECT 'd', counted, at, id, repository_id, flags, rule, NULL, NULL, NULL FROM deployment_fact" \
                  " UNION ALL SELECT 'c', counted, at, id, repository_id, lead, rule, coding, deploy, deployment_id FROM change_fact" \
                  " UNION ALL SELECT 'r', kind, ended, id, repository_id, started, link, duration, failed_duration, deployment_id" \
                  " FROM recovery_fact" \
                  " UNION ALL SELECT 'i', rule, belongs_to, id, NULL, NULL, NULL, NULL, NULL, NULL FROM incident" \
                  " UNION ALL SELECT 'p', position, NULL, repository_id, NULL, NULL, NULL, NULL, NULL, NULL FROM branch_commit" \
                  " ORDER BY 1, 2, 3, 4, 5"
#define SETTINGS "{\"name\":\"Northwind\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"}]}"

static char *
facts (DdDb *db)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db->handle, ALL_FACTS, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      for (int i = 0; i < 10; i++)
        g_string_append_printf (text, "%s ", (const char *) sqlite3_column_text (rows, i));
      g_string_append_c (text, '\n');
    }
  sqlite3_finalize (rows);
  return g_string_free (text, FALSE);
}

static void
exec (DdDb       *db,
      const char *sql)
{
  g_autoptr (GError) error = NULL;

  dd_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
mark_all (DdDb *db)
{
  exec (db, "UPDATE repository SET dirty = 1, chain_dirty = 1; UPDATE workspace SET dirty = 1");
}

static gboolean
run_link (DdDb    *db,
          GError **error)
{
  g_autoptr (DdSettings) settings = dd_settings_file_parse (SETTINGS, "workspace.json", NULL);

  return dd_link_job_run (db, 1, settings, NULL, error);
}

/* Links as the next question does, and compares. */
static void
assert_linked (DdDb       *db,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  run_link (db, &error);
  g_assert_no_error (error);
  found = facts (db);
  g_assert_cmpstr (found, ==, expected);
}

/* Runs @func on the store's worker, over random records. */
static void
with_records (EngineTest *t,
              DdStoreFunc func,
              gpointer    data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  engine_test_init (t);
  engine_test_import (t, SETTINGS);
  random_records_import (t, NULL, 11);
  dd_engine_run_async (t->engine, func, data, NULL, NULL, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  dd_engine_run_finish (t->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  engine_test_clear (t);
}

/* ---- interrupted ---- */

#define OPERATIONS 53

static int
interrupt_cb (void *left)
{
  return --*(int *) left == 0;
}

static gpointer
interrupt_job (DdDb         *db,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  g_autofree char *expected = facts (db);
  guint interrupted = 0;
  int left = 0;

  for (int at = 1; left <= 0; at += 17)
    {
      g_autoptr (GError) cause = NULL;
      gboolean done;

      mark_all (db);
      left = at;
      sqlite3_progress_handler (db->handle, OPERATIONS, interrupt_cb, &left);
      done = run_link (db, &cause);
      sqlite3_progress_handler (db->handle, 0, NULL, NULL);
      if (done)
        g_assert_no_error (cause);
      else
        g_assert_error (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      interrupted += !done;
      assert_linked (db, expected);
    }
  g_assert_cmpuint (interrupted, >, 10);
  return NULL;
}

static void
test_interrupted (void)
{
  EngineTest t;

  with_records (&t, interrupt_job, NULL);
}

/* ---- rows that cannot be written ---- */

static gpointer
refuse_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  static const char * const events[] = { "INSERT ON deployment_fact", "INSERT ON change_fact", "INSERT ON recovery_fact",
                                         "UPDATE ON repository", "UPDATE ON workspace", "DELETE ON recovery_fact" };
  g_autofree char *expected = facts (db);

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *refuse = g_strdup_printf ("CREATE TRIGGER refuse BEFORE %s BEGIN SELECT RAISE (ABORT, 'no'); END", events[i]);
      g_autoptr (GError) cause = NULL;

      mark_all (db);
      exec (db, refuse);
      g_assert_false (run_link (db, &cause));
      g_assert_error (cause, DD_ERROR, DD_ERROR_STORE);
      exec (db, "DROP TRIGGER refuse");
      assert_linked (db, expected);
    }
  return NULL;
}

static void
test_refused (void)
{
  EngineTest t;

  with_records (&t, refuse_job, NULL);
}

/* ---- records that come meanwhile ---- */

typedef struct
{
  const char *path;
  int         begin; /* of which transaction's begin; 0: before all */
  int         seen;
  char       *facts;
} Meanwhile;

/* Something of every kind, which moves positions, deploys changes and attributes incidents. */
static DdBatch *
late_batch (void)
{
  DdBatch *batch = dd_batch_new ();
  DdRepository *repository = g_new0 (DdRepository, 1);
  DdDeployment *deployment = g_new0 (DdDeployment, 1);
  DdChange *change = g_new0 (DdChange, 1);
  DdIncident *incident = g_new0 (DdIncident, 1);

  batch->repository = g_strdup ("shop");
  repository->name = g_strdup ("shop");
  repository->head = g_strdup ("b");
  g_ptr_array_add (batch->repositories, repository);
  for (int i = 0; i < 2; i++)
    {
      DdCommit *commit = g_new0 (DdCommit, 1);

      commit->sha = g_strdup (i == 0 ? "b" : "a");
      commit->parent = g_strdup (i == 0 ? "a" : NULL);
      commit->committed = ENGINE_TEST_NOW - 5 * DD_HOUR;
      g_ptr_array_add (batch->commits, commit);
    }
  deployment->kind = DD_KIND_FILE;
  deployment->key = g_strdup ("late");
  deployment->repository = g_strdup ("shop");
  deployment->environment = g_strdup ("production");
  deployment->commit = g_strdup ("b");
  deployment->created = deployment->finished = ENGINE_TEST_NOW - 4 * DD_HOUR;
  deployment->committed = DD_TIME_NONE;
  deployment->result = DD_RESULT_SUCCESS;
  g_ptr_array_add (batch->deployments, deployment);
  change->key = g_strdup ("late");
  change->repository = g_strdup ("shop");
  change->merge_commit = g_strdup ("a");
  change->merged = ENGINE_TEST_NOW - 5 * DD_HOUR;
  change->first_commit = change->opened = change->first_review = change->merged - DD_HOUR;
  g_ptr_array_add (batch->changes, change);
  incident->kind = DD_INCIDENT_INCIDENT;
  incident->key = g_strdup ("late");
  incident->repository = g_strdup ("shop");
  incident->started = ENGINE_TEST_NOW - 3 * DD_HOUR;
  incident->resolved = incident->updated = ENGINE_TEST_NOW - 2 * DD_HOUR;
  g_ptr_array_add (batch->incidents, incident);
  return batch;
}

static void
put_late (Meanwhile *meanwhile)
{
  g_autoptr (DdBatch) batch = late_batch ();
  g_autoptr (GError) error = NULL;
  DdDb *other = dd_db_open (meanwhile->path, &error);

  g_assert_no_error (error);
  dd_record_store_put (other, 1, 1, batch, &error);
  g_assert_no_error (error);
  dd_db_close (other);
}

/* SQLite says which statement it is about to run. */
static int
trace_cb (unsigned  kind,
          void     *data,
          void     *statement,
          void     *text)
{
  Meanwhile *meanwhile = data;

  if (g_str_has_prefix (text, "BEGIN") && ++meanwhile->seen == meanwhile->begin)
    put_late (meanwhile);
  return 0;
}

static gpointer
meanwhile_job (DdDb         *db,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  Meanwhile *meanwhile = data;
  g_autoptr (GError) cause = NULL;

  if (meanwhile->begin == 0)
    put_late (meanwhile);
  exec (db, "UPDATE repository SET dirty = 1; UPDATE workspace SET dirty = 1");
  sqlite3_trace_v2 (db->handle, SQLITE_TRACE_STMT, trace_cb, meanwhile);
  run_link (db, &cause);
  sqlite3_trace_v2 (db->handle, 0, NULL, NULL);
  g_assert_no_error (cause);
  g_assert_cmpint (meanwhile->seen, >=, meanwhile->begin);
  run_link (db, &cause);
  g_assert_no_error (cause);
  meanwhile->facts = facts (db);
  return NULL;
}

static void
test_meanwhile (void)
{
  g_autofree char *expected = NULL;

  for (int begin = 0; begin <= 2; begin++)
    {
      Meanwhile meanwhile = { .begin = begin };
      EngineTest t = { 0 };
      g_autoptr (GAsyncResult) result = NULL;

      g_test_message ("%d", begin);
      engine_test_init (&t);
      engine_test_import (&t, SETTINGS);
      random_records_import (&t, NULL, 11);
      meanwhile.path = t.path;
      dd_engine_run_async (t.engine, meanwhile_job, &meanwhile, NULL, NULL, NULL, engine_test_keep_cb, &result);
      engine_test_wait (&result);
      dd_engine_run_finish (t.engine, result, NULL);
      if (begin == 0)
        expected = g_steal_pointer (&meanwhile.facts);
      else
        g_assert_cmpstr (meanwhile.facts, ==, expected);
      g_free (meanwhile.facts);
      g_clear_object (&result);
      engine_test_clear (&t);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/link-job/interrupted", test_interrupted);
  g_test_add_func ("/link-job/refused", test_refused);
  g_test_add_func ("/link-job/meanwhile", test_meanwhile);
  return g_test_run ();
}
