/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dd-activity-store.h"
#include "store-test.h"

static DdTaskRecord *
task_new (DdOutcome   outcome,
          const char *error)
{
  DdTaskRecord *task = dd_task_record_new ("github", "shop", "changes", STORE_TEST_NOW);

  task->end = STORE_TEST_HOUR (1);
  task->attempts = 2;
  task->requests = 3;
  task->bytes = G_GUINT64_CONSTANT (5000000000);
  task->records = 40;
  task->outcome = outcome;
  task->error = g_strdup (error);
  return task;
}

static void
test_run (void)
{
  g_autoptr (DdTaskRecord) done = task_new (DD_OUTCOME_OK, NULL), failed = task_new (DD_OUTCOME_FAILED, "It did not answer.");
  g_autoptr (GError) error = NULL;
  gint64 run, other;
  StoreTest t;

  store_test_init (&t);
  run = dd_activity_store_begin_run (t.db, t.workspace, "sync", NULL, STORE_TEST_NOW, 4711, &error);
  other = dd_activity_store_begin_run (t.db, t.workspace, "sync", NULL, STORE_TEST_NOW, 4712, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run, !=, other);
  g_ptr_array_add (done->retry_errors, g_strdup ("HTTP 502"));
  g_ptr_array_add (done->retry_errors, g_strdup ("HTTP 503"));
  g_assert_true (dd_activity_store_add_task (t.db, t.workspace, run, done, &error));
  g_assert_true (dd_activity_store_add_task (t.db, t.workspace, run, failed, &error));
  g_assert_true (dd_activity_store_end_run (t.db, run, DD_OUTCOME_FAILED, STORE_TEST_HOUR (2), &error));
  g_assert_no_error (error);
  store_test_assert (t.db, "SELECT source, scope, step, attempts, requests, bytes, records, outcome, error, retry_errors FROM task",
                     "github|shop|changes|2|3|5000000000|40|1|-|HTTP 502\nHTTP 503"
                     " github|shop|changes|2|3|5000000000|40|2|It did not answer.|-");
  store_test_assert (t.db, "SELECT subsystem, operation, message, run_id = 1 FROM error_event", "github|changes|It did not answer.|1");
  /* The other one has not ended, and says which process it belongs to. */
  store_test_reopen (&t);
  store_test_assert (t.db, "SELECT outcome, process, end IS NULL FROM run ORDER BY id", "2|4711|0 0|4712|1");
  store_test_clear (&t);
}

static void
test_errors (void)
{
  g_autofree char *letters = g_strnfill (700, 'x'), *turtles = NULL;
  GString *many = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  StoreTest t;

  for (int i = 0; i < 700; i++)
    g_string_append (many, "🐢");
  turtles = g_string_free (many, FALSE);
  store_test_init (&t);
  g_assert_true (dd_activity_store_add_error (t.db, t.workspace, 0, "github", "sync", "http", letters, STORE_TEST_NOW, &error));
  g_assert_true (dd_activity_store_add_error (t.db, 0, 0, "store", "open", "disk", turtles, STORE_TEST_NOW, &error));
  g_assert_true (dd_activity_store_add_error (t.db, 0, 0, "store", "open", "disk", "short", STORE_TEST_NOW, &error));
  g_assert_no_error (error);
  store_test_assert (t.db, "SELECT length (message), workspace_id, run_id FROM error_event ORDER BY id", "500|1|- 500|-|- 5|-|-");
  store_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/activity-store/run", test_run);
  g_test_add_func ("/activity-store/errors", test_errors);
  return g_test_run ();
}
