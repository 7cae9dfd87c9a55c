/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-prometheus.h"

#include <math.h>
#include <string.h>

/* 2026-11-20T12:00:00Z */
#define NOON (G_GINT64_CONSTANT (1795176000) * DD_SECOND)

static DdMetrics
no_data (void)
{
  DdMetrics metrics = { 0 };

  metrics.deployment_frequency.per_day = NAN;
  metrics.lead_time.median = metrics.lead_time.mean = metrics.lead_time.p90 = NAN;
  metrics.change_failure_rate.rate = NAN;
  metrics.recovery_time.median = NAN;
  metrics.rework_rate.rate = NAN;
  return metrics;
}

static DdRepositoryStanding *
repository_new (const char *name,
                const char *tier)
{
  DdRepositoryStanding *repository = g_new0 (DdRepositoryStanding, 1);

  repository->name = g_strdup (name);
  repository->tier = g_strdup (tier);
  dd_totals_init (&repository->totals, 1);
  for (guint i = 0; i < DD_STANDING_WINDOWS; i++)
    repository->windows[i] = no_data ();
  return repository;
}

static void
add_error (DdStanding *standing,
           const char *subsystem,
           gint64      n)
{
  DdErrorTotal *total = g_new0 (DdErrorTotal, 1);

  total->subsystem = g_strdup (subsystem);
  total->n = n;
  g_ptr_array_add (standing->errors, total);
}

/* One workspace with a repository that has everything and one that has nothing, and errors of no workspace. */
static GPtrArray *
make_standings (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_standing_free);
  DdStanding *nobody = dd_standing_new (""), *standing = dd_standing_new ("North \"wind\"");
  DdRepositoryStanding *shop = repository_new ("shop", "1");

  add_error (nobody, "gui", 2);
  g_ptr_array_add (list, nobody);
  standing->whole = TRUE;
  standing->windows[0] = no_data ();
  standing->windows[1] = no_data ();
  standing->windows[1].lead_time = (DdLeadTime) { .ok = TRUE, .median = 3600, .mean = 9, .p90 = 9 };
  standing->open_incidents = 2;
  shop->totals.deployments[DD_RESULT_SUCCESS] = 41;
  shop->totals.deployments[DD_RESULT_CANCELLED] = 3;
  shop->totals.last[DD_RESULT_SUCCESS] = NOON + DD_SECOND / 2;
  shop->totals.leads[0] = 1;
  shop->totals.leads[3] = 2;
  shop->totals.leads[DD_LEAD_BOUNDS] = 1;
  shop->totals.lead_seconds = 3e6;
  shop->windows[0].deployment_frequency = (DdFrequency) { .ok = TRUE, .per_day = 0.5 };
  shop->windows[1].deployment_frequency = (DdFrequency) { .ok = TRUE, .per_day = 0 };
  shop->windows[1].change_failure_rate = (DdFailureRate) { .ok = TRUE, .rate = 0.25 };
  shop->windows[1].recovery_time = (DdRecoveryTime) { .ok = TRUE, .median = 90.5, .mean = 1, .p90 = 1 };
  shop->windows[0].rework_rate = (DdReworkRate) { .ok = TRUE, .rate = 0 };
  g_ptr_array_add (standing->repositories, shop);
  g_ptr_array_add (standing->repositories, repository_new ("zoo", ""));
  dd_standing_add_age (standing, "linear", 90 * DD_SECOND);
  dd_standing_add_age (standing, "github", DD_SECOND / 4);
  dd_standing_add_age (standing, "linear", 30 * DD_SECOND);
  add_error (standing, "github", 0);
  g_ptr_array_add (list, standing);
  return list;
}

#define W "workspace=\"North \\\"wind\\\"\""
#define SHOP W ",repo=\"shop\",tier=\"1\""
#define ZOO W ",repo=\"zoo\",tier=\"\""

/* Without the lines that say what each family is. */
static const char wanted[] =
  "dora_deployments_total{" SHOP ",status=\"success\"} 41\n"
  "dora_deployments_total{" SHOP ",status=\"failure\"} 0\n"
  "dora_deployments_total{" SHOP ",status=\"cancelled\"} 3\n"
  "dora_deployments_total{" ZOO ",status=\"success\"} 0\n"
  "dora_deployments_total{" ZOO ",status=\"failure\"} 0\n"
  "dora_deployments_total{" ZOO ",status=\"cancelled\"} 0\n"
  "dora_deployment_last_success_timestamp{" SHOP "} 1795176000.5\n"
  "dora_deployment_frequency_per_day{" SHOP ",window=\"7d\"} 0.5\n"
  "dora_deployment_frequency_per_day{" SHOP ",window=\"30d\"} 0\n"
  "dora_lead_time_median_seconds{" W ",window=\"30d\"} 3600\n"
  "dora_change_failure_ratio{" SHOP ",window=\"30d\"} 0.25\n"
  "dora_recovery_time_median_seconds{" SHOP ",window=\"30d\"} 90.5\n"
  "dora_rework_ratio{" SHOP ",window=\"7d\"} 0\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"3600\"} 1\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"21600\"} 1\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"86400\"} 1\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"259200\"} 3\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"604800\"} 3\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"2592000\"} 3\n"
  "dora_lead_time_seconds_bucket{" SHOP ",le=\"+Inf\"} 4\n"
  "dora_lead_time_seconds_sum{" SHOP "} 3000000\n"
  "dora_lead_time_seconds_count{" SHOP "} 4\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"3600\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"21600\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"86400\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"259200\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"604800\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"2592000\"} 0\n"
  "dora_lead_time_seconds_bucket{" ZOO ",le=\"+Inf\"} 0\n"
  "dora_lead_time_seconds_sum{" ZOO "} 0\n"
  "dora_lead_time_seconds_count{" ZOO "} 0\n"
  "dora_open_incidents{" W "} 2\n"
  "dora_sync_age_seconds{" W ",source=\"github\"} 0.25\n"
  "dora_sync_age_seconds{" W ",source=\"linear\"} 90\n"
  "dora_errors_total{workspace=\"\",subsystem=\"gui\"} 2\n"
  "dora_errors_total{" W ",subsystem=\"github\"} 0\n";

static char *
samples_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *samples = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      g_string_append_printf (samples, "%s\n", lines[i]);
  return g_string_free (samples, FALSE);
}

static void
test_samples (void)
{
  g_autoptr (GPtrArray) standings = make_standings ();
  g_autofree char *text = dd_standings_to_exposition (standings, DD_EXPOSITION_TEXT);
  g_autofree char *samples = samples_of (text);

  g_assert_cmpstr (samples, ==, wanted);
  /* A family nobody has a sample of is not announced. */
  g_assert_null (strstr (text, "last_failure"));
}

/* Each family has one head, before its first sample; OpenMetrics's units are what names end in. */
static void
test_heads (void)
{
  g_autoptr (GPtrArray) standings = make_standings ();
  g_autofree char *text = dd_standings_to_exposition (standings, DD_EXPOSITION_OPENMETRICS);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_str_has_prefix (lines[i], "# TYPE "))
        g_assert_true (g_hash_table_add (seen, g_strdup (words[2])));
      if (g_str_has_prefix (lines[i], "# TYPE ") && g_str_equal (words[3], "counter"))
        g_assert_false (g_str_has_suffix (words[2], "_total"));
      if (g_str_has_prefix (lines[i], "# UNIT "))
        g_assert_true (g_str_has_suffix (words[2], words[3]));
    }
  g_assert_true (g_str_has_suffix (text, "\n# EOF\n"));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 11);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autofree char *text = dd_standings_to_exposition (nothing, DD_EXPOSITION_TEXT);
  g_autofree char *open = dd_standings_to_exposition (nothing, DD_EXPOSITION_OPENMETRICS);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (open, ==, "# EOF\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-prometheus/samples", test_samples);
  g_test_add_func ("/report-prometheus/heads", test_heads);
  g_test_add_func ("/report-prometheus/nothing", test_nothing);
  return g_test_run ();
}
