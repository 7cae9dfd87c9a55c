/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-workspaces.h"
#include "random-records.h"

/* Numbers after the settings have changed are those of a database that never had others. */

#define ISSUE(id, label) "{\"id\":\"" id "\",\"identifier\":\"OPS-" id "\",\"createdAt\":\"2026-11-1" id "T09:00:00Z\"," \
                         "\"completedAt\":\"2026-11-1" id "T17:30:00Z\",\"state\":{\"type\":\"completed\"}," \
                         "\"labels\":{\"nodes\":[{\"name\":\"" label "\"},{\"name\":\"repo:shop\"}]}}"
#define ISSUES "{\"data\":{\"issues\":{\"nodes\":[" ISSUE ("1", "outage") "," ISSUE ("2", "fire") "," ISSUE ("3", "Fire") "," \
               ISSUE ("4", "chore") "],\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}}}}"

#define SETTINGS(labels, more) "{\"name\":\"Northwind\",\"sources\":[{\"type\":\"linear\",\"url\":\"@/linear\"" labels "}," \
                               "{\"type\":\"files\"}]" more "}"
#define METRICS(more) SETTINGS ("", ",\"timezone\":\"Europe/Berlin\",\"metrics\":{" more "}")

static const struct
{
  const char *name;
  const char *settings;
} variants[] = {
  { "defaults", METRICS ("") },
  { "environments", METRICS ("\"environments\":[\"staging\"]") },
  { "labels", SETTINGS (",\"labels\":[\"fire\",\"chore\"]", ",\"timezone\":\"Europe/Berlin\"") },
  { "attribution window", METRICS ("\"attribution_hours\":2") },
  { "first deployment", METRICS ("\"first_deployment_days\":1") },
  { "bots", METRICS ("\"exclude_bots\":true,\"bot_patterns\":[\"deploy*\"]") },
  { "severities", METRICS ("\"severities\":[\"high\"]") },
  { "signals", METRICS ("\"signals\":[\"incidents\"]") },
  { "recovery", METRICS ("\"recovery\":\"failed-deployment\"") },
  { "calendar", METRICS ("\"calendar\":{\"enabled\":true,\"hours\":[9,17],\"holidays\":[\"2026-11-11\"]}") },
  { "calendar elsewhere", SETTINGS ("", ",\"timezone\":\"Asia/Kolkata\",\"metrics\":{\"calendar\":{\"enabled\":true,\"hours\":[9,17]}}") },
  { "teams", SETTINGS ("", ",\"timezone\":\"Europe/Berlin\",\"teams\":[{\"name\":\"Sales\",\"repositories\":[\"shop\",\"cart\"]},"
                           "{\"name\":\"Money\",\"repositories\":[\"acme/billing\"]}]") },
  { "no issues", "{\"name\":\"Northwind\",\"timezone\":\"Europe/Berlin\",\"sources\":[{\"type\":\"files\"}]}" },
  { "no files", "{\"name\":\"Northwind\",\"timezone\":\"Europe/Berlin\",\"sources\":[{\"type\":\"linear\",\"url\":\"@/linear\"}]}" },
};

static void
init (EngineTest *t)
{
  const DdTestReply issues = { .body = ISSUES };
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSyncResult) result = NULL;

  engine_test_init (t);
  dd_test_server_add (t->server, "/linear", &issues, 1);
  engine_test_import (t, variants[0].settings);
  result = engine_test_sync (t, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (dd_sync_result_any_failed (result));
  random_records_import (t, "Northwind", 7);
}

static char *
numbers (EngineTest *t)
{
  g_autoptr (DdSummary) summary = engine_test_summary (t, (DdQuery) { .period = "last-10-days" });

  return engine_test_describe_all (summary);
}

/* As a database comes to these numbers whose first settings were these: no fact of other ones was ever written. */
static char *
numbers_afresh (gsize variant)
{
  EngineTest t;
  char *text;

  init (&t);
  engine_test_import (&t, variants[variant].settings);
  engine_test_exec (&t, "DELETE FROM deployment_fact; DELETE FROM change_fact; DELETE FROM recovery_fact;"
                        "UPDATE branch_commit SET position = NULL; UPDATE incident SET rule = 0, belongs_to = NULL;"
                        "UPDATE repository SET kind = 0, reason = NULL, deployed = 0, excluded = 0, first_at = NULL,"
                        " last_at = NULL, dirty = 1, chain_dirty = 1; UPDATE workspace SET dirty = 1");
  text = numbers (&t);
  engine_test_clear (&t);
  return text;
}

static void
test_settings (void)
{
  g_auto (GStrv) expected = g_new0 (char *, G_N_ELEMENTS (variants) + 1);
  EngineTest t;

  init (&t);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    expected[i] = numbers_afresh (i);
  for (gsize i = 1; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *found = NULL, *back = NULL;

      g_test_message ("%s", variants[i].name);
      g_assert_cmpstr (expected[i], !=, expected[0]);
      engine_test_import (&t, variants[i].settings);
      found = numbers (&t);
      g_assert_cmpstr (found, ==, expected[i]);
      engine_test_import (&t, variants[0].settings);
      back = numbers (&t);
      g_assert_cmpstr (back, ==, expected[0]);
    }
  engine_test_clear (&t);
}

/* Records that come in another order, and twice, come to the same numbers. */
static void
test_order (void)
{
  g_autofree char *expected = NULL, *found = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSyncResult) result = NULL;
  const DdTestReply issues = { .body = ISSUES };
  EngineTest t;

  expected = numbers_afresh (0);
  engine_test_init (&t);
  dd_test_server_add (t.server, "/linear", &issues, 1);
  engine_test_import (&t, variants[0].settings);
  random_records_import (&t, "Northwind", 7);
  found = numbers (&t);
  g_assert_cmpstr (found, !=, expected);
  result = engine_test_sync (&t, NULL, &error);
  g_assert_no_error (error);
  random_records_import (&t, "Northwind", 7);
  again = numbers (&t);
  g_assert_cmpstr (again, ==, expected);
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("LINEAR_API_KEY", "secret-linear", TRUE);
  g_test_add_func ("/relink/settings", test_settings);
  g_test_add_func ("/relink/order", test_order);
  return g_test_run ();
}
