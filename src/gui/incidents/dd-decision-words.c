/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-decision-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-words.h"

static char *
value_words (const DdSummary *summary,
             DdMetric         metric)
{
  return dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
}

static gboolean
is_same (const DdSummary *now,
         const DdSummary *would,
         DdMetric         metric)
{
  double before = dd_metrics_value (&now->metrics, metric, now->aggregate);
  double after = dd_metrics_value (&would->metrics, metric, would->aggregate);

  return (isnan (before) && isnan (after)) || before == after;
}

char *
dd_decision_words (const DdSummary *now,
                   const DdSummary *would)
{
  g_autofree char *before = value_words (now, DD_METRIC_CHANGE_FAILURE_RATE);
  g_autofree char *after = value_words (would, DD_METRIC_CHANGE_FAILURE_RATE);

  if (is_same (now, would, DD_METRIC_CHANGE_FAILURE_RATE))
    /* Translators: %s is "8.1 %" or "No data". */
    return g_strdup_printf (_("Change failure rate stays as it is: %s"), before);
  /* Translators: both are rates: "8.1 %", "10.8 %". */
  return g_strdup_printf (_("Change failure rate %s → %s"), before, after);
}

static void
add_sentence (GString *text,
              char    *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

char *
dd_decision_details (const DdSummary *now,
                     const DdSummary *would)
{
  const DdFailureRate *before = &now->metrics.change_failure_rate, *after = &would->metrics.change_failure_rate;
  g_autoptr (GString) text = g_string_new (NULL);

  if (after->failed != before->failed)
    add_sentence (text, g_strdup_printf (ngettext ("%u of %u deployment instead of %u.", "%u of %u deployments instead of %u.",
                                                    after->deployments), after->failed, after->deployments, before->failed));
  else
    add_sentence (text, g_strdup_printf (ngettext ("%u of %u deployment failed, now as then.",
                                                    "%u of %u deployments failed, now as then.", after->deployments), after->failed, after->deployments));
  if (after->tier != before->tier && before->tier != DD_TIER_NONE && after->tier != DD_TIER_NONE)
    /* Translators: two tiers, "High → Medium". */
    add_sentence (text, g_strdup_printf (_("Tier %s → %s."), dd_tier_title (before->tier), dd_tier_title (after->tier)));
  else if (after->tier != DD_TIER_NONE)
    add_sentence (text, g_strdup_printf (_("Tier stays %s."), dd_tier_title (after->tier)));
  if (!is_same (now, would, DD_METRIC_RECOVERY_TIME))
    {
      g_autofree char *recovery_before = value_words (now, DD_METRIC_RECOVERY_TIME);
      g_autofree char *recovery_after = value_words (would, DD_METRIC_RECOVERY_TIME);

      add_sentence (text, g_strdup_printf (_("Time to recovery %s → %s."), recovery_before, recovery_after));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
