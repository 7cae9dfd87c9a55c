/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-cron.h"
#include "dd-error.h"
#include "dd-period.h"
#include "dd-settings-file.h"
#include "dd-settings-parse-private.h"
#include "dd-time.h"

/* NULL where @url is https, or http to this computer itself; else what is wrong with it. */
static const char *
find_url_fault (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL || *host == '\0')
    return _("“%s” is no address like https://ci.example.com");
  if (g_uri_get_userinfo (uri) != NULL)
    return _("must not hold a name or a password; give the token with “doradash token set”");
  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return NULL;
  address = g_inet_address_new_from_string (host);
  if (strcmp (g_uri_get_scheme (uri), "http") == 0 &&
      (g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address))))
    return NULL;
  return _("“%s” must begin with https://, since the token would be sent in the clear");
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
        {
          g_autofree char *key = g_strconcat (full, ".", l->data, NULL);

          dd_settings_reader_complain (reader, json_object_get_member (map, l->data), key,
                                       _("“%s” must be deployments, woodpecker, releases, tags, files, none or workflow:PATTERN"), word);
        }
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
check_url (DdSettingsReader *reader,
           JsonNode         *node,
           const char       *path,
           DdSourceSettings *source)
{
  JsonNode *url = json_object_get_member (json_node_get_object (node), "url");
  g_autofree char *full = g_strconcat (path, ".url", NULL);
  const char *fault;

  if (strcmp (source->type, "files") == 0 || strcmp (source->type, "events") == 0)
    return;
  if (*source->url == '\0')
    {
      dd_settings_reader_complain (reader, url != NULL ? url : node, full, _("is needed, the address of the server"));
      return;
    }
  fault = find_url_fault (source->url);
  if (fault != NULL)
    dd_settings_reader_complain (reader, url, full, fault, source->url);
}

/* GitHub has no list of all that there is: either an organization is asked for its repositories, or they are named in full. */
static void
check_github (DdSettingsReader *reader,
              JsonNode         *node,
              const char       *path,
              DdSourceSettings *source)
{
  g_autofree char *full = g_strconcat (path, ".repositories", NULL);

  if (strcmp (source->type, "github") != 0 || (source->organization != NULL && *source->organization != '\0'))
    return;
  if (source->repositories[0] == NULL)
    dd_settings_reader_complain (reader, node, path, _("needs an organization or a list of repositories"));
  for (int i = 0; source->repositories[i] != NULL; i++)
    if (strchr (source->repositories[i], '/') == NULL)
      dd_settings_reader_complain (reader, json_object_get_member (json_node_get_object (node), "repositories"), full,
                                   _("“%s” must be written OWNER/NAME where there is no organization"), source->repositories[i]);
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
  int type = object != NULL ? dd_settings_reader_word (reader, object, path, "type", types, -1) : -1;

  if (type < 0)
    {
      dd_settings_reader_complain (reader, node, path, _("must be an object with a type"));
      return;
    }
  dd_settings_reader_check_keys (reader, object, path, keys_of_types[type]);
  source = dd_source_settings_new (types[type]);
  g_ptr_array_add (settings->sources, source);
  dd_settings_reader_string (reader, object, path, "url", &source->url);
  /* Paths are put behind it. */
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
  check_url (reader, node, path, source);
  check_github (reader, node, path, source);
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
  for (guint i = 0; i + 1 < settings->teams->len; i++)
    {
      const DdTeam *other = g_ptr_array_index (settings->teams, i);

      if (g_strcmp0 (other->name, team->name) == 0)
        dd_settings_reader_complain (reader, node, path, _("the name “%s” is given twice"), team->name);
    }
}

/* The id names the schedule's timer and its runs. */
static void
check_schedule_id (DdSettingsReader         *reader,
                   JsonNode                 *node,
                   const char               *path,
                   const DdScheduleSettings *schedule,
                   const DdSettings         *settings)
{
  JsonNode *id = json_object_get_member (json_node_get_object (node), "id");
  g_autofree char *full = g_strconcat (path, ".id", NULL);

  if (schedule->id == NULL || *schedule->id == '\0')
    {
      dd_settings_reader_complain (reader, id != NULL ? id : node, full, _("is needed"));
      return;
    }
  for (guint i = 0; i < settings->schedules->len; i++)
    {
      const DdScheduleSettings *other = g_ptr_array_index (settings->schedules, i);

      if (other != schedule && g_strcmp0 (other->id, schedule->id) == 0)
        dd_settings_reader_complain (reader, id, full, _("“%s” is given twice"), schedule->id);
    }
}

static void
check_schedule_times (DdSettingsReader         *reader,
                      JsonNode                 *node,
                      const char               *path,
                      const DdScheduleSettings *schedule)
{
  JsonObject *object = json_node_get_object (node);
  JsonNode *cron_node = json_object_get_member (object, "cron");
  g_autofree char *cron_path = g_strconcat (path, ".cron", NULL);
  g_autofree char *period_path = g_strconcat (path, ".period", NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) cron_error = NULL;
  g_autoptr (GError) period_error = NULL;
  DdPeriod period;
  DdCron cron;

  if (schedule->cron == NULL)
    dd_settings_reader_complain (reader, cron_node != NULL ? cron_node : node, cron_path, _("is needed"));
  else if (!dd_cron_parse (schedule->cron, &cron, &cron_error))
    dd_settings_reader_complain (reader, cron_node, cron_path, "%s", cron_error->message);
  if (!dd_period_parse (schedule->period, 0, utc, &period, &period_error))
    dd_settings_reader_complain (reader, json_object_get_member (object, "period"), period_path, "%s", period_error->message);
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
  DdScheduleSettings *schedule;

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
  schedule->action = g_strdup (actions[dd_settings_reader_word (reader, object, path, "action", actions, 3)]);
  dd_settings_reader_string (reader, object, path, "period", &schedule->period);
  dd_settings_reader_string (reader, object, path, "folder", &schedule->folder);
  check_schedule_id (reader, node, path, schedule, settings);
  check_schedule_times (reader, node, path, schedule);
}

static void
read_alerts (DdSettingsReader *reader,
             JsonObject       *root,
             DdAlertSettings  *alerts)
{
  static const char * const keys[] = { "tier_fell", "no_sync_days", "failure_rate", "slack", NULL };
  JsonObject *object = dd_settings_reader_object (reader, root, "", "alerts");
  double days = 0;

  if (object == NULL)
    return;
  dd_settings_reader_check_keys (reader, object, "alerts", keys);
  dd_settings_reader_bool (reader, object, "alerts", "tier_fell", &alerts->tier_fell);
  dd_settings_reader_number (reader, object, "alerts", "no_sync_days", 0, 3650, &days);
  alerts->no_sync_days = (int) days;
  if (days != alerts->no_sync_days)
    dd_settings_reader_complain (reader, json_object_get_member (object, "no_sync_days"), "alerts.no_sync_days", _("must be a whole number"));
  dd_settings_reader_number (reader, object, "alerts", "failure_rate", 0, 1, &alerts->failure_rate);
  dd_settings_reader_bool (reader, object, "alerts", "slack", &alerts->slack);
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
  static const char * const keys[] = { "name", "timezone", "sources", "teams", "metrics", "history_days", "schedules", "alerts", NULL };
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *days_node;
  double days = settings->history_days;

  if (root == NULL)
    {
      dd_settings_reader_complain (reader, node, "workspace", _("must be an object"));
      return;
    }
  dd_settings_reader_check_keys (reader, root, "", keys);
  g_clear_pointer (&settings->name, g_free);
  dd_settings_reader_string (reader, root, "", "name", &settings->name);
  if (settings->name == NULL || *g_strstrip (settings->name) == '\0')
    dd_settings_reader_complain (reader, json_object_get_member (root, "name"), "name", _("is needed"));
  dd_settings_reader_string (reader, root, "", "timezone", &settings->timezone);
  zone = dd_time_zone_new (settings->timezone, &error);
  if (zone == NULL)
    dd_settings_reader_complain (reader, json_object_get_member (root, "timezone"), "timezone", "%s", error->message);
  if (!json_object_has_member (root, "sources") || json_object_get_null_member (root, "sources"))
    dd_settings_reader_complain (reader, json_object_get_member (root, "sources"), "sources", _("is needed, a list of services"));
  dd_settings_reader_number (reader, root, "", "history_days", 1, 36500, &days);
  settings->history_days = (int) days;
  days_node = json_object_get_member (root, "history_days");
  if (days != settings->history_days)
    dd_settings_reader_complain (reader, days_node, "history_days", _("must be a whole number"));
  read_list (reader, root, "sources", read_source, settings);
  read_list (reader, root, "teams", read_team, settings);
  dd_settings_parse_metrics (reader, root, &settings->metrics);
  read_list (reader, root, "schedules", read_schedule, settings);
  read_alerts (reader, root, &settings->alerts);
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
