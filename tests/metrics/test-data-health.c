/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-data-health.h"

static GPtrArray *
counts_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static GPtrArray *
names_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dd_rule_name_free);
}

static void
add_count (GPtrArray  *counts,
           const char *kind,
           DdRule      rule,
           guint       n)
{
  DdRuleCount *count = g_new0 (DdRuleCount, 1);

  *count = (DdRuleCount) { kind, rule, n };
  g_ptr_array_add (counts, count);
}

static void
add_name (GPtrArray  *names,
          const char *kind,
          DdRule      rule,
          const char *words,
          guint       n)
{
  DdRuleName *name = g_new0 (DdRuleName, 1);

  *name = (DdRuleName) { kind, rule, g_strdup (words), n };
  g_ptr_array_add (names, name);
}

typedef struct
{
  const char *step;
  guint       records;
  guint       left_out;
  const char *rule;
  const char *describes; /* a part of it */
  const char *setting;
  const char *detail;
} Expected;

static void
assert_steps (const GPtrArray *steps,
              const Expected  *expected,
              guint            n)
{
  g_assert_cmpuint (steps->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);

      g_assert_cmpstr (step->step, ==, expected[i].step);
      g_assert_cmpuint (step->records, ==, expected[i].records);
      g_assert_cmpuint (step->left_out, ==, expected[i].left_out);
      g_assert_cmpstr (step->rule, ==, expected[i].rule);
      g_assert_cmpstr (step->setting, ==, expected[i].setting);
      g_assert_cmpstr (step->detail, ==, expected[i].detail);
      if (expected[i].describes != NULL)
        g_assert_nonnull (strstr (step->describe, expected[i].describes));
    }
}

static void
test_steps (void)
{
  static const Expected expected[] = {
    { "deployments: fetched", 100 },
    { "deployments: of the kind that supplies their repository", 90, 10, "other-source", "another kind",
      "sources.deployments_from" },
    { "deployments: to production", 60, 30, "not-production", "(prod*, production*, live*)", "metrics.environments",
      "21 staging, 4 preview, 2 <b>x </b>, 3 others" },
    { "deployments: finished", 59, 1, "running", NULL, NULL },
    { "deployments: counted", 59 },
    { "changes: fetched", 37 },
    { "changes: not by bots", 32, 5, "bot", "(renovate*)", "metrics.exclude_bots" },
    { "changes: since the first deployment", 28, 4, "before-first-deployment", "more than 30 days",
      "metrics.first_deployment_days" },
    { "changes: deployed", 25, 3, "waiting", NULL, NULL, "3 shop" },
    { "changes: counted", 25 },
    { "incidents: fetched", 9 },
    { "incidents: with an incident label", 4, 5, "no-incident-label", NULL, "sources.labels" },
    { "incidents: of a severity that counts", 2, 2, "severity", "(critical, major)", "metrics.severities" },
    { "incidents: counted", 2 },
  };
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");
  g_autoptr (GPtrArray) counts = counts_new ();
  g_autoptr (GPtrArray) names = names_new ();
  g_autoptr (GPtrArray) steps = NULL;

  g_strfreev (settings->metrics.severities);
  settings->metrics.severities = g_strsplit ("critical,major", ",", -1);
  g_strfreev (settings->metrics.bot_patterns);
  settings->metrics.bot_patterns = g_strsplit ("renovate*", ",", -1);
  /* In no order, and one rule in two counts. */
  add_count (counts, "incident", DD_RULE_SEVERITY, 2);
  add_count (counts, "change", DD_RULE_COUNTED, 20);
  add_count (counts, "deployment", DD_RULE_RUNNING, 1);
  add_count (counts, "deployment", DD_RULE_NOT_PRODUCTION, 20);
  add_count (counts, "change", DD_RULE_COUNTED_BY_MERGE, 5);
  add_count (counts, "change", DD_RULE_WAITING, 3);
  add_count (counts, "change", DD_RULE_BOT, 5);
  add_count (counts, "deployment", DD_RULE_COUNTED, 59);
  add_count (counts, "deployment", DD_RULE_OTHER_SOURCE, 10);
  add_count (counts, "change", DD_RULE_BEFORE_FIRST_DEPLOYMENT, 4);
  add_count (counts, "incident", DD_RULE_NO_INCIDENT_LABEL, 5);
  add_count (counts, "incident", DD_RULE_COUNTED, 2);
  add_count (counts, "deployment", DD_RULE_NOT_PRODUCTION, 10);
  /* A name of several rows counts once, the most first; what has no name is not told of. */
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "staging", 20);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "<b>x\n</b>", 2);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "preview", 4);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "", 1);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "z1", 1);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "z2", 1);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "z3", 1);
  add_name (names, "deployment", DD_RULE_NOT_PRODUCTION, "staging", 1);
  add_name (names, "change", DD_RULE_WAITING, "shop", 3);
  steps = dd_data_health (counts, names, &settings->metrics);
  assert_steps (steps, expected, G_N_ELEMENTS (expected));
}

static void
test_nothing (void)
{
  static const Expected expected[] = {
    { "deployments: fetched" }, { "deployments: counted" }, { "changes: fetched" },
    { "changes: counted" },     { "incidents: fetched" },   { "incidents: counted" },
  };
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");
  g_autoptr (GPtrArray) counts = counts_new ();
  g_autoptr (GPtrArray) names = names_new ();
  g_autoptr (GPtrArray) steps = dd_data_health (counts, names, &settings->metrics);

  assert_steps (steps, expected, G_N_ELEMENTS (expected));
}

/* Whatever rule leaves records out, it is said, and the steps add up. */
static void
test_every_rule (void)
{
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");
  g_autoptr (GPtrArray) counts = counts_new ();
  g_autoptr (GPtrArray) names = names_new ();
  g_autoptr (GPtrArray) steps = NULL;
  guint rules = 0, left = 0;

  for (int rule = 0; rule < 64; rule++)
    {
      /* The name of a number that is no rule is that of the first one. */
      if (rule != DD_RULE_COUNTED && g_strcmp0 (dd_rule_name (rule), dd_rule_name (DD_RULE_COUNTED)) == 0)
        continue;
      add_count (counts, "change", rule, 1 + (guint) rule);
      rules += !dd_rule_counts (rule);
      left += 1 + (guint) rule;
    }
  steps = dd_data_health (counts, names, &settings->metrics);
  g_assert_cmpuint (steps->len, ==, 6 + rules);
  for (guint i = 2; i < 3 + rules; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);

      left -= step->left_out;
      g_assert_cmpuint (step->records, ==, left);
      g_assert_true (g_str_has_prefix (step->step, "changes: "));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/data-health/steps", test_steps);
  g_test_add_func ("/data-health/nothing", test_nothing);
  g_test_add_func ("/data-health/every-rule", test_every_rule);
  return g_test_run ();
}
