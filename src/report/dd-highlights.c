/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-remarks.h"
#include "dd-words.h"

#define MOST_HIGHLIGHTS 6
#define LONGEST_NAME 60
#define LONGEST_ID 40
#define LEAST_STREAK 3

static void
remark_free (gpointer data)
{
  DdRemark *remark = data;

  g_free (remark->text);
  g_free (remark->evidence);
  g_free (remark->command);
  g_free (remark);
}

GPtrArray *
dd_remarks_new (void)
{
  return g_ptr_array_new_with_free_func (remark_free);
}

void
dd_remarks_add (GPtrArray *remarks,
                DdTrend    trend,
                char      *text,
                char      *evidence,
                char      *command)
{
  DdRemark *remark = g_new0 (DdRemark, 1);

  remark->trend = trend;
  remark->text = text;
  remark->evidence = evidence;
  remark->command = command;
  g_ptr_array_add (remarks, remark);
}

static char *
local_date (gint64     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

char *
dd_remarks_command (const DdSummary *summary,
                    DdMetric         metric)
{
  g_autofree char *period = dd_period_kind_name (&summary->period);

  if (summary->period.kind == DD_PERIOD_CUSTOM)
    {
      g_autoptr (GTimeZone) zone = dd_words_zone (summary);
      g_autofree char *first = local_date (summary->period.start, zone);
      g_autofree char *last = local_date (summary->period.end - DD_SECOND, zone);

      g_free (period);
      period = g_strdup_printf ("%s..%s", first, last);
    }
  return g_strdup_printf ("doradash records %s --period %s", dd_metric_name (metric), period);
}

int
dd_remarks_longest_stage (const DdLeadTime *lead,
                          double           *seconds,
                          double           *share)
{
  double sum = 0;
  int longest = -1;

  for (int i = 0; i < DD_N_STAGES; i++)
    {
      double own = dd_words_stage_seconds (lead, i);

      if (isnan (own))
        continue;
      sum += own;
      if (longest < 0 || own > dd_words_stage_seconds (lead, longest))
        longest = i;
    }
  if (longest < 0 || sum <= 0)
    return -1;
  *seconds = dd_words_stage_seconds (lead, longest);
  *share = *seconds / sum;
  return longest;
}

/* The metric that moved most against the period before, by enough events on both sides. */
static void
add_most_changed (const DdSummary *summary,
                  GPtrArray       *remarks)
{
  int most = -1;
  double size = 0.05;
  DdTrend trend;

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      double change = dd_metrics_change (&summary->metrics, i);

      if (!isnan (change) && fabs (change) > size && dd_metrics_events (&summary->metrics, i) >= DD_SMALL_SAMPLE &&
          dd_metrics_events (&summary->before, i) >= DD_SMALL_SAMPLE)
        {
          size = fabs (change);
          most = i;
        }
    }
  if (most < 0)
    return;
  trend = dd_metrics_trend (most, dd_metrics_change (&summary->metrics, most));
  {
    g_autofree char *words = dd_words_change (most, dd_metrics_change (&summary->metrics, most));
    g_autofree char *now = dd_words_value (most, dd_metrics_value (&summary->metrics, most, summary->aggregate));
    g_autofree char *before = dd_words_value (most, dd_metrics_value (&summary->before, most, summary->aggregate));

    /* Translators: a metric, "12 % better", "the week before". */
    dd_remarks_add (remarks, trend,
                    g_strdup_printf (_("%s: %s than %s"), dd_metric_title (most), words,
                                     dd_words_period_before (summary)),
                    g_strdup_printf (_("%s, from %s"), now, before), dd_remarks_command (summary, most));
  }
}

static void
add_longest_stage (const DdSummary *summary,
                   GPtrArray       *remarks)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;
  double seconds, share;
  int stage = dd_remarks_longest_stage (lead, &seconds, &share);
  g_autofree char *duration = NULL;

  if (stage < 0 || lead->changes < DD_SMALL_SAMPLE)
    return;
  duration = dd_duration_format (seconds);
  /* Translators: one of the four stages of a change. */
  dd_remarks_add (remarks, DD_TREND_NONE,
                  g_strdup_printf (_("The longest stage of a change: %s"), dd_words_stage (stage)),
                  g_strdup_printf (_("median %s, %.0f %% of the stages’ medians"), duration, share * 100),
                  dd_remarks_command (summary, DD_METRIC_LEAD_TIME));
}

/* The repository whose lead time or failure rate moved most. */
static void
add_mover (const DdSummary *summary,
           GPtrArray       *remarks)
{
  static const DdMetric looked_at[] = {
    DD_METRIC_LEAD_TIME,
    DD_METRIC_CHANGE_FAILURE_RATE,
    DD_METRIC_DEPLOYMENT_FREQUENCY,
  };
  const DdGroup *mover = NULL;
  DdMetric metric = DD_METRIC_LEAD_TIME;
  double size = 0.2;

  for (guint i = 0; i < summary->repositories->len && summary->repositories->len > 1; i++)
    {
      const DdGroup *group = g_ptr_array_index (summary->repositories, i);

      for (gsize j = 0; j < G_N_ELEMENTS (looked_at); j++)
        {
          double change = dd_metrics_change (&group->now, looked_at[j]);

          if (isnan (change) || fabs (change) <= size ||
              dd_metrics_events (&group->now, looked_at[j]) < DD_SMALL_SAMPLE ||
              dd_metrics_events (&group->before, looked_at[j]) < DD_SMALL_SAMPLE)
            continue;
          size = fabs (change);
          mover = group;
          metric = looked_at[j];
        }
    }
  if (mover != NULL)
    {
      g_autofree char *name = dd_clean (mover->name, LONGEST_NAME);
      g_autofree char *words = dd_words_change (metric, dd_metrics_change (&mover->now, metric));
      g_autofree char *now = dd_words_value (metric, dd_metrics_value (&mover->now, metric, summary->aggregate));
      g_autofree char *before = dd_words_value (metric,
                                                dd_metrics_value (&mover->before, metric, summary->aggregate));

      dd_remarks_add (remarks, dd_metrics_trend (metric, dd_metrics_change (&mover->now, metric)),
                      /* Translators: a repository, a metric, "12 % better". */
                      g_strdup_printf (_("%s moved most: %s %s"), name, dd_metric_title (metric), words),
                      g_strdup_printf (_("%s, from %s"), now, before), dd_remarks_command (summary, metric));
    }
}

/* The repository with the worst failure rate, where it is clearly worse than the whole. */
static void
add_worst_failures (const DdSummary *summary,
                    GPtrArray       *remarks)
{
  const DdGroup *worst = NULL;

  for (guint i = 0; i < summary->repositories->len && summary->repositories->len > 1; i++)
    {
      const DdGroup *group = g_ptr_array_index (summary->repositories, i);
      const DdFailureRate *rate = &group->now.change_failure_rate;

      if (rate->deployments >= DD_SMALL_SAMPLE && rate->failed >= 2 &&
          rate->rate > 1.5 * summary->metrics.change_failure_rate.rate &&
          (worst == NULL || rate->rate > worst->now.change_failure_rate.rate))
        worst = group;
    }
  if (worst != NULL)
    {
      g_autofree char *name = dd_clean (worst->name, LONGEST_NAME);
      g_autofree char *value = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, worst->now.change_failure_rate.rate);
      g_autofree char *count = dd_words_count (DD_METRIC_CHANGE_FAILURE_RATE, &worst->now);

      dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup_printf (_("%s: failure rate %s"), name, value),
                      g_steal_pointer (&count), dd_remarks_command (summary, DD_METRIC_CHANGE_FAILURE_RATE));
    }
}

/* How long the overall tier has held. */
static void
add_streak (const DdSummary *summary,
            GPtrArray       *remarks)
{
  DdTier tier = summary->metrics.overall;
  guint periods = 0;

  for (int i = DD_TREND_PERIODS - 1; i >= 0 && tier != DD_TIER_NONE && summary->trend[i].metrics.overall == tier; i--)
    periods++;
  if (periods >= LEAST_STREAK)
    {
      g_autofree char *words = dd_words_periods (summary, periods);
      g_autofree char *rated = dd_words_rated (&summary->metrics);

      /* Translators: a tier, and "3 weeks". */
      dd_remarks_add (remarks, DD_TREND_STEADY, g_strdup_printf (_("Overall %s for %s"), dd_tier_title (tier), words),
                      g_steal_pointer (&rated), NULL);
    }
}

static void
add_open_incidents (const DdSummary *summary,
                    GPtrArray       *remarks)
{
  guint open = summary->metrics.recovery_time.open;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  const DdRecordRow *oldest;

  if (open == 0 || summary->open_incidents->len == 0)
    return;
  oldest = g_ptr_array_index (summary->open_incidents, 0);
  {
    g_autofree char *since = dd_words_time (oldest->time, zone);
    g_autofree char *id = dd_clean (oldest->id, LONGEST_ID);

    dd_remarks_add (remarks, DD_TREND_WORSE,
                    g_strdup_printf (ngettext ("%u incident is still open", "%u incidents are still open", open), open),
                    g_strdup_printf (_("%s since %s; in no average"), id, since),
                    dd_remarks_command (summary, DD_METRIC_RECOVERY_TIME));
  }
}

GPtrArray *
dd_highlights_find (const DdSummary *summary)
{
  GPtrArray *remarks = dd_remarks_new ();

  add_most_changed (summary, remarks);
  add_longest_stage (summary, remarks);
  add_worst_failures (summary, remarks);
  add_open_incidents (summary, remarks);
  add_mover (summary, remarks);
  add_streak (summary, remarks);
  if (remarks->len > MOST_HIGHLIGHTS)
    g_ptr_array_set_size (remarks, MOST_HIGHLIGHTS);
  return remarks;
}
