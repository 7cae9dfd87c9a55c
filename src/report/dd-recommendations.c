/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-remarks.h"
#include "dd-words.h"

#define MOST_RECOMMENDATIONS 5
#define LONGEST_ID 40
#define LONGEST_TITLE 60
#define LONGEST_MESSAGE 300

/* A stage, or a kind of deployment, is worth a word where it is this much of the whole. */
#define LARGE_STAGE 0.4
#define LARGE_WAITING 0.25
#define LARGE_REWORK 0.1
#define LEAST_EVENTS 2

static gboolean
has_source (const DdSummary    *summary,
            const char * const *types)
{
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      if (state->type != NULL && g_strv_contains (types, state->type))
        return TRUE;
    }
  return FALSE;
}

/* Sources that failed, and such as were never asked. */
static void
add_by_sources (const DdSummary *summary,
                GPtrArray       *remarks)
{
  guint never = 0;

  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      if (state->message != NULL)
        dd_remarks_add (remarks, DD_TREND_WORSE,
                        g_strdup_printf (_("Mend %s, then sync again"), dd_words_source_name (state)),
                        dd_clean (state->message, LONGEST_MESSAGE), g_strdup ("doradash token check"));
      else
        never += state->last_sync == DD_TIME_NONE && state->records == 0;
    }
  if (never > 0)
    dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (_("Fetch the data")),
                    g_strdup_printf (ngettext ("%u source was not synced yet", "%u sources were not synced yet", never),
                                     never),
                    g_strdup ("doradash sync"));
}

static gboolean
any_synced (const DdSummary *summary)
{
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      if (state->last_sync != DD_TIME_NONE || state->records > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_change (const DdSummary *summary)
{
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    if (summary->trend[i].metrics.lead_time.changes > 0 || summary->trend[i].metrics.lead_time.waiting > 0)
      return TRUE;
  return summary->metrics.lead_time.changes > 0 || summary->metrics.lead_time.waiting > 0;
}

/* What has to be connected before its metric says anything. */
static void
add_missing (const DdSummary *summary,
             GPtrArray       *remarks)
{
  static const char * const changes[] = { "github", NULL };
  static const char * const incidents[] = { "linear", "incidentio", "slab", NULL };

  if (summary->sources->len == 0)
    {
      dd_remarks_add (remarks, DD_TREND_NONE,
                      g_strdup (_("Connect a source: add it to the workspace’s file and import that")),
                      g_strdup (_("none is set, so that nothing can be measured")),
                      g_strdup ("doradash workspace export, doradash workspace import FILE"));
      return;
    }
  if (!any_synced (summary))
    return;
  if (!summary->metrics.deployment_frequency.ok)
    dd_remarks_add (remarks, DD_TREND_NONE,
                    g_strdup (_("Tell what a deployment is: set metrics.environments, or a source’s deployments_from")),
                    g_strdup (_("no production deployment is known")), g_strdup ("doradash health"));
  if (!has_source (summary, changes) && !any_change (summary))
    dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (_("Connect GitHub, or import changes")),
                    g_strdup (_("no source tells of changes, so that there is no lead time")),
                    g_strdup ("doradash import changes FILE"));
  if (!has_source (summary, incidents) && summary->metrics.recovery_time.incidents == 0 &&
      summary->metrics.recovery_time.open == 0)
    dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (_("Connect Linear or incident.io, or import incidents")),
                    g_strdup (_("no source tells of incidents, so that failures count by deployments alone")),
                    g_strdup ("doradash import incidents FILE"));
}

static void
add_by_incidents (const DdSummary *summary,
                  GPtrArray       *remarks)
{
  const DdRecordRow *oldest;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;

  if (summary->open_incidents->len == 0)
    return;
  oldest = g_ptr_array_index (summary->open_incidents, 0);
  id = dd_clean (oldest->id, LONGEST_ID);
  title = dd_clean (oldest->title, LONGEST_TITLE);
  dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup_printf (_("Close or mend the oldest open incident, %s"), id),
                  *title != '\0' ? g_steal_pointer (&title) : NULL,
                  dd_remarks_command (summary, DD_METRIC_RECOVERY_TIME));
}

/* What to do about each stage. */
static const char *
stage_advice (int stage)
{
  static const char * const advice[DD_N_STAGES] = {
    N_("Open changes earlier and make them smaller: most of the time goes into coding"),
    N_("Review sooner: most of the time changes wait for their first review"),
    N_("Finish reviews sooner: most of the time goes between the first review and the merge"),
    N_("Deploy sooner after the merge: most of the time merged changes wait to be deployed"),
  };

  return _(advice[stage]);
}

static void
add_by_stage (const DdSummary *summary,
              GPtrArray       *remarks)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;
  double seconds, share;
  int stage = dd_remarks_longest_stage (lead, &seconds, &share);
  g_autofree char *duration = NULL;

  if (stage < 0 || lead->changes < DD_SMALL_SAMPLE || share < LARGE_STAGE)
    return;
  duration = dd_duration_format (seconds);
  dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (stage_advice (stage)),
                  g_strdup_printf (ngettext ("median %s, %.0f %% of the stages’ medians, in %u change",
                                             "median %s, %.0f %% of the stages’ medians, in %u changes", lead->changes),
                                   duration, share * 100, lead->changes),
                  dd_remarks_command (summary, DD_METRIC_LEAD_TIME));
}

static void
add_by_failures (const DdSummary *summary,
                 GPtrArray       *remarks)
{
  const DdFailureRate *rate = &summary->metrics.change_failure_rate;
  g_autofree char *failures = dd_words_failures (rate);

  if (rate->deployments < DD_SMALL_SAMPLE || rate->failed < LEAST_EVENTS || rate->tier > DD_TIER_MEDIUM ||
      rate->tier == DD_TIER_NONE)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE,
                  rate->failed_by_result > rate->failed_by_incident
                    ? g_strdup (_("See why deployments themselves fail: they do so more often than incidents follow"))
                    : g_strdup (_("See what the incidents after deployments have in common")),
                  /* Translators: "3 failed, 2 with an incident", and of how many deployments. */
                  g_strdup_printf (_("%s, of %u"), failures, rate->deployments),
                  dd_remarks_command (summary, DD_METRIC_CHANGE_FAILURE_RATE));
}

static void
add_by_waiting (const DdSummary *summary,
                GPtrArray       *remarks)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;

  if (lead->waiting < DD_SMALL_SAMPLE || lead->waiting < LARGE_WAITING * lead->changes)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE,
                  g_strdup_printf (ngettext ("Deploy what is merged: %u change waits",
                                             "Deploy what is merged: %u changes wait", lead->waiting),
                                   lead->waiting),
                  g_strdup_printf (ngettext ("merged in this period and not deployed, beside %u that was",
                                             "merged in this period and not deployed, beside %u that were", lead->changes),
                                   lead->changes),
                  dd_remarks_command (summary, DD_METRIC_LEAD_TIME));
}

static void
add_by_rework (const DdSummary *summary,
               GPtrArray       *remarks)
{
  const DdReworkRate *rework = &summary->metrics.rework_rate;

  if (rework->unplanned < LEAST_EVENTS || rework->rate < LARGE_REWORK)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup (_("See which hotfixes and reverts could have been caught before")),
                  g_strdup_printf (ngettext ("%u of %u deployment was unplanned", "%u of %u deployments were unplanned",
                                             rework->deployments), rework->unplanned, rework->deployments),
                  dd_remarks_command (summary, DD_METRIC_REWORK_RATE));
}

/* The metric that holds the overall rating down most, and what would lift it. */
static void
add_by_tier (const DdSummary *summary,
             GPtrArray       *remarks)
{
  DdTier lowest = DD_TIER_ELITE;
  DdMetric weakest = DD_N_METRICS;
  int next;

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      DdTier tier = dd_metrics_tier (&summary->metrics, i);

      /* Few deployments are what a low frequency is. */
      if (i != DD_METRIC_DEPLOYMENT_FREQUENCY && dd_metrics_events (&summary->metrics, i) < DD_SMALL_SAMPLE)
        continue;
      if (tier != DD_TIER_NONE && tier < lowest)
        {
          lowest = tier;
          weakest = i;
        }
    }
  if (weakest == DD_N_METRICS)
    return;
  /* A profile may lack a tier. */
  for (next = lowest + 1; next < DD_TIER_ELITE; next++)
    if (!isnan (summary->profile.thresholds[weakest][DD_TIER_ELITE - next].bound))
      break;
  {
    double figure = dd_metrics_value (&summary->metrics, weakest, summary->aggregate);
    g_autofree char *value = dd_words_value (weakest, figure);
    g_autofree char *bound = dd_profile_describe (&summary->profile, weakest, next);

    /* Translators: a metric and its tier. */
    dd_remarks_add (remarks, DD_TREND_NONE,
                    g_strdup_printf (_("%s holds the overall rating down most, at %s"), dd_metric_title (weakest),
                                     dd_tier_title (lowest)),
                    /* Translators: a figure, the next better tier and its bound: "1 d 7 h; High is < 1 day". */
                    g_strdup_printf (_("%s; %s is %s"), value, dd_tier_title (next), bound),
                    dd_remarks_command (summary, weakest));
  }
}

GPtrArray *
dd_recommendations_find (const DdSummary *summary)
{
  GPtrArray *remarks = dd_remarks_new ();

  add_missing (summary, remarks);
  add_by_sources (summary, remarks);
  add_by_incidents (summary, remarks);
  add_by_failures (summary, remarks);
  add_by_stage (summary, remarks);
  add_by_waiting (summary, remarks);
  add_by_rework (summary, remarks);
  add_by_tier (summary, remarks);
  if (remarks->len > MOST_RECOMMENDATIONS)
    g_ptr_array_set_size (remarks, MOST_RECOMMENDATIONS);
  return remarks;
}
