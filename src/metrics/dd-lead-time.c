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

/* How many changes a rule counts or leaves out. */
typedef struct
{
  guint by_deploy, by_merge, waiting, left_out;
} Counts;

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
  return dd_rule_counts (measure->changes->rule[row]) && column[row] != DD_TIME_NONE;
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
measure_stage (DdMeasure   *measure,
               const Stage *stage)
{
  const DdMeasureGroup *groups = (const DdMeasureGroup *) measure->groups->data;
  const gint64 *column = G_STRUCT_MEMBER (gint64 *, measure->changes, stage->column);
  guint n = gather (measure, &groups[0], column);

  set_figures (&groups[0].metrics->lead_time, stage, measure->scratch, n);
  if (measure->groups->len > 1)
    deal (measure, column);
  for (guint i = 1; i < measure->groups->len; i++)
    {
      gint64 *values = join (measure, &groups[i], &n);

      set_figures (&groups[i].metrics->lead_time, stage, values, n);
    }
}

static void
add_counts (DdLeadTime   *lead,
            const Counts *counts)
{
  lead->by_deploy += counts->by_deploy;
  lead->by_merge += counts->by_merge;
  lead->waiting += counts->waiting;
  lead->left_out += counts->left_out;
  lead->changes = lead->by_deploy + lead->by_merge;
}

/* By rule: for each repository's place, and before the first for changes of none, which only the whole can have. */
static Counts *
count_rules (const DdMeasure *measure)
{
  Counts *counts = g_new0 (Counts, measure->n + 1);

  for (guint32 row = 0; row < measure->rows; row++)
    {
      guint32 place = dd_measure_place (measure, measure->repository[row]);
      DdRule rule = measure->changes->rule[row];

      if (place == 0 && (measure->repository[row] != 0 || !measure->scope->whole))
        continue;
      counts[place].by_deploy += rule == DD_RULE_COUNTED;
      counts[place].by_merge += rule == DD_RULE_COUNTED_BY_MERGE;
      counts[place].waiting += rule == DD_RULE_WAITING;
      counts[place].left_out += rule == DD_RULE_BEFORE_FIRST_DEPLOYMENT || rule == DD_RULE_NEGATIVE;
    }
  return counts;
}

void
dd_lead_time_measure (DdMeasure *measure)
{
  g_autofree Counts *counts = count_rules (measure);

  for (guint i = 0; i < measure->groups->len; i++)
    {
      const DdMeasureGroup *group = &g_array_index (measure->groups, DdMeasureGroup, i);

      group->metrics->lead_time = (DdLeadTime) { .change = NAN };
      if (group->everything)
        add_counts (&group->metrics->lead_time, &counts[0]);
      for (guint j = 0; j < group->n; j++)
        add_counts (&group->metrics->lead_time, &counts[group->members[j] + 1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    measure_stage (measure, &stages[i]);
  for (guint i = 0; i < measure->groups->len; i++)
    {
      DdMetrics *metrics = g_array_index (measure->groups, DdMeasureGroup, i).metrics;

      metrics->lead_time.tier =
          dd_profile_rate (&measure->profile, DD_METRIC_LEAD_TIME,
                           dd_metrics_value (metrics, DD_METRIC_LEAD_TIME, measure->settings->aggregate));
    }
}
