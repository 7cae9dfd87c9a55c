/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-measure-private.h"

/* What is known of one column over a group's counted changes. */
static guint
gather (DdMeasure            *measure,
        const DdMeasureGroup *group,
        const gint64         *column)
{
  const guint8 *rules = measure->facts->changes.rule;
  guint n = 0;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  while (dd_measure_rows_next (&rows, &row))
    {
      if (dd_rule_counts (rules[row]) && column[row] != DD_TIME_NONE)
        measure->scratch[n++] = column[row];
    }
  return n;
}

static double
stage_median (DdMeasure            *measure,
              const DdMeasureGroup *group,
              const gint64         *column)
{
  return dd_measure_percentile (measure, gather (measure, group, column), 0.5);
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
}

void
dd_lead_time_measure (DdMeasure            *measure,
                      const DdMeasureGroup *group)
{
  const DdChangeColumns *columns = &measure->facts->changes;
  DdLeadTime *lead = &group->metrics->lead_time;
  guint n;

  *lead = (DdLeadTime) { .median = NAN, .mean = NAN, .p90 = NAN, .coding = NAN, .pickup = NAN, .review = NAN, .deploy = NAN,
                         .change = NAN };
  count_rules (measure, group, lead);
  lead->changes = lead->by_deploy + lead->by_merge;
  if (lead->changes == 0)
    return;
  n = gather (measure, group, columns->lead);
  lead->ok = n > 0;
  lead->mean = dd_measure_mean (measure, n);
  lead->median = dd_measure_percentile (measure, n, 0.5);
  lead->p90 = dd_measure_percentile (measure, n, 0.9);
  lead->coding = stage_median (measure, group, columns->coding);
  lead->pickup = stage_median (measure, group, columns->pickup);
  lead->review = stage_median (measure, group, columns->review);
  lead->deploy = stage_median (measure, group, columns->deploy);
  lead->tier = dd_profile_rate (&measure->profile, DD_METRIC_LEAD_TIME,
                                dd_metrics_value (group->metrics, DD_METRIC_LEAD_TIME, measure->settings->aggregate));
}
