/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-tiers.h"

#define HOUR 3600.0
#define DAY (24 * HOUR)

/* Also where a division made a little less or more of it. */
static gboolean
is_whole (double number)
{
  return fabs (number - round (number)) < 1e-6;
}

/* "1 week" rather than "7 d", as the tables say it. */
static char *
duration_words (double seconds)
{
  int days = (int) lround (CLAMP (seconds / DAY, 0, G_MAXINT));

  if (seconds < DAY || !is_whole (seconds / DAY))
    {
      double hours = seconds / HOUR;

      if (!is_whole (hours) || hours > G_MAXINT)
        return g_strdup_printf (_("%.3g h"), hours);
      return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) lround (hours)), (int) lround (hours));
    }
  if (days == 182)
    return g_strdup (_("6 months"));
  if (days % 30 == 0)
    return g_strdup_printf (ngettext ("%d month", "%d months", (gulong) days / 30), days / 30);
  if (days % 7 == 0)
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) days / 7), days / 7);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
}

static char *
frequency_words (double per_day)
{
  int days;

  if (per_day >= 1 || per_day < 1e-6 || !is_whole (1 / per_day))
    return g_strdup_printf (_("%.3g a day"), per_day);
  days = (int) lround (1 / per_day);
  return g_strdup_printf (ngettext ("1 in %d day", "1 in %d days", (gulong) days), days);
}

static char *
bound_words (DdMetric metric,
             double   bound)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return frequency_words (bound);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return g_strdup_printf (_("%.3g %%"), bound * 100);
    case DD_METRIC_LEAD_TIME:
    case DD_METRIC_RECOVERY_TIME:
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      return duration_words (bound);
    }
}

char *
dd_profile_describe (const DdProfile *profile,
                     DdMetric         metric,
                     DdTier           tier)
{
  const DdThreshold *threshold = NULL;
  gboolean rising = metric == DD_METRIC_DEPLOYMENT_FREQUENCY;
  g_autofree char *bound = NULL;

  if (metric == DD_METRIC_REWORK_RATE || tier == DD_TIER_NONE)
    return g_strdup ("–");
  if (tier == DD_TIER_LOW)
    {
      if (rising)
        return g_strdup (_("less"));
      /* Low begins where the last tier that the profile has ends. */
      for (int i = 2; i >= 0 && (threshold == NULL || isnan (threshold->bound)); i--)
        threshold = &profile->thresholds[metric][i];
      if (isnan (threshold->bound))
        return g_strdup ("–");
      bound = bound_words (metric, threshold->bound);
      return g_strdup_printf (threshold->inclusive ? "> %s" : "≥ %s", bound);
    }
  threshold = &profile->thresholds[metric][DD_TIER_ELITE - tier];
  if (isnan (threshold->bound))
    return g_strdup ("–");
  bound = bound_words (metric, threshold->bound);
  if (rising)
    return g_strdup_printf (threshold->inclusive ? "≥ %s" : "> %s", bound);
  return g_strdup_printf (threshold->inclusive ? "≤ %s" : "< %s", bound);
}
