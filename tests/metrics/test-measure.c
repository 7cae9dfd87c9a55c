/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure-world.h"

#define NOON(day) (world.period.start + (day) * DD_DAY + 12 * DD_HOUR)
#define MONDAY "2026-11-09T00:00:00+01:00"

static void
test_frequency (void)
{
  World world;
  DdMetrics all;
  const DdFrequency *frequency = &all.deployment_frequency;

  world_init (&world, 1, MONDAY, 7);
  add_deployment (&world, 10, NOON (0), DD_DEPLOYMENT_SUCCEEDED);
  add_deployment (&world, 10, NOON (0) + 1, DD_DEPLOYMENT_SUCCEEDED);
  add_deployment (&world, 10, NOON (1), DD_DEPLOYMENT_FAILED);
  add_deployment (&world, 10, NOON (5), DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_HAS_INCIDENT);
  all = measure (&world, NULL);
  g_assert_true (frequency->ok);
  g_assert_cmpuint (frequency->deployments, ==, 3);
  g_assert_cmpuint (frequency->deployment_days, ==, 2);
  g_assert_cmpfloat (frequency->per_day, ==, 3 / 7.0);
  g_assert_cmpfloat (frequency->per_week, ==, 3);
  g_assert_cmpint (frequency->tier, ==, DD_TIER_HIGH);
  g_assert_true (isnan (frequency->change));
  world_clear (&world);
}

/* No deployment in the period is a true 0 where any was ever known, and no number where none was. */
static void
test_frequency_of_nothing (void)
{
  World world;
  DdMetrics all, each[2];

  world_init (&world, 2, MONDAY, 7);
  ((DdRepositoryInfo *) g_ptr_array_index (world.scope.repositories, 1))->deployed = FALSE;
  all = measure (&world, each);
  g_assert_true (all.deployment_frequency.ok);
  g_assert_cmpfloat (all.deployment_frequency.per_day, ==, 0);
  g_assert_cmpint (all.deployment_frequency.tier, ==, DD_TIER_LOW);
  g_assert_cmpint (each[0].deployment_frequency.tier, ==, DD_TIER_LOW);
  g_assert_false (each[1].deployment_frequency.ok);
  g_assert_true (isnan (each[1].deployment_frequency.per_day));
  g_assert_true (isnan (each[1].deployment_frequency.per_week));
  g_assert_cmpint (each[1].deployment_frequency.tier, ==, DD_TIER_NONE);
  g_assert_cmpuint (all.rated, ==, 1);
  g_assert_cmpint (all.overall, ==, DD_TIER_LOW);
  g_assert_cmpuint (each[1].rated, ==, 0);
  g_assert_cmpint (each[1].overall, ==, DD_TIER_NONE);
  g_assert_true (isnan (each[1].mean_tier));
  world_clear (&world);
}

/* Days are local ones, also the 23 and 25 hours of a day on which the clock changes. */
static void
test_deployment_days (void)
{
  static const struct { const char *start; int days; const char *finished[4]; guint expected; } cases[] = {
    { MONDAY, 7, { "2026-11-09T00:00:00+01:00", "2026-11-09T23:59:59.999999+01:00" }, 1 },
    { MONDAY, 7, { "2026-11-09T23:59:59+01:00", "2026-11-10T00:00:00+01:00" }, 2 },
    { MONDAY, 7, { "2026-11-09T23:30:00Z", "2026-11-10T22:30:00Z" }, 1 },
    { MONDAY, 7, { "2026-11-09T00:00:00+01:00", "2026-11-15T23:59:59+01:00" }, 2 },
    { "2026-03-23T00:00:00+01:00",
      14,
      { "2026-03-28T22:59:00Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z" },
      3 },
    { "2026-10-19T00:00:00+02:00",
      14,
      { "2026-10-24T21:59:00Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z" },
      3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World world;
      DdMetrics all;

      world_init (&world, 2, cases[i].start, cases[i].days);
      for (int j = 0; j < 4 && cases[i].finished[j] != NULL; j++)
        add_deployment (&world, j % 2 == 0 ? 10 : 20, at (cases[i].finished[j]), DD_DEPLOYMENT_SUCCEEDED);
      all = measure (&world, NULL);
      g_assert_cmpuint (all.deployment_frequency.deployment_days, ==, cases[i].expected);
      world_clear (&world);
    }
}

static void
test_lead_time (void)
{
  World world;
  DdMetrics all, each[3];
  const DdLeadTime *lead = &all.lead_time;

  world_init (&world, 3, MONDAY, 7);
  add_change (&world, 10, DD_RULE_COUNTED, 1000, 10);
  add_change (&world, 10, DD_RULE_COUNTED, 4000, -1);
  add_change (&world, 20, DD_RULE_COUNTED_BY_MERGE, 3000, 30);
  add_change (&world, 10, DD_RULE_COUNTED, 2000, 20);
  add_change (&world, 10, DD_RULE_WAITING, -1, -1);
  add_change (&world, 10, DD_RULE_NEGATIVE, -1, -1);
  add_change (&world, 20, DD_RULE_BEFORE_FIRST_DEPLOYMENT, -1, -1);
  add_change (&world, 20, DD_RULE_BOT, 7, 7);
  all = measure (&world, each);
  g_assert_true (lead->ok);
  g_assert_cmpuint (lead->changes, ==, 4);
  g_assert_cmpuint (lead->by_deploy, ==, 3);
  g_assert_cmpuint (lead->by_merge, ==, 1);
  g_assert_cmpuint (lead->waiting, ==, 1);
  g_assert_cmpuint (lead->left_out, ==, 2);
  g_assert_cmpfloat (lead->median, ==, 2500);
  g_assert_cmpfloat (lead->mean, ==, 2500);
  g_assert_cmpfloat_with_epsilon (lead->p90, 3700, 1e-6);
  g_assert_cmpfloat (lead->coding, ==, 20);
  g_assert_cmpfloat (lead->pickup, ==, 40);
  g_assert_cmpfloat (lead->review, ==, 60);
  g_assert_cmpfloat (lead->deploy, ==, 60);
  g_assert_cmpint (lead->tier, ==, DD_TIER_ELITE);
  g_assert_cmpfloat (each[0].lead_time.median, ==, 2000);
  g_assert_cmpuint (each[1].lead_time.changes, ==, 1);
  g_assert_true (isnan (each[1].lead_time.deploy));
  g_assert_false (each[2].lead_time.ok);
  g_assert_true (isnan (each[2].lead_time.median) && isnan (each[2].lead_time.mean) && isnan (each[2].lead_time.p90));
  g_assert_cmpint (each[2].lead_time.tier, ==, DD_TIER_NONE);
  world_clear (&world);
}

/* Changes that wait, or whose start nobody knows, give no lead time, and no 0 either. */
static void
test_lead_time_of_nothing (void)
{
  World world;
  DdMetrics all;

  world_init (&world, 1, MONDAY, 7);
  add_change (&world, 10, DD_RULE_WAITING, -1, -1);
  add_change (&world, 10, DD_RULE_COUNTED, -1, -1);
  all = measure (&world, NULL);
  g_assert_false (all.lead_time.ok);
  g_assert_cmpuint (all.lead_time.waiting, ==, 1);
  g_assert_true (isnan (all.lead_time.median) && isnan (all.lead_time.mean));
  g_assert_cmpint (all.lead_time.tier, ==, DD_TIER_NONE);
  world_clear (&world);
}

static void
test_aggregate (void)
{
  static const struct { DdAggregate aggregate; DdTier expected; } cases[] = {
    { DD_AGGREGATE_MEDIAN, DD_TIER_ELITE }, { DD_AGGREGATE_MEAN, DD_TIER_MEDIUM }, { DD_AGGREGATE_P90, DD_TIER_LOW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World world;
      DdMetrics all;

      world_init (&world, 1, MONDAY, 7);
      world.settings->metrics.aggregate = cases[i].aggregate;
      for (int j = 0; j < 3; j++)
        {
          double seconds = j == 2 ? 9 * 86400 : 60;

          add_change (&world, 10, DD_RULE_COUNTED, seconds, -1);
          add_recovery (&world, 10, DD_EVENT_INCIDENT, NOON (3) - (gint64) (seconds * DD_SECOND), NOON (3),
                        DD_TIME_NONE);
        }
      all = measure (&world, NULL);
      g_assert_cmpint (all.lead_time.tier, ==, cases[i].expected);
      g_assert_cmpint (all.recovery_time.tier, ==, cases[i].expected);
      g_assert_cmpfloat (dd_metrics_value (&all, DD_METRIC_LEAD_TIME, cases[i].aggregate), ==,
                         dd_metrics_value (&all, DD_METRIC_RECOVERY_TIME, cases[i].aggregate));
      world_clear (&world);
    }
}

static void
test_failure_rate (void)
{
  static const struct { gboolean deployments, incidents; guint failed, by_result, by_incident; } cases[] = {
    { TRUE, TRUE, 3, 2, 2 }, { TRUE, FALSE, 2, 2, 0 }, { FALSE, TRUE, 2, 0, 2 }, { FALSE, FALSE, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World world;
      DdMetrics all, each[2];
      const DdFailureRate *rate = &all.change_failure_rate;

      world_init (&world, 2, MONDAY, 7);
      world.settings->metrics.signal_deployments = cases[i].deployments;
      world.settings->metrics.signal_incidents = cases[i].incidents;
      add_deployment (&world, 10, NOON (0), DD_DEPLOYMENT_SUCCEEDED);
      add_deployment (&world, 10, NOON (1), DD_DEPLOYMENT_FAILED);
      add_deployment (&world, 10, NOON (2), DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_HAS_INCIDENT);
      add_deployment (&world, 10, NOON (3), DD_DEPLOYMENT_FAILED | DD_DEPLOYMENT_HAS_INCIDENT);
      all = measure (&world, each);
      g_assert_true (rate->ok);
      g_assert_cmpuint (rate->deployments, ==, 4);
      g_assert_cmpuint (rate->failed, ==, cases[i].failed);
      g_assert_cmpuint (rate->failed_by_result, ==, cases[i].by_result);
      g_assert_cmpuint (rate->failed_by_incident, ==, cases[i].by_incident);
      g_assert_cmpfloat (rate->rate, ==, cases[i].failed / 4.0);
      g_assert_cmpint (rate->tier, ==, cases[i].failed == 0 ? DD_TIER_ELITE : DD_TIER_LOW);
      /* Nothing of nothing is no rate. */
      g_assert_false (each[1].change_failure_rate.ok);
      g_assert_true (isnan (each[1].change_failure_rate.rate));
      g_assert_cmpint (each[1].change_failure_rate.tier, ==, DD_TIER_NONE);
      world_clear (&world);
    }
}

static void
test_rework_rate (void)
{
  World world;
  DdMetrics all, each[2];

  world_init (&world, 2, MONDAY, 7);
  add_deployment (&world, 10, NOON (0), DD_DEPLOYMENT_SUCCEEDED | DD_DEPLOYMENT_UNPLANNED);
  add_deployment (&world, 10, NOON (1), DD_DEPLOYMENT_FAILED | DD_DEPLOYMENT_UNPLANNED);
  add_deployment (&world, 10, NOON (2), DD_DEPLOYMENT_SUCCEEDED);
  add_deployment (&world, 20, NOON (3), DD_DEPLOYMENT_FAILED);
  all = measure (&world, each);
  g_assert_true (all.rework_rate.ok);
  g_assert_cmpuint (all.rework_rate.unplanned, ==, 1);
  g_assert_cmpuint (all.rework_rate.deployments, ==, 2);
  g_assert_cmpfloat (all.rework_rate.rate, ==, 0.5);
  g_assert_false (each[1].rework_rate.ok);
  g_assert_true (isnan (each[1].rework_rate.rate));
  world_clear (&world);
}

static void
fill_recoveries (World *given)
{
  World world = *given;
  gint64 start = world.period.start, end = world.period.end;

  /* Ended in the period: at its first instant, in it, and by a streak. */
  add_recovery (given, 10, DD_EVENT_INCIDENT, start - DD_HOUR, start, DD_TIME_NONE);
  add_recovery (given, 10, DD_EVENT_INCIDENT, NOON (1), NOON (1) + 3 * DD_HOUR, NOON (1) - DD_HOUR);
  add_recovery (given, 10, DD_EVENT_STREAK, NOON (2), NOON (2) + 8 * DD_HOUR, NOON (2));
  /* Ended before it, at its end, later, never. */
  add_recovery (given, 10, DD_EVENT_INCIDENT, start - 2 * DD_HOUR, start - 1, DD_TIME_NONE);
  add_recovery (given, 10, DD_EVENT_INCIDENT, NOON (3), end, NOON (2));
  add_recovery (given, 10, DD_EVENT_STREAK, NOON (3), end, NOON (3));
  add_recovery (given, 10, DD_EVENT_INCIDENT, end - 1, end + DD_DAY, DD_TIME_NONE);
  add_recovery (given, 10, DD_EVENT_INCIDENT, start - 9 * DD_DAY, DD_TIME_NONE, DD_TIME_NONE);
  /* Began after it. */
  add_recovery (given, 10, DD_EVENT_INCIDENT, end, DD_TIME_NONE, DD_TIME_NONE);
  /* A wrong clock. */
  add_recovery (given, 10, DD_EVENT_INCIDENT, NOON (4), NOON (4) - 1, NOON (3));
}

static void
test_recovery_time (void)
{
  World world;
  DdMetrics all;
  const DdRecoveryTime *recovery = &all.recovery_time;

  world_init (&world, 1, MONDAY, 7);
  fill_recoveries (&world);
  all = measure (&world, NULL);
  g_assert_true (recovery->ok);
  g_assert_cmpuint (recovery->incidents, ==, 2);
  g_assert_cmpuint (recovery->failed_deployments, ==, 1);
  g_assert_cmpuint (recovery->open, ==, 3);
  g_assert_cmpuint (recovery->left_out, ==, 1);
  g_assert_cmpfloat (recovery->median, ==, 3 * 3600);
  g_assert_cmpfloat (recovery->mean, ==, 4 * 3600);
  g_assert_cmpfloat_with_epsilon (recovery->p90, 7 * 3600, 1e-6);
  g_assert_cmpint (recovery->tier, ==, DD_TIER_HIGH);

  /* Without the signal, streaks are nothing. */
  world.settings->metrics.signal_deployments = FALSE;
  all = measure (&world, NULL);
  g_assert_cmpuint (recovery->failed_deployments, ==, 0);
  g_assert_cmpfloat (recovery->median, ==, 2 * 3600);
  world_clear (&world);
}

/* DORA since 2023: only what is attributed to a deployment, from that deployment's finish. */
static void
test_failed_deployment_recovery (void)
{
  World world;
  DdMetrics all;
  const DdRecoveryTime *recovery = &all.recovery_time;

  world_init (&world, 1, MONDAY, 7);
  fill_recoveries (&world);
  world.settings->metrics.recovery = DD_RECOVERY_FAILED_DEPLOYMENT;
  world.settings->metrics.recovery_given = TRUE;
  all = measure (&world, NULL);
  /* The one whose clock was wrong was resolved 24 hours after its deployment. */
  g_assert_cmpuint (recovery->incidents, ==, 2);
  g_assert_cmpuint (recovery->failed_deployments, ==, 1);
  g_assert_cmpuint (recovery->left_out, ==, 0);
  g_assert_cmpuint (recovery->open, ==, 3);
  g_assert_cmpfloat (recovery->median, ==, 8 * 3600);

  /* The profile asks for it by itself, unless the workspace says otherwise. */
  world.settings->metrics.recovery = DD_RECOVERY_INCIDENT;
  world.settings->metrics.recovery_given = FALSE;
  g_free (world.settings->metrics.profile);
  world.settings->metrics.profile = g_strdup ("dora-2023");
  all = measure (&world, NULL);
  g_assert_cmpfloat (recovery->median, ==, 8 * 3600);
  world.settings->metrics.recovery_given = TRUE;
  all = measure (&world, NULL);
  g_assert_cmpfloat (recovery->median, ==, 3 * 3600);
  world_clear (&world);
}

static void
test_recovery_of_nothing (void)
{
  World world;
  DdMetrics all;

  world_init (&world, 1, MONDAY, 7);
  add_recovery (&world, 10, DD_EVENT_INCIDENT, NOON (1), DD_TIME_NONE, DD_TIME_NONE);
  all = measure (&world, NULL);
  g_assert_false (all.recovery_time.ok);
  g_assert_true (isnan (all.recovery_time.median) && isnan (all.recovery_time.mean) && isnan (all.recovery_time.p90));
  g_assert_cmpint (all.recovery_time.tier, ==, DD_TIER_NONE);
  g_assert_cmpuint (all.recovery_time.open, ==, 1);
  world_clear (&world);
}

/* Repositories out of scope and excluded ones count in nothing; incidents of no repository only in the whole. */
static void
test_scope (void)
{
  World world;
  DdMetrics all, each[2];

  world_init (&world, 2, MONDAY, 7);
  ((DdRepositoryInfo *) g_ptr_array_index (world.scope.repositories, 1))->excluded = TRUE;
  for (guint32 repository = 0; repository <= 40; repository += 10)
    {
      if (repository != 0)
        {
          add_deployment (&world, repository, NOON (0), DD_DEPLOYMENT_SUCCEEDED);
          add_change (&world, repository, DD_RULE_COUNTED, 60, -1);
        }
      add_recovery (&world, repository, DD_EVENT_INCIDENT, NOON (0), NOON (1), DD_TIME_NONE);
    }
  all = measure (&world, each);
  g_assert_cmpuint (all.deployment_frequency.deployments, ==, 1);
  g_assert_cmpuint (all.lead_time.changes, ==, 1);
  g_assert_cmpuint (all.recovery_time.incidents, ==, 2);
  g_assert_cmpuint (each[0].recovery_time.incidents, ==, 1);
  g_assert_cmpuint (each[1].recovery_time.incidents, ==, 0);
  g_assert_false (each[1].deployment_frequency.ok);
  g_assert_false (each[1].change_failure_rate.ok);
  world.scope.whole = FALSE;
  all = measure (&world, each);
  g_assert_cmpuint (all.recovery_time.incidents, ==, 1);

  /* A team of an excluded repository alone has nothing; a scope without repositories neither. */
  g_ptr_array_remove_index (world.scope.repositories, 0);
  all = measure (&world, NULL);
  g_assert_cmpuint (all.rated, ==, 0);
  g_ptr_array_remove_index (world.scope.repositories, 0);
  all = measure (&world, NULL);
  g_assert_cmpuint (all.rated, ==, 0);
  g_assert_false (all.deployment_frequency.ok);
  world_clear (&world);
}

/* The mean tier of those that are rated: 4, 3.5 and 2.5 and 1.5 decide. */
static void
test_overall (void)
{
  static const struct
  {
    guint per_week;
    double lead;
    guint failed;
    double recovery;
    guint rated;
    double mean;
    DdTier overall;
  } cases[] = {
    { 20, 60, 0, 60, 4, 4, DD_TIER_ELITE },      { 20, 60, 0, 4000, 4, 3.75, DD_TIER_ELITE },
    { 20, 60, 0, 90000, 4, 3.5, DD_TIER_ELITE }, { 20, 4000, 0, 90000, 4, 3.25, DD_TIER_HIGH },
    { 20, 1e6, 20, 60, 4, 2.5, DD_TIER_HIGH },   { 20, 1e6, 20, 4000, 4, 2.25, DD_TIER_MEDIUM },
    { 7, 1e6, 7, 1e6, 4, 1.5, DD_TIER_MEDIUM },  { 0, 1e6, 0, -1, 2, 1, DD_TIER_LOW },
    { 0, -1, 0, -1, 1, 1, DD_TIER_LOW },         { 20, -1, 0, -1, 2, 4, DD_TIER_ELITE },
    { 0, 60, 0, 60, 3, 3, DD_TIER_HIGH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World world;
      DdMetrics all;

      world_init (&world, 1, MONDAY, 7);
      for (guint j = 0; j < cases[i].per_week; j++)
        add_deployment (&world, 10, NOON (0) + j,
                        DD_DEPLOYMENT_SUCCEEDED | (j < cases[i].failed ? DD_DEPLOYMENT_HAS_INCIDENT : 0));
      if (cases[i].lead >= 0)
        add_change (&world, 10, DD_RULE_COUNTED, cases[i].lead, -1);
      if (cases[i].recovery >= 0)
        add_recovery (&world, 10, DD_EVENT_INCIDENT, NOON (1) - (gint64) (cases[i].recovery * DD_SECOND), NOON (1),
                      DD_TIME_NONE);
      all = measure (&world, NULL);
      g_assert_cmpuint (all.rated, ==, cases[i].rated);
      g_assert_cmpfloat (all.mean_tier, ==, cases[i].mean);
      g_assert_cmpint (all.overall, ==, cases[i].overall);
      world_clear (&world);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/measure/frequency", test_frequency);
  g_test_add_func ("/measure/frequency-of-nothing", test_frequency_of_nothing);
  g_test_add_func ("/measure/deployment-days", test_deployment_days);
  g_test_add_func ("/measure/lead-time", test_lead_time);
  g_test_add_func ("/measure/lead-time-of-nothing", test_lead_time_of_nothing);
  g_test_add_func ("/measure/aggregate", test_aggregate);
  g_test_add_func ("/measure/failure-rate", test_failure_rate);
  g_test_add_func ("/measure/rework-rate", test_rework_rate);
  g_test_add_func ("/measure/recovery-time", test_recovery_time);
  g_test_add_func ("/measure/failed-deployment-recovery", test_failed_deployment_recovery);
  g_test_add_func ("/measure/recovery-of-nothing", test_recovery_of_nothing);
  g_test_add_func ("/measure/scope", test_scope);
  g_test_add_func ("/measure/overall", test_overall);
  return g_test_run ();
}
