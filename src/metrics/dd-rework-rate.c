/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-measure-private.h"

void
dd_rework_rate_measure (DdMeasure            *measure,
                        const DdMeasureGroup *group)
{
  const guint8 *flags = measure->deployments->flags;
  DdReworkRate *rate = &group->metrics->rework_rate;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  *rate = (DdReworkRate) { .rate = NAN, .change = NAN };
  while (dd_measure_rows_next (&rows, &row))
    {
      if (!(flags[row] & DD_DEPLOYMENT_SUCCEEDED))
        continue;
      rate->deployments++;
      rate->unplanned += (flags[row] & DD_DEPLOYMENT_UNPLANNED) != 0;
    }
  if (rate->deployments == 0)
    return;
  rate->ok = TRUE;
  rate->rate = (double) rate->unplanned / rate->deployments;
}
