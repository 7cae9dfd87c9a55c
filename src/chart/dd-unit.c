/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
dd_unit_format (DdUnit unit,
                double value)
{
  if (isnan (value))
    return g_strdup (_("No data"));
  switch (unit)
    {
    case DD_UNIT_PER_DAY:
      return value >= 1 || value == 0 ? g_strdup_printf (_("%.1f a day"), value) : g_strdup_printf (_("%.1f a week"), value * 7);
    case DD_UNIT_SHARE:
      return g_strdup_printf (_("%.1f %%"), value * 100);
    case DD_UNIT_COUNT:
      return g_strdup_printf ("%.0f", value);
    case DD_UNIT_DURATION:
    default:
      return dd_duration_format (value);
    }
}

char *
dd_period_short_label (const DdPeriod *period,
                       GTimeZone      *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (period->start / DD_SECOND);
  g_autoptr (GDateTime) start = utc == NULL ? NULL : zone == NULL ? g_date_time_ref (utc) : g_date_time_to_timezone (utc, zone);

  if (start == NULL)
    return g_strdup ("–");
  switch (period->kind)
    {
    case DD_PERIOD_WEEKLY:
      /* Translators: a week of the year, as short as can be. */
      return g_strdup_printf (_("W%d"), g_date_time_get_week_of_year (start));
    case DD_PERIOD_MONTHLY:
      /* Translators: the short name of a month, as strftime writes it; in January with its year. */
      return g_date_time_format (start, g_date_time_get_month (start) == 1 ? _("%b %Y") : _("%b"));
    case DD_PERIOD_QUARTERLY:
      /* Translators: a quarter and its year. */
      return g_strdup_printf (_("Q%d %d"), (g_date_time_get_month (start) + 2) / 3, g_date_time_get_year (start));
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      /* Translators: a day, short. */
      return g_date_time_format (start, _("%-d %b"));
    }
}
