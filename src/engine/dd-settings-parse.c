/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-cron.h"
#include "dd-error.h"
#include "dd-period.h"
#include "dd-settings-file.h"
#include "dd-settings-reader.h"
#include "dd-time.h"

static const char * const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

/* One of some words, as a number; @fallback where it is not there. */
static int
read_word (DdSettingsReader   *reader,
           JsonObject         *object,
           const char         *path,
           const char         *key,
           const char * const *words,
           int                 fallback)
{
  g_autofree char *word = NULL;
  g_autofree char *list = NULL;
  g_autofree char *full = g_strconcat (path, *path != '\0' ? "." : "", key, NULL);

  dd_settings_reader_string (reader, object, path, key, &word);
  if (word == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  list = g_strjoinv (", ", (char **) words);
  dd_settings_reader_complain (reader, json_object_get_member (object, key), full, _("must be one of %s"), list);
  return fallback;
}

/* https, or http to this computer itself. */
static gboolean
is_safe_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL || *host == '\0')
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return strcmp (g_uri_get_scheme (uri), "http") == 0 &&
         (g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address)));
}

static void
read_deployments_from (DdSettingsReader *reader,
                       JsonObject       *object,
                       const char       *path,
                       DdSourceSettings *source)
{
  static const char * const words[] = { "deployments", "woodpecker", "releases", "tags", "files", "none", NULL };
  JsonObject *map = dd_settings_reader_object (reader, object, path, "deployments_from");
  g_autoptr (GList) names = map != NULL ? json_object_get_members (map) : NULL;
  g_autofree char *full = g_strconcat (path, ".deployments_from", NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      char *word = NULL;

      dd_settings_reader_string (reader, map, full, l->data, &word);
      if (word == NULL)
        continue;
      if (!g_strv_contains (words, word) && !(g_str_has_prefix (word, "workflow:") && word[strlen ("workflow:")] != '\0'))
        dd_settings_reader_complain (reader, json_object_get_member (map, l->data), full,
                                     _("must be deployments, woodpecker, releases, tags, files, none or workflow:PATTERN"));
      g_hash_table_insert (source->deployments_from, g_strdup (l->data), word);
    }
}

static const char * const github_keys[] = { "type", "url", "organization", "repositories", "exclude", "include_archived",
                                            "include_forks", "deployments_from", NULL };
static const char * const linear_keys[] = { "type", "url", "teams", "labels", NULL };
static const char * const slab_keys[] = { "type", "url", "topics", NULL };
static const char * const woodpecker_keys[] = { "type", "url", "repositories", "events", "count_errors", NULL };
static const char * const incidentio_keys[] = { "type", "url", "started", "resolved", NULL };
static const char * const files_keys[] = { "type", NULL };
static const char * const events_keys[] = { "type", "path", "state_path", NULL };
static const char * const types[] = { "github", "linear", "slab", "woodpecker", "incidentio", "files", "events", NULL };
static const char * const * const keys_of_types[] = { github_keys,     linear_keys, slab_keys,  woodpecker_keys,
                                                      incidentio_keys, files_keys,  events_keys };

/* "auto", or a list. */
static void
read_events (DdSettingsReader *reader,
             JsonObject       *object,
             const char       *path,
             DdSourceSettings *source)
{
  JsonNode *node = json_object_get_member (object, "events");

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), "auto") == 0)
    return;
  dd_settings_reader_strings (reader, object, path, "events", &source->events);
}

static void
check_source (DdSettingsReader *reader,
              JsonNode         *node,
              const char       *path,
              DdSourceSettings *source)
{
  gboolean remote = strcmp (source->type, "files") != 0 && strcmp (source->type, "events") != 0;

  if (strcmp (source->type, "woodpecker") == 0 && *source->url == '\0')
    dd_settings_reader_complain (reader, node, path, _("needs the server’s url"));
  else if (remote && !is_safe_url (source->url))
    dd_settings_reader_complain (reader, node, path, _("“%s” must be an https address, or http to this computer"), source->url);
  else if (strcmp (source->type, "github") == 0 && source->organization == NULL && source->repositories[0] == NULL)
    dd_settings_reader_complain (reader, node, path, _("needs an organization or a list of repositories"));
  if (source->organization == NULL && strcmp (source->type, "github") == 0)
    for (int i = 0; source->repositories[i] != NULL; i++)
      if (strchr (source->repositories[i], '/') == NULL)
        dd_settings_reader_complain (reader, node, path, _("without an organization, repositories are written OWNER/NAME"));
}

static void
read_source (DdSettingsReader *reader,
             JsonNode         *node,
             guint             index,
             DdSettings       *settings)
{
  g_autofree char *path = g_strdup_printf ("sources[%u]", index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  DdSourceSettings *source;
  int type = object != NULL ? read_word (reader, object, path, "type", types, -1) : -1;

  if (type < 0)
    {
      dd_settings_reader_complain (reader, node, path, _("must be an object with a type"));
      return;
    }
  dd_settings_reader_check_keys (reader, object, path, keys_of_types[type]);
  source = dd_source_settings_new (types[type]);
  g_ptr_array_add (settings->sources, source);
  dd_settings_reader_string (reader, object, path, "url", &source->url);
  if (g_str_has_suffix (source->url, "/"))
    source->url[strlen (source->url) - 1] = '\0';
  dd_settings_reader_string (reader, object, path, "organization", &source->organization);
  dd_settings_reader_strings (reader, object, path, "repositories", &source->repositories);
  dd_settings_reader_strings (reader, object, path, "exclude", &source->exclude);
  dd_settings_reader_bool (reader, object, path, "include_archived", &source->include_archived);
  dd_settings_reader_bool (reader, object, path, "include_forks", &source->include_forks);
  read_deployments_from (reader, object, path, source);
  dd_settings_reader_strings (reader, object, path, "teams", &source->teams);
  dd_settings_reader_strings (reader, object, path, "labels", &source->labels);
  dd_settings_reader_strings (reader, object, path, "topics", &source->topics);
  read_events (reader, object, path, source);
  dd_settings_reader_bool (reader, object, path, "count_errors", &source->count_errors);
  dd_settings_reader_strings (reader, object, path, "started", &source->started);
  dd_settings_reader_strings (reader, object, path, "resolved", &source->resolved);
  dd_settings_reader_string (reader, object, path, "path", &source->path);
  dd_settings_reader_string (reader, object, path, "state_path", &source->state_path);
  check_source (reader, node, path, source);
}

static void
read_team (DdSettingsReader *reader,
           JsonNode         *node,
           guint             index,
           DdSettings       *settings)
{
  static const char * const keys[] = { "name", "repositories", "tier", NULL };
  g_autofree char *path = g_strdup_printf ("teams[%u]", index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  DdTeam *team;

  if (object == NULL)
    {
      dd_settings_reader_complain (reader, node, path, _("must be an object"));
      return;
    }
  dd_settings_reader_check_keys (reader, object, path, keys);
  team = g_new0 (DdTeam, 1);
  team->repositories = g_new0 (char *, 1);
  g_ptr_array_add (settings->teams, team);
  dd_settings_reader_string (reader, object, path, "name", &team->name);
  dd_settings_reader_strings (reader, object, path, "repositories", &team->repositories);
  dd_settings_reader_string (reader, object, path, "tier", &team->tier);
  if (team->name == NULL || *team->name == '\0')
    dd_settings_reader_complain (reader, node, path, _("needs a name"));
}

static void
read_schedule (DdSettingsReader *reader,
               JsonNode         *node,
               guint             index,
               DdSettings       *settings)
{
  static const char * const keys[] = { "id", "cron", "action", "period", "folder", NULL };
  static const char * const actions[] = { "sync", "report", "send", "run", NULL };
  g_autofree char *path = g_strdup_printf ("schedules[%u]", index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  DdScheduleSettings *schedule;
  DdPeriod period;
  DdCron cron;

  if (object == NULL)
    {
      dd_settings_reader_complain (reader, node, path, _("must be an object"));
      return;
    }
  dd_settings_reader_check_keys (reader, object, path, keys);
  schedule = g_new0 (DdScheduleSettings, 1);
  schedule->period = g_strdup ("weekly");
  g_ptr_array_add (settings->schedules, schedule);
  dd_settings_reader_string (reader, object, path, "id", &schedule->id);
  dd_settings_reader_string (reader, object, path, "cron", &schedule->cron);
  schedule->action = g_strdup (actions[read_word (reader, object, path, "action", actions, 3)]);
  dd_settings_reader_string (reader, object, path, "period", &schedule->period);
  dd_settings_reader_string (reader, object, path, "folder", &schedule->folder);
  if (schedule->id == NULL || schedule->cron == NULL)
    dd_settings_reader_complain (reader, node, path, _("needs an id and a cron line"));
  else if (!dd_cron_parse (schedule->cron, &cron, &error) || !dd_period_parse (schedule->period, 0, utc, &period, &error))
    dd_settings_reader_complain (reader, node, path, "%s", error->message);
}

static void
read_three (DdSettingsReader *reader,
            JsonObject       *tiers,
            const char       *key,
            double            values[3])
{
  JsonArray *array = dd_settings_reader_array (reader, tiers, "metrics.tiers", key);
  g_autofree char *path = g_strconcat ("metrics.tiers.", key, NULL);

  if (array == NULL || json_array_get_length (array) != 3)
    {
      dd_settings_reader_complain (reader, json_object_get_member (tiers, key), path, _("must be a list of three numbers"));
      return;
    }
  for (guint i = 0; i < 3; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        values[i] = (double) json_node_get_int (node);
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
        values[i] = json_node_get_double (node);
      else
        dd_settings_reader_complain (reader, node, path, _("must be a list of three numbers"));
    }
}

static void
read_tiers (DdSettingsReader *reader,
            JsonObject       *object,
            DdMetricSettings *metrics)
{
  static const char * const keys[] = { "deployment_frequency", "lead_time", "change_failure_rate", "recovery_time", NULL };
  JsonObject *tiers = dd_settings_reader_object (reader, object, "metrics", "tiers");

  if (tiers == NULL)
    {
      if (strcmp (metrics->profile, "custom") == 0)
        dd_settings_reader_complain (reader, json_object_get_member (object, "profile"), "metrics.profile",
                                     _("custom needs metrics.tiers"));
      return;
    }
  dd_settings_reader_check_keys (reader, tiers, "metrics.tiers", keys);
  metrics->tiers = g_new0 (DdCustomTiers, 1);
  read_three (reader, tiers, keys[0], metrics->tiers->deployment_frequency);
  read_three (reader, tiers, keys[1], metrics->tiers->lead_time);
  read_three (reader, tiers, keys[2], metrics->tiers->change_failure_rate);
  read_three (reader, tiers, keys[3], metrics->tiers->recovery_time);
}

static void
read_workdays (DdSettingsReader   *reader,
               JsonObject         *object,
               DdCalendarSettings *calendar)
{
  g_auto (GStrv) days = NULL;

  dd_settings_reader_strings (reader, object, "metrics.calendar", "workdays", &days);
  if (days == NULL)
    return;
  memset (calendar->workdays, 0, sizeof calendar->workdays);
  for (int i = 0; days[i] != NULL; i++)
    {
      int day = 0;

      while (weekdays[day] != NULL && strcmp (weekdays[day], days[i]) != 0)
        day++;
      if (weekdays[day] != NULL)
        calendar->workdays[day] = TRUE;
      else
        dd_settings_reader_complain (reader, json_object_get_member (object, "workdays"), "metrics.calendar.workdays",
                                     _("must be days like mon, tue"));
    }
}

static void
read_calendar (DdSettingsReader *reader,
               JsonObject       *metrics,
               DdCalendarSettings *calendar)
{
  static const char * const keys[] = { "enabled", "workdays", "hours", "holidays", NULL };
  JsonObject *object = dd_settings_reader_object (reader, metrics, "metrics", "calendar");
  JsonArray *hours;

  if (object == NULL)
    return;
  dd_settings_reader_check_keys (reader, object, "metrics.calendar", keys);
  dd_settings_reader_bool (reader, object, "metrics.calendar", "enabled", &calendar->enabled);
  read_workdays (reader, object, calendar);
  hours = dd_settings_reader_array (reader, object, "metrics.calendar", "hours");
  if (hours != NULL && json_array_get_length (hours) == 2)
    {
      calendar->from_hour = json_array_get_double_element (hours, 0);
      calendar->to_hour = json_array_get_double_element (hours, 1);
    }
  if ((hours != NULL && json_array_get_length (hours) != 2) || calendar->from_hour < 0 || calendar->to_hour > 24 ||
      calendar->from_hour >= calendar->to_hour)
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

static void
read_metrics (DdSettingsReader *reader,
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
  metrics->profile = g_strdup (profile_names[read_word (reader, object, "metrics", "profile", profile_names, 0)]);
  metrics->aggregate = read_word (reader, object, "metrics", "aggregate", aggregates, DD_AGGREGATE_MEDIAN);
  recovery = read_word (reader, object, "metrics", "recovery", recoveries, -1);
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

typedef void (*ReadElement) (DdSettingsReader *reader, JsonNode *node, guint index, DdSettings *settings);

static void
read_list (DdSettingsReader *reader,
           JsonObject       *root,
           const char       *key,
           ReadElement       func,
           DdSettings       *settings)
{
  JsonArray *array = dd_settings_reader_array (reader, root, "", key);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    func (reader, json_array_get_element (array, i), i, settings);
}

static void
read_workspace (DdSettingsReader *reader,
                JsonNode         *node,
                DdSettings       *settings)
{
  static const char * const keys[] = { "name", "timezone", "sources", "teams", "metrics", "history_days", "schedules", NULL };
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  double days = settings->history_days;

  if (root == NULL)
    {
      dd_settings_reader_complain (reader, node, "workspace", _("must be an object"));
      return;
    }
  dd_settings_reader_check_keys (reader, root, "", keys);
  g_clear_pointer (&settings->name, g_free);
  dd_settings_reader_string (reader, root, "", "name", &settings->name);
  if (settings->name == NULL || *settings->name == '\0')
    dd_settings_reader_complain (reader, json_object_get_member (root, "name"), "name", _("is needed"));
  dd_settings_reader_string (reader, root, "", "timezone", &settings->timezone);
  zone = dd_time_zone_new (settings->timezone, &error);
  if (zone == NULL)
    dd_settings_reader_complain (reader, json_object_get_member (root, "timezone"), "timezone", "%s", error->message);
  if (!json_object_has_member (root, "sources"))
    dd_settings_reader_complain (reader, node, "sources", _("is needed, a list of services"));
  dd_settings_reader_number (reader, root, "", "history_days", 1, 36500, &days);
  settings->history_days = (int) days;
  read_list (reader, root, "sources", read_source, settings);
  read_list (reader, root, "teams", read_team, settings);
  read_metrics (reader, root, &settings->metrics);
  read_list (reader, root, "schedules", read_schedule, settings);
}

DdSettings *
dd_settings_file_parse (const char *json,
                        const char *file_name,
                        GError    **error)
{
  g_autoptr (DdSettings) settings = dd_settings_new ("");
  DdSettingsReader reader;
  g_autoptr (JsonNode) root = dd_settings_reader_parse (&reader, json, file_name);
  gboolean fine;

  if (root != NULL)
    read_workspace (&reader, root, settings);
  fine = reader.error == NULL;
  if (!fine)
    g_propagate_error (error, g_steal_pointer (&reader.error));
  dd_settings_reader_clear (&reader);
  return fine ? g_steal_pointer (&settings) : NULL;
}
