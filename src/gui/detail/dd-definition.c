/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-definition.h"

#include <glib/gi18n-lib.h>

#include "dd-words.h"

static char *
frequency_words (const DdFrequency *frequency,
                 int                days)
{
  return g_strdup_printf (_("Successful production deployments that finished in the period, divided by its days.\n\n"
                            "%u deployments / %d days = %.2f a day, %.1f a week. On %u days there was at least one."),
                          frequency->deployments, days, frequency->per_day, frequency->per_week, frequency->deployment_days);
}

static char *
lead_words (const DdLeadTime *lead)
{
  return g_strdup_printf (_("From the first commit of a change (where that is not known, from when it was opened) to the first "
                            "successful production deployment that contains it. A change counts in the period in which that "
                            "deployment finished; in a repository that deploys nothing, merged stands for deployed.\n\n"
                            "%u changes: %u by deployment, %u as merged. %u wait for a deployment and are in no average; %u were "
                            "left out."),
                          lead->changes, lead->by_deploy, lead->by_merge, lead->waiting, lead->left_out);
}

static char *
failure_words (const DdFailureRate *failure)
{
  return g_strdup_printf (_("Of the production deployments that finished in the period, successful or not, those that failed or that "
                            "an incident is attributed to. Each counts once.\n\n"
                            "%u of %u deployments: %u failed, %u with an incident."),
                          failure->failed, failure->deployments, failure->failed_by_result, failure->failed_by_incident);
}

static char *
recovery_words (const DdSummary *summary)
{
  const DdRecoveryTime *recovery = &summary->metrics.recovery_time;
  const char *definition;

  if (summary->recovery == DD_RECOVERY_FAILED_DEPLOYMENT)
    definition = _("From the finish of the deployment that caused an incident to the incident’s resolution, and from a failed "
                   "deployment to the next success of that repository and environment. What ended in the period counts.");
  else
    definition = _("From an incident’s start to its resolution, and from a failed deployment to the next success of that repository "
                   "and environment. What ended in the period counts.");
  return g_strdup_printf (_("%s\n\n%u incidents, %u failed deployments. %u are open and in no average; %u were left out."), definition,
                          recovery->incidents, recovery->failed_deployments, recovery->open, recovery->left_out);
}

static char *
rework_words (const DdReworkRate *rework)
{
  return g_strdup_printf (_("Of the successful production deployments, those that nobody planned: the deployment’s ref, or the title or "
                            "branch of a change that it was the first to contain, says hotfix, rollback or revert.\n\n"
                            "%u of %u deployments."),
                          rework->unplanned, rework->deployments);
}

static char *
metric_words (DdMetric         metric,
              const DdSummary *summary)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return frequency_words (&summary->metrics.deployment_frequency, summary->period.days);
    case DD_METRIC_LEAD_TIME:
      return lead_words (&summary->metrics.lead_time);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return failure_words (&summary->metrics.change_failure_rate);
    case DD_METRIC_RECOVERY_TIME:
      return recovery_words (summary);
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      return rework_words (&summary->metrics.rework_rate);
    }
}

static void
add_tiers (GString         *words,
           DdMetric         metric,
           const DdSummary *summary)
{
  g_autofree char *profile = dd_words_profile (summary);

  g_string_append_printf (words, "\n\n%s", profile);
  for (int tier = DD_TIER_ELITE; metric != DD_METRIC_REWORK_RATE && tier >= DD_TIER_LOW; tier--)
    {
      g_autofree char *threshold = dd_profile_describe (&summary->profile, metric, tier);

      g_string_append_printf (words, "\n%s: %s", dd_tier_title (tier), threshold);
    }
}

char *
dd_definition_words (DdMetric         metric,
                     const DdSummary *summary)
{
  static const char * const aggregates[] = { N_("The median is shown."), N_("The mean is shown."), N_("The 90th percentile is shown.") };
  g_autofree char *definition = metric_words (metric, summary);
  GString *words = g_string_new (definition);

  if (metric == DD_METRIC_LEAD_TIME || metric == DD_METRIC_RECOVERY_TIME)
    g_string_append_printf (words, " %s", _(aggregates[summary->aggregate]));
  for (guint i = 0; i < summary->narrowed->len; i++)
    g_string_append_printf (words, "\n• %s", (const char *) g_ptr_array_index (summary->narrowed, i));
  add_tiers (words, metric, summary);
  return g_string_free (words, FALSE);
}
