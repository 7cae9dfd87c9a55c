/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-settings-parse-private.h"
#include "dd-time.h"

/* Elite, High, Medium: each next one is easier to reach. */
static void
read_thresholds (DdSettingsReader *reader,
                 JsonNode         *tiers,
                 const char       *key,
                 gboolean          higher_is_better,
                 double            values[3])
{
  JsonObject *object = json_node_get_object (tiers);
  JsonNode *node = json_object_get_member (object, key);
  g_autofree char *path = g_strconcat ("metrics.tiers.", key, NULL);
  int sign = higher_is_better ? -1 : 1;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      dd_settings_reader_complain (reader, tiers, path, _("is needed"));
      return;
    }
  dd_settings_reader_numbers (reader, object, "metrics.tiers", key, 3, values);
  if (values[0] < 0 || values[1] < 0 || values[2] < 0)
    dd_settings_reader_complain (reader, node, path, _("must not be negative"));
  if (sign * values[0] > sign * values[1] || sign * values[1] > sign * values[2])
    dd_settings_reader_complain (reader, node, path, _("must go from the best, Elite, to the worst, Medium"));
}

static void
read_tiers (DdSettingsReader *reader,
            JsonObject       *object,
            DdMetricSettings *metrics)
{
  static const char * const keys[] = { "deployment_frequency", "lead_time", "change_failure_rate", "recovery_time", NULL };
  JsonObject *tiers = dd_settings_reader_object (reader, object, "metrics", "tiers");
  JsonNode *node;

  if (tiers == NULL)
    {
      if (strcmp (metrics->profile, "custom") == 0)
        dd_settings_reader_complain (reader, json_object_get_member (object, "profile"), "metrics.profile",
                                     _("“custom” needs metrics.tiers"));
      return;
    }
  dd_settings_reader_check_keys (reader, tiers, "metrics.tiers", keys);
  metrics->tiers = g_new0 (DdCustomTiers, 1);
  node = json_object_get_member (object, "tiers");
  read_thresholds (reader, node, keys[0], TRUE, metrics->tiers->deployment_frequency);
  read_thresholds (reader, node, keys[1], FALSE, metrics->tiers->lead_time);
  read_thresholds (reader, node, keys[2], FALSE, metrics->tiers->change_failure_rate);
  read_thresholds (reader, node, keys[3], FALSE, metrics->tiers->recovery_time);
}

static void
read_workdays (DdSettingsReader   *reader,
               JsonObject         *object,
               DdCalendarSettings *calendar)
{
  static const char * const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  JsonNode *node = json_object_get_member (object, "workdays");
  g_auto (GStrv) days = NULL;

  dd_settings_reader_strings (reader, object, "metrics.calendar", "workdays", &days);
  if (days == NULL)
    return;
  if (days[0] == NULL)
    dd_settings_reader_complain (reader, node, "metrics.calendar.workdays", _("must have at least one day"));
  memset (calendar->workdays, 0, sizeof calendar->workdays);
  for (int i = 0; days[i] != NULL; i++)
    {
      int day = 0;

      while (names[day] != NULL && strcmp (names[day], days[i]) != 0)
        day++;
      if (names[day] != NULL)
        calendar->workdays[day] = TRUE;
      else
        dd_settings_reader_complain (reader, node, "metrics.calendar.workdays",
                                     _("“%s” must be one of mon, tue, wed, thu, fri, sat, sun"), days[i]);
    }
}

static void
read_calendar (DdSettingsReader   *reader,
               JsonObject         *metrics,
               DdCalendarSettings *calendar)
{
  static const char * const keys[] = { "enabled", "workdays", "hours", "holidays", NULL };
  JsonObject *object = dd_settings_reader_object (reader, metrics, "metrics", "calendar");
  double hours[2] = { calendar->from_hour, calendar->to_hour };

  if (object == NULL)
    return;
  dd_settings_reader_check_keys (reader, object, "metrics.calendar", keys);
  dd_settings_reader_bool (reader, object, "metrics.calendar", "enabled", &calendar->enabled);
  read_workdays (reader, object, calendar);
  dd_settings_reader_numbers (reader, object, "metrics.calendar", "hours", 2, hours);
  calendar->from_hour = hours[0];
  calendar->to_hour = hours[1];
  if (!(hours[0] >= 0 && hours[0] < hours[1] && hours[1] <= 24))
    dd_settings_reader_complain (reader, json_object_get_member (object, "hours"), "metrics.calendar.hours",
                                 _("must be two hours from 0 to 24, the earlier one first"));
  dd_settings_reader_strings (reader, object, "metrics.calendar", "holidays", &calendar->holidays);
  for (int i = 0; calendar->holidays[i] != NULL; i++)
    {
      g_autofree char *midnight = g_strconcat (calendar->holidays[i], "T00:00:00Z", NULL);
      gint64 time;

      if (!dd_time_parse (midnight, &time))
        dd_settings_reader_complain (reader, json_object_get_member (object, "holidays"), "metrics.calendar.holidays",
                                     _("“%s” is no date like 2026-12-25"), calendar->holidays[i]);
    }
}

static void
read_signals (DdSettingsReader *reader,
              JsonObject       *object,
              DdMetricSettings *metrics)
{
  g_auto (GStrv) words = NULL;

  dd_settings_reader_strings (reader, object, "metrics", "signals", &words);
  if (words == NULL)
    return;
  if (words[0] == NULL)
    dd_settings_reader_complain (reader, json_object_get_member (object, "signals"), "metrics.signals",
                                 _("must be incidents, deployments or both"));
  metrics->signal_incidents = metrics->signal_deployments = FALSE;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], "incidents") == 0)
      metrics->signal_incidents = TRUE;
    else if (strcmp (words[i], "deployments") == 0)
      metrics->signal_deployments = TRUE;
    else
      dd_settings_reader_complain (reader, json_object_get_member (object, "signals"), "metrics.signals",
                                   _("must be incidents, deployments or both"));
}

void
dd_settings_parse_metrics (DdSettingsReader *reader,
                           JsonObject       *root,
                           DdMetricSettings *metrics)
{
  static const char * const keys[] = { "profile", "aggregate", "recovery", "environments", "signals", "attribution_hours",
                                       "first_deployment_days", "severities", "exclude_bots", "bot_patterns", "calendar", "tiers",
                                       NULL };
  static const char * const profile_names[] = { "classic", "dora-2019", "dora-2021", "dora-2023", "custom", NULL };
  static const char * const aggregates[] = { "median", "mean", "p90", NULL };
  static const char * const recoveries[] = { "incident", "failed-deployment", NULL };
  JsonObject *object = dd_settings_reader_object (reader, root, "", "metrics");
  int recovery;

  if (object == NULL)
    return;
  dd_settings_reader_check_keys (reader, object, "metrics", keys);
  g_free (metrics->profile);
  metrics->profile = g_strdup (profile_names[dd_settings_reader_word (reader, object, "metrics", "profile", profile_names, 0)]);
  metrics->aggregate = dd_settings_reader_word (reader, object, "metrics", "aggregate", aggregates, DD_AGGREGATE_MEDIAN);
  recovery = dd_settings_reader_word (reader, object, "metrics", "recovery", recoveries, -1);
  metrics->recovery_given = recovery >= 0;
  metrics->recovery = MAX (recovery, 0);
  dd_settings_reader_strings (reader, object, "metrics", "environments", &metrics->environments);
  read_signals (reader, object, metrics);
  dd_settings_reader_number (reader, object, "metrics", "attribution_hours", 0, 24 * 365, &metrics->attribution_hours);
  dd_settings_reader_number (reader, object, "metrics", "first_deployment_days", 0, 36500, &metrics->first_deployment_days);
  dd_settings_reader_strings (reader, object, "metrics", "severities", &metrics->severities);
  dd_settings_reader_bool (reader, object, "metrics", "exclude_bots", &metrics->exclude_bots);
  dd_settings_reader_strings (reader, object, "metrics", "bot_patterns", &metrics->bot_patterns);
  read_calendar (reader, object, &metrics->calendar);
  read_tiers (reader, object, metrics);
}
