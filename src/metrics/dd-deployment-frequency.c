/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-measure-private.h"

static gboolean
any_ever_deployed (const DdMeasure      *measure,
                   const DdMeasureGroup *group)
{
  for (guint i = 0; i < group->n; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (measure->scope->repositories, group->members[i]);

      if (info->deployed && !info->excluded)
        return TRUE;
    }
  return FALSE;
}

/* The period's local day that holds an instant. */
static guint
day_of (const DdMeasure *measure,
        gint64           time)
{
  guint low = 0, high = (guint) measure->period.days;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (measure->days[middle] <= time)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
count (DdMeasure            *measure,
       const DdMeasureGroup *group,
       DdFrequency          *frequency)
{
  const DdDeploymentColumns *columns = measure->deployments;
  /* Rows of one repository follow those of another: days are marked, not counted. */
  guint8 *marked = measure->marked;
  guint day = 0;
  DdMeasureRows rows = dd_measure_rows (measure, group);
  guint32 row;

  memset (marked, 0, (gsize) measure->period.days);
  while (dd_measure_rows_next (&rows, &row))
    {
      gint64 finished = columns->finished[row];

      if (!(columns->flags[row] & DD_DEPLOYMENT_SUCCEEDED))
        continue;
      frequency->deployments++;
      if (finished < measure->days[day] || finished >= measure->days[day + 1])
        day = day_of (measure, finished);
      frequency->deployment_days += !marked[day];
      marked[day] = 1;
    }
}

void
dd_deployment_frequency_measure (DdMeasure            *measure,
                                 const DdMeasureGroup *group)
{
  DdFrequency *frequency = &group->metrics->deployment_frequency;

  *frequency = (DdFrequency) { .per_day = NAN, .per_week = NAN, .change = NAN };
  if (!any_ever_deployed (measure, group))
    return;
  count (measure, group, frequency);
  frequency->ok = TRUE;
  frequency->per_day = (double) frequency->deployments / measure->period.days;
  frequency->per_week = 7.0 * frequency->deployments / measure->period.days;
  frequency->tier = dd_profile_rate (&measure->profile, DD_METRIC_DEPLOYMENT_FREQUENCY, frequency->per_day);
}
