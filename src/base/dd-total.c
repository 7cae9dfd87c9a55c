/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-total.h"

const gint64 dd_lead_bounds[DD_LEAD_BOUNDS] = { DD_HOUR, 6 * DD_HOUR, DD_DAY, 3 * DD_DAY, 7 * DD_DAY, 30 * DD_DAY };

guint
dd_lead_bucket (gint64 lead)
{
  guint bucket = 0;

  while (bucket < DD_LEAD_BOUNDS && lead > dd_lead_bounds[bucket])
    bucket++;
  return bucket;
}

void
dd_totals_init (DdTotals *totals,
                gint64    repository)
{
  *totals = (DdTotals) { .repository = repository };
  for (guint i = 0; i < DD_N_RESULTS; i++)
    totals->last[i] = DD_TIME_NONE;
}

void
dd_error_total_free (DdErrorTotal *total)
{
  if (total == NULL)
    return;
  g_free (total->subsystem);
  g_free (total);
}
