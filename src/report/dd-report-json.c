/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <math.h>

#include "dd-json-text.h"
#include "dd-record.h"
#include "dd-report.h"
#include "dd-words.h"

static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  if (isnan (value))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, value);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint        value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value == NULL)
    json_builder_add_null_value (builder);
  else
    dd_json_add_string (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time,
          GTimeZone   *zone)
{
  g_autofree char *text = dd_time_format (time, zone);

  add_text (builder, name, text);
}

static void
begin_metric (JsonBuilder *builder,
              const char  *name,
              gboolean     ok)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_text (builder, "status", ok ? "ok" : "no-data");
}

static void
add_frequency (JsonBuilder       *builder,
               const DdFrequency *frequency)
{
  begin_metric (builder, "deployment_frequency", frequency->ok);
  add_text (builder, "tier", dd_tier_name (frequency->tier));
  add_count (builder, "deployments", frequency->deployments);
  add_number (builder, "per_day", frequency->per_day);
  add_number (builder, "per_week", frequency->per_week);
  add_count (builder, "deployment_days", frequency->deployment_days);
  add_number (builder, "change", frequency->change);
  json_builder_end_object (builder);
}

static void
add_lead_time (JsonBuilder      *builder,
               const DdLeadTime *lead)
{
  begin_metric (builder, "lead_time", lead->ok);
  add_text (builder, "tier", dd_tier_name (lead->tier));
  add_count (builder, "changes", lead->changes);
  add_number (builder, "median_seconds", lead->median);
  add_number (builder, "mean_seconds", lead->mean);
  add_number (builder, "p90_seconds", lead->p90);
  json_builder_set_member_name (builder, "basis");
  json_builder_begin_object (builder);
  add_count (builder, "deploy", lead->by_deploy);
  add_count (builder, "merge", lead->by_merge);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "stages");
  json_builder_begin_object (builder);
  add_number (builder, "coding_seconds", lead->coding);
  add_number (builder, "pickup_seconds", lead->pickup);
  add_number (builder, "review_seconds", lead->review);
  add_number (builder, "deploy_seconds", lead->deploy);
  json_builder_end_object (builder);
  add_count (builder, "left_out", lead->left_out);
  add_count (builder, "waiting", lead->waiting);
  add_number (builder, "change", lead->change);
  json_builder_end_object (builder);
}

static void
add_failure_rate (JsonBuilder         *builder,
                  const DdFailureRate *rate)
{
  begin_metric (builder, "change_failure_rate", rate->ok);
  add_text (builder, "tier", dd_tier_name (rate->tier));
  add_number (builder, "rate", rate->rate);
  add_count (builder, "failed", rate->failed);
  add_count (builder, "deployments", rate->deployments);
  json_builder_set_member_name (builder, "by_signal");
  json_builder_begin_object (builder);
  add_count (builder, "deployments", rate->failed_by_result);
  add_count (builder, "incidents", rate->failed_by_incident);
  json_builder_end_object (builder);
  add_number (builder, "change", rate->change);
  json_builder_end_object (builder);
}

static void
add_recovery (JsonBuilder          *builder,
              const DdRecoveryTime *recovery)
{
  begin_metric (builder, "recovery_time", recovery->ok);
  add_text (builder, "tier", dd_tier_name (recovery->tier));
  add_number (builder, "median_seconds", recovery->median);
  add_number (builder, "mean_seconds", recovery->mean);
  add_number (builder, "p90_seconds", recovery->p90);
  add_count (builder, "incidents", recovery->incidents);
  add_count (builder, "failed_deployments", recovery->failed_deployments);
  add_count (builder, "open", recovery->open);
  add_count (builder, "left_out", recovery->left_out);
  add_number (builder, "change", recovery->change);
  json_builder_end_object (builder);
}

static void
add_rework (JsonBuilder        *builder,
            const DdReworkRate *rework)
{
  begin_metric (builder, "rework_rate", rework->ok);
  add_number (builder, "rate", rework->rate);
  add_count (builder, "unplanned", rework->unplanned);
  add_count (builder, "deployments", rework->deployments);
  add_number (builder, "change", rework->change);
  json_builder_end_object (builder);
}

static void
add_metrics (JsonBuilder     *builder,
             const DdMetrics *metrics)
{
  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_object (builder);
  add_frequency (builder, &metrics->deployment_frequency);
  add_lead_time (builder, &metrics->lead_time);
  add_failure_rate (builder, &metrics->change_failure_rate);
  add_recovery (builder, &metrics->recovery_time);
  add_rework (builder, &metrics->rework_rate);
  json_builder_end_object (builder);
}

static void
add_overall (JsonBuilder     *builder,
             const DdMetrics *metrics)
{
  json_builder_set_member_name (builder, "overall");
  json_builder_begin_object (builder);
  add_text (builder, "tier", dd_tier_name (metrics->overall));
  add_count (builder, "rated", metrics->rated);
  json_builder_end_object (builder);
}

static void
add_period (JsonBuilder     *builder,
            const DdSummary *summary,
            GTimeZone       *zone)
{
  g_autofree char *kind = dd_period_kind_name (&summary->period);

  json_builder_set_member_name (builder, "period");
  json_builder_begin_object (builder);
  add_text (builder, "kind", kind);
  add_time (builder, "start", summary->period.start, zone);
  add_time (builder, "end", summary->period.end, zone);
  add_count (builder, "days", (guint) summary->period.days);
  add_text (builder, "timezone", summary->timezone);
  json_builder_end_object (builder);
}

static void
add_groups (JsonBuilder     *builder,
            const char      *name,
            const GPtrArray *groups,
            gboolean         kinds)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      json_builder_begin_object (builder);
      add_text (builder, "name", group->name);
      if (kinds)
        {
          add_text (builder, "deployments_from", dd_deployment_kind_name (group->kind));
          add_text (builder, "deployments_from_reason", group->reason);
        }
      add_overall (builder, &group->now);
      add_metrics (builder, &group->now);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_trend (JsonBuilder     *builder,
           const DdSummary *summary,
           GTimeZone       *zone)
{
  json_builder_set_member_name (builder, "trend");
  json_builder_begin_array (builder);
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      json_builder_begin_object (builder);
      add_time (builder, "start", summary->trend[i].period.start, zone);
      add_time (builder, "end", summary->trend[i].period.end, zone);
      add_metrics (builder, &summary->trend[i].metrics);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_remarks (JsonBuilder     *builder,
             const char      *name,
             const GPtrArray *remarks)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < remarks->len; i++)
    {
      g_autofree char *text = dd_words_remark (g_ptr_array_index (remarks, i));

      dd_json_add_string (builder, text);
    }
  json_builder_end_array (builder);
}

static void
add_sources (JsonBuilder     *builder,
             const DdSummary *summary,
             GTimeZone       *zone)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);

      json_builder_begin_object (builder);
      add_text (builder, "type", state->type);
      add_text (builder, "status", state->status);
      add_time (builder, "last_sync", state->last_sync, zone);
      add_count (builder, "records", state->records);
      add_text (builder, "message", state->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_narrowed (JsonBuilder     *builder,
              const DdSummary *summary)
{
  json_builder_set_member_name (builder, "narrowed");
  json_builder_begin_array (builder);
  for (guint i = 0; i < summary->narrowed->len; i++)
    dd_json_add_string (builder, g_ptr_array_index (summary->narrowed, i));
  json_builder_end_array (builder);
}

char *
dd_report_to_json (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_time (builder, "generated_at", summary->now, zone);
  add_text (builder, "workspace", summary->workspace);
  add_text (builder, "scope", summary->scope);
  add_text (builder, "profile", summary->profile.name);
  if (report->note != NULL)
    add_text (builder, "note", report->note);
  add_period (builder, summary, zone);
  add_overall (builder, &summary->metrics);
  add_metrics (builder, &summary->metrics);
  add_groups (builder, "repositories", summary->repositories, TRUE);
  add_groups (builder, "teams", summary->teams, FALSE);
  add_trend (builder, summary, zone);
  add_remarks (builder, "highlights", report->highlights);
  add_remarks (builder, "recommendations", report->recommendations);
  add_narrowed (builder, summary);
  add_sources (builder, summary, zone);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
