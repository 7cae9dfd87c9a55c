/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-remarks.h"
#include "dd-words.h"

#define MOST_RECOMMENDATIONS 5

static gboolean
has_source (const DdSummary *summary,
            const char      *type)
{
  for (guint i = 0; i < summary->sources->len; i++)
    if (g_strcmp0 (((const DdSourceState *) g_ptr_array_index (summary->sources, i))->type, type) == 0)
      return TRUE;
  return FALSE;
}

/* What has to be connected or mended before anything else is worth saying. */
static void
add_missing (const DdSummary *summary,
             GPtrArray       *remarks)
{
  guint never = 0;

  if (summary->sources->len == 0)
    dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (_("Connect a source: add one to the workspace’s file and import it again")),
                    g_strdup (_("no source is set; “doradash workspace export” writes the file")));
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      if (state->message != NULL)
        dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup_printf (_("Mend %s, then sync again"), state->type), g_strdup (state->message));
      else
        never += state->last_sync == DD_TIME_NONE && state->records == 0;
    }
  if (never > 0 && never == summary->sources->len)
    dd_remarks_add (remarks, DD_TREND_NONE, g_strdup (_("Fetch data: “doradash sync”")), g_strdup (_("nothing was synced yet")));
  if (summary->sources->len > 0 && never == 0 && !summary->metrics.deployment_frequency.ok)
    dd_remarks_add (remarks, DD_TREND_NONE,
                    g_strdup (_("Tell what a deployment is: set production environments or deployments_from; “doradash health” shows "
                                "what was seen")),
                    g_strdup (_("no production deployment is known")));
  if (summary->sources->len > 0 && !has_source (summary, "linear") && !has_source (summary, "incidentio") &&
      !summary->metrics.recovery_time.ok)
    dd_remarks_add (remarks, DD_TREND_NONE,
                    g_strdup (_("Connect Linear or incident.io, or import incidents: “doradash import incidents FILE”")),
                    g_strdup (_("no source tells of incidents, so that failures count by deployments alone")));
}

static void
add_by_stage (const DdSummary *summary,
              GPtrArray       *remarks)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;
  double seconds, share;
  const char *stage = dd_remarks_longest_stage (lead, &seconds, &share);
  g_autofree char *duration = NULL;

  if (stage == NULL || lead->changes < DD_SMALL_SAMPLE || share < 0.4)
    return;
  duration = dd_duration_format (seconds);
  dd_remarks_add (remarks, DD_TREND_NONE,
                  g_strdup_printf (_("Look at %s first: it takes the largest part of the lead time"), stage),
                  g_strdup_printf (_("median %s in %u changes; “doradash records lead_time” lists them"), duration, lead->changes));
}

static void
add_by_failures (const DdSummary *summary,
                 GPtrArray       *remarks)
{
  const DdFailureRate *rate = &summary->metrics.change_failure_rate;

  if (rate->deployments < DD_SMALL_SAMPLE || rate->failed < 2 || rate->tier > DD_TIER_MEDIUM || rate->tier == DD_TIER_NONE)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE,
                  rate->failed_by_result > rate->failed_by_incident
                    ? g_strdup (_("See why deployments themselves fail: they do so more often than incidents follow"))
                    : g_strdup (_("See what the incidents after deployments have in common")),
                  g_strdup_printf (_("%u failed, %u with an incident, of %u; “doradash records change_failure_rate” lists them"),
                                   rate->failed_by_result, rate->failed_by_incident, rate->deployments));
}

static void
add_by_waiting (const DdSummary *summary,
                GPtrArray       *remarks)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;

  if (lead->waiting < DD_SMALL_SAMPLE || lead->waiting * 4 < lead->changes)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE,
                  g_strdup_printf (ngettext ("Deploy what is merged: %u change waits", "Deploy what is merged: %u changes wait",
                                             lead->waiting), lead->waiting),
                  g_strdup_printf (_("merged in this period and not deployed, beside %u that were"), lead->changes));
}

static void
add_by_rework (const DdSummary *summary,
               GPtrArray       *remarks)
{
  const DdReworkRate *rework = &summary->metrics.rework_rate;

  if (rework->unplanned < 2 || rework->rate < 0.1)
    return;
  dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup (_("See which hotfixes and reverts could have been caught before")),
                  g_strdup_printf (_("%u of %u deployments were unplanned; “doradash records rework_rate” lists them"),
                                   rework->unplanned, rework->deployments));
}

GPtrArray *
dd_recommendations_find (const DdSummary *summary)
{
  GPtrArray *remarks = dd_remarks_new ();

  add_missing (summary, remarks);
  if (summary->open_incidents->len > 0)
    {
      const DdRecordRow *oldest = g_ptr_array_index (summary->open_incidents, 0);
      g_autofree char *id = dd_words_clean (oldest->id, 40);
      g_autofree char *title = dd_words_clean (oldest->title, 60);

      dd_remarks_add (remarks, DD_TREND_WORSE, g_strdup_printf (_("Close or mend the oldest open incident, %s"), id),
                      g_steal_pointer (&title));
    }
  add_by_failures (summary, remarks);
  add_by_stage (summary, remarks);
  add_by_waiting (summary, remarks);
  add_by_rework (summary, remarks);
  if (remarks->len > MOST_RECOMMENDATIONS)
    g_ptr_array_set_size (remarks, MOST_RECOMMENDATIONS);
  return remarks;
}
