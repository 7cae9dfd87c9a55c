/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-settings-file.h"

#include <string.h>

/* All that a workspace can say, each value other than its default. */
static const char everything[] =
    "{\n"
    "  \"name\": \"Northwind\",\n"
    "  \"timezone\": \"Asia/Kolkata\",\n"
    "  \"sources\": [\n"
    "    { \"type\": \"github\", \"url\": \"http://127.0.0.1:8080/\", \"organization\": \"northwind\",\n"
    "      \"repositories\": [\"shop\", \"billing\"], \"exclude\": [\"old-*\"], \"include_archived\": true, \"include_forks\": true,\n"
    "      \"deployments_from\": { \"shop\": \"releases\", \"billing\": \"workflow:Deploy *\", \"docs\": \"none\" } },\n"
    "    { \"type\": \"linear\", \"url\": \"https://linear.example.com/graphql\", \"teams\": [\"OPS\"], \"labels\": [\"Störung\"] },\n"
    "    { \"type\": \"slab\", \"url\": \"http://[::1]:9/graphql\", \"topics\": [\"t1\"] },\n"
    "    { \"type\": \"woodpecker\", \"url\": \"https://ci.example.com\", \"repositories\": [\"northwind/shop\"],\n"
    "      \"events\": [\"push\", \"tag\"], \"count_errors\": true },\n"
    "    { \"type\": \"incidentio\", \"url\": \"http://localhost:1\", \"started\": [\"Began\"], \"resolved\": [\"Over\", \"Closed\"] },\n"
    "    { \"type\": \"files\" },\n"
    "    { \"type\": \"events\", \"path\": \"a.jsonl\", \"state_path\": \"b.jsonl\" }\n"
    "  ],\n"
    "  \"teams\": [ { \"name\": \"Payments\", \"repositories\": [\"shop\"], \"tier\": \"1\" }, { \"name\": \"Rest\" } ],\n"
    "  \"metrics\": {\n"
    "    \"profile\": \"custom\", \"aggregate\": \"p90\", \"recovery\": \"failed-deployment\", \"environments\": [\"eu\"],\n"
    "    \"signals\": [\"deployments\"], \"attribution_hours\": 0.5, \"first_deployment_days\": 7, \"severities\": [\"SEV1\"],\n"
    "    \"exclude_bots\": true, \"bot_patterns\": [\"*-ci\"],\n"
    "    \"calendar\": { \"enabled\": true, \"workdays\": [\"sun\", \"mon\"], \"hours\": [8.5, 17], \"holidays\": [\"2026-12-25\"] },\n"
    "    \"tiers\": { \"deployment_frequency\": [2, 1, 0.1], \"lead_time\": [60, 3600, 86400],\n"
    "               \"change_failure_rate\": [0.01, 0.05, 0.5], \"recovery_time\": [1, 2, 3] } },\n"
    "  \"history_days\": 90,\n"
    "  \"schedules\": [ { \"id\": \"r\", \"cron\": \"0 8 * * 1-5\", \"action\": \"report\", \"period\": \"last-7-days\", \"folder\": \"/srv\" },\n"
    "                 { \"id\": \"s\", \"cron\": \"*/30 * * * *\", \"action\": \"sync\" } ],\n"
    "  \"alerts\": { \"tier_fell\": true, \"no_sync_days\": 3, \"failure_rate\": 0.15, \"slack\": true }\n"
    "}\n";

static DdSettings *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  DdSettings *settings = dd_settings_file_parse (json, "northwind.json", &error);

  g_assert_no_error (error);
  g_assert_nonnull (settings);
  return settings;
}

static void
assert_words (char      **words,
              const char *expected)
{
  g_autofree char *joined = g_strjoinv (",", words);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_everything (void)
{
  g_autoptr (DdSettings) settings = parse (everything);
  const DdSourceSettings *source;
  const DdTeam *team;
  const DdScheduleSettings *schedule;

  g_assert_cmpstr (settings->name, ==, "Northwind");
  g_assert_cmpstr (settings->timezone, ==, "Asia/Kolkata");
  g_assert_cmpint (settings->history_days, ==, 90);
  g_assert_cmpuint (settings->sources->len, ==, 7);

  source = g_ptr_array_index (settings->sources, 0);
  g_assert_cmpstr (source->type, ==, "github");
  g_assert_cmpstr (source->url, ==, "http://127.0.0.1:8080");
  g_assert_cmpstr (source->organization, ==, "northwind");
  assert_words (source->repositories, "shop,billing");
  assert_words (source->exclude, "old-*");
  g_assert_true (source->include_archived);
  g_assert_true (source->include_forks);
  g_assert_cmpstr (g_hash_table_lookup (source->deployments_from, "shop"), ==, "releases");
  g_assert_cmpstr (g_hash_table_lookup (source->deployments_from, "billing"), ==, "workflow:Deploy *");
  g_assert_cmpstr (g_hash_table_lookup (source->deployments_from, "docs"), ==, "none");
  source = g_ptr_array_index (settings->sources, 1);
  assert_words (source->teams, "OPS");
  assert_words (source->labels, "Störung");
  source = g_ptr_array_index (settings->sources, 2);
  assert_words (source->topics, "t1");
  source = g_ptr_array_index (settings->sources, 3);
  assert_words (source->events, "push,tag");
  g_assert_true (source->count_errors);
  source = g_ptr_array_index (settings->sources, 4);
  assert_words (source->started, "Began");
  assert_words (source->resolved, "Over,Closed");
  source = g_ptr_array_index (settings->sources, 6);
  g_assert_cmpstr (source->path, ==, "a.jsonl");
  g_assert_cmpstr (source->state_path, ==, "b.jsonl");

  team = g_ptr_array_index (settings->teams, 0);
  g_assert_cmpstr (team->name, ==, "Payments");
  g_assert_cmpstr (team->tier, ==, "1");
  assert_words (team->repositories, "shop");
  team = g_ptr_array_index (settings->teams, 1);
  g_assert_null (team->tier);
  assert_words (team->repositories, "");

  schedule = g_ptr_array_index (settings->schedules, 0);
  g_assert_cmpstr (schedule->id, ==, "r");
  g_assert_cmpstr (schedule->cron, ==, "0 8 * * 1-5");
  g_assert_cmpstr (schedule->action, ==, "report");
  g_assert_cmpstr (schedule->period, ==, "last-7-days");
  g_assert_cmpstr (schedule->folder, ==, "/srv");
  schedule = g_ptr_array_index (settings->schedules, 1);
  g_assert_cmpstr (schedule->action, ==, "sync");
  g_assert_cmpstr (schedule->period, ==, "weekly");
  g_assert_null (schedule->folder);
}

static void
test_metrics (void)
{
  g_autoptr (DdSettings) settings = parse (everything);
  const DdMetricSettings *metrics = &settings->metrics;
  const DdCalendarSettings *calendar = &metrics->calendar;

  g_assert_cmpstr (metrics->profile, ==, "custom");
  g_assert_cmpint (metrics->aggregate, ==, DD_AGGREGATE_P90);
  g_assert_cmpint (metrics->recovery, ==, DD_RECOVERY_FAILED_DEPLOYMENT);
  g_assert_true (metrics->recovery_given);
  assert_words (metrics->environments, "eu");
  g_assert_false (metrics->signal_incidents);
  g_assert_true (metrics->signal_deployments);
  g_assert_cmpfloat (metrics->attribution_hours, ==, 0.5);
  g_assert_cmpfloat (metrics->first_deployment_days, ==, 7);
  assert_words (metrics->severities, "SEV1");
  g_assert_true (metrics->exclude_bots);
  assert_words (metrics->bot_patterns, "*-ci");
  g_assert_true (calendar->enabled);
  for (int day = 0; day < 7; day++)
    g_assert_cmpint (calendar->workdays[day], ==, day == 0 || day == 6);
  g_assert_cmpfloat (calendar->from_hour, ==, 8.5);
  g_assert_cmpfloat (calendar->to_hour, ==, 17);
  assert_words (calendar->holidays, "2026-12-25");
  g_assert_nonnull (metrics->tiers);
  g_assert_cmpfloat (metrics->tiers->deployment_frequency[2], ==, 0.1);
  g_assert_cmpfloat (metrics->tiers->lead_time[0], ==, 60);
  g_assert_cmpfloat (metrics->tiers->change_failure_rate[1], ==, 0.05);
  g_assert_cmpfloat (metrics->tiers->recovery_time[2], ==, 3);
}

static void
test_defaults (void)
{
  static const char json[] =
      "\xef\xbb\xbf{ \"name\": \" N \", \"metrics\": { \"tiers\": null }, \"sources\": [ { \"type\": \"github\", \"organization\": \"n\" },"
      " { \"type\": \"linear\" }, { \"type\": \"woodpecker\", \"url\": \"https://ci.example.com\", \"events\": \"auto\" } ] }";
  g_autoptr (DdSettings) settings = parse (json);
  g_autoptr (DdSettings) plain = dd_settings_new ("N");
  const DdSourceSettings *source = g_ptr_array_index (settings->sources, 0);

  g_assert_cmpstr (settings->name, ==, "N");
  g_assert_cmpstr (settings->timezone, ==, plain->timezone);
  g_assert_cmpint (settings->history_days, ==, 365);
  g_assert_cmpstr (settings->metrics.profile, ==, "classic");
  g_assert_false (settings->metrics.recovery_given);
  g_assert_null (settings->metrics.tiers);
  g_assert_cmpstr (source->url, ==, "https://api.github.com");
  assert_words (source->repositories, "");
  source = g_ptr_array_index (settings->sources, 1);
  assert_words (source->labels, "incident,outage,hotfix,bug,p0,sev0,sev1");
  source = g_ptr_array_index (settings->sources, 2);
  g_assert_null (source->events);
}

/* What is written reads back the same, and so does what was made without a file. */
static void
test_round_trip (void)
{
  g_autoptr (DdSettings) settings = parse (everything);
  g_autoptr (DdSettings) made = dd_settings_new ("Made");
  static const char * const types[] = { "github", "linear", "slab", "woodpecker", "incidentio", "files", "events" };
  const DdSettings *all[2];

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_ptr_array_add (made->sources, dd_source_settings_new (types[i]));
  ((DdSourceSettings *) g_ptr_array_index (made->sources, 0))->organization = g_strdup ("“quoted” \"and\" \\ \n");
  g_free (((DdSourceSettings *) g_ptr_array_index (made->sources, 3))->url);
  ((DdSourceSettings *) g_ptr_array_index (made->sources, 3))->url = g_strdup ("https://ci.example.com");
  made->metrics.attribution_hours = 1.0 / 3;
  all[0] = settings;
  all[1] = made;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *first = dd_settings_file_write (all[i]);
      g_autoptr (DdSettings) again = parse (first);
      g_autofree char *second = dd_settings_file_write (again);

      g_assert_cmpstr (first, ==, second);
      g_assert_cmpfloat (again->metrics.attribution_hours, ==, all[i]->metrics.attribution_hours);
      g_assert_cmpstr (((DdSourceSettings *) g_ptr_array_index (again->sources, 0))->organization, ==,
                       ((DdSourceSettings *) g_ptr_array_index (all[i]->sources, 0))->organization);
      for (gsize k = 0; k < G_N_ELEMENTS (types); k++)
        g_assert_nonnull (strstr (first, types[k]));
      g_assert_null (strstr (first, "token"));
    }
}

typedef struct
{
  const char *json;  /* with ' for " */
  const char *start; /* of the message */
  const char *says;
} WrongCase;

#define WORKSPACE(rest) "{ 'name': 'N', 'sources': [],\n" rest " }"
#define SOURCE(source) "{ 'name': 'N', 'sources': [\n" source " ] }"
#define METRICS(metrics) "{ 'name': 'N', 'sources': [],\n'metrics': {\n" metrics " } }"
#define SCHEDULE(schedule) "{ 'name': 'N', 'sources': [],\n'schedules': [\n" schedule " ] }"
#define GITHUB "'type': 'github', 'organization': 'n'"
#define TIERS(rest) METRICS ("'profile': 'custom',\n'tiers': { 'lead_time': [1, 2, 3], 'change_failure_rate': [0, 0, 1], 'recovery_time': [1, 2, 3]" rest " }")

static const WrongCase wrong_cases[] = {
  /* Not JSON, or not an object. */
  { "", "northwind.json:", "empty" },
  { "[]", "northwind.json:1:", "object" },
  { "3", "northwind.json:", "object" },
  { "{ 'name': 'N',\n'sources': [\n}", "northwind.json:3:1:", "JSON" },
  { "{ 'name': 'N',\n'sources': [] } x", "northwind.json:2:", "JSON" },
  { "{ 'name': 'N',\n\n'sources': [], \xff }", "northwind.json:3:", "UTF-8" },

  /* What is needed. */
  { "{ 'sources': [] }", "northwind.json: name:", "needed" },
  { "{\n'name': '', 'sources': [] }", "northwind.json:2: name:", "needed" },
  { "{\n'name': '  ', 'sources': [] }", "northwind.json:2: name:", "needed" },
  { "{ 'name': 'N' }", "northwind.json: sources:", "needed" },
  { "{ 'name': 'N', 'sources': null }", "northwind.json:1: sources:", "needed" },
  { "{ 'name': 'N',\n'sources': {} }", "northwind.json:2: sources:", "list" },
  { "{ 'name': 3, 'sources': [] }", "northwind.json:1: name:", "text" },

  /* Unknown keys, wherever they stand. */
  { WORKSPACE ("'timezome': 'UTC'"), "northwind.json:2: timezome:", "timezone" },
  { WORKSPACE ("'colour': 'red'"), "northwind.json:2: colour:", "unknown key" },
  { WORKSPACE ("'metricz': {\n'a': 1\n}"), "northwind.json:2: metricz:", "metrics" },
  { METRICS ("'attribution_hourz': 3"), "northwind.json:3: metrics.attribution_hourz:", "attribution_hours" },
  { METRICS ("'calendar': {\n'day': [] }"), "northwind.json:4: metrics.calendar.day:", "unknown key" },
  { SOURCE ("{ " GITHUB " },\n{ 'type': 'linear', 'team': [] }"), "northwind.json:3: sources[1].team:", "teams" },
  { SOURCE ("{ 'type': 'files', 'url': 'https://example.com' }"), "northwind.json:2: sources[0].url:", "unknown key" },
  { SOURCE ("{ 'type': 'slab', 'token': 'secret' }"), "northwind.json:2: sources[0].token:", "unknown key" },
  { SCHEDULE ("{ 'id': 'a', 'when': '* * * * *' }"), "northwind.json:3: schedules[0].when:", "unknown key" },
  { WORKSPACE ("'teams': [\n{ 'nme': 'a' } ]"), "northwind.json:3: teams[0].nme:", "name" },
  { WORKSPACE ("'history_days': 5,\n'history_days': 6"), "northwind.json:3: history_days:", "twice" },

  /* The workspace. */
  { WORKSPACE ("'timezone': 'Europe/Berln'"), "northwind.json:2: timezone:", "Europe/Berln" },
  { WORKSPACE ("'timezone': 1"), "northwind.json:2: timezone:", "text" },
  { WORKSPACE ("'history_days': 0"), "northwind.json:2: history_days:", "from 1" },
  { WORKSPACE ("'history_days': -1"), "northwind.json:2: history_days:", "from 1" },
  { WORKSPACE ("'history_days': 1.5"), "northwind.json:2: history_days:", "whole" },
  { WORKSPACE ("'history_days': 1e300"), "northwind.json:2: history_days:", "from 1" },
  { WORKSPACE ("'history_days': '365'"), "northwind.json:2: history_days:", "number" },
  { WORKSPACE ("'teams': [ 3 ]"), "northwind.json:2: teams[0]:", "object" },
  { WORKSPACE ("'teams': [ { 'repositories': [] } ]"), "northwind.json:2: teams[0]:", "name" },
  { WORKSPACE ("'teams': [ { 'name': 'a' },\n{ 'name': 'a' } ]"), "northwind.json:3: teams[1]:", "twice" },
  { WORKSPACE ("'teams': [ { 'name': 'a', 'repositories': [1] } ]"), "northwind.json:2: teams[0].repositories:", "texts" },

  /* Sources. */
  { SOURCE ("3"), "northwind.json:2: sources[0]:", "type" },
  { SOURCE ("null"), "northwind.json:2: sources[0]:", "type" },
  { SOURCE ("{}"), "northwind.json:2: sources[0]:", "type" },
  { SOURCE ("{ 'type': 'gitlab' }"), "northwind.json:2: sources[0].type:", "github" },
  { SOURCE ("{ 'type': 'github' }"), "northwind.json:2: sources[0]:", "organization" },
  { SOURCE ("{ 'type': 'github', 'repositories': ['shop'] }"), "northwind.json:2: sources[0].repositories:", "OWNER/NAME" },
  { SOURCE ("{ 'type': 'woodpecker' }"), "northwind.json:2: sources[0].url:", "needed" },
  { SOURCE ("{ " GITHUB ",\n'url': 'http://api.github.com' }"), "northwind.json:3: sources[0].url:", "https://" },
  { SOURCE ("{ " GITHUB ", 'url': 'http://127.0.0.1.example.com' }"), "northwind.json:2: sources[0].url:", "https://" },
  { SOURCE ("{ " GITHUB ", 'url': 'http://localhost.example.com' }"), "northwind.json:2: sources[0].url:", "https://" },
  { SOURCE ("{ " GITHUB ", 'url': 'http://localhost@example.com' }"), "northwind.json:2: sources[0].url:", "name or a password" },
  { SOURCE ("{ " GITHUB ", 'url': 'http://192.168.1.2' }"), "northwind.json:2: sources[0].url:", "https://" },
  { SOURCE ("{ " GITHUB ", 'url': 'ftp://127.0.0.1' }"), "northwind.json:2: sources[0].url:", "https://" },
  { SOURCE ("{ " GITHUB ", 'url': 'file:///etc/passwd' }"), "northwind.json:2: sources[0].url:", "address" },
  { SOURCE ("{ " GITHUB ", 'url': 'api.github.com' }"), "northwind.json:2: sources[0].url:", "address" },
  { SOURCE ("{ " GITHUB ", 'url': '' }"), "northwind.json:2: sources[0].url:", "needed" },
  { SOURCE ("{ " GITHUB ", 'url': 'https://' }"), "northwind.json:2: sources[0].url:", "address" },
  { SOURCE ("{ " GITHUB ", 'include_forks': 1 }"), "northwind.json:2: sources[0].include_forks:", "true or false" },
  { SOURCE ("{ " GITHUB ", 'deployments_from': [] }"), "northwind.json:2: sources[0].deployments_from:", "object" },
  { SOURCE ("{ " GITHUB ", 'deployments_from': {\n'shop': 'release' } }"), "northwind.json:3: sources[0].deployments_from.shop:", "releases" },
  { SOURCE ("{ " GITHUB ", 'deployments_from': {\n'shop': 'workflow:' } }"), "northwind.json:3: sources[0].deployments_from.shop:", "PATTERN" },
  { SOURCE ("{ " GITHUB ", 'deployments_from': {\n'shop': 3 } }"), "northwind.json:3: sources[0].deployments_from.shop:", "text" },
  { SOURCE ("{ 'type': 'woodpecker', 'url': 'https://ci.example.com', 'events': 'push' }"), "northwind.json:2: sources[0].events:", "list" },

  /* Metrics. */
  { WORKSPACE ("'metrics': []"), "northwind.json:2: metrics:", "object" },
  { METRICS ("'profile': 'dora'"), "northwind.json:3: metrics.profile:", "dora-2023" },
  { METRICS ("'profile': 'custom'"), "northwind.json:3: metrics.profile:", "metrics.tiers" },
  { METRICS ("'aggregate': 'average'"), "northwind.json:3: metrics.aggregate:", "median" },
  { METRICS ("'recovery': 'deployment'"), "northwind.json:3: metrics.recovery:", "failed-deployment" },
  { METRICS ("'signals': ['pager']"), "northwind.json:3: metrics.signals:", "incidents" },
  { METRICS ("'signals': []"), "northwind.json:3: metrics.signals:", "incidents" },
  { METRICS ("'environments': 'prod'"), "northwind.json:3: metrics.environments:", "list" },
  { METRICS ("'attribution_hours': -1"), "northwind.json:3: metrics.attribution_hours:", "from 0" },
  { METRICS ("'first_deployment_days': '30'"), "northwind.json:3: metrics.first_deployment_days:", "number" },
  { METRICS ("'exclude_bots': 'yes'"), "northwind.json:3: metrics.exclude_bots:", "true or false" },
  { METRICS ("'calendar': { 'workdays': ['monday'] }"), "northwind.json:3: metrics.calendar.workdays:", "mon" },
  { METRICS ("'calendar': { 'workdays': [] }"), "northwind.json:3: metrics.calendar.workdays:", "day" },
  { METRICS ("'calendar': { 'hours': [9] }"), "northwind.json:3: metrics.calendar.hours:", "2 numbers" },
  { METRICS ("'calendar': { 'hours': ['9', {}] }"), "northwind.json:3: metrics.calendar.hours:", "2 numbers" },
  { METRICS ("'calendar': { 'hours': [17, 9] }"), "northwind.json:3: metrics.calendar.hours:", "earlier" },
  { METRICS ("'calendar': { 'hours': [9, 25] }"), "northwind.json:3: metrics.calendar.hours:", "24" },
  { METRICS ("'calendar': { 'holidays': ['2026-02-29'] }"), "northwind.json:3: metrics.calendar.holidays:", "2026-02-29" },
  { TIERS (""), "northwind.json:4: metrics.tiers.deployment_frequency:", "needed" },
  { TIERS (", 'deployment_frequency': 3"), "northwind.json:4: metrics.tiers.deployment_frequency:", "list" },
  { TIERS (", 'deployment_frequency': [3, 2]"), "northwind.json:4: metrics.tiers.deployment_frequency:", "3 numbers" },
  { TIERS (", 'deployment_frequency': [3, 2, null]"), "northwind.json:4: metrics.tiers.deployment_frequency:", "3 numbers" },
  { TIERS (", 'deployment_frequency': [1, 2, 3]"), "northwind.json:4: metrics.tiers.deployment_frequency:", "best" },
  { TIERS (", 'deployment_frequency': [3, 2, -1]"), "northwind.json:4: metrics.tiers.deployment_frequency:", "negative" },
  { TIERS (", 'rework_rate': [1, 2, 3]"), "northwind.json:4: metrics.tiers.rework_rate:", "unknown key" },

  /* Schedules. */
  { SCHEDULE ("[]"), "northwind.json:3: schedules[0]:", "object" },
  { SCHEDULE ("{ 'cron': '0 8 * * 1' }"), "northwind.json:3: schedules[0].id:", "needed" },
  { SCHEDULE ("{ 'id': 'a' }"), "northwind.json:3: schedules[0].cron:", "needed" },
  { SCHEDULE ("{ 'id': 'a', 'cron': '0 8 * *' }"), "northwind.json:3: schedules[0].cron:", "0 8 * *" },
  { SCHEDULE ("{ 'id': 'a', 'cron': '0 25 * * *' }"), "northwind.json:3: schedules[0].cron:", "hour" },
  { SCHEDULE ("{ 'id': 'a', 'cron': '0 8 * * 1', 'period': 'wekly' }"), "northwind.json:3: schedules[0].period:", "weekly" },
  { SCHEDULE ("{ 'id': 'a', 'cron': '0 8 * * 1', 'action': 'mail' }"), "northwind.json:3: schedules[0].action:", "send" },
  { SCHEDULE ("{ 'id': 'a', 'cron': '0 8 * * 1' },\n{ 'id': 'a', 'cron': '0 8 * * 2' }"), "northwind.json:4: schedules[1].id:", "twice" },
};

static void
test_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_cases); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (wrong_cases[i].json), "'", '"');
      g_autoptr (GError) error = NULL;

      g_assert_null (dd_settings_file_parse (json, "northwind.json", &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, wrong_cases[i].start));
      g_assert_nonnull (strstr (error->message, wrong_cases[i].says));
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* A file that was cut off is refused, and nothing else happens. */
static void
test_cut_off (void)
{
  for (gsize length = 0; length + 2 < sizeof everything; length += 7)
    {
      g_autofree char *json = g_strndup (everything, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (dd_settings_file_parse (json, "northwind.json", &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
    }
}

/* Each value in turn is of another kind: refused or taken, never a crash or a warning. */
static void
test_other_kinds (void)
{
  static const char * const values[] = { "null", "3", "-1e308", "true", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":{}}" };

  for (const char *colon = strchr (everything, ':'); colon != NULL; colon = strchr (colon + 1, ':'))
    for (gsize i = 0; colon[1] == ' ' && i < G_N_ELEMENTS (values); i++)
      {
        const char *end = colon + 2;
        int depth = 0;
        gboolean quoted = FALSE;
        g_autofree char *json = NULL;
        g_autoptr (DdSettings) settings = NULL;
        g_autoptr (GError) error = NULL;

        for (; depth > 0 || quoted || strchr (",}]\n", *end) == NULL; end++)
          {
            quoted ^= *end == '"';
            if (!quoted)
              depth += (strchr ("[{", *end) != NULL) - (strchr ("]}", *end) != NULL);
          }
        json = g_strdup_printf ("%.*s%s%s", (int) (colon + 2 - everything), everything, values[i], end);
        settings = dd_settings_file_parse (json, "northwind.json", &error);
        g_assert_true ((settings != NULL) != (error != NULL));
        if (error != NULL)
          g_assert_null (strstr (error->message, "JSON"));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/settings-file/everything", test_everything);
  g_test_add_func ("/settings-file/metrics", test_metrics);
  g_test_add_func ("/settings-file/defaults", test_defaults);
  g_test_add_func ("/settings-file/round-trip", test_round_trip);
  g_test_add_func ("/settings-file/wrong", test_wrong);
  g_test_add_func ("/settings-file/cut-off", test_cut_off);
  g_test_add_func ("/settings-file/other-kinds", test_other_kinds);
  return g_test_run ();
}
