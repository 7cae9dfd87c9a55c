/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-summary.h"

#include <math.h>

void
dd_group_free (DdGroup *group)
{
  if (group == NULL)
    return;
  g_free (group->name);
  g_free (group->reason);
  g_free (group);
}

void
dd_summary_free (DdSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->workspace);
  g_free (summary->timezone);
  g_free (summary->scope);
  g_clear_pointer (&summary->repositories, g_ptr_array_unref);
  g_clear_pointer (&summary->teams, g_ptr_array_unref);
  g_clear_pointer (&summary->sources, g_ptr_array_unref);
  g_clear_pointer (&summary->narrowed, g_ptr_array_unref);
  g_clear_pointer (&summary->left_out, g_ptr_array_unref);
  g_clear_pointer (&summary->open_incidents, g_ptr_array_unref);
  g_free (summary);
}

static double
aggregate_of (DdAggregate aggregate,
              double      median,
              double      mean,
              double      p90)
{
  switch (aggregate)
    {
    case DD_AGGREGATE_MEAN:
      return mean;
    case DD_AGGREGATE_P90:
      return p90;
    case DD_AGGREGATE_MEDIAN:
    default:
      return median;
    }
}

double
dd_metrics_value (const DdMetrics *metrics,
                  DdMetric         metric,
                  DdAggregate      aggregate)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return metrics->deployment_frequency.per_day;
    case DD_METRIC_LEAD_TIME:
      return aggregate_of (aggregate, metrics->lead_time.median, metrics->lead_time.mean, metrics->lead_time.p90);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return metrics->change_failure_rate.rate;
    case DD_METRIC_RECOVERY_TIME:
      return aggregate_of (aggregate, metrics->recovery_time.median, metrics->recovery_time.mean,
                           metrics->recovery_time.p90);
    case DD_METRIC_REWORK_RATE:
      return metrics->rework_rate.rate;
    case DD_N_METRICS:
    default:
      return NAN;
    }
}

guint
dd_metrics_events (const DdMetrics *metrics,
                   DdMetric         metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return metrics->deployment_frequency.deployments;
    case DD_METRIC_LEAD_TIME:
      return metrics->lead_time.changes;
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return metrics->change_failure_rate.deployments;
    case DD_METRIC_RECOVERY_TIME:
      return metrics->recovery_time.incidents + metrics->recovery_time.failed_deployments;
    case DD_METRIC_REWORK_RATE:
      return metrics->rework_rate.deployments;
    case DD_N_METRICS:
    default:
      return 0;
    }
}

DdTier
dd_metrics_tier (const DdMetrics *metrics,
                 DdMetric         metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return metrics->deployment_frequency.tier;
    case DD_METRIC_LEAD_TIME:
      return metrics->lead_time.tier;
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return metrics->change_failure_rate.tier;
    case DD_METRIC_RECOVERY_TIME:
      return metrics->recovery_time.tier;
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      return DD_TIER_NONE;
    }
}

double
dd_metrics_change (const DdMetrics *metrics,
                   DdMetric         metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return metrics->deployment_frequency.change;
    case DD_METRIC_LEAD_TIME:
      return metrics->lead_time.change;
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return metrics->change_failure_rate.change;
    case DD_METRIC_RECOVERY_TIME:
      return metrics->recovery_time.change;
    case DD_METRIC_REWORK_RATE:
      return metrics->rework_rate.change;
    case DD_N_METRICS:
    default:
      return NAN;
    }
}

static double
change_of (const DdMetrics *now,
           const DdMetrics *before,
           DdMetric         metric,
           DdAggregate      aggregate)
{
  double new_value = dd_metrics_value (now, metric, aggregate),
         old_value = dd_metrics_value (before, metric, aggregate);

  /* NAN on either side stays NAN. */
  return old_value == 0 ? NAN : (new_value - old_value) / old_value;
}

void
dd_metrics_compare (DdMetrics       *now,
                    const DdMetrics *before,
                    DdAggregate      aggregate)
{
  now->deployment_frequency.change = change_of (now, before, DD_METRIC_DEPLOYMENT_FREQUENCY, aggregate);
  now->lead_time.change = change_of (now, before, DD_METRIC_LEAD_TIME, aggregate);
  now->change_failure_rate.change = change_of (now, before, DD_METRIC_CHANGE_FAILURE_RATE, aggregate);
  now->recovery_time.change = change_of (now, before, DD_METRIC_RECOVERY_TIME, aggregate);
  now->rework_rate.change = change_of (now, before, DD_METRIC_REWORK_RATE, aggregate);
}

DdTrend
dd_metrics_trend (DdMetric metric,
                  double   change)
{
  if (isnan (change))
    return DD_TREND_NONE;
  /* 5 % is steady, also where a division made a little more of it. */
  if (fabs (change) <= 0.05 + 1e-9)
    return DD_TREND_STEADY;
  return (change > 0) == (metric == DD_METRIC_DEPLOYMENT_FREQUENCY) ? DD_TREND_BETTER : DD_TREND_WORSE;
}
