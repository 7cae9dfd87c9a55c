/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-stats.h"
#include "dd-summary.h"

/* A small world in columns: its repositories have the ids 10, 20, 30, …; its period is a week in Berlin that begins on
 * a Monday. */
typedef struct
{
  DdFacts    facts;
  DdPeriod   period;
  GTimeZone *zone;
  DdSettings *settings;
  DdScope    scope;
} World;

static gint64
at (const char *text)
{
  gint64 time = DD_TIME_NONE;

  g_assert_true (dd_time_parse (text, &time));
  return time;
}

static void
world_init (World      *world,
            guint       repositories,
            const char *start,
            int         days)
{
  *world = (World) { 0 };
  dd_facts_init (&world->facts);
  world->zone = dd_time_zone_new ("Europe/Berlin", NULL);
  world->settings = dd_settings_new ("Northwind");
  world->period.kind = DD_PERIOD_CUSTOM;
  world->period.start = at (start);
  world->period.end = dd_time_local_midnight (world->period.start, world->zone, days);
  world->period.days = days;
  world->scope.whole = TRUE;
  world->scope.repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_repository_info_free);
  for (guint i = 0; i < repositories; i++)
    {
      DdRepositoryInfo *info = g_new0 (DdRepositoryInfo, 1);

      info->id = 10 * (i + 1);
      info->deployed = TRUE;
      g_ptr_array_add (world->scope.repositories, info);
    }
}

static void
world_clear (World *world)
{
  dd_facts_clear (&world->facts);
  g_time_zone_unref (world->zone);
  dd_settings_free (world->settings);
  g_ptr_array_unref (world->scope.repositories);
}

static void
add_deployment (World  *world,
                guint32 repository,
                gint64  finished,
                int     flags)
{
  DdDeploymentColumns *columns = &world->facts.deployments;

  dd_deployment_columns_reserve (columns, 1);
  columns->repository[columns->n] = repository;
  columns->finished[columns->n] = finished;
  columns->flags[columns->n] = (guint8) flags;
  columns->n++;
}

/* In seconds; a negative stage is not known. */
static void
add_change (World  *world,
            guint32 repository,
            DdRule  rule,
            double  lead,
            double  coding)
{
  DdChangeColumns *columns = &world->facts.changes;
  guint i = columns->n;

  dd_change_columns_reserve (columns, 1);
  columns->repository[i] = repository;
  columns->rule[i] = (guint8) rule;
  columns->lead[i] = lead >= 0 ? (gint64) (lead * (double) DD_SECOND) : DD_TIME_NONE;
  columns->coding[i] = coding >= 0 ? (gint64) (coding * (double) DD_SECOND) : DD_TIME_NONE;
  columns->pickup[i] = coding >= 0 ? 2 * columns->coding[i] : DD_TIME_NONE;
  columns->review[i] = coding >= 0 ? 3 * columns->coding[i] : DD_TIME_NONE;
  columns->deploy[i] = coding >= 0 && rule == DD_RULE_COUNTED ? 4 * columns->coding[i] : DD_TIME_NONE;
  columns->n++;
}

static void
add_recovery (World      *world,
              guint32     repository,
              DdEventKind kind,
              gint64      started,
              gint64      ended,
              gint64      failed_started)
{
  DdRecoveryColumns *columns = &world->facts.recoveries;
  guint i = columns->n;

  dd_recovery_columns_reserve (columns, 1);
  columns->repository[i] = repository;
  columns->kind[i] = (guint8) kind;
  columns->started[i] = started;
  columns->ended[i] = ended;
  columns->failed_started[i] = failed_started;
  columns->duration[i] = ended != DD_TIME_NONE ? ended - started : DD_TIME_NONE;
  columns->failed_duration[i] =
      ended != DD_TIME_NONE && failed_started != DD_TIME_NONE ? ended - failed_started : DD_TIME_NONE;
  columns->n++;
}

static DdMetrics
measure (World     *world,
         DdMetrics *each)
{
  DdMetrics all;

  dd_metrics_measure (&world->facts, &world->period, world->zone, &world->settings->metrics, &world->scope, &all, each,
                      NULL, NULL);
  return all;
}

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

static void
assert_same_number (double a,
                    double b)
{
  g_assert_true ((isnan (a) && isnan (b)) || fabs (a - b) <= 1e-9 * MAX (1, fabs (b)));
}

static void
assert_same_metrics (const DdMetrics *a,
                     const DdMetrics *b)
{
  for (int metric = 0; metric < DD_N_METRICS; metric++)
    {
      for (int aggregate = DD_AGGREGATE_MEDIAN; aggregate <= DD_AGGREGATE_P90; aggregate++)
        assert_same_number (dd_metrics_value (a, metric, aggregate), dd_metrics_value (b, metric, aggregate));
      g_assert_cmpuint (dd_metrics_events (a, metric), ==, dd_metrics_events (b, metric));
      g_assert_cmpint (dd_metrics_tier (a, metric), ==, dd_metrics_tier (b, metric));
    }
  g_assert_cmpuint (a->deployment_frequency.deployment_days, ==, b->deployment_frequency.deployment_days);
  g_assert_cmpuint (a->lead_time.by_merge, ==, b->lead_time.by_merge);
  g_assert_cmpuint (a->lead_time.waiting, ==, b->lead_time.waiting);
  g_assert_cmpuint (a->lead_time.left_out, ==, b->lead_time.left_out);
  assert_same_number (a->lead_time.coding, b->lead_time.coding);
  assert_same_number (a->lead_time.deploy, b->lead_time.deploy);
  g_assert_cmpuint (a->change_failure_rate.failed, ==, b->change_failure_rate.failed);
  g_assert_cmpuint (a->recovery_time.open, ==, b->recovery_time.open);
  g_assert_cmpuint (a->recovery_time.left_out, ==, b->recovery_time.left_out);
  g_assert_cmpuint (a->rework_rate.unplanned, ==, b->rework_rate.unplanned);
  g_assert_cmpint (a->overall, ==, b->overall);
}

static void
fill_random (World *world,
             guint  rows)
{
  static const DdRule rules[] = { DD_RULE_COUNTED, DD_RULE_COUNTED,  DD_RULE_COUNTED_BY_MERGE,
                                  DD_RULE_WAITING, DD_RULE_NEGATIVE, DD_RULE_BEFORE_FIRST_DEPLOYMENT };
  gint64 start = world->period.start, length = world->period.end - start;

  for (guint i = 0; i < rows; i++)
    {
      DdRule rule = rules[g_test_rand_int_range (0, G_N_ELEMENTS (rules))];
      gint64 started = start + g_test_rand_int_range (-20, 40) * (length / 30),
             ended = started + g_test_rand_int_range (-1, 30) * DD_HOUR;
      int result = g_test_rand_int_range (0, 3) == 0 ? DD_DEPLOYMENT_FAILED : DD_DEPLOYMENT_SUCCEEDED;

      add_deployment (world, 10 * (guint32) g_test_rand_int_range (1, 9), start + length / rows * i,
                      result | (g_test_rand_int_range (0, 4) << 2));
      add_change (world, 10 * (guint32) g_test_rand_int_range (1, 9), rule,
                  dd_rule_counts (rule) ? g_test_rand_int_range (0, 1000000) : -1, g_test_rand_int_range (-50, 100));
      add_recovery (world, 10 * (guint32) g_test_rand_int_range (0, 9), g_test_rand_int_range (0, 2), started,
                    g_test_rand_int_range (0, 5) == 0 ? DD_TIME_NONE : ended,
                    g_test_rand_int_range (0, 2) == 0 ? DD_TIME_NONE : started - DD_HOUR);
    }
}

/* The rows of some repositories and nothing else, measured as a whole: what a group of them must come to. */
static DdMetrics
measure_alone (const World   *world,
               const GArray  *members)
{
  DdFacts facts;
  g_autoptr (GPtrArray) repositories = g_ptr_array_new ();
  DdScope scope = { .repositories = repositories };
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  World alone = *world;
  DdMetrics metrics;

  dd_facts_init (&facts);
  alone.facts = facts;
  for (guint i = 0; i < members->len; i++)
    {
      DdRepositoryInfo *info = g_ptr_array_index (world->scope.repositories, g_array_index (members, guint, i));

      if (!info->excluded && g_hash_table_add (ids, GUINT_TO_POINTER (info->id)))
        g_ptr_array_add (repositories, info);
    }
  for (guint i = 0; i < world->facts.deployments.n; i++)
    if (g_hash_table_contains (ids, GUINT_TO_POINTER (world->facts.deployments.repository[i])))
      add_deployment (&alone, world->facts.deployments.repository[i], world->facts.deployments.finished[i],
                      world->facts.deployments.flags[i]);
  for (guint i = 0; i < world->facts.changes.n; i++)
    {
      const DdChangeColumns *changes = &world->facts.changes;

      if (g_hash_table_contains (ids, GUINT_TO_POINTER (changes->repository[i])))
        add_change (&alone, changes->repository[i], changes->rule[i],
                    changes->lead[i] != DD_TIME_NONE ? (double) changes->lead[i] / DD_SECOND : -1,
                    changes->coding[i] != DD_TIME_NONE ? (double) changes->coding[i] / DD_SECOND : -1);
    }
  for (guint i = 0; i < world->facts.recoveries.n; i++)
    {
      const DdRecoveryColumns *events = &world->facts.recoveries;

      if (g_hash_table_contains (ids, GUINT_TO_POINTER (events->repository[i])))
        add_recovery (&alone, events->repository[i], events->kind[i], events->started[i], events->ended[i],
                      events->failed_started[i]);
    }
  dd_metrics_measure (&alone.facts, &world->period, world->zone, &world->settings->metrics, &scope, &metrics, NULL,
                      NULL, NULL);
  dd_facts_clear (&alone.facts);
  return metrics;
}

static GArray *
members_of (guint count,
            ...)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (guint));
  va_list numbers;

  va_start (numbers, count);
  for (guint i = 0; i < count; i++)
    {
      guint member = va_arg (numbers, guint);

      g_array_append_val (members, member);
    }
  va_end (numbers);
  return members;
}

/* Each repository and each team comes to what its rows alone come to; a repository that a team names twice counts
 * once. */
static void
test_groups (void)
{
  for (int round = 0; round < 60; round++)
    {
      World world;
      DdMetrics all, each[6], teams[4];
      g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

      world_init (&world, 6, "2026-10-12T00:00:00+02:00", g_test_rand_int_range (1, 40));
      ((DdRepositoryInfo *) g_ptr_array_index (world.scope.repositories, 4))->excluded = TRUE;
      world.settings->metrics.signal_deployments = round % 3 != 0;
      world.settings->metrics.recovery = DD_RECOVERY_FAILED_DEPLOYMENT;
      world.settings->metrics.recovery_given = round % 2 == 0;
      fill_random (&world, (guint) g_test_rand_int_range (1, 200));
      g_ptr_array_add (groups, members_of (2, 3, 0));
      g_ptr_array_add (groups, members_of (0));
      g_ptr_array_add (groups, members_of (5, 1, 1, 4, 1, 5));
      g_ptr_array_add (groups, members_of (7, 0, 1, 2, 3, 4, 5, 99));
      dd_metrics_measure (&world.facts, &world.period, world.zone, &world.settings->metrics, &world.scope, &all, each,
                          groups, teams);
      for (guint i = 0; i < 6; i++)
        {
          g_autoptr (GArray) members = members_of (1, i);
          DdMetrics expected = measure_alone (&world, members);

          assert_same_metrics (&each[i], &expected);
        }
      g_array_remove_index (g_ptr_array_index (groups, 3), 6);
      for (guint i = 0; i < groups->len; i++)
        {
          DdMetrics expected = measure_alone (&world, g_ptr_array_index (groups, i));

          assert_same_metrics (&teams[i], &expected);
        }
      world_clear (&world);
    }
}

/* The whole against a slow count of its rows. */
static void
test_whole (void)
{
  for (int round = 0; round < 60; round++)
    {
      World world;
      DdMetrics all;
      g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      guint successes = 0, open = 0;

      world_init (&world, 8, "2026-10-12T00:00:00+02:00", g_test_rand_int_range (1, 40));
      fill_random (&world, (guint) g_test_rand_int_range (1, 200));
      all = measure (&world, NULL);
      for (guint i = 0; i < world.facts.deployments.n; i++)
        {
          g_autofree char *text = dd_time_format (world.facts.deployments.finished[i], world.zone);

          if (world.facts.deployments.flags[i] & DD_DEPLOYMENT_SUCCEEDED)
            {
              successes++;
              g_hash_table_add (days, g_strndup (text, 10));
            }
        }
      for (guint i = 0; i < world.facts.changes.n; i++)
        if (dd_rule_counts (world.facts.changes.rule[i]))
          g_array_append_val (leads, world.facts.changes.lead[i]);
      for (guint i = 0; i < world.facts.recoveries.n; i++)
        {
          const DdRecoveryColumns *events = &world.facts.recoveries;
          gboolean ended = events->ended[i] != DD_TIME_NONE;

          open += events->kind[i] == DD_EVENT_INCIDENT && events->started[i] < world.period.end &&
                  (!ended || events->ended[i] >= world.period.end);
          if (ended && events->ended[i] >= world.period.start && events->ended[i] < world.period.end &&
              events->ended[i] >= events->started[i])
            g_array_append_val (times, events->duration[i]);
        }
      g_assert_cmpuint (all.deployment_frequency.deployments, ==, successes);
      g_assert_cmpuint (all.deployment_frequency.deployment_days, ==, g_hash_table_size (days));
      g_assert_cmpuint (all.recovery_time.open, ==, open);
      assert_same_number (all.lead_time.mean, dd_stats_mean ((gint64 *) leads->data, leads->len) / DD_SECOND);
      assert_same_number (all.lead_time.median,
                          dd_stats_percentile ((gint64 *) leads->data, leads->len, 0.5) / DD_SECOND);
      assert_same_number (all.recovery_time.mean, dd_stats_mean ((gint64 *) times->data, times->len) / DD_SECOND);
      assert_same_number (all.recovery_time.p90,
                          dd_stats_percentile ((gint64 *) times->data, times->len, 0.9) / DD_SECOND);
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
  g_test_add_func ("/measure/groups", test_groups);
  g_test_add_func ("/measure/whole", test_whole);
  return g_test_run ();
}
