/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-definition.h"

#include <glib/gi18n-lib.h>

#include "dd-count-words.h"
#include "dd-join.h"
#include "dd-words.h"

static char *
frequency_words (const DdFrequency *frequency,
                 int                days)
{
  g_autofree char *counted = dd_words_records ("deployment", frequency->deployments);
  g_autofree char *divisor = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), days);
  g_autofree char *present = g_strdup_printf (ngettext ("On %u day there was at least one.", "On %u days there was at least one.",
                                                        frequency->deployment_days), frequency->deployment_days);

  /* Translators: "37 deployments", "7 days", the quotient, and "On 6 days there was at least one." */
  return g_strdup_printf (_("Successful production deployments that finished in the period, divided by its days.\n\n"
                            "%s / %s = %.2f a day, %.1f a week. %s"),
                          counted, divisor, frequency->per_day, frequency->per_week, present);
}

static char *
left_out_words (guint n)
{
  return g_strdup_printf (ngettext ("%u was left out.", "%u were left out.", n), n);
}

static char *
lead_words (const DdLeadTime *lead)
{
  const DdCount counts[] = { { DD_COUNTED_BY_DEPLOYMENT, lead->by_deploy }, { DD_COUNTED_AS_MERGED, lead->by_merge } };
  g_autofree char *changes = dd_words_records ("change", lead->changes);
  g_autofree char *parts = dd_words_counts (counts, G_N_ELEMENTS (counts));
  g_autofree char *waiting = g_strdup_printf (ngettext ("%u waits for a deployment and is in no average.",
                                                        "%u wait for a deployment and are in no average.", lead->waiting),
                                              lead->waiting);
  g_autofree char *left_out = left_out_words (lead->left_out);

  /* Translators: "61 changes", "58 by deployment, 3 as merged", and two sentences on those that are not among them. */
  return g_strdup_printf (_("From the first commit of a change (where that is not known, from when it was opened) to the first "
                            "successful production deployment that contains it. A change counts in the period in which that "
                            "deployment finished; in a repository that deploys nothing, merged stands for deployed.\n\n"
                            "%s: %s. %s %s"),
                          changes, parts, waiting, left_out);
}

static char *
failure_words (const DdMetrics *metrics)
{
  g_autofree char *count = dd_words_count (DD_METRIC_CHANGE_FAILURE_RATE, metrics);
  g_autofree char *failures = dd_words_failures (&metrics->change_failure_rate);

  /* Translators: "3 of 37 deployments", "1 failed, 2 with an incident". */
  return g_strdup_printf (_("Of the production deployments that finished in the period, successful or not, those that failed or that "
                            "an incident is attributed to. Each counts once.\n\n"
                            "%s: %s."),
                          count, failures);
}

static char *
recovery_words (const DdSummary *summary)
{
  const DdRecoveryTime *recovery = &summary->metrics.recovery_time;
  const char *definition;
  g_autofree char *incidents = g_strdup_printf (ngettext ("%u incident", "%u incidents", recovery->incidents), recovery->incidents);
  g_autofree char *failures = g_strdup_printf (ngettext ("%u failed deployment", "%u failed deployments", recovery->failed_deployments),
                                               recovery->failed_deployments);
  g_autofree char *parts = dd_join_items ((const char *[]) { incidents, failures, NULL });
  g_autofree char *open = g_strdup_printf (ngettext ("%u is open and in no average.", "%u are open and in no average.", recovery->open),
                                           recovery->open);
  g_autofree char *left_out = left_out_words (recovery->left_out);

  if (summary->recovery == DD_RECOVERY_FAILED_DEPLOYMENT)
    definition = _("From the finish of the deployment that caused an incident to the incident’s resolution, and from a failed "
                   "deployment to the next success of that repository and environment. What ended in the period counts.");
  else
    definition = _("From an incident’s start to its resolution, and from a failed deployment to the next success of that repository "
                   "and environment. What ended in the period counts.");
  return g_strdup_printf ("%s\n\n%s. %s %s", definition, parts, open, left_out);
}

static char *
rework_words (const DdMetrics *metrics)
{
  g_autofree char *count = dd_words_count (DD_METRIC_REWORK_RATE, metrics);

  /* Translators: "4 of 37 deployments". */
  return g_strdup_printf (_("Of the successful production deployments, those that nobody planned: the deployment’s ref, or the title or "
                            "branch of a change that it was the first to contain, says hotfix, rollback or revert.\n\n"
                            "%s."),
                          count);
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
      return failure_words (&summary->metrics);
    case DD_METRIC_RECOVERY_TIME:
      return recovery_words (summary);
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      return rework_words (&summary->metrics);
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
