/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-alert.h"

#include "dd-time.h"

void
dd_alert_free (DdAlert *alert)
{
  if (alert == NULL)
    return;
  g_free (alert->subject);
  g_free (alert->source);
  g_free (alert);
}

/* @subject: (transfer full) */
static DdAlert *
add_alert (GPtrArray  *alerts,
           DdAlertKind kind,
           char       *subject)
{
  DdAlert *alert = g_new0 (DdAlert, 1);

  alert->kind = kind;
  alert->subject = subject;
  g_ptr_array_add (alerts, alert);
  return alert;
}

/* One that never synced is not late: it is not set up yet. */
static void
find_silent_sources (GPtrArray       *alerts,
                     const DdSummary *summary,
                     int              days)
{
  for (guint i = 0; days > 0 && i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);
      DdAlert *alert;

      if (state->last_sync == DD_TIME_NONE || summary->now - state->last_sync < days * DD_DAY)
        continue;
      alert = add_alert (alerts, DD_ALERT_NO_SYNC, g_strdup_printf ("no-sync %s %" G_GINT64_FORMAT, state->type, state->last_sync));
      alert->source = g_strdup (state->type);
      alert->last_sync = state->last_sync;
      alert->days = (guint) ((summary->now - state->last_sync) / DD_DAY);
    }
}

static void
find_fallen_tiers (GPtrArray       *alerts,
                   const DdSummary *summary)
{
  for (DdMetric metric = 0; metric < DD_N_METRICS; metric++)
    {
      DdTier now = dd_metrics_tier (&summary->metrics, metric), before = dd_metrics_tier (&summary->before, metric);
      DdAlert *alert;

      if (now == DD_TIER_NONE || now >= before)
        continue;
      alert = add_alert (alerts, DD_ALERT_TIER_FELL,
                         g_strdup_printf ("tier %s %" G_GINT64_FORMAT, dd_metric_name (metric), summary->period.start));
      alert->metric = metric;
      alert->before = before;
      alert->now = now;
    }
}

GPtrArray *
dd_alerts_decide (const DdSummary       *summary,
                  const DdAlertSettings *settings)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_alert_free);
  const DdFailureRate *failures = &summary->metrics.change_failure_rate;

  find_silent_sources (alerts, summary, settings->no_sync_days);
  if (settings->tier_fell)
    find_fallen_tiers (alerts, summary);
  /* No threshold is not a number, which nothing is over. */
  if (failures->ok && failures->rate > settings->failure_rate)
    {
      DdAlert *alert = add_alert (alerts, DD_ALERT_FAILURE_RATE, g_strdup_printf ("failure-rate %" G_GINT64_FORMAT, summary->period.start));

      alert->rate = failures->rate;
      alert->threshold = settings->failure_rate;
    }
  return alerts;
}
