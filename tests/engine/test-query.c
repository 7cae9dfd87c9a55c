/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-error.h"
#include "dd-query-incidents.h"
#include "random-records.h"

/* Every number is the count, or the median, of the list that stands behind it. */

#define SETTINGS(metrics) SETTINGS_OF ("", metrics)
#define SETTINGS_OF(source, metrics) \
                          "{\"name\":\"Northwind\",\"timezone\":\"Europe/Berlin\",\"sources\":[" source "{\"type\":\"files\"}]," \
                          "\"teams\":[{\"name\":\"Sales\",\"repositories\":[\"shop\",\"acme/cart\",\"acme/Shop\"]}," \
                          "{\"name\":\"Money\",\"repositories\":[\"Billing\",\"gone\"]}]," \
                          "\"metrics\":{" metrics "}}"

typedef struct
{
  EngineTest test;
  DdQuery    query;
  DdSummary *summary;
} Asked;

/* Rows of a metric's list that count (@rule: DD_RULE_COUNTED), or that a rule left out, of one kind (NULL: any). */
static guint
count_rows (const DdRecordList *list,
            DdRule              rule,
            const char         *kind)
{
  guint n = 0;

  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdRecordRow *row = list->rows->pdata[i];

      g_assert_cmpint (row->counted, ==, dd_rule_counts (row->rule));
      if (row->rule == rule && (kind == NULL || g_str_equal (row->kind, kind)))
        n++;
    }
  return n;
}

static guint
count_noted (const DdRecordList *list)
{
  guint n = 0;

  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdRecordRow *row = list->rows->pdata[i];

      if (row->counted && row->note != NULL)
        n++;
    }
  return n;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const double *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

/* In seconds, NAN where nothing counts. */
static double
median_of (const DdRecordList *list)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  guint middle;

  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdRecordRow *row = list->rows->pdata[i];
      double value = (double) row->value / DD_SECOND;

      if (row->counted)
        g_array_append_val (values, value);
    }
  if (values->len == 0)
    return NAN;
  g_array_sort (values, compare_values);
  middle = values->len / 2;
  if (values->len % 2 == 1)
    return g_array_index (values, double, middle);
  return (g_array_index (values, double, middle - 1) + g_array_index (values, double, middle)) / 2;
}

static void
assert_same (double found,
             double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (found));
  else
    g_assert_cmpfloat_with_epsilon (found, expected, 1e-6);
}

/* Rows come in the order of time, those of the window, and only once. */
static void
assert_order (const DdRecordList *list,
              const DdPeriod     *period)
{
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdRecordRow *row = list->rows->pdata[i];

      g_assert_nonnull (row->id);
      g_assert_cmpint (row->time, <, period->end);
      if (row->rule != DD_RULE_OPEN && row->rule != DD_RULE_REPOSITORY_EXCLUDED)
        g_assert_cmpint (row->time, >=, period->start);
    }
}

static DdRecordList *
ask (Asked   *asked,
     DdMetric metric)
{
  DdRecordList *list = engine_test_records (&asked->test, asked->query, metric);

  assert_order (list, &asked->summary->period);
  return list;
}

/* What the summary says is left out by a rule. */
static guint
left_out (const DdSummary *summary,
          const char      *kind,
          DdRule           rule)
{
  for (guint i = 0; i < summary->left_out->len; i++)
    {
      const DdRuleCount *count = summary->left_out->pdata[i];

      if (count->rule == rule && g_str_equal (count->kind, kind))
        return count->n;
    }
  return 0;
}

static void
check_left_out (const DdSummary    *summary,
                const char         *kind,
                const DdRecordList *list)
{
  static const DdRule rules[] = { DD_RULE_WAITING, DD_RULE_BEFORE_FIRST_DEPLOYMENT, DD_RULE_NEGATIVE, DD_RULE_NOT_PRODUCTION,
                                  DD_RULE_OTHER_SOURCE, DD_RULE_RUNNING, DD_RULE_CANCELLED, DD_RULE_BOT };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_assert_cmpuint (left_out (summary, kind, rules[i]), ==, count_rows (list, rules[i], kind));
}

static void
check_deployments (Asked *asked)
{
  const DdMetrics *m = &asked->summary->metrics;
  g_autoptr (DdRecordList) frequency = ask (asked, DD_METRIC_DEPLOYMENT_FREQUENCY);
  g_autoptr (DdRecordList) failures = ask (asked, DD_METRIC_CHANGE_FAILURE_RATE);
  g_autoptr (DdRecordList) rework = ask (asked, DD_METRIC_REWORK_RATE);

  g_assert_cmpuint (m->deployment_frequency.deployments, ==, count_rows (frequency, DD_RULE_COUNTED, "deployment"));
  g_assert_cmpuint (m->change_failure_rate.deployments, ==, count_rows (failures, DD_RULE_COUNTED, "deployment"));
  g_assert_cmpuint (m->change_failure_rate.failed, ==, count_noted (failures));
  g_assert_cmpuint (m->rework_rate.deployments, ==, count_rows (rework, DD_RULE_COUNTED, "deployment"));
  g_assert_cmpuint (m->rework_rate.unplanned, ==, count_noted (rework));
  check_left_out (asked->summary, "deployment", failures);
}

static void
check_changes (Asked *asked)
{
  const DdLeadTime *lead = &asked->summary->metrics.lead_time;
  g_autoptr (DdRecordList) changes = ask (asked, DD_METRIC_LEAD_TIME);

  g_assert_cmpuint (lead->by_deploy, ==, count_rows (changes, DD_RULE_COUNTED, "change"));
  g_assert_cmpuint (lead->by_merge, ==, count_rows (changes, DD_RULE_COUNTED_BY_MERGE, "change"));
  g_assert_cmpuint (lead->changes, ==, lead->by_deploy + lead->by_merge);
  g_assert_cmpuint (lead->waiting, ==, count_rows (changes, DD_RULE_WAITING, NULL));
  g_assert_cmpuint (lead->left_out, ==, count_rows (changes, DD_RULE_BEFORE_FIRST_DEPLOYMENT, NULL) +
                                            count_rows (changes, DD_RULE_NEGATIVE, NULL));
  assert_same (lead->median, median_of (changes));
  check_left_out (asked->summary, "change", changes);
}

static void
check_recoveries (Asked *asked)
{
  const DdRecoveryTime *recovery = &asked->summary->metrics.recovery_time;
  g_autoptr (DdRecordList) list = ask (asked, DD_METRIC_RECOVERY_TIME);
  guint open = count_rows (list, DD_RULE_OPEN, "incident");

  g_assert_cmpuint (recovery->incidents, ==, count_rows (list, DD_RULE_COUNTED, "incident"));
  g_assert_cmpuint (recovery->failed_deployments, ==, count_rows (list, DD_RULE_COUNTED, "deployment"));
  g_assert_cmpuint (recovery->open, ==, open);
  g_assert_cmpuint (recovery->left_out, ==, count_rows (list, DD_RULE_NEGATIVE, NULL));
  assert_same (recovery->median, median_of (list));
  g_assert_cmpuint (asked->summary->open_incidents->len, ==, MIN (open, 20));
}

/* The deployments that the list of incidents calls failures are those that the rate counts, by either signal. */
static void
check_incidents (Asked *asked)
{
  const DdFailureRate *rate = &asked->summary->metrics.change_failure_rate;
  g_autoptr (GHashTable) by_result = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_incident = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdIncidentList) list = NULL;
  DdQuery query = asked->query;
  guint open = 0;

  query.now = ENGINE_TEST_NOW;
  dd_query_incidents_async (asked->test.engine, &query, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  list = dd_query_incidents_finish (asked->test.engine, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdIncidentEvent *row = list->rows->pdata[i];

      if (i > 0)
        g_assert_cmpint (row->started, <=, ((DdIncidentEvent *) list->rows->pdata[i - 1])->started);
      if (row->failed_deployment)
        g_assert_true (g_hash_table_add (by_result, row->id));
      else if (row->effect == DD_EFFECT_FAILURE)
        g_hash_table_add (by_incident, row->deployment->id);
      if (row->open && !row->failed_deployment && (asked->query.repository == NULL || row->repository != NULL))
        open++;
    }
  g_assert_cmpuint (g_hash_table_size (by_result), ==, rate->failed_by_result);
  g_assert_cmpuint (g_hash_table_size (by_incident), ==, rate->failed_by_incident);
  g_assert_cmpuint (open, >=, asked->summary->metrics.recovery_time.open);
}

/* Groups add up to the whole, but for incidents of no repository. */
static void
check_groups (Asked *asked)
{
  const DdMetrics *all = &asked->summary->metrics;
  guint deployments = 0, changes = 0, failed = 0, waiting = 0;

  for (guint i = 0; i < asked->summary->repositories->len; i++)
    {
      const DdMetrics *m = &((DdGroup *) asked->summary->repositories->pdata[i])->now;

      deployments += m->deployment_frequency.deployments;
      changes += m->lead_time.changes;
      failed += m->change_failure_rate.failed;
      waiting += m->lead_time.waiting;
    }
  g_assert_cmpuint (deployments, ==, all->deployment_frequency.deployments);
  g_assert_cmpuint (changes, ==, all->lead_time.changes);
  g_assert_cmpuint (failed, ==, all->change_failure_rate.failed);
  g_assert_cmpuint (waiting, ==, all->lead_time.waiting);
}

/* What a group says is what the same question says that is narrowed to it. */
static void
check_narrowed (Asked     *asked,
                GPtrArray *groups,
                gboolean   teams)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = groups->pdata[i];
      DdQuery query = asked->query;
      g_autoptr (DdSummary) narrowed = NULL;
      g_autofree char *expected = engine_test_describe (&group->now);
      g_autofree char *found = NULL;

      query.team = teams ? group->name : NULL;
      query.repository = teams ? NULL : group->name;
      narrowed = engine_test_summary (&asked->test, query);
      found = engine_test_describe (&narrowed->metrics);
      g_assert_cmpstr (found, ==, expected);
    }
}

/* What the window opens with says what the whole answer says, as far as it goes. */
static void
check_brief (Asked *asked)
{
  DdQuery query = asked->query;
  g_autoptr (DdSummary) brief = NULL;
  g_autofree char *expected = engine_test_describe (&asked->summary->metrics);
  g_autofree char *before = engine_test_describe (&asked->summary->before);
  g_autofree char *found = NULL;
  g_autofree char *found_before = NULL;

  query.brief = TRUE;
  brief = engine_test_summary (&asked->test, query);
  g_assert_true (brief->brief);
  g_assert_false (asked->summary->brief);
  found = engine_test_describe (&brief->metrics);
  found_before = engine_test_describe (&brief->before);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (found_before, ==, before);
  for (DdMetric metric = 0; metric < DD_N_METRICS; metric++)
    assert_same (dd_metrics_change (&brief->metrics, metric), dd_metrics_change (&asked->summary->metrics, metric));
  g_assert_cmpuint (brief->repositories->len, ==, asked->summary->repositories->len);
}

static const char * const settings[] = {
  SETTINGS (""),
  SETTINGS ("\"signals\":[\"incidents\"],\"exclude_bots\":true"),
  SETTINGS ("\"signals\":[\"deployments\"],\"severities\":[\"high\"]"),
  SETTINGS ("\"recovery\":\"failed-deployment\",\"attribution_hours\":200"),
  SETTINGS ("\"calendar\":{\"enabled\":true,\"hours\":[8.5,17]},\"environments\":[\"*\"]"),
  SETTINGS_OF ("{\"type\":\"github\",\"organization\":\"acme\",\"exclude\":[\"acme/cart\"]},", ""),
};

static void
test_lists (void)
{
  static const DdQuery queries[] = {
    { .period = "last-10-days" }, { .period = "monthly" }, { .period = "2026-08-01..2026-11-20" }, { .period = "2020-01-01..2020-01-31" },
    { .period = "last-30-days", .repository = "Shop" }, { .period = "last-90-days", .repository = "docs" },
    { .period = "last-90-days", .repository = "billing" }, { .period = "last-90-days", .team = "sales" },
    { .period = "last-90-days", .team = "Money" },
  };
  Asked asked;

  engine_test_init (&asked.test);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      engine_test_import (&asked.test, settings[i]);
      if (i == 0)
        random_records_import (&asked.test, "Northwind", 3);
      for (gsize j = 0; j < G_N_ELEMENTS (queries); j++)
        {
          g_test_message ("settings %d, %s of %s", (int) i, queries[j].period,
                          queries[j].repository != NULL ? queries[j].repository : queries[j].team != NULL ? queries[j].team : "all");
          asked.query = queries[j];
          asked.summary = engine_test_summary (&asked.test, asked.query);
          check_deployments (&asked);
          check_changes (&asked);
          check_recoveries (&asked);
          check_incidents (&asked);
          check_brief (&asked);
          if (asked.query.repository == NULL && asked.query.team == NULL)
            {
              check_groups (&asked);
              check_narrowed (&asked, asked.summary->repositories, FALSE);
              check_narrowed (&asked, asked.summary->teams, TRUE);
            }
          dd_summary_free (asked.summary);
        }
    }
  engine_test_clear (&asked.test);
}

/* Names that nobody knows: what was likely meant. */
static void
test_unknown (void)
{
  static const struct
  {
    DdQuery     query;
    int         code;
    const char *text;
  } cases[] = {
    { { .period = "weekly", .repository = "shpo" }, DD_ERROR_NOT_FOUND, "“shop”" },
    { { .period = "weekly", .team = "Sale" }, DD_ERROR_NOT_FOUND, "“Sales”" },
    { { .period = "weekly", .team = "xyz" }, DD_ERROR_NOT_FOUND, "“xyz”" },
    { { .period = "wekly" }, DD_ERROR_INVALID, "weekly" },
    { { .period = "weekly", .workspace = "Nothwind" }, DD_ERROR_NOT_FOUND, "“Northwind”" },
  };
  EngineTest t;

  engine_test_init (&t);
  engine_test_import (&t, settings[0]);
  random_records_import (&t, "Northwind", 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      DdQuery query = cases[i].query;

      query.now = ENGINE_TEST_NOW;
      dd_query_summary_async (t.engine, &query, NULL, engine_test_keep_cb, &result);
      engine_test_wait (&result);
      g_assert_null (dd_query_summary_finish (t.engine, result, &error));
      g_assert_error (error, DD_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].text));
    }
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/query/lists", test_lists);
  g_test_add_func ("/query/unknown", test_unknown);
  return g_test_run ();
}
