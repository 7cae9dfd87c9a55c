/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-measure-private.h"

static gboolean
is_open (const DdRecoveryColumns *columns,
         guint                    row,
         const DdPeriod          *period)
{
  return columns->kind[row] == DD_EVENT_INCIDENT && columns->started[row] < period->end &&
         (columns->ended[row] == DD_TIME_NONE || columns->ended[row] >= period->end);
}

/* The time that an event took to recover from; DD_TIME_NONE where the definition in force passes it over. */
static gint64
value_of (const DdMeasure *measure,
          guint            row)
{
  const DdRecoveryColumns *columns = measure->recoveries;

  if (columns->kind[row] == DD_EVENT_STREAK)
    return measure->settings->signal_deployments ? columns->duration[row] : DD_TIME_NONE;
  if (measure->profile.recovery == DD_RECOVERY_FAILED_DEPLOYMENT)
    return columns->failed_started[row] != DD_TIME_NONE ? columns->failed_duration[row] : DD_TIME_NONE;
  return columns->duration[row];
}

void
dd_recovery_time_measure (DdMeasure            *measure,
                          const DdMeasureGroup *group)
{
  const DdRecoveryColumns *columns = measure->recoveries;
  const DdPeriod *period = &measure->period;
  DdRecoveryTime *recovery = &group->metrics->recovery_time;
  guint n = 0;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  *recovery = (DdRecoveryTime) { .median = NAN, .mean = NAN, .p90 = NAN, .change = NAN };
  while (dd_measure_rows_next (&rows, &row))
    {
      gint64 value;

      recovery->open += is_open (columns, row, period);
      if (columns->ended[row] == DD_TIME_NONE || columns->ended[row] < period->start ||
          columns->ended[row] >= period->end)
        continue;
      value = value_of (measure, row);
      if (value == DD_TIME_NONE)
        continue;
      if (value < 0)
        {
          recovery->left_out++;
          continue;
        }
      recovery->incidents += columns->kind[row] == DD_EVENT_INCIDENT;
      recovery->failed_deployments += columns->kind[row] == DD_EVENT_STREAK;
      measure->scratch[n++] = value;
    }
  if (n == 0)
    return;
  recovery->ok = TRUE;
  recovery->mean = dd_measure_mean (measure, n);
  recovery->median = dd_measure_percentile (measure, n, 0.5);
  recovery->p90 = dd_measure_percentile (measure, n, 0.9);
  recovery->tier =
      dd_profile_rate (&measure->profile, DD_METRIC_RECOVERY_TIME,
                       dd_metrics_value (group->metrics, DD_METRIC_RECOVERY_TIME, measure->settings->aggregate));
}
