/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-tiers.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-error.h"

#define HOUR 3600.0
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)
#define MONTH (30 * DAY)
#define HALF_YEAR (182 * DAY)

/* Reads like the tables of metrics.md: "more than", "at least", "less than", "at most", and no such tier. */
#define OVER(x) { (x), FALSE }
#define FROM(x) { (x), TRUE }
#define UNDER(x) { (x), FALSE }
#define UP_TO(x) { (x), TRUE }
#define NO_TIER { NAN, FALSE }

#define RECOVERY_TIERS { UNDER (HOUR), UNDER (DAY), UNDER (WEEK) }

static const DdProfile profiles[] = {
  { "classic", N_("Classic"), N_("thresholds of several reports"), 0, DD_RECOVERY_INCIDENT,
    { { OVER (1), FROM (1.0 / 7), FROM (1.0 / 30) },
      { UNDER (HOUR), UNDER (DAY), UNDER (WEEK) },
      { UP_TO (0.05), UP_TO (0.10), UP_TO (0.15) },
      RECOVERY_TIERS } },
  { "dora-2019", N_("DORA 2019"), N_("Accelerate State of DevOps"), 2019, DD_RECOVERY_INCIDENT,
    { { OVER (1), FROM (1.0 / 7), FROM (1.0 / 30) },
      { UNDER (DAY), UNDER (WEEK), UNDER (MONTH) },
      { UP_TO (0.15), NO_TIER, UP_TO (0.45) },
      RECOVERY_TIERS } },
  { "dora-2021", N_("DORA 2021"), N_("Accelerate State of DevOps"), 2021, DD_RECOVERY_INCIDENT,
    { { OVER (1), FROM (1.0 / 30), FROM (1.0 / 182) },
      { UNDER (HOUR), UNDER (WEEK), UNDER (HALF_YEAR) },
      { UP_TO (0.15), UP_TO (0.30), NO_TIER },
      RECOVERY_TIERS } },
  { "dora-2023", N_("DORA 2023"), N_("Accelerate State of DevOps"), 2023, DD_RECOVERY_FAILED_DEPLOYMENT,
    { { OVER (1), FROM (1.0 / 7), FROM (1.0 / 30) },
      { UNDER (DAY), UNDER (WEEK), UNDER (MONTH) },
      { UP_TO (0.05), UP_TO (0.10), UP_TO (0.15) },
      RECOVERY_TIERS } },
  { NULL },
};

typedef struct
{
  const char *name;
  const char *title;
} Words;

static const Words metrics[DD_N_METRICS] = {
  [DD_METRIC_DEPLOYMENT_FREQUENCY] = { "deployment_frequency", N_("Deployment frequency") },
  [DD_METRIC_LEAD_TIME] = { "lead_time", N_("Lead time for changes") },
  [DD_METRIC_CHANGE_FAILURE_RATE] = { "change_failure_rate", N_("Change failure rate") },
  [DD_METRIC_RECOVERY_TIME] = { "recovery_time", N_("Time to recovery") },
  [DD_METRIC_REWORK_RATE] = { "rework_rate", N_("Rework rate") },
};

static const Words tiers[] = {
  [DD_TIER_NONE] = { NULL, "–" },
  [DD_TIER_LOW] = { "low", NC_ ("tier", "Low") },
  [DD_TIER_MEDIUM] = { "medium", NC_ ("tier", "Medium") },
  [DD_TIER_HIGH] = { "high", NC_ ("tier", "High") },
  [DD_TIER_ELITE] = { "elite", NC_ ("tier", "Elite") },
};

const char *
dd_metric_name (DdMetric metric)
{
  return metrics[metric].name;
}

const char *
dd_metric_title (DdMetric metric)
{
  return _(metrics[metric].title);
}

gboolean
dd_metric_parse (const char *text,
                 DdMetric   *metric,
                 GError    **error)
{
  g_autofree char *word = g_strdelimit (g_ascii_strdown (text, -1), "-", '_');
  const char *names[DD_N_METRICS + 1] = { NULL };
  const char *near;

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      names[i] = metrics[i].name;
      if (strcmp (word, names[i]) == 0)
        {
          *metric = i;
          return TRUE;
        }
    }
  near = dd_suggest (word, names);
  if (near != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There is no metric “%s”; did you mean “%s”?"), text, near);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                 _("There is no metric “%s”; there are deployment_frequency, lead_time, change_failure_rate, "
                   "recovery_time and rework_rate."), text);
  return FALSE;
}

const char *
dd_tier_name (DdTier tier)
{
  return tiers[tier].name;
}

const char *
dd_tier_title (DdTier tier)
{
  return tier == DD_TIER_NONE ? tiers[tier].title : g_dpgettext2 (GETTEXT_PACKAGE, "tier", tiers[tier].title);
}

const DdProfile *
dd_profiles_list (void)
{
  return profiles;
}

static void
set_thresholds (DdProfile    *profile,
                DdMetric      metric,
                const double *bounds,
                gboolean      inclusive)
{
  for (int i = 0; i < 3; i++)
    profile->thresholds[metric][i] = (DdThreshold) { .bound = bounds[i], .inclusive = inclusive };
}

/* A workspace's own thresholds are read as the classic table's are. */
static void
set_custom (DdProfile           *profile,
            const DdCustomTiers *custom)
{
  profile->name = "custom";
  profile->title = N_("Custom");
  profile->source = N_("the workspace’s own thresholds");
  set_thresholds (profile, DD_METRIC_DEPLOYMENT_FREQUENCY, custom->deployment_frequency, TRUE);
  profile->thresholds[DD_METRIC_DEPLOYMENT_FREQUENCY][0].inclusive = FALSE;
  set_thresholds (profile, DD_METRIC_LEAD_TIME, custom->lead_time, FALSE);
  set_thresholds (profile, DD_METRIC_CHANGE_FAILURE_RATE, custom->change_failure_rate, TRUE);
  set_thresholds (profile, DD_METRIC_RECOVERY_TIME, custom->recovery_time, FALSE);
}

void
dd_profile_resolve (const DdMetricSettings *settings,
                    DdProfile              *profile)
{
  *profile = profiles[0];
  for (int i = 0; profiles[i].name != NULL; i++)
    if (g_strcmp0 (profiles[i].name, settings->profile) == 0)
      *profile = profiles[i];
  if (g_strcmp0 (settings->profile, "custom") == 0 && settings->tiers != NULL)
    set_custom (profile, settings->tiers);
  if (settings->recovery_given)
    profile->recovery = settings->recovery;
}

static gboolean
reaches (DdMetric           metric,
         const DdThreshold *threshold,
         double             value)
{
  if (isnan (threshold->bound))
    return FALSE;
  if (threshold->inclusive && value == threshold->bound)
    return TRUE;
  return metric == DD_METRIC_DEPLOYMENT_FREQUENCY ? value > threshold->bound : value < threshold->bound;
}

DdTier
dd_profile_rate (const DdProfile *profile,
                 DdMetric         metric,
                 double           value)
{
  if (isnan (value) || metric == DD_METRIC_REWORK_RATE)
    return DD_TIER_NONE;
  for (int i = 0; i < 3; i++)
    if (reaches (metric, &profile->thresholds[metric][i], value))
      return DD_TIER_ELITE - i;
  return DD_TIER_LOW;
}
