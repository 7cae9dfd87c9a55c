/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-query-standing.h"
#include "random-records.h"

#define NORTHWIND(metrics) "{\"name\":\"Northwind\",\"timezone\":\"Europe/Berlin\",\"sources\":[{\"type\":\"files\"}]," \
                           "\"teams\":[{\"name\":\"Sales\",\"tier\":\"1\",\"repositories\":[\"shop\"]}],\"metrics\":{" metrics "}}"

static GPtrArray *
ask (EngineTest *test,
     const char *workspace,
     GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dd_query_standing_async (test->engine, workspace, ENGINE_TEST_NOW, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  return dd_query_standing_finish (test->engine, result, error);
}

static GPtrArray *
ask_all (EngineTest *test)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *standings = ask (test, NULL, &error);

  g_assert_no_error (error);
  return standings;
}

static const DdRepositoryStanding *
find (const GPtrArray *standings,
      const char      *name)
{
  const DdStanding *standing = g_ptr_array_index (standings, standings->len - 1);

  for (guint i = 0; i < standing->repositories->len; i++)
    {
      const DdRepositoryStanding *repository = g_ptr_array_index (standing->repositories, i);

      if (g_str_equal (repository->name, name))
        return repository;
    }
  return NULL;
}

/* success, failure, cancelled; when the last success and the last failure were, in hours from now. */
static char *
describe (const GPtrArray *standings,
          const char      *name)
{
  const DdTotals *totals = &find (standings, name)->totals;
  GString *text = g_string_new (NULL);

  for (int result = DD_RESULT_SUCCESS; result < DD_N_RESULTS; result++)
    g_string_append_printf (text, "%d ", (int) totals->deployments[result]);
  for (int result = DD_RESULT_SUCCESS; result <= DD_RESULT_FAILURE; result++)
    if (totals->last[result] == DD_TIME_NONE)
      g_string_append (text, " -");
    else
      g_string_append_printf (text, " %d", (int) ((totals->last[result] - ENGINE_TEST_NOW) / DD_HOUR));
  return g_string_free (text, FALSE);
}

static void
assert_shop (EngineTest *test,
             const char *wanted)
{
  g_autoptr (GPtrArray) standings = ask_all (test);
  g_autofree char *text = describe (standings, "shop");

  g_assert_cmpstr (text, ==, wanted);
}

static void
assert_same_figures (const DdMetrics *left,
                     const DdMetrics *right)
{
  g_autofree char *one = engine_test_describe (left);
  g_autofree char *other = engine_test_describe (right);

  g_assert_cmpstr (one, ==, other);
}

/* Every figure of a window is that of the report over the same days. */
static void
test_as_the_report (void)
{
  for (guint32 seed = 1; seed <= 8; seed++)
    {
      g_autoptr (GPtrArray) standings = NULL;
      g_autoptr (DdSummary) today = NULL;
      const DdStanding *standing;
      EngineTest test;

      engine_test_init (&test);
      engine_test_import (&test, NORTHWIND ("\"environments\":[\"production\",\"live*\"],\"exclude_bots\":true"));
      random_records_import (&test, "Northwind", seed);
      standings = ask_all (&test);
      g_assert_cmpuint (standings->len, ==, 1);
      standing = standings->pdata[0];
      for (guint i = 0; i < DD_STANDING_WINDOWS; i++)
        {
          g_autofree char *period = g_strdup_printf ("last-%d-days", dd_standing_days[i]);
          g_autoptr (DdSummary) summary = engine_test_summary (&test, (DdQuery) { .period = period });

          assert_same_figures (&standing->windows[i], &summary->metrics);
          g_assert_cmpuint (standing->repositories->len, ==, summary->repositories->len);
          for (guint j = 0; j < summary->repositories->len; j++)
            {
              const DdGroup *group = summary->repositories->pdata[j];

              assert_same_figures (&find (standings, group->name)->windows[i], &group->now);
            }
        }
      today = engine_test_summary (&test, (DdQuery) { .period = "2026-11-20..2026-11-20" });
      g_assert_cmpuint (standing->open_incidents, ==, today->metrics.recovery_time.open);
      engine_test_clear (&test);
    }
}

/* Totals are what a count of the records comes to. */
static void
test_as_the_records (void)
{
  g_autoptr (GPtrArray) standings = NULL;
  EngineTest test;

  engine_test_init (&test);
  engine_test_import (&test, NORTHWIND ("\"environments\":[\"production\",\"live*\"]"));
  random_records_import (&test, "Northwind", 5);
  standings = ask_all (&test);
  for (int result = DD_RESULT_SUCCESS; result < DD_N_RESULTS; result++)
    for (guint i = 0; i < 2; i++)
      {
        const char *name = i == 0 ? "shop" : "cart";
        const DdTotals *totals = &find (standings, name)->totals;
        g_autofree char *sql = g_strdup_printf ("SELECT count(*), max(d.finished) FROM deployment d JOIN repository r"
                                                " ON r.id = d.repository_id WHERE r.name = '%s' AND d.result = %d"
                                                " AND d.environment != 'staging'", name, result);
        g_autofree char *wanted = g_strdup_printf ("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, totals->deployments[result],
                                                   totals->last[result]);

        g_assert_cmpint (totals->deployments[result], >, 0);
        engine_test_assert (&test, sql, wanted);
      }
  for (guint i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? "shop" : "cart";
      const DdTotals *totals = &find (standings, name)->totals;
      g_autofree char *sql = g_strdup_printf ("SELECT count(*), sum(lead) / 1000000 FROM change_fact f JOIN repository r"
                                              " ON r.id = f.repository_id WHERE r.name = '%s' AND f.rule = 0", name);
      g_autofree char *wanted = NULL;
      gint64 n = 0;

      for (guint j = 0; j <= DD_LEAD_BOUNDS; j++)
        n += totals->leads[j];
      wanted = g_strdup_printf ("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, n, (gint64) totals->lead_seconds);
      engine_test_assert (&test, sql, wanted);
    }
  /* Merged stands for deployed where nothing is: no change of it was deployed. */
  g_assert_cmpfloat (find (standings, "billing")->totals.lead_seconds, ==, 0);
  g_assert_cmpstr (find (standings, "shop")->tier, ==, "1");
  g_assert_cmpstr (find (standings, "billing")->tier, ==, "");
  engine_test_clear (&test);
}

#define HEAD "id,repository,environment,created,finished,result\n"

/* Whatever order they came in, and each result on its own. */
static void
test_last (void)
{
  EngineTest test;

  engine_test_init (&test);
  engine_test_import (&test, NORTHWIND (""));
  engine_test_import_file (&test, "Northwind", "deployments", HEAD
                           "r1,shop,production,2026-11-20T11:00:00Z,,running\n"
                           "s0,shop,staging,2026-11-20T10:00:00Z,2026-11-20T11:00:00Z,success\n");
  assert_shop (&test, "0 0 0  - -");
  engine_test_import_file (&test, "Northwind", "deployments", HEAD
                           "s1,shop,production,2026-11-20T01:00:00Z,2026-11-20T02:00:00Z,success\n");
  assert_shop (&test, "1 0 0  -10 -");
  engine_test_import_file (&test, "Northwind", "deployments", HEAD
                           "s2,shop,production,2026-11-19T01:00:00Z,2026-11-19T02:00:00Z,success\n"
                           "f1,shop,production,2026-11-20T08:00:00Z,2026-11-20T09:00:00Z,failure\n"
                           "c1,shop,production,2026-11-20T08:00:00Z,2026-11-20T11:00:00Z,cancelled\n");
  assert_shop (&test, "2 1 1  -10 -3");
  engine_test_import_file (&test, "Northwind", "deployments", HEAD
                           "f2,shop,production,2026-11-19T08:00:00Z,2026-11-19T09:00:00Z,failure\n"
                           "r1,shop,production,2026-11-20T11:00:00Z,2026-11-20T11:00:00Z,success\n");
  assert_shop (&test, "3 2 1  -1 -3");
  engine_test_clear (&test);
}

/* One that changes its result counts under both, one that goes or comes again not again. */
static void
test_totals_never_fall (void)
{
  static const char first[] = HEAD "d1,shop,production,2026-11-20T01:00:00Z,2026-11-20T02:00:00Z,success\n"
                                   "d2,shop,production,2026-11-20T03:00:00Z,2026-11-20T04:00:00Z,failure\n";
  static const char changed[] = HEAD "d1,shop,production,2026-11-20T01:00:00Z,2026-11-20T02:00:00Z,failure\n";
  EngineTest test;

  engine_test_init (&test);
  engine_test_import (&test, NORTHWIND (""));
  engine_test_import_file (&test, "Northwind", "deployments", first);
  assert_shop (&test, "1 1 0  -10 -8");
  engine_test_import_file (&test, "Northwind", "deployments", first);
  assert_shop (&test, "1 1 0  -10 -8");
  engine_test_import_file (&test, "Northwind", "deployments", changed);
  assert_shop (&test, "1 2 0  - -8");
  engine_test_import_file (&test, "Northwind", "deployments", first);
  assert_shop (&test, "1 2 0  -10 -8");
  /* What counts is a matter of the settings, and what was counted is not. */
  engine_test_import (&test, NORTHWIND ("\"environments\":[\"live\"]"));
  assert_shop (&test, "1 2 0  - -");
  engine_test_import (&test, NORTHWIND (""));
  assert_shop (&test, "1 2 0  -10 -8");
  engine_test_exec (&test, "UPDATE repository SET dirty = 1; DELETE FROM deployment WHERE key = 'd2'");
  assert_shop (&test, "1 2 0  -10 -");
  engine_test_clear (&test);
}

#define COUNTERS (DD_N_RESULTS + DD_LEAD_BOUNDS + 2)

static const char * const names[] = { "shop", "cart", "docs", "billing" };

/* None is less than @least, which it becomes. A repository without any record is not told of, until it has one again. */
static void
assert_risen (EngineTest *test,
              double      least[][COUNTERS])
{
  g_autoptr (GPtrArray) standings = ask_all (test);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DdRepositoryStanding *repository = find (standings, names[i]);
      double counters[COUNTERS] = { 0 };

      if (repository == NULL)
        continue;
      for (int result = DD_RESULT_SUCCESS; result < DD_N_RESULTS; result++)
        counters[result] = (double) repository->totals.deployments[result];
      for (guint j = 0; j <= DD_LEAD_BOUNDS; j++)
        counters[DD_N_RESULTS + j] = (double) repository->totals.leads[j];
      counters[COUNTERS - 1] = repository->totals.lead_seconds;
      for (guint j = 0; j < COUNTERS; j++)
        {
          g_assert_cmpfloat (counters[j], >=, least[i][j]);
          least[i][j] = counters[j];
        }
    }
}

static void
test_nothing_makes_one_fall (void)
{
  static const char * const deeds[] = {
    "DELETE FROM deployment WHERE id % 3 = 0",
    "UPDATE deployment SET result = 1 + id % 3 WHERE finished IS NOT NULL AND id % 5 = 0",
    "UPDATE deployment SET finished = finished + 86400000000 WHERE id % 4 = 0",
    "UPDATE deployment SET result = 0 WHERE id % 7 = 0",
    "UPDATE deployment SET repository_id = 3 - repository_id WHERE repository_id IN (1, 2) AND id % 2 = 0",
    "UPDATE change SET first_commit = first_commit - 86400000000 * 9 WHERE id % 2 = 0",
    "DELETE FROM change WHERE id % 3 = 0",
    "DELETE FROM deployment",
    "DELETE FROM change",
  };
  g_autoptr (GRand) chance = g_rand_new_with_seed (11);
  double least[G_N_ELEMENTS (names)][COUNTERS] = { 0 };
  EngineTest test;

  engine_test_init (&test);
  engine_test_import (&test, NORTHWIND ("\"environments\":[\"production\",\"live*\"]"));
  random_records_import (&test, "Northwind", 3);
  for (int i = 0; i < 40; i++)
    {
      assert_risen (&test, least);
      if (i % 5 == 4)
        random_records_import (&test, "Northwind", 3 + (guint32) i % 2);
      else
        {
          g_autofree char *sql = g_strconcat (deeds[g_rand_int_range (chance, 0, G_N_ELEMENTS (deeds))],
                                              "; UPDATE repository SET dirty = 1", NULL);

          engine_test_exec (&test, sql);
        }
    }
  assert_risen (&test, least);
  g_assert_cmpfloat (least[0][DD_RESULT_SUCCESS], >, 0);
  engine_test_clear (&test);
}

static void
test_workspaces (void)
{
  g_autoptr (GPtrArray) none = NULL, both = NULL, one = NULL, unknown = NULL;
  g_autoptr (GError) error = NULL;
  const DdStanding *standing;
  EngineTest test;

  engine_test_init (&test);
  none = ask_all (&test);
  g_assert_cmpuint (none->len, ==, 0);
  engine_test_import (&test, NORTHWIND (""));
  engine_test_import (&test, "{\"name\":\"Acme\",\"sources\":[{\"type\":\"github\",\"organization\":\"acme\"}]}");
  engine_test_import_file (&test, "Northwind", "deployments", HEAD
                           "s1,shop,production,2026-11-20T01:00:00Z,2026-11-20T02:00:00Z,success\n");
  engine_test_exec (&test, "INSERT INTO error_event (at, subsystem, operation, type, message, workspace_id) VALUES"
                           " (1, 'store', 'open', 'full', 'no', NULL), (1, 'slab', 'sync', 'task', 'no',"
                           " (SELECT id FROM workspace WHERE name = 'Acme'))");
  both = ask_all (&test);
  g_assert_cmpuint (both->len, ==, 3);
  /* Errors of none, then by name. */
  standing = both->pdata[0];
  g_assert_false (standing->whole);
  g_assert_cmpstr (standing->workspace, ==, "");
  standing = both->pdata[1];
  g_assert_cmpstr (standing->workspace, ==, "Acme");
  g_assert_cmpuint (standing->repositories->len, ==, 0);
  g_assert_false (standing->windows[0].deployment_frequency.ok);
  /* A source that never failed has its counter too; one that never synced has no age. */
  g_assert_cmpuint (standing->errors->len, ==, 2);
  g_assert_cmpstr (((DdErrorTotal *) standing->errors->pdata[0])->subsystem, ==, "github");
  g_assert_cmpint (((DdErrorTotal *) standing->errors->pdata[0])->n, ==, 0);
  g_assert_cmpint (((DdErrorTotal *) standing->errors->pdata[1])->n, ==, 1);
  g_assert_cmpuint (standing->ages->len, ==, 0);
  standing = both->pdata[2];
  g_assert_cmpstr (standing->workspace, ==, "Northwind");
  g_assert_cmpuint (standing->repositories->len, ==, 1);
  one = ask (&test, "northwind", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  unknown = ask (&test, "Southwind", &error);
  g_assert_null (unknown);
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  engine_test_clear (&test);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/standings/as-the-report", test_as_the_report);
  g_test_add_func ("/standings/as-the-records", test_as_the_records);
  g_test_add_func ("/standings/last", test_last);
  g_test_add_func ("/standings/totals-never-fall", test_totals_never_fall);
  g_test_add_func ("/standings/nothing-makes-one-fall", test_nothing_makes_one_fall);
  g_test_add_func ("/standings/workspaces", test_workspaces);
  return g_test_run ();
}
