/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-sync-sink.h"
#include "dd-workspaces.h"
#include "engine-test.h"

#define WORKSPACE(sources) "{\"name\":\"Northwind\",\"timezone\":\"UTC\",\"sources\":[" sources "]}"
#define LINEAR "{\"type\":\"linear\",\"url\":\"@/linear\"}"
#define SLAB "{\"type\":\"slab\",\"url\":\"@/slab\"}"
#define INCIDENTIO "{\"type\":\"incidentio\",\"url\":\"@/incidentio\"}"

#define PAGE(nodes, info) "{\"data\":{\"issues\":{\"nodes\":[" nodes "],\"pageInfo\":" info "}}}"
#define LAST "{\"hasNextPage\":false,\"endCursor\":null}"
#define MORE(cursor) "{\"hasNextPage\":true,\"endCursor\":\"" cursor "\"}"
/* An outage of an hour. */
#define ISSUE(id, day) "{\"id\":\"" id "\",\"identifier\":\"OPS-" id "\",\"createdAt\":\"" day "T09:00:00Z\",\"completedAt\":\"" day \
                       "T10:00:00Z\",\"updatedAt\":\"" day "T10:00:00Z\",\"state\":{\"type\":\"completed\"}," \
                       "\"labels\":{\"nodes\":[{\"name\":\"outage\"}]}}"

#define INCIDENTS "SELECT key FROM incident ORDER BY key"
#define RUNS "SELECT name, outcome, end IS NOT NULL FROM run ORDER BY id"

static void
init (EngineTest *t,
      const char *workspace)
{
  engine_test_init (t);
  engine_test_import (t, workspace);
}

static const DdSyncSourceResult *
find_source (const DdSyncResult *result,
             const char         *type)
{
  for (guint i = 0; i < result->sources->len; i++)
    if (g_str_equal (((DdSyncSourceResult *) result->sources->pdata[i])->type, type))
      return result->sources->pdata[i];
  g_assert_not_reached ();
}

static void
assert_sentence (const char *text)
{
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strchr (text, '\n'));
  g_assert_null (strstr (text, "secret"));
}

/* Succeeds with so many records of Linear. */
static void
sync_well (EngineTest *t,
           guint       records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSyncResult) result = engine_test_sync (t, NULL, &error);

  g_assert_no_error (error);
  g_assert_no_error (find_source (result, "linear")->error);
  g_assert_cmpuint (find_source (result, "linear")->records, ==, records);
  g_assert_false (result->cancelled);
}

/* ---- sources that fail ---- */

static void
test_one_fails (void)
{
  EngineTest t;
  const DdTestReply issues = { .body = PAGE (ISSUE ("1", "2026-11-10") "," ISSUE ("2", "2026-11-11"), LAST) };
  const DdTestReply refused = { .status = 401, .body = "{}" };
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (DdSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  const DdSyncSourceResult *slab;

  init (&t, WORKSPACE (LINEAR "," SLAB));
  dd_test_server_add (t.server, "/linear", &issues, 1);
  dd_test_server_add (t.server, "/slab", &refused, 1);
  result = engine_test_sync (&t, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->workspace, ==, "Northwind");
  g_assert_true (dd_sync_result_any_failed (result));
  g_assert_false (dd_sync_result_all_failed (result));
  g_assert_no_error (find_source (result, "linear")->error);
  g_assert_cmpuint (find_source (result, "linear")->records, ==, 2);
  slab = find_source (result, "slab");
  g_assert_error (slab->error, DD_ERROR, DD_ERROR_AUTH);
  g_assert_nonnull (strstr (slab->error->message, "Slab"));
  assert_sentence (slab->error->message);
  engine_test_assert (&t, RUNS, "sync|2|1");
  engine_test_assert (&t, "SELECT count(*) > 0, min (subsystem) FROM error_event", "1|slab");
  summary = engine_test_summary (&t, (DdQuery) { .period = "last-30-days" });
  g_assert_cmpuint (summary->metrics.recovery_time.incidents, ==, 2);
  g_assert_cmpstr (((DdSourceState *) summary->sources->pdata[0])->status, ==, "ok");
  g_assert_cmpstr (((DdSourceState *) summary->sources->pdata[1])->status, ==, "failed");
  g_assert_cmpstr (((DdSourceState *) summary->sources->pdata[1])->message, ==, slab->error->message);
  engine_test_clear (&t);
}

static void
test_no_token (void)
{
  EngineTest t;
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = g_strdup (g_getenv ("INCIDENT_IO_API_KEY"));

  g_unsetenv ("INCIDENT_IO_API_KEY");
  init (&t, WORKSPACE (INCIDENTIO));
  result = engine_test_sync (&t, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dd_sync_result_all_failed (result));
  assert_sentence (find_source (result, "incidentio")->error->message);
  g_assert_cmpuint (t.server->requests->len, ==, 0);
  engine_test_assert (&t, RUNS, "sync|2|1");
  engine_test_clear (&t);
  g_setenv ("INCIDENT_IO_API_KEY", token, TRUE);
}

static void
test_no_sources (void)
{
  EngineTest t;
  g_autoptr (GError) error = NULL;

  init (&t, WORKSPACE ("{\"type\":\"files\"}"));
  g_assert_null (engine_test_sync (&t, NULL, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  assert_sentence (error->message);
  /* What never began is no run that was interrupted. */
  engine_test_assert (&t, RUNS, "");
  engine_test_clear (&t);
}

/* ---- a second sync ---- */

static void
test_second (void)
{
  EngineTest t;
  const DdTestReply pages[] = { { .body = PAGE (ISSUE ("1", "2026-11-10") "," ISSUE ("2", "2026-11-11"), LAST) },
                                { .body = PAGE (ISSUE ("3", "2026-11-12"), LAST) },
                                { .body = PAGE ("", LAST) } };

  init (&t, WORKSPACE (LINEAR));
  dd_test_server_add (t.server, "/linear", pages, 3);
  sync_well (&t, 2);
  sync_well (&t, 1);
  sync_well (&t, 0);
  g_assert_cmpuint (t.server->requests->len, ==, 3);
  g_assert_null (strstr (((DdTestRequest *) t.server->requests->pdata[0])->body, "2026-11-1"));
  g_assert_nonnull (strstr (((DdTestRequest *) t.server->requests->pdata[1])->body, "\"gt\":\"2026-11-11T09:55:00Z\""));
  g_assert_nonnull (strstr (((DdTestRequest *) t.server->requests->pdata[2])->body, "\"gt\":\"2026-11-12T09:55:00Z\""));
  engine_test_assert (&t, INCIDENTS, "1 2 3");
  engine_test_assert (&t, RUNS, "sync|1|1 sync|1|1 sync|1|1");
  engine_test_clear (&t);
}

/* ---- cancelled ---- */

static gboolean
has_requests (EngineTest *t,
              guint       n)
{
  return t->server->requests->len >= n;
}

static void
test_cancel (void)
{
  EngineTest t;
  const DdTestReply first = { .body = PAGE (ISSUE ("2", "2026-11-11"), MORE ("c1")) };
  const DdTestReply second[] = { { .kind = DD_TEST_HANG }, { .body = PAGE (ISSUE ("1", "2026-11-10"), LAST) } };
  DdSyncOptions options = { .since = DD_TIME_NONE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  init (&t, WORKSPACE (LINEAR));
  dd_test_server_add (t.server, "*\"after\":\"c1\"*", second, 2);
  dd_test_server_add (t.server, "/linear", &first, 1);
  dd_sync_run_async (t.engine, &options, cancellable, engine_test_keep_cb, &ended);
  while (!has_requests (&t, 2))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  engine_test_wait (&ended);
  result = dd_sync_run_finish (ended, &error);
  g_assert_no_error (error);
  g_assert_true (result->cancelled);
  g_assert_cmpuint (find_source (result, "linear")->records, ==, 1);
  engine_test_assert (&t, INCIDENTS, "2");
  engine_test_assert (&t, RUNS, "sync|3|1");
  /* To be cancelled is no failure of the source. */
  engine_test_assert (&t, "SELECT status FROM source", "never");
  sync_well (&t, 1);
  g_assert_cmpuint (t.server->requests->len, ==, 3);
  engine_test_assert (&t, INCIDENTS, "1 2");
  engine_test_assert (&t, "SELECT status FROM source", "ok");
  engine_test_clear (&t);
}

/* ---- a store that fails ---- */

#define REFUSE(key) "CREATE TRIGGER refuse BEFORE INSERT ON incident WHEN NEW.key = '" key "' BEGIN SELECT RAISE (ABORT, 'no'); END"

static void
test_store_fails (void)
{
  static const char * const keys[] = { REFUSE ("2"), REFUSE ("1") };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      EngineTest t;
      const DdTestReply first = { .body = PAGE (ISSUE ("2", "2026-11-11"), MORE ("c1")) };
      const DdTestReply second = { .body = PAGE (ISSUE ("1", "2026-11-10"), LAST) };
      g_autoptr (DdSyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      init (&t, WORKSPACE (LINEAR));
      dd_test_server_add (t.server, "*\"after\":\"c1\"*", &second, 1);
      dd_test_server_add (t.server, "/linear", &first, 1);
      engine_test_exec (&t, keys[i]);
      result = engine_test_sync (&t, NULL, &error);
      g_assert_no_error (error);
      g_assert_error (find_source (result, "linear")->error, DD_ERROR, DD_ERROR_STORE);
      engine_test_assert (&t, "SELECT status FROM source", "failed");
      engine_test_assert (&t, RUNS, "sync|2|1");
      engine_test_exec (&t, "DROP TRIGGER refuse");
      sync_well (&t, i == 0 ? 2 : 1);
      engine_test_assert (&t, INCIDENTS, "1 2");
      engine_test_clear (&t);
    }
}

static DdBatch *
page_new (const char *key)
{
  DdBatch *batch = dd_batch_new ();
  DdIncident *incident = g_new0 (DdIncident, 1);

  incident->kind = DD_INCIDENT_ISSUE;
  incident->key = g_strdup (key);
  incident->started = ENGINE_TEST_NOW;
  incident->resolved = incident->updated = DD_TIME_NONE;
  g_ptr_array_add (batch->incidents, incident);
  dd_batch_add_cursor (batch, "", "issues", key);
  return batch;
}

/* Pages that wait behind one that could not be written do not move the cursor past it. */
static void
test_page_behind (void)
{
  EngineTest t;
  DdSourceMemory memory = { .id = 1, .cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DdSyncSink *sink;

  init (&t, WORKSPACE (LINEAR));
  engine_test_exec (&t, REFUSE ("2"));
  sink = dd_sync_sink_new (dd_engine_get_store (t.engine), 1, 1, "linear", &memory, cancellable, NULL, NULL);
  for (int i = 1; i <= 3; i++)
    dd_sink_put (DD_SINK (sink), page_new ((const char *[]) { "1", "2", "3" }[i - 1]));
  engine_test_assert (&t, INCIDENTS, "1");
  engine_test_assert (&t, "SELECT value FROM cursor", "1");
  g_assert_error (dd_sync_sink_get_error (sink), DD_ERROR, DD_ERROR_STORE);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  dd_test_settle ();
  g_assert_finalize_object (sink);
  engine_test_clear (&t);
}

/* What cannot be written at the end ends the run as failed; the next question works out the facts. */
static void
test_end_fails (void)
{
  static const char * const events[] = { "INSERT ON recovery_fact", "UPDATE ON source" };

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    {
      EngineTest t;
      const DdTestReply issues = { .body = PAGE (ISSUE ("1", "2026-11-10"), LAST) };
      g_autofree char *refuse = g_strdup_printf ("CREATE TRIGGER refuse BEFORE %s BEGIN SELECT RAISE (ABORT, 'no'); END", events[i]);
      g_autoptr (DdSummary) summary = NULL;
      g_autoptr (GError) error = NULL;

      init (&t, WORKSPACE (LINEAR));
      dd_test_server_add (t.server, "/linear", &issues, 1);
      engine_test_exec (&t, refuse);
      g_assert_null (engine_test_sync (&t, NULL, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
      engine_test_assert (&t, RUNS, "sync|2|1");
      engine_test_exec (&t, "DROP TRIGGER refuse");
      summary = engine_test_summary (&t, (DdQuery) { .period = "last-30-days" });
      g_assert_cmpuint (summary->metrics.recovery_time.incidents, ==, 1);
      engine_test_clear (&t);
    }
}

/* ---- what happens meanwhile ---- */

/* Begins a sync whose answer waits, does @meanwhile, lets the answer go. */
static DdSyncResult *
sync_while (EngineTest *t,
            void      (*meanwhile) (EngineTest *t),
            GError    **error)
{
  DdSyncOptions options = { .since = DD_TIME_NONE };
  g_autoptr (GAsyncResult) ended = NULL;

  dd_test_server_set_holding (t->server, TRUE);
  dd_sync_run_async (t->engine, &options, NULL, engine_test_keep_cb, &ended);
  while (!has_requests (t, 1))
    g_main_context_iteration (NULL, TRUE);
  meanwhile (t);
  dd_test_server_set_holding (t->server, FALSE);
  engine_test_wait (&ended);
  return dd_sync_run_finish (ended, error);
}

static void
change_settings (EngineTest *t)
{
  engine_test_import (t, WORKSPACE ("{\"type\":\"linear\",\"url\":\"@/linear\",\"labels\":[\"fire\"]}"));
}

static void
test_settings_meanwhile (void)
{
  EngineTest t;
  const DdTestReply issues = { .body = PAGE (ISSUE ("1", "2026-11-10"), LAST) };
  g_autoptr (DdSyncResult) result = NULL;
  g_autoptr (DdSummary) summary = NULL;
  g_autoptr (GError) error = NULL;

  init (&t, WORKSPACE (LINEAR));
  dd_test_server_add (t.server, "/linear", &issues, 1);
  result = sync_while (&t, change_settings, &error);
  g_assert_no_error (error);
  summary = engine_test_summary (&t, (DdQuery) { .period = "last-30-days" });
  g_assert_cmpuint (summary->metrics.recovery_time.incidents, ==, 0);
  engine_test_clear (&t);
}

static void
remove_workspace (EngineTest *t)
{
  g_autoptr (GAsyncResult) result = NULL;

  dd_workspaces_remove_async (t->engine, "Northwind", NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  g_assert_true (dd_workspaces_remove_finish (t->engine, result, NULL, NULL));
}

static void
test_removed_meanwhile (void)
{
  EngineTest t;
  const DdTestReply issues = { .body = PAGE (ISSUE ("1", "2026-11-10"), LAST) };
  g_autoptr (GError) error = NULL;

  init (&t, WORKSPACE (LINEAR));
  dd_test_server_add (t.server, "/linear", &issues, 1);
  g_assert_null (sync_while (&t, remove_workspace, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  engine_test_assert (&t, INCIDENTS, "");
  engine_test_assert (&t, "SELECT count(*) FROM workspace", "0");
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* No keyring of whoever runs this. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_setenv ("LINEAR_API_KEY", "secret-linear", TRUE);
  g_setenv ("SLAB_API_TOKEN", "secret-slab", TRUE);
  g_setenv ("INCIDENT_IO_API_KEY", "secret-incidentio", TRUE);
  g_test_add_func ("/sync/one-fails", test_one_fails);
  g_test_add_func ("/sync/no-token", test_no_token);
  g_test_add_func ("/sync/no-sources", test_no_sources);
  g_test_add_func ("/sync/second", test_second);
  g_test_add_func ("/sync/cancel", test_cancel);
  g_test_add_func ("/sync/store-fails", test_store_fails);
  g_test_add_func ("/sync/page-behind", test_page_behind);
  g_test_add_func ("/sync/end-fails", test_end_fails);
  g_test_add_func ("/sync/settings-meanwhile", test_settings_meanwhile);
  g_test_add_func ("/sync/removed-meanwhile", test_removed_meanwhile);
  return g_test_run ();
}
