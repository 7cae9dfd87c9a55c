/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "dd-settings-file.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_bool (JsonBuilder *builder,
          const char  *name,
          gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_strings (JsonBuilder *builder,
             const char  *name,
             char       **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (int i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

static void
add_github (JsonBuilder            *builder,
            const DdSourceSettings *source)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (source->deployments_from), compare_names);

  add_string (builder, "organization", source->organization);
  add_strings (builder, "repositories", source->repositories);
  add_strings (builder, "exclude", source->exclude);
  add_bool (builder, "include_archived", source->include_archived);
  add_bool (builder, "include_forks", source->include_forks);
  json_builder_set_member_name (builder, "deployments_from");
  json_builder_begin_object (builder);
  for (GList *l = names; l != NULL; l = l->next)
    add_string (builder, l->data, g_hash_table_lookup (source->deployments_from, l->data));
  json_builder_end_object (builder);
}

static void
add_woodpecker (JsonBuilder            *builder,
                const DdSourceSettings *source)
{
  add_strings (builder, "repositories", source->repositories);
  if (source->events != NULL)
    add_strings (builder, "events", source->events);
  else
    add_string (builder, "events", "auto");
  add_bool (builder, "count_errors", source->count_errors);
}

static void
add_source (JsonBuilder            *builder,
            const DdSourceSettings *source)
{
  json_builder_begin_object (builder);
  add_string (builder, "type", source->type);
  if (*source->url != '\0')
    add_string (builder, "url", source->url);
  if (strcmp (source->type, "github") == 0)
    add_github (builder, source);
  else if (strcmp (source->type, "linear") == 0)
    {
      add_strings (builder, "teams", source->teams);
      add_strings (builder, "labels", source->labels);
    }
  else if (strcmp (source->type, "slab") == 0)
    add_strings (builder, "topics", source->topics);
  else if (strcmp (source->type, "woodpecker") == 0)
    add_woodpecker (builder, source);
  else if (strcmp (source->type, "incidentio") == 0)
    {
      add_strings (builder, "started", source->started);
      add_strings (builder, "resolved", source->resolved);
    }
  else if (strcmp (source->type, "events") == 0)
    {
      add_string (builder, "path", source->path);
      add_string (builder, "state_path", source->state_path);
    }
  json_builder_end_object (builder);
}

static void
add_three (JsonBuilder  *builder,
           const char   *name,
           const double *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (int i = 0; i < 3; i++)
    json_builder_add_double_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_calendar (JsonBuilder              *builder,
              const DdCalendarSettings *calendar)
{
  static const char * const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  json_builder_set_member_name (builder, "calendar");
  json_builder_begin_object (builder);
  add_bool (builder, "enabled", calendar->enabled);
  json_builder_set_member_name (builder, "workdays");
  json_builder_begin_array (builder);
  for (int i = 0; i < 7; i++)
    if (calendar->workdays[i])
      json_builder_add_string_value (builder, days[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "hours");
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, calendar->from_hour);
  json_builder_add_double_value (builder, calendar->to_hour);
  json_builder_end_array (builder);
  add_strings (builder, "holidays", calendar->holidays);
  json_builder_end_object (builder);
}

static void
add_metrics (JsonBuilder            *builder,
             const DdMetricSettings *metrics)
{
  static const char * const aggregates[] = { "median", "mean", "p90" };

  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_object (builder);
  add_string (builder, "profile", metrics->profile);
  add_string (builder, "aggregate", aggregates[metrics->aggregate]);
  if (metrics->recovery_given)
    add_string (builder, "recovery", metrics->recovery == DD_RECOVERY_INCIDENT ? "incident" : "failed-deployment");
  add_strings (builder, "environments", metrics->environments);
  json_builder_set_member_name (builder, "signals");
  json_builder_begin_array (builder);
  if (metrics->signal_incidents)
    json_builder_add_string_value (builder, "incidents");
  if (metrics->signal_deployments)
    json_builder_add_string_value (builder, "deployments");
  json_builder_end_array (builder);
  add_number (builder, "attribution_hours", metrics->attribution_hours);
  add_number (builder, "first_deployment_days", metrics->first_deployment_days);
  add_strings (builder, "severities", metrics->severities);
  add_bool (builder, "exclude_bots", metrics->exclude_bots);
  add_strings (builder, "bot_patterns", metrics->bot_patterns);
  add_calendar (builder, &metrics->calendar);
  if (metrics->tiers != NULL)
    {
      json_builder_set_member_name (builder, "tiers");
      json_builder_begin_object (builder);
      add_three (builder, "deployment_frequency", metrics->tiers->deployment_frequency);
      add_three (builder, "lead_time", metrics->tiers->lead_time);
      add_three (builder, "change_failure_rate", metrics->tiers->change_failure_rate);
      add_three (builder, "recovery_time", metrics->tiers->recovery_time);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_lists (JsonBuilder      *builder,
           const DdSettings *settings)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < settings->sources->len; i++)
    add_source (builder, g_ptr_array_index (settings->sources, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "teams");
  json_builder_begin_array (builder);
  for (guint i = 0; i < settings->teams->len; i++)
    {
      const DdTeam *team = g_ptr_array_index (settings->teams, i);

      json_builder_begin_object (builder);
      add_string (builder, "name", team->name);
      add_strings (builder, "repositories", team->repositories);
      add_string (builder, "tier", team->tier);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_schedules (JsonBuilder      *builder,
               const DdSettings *settings)
{
  json_builder_set_member_name (builder, "schedules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < settings->schedules->len; i++)
    {
      const DdScheduleSettings *schedule = g_ptr_array_index (settings->schedules, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", schedule->id);
      add_string (builder, "cron", schedule->cron);
      add_string (builder, "action", schedule->action);
      add_string (builder, "period", schedule->period);
      add_string (builder, "folder", schedule->folder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Most have none, and a file that says nothing of them reads back the same. */
static void
add_alerts (JsonBuilder           *builder,
            const DdAlertSettings *alerts)
{
  if (!alerts->tier_fell && alerts->no_sync_days == 0 && isnan (alerts->failure_rate) && !alerts->slack)
    return;
  json_builder_set_member_name (builder, "alerts");
  json_builder_begin_object (builder);
  add_bool (builder, "tier_fell", alerts->tier_fell);
  json_builder_set_member_name (builder, "no_sync_days");
  json_builder_add_int_value (builder, alerts->no_sync_days);
  if (!isnan (alerts->failure_rate))
    add_number (builder, "failure_rate", alerts->failure_rate);
  add_bool (builder, "slack", alerts->slack);
  json_builder_end_object (builder);
}

char *
dd_settings_file_write (const DdSettings *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "name", settings->name);
  add_string (builder, "timezone", settings->timezone);
  add_lists (builder, settings);
  add_metrics (builder, &settings->metrics);
  json_builder_set_member_name (builder, "history_days");
  json_builder_add_int_value (builder, settings->history_days);
  add_schedules (builder, settings);
  add_alerts (builder, &settings->alerts);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
