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
find_days (DdMeasure *measure,
           GTimeZone *zone)
{
  const DdPeriod *period = &measure->period;

  measure->days = g_new (gint64, (gsize) period->days + 1);
  measure->days[0] = period->start;
  for (int i = 1; i < period->days; i++)
    measure->days[i] = dd_time_local_midnight (measure->days[i - 1], zone, 1);
  measure->days[period->days] = period->end;
  measure->marked = g_new (guint8, (gsize) period->days);
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

static void
add_groups (DdMeasure *measure,
            DdMetrics *all,
            DdMetrics *each,
            GPtrArray *teams,
            DdMetrics *each_team)
{
  DdMeasureGroup group;
  guint pooled = 0;

  measure->groups = g_array_new (FALSE, FALSE, sizeof (DdMeasureGroup));
  measure->everyone = g_new (guint, MAX (1, measure->n));
  for (guint i = 0; i < measure->n; i++)
    measure->everyone[i] = i;
  group = (DdMeasureGroup) { .members = measure->everyone, .n = measure->n, .everything = TRUE, .metrics = all };
  g_array_append_val (measure->groups, group);
  for (guint i = 0; each != NULL && i < measure->n; i++)
    {
      group = (DdMeasureGroup) { .members = &measure->everyone[i], .n = 1, .metrics = &each[i] };
      g_array_append_val (measure->groups, group);
    }
  for (guint i = 0; teams != NULL && i < teams->len; i++)
    pooled += ((const GArray *) g_ptr_array_index (teams, i))->len;
  measure->pool = g_new (guint, MAX (1, pooled));
  pooled = 0;
  for (guint i = 0; teams != NULL && i < teams->len; i++)
    {
      const GArray *team = g_ptr_array_index (teams, i);

      group = group_of_team (measure, team, measure->pool + pooled, &each_team[i]);
      pooled += team->len;
      g_array_append_val (measure->groups, group);
    }
}

/* Rows of one kind are at hand from here to drop_rows(). */
static void
take_rows (DdMeasure     *measure,
           const guint32 *repository,
           guint          rows)
{
  measure->repository = repository;
  measure->rows = rows;
  measure->starts = g_new (guint32, measure->n + 1);
  if (measure->groups->len == 1)
    return;
  measure->order = g_new (guint32, MAX (1, rows));
  deal_rows (measure);
}

static void
drop_rows (DdMeasure *measure)
{
  g_clear_pointer (&measure->order, g_free);
  g_clear_pointer (&measure->starts, g_free);
}

void
dd_measure_deployments (DdMeasure                 *measure,
                        const DdDeploymentColumns *columns)
{
  measure->deployments = columns;
  take_rows (measure, columns->repository, columns->n);
  for (guint i = 0; i < measure->groups->len; i++)
    {
      const DdMeasureGroup *group = &g_array_index (measure->groups, DdMeasureGroup, i);

      dd_deployment_frequency_measure (measure, group);
      dd_change_failure_rate_measure (measure, group);
      dd_rework_rate_measure (measure, group);
    }
  drop_rows (measure);
}

/* These are the most rows with the most columns: besides them there is only one column of durations. */
void
dd_measure_changes (DdMeasure             *measure,
                    const DdChangeColumns *columns)
{
  guint durations = MAX (1, columns->n);

  measure->changes = columns;
  measure->repository = columns->repository;
  measure->rows = columns->n;
  measure->scratch = g_new (gint64, durations);
  measure->dealt = g_new (guint32, measure->n + 1);
  /* Memory that no team's values are joined in is never touched, and so is not taken. */
  if (measure->groups->len > 1)
    measure->joined = g_new (gint64, durations);
  dd_lead_time_measure (measure);
  g_clear_pointer (&measure->joined, g_free);
  g_clear_pointer (&measure->dealt, g_free);
  g_clear_pointer (&measure->scratch, g_free);
}

void
dd_measure_recoveries (DdMeasure               *measure,
                       const DdRecoveryColumns *columns)
{
  measure->recoveries = columns;
  take_rows (measure, columns->repository, columns->n);
  measure->scratch = g_new (gint64, MAX (1, columns->n));
  for (guint i = 0; i < measure->groups->len; i++)
    dd_recovery_time_measure (measure, &g_array_index (measure->groups, DdMeasureGroup, i));
  g_clear_pointer (&measure->scratch, g_free);
  drop_rows (measure);
}

DdMeasure *
dd_measure_new (const DdPeriod         *period,
                GTimeZone              *zone,
                const DdMetricSettings *settings,
                const DdScope          *scope,
                DdMetrics              *all,
                DdMetrics              *each,
                GPtrArray              *teams,
                DdMetrics              *each_team)
{
  DdMeasure *measure = g_new0 (DdMeasure, 1);

  measure->period = *period;
  measure->settings = settings;
  measure->scope = scope;
  dd_profile_resolve (settings, &measure->profile);
  index_scope (measure);
  find_days (measure, zone);
  add_groups (measure, all, each, teams, each_team);
  return measure;
}

void
dd_measure_finish (DdMeasure *measure)
{
  for (guint i = 0; i < measure->groups->len; i++)
    rate_overall (g_array_index (measure->groups, DdMeasureGroup, i).metrics);
  dd_measure_free (measure);
}

void
dd_measure_free (DdMeasure *measure)
{
  g_array_unref (measure->groups);
  g_free (measure->everyone);
  g_free (measure->pool);
  g_free (measure->places);
  g_free (measure->days);
  g_free (measure->marked);
  g_free (measure);
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
  DdMeasure *measure = dd_measure_new (period, zone, settings, scope, all, each, teams, each_team);

  dd_measure_deployments (measure, &facts->deployments);
  dd_measure_changes (measure, &facts->changes);
  dd_measure_recoveries (measure, &facts->recoveries);
  dd_measure_finish (measure);
}
