/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-store.h"
#include "dd-workspace-store.h"
#include "store-test.h"

#define DIRTY "SELECT name FROM repository WHERE dirty ORDER BY name"

static void
put_deployment (StoreTest    *t,
                DdDeployment *deployment)
{
  DdBatch *batch = dd_batch_new ();

  g_ptr_array_add (batch->deployments, deployment);
  store_test_put (t, batch);
}

static void
put_change (StoreTest *t,
            DdChange  *change)
{
  DdBatch *batch = dd_batch_new ();

  g_ptr_array_add (batch->changes, change);
  store_test_put (t, batch);
}

static void
put_incident (StoreTest  *t,
              DdIncident *incident)
{
  DdBatch *batch = dd_batch_new ();

  g_ptr_array_add (batch->incidents, incident);
  store_test_put (t, batch);
}

/* As if the facts of all that is there were written. */
static void
settle (StoreTest *t)
{
  g_autoptr (GError) error = NULL;

  dd_db_exec (t->db, "UPDATE repository SET dirty = 0, chain_dirty = 0; UPDATE workspace SET dirty = 0", &error);
  g_assert_no_error (error);
}

static void
replace (char      **text,
         const char *with)
{
  g_free (*text);
  *text = g_strdup (with);
}

/* ---- deployments ---- */

#define EDIT_TEXT(type, member) static void edit_##type##_##member (Dd##type *record) { replace (&record->member, "other"); }
#define EDIT_TIME(type, member) static void edit_##type##_##member (Dd##type *record) { record->member = STORE_TEST_HOUR (100); }

EDIT_TEXT (Deployment, environment)
EDIT_TEXT (Deployment, commit)
EDIT_TEXT (Deployment, ref)
EDIT_TEXT (Deployment, label)
EDIT_TEXT (Deployment, event)
EDIT_TEXT (Deployment, url)
EDIT_TIME (Deployment, created)
EDIT_TIME (Deployment, finished)
EDIT_TIME (Deployment, committed)
static void edit_Deployment_kind (DdDeployment *record) { record->kind = DD_KIND_WORKFLOW; }
static void edit_Deployment_result (DdDeployment *record) { record->result = DD_RESULT_FAILURE; }
static void edit_Deployment_errored (DdDeployment *record) { record->errored = TRUE; }

static const struct
{
  const char *column;
  void      (*edit) (DdDeployment *record);
} deployment_edits[] = {
  { "kind", edit_Deployment_kind }, { "environment", edit_Deployment_environment }, { "sha", edit_Deployment_commit },
  { "ref", edit_Deployment_ref }, { "label", edit_Deployment_label }, { "event", edit_Deployment_event },
  { "url", edit_Deployment_url }, { "created", edit_Deployment_created }, { "finished", edit_Deployment_finished },
  { "committed", edit_Deployment_committed }, { "result", edit_Deployment_result }, { "errored", edit_Deployment_errored },
};

static void
test_deployments (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deployment_edits); i++)
    {
      g_autofree char *ask = g_strdup_printf ("SELECT %s FROM deployment", deployment_edits[i].column);
      g_autofree char *before = NULL, *after = NULL;
      DdDeployment *changed = store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS);
      StoreTest t;

      g_test_message ("%s", deployment_edits[i].column);
      store_test_init (&t);
      put_deployment (&t, store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS));
      store_test_assert (t.db, DIRTY, "shop");
      settle (&t);
      before = store_test_ask (t.db, ask);
      /* The same again is no news. */
      put_deployment (&t, store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS));
      store_test_assert (t.db, DIRTY, "");
      deployment_edits[i].edit (changed);
      put_deployment (&t, changed);
      after = store_test_ask (t.db, ask);
      g_assert_cmpstr (after, !=, before);
      store_test_assert (t.db, DIRTY, "shop");
      store_test_assert (t.db, "SELECT count(*) FROM deployment", "1");
      store_test_clear (&t);
    }
}

static void
test_statuses (void)
{
  DdDeployment *queued = store_test_deployment ("d1", "shop", 0, DD_RESULT_RUNNING);
  DdDeployment *done = store_test_deployment ("d1", "shop", 1, DD_RESULT_SUCCESS);
  DdDeployment *superseded = store_test_deployment ("d1", "shop", 1, DD_RESULT_SUCCESS);
  DdBatch *batch = dd_batch_new ();
  StoreTest t;

  store_test_init (&t);
  dd_deployment_add_status (queued, "queued", STORE_TEST_NOW);
  dd_deployment_add_status (done, "queued", STORE_TEST_NOW);
  dd_deployment_add_status (done, "success", STORE_TEST_HOUR (1));
  dd_deployment_add_status (superseded, "success", STORE_TEST_HOUR (1));
  dd_deployment_add_status (superseded, "inactive", DD_TIME_NONE);
  put_deployment (&t, queued);
  store_test_assert (t.db, "SELECT number, state FROM deployment_status", "0|queued");
  put_deployment (&t, done);
  store_test_assert (t.db, "SELECT number, state FROM deployment_status", "0|queued 1|success");
  /* A history that became shorter leaves nothing of the longer one. */
  settle (&t);
  put_deployment (&t, superseded);
  store_test_assert (t.db, "SELECT number, state, at IS NULL FROM deployment_status", "0|success|0 1|inactive|1");
  store_test_assert (t.db, DIRTY, "");
  /* What the service has no more goes with its history, and its repository is linked anew. */
  g_ptr_array_add (batch->gone, g_strdup ("d1"));
  g_ptr_array_add (batch->gone, g_strdup ("never seen"));
  store_test_put (&t, batch);
  store_test_assert (t.db, "SELECT (SELECT count(*) FROM deployment), (SELECT count(*) FROM deployment_status)", "0|0");
  store_test_assert (t.db, DIRTY, "shop");
  store_test_clear (&t);
}

/* A commit's time that the service no longer tells is not forgotten. */
static void
test_keeps_committed (void)
{
  DdDeployment *told = store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS);
  StoreTest t;

  store_test_init (&t);
  told->committed = STORE_TEST_HOUR (-1);
  put_deployment (&t, told);
  put_deployment (&t, store_test_deployment ("d1", "shop", 2, DD_RESULT_SUCCESS));
  store_test_assert (t.db, "SELECT committed IS NULL FROM deployment", "0");
  store_test_clear (&t);
}

/* A repository that was renamed comes under its new name with records of the same ids: both are linked anew. */
static void
test_moves (void)
{
  StoreTest t;

  store_test_init (&t);
  put_deployment (&t, store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS));
  put_change (&t, store_test_change ("c1", "shop", 0));
  settle (&t);
  put_deployment (&t, store_test_deployment ("d1", "store", 0, DD_RESULT_SUCCESS));
  store_test_assert (t.db, DIRTY, "shop store");
  settle (&t);
  put_change (&t, store_test_change ("c1", "store", 0));
  store_test_assert (t.db, DIRTY, "shop store");
  store_test_assert (t.db, "SELECT (SELECT count(*) FROM deployment), (SELECT count(*) FROM change)", "1|1");
  store_test_clear (&t);
}

/* ---- changes ---- */

EDIT_TEXT (Change, title)
EDIT_TEXT (Change, author)
EDIT_TEXT (Change, head)
EDIT_TEXT (Change, merge_commit)
EDIT_TEXT (Change, url)
EDIT_TIME (Change, first_commit)
EDIT_TIME (Change, opened)
EDIT_TIME (Change, first_review)
EDIT_TIME (Change, merged)
static void edit_Change_number (DdChange *record) { record->number = G_GINT64_CONSTANT (1) << 40; }
static void edit_Change_bot (DdChange *record) { record->author_is_bot = TRUE; }

static const struct
{
  const char *column;
  void      (*edit) (DdChange *record);
} change_edits[] = {
  { "number", edit_Change_number }, { "title", edit_Change_title }, { "author", edit_Change_author }, { "bot", edit_Change_bot },
  { "head", edit_Change_head }, { "sha", edit_Change_merge_commit }, { "url", edit_Change_url },
  { "first_commit", edit_Change_first_commit }, { "opened", edit_Change_opened }, { "first_review", edit_Change_first_review },
  { "merged", edit_Change_merged },
};

static void
test_changes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (change_edits); i++)
    {
      g_autofree char *ask = g_strdup_printf ("SELECT %s FROM change", change_edits[i].column);
      g_autofree char *before = NULL, *after = NULL;
      DdChange *changed = store_test_change ("c1", "shop", 0);
      StoreTest t;

      g_test_message ("%s", change_edits[i].column);
      store_test_init (&t);
      put_change (&t, store_test_change ("c1", "shop", 0));
      settle (&t);
      before = store_test_ask (t.db, ask);
      put_change (&t, store_test_change ("c1", "shop", 0));
      store_test_assert (t.db, DIRTY, "");
      change_edits[i].edit (changed);
      put_change (&t, changed);
      after = store_test_ask (t.db, ask);
      g_assert_cmpstr (after, !=, before);
      store_test_assert (t.db, DIRTY, "shop");
      store_test_assert (t.db, "SELECT count(*) FROM change", "1");
      store_test_clear (&t);
    }
}

/* ---- incidents ---- */

EDIT_TEXT (Incident, name)
EDIT_TEXT (Incident, title)
EDIT_TEXT (Incident, url)
EDIT_TEXT (Incident, links)
EDIT_TEXT (Incident, repository)
EDIT_TEXT (Incident, severity)
EDIT_TEXT (Incident, deployment)
EDIT_TIME (Incident, started)
EDIT_TIME (Incident, resolved)
static void edit_Incident_kind (DdIncident *record) { record->kind = DD_INCIDENT_POSTMORTEM; }
static void edit_Incident_state (DdIncident *record) { record->state = DD_INCIDENT_CANCELLED; }
static void edit_Incident_labels (DdIncident *record) { record->labels = g_strsplit ("p0,repo:shop", ",", -1); }

static const struct
{
  const char *column;
  void      (*edit) (DdIncident *record);
} incident_edits[] = {
  { "kind", edit_Incident_kind }, { "state", edit_Incident_state }, { "name", edit_Incident_name },
  { "title", edit_Incident_title }, { "url", edit_Incident_url }, { "links", edit_Incident_links },
  { "labels", edit_Incident_labels }, { "repository", edit_Incident_repository }, { "severity", edit_Incident_severity },
  { "deployment", edit_Incident_deployment }, { "started", edit_Incident_started }, { "resolved", edit_Incident_resolved },
};

static void
test_incidents (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (incident_edits); i++)
    {
      g_autofree char *ask = g_strdup_printf ("SELECT %s FROM incident", incident_edits[i].column);
      g_autofree char *before = NULL, *after = NULL;
      DdIncident *changed = store_test_incident ("OPS-1", "shop", 0);
      StoreTest t;

      g_test_message ("%s", incident_edits[i].column);
      store_test_init (&t);
      put_incident (&t, store_test_incident ("OPS-1", "shop", 0));
      settle (&t);
      before = store_test_ask (t.db, ask);
      put_incident (&t, store_test_incident ("OPS-1", "shop", 0));
      store_test_assert (t.db, "SELECT dirty FROM workspace", "0");
      incident_edits[i].edit (changed);
      put_incident (&t, changed);
      after = store_test_ask (t.db, ask);
      g_assert_cmpstr (after, !=, before);
      store_test_assert (t.db, "SELECT dirty FROM workspace", "1");
      store_test_assert (t.db, "SELECT count(*) FROM incident", "1");
      store_test_clear (&t);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/records/deployments", test_deployments);
  g_test_add_func ("/records/statuses", test_statuses);
  g_test_add_func ("/records/keeps-committed", test_keeps_committed);
  g_test_add_func ("/records/moves", test_moves);
  g_test_add_func ("/records/changes", test_changes);
  g_test_add_func ("/records/incidents", test_incidents);
  return g_test_run ();
}
