/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-csv-text.h"
#include "dd-incident-event.h"
#include "dd-record.h"
#include "dd-report.h"
#include "dd-words.h"

#define METRIC_COLUMNS "deployments,per_day,per_week,deployment_days,lead_time_median_seconds,lead_time_mean_seconds," \
  "lead_time_p90_seconds,changes,changes_waiting,changes_left_out,change_failure_rate,failed,deployments_judged," \
  "recovery_time_median_seconds,recovery_time_mean_seconds,recovery_time_p90_seconds,incidents,failed_deployments," \
  "open,recoveries_left_out,rework_rate,unplanned,overall\n"

static void
csv_file_free (DdCsvFile *file)
{
  g_free (file->text);
  g_free (file);
}

static GString *
begin_file (GPtrArray  *files,
            const char *name,
            const char *columns)
{
  DdCsvFile *file = g_new0 (DdCsvFile, 1);

  file->name = name;
  g_ptr_array_add (files, file);
  return g_string_new (columns);
}

/* Takes @out. */
static void
end_file (GPtrArray *files,
          GString   *out)
{
  DdCsvFile *file = g_ptr_array_index (files, files->len - 1);

  file->text = g_string_free (out, FALSE);
}

static void
add_time (GString   *out,
          gint64     time,
          GTimeZone *zone)
{
  g_autofree char *text = dd_time_format (time, zone);

  dd_csv_text (out, text);
}

static void
add_metrics (GString         *out,
             const DdMetrics *metrics)
{
  const double numbers[] = {
    metrics->deployment_frequency.deployments, metrics->deployment_frequency.per_day,
    metrics->deployment_frequency.per_week, metrics->deployment_frequency.deployment_days,
    metrics->lead_time.median, metrics->lead_time.mean, metrics->lead_time.p90, metrics->lead_time.changes,
    metrics->lead_time.waiting, metrics->lead_time.left_out,
    metrics->change_failure_rate.rate, metrics->change_failure_rate.failed, metrics->change_failure_rate.deployments,
    metrics->recovery_time.median, metrics->recovery_time.mean, metrics->recovery_time.p90,
    metrics->recovery_time.incidents, metrics->recovery_time.failed_deployments, metrics->recovery_time.open,
    metrics->recovery_time.left_out,
    metrics->rework_rate.rate, metrics->rework_rate.unplanned,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    dd_csv_number (out, numbers[i]);
  dd_csv_text (out, dd_tier_name (metrics->overall));
  dd_csv_end (out);
}

static void
add_five (GPtrArray       *files,
          const DdSummary *summary)
{
  GString *out = begin_file (files, "metrics.csv", "metric,status,tier,value,before,change,events\n");

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      double value = dd_metrics_value (&summary->metrics, i, summary->aggregate);

      dd_csv_text (out, dd_metric_name (i));
      dd_csv_text (out, isnan (value) ? "no-data" : "ok");
      dd_csv_text (out, dd_tier_name (dd_metrics_tier (&summary->metrics, i)));
      dd_csv_number (out, value);
      dd_csv_number (out, dd_metrics_value (&summary->before, i, summary->aggregate));
      dd_csv_number (out, dd_metrics_change (&summary->metrics, i));
      dd_csv_number (out, dd_metrics_events (&summary->metrics, i));
      dd_csv_end (out);
    }
  end_file (files, out);
}

static void
add_stages (GPtrArray        *files,
            const DdLeadTime *lead)
{
  static const char * const names[DD_N_STAGES] = { "coding", "pickup", "review", "deploy" };
  GString *out = begin_file (files, "stages.csv", "stage,median_seconds\n");

  for (int i = 0; i < DD_N_STAGES; i++)
    {
      dd_csv_text (out, names[i]);
      dd_csv_number (out, dd_words_stage_seconds (lead, i));
      dd_csv_end (out);
    }
  end_file (files, out);
}

static void
add_groups (GPtrArray       *files,
            const char      *name,
            const GPtrArray *groups)
{
  GString *out = begin_file (files, name, "name," METRIC_COLUMNS);

  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      dd_csv_text (out, group->name);
      add_metrics (out, &group->now);
    }
  end_file (files, out);
}

static void
add_trend (GPtrArray       *files,
           const DdSummary *summary,
           GTimeZone       *zone)
{
  GString *out = begin_file (files, "trend.csv", "start,end," METRIC_COLUMNS);

  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      add_time (out, summary->trend[i].period.start, zone);
      add_time (out, summary->trend[i].period.end, zone);
      add_metrics (out, &summary->trend[i].metrics);
    }
  end_file (files, out);
}

static void
add_incidents (GPtrArray       *files,
               const GPtrArray *incidents,
               GTimeZone       *zone)
{
  GString *out = begin_file (files, "incidents.csv", "id,title,repository,severity,started,open,duration_seconds,deployment,link\n");

  for (guint i = 0; incidents != NULL && i < incidents->len; i++)
    {
      const DdIncidentEvent *incident = g_ptr_array_index (incidents, i);

      dd_csv_text (out, incident->id);
      dd_csv_text (out, incident->title);
      dd_csv_text (out, incident->repository);
      dd_csv_text (out, incident->severity);
      add_time (out, incident->started, zone);
      dd_csv_text (out, incident->open ? "true" : "false");
      dd_csv_number (out, incident->duration != DD_TIME_NONE ? (double) incident->duration / DD_SECOND : NAN);
      dd_csv_text (out, incident->deployment != NULL ? incident->deployment->id : NULL);
      dd_csv_text (out, dd_link_describe (incident->link));
      dd_csv_end (out);
    }
  end_file (files, out);
}

static void
add_left_out (GPtrArray       *files,
              const DdSummary *summary)
{
  GString *out = begin_file (files, "left-out.csv", "records,rule,count\n");

  for (guint i = 0; i < summary->left_out->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (summary->left_out, i);

      dd_csv_text (out, count->kind);
      dd_csv_text (out, dd_rule_name (count->rule));
      dd_csv_number (out, count->n);
      dd_csv_end (out);
    }
  end_file (files, out);
}

static void
add_sources (GPtrArray       *files,
             const DdSummary *summary,
             GTimeZone       *zone)
{
  GString *out = begin_file (files, "sources.csv", "type,status,last_sync,records,message\n");

  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      dd_csv_text (out, state->type);
      dd_csv_text (out, state->status);
      add_time (out, state->last_sync, zone);
      dd_csv_number (out, state->records);
      dd_csv_text (out, state->message);
      dd_csv_end (out);
    }
  end_file (files, out);
}

GPtrArray *
dd_report_to_csv_files (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) csv_file_free);
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);

  add_five (files, summary);
  add_stages (files, &summary->metrics.lead_time);
  add_groups (files, "teams.csv", summary->teams);
  add_groups (files, "repositories.csv", summary->repositories);
  add_trend (files, summary, zone);
  add_incidents (files, report->incidents, zone);
  add_left_out (files, summary);
  add_sources (files, summary, zone);
  return files;
}
