/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-summary.h"

static DdMetrics
metrics_of (double value)
{
  return (DdMetrics) {
    .deployment_frequency = { .per_day = value, .change = NAN },
    .lead_time = { .median = value, .mean = 2 * value, .p90 = NAN, .change = NAN },
    .change_failure_rate = { .rate = value, .change = NAN },
    .recovery_time = { .median = value, .mean = 2 * value, .p90 = NAN, .change = NAN },
    .rework_rate = { .rate = value, .change = NAN },
  };
}

static void
test_compare (void)
{
  static const struct { double now, before, expected; } cases[] = {
    { 3, 2, 0.5 }, { 1, 2, -0.5 }, { 2, 2, 0 },     { 0, 2, -1 },
    { 2, 0, NAN }, { 0, 0, NAN },  { NAN, 2, NAN }, { 2, NAN, NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdMetrics now = metrics_of (cases[i].now), before = metrics_of (cases[i].before);

      dd_metrics_compare (&now, &before, DD_AGGREGATE_MEDIAN);
      for (int metric = 0; metric < DD_N_METRICS; metric++)
        {
          double change = dd_metrics_change (&now, metric);

          g_assert_true (isnan (cases[i].expected) ? isnan (change) : change == cases[i].expected);
        }
    }
}

/* What is compared is what is rated. */
static void
test_compare_aggregate (void)
{
  DdMetrics now = metrics_of (3), before = metrics_of (2);

  now.lead_time.mean = 8;
  dd_metrics_compare (&now, &before, DD_AGGREGATE_MEAN);
  g_assert_cmpfloat (now.lead_time.change, ==, 1);
  dd_metrics_compare (&now, &before, DD_AGGREGATE_P90);
  g_assert_true (isnan (now.lead_time.change));
  g_assert_cmpfloat (now.change_failure_rate.change, ==, 0.5);
}

static void
test_trend (void)
{
  static const struct { double change; DdTrend frequency, others; } cases[] = {
    { NAN, DD_TREND_NONE, DD_TREND_NONE },
    { 0, DD_TREND_STEADY, DD_TREND_STEADY },
    { 0.05, DD_TREND_STEADY, DD_TREND_STEADY },
    { -0.05, DD_TREND_STEADY, DD_TREND_STEADY },
    { (105 / 30.0 - 100 / 30.0) / (100 / 30.0), DD_TREND_STEADY, DD_TREND_STEADY },
    { 0.0501, DD_TREND_BETTER, DD_TREND_WORSE },
    { -0.0501, DD_TREND_WORSE, DD_TREND_BETTER },
    { -1, DD_TREND_WORSE, DD_TREND_BETTER },
    { 40, DD_TREND_BETTER, DD_TREND_WORSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int metric = 0; metric < DD_N_METRICS; metric++)
      g_assert_cmpint (dd_metrics_trend (metric, cases[i].change), ==,
                       metric == DD_METRIC_DEPLOYMENT_FREQUENCY ? cases[i].frequency : cases[i].others);
}

/* Five per cent more is steady, whatever the numbers are that it is five per cent of. */
static void
test_trend_edge (void)
{
  for (int days = 1; days <= 366; days++)
    for (int count = 20; count <= 400; count += 20)
      {
        DdMetrics now = metrics_of (count * 21 / 20 / (double) days), before = metrics_of (count / (double) days);

        dd_metrics_compare (&now, &before, DD_AGGREGATE_MEDIAN);
        g_assert_cmpint (dd_metrics_trend (DD_METRIC_DEPLOYMENT_FREQUENCY, now.deployment_frequency.change), ==,
                         DD_TREND_STEADY);
      }
}

static void
test_members (void)
{
  DdMetrics metrics = {
    .deployment_frequency = { .deployments = 1, .tier = DD_TIER_LOW, .per_day = 10 },
    .lead_time = { .changes = 2, .tier = DD_TIER_MEDIUM, .median = 20, .mean = 21, .p90 = 22 },
    .change_failure_rate = { .deployments = 3, .tier = DD_TIER_HIGH, .rate = 30 },
    .recovery_time = {
      .incidents = 3, .failed_deployments = 1, .tier = DD_TIER_ELITE, .median = 40, .mean = 41, .p90 = 42,
    },
    .rework_rate = { .deployments = 5, .rate = 50 },
  };

  for (int metric = 0; metric < DD_N_METRICS; metric++)
    {
      g_assert_cmpuint (dd_metrics_events (&metrics, metric), ==, (guint) metric + 1);
      g_assert_cmpint (dd_metrics_tier (&metrics, metric), ==,
                       metric == DD_METRIC_REWORK_RATE ? DD_TIER_NONE : metric + 1);
      g_assert_cmpfloat (dd_metrics_value (&metrics, metric, DD_AGGREGATE_MEDIAN), ==, 10 * (metric + 1));
    }
  g_assert_cmpfloat (dd_metrics_value (&metrics, DD_METRIC_LEAD_TIME, DD_AGGREGATE_MEAN), ==, 21);
  g_assert_cmpfloat (dd_metrics_value (&metrics, DD_METRIC_LEAD_TIME, DD_AGGREGATE_P90), ==, 22);
  g_assert_cmpfloat (dd_metrics_value (&metrics, DD_METRIC_RECOVERY_TIME, DD_AGGREGATE_MEAN), ==, 41);
  g_assert_cmpfloat (dd_metrics_value (&metrics, DD_METRIC_RECOVERY_TIME, DD_AGGREGATE_P90), ==, 42);
}

/* All that a summary can hold is given back, and a half-made one too. */
static void
test_free (void)
{
  DdSummary *summary = g_new0 (DdSummary, 1);
  DdGroup *group = g_new0 (DdGroup, 1);

  dd_summary_free (NULL);
  dd_group_free (NULL);
  dd_summary_free (g_new0 (DdSummary, 1));
  group->name = g_strdup ("shop");
  group->reason = g_strdup ("it has deployments");
  summary->workspace = g_strdup ("Northwind");
  summary->timezone = g_strdup ("UTC");
  summary->scope = g_strdup ("shop");
  summary->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  g_ptr_array_add (summary->repositories, group);
  summary->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  summary->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_source_state_free);
  summary->narrowed = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (summary->narrowed, g_strdup ("Bots left out"));
  summary->left_out = g_ptr_array_new_with_free_func (g_free);
  summary->open_incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  dd_summary_free (summary);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/summary/compare", test_compare);
  g_test_add_func ("/summary/compare-aggregate", test_compare_aggregate);
  g_test_add_func ("/summary/trend", test_trend);
  g_test_add_func ("/summary/trend-edge", test_trend_edge);
  g_test_add_func ("/summary/members", test_members);
  g_test_add_func ("/summary/free", test_free);
  return g_test_run ();
}
