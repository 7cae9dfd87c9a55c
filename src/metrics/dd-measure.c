/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-measure-private.h"

#include <math.h>
#include <string.h>

#include "dd-stats.h"

/* Ids are row ids of a small table: a direct table is the fastest way from one to its place. */
static void
index_scope (DdMeasure *measure)
{
  const GPtrArray *repositories = measure->scope->repositories;

  measure->n = repositories->len;
  for (guint i = 0; i < measure->n; i++)
    measure->max_id = MAX (measure->max_id, ((const DdRepositoryInfo *) g_ptr_array_index (repositories, i))->id);
  measure->places = g_new0 (guint32, (gsize) measure->max_id + 1);
  for (guint i = 0; i < measure->n; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (repositories, i);

      if (!info->excluded)
        measure->places[info->id] = i + 1;
    }
}

static void
find_days (DdMeasure *measure)
{
  const DdPeriod *period = measure->period;

  measure->days = g_new (gint64, (gsize) period->days + 1);
  measure->days[0] = period->start;
  for (int i = 1; i < period->days; i++)
    measure->days[i] = dd_time_local_midnight (measure->days[i - 1], measure->zone, 1);
  measure->days[period->days] = period->end;
}

/* Puts the rows at hand in the order of their repositories' places. */
static void
deal_rows (DdMeasure *measure)
{
  g_autofree guint32 *next = g_new (guint32, measure->n + 1);

  memset (measure->starts, 0, (measure->n + 1) * sizeof (guint32));
  for (guint32 row = 0; row < measure->rows; row++)
    {
      guint32 place = dd_measure_place (measure, measure->repository[row]);

      if (place != 0)
        measure->starts[place]++;
    }
  for (guint i = 0; i < measure->n; i++)
    measure->starts[i + 1] += measure->starts[i];
  memcpy (next, measure->starts, (measure->n + 1) * sizeof (guint32));
  for (guint32 row = 0; row < measure->rows; row++)
    {
      guint32 place = dd_measure_place (measure, measure->repository[row]);

      if (place != 0)
        measure->order[next[place - 1]++] = row;
    }
}

double
dd_measure_percentile (DdMeasure *measure,
                       guint      n,
                       double     p)
{
  return dd_stats_percentile (measure->scratch, n, p) / (double) DD_SECOND;
}

double
dd_measure_mean (DdMeasure *measure,
                 guint      n)
{
  return dd_stats_mean (measure->scratch, n) / (double) DD_SECOND;
}

static void
rate_overall (DdMetrics *metrics)
{
  double sum = 0;

  metrics->rated = 0;
  for (int i = DD_METRIC_DEPLOYMENT_FREQUENCY; i <= DD_METRIC_RECOVERY_TIME; i++)
    {
      DdTier tier = dd_metrics_tier (metrics, i);

      if (tier == DD_TIER_NONE)
        continue;
      sum += tier;
      metrics->rated++;
    }
  metrics->mean_tier = metrics->rated > 0 ? sum / metrics->rated : NAN;
  if (metrics->rated == 0)
    metrics->overall = DD_TIER_NONE;
  else if (metrics->mean_tier >= 3.5)
    metrics->overall = DD_TIER_ELITE;
  else if (metrics->mean_tier >= 2.5)
    metrics->overall = DD_TIER_HIGH;
  else
    metrics->overall = metrics->mean_tier >= 1.5 ? DD_TIER_MEDIUM : DD_TIER_LOW;
}

/* A team may name a repository twice. Members are copied into @pool, which has room for them. */
static DdMeasureGroup
group_of_team (const DdMeasure *measure,
               const GArray    *team,
               guint           *pool,
               DdMetrics       *metrics)
{
  DdMeasureGroup group = { .members = pool, .metrics = metrics };
  g_autofree guint8 *seen = g_new0 (guint8, MAX (1, measure->n));

  for (guint i = 0; i < team->len; i++)
    {
      guint member = g_array_index (team, guint, i);

      if (member >= measure->n || seen[member])
        continue;
      seen[member] = 1;
      pool[group.n++] = member;
    }
  return group;
}

/* Rows of one kind are at hand from here on. */
static void
take_rows (DdMeasure     *measure,
           const guint32 *repository,
           guint          rows)
{
  measure->repository = repository;
  measure->rows = rows;
  if (measure->order != NULL)
    deal_rows (measure);
}

static void
measure_all (DdMeasure            *measure,
             const DdMeasureGroup *groups,
             guint                 n_groups)
{
  const DdFacts *facts = measure->facts;

  take_rows (measure, facts->deployments.repository, facts->deployments.n);
  for (guint i = 0; i < n_groups; i++)
    {
      dd_deployment_frequency_measure (measure, &groups[i]);
      dd_change_failure_rate_measure (measure, &groups[i]);
      dd_rework_rate_measure (measure, &groups[i]);
    }
  take_rows (measure, facts->changes.repository, facts->changes.n);
  dd_lead_time_measure (measure, groups, n_groups);
  take_rows (measure, facts->recoveries.repository, facts->recoveries.n);
  for (guint i = 0; i < n_groups; i++)
    {
      dd_recovery_time_measure (measure, &groups[i]);
      rate_overall (groups[i].metrics);
    }
}

/* The first of the groups is the whole. */
static void
measure_groups (DdMeasure            *measure,
                const DdMeasureGroup *groups,
                guint                 n_groups)
{
  const DdFacts *facts = measure->facts;
  guint durations = MAX (1, MAX (facts->changes.n, facts->recoveries.n));

  measure->starts = g_new (guint32, measure->n + 1);
  measure->dealt = g_new (guint32, measure->n + 1);
  measure->scratch = g_new (gint64, durations);
  if (n_groups > 1)
    {
      /* Memory that no team's values are joined in is never touched, and so is not taken. */
      measure->order = g_new (guint32, MAX (facts->deployments.n, durations));
      measure->joined = g_new (gint64, durations);
    }
  measure_all (measure, groups, n_groups);
  g_free (measure->order);
  g_free (measure->joined);
  g_free (measure->scratch);
  g_free (measure->dealt);
  g_free (measure->starts);
}

void
dd_metrics_measure (const DdFacts          *facts,
                    const DdPeriod         *period,
                    GTimeZone              *zone,
                    const DdMetricSettings *settings,
                    const DdScope          *scope,
                    DdMetrics              *all,
                    DdMetrics              *each,
                    GPtrArray              *teams,
                    DdMetrics              *each_team)
{
  DdMeasure measure = { .facts = facts, .period = period, .zone = zone, .settings = settings, .scope = scope };
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (DdMeasureGroup));
  g_autofree guint *everyone = NULL;
  g_autofree guint *pool = NULL;
  guint pooled = 0;
  DdMeasureGroup group = { 0 };

  dd_profile_resolve (settings, &measure.profile);
  index_scope (&measure);
  find_days (&measure);
  everyone = g_new (guint, MAX (1, measure.n));
  for (guint i = 0; i < measure.n; i++)
    everyone[i] = i;
  group = (DdMeasureGroup) { .members = everyone, .n = measure.n, .everything = TRUE, .metrics = all };
  g_array_append_val (groups, group);
  for (guint i = 0; each != NULL && i < measure.n; i++)
    {
      group = (DdMeasureGroup) { .members = &everyone[i], .n = 1, .metrics = &each[i] };
      g_array_append_val (groups, group);
    }
  for (guint i = 0; teams != NULL && i < teams->len; i++)
    pooled += ((const GArray *) g_ptr_array_index (teams, i))->len;
  pool = g_new (guint, MAX (1, pooled));
  pooled = 0;
  for (guint i = 0; teams != NULL && i < teams->len; i++)
    {
      const GArray *team = g_ptr_array_index (teams, i);

      group = group_of_team (&measure, team, pool + pooled, &each_team[i]);
      pooled += team->len;
      g_array_append_val (groups, group);
    }
  measure_groups (&measure, (const DdMeasureGroup *) groups->data, groups->len);
  g_free (measure.places);
  g_free (measure.days);
}
