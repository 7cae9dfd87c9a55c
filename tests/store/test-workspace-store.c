/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-activity-store.h"
#include "dd-error-sink.h"
#include "dd-error.h"
#include "dd-event-store.h"
#include "dd-fact-store.h"
#include "dd-incident-store.h"
#include "dd-link-store.h"
#include "dd-list-store.h"
#include "dd-record-store.h"
#include "dd-schedule-store.h"
#include "dd-send-store.h"
#include "dd-snapshot-store.h"
#include "dd-total-store.h"
#include "dd-workspace-store.h"
#include "store-test.h"

/* One of everything that a workspace can have. */
static void
fill (StoreTest *t,
      gint64     workspace,
      gint64     source)
{
  g_autoptr (DdEventWriter) events = dd_event_writer_new (t->db, workspace);
  const DdEvent event = { .kind = DD_EVENT_RUN_START, .at = STORE_TEST_NOW, .run = "run-1", .name = "nightly" };
  DdSnapshot snapshot = { .made = STORE_TEST_NOW, .period = (char *) "weekly", .end = 1, .report = (char *) "{}" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DdBatch) batch = dd_batch_new ();
  g_autoptr (DdTaskRecord) task = dd_task_record_new ("github", "shop", "changes", STORE_TEST_NOW);
  DdDeployment *deployment = store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS);
  DdCommit *commit = g_new0 (DdCommit, 1);
  gint64 repository, run, id;
  DdScheduleState state;
  DdTotals totals;

  dd_deployment_add_status (deployment, "success", STORE_TEST_NOW);
  commit->sha = g_strdup ("abc");
  batch->repository = g_strdup ("shop");
  g_ptr_array_add (batch->deployments, deployment);
  g_ptr_array_add (batch->changes, store_test_change ("c1", "shop", 0));
  g_ptr_array_add (batch->commits, commit);
  g_ptr_array_add (batch->incidents, store_test_incident ("OPS-1", "shop", 1));
  dd_batch_add_cursor (batch, "shop", "changes", "here");
  g_assert_true (dd_record_store_put (t->db, workspace, source, batch, &error));
  repository = dd_incident_store_repository (t->db, workspace, "shop");
  id = dd_incident_store_deployment (t->db, workspace, "d1");
  g_assert_true (dd_link_store_add_deployment (t->db, workspace,
                                               &(DdDeploymentFact) { .at = STORE_TEST_NOW, .id = id, .repository = repository,
                                                                     .flags = DD_DEPLOYMENT_SUCCEEDED }, &error));
  g_assert_true (dd_link_store_add_change (t->db, workspace,
                                           &(DdChangeFact) { .at = STORE_TEST_NOW, .id = id, .repository = repository }, &error));
  g_assert_true (dd_link_store_add_recovery (t->db, workspace,
                                             &(DdRecoveryFact) { .id = id, .repository = repository, .started = STORE_TEST_NOW,
                                                                 .ended = STORE_TEST_HOUR (1) }, &error));
  dd_totals_init (&totals, repository);
  totals.leads[0] = 1;
  g_assert_true (dd_total_store_keep_deployment (t->db, &(DdCounted) { id, DD_RESULT_FAILURE }, &error));
  g_assert_true (dd_total_store_keep_change (t->db, &(DdCounted) { .id = id }, &error));
  g_assert_true (dd_total_store_add (t->db, &totals, &error));
  g_assert_true (dd_workspace_store_decide (t->db, workspace, "OPS-1", DD_LINK_BY_HAND, "d1", &error));
  g_assert_true (dd_snapshot_store_add (t->db, workspace, &snapshot, &error));
  g_assert_cmpint (dd_send_store_begin (t->db, workspace, "Northwind", DD_SEND_MESSAGE, NULL, STORE_TEST_NOW, &error), >, 0);
  run = dd_activity_store_begin_run (t->db, workspace, "sync", NULL, STORE_TEST_NOW, 1, &error);
  task->end = STORE_TEST_HOUR (1);
  task->outcome = DD_OUTCOME_FAILED;
  task->error = g_strdup ("GitHub did not answer.");
  g_assert_true (dd_activity_store_add_task (t->db, workspace, run, task, &error));
  g_assert_true (dd_schedule_store_note (t->db, workspace, "weekly", "0 8 * * 1", STORE_TEST_NOW, &state, &error));
  g_assert_true (dd_alert_store_tell (t->db, workspace, "failure-rate 0", STORE_TEST_NOW, &error));
  g_assert_true (dd_event_writer_add (events, &event, &error) && dd_event_writer_flush (events, &error));
  g_assert_no_error (error);
}

/* Rows of every table but those of SQLite itself. */
static char *
count_all (DdDb *db)
{
  g_autofree char *names = store_test_ask (db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  g_auto (GStrv) tables = g_strsplit (names, " ", -1);
  GString *counts = g_string_new (NULL);

  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autofree char *ask = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);
      g_autofree char *n = store_test_ask (db, ask);

      g_string_append_printf (counts, "%s %s\n", tables[i], n);
    }
  return g_string_free (counts, FALSE);
}

static void
test_remove (void)
{
  g_autofree char *alone = NULL, *both = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 workspace, source;
  StoreTest t;

  store_test_init (&t);
  fill (&t, t.workspace, t.source);
  /* What is used on this computer is no workspace's. */
  g_assert_true (dd_engagement_store_enable (t.db, TRUE, &error));
  g_assert_true (dd_engagement_store_note (t.db, "s", "page-overview", STORE_TEST_NOW, &error));
  alone = count_all (t.db);
  g_assert_null (strstr (alone, " 0\n"));
  workspace = store_test_add_workspace (&t, "Southwind", &source);
  fill (&t, workspace, source);
  both = count_all (t.db);
  g_assert_cmpstr (alone, !=, both);
  g_assert_true (dd_workspace_store_remove (t.db, "southwind", &error));
  g_assert_no_error (error);
  after = count_all (t.db);
  g_assert_cmpstr (after, ==, alone);
  g_assert_true (dd_workspace_store_remove (t.db, NULL, &error));
  g_clear_pointer (&after, g_free);
  after = store_test_ask (t.db, "SELECT (SELECT count(*) FROM error_event), (SELECT count(*) FROM deployment_fact),"
                                " (SELECT count(*) FROM run), (SELECT count(*) FROM cursor), (SELECT count(*) FROM repository),"
                                " (SELECT count(*) FROM log_event), (SELECT count(*) FROM log_run)");
  g_assert_cmpstr (after, ==, "0|0|0|0|0|0|0");
  g_assert_false (dd_workspace_store_remove (t.db, "Southwind", &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  store_test_clear (&t);
}

static void
test_apart (void)
{
  DdListWindow window = { .from = STORE_TEST_HOUR (-100), .to = STORE_TEST_HOUR (100) };
  g_autoptr (GPtrArray) deployments = NULL, changes = NULL, incidents = NULL, repositories = NULL, counts = NULL;
  g_autoptr (GHashTable) cursors = NULL;
  DdFacts facts = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 workspace, source, nobody, empty;
  StoreTest t;

  store_test_init (&t);
  workspace = store_test_add_workspace (&t, "Southwind", &source);
  fill (&t, workspace, source);
  nobody = t.workspace;
  empty = t.source;
  window.workspace = nobody;
  deployments = dd_list_store_deployments (t.db, &window, DD_LIST_FREQUENCY, TRUE, TRUE, &error);
  changes = dd_list_store_changes (t.db, &window, &error);
  incidents = dd_list_store_recoveries (t.db, &window, FALSE, TRUE, &error);
  repositories = dd_record_store_repositories (t.db, nobody, &error);
  counts = dd_fact_store_rule_counts (t.db, nobody, window.from, window.to, 0, FALSE, TRUE, &error);
  cursors = dd_workspace_store_cursors (t.db, empty, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deployments->len + changes->len + incidents->len + repositories->len + counts->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (cursors), ==, 0);
  dd_facts_init (&facts);
  dd_fact_store_deployments (t.db, nobody, window.from, window.to, 0, &facts.deployments, &error);
  dd_fact_store_changes (t.db, nobody, window.from, window.to, 0, &facts.changes, &error);
  dd_fact_store_recoveries (t.db, nobody, window.from, window.to, 0, &facts.recoveries, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts.deployments.n + facts.changes.n + facts.recoveries.n, ==, 0);
  dd_facts_clear (&facts);
  g_assert_cmpint (dd_incident_store_deployment (t.db, nobody, "d1"), ==, 0);
  g_assert_cmpint (dd_incident_store_repository (t.db, nobody, "shop"), ==, 0);
  /* Nor can it be decided about from there. */
  g_assert_false (dd_workspace_store_decide (t.db, nobody, "OPS-1", DD_LINK_EXCLUDED, NULL, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  store_test_clear (&t);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *found; /* in the error; NULL: it is found */
    int         code;
  } cases[] = {
    { "Northwind", NULL, 0 },
    { "NORTHWIND", NULL, 0 },
    { NULL, "choose one with --workspace: Northwind, Southwind", DD_ERROR_INVALID },
    { "Northwnd", "did you mean “Northwind”", DD_ERROR_NOT_FOUND },
    { "'; DROP TABLE workspace; --", "there is Northwind, Southwind", DD_ERROR_NOT_FOUND },
  };
  gint64 source;
  StoreTest t;

  store_test_init (&t);
  store_test_add_workspace (&t, "Southwind", &source);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 id = 0;
      g_autofree char *settings = dd_workspace_store_load (t.db, cases[i].name, &id, &error);

      g_assert_cmpint (settings != NULL, ==, cases[i].found == NULL);
      if (cases[i].found == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpint (id, ==, t.workspace);
          continue;
        }
      g_assert_error (error, DD_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].found));
    }
  store_test_clear (&t);
}

/* A source that leaves the settings keeps what it fetched, and goes on from there when it comes back. */
static void
test_sources (void)
{
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = NULL;
  StoreTest t;

  store_test_init (&t);
  fill (&t, t.workspace, t.source);
  g_assert_true (dd_workspace_store_source_done (t.db, t.source, NULL, STORE_TEST_NOW, &error));
  g_assert_true (dd_workspace_store_source_done (t.db, t.source, "It did not answer.", STORE_TEST_HOUR (1), &error));
  states = dd_workspace_store_source_states (t.db, t.workspace, &error);
  g_assert_cmpuint (states->len, ==, 1);
  g_assert_cmpstr (((DdSourceState *) states->pdata[0])->status, ==, "failed");
  g_assert_cmpstr (((DdSourceState *) states->pdata[0])->message, ==, "It did not answer.");
  g_assert_cmpint (((DdSourceState *) states->pdata[0])->last_sync, ==, STORE_TEST_NOW);
  g_assert_cmpuint (((DdSourceState *) states->pdata[0])->records, ==, 3);
  g_assert_cmpint (dd_workspace_store_save (t.db, settings, "{}", FALSE, &error), ==, t.workspace);
  g_clear_pointer (&states, g_ptr_array_unref);
  states = dd_workspace_store_source_states (t.db, t.workspace, &error);
  g_assert_cmpuint (states->len, ==, 0);
  g_ptr_array_add (settings->sources, dd_source_settings_new ("linear"));
  g_ptr_array_add (settings->sources, dd_source_settings_new ("files"));
  g_assert_cmpint (dd_workspace_store_save (t.db, settings, "{}", FALSE, &error), ==, t.workspace);
  g_assert_no_error (error);
  g_assert_cmpint (dd_workspace_store_source (t.db, t.workspace, settings->sources->pdata[1]), ==, t.source);
  store_test_assert (t.db, "SELECT type, rank FROM source ORDER BY rank", "linear|0 files|1");
  store_test_assert (t.db, "SELECT value FROM cursor", "here");
  store_test_clear (&t);
}

/* ---- decisions ---- */

static void
test_decide (void)
{
  static const struct
  {
    const char *incident;
    DdLink      link;
    const char *deployment;
    const char *decisions; /* NULL: not found */
  } steps[] = {
    { "ops-1", DD_LINK_BY_HAND, "d1", "OPS-1|4|1" },
    { "OPS-1", DD_LINK_BY_HAND, "shop/d1", "OPS-1|4|1" },
    { "id-1", DD_LINK_UNLINKED, NULL, "OPS-1|5|0" },
    { "OPS-1", DD_LINK_EXCLUDED, NULL, "OPS-1|6|0" },
    { "OPS-1", DD_LINK_BY_HAND, "d2", NULL },
    { "OPS-2", DD_LINK_EXCLUDED, NULL, NULL },
    { "Ops-1", DD_LINK_NONE, NULL, "" },
    { "OPS-1", DD_LINK_NONE, NULL, "" },
  };
  DdBatch *batch = dd_batch_new ();
  DdIncident *incident = store_test_incident ("id-1", "shop", 1);
  StoreTest t;

  store_test_init (&t);
  g_free (incident->name);
  incident->name = g_strdup ("OPS-1");
  g_ptr_array_add (batch->incidents, incident);
  g_ptr_array_add (batch->deployments, store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS));
  store_test_put (&t, batch);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (dd_incident_store_done (t.db, t.workspace, NULL));
      g_assert_cmpint (dd_workspace_store_decide (t.db, t.workspace, steps[i].incident, steps[i].link, steps[i].deployment, &error),
                       ==, steps[i].decisions != NULL);
      if (steps[i].decisions == NULL)
        g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
      else
        store_test_assert (t.db, "SELECT incident, link, deployment_id FROM decision", steps[i].decisions);
      store_test_assert (t.db, "SELECT dirty FROM workspace", steps[i].decisions != NULL ? "1" : "0");
    }
  store_test_clear (&t);
}

/* A deployment that is gone takes the decision for it along: its row's number may be given to another. */
static void
test_decided_and_gone (void)
{
  DdBatch *batch = dd_batch_new ();
  g_autoptr (GError) error = NULL;
  StoreTest t;

  store_test_init (&t);
  fill (&t, t.workspace, t.source);
  store_test_assert (t.db, "SELECT incident, link FROM decision", "OPS-1|4");
  g_ptr_array_add (batch->gone, g_strdup ("d1"));
  store_test_put (&t, batch);
  store_test_assert (t.db, "SELECT incident, link FROM decision", "");
  store_test_assert (t.db, "SELECT name FROM repository WHERE dirty", "shop");
  store_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/workspace-store/remove", test_remove);
  g_test_add_func ("/workspace-store/apart", test_apart);
  g_test_add_func ("/workspace-store/names", test_names);
  g_test_add_func ("/workspace-store/sources", test_sources);
  g_test_add_func ("/workspace-store/decide", test_decide);
  g_test_add_func ("/workspace-store/decided-and-gone", test_decided_and_gone);
  return g_test_run ();
}
