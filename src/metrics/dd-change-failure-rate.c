/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-measure-private.h"

void
dd_change_failure_rate_measure (DdMeasure            *measure,
                                const DdMeasureGroup *group)
{
  const guint8 *flags = measure->deployments->flags;
  DdFailureRate *rate = &group->metrics->change_failure_rate;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  *rate = (DdFailureRate) { .rate = NAN, .change = NAN };
  while (dd_measure_rows_next (&rows, &row))
    {
      gboolean failed = measure->settings->signal_deployments && (flags[row] & DD_DEPLOYMENT_FAILED);
      gboolean incident = measure->settings->signal_incidents && (flags[row] & DD_DEPLOYMENT_HAS_INCIDENT);

      rate->deployments++;
      rate->failed += failed || incident;
      rate->failed_by_result += failed;
      rate->failed_by_incident += incident;
    }
  if (rate->deployments == 0)
    return;
  rate->ok = TRUE;
  rate->rate = (double) rate->failed / rate->deployments;
  rate->tier = dd_profile_rate (&measure->profile, DD_METRIC_CHANGE_FAILURE_RATE, rate->rate);
}
