/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-measure-private.h"
#include "dd-stats.h"

/* One column of durations, and where its median goes. */
typedef struct
{
  gsize column;
  gsize median;
} Stage;

static const Stage stages[] = {
  { G_STRUCT_OFFSET (DdChangeColumns, lead), G_STRUCT_OFFSET (DdLeadTime, median) },
  { G_STRUCT_OFFSET (DdChangeColumns, coding), G_STRUCT_OFFSET (DdLeadTime, coding) },
  { G_STRUCT_OFFSET (DdChangeColumns, pickup), G_STRUCT_OFFSET (DdLeadTime, pickup) },
  { G_STRUCT_OFFSET (DdChangeColumns, review), G_STRUCT_OFFSET (DdLeadTime, review) },
  { G_STRUCT_OFFSET (DdChangeColumns, deploy), G_STRUCT_OFFSET (DdLeadTime, deploy) },
};

static gboolean
is_known (const DdMeasure *measure,
          const gint64    *column,
          guint32          row)
{
  return dd_rule_counts (measure->facts->changes.rule[row]) && column[row] != DD_TIME_NONE;
}

/* What is known of one column over a group's counted changes. */
static guint
gather (DdMeasure            *measure,
        const DdMeasureGroup *group,
        const gint64         *column)
{
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;
  guint n = 0;

  while (dd_measure_rows_next (&rows, &row))
    if (is_known (measure, column, row))
      measure->scratch[n++] = column[row];
  return n;
}

/* The same for each repository, one behind the other: read once as the column lies, since a walk over the rows of one
 * repository touches memory in as many places as it has rows. */
static void
deal (DdMeasure    *measure,
      const gint64 *column)
{
  g_autofree guint32 *next = g_new (guint32, measure->n + 1);

  memset (measure->dealt, 0, (measure->n + 1) * sizeof (guint32));
  for (guint32 row = 0; row < measure->rows; row++)
    {
      guint32 place = dd_measure_place (measure, measure->repository[row]);

      if (place != 0 && is_known (measure, column, row))
        measure->dealt[place]++;
    }
  for (guint i = 0; i < measure->n; i++)
    measure->dealt[i + 1] += measure->dealt[i];
  memcpy (next, measure->dealt, (measure->n + 1) * sizeof (guint32));
  for (guint32 row = 0; row < measure->rows; row++)
    {
      guint32 place = dd_measure_place (measure, measure->repository[row]);

      if (place != 0 && is_known (measure, column, row))
        measure->scratch[next[place - 1]++] = column[row];
    }
}

/* A group's values in one piece, after they were dealt out. Selecting in it leaves each repository's values where they
 * are. */
static gint64 *
join (DdMeasure            *measure,
      const DdMeasureGroup *group,
      guint                *n)
{
  *n = 0;
  if (group->n == 1)
    {
      guint member = group->members[0];

      *n = measure->dealt[member + 1] - measure->dealt[member];
      return measure->scratch + measure->dealt[member];
    }
  for (guint i = 0; i < group->n; i++)
    {
      guint member = group->members[i];
      guint length = measure->dealt[member + 1] - measure->dealt[member];

      memcpy (measure->joined + *n, measure->scratch + measure->dealt[member], length * sizeof (gint64));
      *n += length;
    }
  return measure->joined;
}

static double
in_seconds (double microseconds)
{
  return microseconds / (double) DD_SECOND;
}

static void
set_figures (DdLeadTime  *lead,
             const Stage *stage,
             gint64      *values,
             guint        n)
{
  if (stage == &stages[0])
    {
      lead->ok = n > 0;
      lead->mean = in_seconds (dd_stats_mean (values, n));
      lead->p90 = in_seconds (dd_stats_percentile (values, n, 0.9));
    }
  G_STRUCT_MEMBER (double, lead, stage->median) = in_seconds (dd_stats_percentile (values, n, 0.5));
}

static void
measure_stage (DdMeasure            *measure,
               const Stage          *stage,
               const DdMeasureGroup *groups,
               guint                 n_groups)
{
  const gint64 *column = G_STRUCT_MEMBER (gint64 *, &measure->facts->changes, stage->column);
  guint n = gather (measure, &groups[0], column);

  set_figures (&groups[0].metrics->lead_time, stage, measure->scratch, n);
  if (n_groups > 1)
    deal (measure, column);
  for (guint i = 1; i < n_groups; i++)
    {
      gint64 *values = join (measure, &groups[i], &n);

      set_figures (&groups[i].metrics->lead_time, stage, values, n);
    }
}

static void
count_rules (DdMeasure            *measure,
             const DdMeasureGroup *group,
             DdLeadTime           *lead)
{
  const guint8 *rules = measure->facts->changes.rule;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  while (dd_measure_rows_next (&rows, &row))
    {
      lead->by_deploy += rules[row] == DD_RULE_COUNTED;
      lead->by_merge += rules[row] == DD_RULE_COUNTED_BY_MERGE;
      lead->waiting += rules[row] == DD_RULE_WAITING;
      lead->left_out += rules[row] == DD_RULE_BEFORE_FIRST_DEPLOYMENT || rules[row] == DD_RULE_NEGATIVE;
    }
  lead->changes = lead->by_deploy + lead->by_merge;
}

void
dd_lead_time_measure (DdMeasure            *measure,
                      const DdMeasureGroup *groups,
                      guint                 n_groups)
{
  for (guint i = 0; i < n_groups; i++)
    {
      groups[i].metrics->lead_time = (DdLeadTime) { .change = NAN };
      count_rules (measure, &groups[i], &groups[i].metrics->lead_time);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    measure_stage (measure, &stages[i], groups, n_groups);
  for (guint i = 0; i < n_groups; i++)
    {
      DdMetrics *metrics = groups[i].metrics;

      metrics->lead_time.tier =
          dd_profile_rate (&measure->profile, DD_METRIC_LEAD_TIME,
                           dd_metrics_value (metrics, DD_METRIC_LEAD_TIME, measure->settings->aggregate));
    }
}
