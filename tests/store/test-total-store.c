/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-store.h"
#include "dd-total-store.h"
#include "dd-workspace-store.h"
#include "store-test.h"

static gint64
repository_id (StoreTest *t)
{
  g_autofree char *id = store_test_ask (t->db, "SELECT id FROM repository");

  return g_ascii_strtoll (id, NULL, 10);
}

static void
put_deployment (StoreTest  *t,
                const char *key)
{
  DdBatch *batch = dd_batch_new ();

  g_ptr_array_add (batch->deployments, store_test_deployment (key, "shop", 0, DD_RESULT_SUCCESS));
  store_test_put (t, batch);
}

static gboolean
take (StoreTest *t,
      gint64     id,
      DdResult   result)
{
  g_autoptr (GError) error = NULL;
  gboolean was_kept = FALSE;

  g_assert_true (dd_total_store_take_deployment (t->db, &(DdCounted) { id, result }, &was_kept, &error));
  g_assert_no_error (error);
  return was_kept;
}

static void
keep (StoreTest *t,
      gint64     id,
      DdResult   result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dd_total_store_keep_deployment (t->db, &(DdCounted) { id, result }, &error));
  g_assert_no_error (error);
}

static void
test_add (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) read = NULL;
  const DdTotals *totals;
  DdTotals news;
  StoreTest t;

  store_test_init (&t);
  put_deployment (&t, "d1");
  dd_totals_init (&news, repository_id (&t));
  news.deployments[DD_RESULT_SUCCESS] = 2;
  news.last[DD_RESULT_SUCCESS] = STORE_TEST_HOUR (0);
  news.last[DD_RESULT_FAILURE] = STORE_TEST_HOUR (-3);
  news.leads[0] = 1;
  news.leads[DD_LEAD_BOUNDS] = 4;
  news.lead_seconds = 0.5;
  g_assert_true (dd_total_store_add (t.db, &news, &error));
  /* What is added grows, the last deployment is what it is now: it may be gone, or be an earlier one. */
  dd_totals_init (&news, repository_id (&t));
  news.deployments[DD_RESULT_FAILURE] = 1;
  news.last[DD_RESULT_SUCCESS] = STORE_TEST_HOUR (-1);
  news.leads[0] = 1;
  news.lead_seconds = 1e12;
  g_assert_true (dd_total_store_add (t.db, &news, &error));
  read = dd_total_store_read (t.db, t.workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);
  totals = &g_array_index (read, DdTotals, 0);
  g_assert_cmpint (totals->repository, ==, repository_id (&t));
  g_assert_cmpint (totals->deployments[DD_RESULT_SUCCESS], ==, 2);
  g_assert_cmpint (totals->deployments[DD_RESULT_FAILURE], ==, 1);
  g_assert_cmpint (totals->deployments[DD_RESULT_CANCELLED], ==, 0);
  g_assert_cmpint (totals->last[DD_RESULT_SUCCESS], ==, STORE_TEST_HOUR (-1));
  g_assert_cmpint (totals->last[DD_RESULT_FAILURE], ==, DD_TIME_NONE);
  g_assert_cmpint (totals->leads[0], ==, 2);
  g_assert_cmpint (totals->leads[1], ==, 0);
  g_assert_cmpint (totals->leads[DD_LEAD_BOUNDS], ==, 4);
  g_assert_cmpfloat_with_epsilon (totals->lead_seconds, 1e12 + 0.5, 1e-3);
  store_test_clear (&t);
}

static void
test_kept (void)
{
  g_autoptr (GError) error = NULL;
  gboolean was_kept = FALSE;
  StoreTest t;

  store_test_init (&t);
  g_assert_false (dd_total_store_keeps_any (t.db));
  keep (&t, 7, DD_RESULT_SUCCESS);
  keep (&t, 7, DD_RESULT_SUCCESS);
  g_assert_true (dd_total_store_keeps_any (t.db));
  g_assert_false (take (&t, 7, DD_RESULT_FAILURE));
  g_assert_false (take (&t, 8, DD_RESULT_SUCCESS));
  g_assert_true (take (&t, 7, DD_RESULT_SUCCESS));
  g_assert_false (take (&t, 7, DD_RESULT_SUCCESS));
  g_assert_false (dd_total_store_keeps_any (t.db));
  g_assert_true (dd_total_store_keep_change (t.db, &(DdCounted) { .id = 7 }, &error));
  g_assert_true (dd_total_store_keeps_any (t.db));
  g_assert_true (dd_total_store_take_change (t.db, &(DdCounted) { .id = 7 }, &was_kept, &error));
  g_assert_true (was_kept);
  store_test_clear (&t);
}

/* What the facts of a range hold: what counts, and what was cancelled. */
static void
test_counted (void)
{
  static const struct { DdRule rule; int flags; } rows[] = {
    { DD_RULE_COUNTED, DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_HAS_INCIDENT }, { DD_RULE_COUNTED, DD_DEPLOYMENT_FAILED },
    { DD_RULE_CANCELLED, 0 }, { DD_RULE_RUNNING, 0 }, { DD_RULE_NOT_PRODUCTION, 0 },
  };
  g_autoptr (GArray) deployments = NULL, others = NULL, changes = NULL;
  g_autoptr (GError) error = NULL;
  DdLinkedRange range;
  StoreTest t;

  store_test_init (&t);
  put_deployment (&t, "d1");
  range = (DdLinkedRange) { t.workspace, repository_id (&t), repository_id (&t) };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DdDeploymentFact fact = { .at = 1, .id = (gint64) i, .repository = range.first, .rule = rows[i].rule, .flags = rows[i].flags };
      DdChangeFact change = { .at = 1, .id = (gint64) i, .repository = range.first, .rule = (DdRule) i, .lead = 5 };

      g_assert_true (dd_link_store_add_deployment (t.db, t.workspace, &fact, &error));
      g_assert_true (dd_link_store_add_change (t.db, t.workspace, &change, &error));
    }
  deployments = dd_total_store_deployments (t.db, &range, &error);
  g_assert_cmpuint (deployments->len, ==, 3);
  for (guint i = 0; i < deployments->len; i++)
    {
      const DdCounted *counted = &g_array_index (deployments, DdCounted, i);

      g_assert_cmpint (counted->result, ==, DD_RESULT_SUCCESS + (int) counted->id);
    }
  /* Merged did not stand for deployed there. */
  changes = dd_total_store_changes (t.db, &range, &error);
  g_assert_cmpuint (changes->len, ==, 1);
  range.first++;
  range.last++;
  others = dd_total_store_deployments (t.db, &range, &error);
  g_assert_cmpuint (others->len, ==, 0);
  store_test_clear (&t);
}

/* A row's number that is given again is another deployment's. */
static void
test_number_given_again (void)
{
  DdBatch *gone = dd_batch_new ();
  g_autoptr (GError) error = NULL;
  StoreTest t;

  store_test_init (&t);
  put_deployment (&t, "d1");
  store_test_assert (t.db, "SELECT id FROM deployment", "1");
  keep (&t, 1, DD_RESULT_SUCCESS);
  g_assert_true (dd_link_store_add_deployment (t.db, t.workspace,
                                               &(DdDeploymentFact) { .at = 1, .id = 1, .repository = repository_id (&t) }, &error));
  g_ptr_array_add (gone->gone, g_strdup ("d1"));
  store_test_put (&t, gone);
  put_deployment (&t, "d2");
  store_test_assert (t.db, "SELECT id FROM deployment", "1");
  store_test_assert (t.db, "SELECT count(*) FROM deployment_fact", "0");
  g_assert_false (take (&t, 1, DD_RESULT_SUCCESS));
  store_test_clear (&t);
}

/* Errors are counted where they come in, whoever writes them, and stay counted when their rows go. */
static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) totals = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  g_autoptr (GPtrArray) none = NULL;
  gint64 source, other;
  StoreTest t;

  store_test_init (&t);
  other = store_test_add_workspace (&t, "Other", &source);
  for (int i = 0; i < 3; i++)
    g_assert_true (dd_activity_store_add_error (t.db, t.workspace, 0, "github", "sync", "task", "no", STORE_TEST_NOW, &error));
  g_assert_true (dd_activity_store_add_error (t.db, t.workspace, 0, "linear", "sync", "task", "no", STORE_TEST_NOW, &error));
  g_assert_true (dd_activity_store_add_error (t.db, 0, 0, "gui", "page", "task", "no", STORE_TEST_NOW, &error));
  g_assert_true (dd_activity_store_add_error (t.db, other, 0, "github", "sync", "task", "no", STORE_TEST_NOW, &error));
  dd_db_exec (t.db, "DELETE FROM error_event", &error);
  g_assert_no_error (error);
  totals = dd_total_store_errors (t.db, t.workspace, &error);
  g_assert_cmpuint (totals->len, ==, 2);
  g_assert_cmpstr (((DdErrorTotal *) totals->pdata[0])->subsystem, ==, "github");
  g_assert_cmpint (((DdErrorTotal *) totals->pdata[0])->n, ==, 3);
  g_assert_cmpint (((DdErrorTotal *) totals->pdata[1])->n, ==, 1);
  nobody = dd_total_store_errors (t.db, 0, &error);
  g_assert_cmpuint (nobody->len, ==, 1);
  /* The number of a workspace that was removed may be given to another. */
  g_assert_true (dd_workspace_store_remove (t.db, "Other", &error));
  none = dd_total_store_errors (t.db, other, &error);
  g_assert_cmpuint (none->len, ==, 0);
  store_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/total-store/add", test_add);
  g_test_add_func ("/total-store/kept", test_kept);
  g_test_add_func ("/total-store/counted", test_counted);
  g_test_add_func ("/total-store/number-given-again", test_number_given_again);
  g_test_add_func ("/total-store/errors", test_errors);
  return g_test_run ();
}
