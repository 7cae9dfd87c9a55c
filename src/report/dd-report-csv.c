/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-csv-text.h"
#include "dd-report.h"
#include "dd-words.h"

static const char *
unit_of (DdMetric metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return "per_day";
    case DD_METRIC_LEAD_TIME:
    case DD_METRIC_RECOVERY_TIME:
      return "seconds";
    case DD_METRIC_CHANGE_FAILURE_RATE:
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      return "ratio";
    }
}

static void
add_metrics (GString         *out,
             const DdSummary *summary,
             GTimeZone       *zone,
             const DdPeriod  *period,
             const char      *scope,
             const char      *name,
             const DdMetrics *metrics)
{
  g_autofree char *start = dd_time_format (period->start, zone);
  g_autofree char *end = dd_time_format (period->end, zone);

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      guint events = dd_metrics_events (metrics, i);
      gboolean ok = i == DD_METRIC_DEPLOYMENT_FREQUENCY ? metrics->deployment_frequency.ok : events > 0;

      dd_csv_text (out, scope);
      dd_csv_text (out, name);
      dd_csv_text (out, start);
      dd_csv_text (out, end);
      dd_csv_text (out, dd_metric_name (i));
      dd_csv_text (out, ok ? "ok" : "no-data");
      dd_csv_text (out, dd_tier_name (dd_metrics_tier (metrics, i)));
      dd_csv_number (out, dd_metrics_value (metrics, i, summary->aggregate));
      dd_csv_text (out, unit_of (i));
      dd_csv_number (out, events);
      dd_csv_number (out, dd_metrics_change (metrics, i));
      dd_csv_end (out);
    }
}

static void
add_groups (GString         *out,
            const DdSummary *summary,
            GTimeZone       *zone,
            const char      *scope,
            const GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      add_metrics (out, summary, zone, &summary->period, scope, group->name, &group->now);
    }
}

char *
dd_report_to_csv (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GString) out = g_string_new ("scope,name,start,end,metric,status,tier,value,unit,events,change\n");
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);

  add_metrics (out, summary, zone, &summary->period, "workspace",
               summary->scope != NULL ? summary->scope : summary->workspace, &summary->metrics);
  add_groups (out, summary, zone, "team", summary->teams);
  add_groups (out, summary, zone, "repository", summary->repositories);
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    add_metrics (out, summary, zone, &summary->trend[i].period, "trend", summary->workspace,
                 &summary->trend[i].metrics);
  return g_strdup (out->str);
}
