/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-error.h"
#include "dd-tiers.h"

#define HOUR 3600.0
#define DAY 86400.0
#define WEEK (7 * DAY)

typedef struct
{
  const char *profile;
  DdMetric    metric;
  double      value;
  DdTier      expected;
} RateCase;

static const RateCase rate_cases[] = {
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 1.01, DD_TIER_ELITE },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 1, DD_TIER_HIGH },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 7.0, DD_TIER_HIGH },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 52 / 364.0, DD_TIER_HIGH },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 0.142, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 3 / 90.0, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 31.0, DD_TIER_LOW },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, 0, DD_TIER_LOW },
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, NAN, DD_TIER_NONE },
  { "classic", DD_METRIC_LEAD_TIME, 0, DD_TIER_ELITE },
  { "classic", DD_METRIC_LEAD_TIME, HOUR - 1, DD_TIER_ELITE },
  { "classic", DD_METRIC_LEAD_TIME, HOUR, DD_TIER_HIGH },
  { "classic", DD_METRIC_LEAD_TIME, DAY, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_LEAD_TIME, WEEK - 1, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_LEAD_TIME, WEEK, DD_TIER_LOW },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 0, DD_TIER_ELITE },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 1 / 20.0, DD_TIER_ELITE },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 0.0501, DD_TIER_HIGH },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 1 / 10.0, DD_TIER_HIGH },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 3 / 20.0, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, 0.151, DD_TIER_LOW },
  { "classic", DD_METRIC_RECOVERY_TIME, HOUR - 1, DD_TIER_ELITE },
  { "classic", DD_METRIC_RECOVERY_TIME, DAY - 1, DD_TIER_HIGH },
  { "classic", DD_METRIC_RECOVERY_TIME, DAY, DD_TIER_MEDIUM },
  { "classic", DD_METRIC_RECOVERY_TIME, 30 * DAY, DD_TIER_LOW },
  { "classic", DD_METRIC_REWORK_RATE, 0, DD_TIER_NONE },
  { "dora-2019", DD_METRIC_LEAD_TIME, DAY - 1, DD_TIER_ELITE },
  { "dora-2019", DD_METRIC_LEAD_TIME, DAY, DD_TIER_HIGH },
  { "dora-2019", DD_METRIC_LEAD_TIME, WEEK, DD_TIER_MEDIUM },
  { "dora-2019", DD_METRIC_LEAD_TIME, 30 * DAY, DD_TIER_LOW },
  { "dora-2019", DD_METRIC_CHANGE_FAILURE_RATE, 0.15, DD_TIER_ELITE },
  { "dora-2019", DD_METRIC_CHANGE_FAILURE_RATE, 0.16, DD_TIER_MEDIUM },
  { "dora-2019", DD_METRIC_CHANGE_FAILURE_RATE, 0.45, DD_TIER_MEDIUM },
  { "dora-2019", DD_METRIC_CHANGE_FAILURE_RATE, 0.46, DD_TIER_LOW },
  { "dora-2021", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 30.0, DD_TIER_HIGH },
  { "dora-2021", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 182.0, DD_TIER_MEDIUM },
  { "dora-2021", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 183.0, DD_TIER_LOW },
  { "dora-2021", DD_METRIC_LEAD_TIME, HOUR, DD_TIER_HIGH },
  { "dora-2021", DD_METRIC_LEAD_TIME, WEEK, DD_TIER_MEDIUM },
  { "dora-2021", DD_METRIC_LEAD_TIME, 182 * DAY, DD_TIER_LOW },
  { "dora-2021", DD_METRIC_CHANGE_FAILURE_RATE, 0.15, DD_TIER_ELITE },
  { "dora-2021", DD_METRIC_CHANGE_FAILURE_RATE, 0.30, DD_TIER_HIGH },
  { "dora-2021", DD_METRIC_CHANGE_FAILURE_RATE, 0.31, DD_TIER_LOW },
  { "dora-2023", DD_METRIC_DEPLOYMENT_FREQUENCY, 1 / 7.0, DD_TIER_HIGH },
  { "dora-2023", DD_METRIC_LEAD_TIME, HOUR, DD_TIER_ELITE },
  { "dora-2023", DD_METRIC_LEAD_TIME, 30 * DAY - 1, DD_TIER_MEDIUM },
  { "dora-2023", DD_METRIC_CHANGE_FAILURE_RATE, 0.05, DD_TIER_ELITE },
  { "dora-2023", DD_METRIC_RECOVERY_TIME, WEEK, DD_TIER_LOW },
  /* The workspace's own, below. */
  { "custom", DD_METRIC_DEPLOYMENT_FREQUENCY, 3, DD_TIER_HIGH },
  { "custom", DD_METRIC_DEPLOYMENT_FREQUENCY, 2, DD_TIER_HIGH },
  { "custom", DD_METRIC_LEAD_TIME, 100, DD_TIER_HIGH },
  { "custom", DD_METRIC_LEAD_TIME, 99, DD_TIER_ELITE },
  { "custom", DD_METRIC_CHANGE_FAILURE_RATE, 0.5, DD_TIER_HIGH },
  { "custom", DD_METRIC_RECOVERY_TIME, 3000, DD_TIER_LOW },
};

static DdCustomTiers custom_tiers = {
  .deployment_frequency = { 3, 2, 1 },
  .lead_time = { 100, 200, 300 },
  .change_failure_rate = { 0.4, 0.5, 0.6 },
  .recovery_time = { 1000, 2000, 3000 },
};

static DdProfile
resolve (const char *name)
{
  DdMetricSettings settings = { .profile = (char *) name, .tiers = &custom_tiers };
  DdProfile profile;

  dd_profile_resolve (&settings, &profile);
  g_assert_cmpstr (profile.name, ==, name);
  return profile;
}

static void
test_rate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rate_cases); i++)
    {
      const RateCase *c = &rate_cases[i];
      DdProfile profile = resolve (c->profile);
      DdTier tier = dd_profile_rate (&profile, c->metric, c->value);

      if (tier != c->expected)
        g_error ("%s: %s of %g is %d, not %d", c->profile, dd_metric_name (c->metric), c->value, c->expected, tier);
    }
}

static void
test_recovery_definition (void)
{
  DdMetricSettings settings = { .profile = (char *) "dora-2023" };
  DdProfile profile;

  dd_profile_resolve (&settings, &profile);
  g_assert_cmpint (profile.recovery, ==, DD_RECOVERY_FAILED_DEPLOYMENT);
  settings.recovery_given = TRUE;
  dd_profile_resolve (&settings, &profile);
  g_assert_cmpint (profile.recovery, ==, DD_RECOVERY_INCIDENT);
  settings = (DdMetricSettings) { .profile = (char *) "classic", .recovery = DD_RECOVERY_FAILED_DEPLOYMENT };
  dd_profile_resolve (&settings, &profile);
  g_assert_cmpint (profile.recovery, ==, DD_RECOVERY_INCIDENT);
  settings.recovery_given = TRUE;
  dd_profile_resolve (&settings, &profile);
  g_assert_cmpint (profile.recovery, ==, DD_RECOVERY_FAILED_DEPLOYMENT);
}

/* Each profile names its report and year; better tiers never ask for less. */
static void
test_profiles (void)
{
  static const char * const names[] = { "classic", "dora-2019", "dora-2021", "dora-2023" };
  const DdProfile *list = dd_profiles_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (list[i].name, ==, names[i]);
      g_assert_nonnull (list[i].title);
      g_assert_nonnull (list[i].source);
      g_assert_cmpint (list[i].year, ==, i == 0 ? 0 : g_ascii_strtoll (names[i] + 5, NULL, 10));
      for (double value = 1e-6; value < 1e8; value *= 1.1)
        for (int metric = 0; metric <= DD_METRIC_RECOVERY_TIME; metric++)
          {
            DdTier tier = dd_profile_rate (&list[i], metric, value),
                   higher = dd_profile_rate (&list[i], metric, value * 1.1);

            g_assert_true (metric == DD_METRIC_DEPLOYMENT_FREQUENCY ? higher >= tier : higher <= tier);
          }
    }
  g_assert_null (list[G_N_ELEMENTS (names)].name);
}

typedef struct
{
  const char *profile;
  DdMetric    metric;
  const char *expected[4]; /* Elite, High, Medium, Low */
} TextCase;

static const TextCase text_cases[] = {
  { "classic", DD_METRIC_DEPLOYMENT_FREQUENCY, { "> 1 a day", "≥ 1 in 7 days", "≥ 1 in 30 days", "less" } },
  { "classic", DD_METRIC_LEAD_TIME, { "< 1 hour", "< 1 day", "< 1 week", "≥ 1 week" } },
  { "classic", DD_METRIC_CHANGE_FAILURE_RATE, { "≤ 5 %", "≤ 10 %", "≤ 15 %", "> 15 %" } },
  { "classic", DD_METRIC_REWORK_RATE, { "–", "–", "–", "–" } },
  { "dora-2019", DD_METRIC_LEAD_TIME, { "< 1 day", "< 1 week", "< 1 month", "≥ 1 month" } },
  { "dora-2019", DD_METRIC_CHANGE_FAILURE_RATE, { "≤ 15 %", "–", "≤ 45 %", "> 45 %" } },
  { "dora-2021", DD_METRIC_DEPLOYMENT_FREQUENCY, { "> 1 a day", "≥ 1 in 30 days", "≥ 1 in 182 days", "less" } },
  { "dora-2021", DD_METRIC_LEAD_TIME, { "< 1 hour", "< 1 week", "< 6 months", "≥ 6 months" } },
  { "dora-2021", DD_METRIC_CHANGE_FAILURE_RATE, { "≤ 15 %", "≤ 30 %", "–", "> 30 %" } },
  { "custom", DD_METRIC_DEPLOYMENT_FREQUENCY, { "> 3 a day", "≥ 2 a day", "≥ 1 a day", "less" } },
  { "custom", DD_METRIC_CHANGE_FAILURE_RATE, { "≤ 40 %", "≤ 50 %", "≤ 60 %", "> 60 %" } },
};

static void
test_describe (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      DdProfile profile = resolve (text_cases[i].profile);

      for (int j = 0; j < 4; j++)
        {
          g_autofree char *text = dd_profile_describe (&profile, text_cases[i].metric, DD_TIER_ELITE - j);

          g_assert_cmpstr (text, ==, text_cases[i].expected[j]);
        }
    }
}

/* A workspace may set any number: none of them is rounded to a wrong one. */
static void
test_describe_odd (void)
{
  DdCustomTiers tiers = {
    .deployment_frequency = { 0.4, 0.25, 0 },
    .lead_time = { 1800, 36 * HOUR, 45 * DAY },
    .change_failure_rate = { 0.125, NAN, NAN },
    .recovery_time = { NAN, NAN, NAN },
  };
  DdMetricSettings settings = { .profile = (char *) "custom", .tiers = &tiers };
  static const struct { DdMetric metric; DdTier tier; const char *expected; } cases[] = {
    { DD_METRIC_DEPLOYMENT_FREQUENCY, DD_TIER_ELITE, "> 0.4 a day" },
    { DD_METRIC_DEPLOYMENT_FREQUENCY, DD_TIER_HIGH, "≥ 1 in 4 days" },
    { DD_METRIC_DEPLOYMENT_FREQUENCY, DD_TIER_MEDIUM, "≥ 0 a day" },
    { DD_METRIC_LEAD_TIME, DD_TIER_ELITE, "< 0.5 h" },
    { DD_METRIC_LEAD_TIME, DD_TIER_HIGH, "< 36 hours" },
    { DD_METRIC_LEAD_TIME, DD_TIER_MEDIUM, "< 45 days" },
    { DD_METRIC_LEAD_TIME, DD_TIER_LOW, "≥ 45 days" },
    { DD_METRIC_CHANGE_FAILURE_RATE, DD_TIER_ELITE, "≤ 12.5 %" },
    { DD_METRIC_CHANGE_FAILURE_RATE, DD_TIER_LOW, "> 12.5 %" },
    { DD_METRIC_RECOVERY_TIME, DD_TIER_LOW, "–" },
    { DD_METRIC_LEAD_TIME, DD_TIER_NONE, "–" },
  };
  DdProfile profile;

  dd_profile_resolve (&settings, &profile);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dd_profile_describe (&profile, cases[i].metric, cases[i].tier);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_names (void)
{
  static const char * const names[] = { "deployment_frequency", "lead_time", "change_failure_rate", "recovery_time",
                                       "rework_rate" };
  DdMetric metric;

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *dashed = g_strdelimit (g_strdup (names[i]), "_", '-');

      g_assert_cmpstr (dd_metric_name (i), ==, names[i]);
      g_assert_cmpstr (dd_metric_title (i), !=, "");
      g_assert_true (dd_metric_parse (names[i], &metric, NULL));
      g_assert_cmpint (metric, ==, i);
      g_assert_true (dd_metric_parse (dashed, &metric, NULL));
      g_assert_cmpint (metric, ==, i);
    }
  g_assert_null (dd_tier_name (DD_TIER_NONE));
  g_assert_cmpstr (dd_tier_name (DD_TIER_ELITE), ==, "elite");
  g_assert_cmpstr (dd_tier_name (DD_TIER_LOW), ==, "low");
  g_assert_cmpstr (dd_tier_title (DD_TIER_MEDIUM), ==, "Medium");
  g_assert_cmpstr (dd_tier_title (DD_TIER_NONE), ==, "–");
}

static void
test_mistyped (void)
{
  g_autoptr (GError) error = NULL;
  DdMetric metric = DD_METRIC_REWORK_RATE;

  g_assert_false (dd_metric_parse ("leadtime", &metric, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "lead_time"));
  g_assert_cmpint (metric, ==, DD_METRIC_REWORK_RATE);
  g_clear_error (&error);
  g_assert_false (dd_metric_parse ("velocity", &metric, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "recovery_time"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/tiers/rate", test_rate);
  g_test_add_func ("/tiers/recovery-definition", test_recovery_definition);
  g_test_add_func ("/tiers/profiles", test_profiles);
  g_test_add_func ("/tiers/describe", test_describe);
  g_test_add_func ("/tiers/describe-odd", test_describe_odd);
  g_test_add_func ("/tiers/names", test_names);
  g_test_add_func ("/tiers/mistyped", test_mistyped);
  return g_test_run ();
}
