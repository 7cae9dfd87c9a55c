/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-settings.h"
#include "dd-time.h"

#include <string.h>

static void
test_pattern (void)
{
  static const struct
  {
    const char *pattern;
    const char *text;
    gboolean    matches;
  } cases[] = {
    { "prod*", "production", TRUE },
    { "prod*", "PROD", TRUE },
    { "PROD*", "prod-eu", TRUE },
    { "prod*", "preprod", FALSE },
    { "*prod", "preprod", TRUE },
    { "*prod*", "eu-prod-1", TRUE },
    { "live", "live", TRUE },
    { "live", "lives", FALSE },
    { "live", "", FALSE },
    { "", "", TRUE },
    { "", "a", FALSE },
    { "*", "", TRUE },
    { "*", "anything at all", TRUE },
    { "**", "x", TRUE },
    { "a*b*c", "a-b-b-c", TRUE },
    { "a*b*c", "a-c-b", FALSE },
    { "*ab", "aab", TRUE },
    { "Prüf*", "PRÜFSTAND", TRUE },
    { "a?b", "axb", FALSE },
    { "a.b", "axb", FALSE },
    { "[bot]", "b", FALSE },
    { "*[bot]", "renovate[bot]", TRUE },
    { NULL, "a", FALSE },
    { "*", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].pattern ? cases[i].pattern : "(null)", cases[i].text ? cases[i].text : "(null)");
      g_assert_cmpint (dd_pattern_matches (cases[i].pattern, cases[i].text), ==, cases[i].matches);
    }
}

/* A name that someone else chose cannot stop the program. */
static void
test_pattern_is_fast (void)
{
  g_autofree char *text = g_strnfill (20000, 'a');
  gint64 start = g_get_monotonic_time ();

  g_assert_false (dd_pattern_matches ("*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * DD_SECOND);
}

static void
test_patterns (void)
{
  char *patterns[] = { (char *) "prod*", (char *) "live*", NULL };
  char *none[] = { NULL };

  g_assert_true (dd_patterns_match (patterns, "Live"));
  g_assert_false (dd_patterns_match (patterns, "staging"));
  g_assert_false (dd_patterns_match (patterns, NULL));
  g_assert_false (dd_patterns_match (none, "live"));
  g_assert_false (dd_patterns_match (NULL, "live"));
}

static void
test_suggest (void)
{
  static const char * const words[] = { "weekly", "monthly", "quarterly", "attribution_hours", "id", NULL };
  static const char * const nothing[] = { NULL };
  static const struct
  {
    const char *typed;
    const char *expected;
  } cases[] = {
    { "weekly", "weekly" },
    { "wekly", "weekly" },
    { "Weekley", "weekly" },
    { "wekely", "weekly" },
    { "montly", "monthly" },
    { "attribution_hourz", "attribution_hours" },
    { "attribution-hours", "attribution_hours" },
    { "attributionHours", "attribution_hours" },
    { "di", NULL },
    { "ids", "id" },
    { "x", NULL },
    { "", NULL },
    { "yearly", NULL },
    { "colour", NULL },
  };
  g_autofree char *long_word = g_strnfill (100000, 'w');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (dd_suggest (cases[i].typed, words), ==, cases[i].expected);
    }
  g_assert_null (dd_suggest (long_word, words));
  g_assert_null (dd_suggest ("weekly", nothing));
}

static void
test_sources (void)
{
  static const struct
  {
    const char *type;
    const char *url;
  } cases[] = {
    { "github", "https://api.github.com" },
    { "linear", "https://api.linear.app/graphql" },
    { "slab", "https://api.slab.com/v1/graphql" },
    { "woodpecker", "" },
    { "incidentio", "https://api.incident.io" },
    { "files", "" },
    { "events", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DdSourceSettings) source = dd_source_settings_new (cases[i].type);

      g_assert_cmpstr (source->type, ==, cases[i].type);
      g_assert_cmpstr (source->url, ==, cases[i].url);
      g_assert_nonnull (source->repositories);
      g_assert_nonnull (source->exclude);
      g_assert_nonnull (source->teams);
      g_assert_nonnull (source->topics);
      g_assert_null (source->events);
      g_assert_cmpuint (g_hash_table_size (source->deployments_from), ==, 0);
      if (strcmp (cases[i].type, "linear") == 0)
        g_assert_cmpuint (g_strv_length (source->labels), ==, 7);
      if (strcmp (cases[i].type, "events") == 0)
        {
          g_assert_cmpstr (source->path, ==, "logs/orchestrator_events.jsonl");
          g_assert_cmpstr (source->state_path, ==, "logs/orchestrator_state.jsonl");
        }
    }
  g_assert_null (dd_source_settings_new ("gitlab"));
  g_assert_null (dd_source_settings_new (NULL));
}

static void
test_defaults (void)
{
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");
  const DdMetricSettings *metrics = &settings->metrics;
  g_autofree char *environments = g_strjoinv (" ", metrics->environments);
  g_autoptr (GTimeZone) zone = dd_time_zone_new (settings->timezone, NULL);

  g_assert_cmpstr (settings->name, ==, "Northwind");
  g_assert_nonnull (zone);
  g_assert_cmpuint (settings->sources->len, ==, 0);
  g_assert_cmpuint (settings->teams->len, ==, 0);
  g_assert_cmpuint (settings->schedules->len, ==, 0);
  g_assert_cmpint (settings->history_days, ==, 365);
  g_assert_cmpstr (metrics->profile, ==, "classic");
  g_assert_cmpint (metrics->aggregate, ==, DD_AGGREGATE_MEDIAN);
  g_assert_cmpint (metrics->recovery, ==, DD_RECOVERY_INCIDENT);
  g_assert_false (metrics->recovery_given);
  g_assert_cmpstr (environments, ==, "prod* production* live*");
  g_assert_true (metrics->signal_incidents);
  g_assert_true (metrics->signal_deployments);
  g_assert_cmpfloat (metrics->attribution_hours, ==, 24);
  g_assert_cmpfloat (metrics->first_deployment_days, ==, 30);
  g_assert_false (metrics->exclude_bots);
  g_assert_false (metrics->calendar.enabled);
  g_assert_true (metrics->calendar.workdays[0]);
  g_assert_true (metrics->calendar.workdays[4]);
  g_assert_false (metrics->calendar.workdays[5]);
  g_assert_cmpfloat (metrics->calendar.from_hour, ==, 0);
  g_assert_cmpfloat (metrics->calendar.to_hour, ==, 24);
  g_assert_null (metrics->tiers);

  dd_settings_free (NULL);
  dd_source_settings_free (NULL);
  dd_team_free (NULL);
  dd_schedule_settings_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/settings/pattern", test_pattern);
  g_test_add_func ("/settings/pattern-is-fast", test_pattern_is_fast);
  g_test_add_func ("/settings/patterns", test_patterns);
  g_test_add_func ("/settings/suggest", test_suggest);
  g_test_add_func ("/settings/sources", test_sources);
  g_test_add_func ("/settings/defaults", test_defaults);
  return g_test_run ();
}
