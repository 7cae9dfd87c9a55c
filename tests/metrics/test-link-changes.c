/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

/* Times of the tables are in hours after one Monday, so that they can be read. 0 in a table is "not known". */
#define HOUR(n) (G_GINT64_CONSTANT (1767571200000000) + (gint64) (n) * DD_HOUR)
#define KNOWN(n) ((n) != 0 ? HOUR (n) : DD_TIME_NONE)

typedef struct
{
  int      created, finished, committed;
  int      position; /* counted from 1; 0: not known */
  DdResult result;
  DdRule   rule;
} Deployed;

typedef struct
{
  int      first_commit, opened, first_review, merged;
  int      position;
  gboolean bot;
} Merged;

typedef struct
{
  int    deployment; /* id; 0 for none */
  DdRule rule;
  int    at;
  int    lead; /* in hours; -1: none. Each of the stages likewise. */
  int    coding, pickup, review, deploy;
} Expected;

typedef struct
{
  const char *name;
  gboolean    by_merge;
  Deployed    deployments[4];
  Merged      change;
  Expected    expected;
} ChangeCase;

#define S DD_RESULT_SUCCESS
#define F DD_RESULT_FAILURE
#define OK DD_RULE_COUNTED

static const ChangeCase change_cases[] = {
  { "first-that-contains-it", FALSE, { { 10, 11, 0, 2, S, OK }, { 20, 21, 0, 5, S, OK }, { 30, 31, 0, 9, S, OK } },
    { 5, 6, 8, 9, 4 }, { 2, OK, 21, 16, 1, 2, 1, 12 } },
  { "its-own-commit", FALSE, { { 10, 11, 0, 4, S, OK } }, { 5, 6, 8, 9, 4 }, { 1, OK, 11, 6, 1, 2, 1, 2 } },
  { "first-finished-not-first-created", FALSE, { { 10, 40, 0, 5, S, OK }, { 20, 21, 0, 5, S, OK } }, { 5, 6, 8, 9, 4 },
    { 2, OK, 21, 16, 1, 2, 1, 12 } },
  { "finished-at-once-lower-id", FALSE, { { 10, 21, 0, 5, S, OK }, { 20, 21, 0, 5, S, OK } }, { 5, 6, 8, 9, 4 },
    { 1, OK, 21, 16, 1, 2, 1, 12 } },
  { "failure-deploys-nothing", FALSE, { { 10, 11, 0, 9, F, OK }, { 20, 21, 0, 5, S, OK } }, { 5, 6, 8, 9, 4 },
    { 2, OK, 21, 16, 1, 2, 1, 12 } },
  { "staging-deploys-nothing", FALSE, { { 10, 11, 0, 9, S, DD_RULE_NOT_PRODUCTION }, { 20, 21, 0, 5, S, OK } },
    { 5, 6, 8, 9, 4 }, { 2, OK, 21, 16, 1, 2, 1, 12 } },
  { "rolled-back-to-older", FALSE, { { 10, 11, 0, 6, S, OK }, { 20, 21, 0, 2, S, OK } }, { 5, 6, 8, 9, 4 },
    { 1, OK, 11, 6, 1, 2, 1, 2 } },
  { "waiting", FALSE, { { 10, 11, 0, 2, S, OK } }, { 5, 6, 8, 9, 4 }, { 0, DD_RULE_WAITING, 9, -1, -1, -1, -1, -1 } },
  { "waiting-all-failed", FALSE, { { 10, 11, 0, 9, F, OK } }, { 5, 6, 8, 9, 4 },
    { 0, DD_RULE_WAITING, 9, -1, -1, -1, -1, -1 } },
  /* A release branch: the deployed commit has no position. */
  { "branch-by-committed", FALSE, { { 30, 31, 8, 0, S, OK }, { 32, 33, 9, 0, S, OK } }, { 5, 6, 8, 9, 4 },
    { 2, OK, 33, 28, 1, 2, 1, 24 } },
  { "branch-by-created", FALSE, { { 8, 31, 0, 0, S, OK }, { 9, 33, 0, 0, S, OK } }, { 5, 6, 8, 9, 4 },
    { 2, OK, 33, 28, 1, 2, 1, 24 } },
  { "committed-before-created", FALSE, { { 30, 31, 8, 0, S, OK } }, { 5, 6, 8, 9, 4 },
    { 0, DD_RULE_WAITING, 9, -1, -1, -1, -1, -1 } },
  { "mixed-position-first", FALSE, { { 20, 21, 0, 4, S, OK }, { 30, 31, 20, 0, S, OK } }, { 5, 6, 8, 9, 4 },
    { 1, OK, 21, 16, 1, 2, 1, 12 } },
  { "mixed-branch-first", FALSE, { { 20, 21, 0, 3, S, OK }, { 30, 31, 20, 0, S, OK }, { 40, 41, 0, 5, S, OK } },
    { 5, 6, 8, 9, 4 }, { 2, OK, 31, 26, 1, 2, 1, 22 } },
  { "position-not-time", FALSE, { { 20, 21, 20, 3, S, OK }, { 40, 41, 0, 4, S, OK } }, { 5, 6, 8, 9, 4 },
    { 2, OK, 41, 36, 1, 2, 1, 32 } },
  /* The change's own commit has no position: only times tell, of all deployments. */
  { "unknown-change-by-committed", FALSE, { { 20, 21, 8, 9, S, OK }, { 30, 31, 9, 9, S, OK } }, { 5, 6, 8, 9, 0 },
    { 2, OK, 31, 26, 1, 2, 1, 22 } },
  { "unknown-change-by-created", FALSE, { { 8, 21, 0, 9, S, OK }, { 30, 31, 0, 1, S, OK } }, { 5, 6, 8, 9, 0 },
    { 2, OK, 31, 26, 1, 2, 1, 22 } },
  { "start-is-first-commit", FALSE, { { 20, 21, 0, 5, S, OK } }, { 3, 6, 0, 9, 4 }, { 1, OK, 21, 18, 3, -1, -1, 12 } },
  { "start-is-opened", FALSE, { { 20, 21, 0, 5, S, OK } }, { 0, 6, 8, 9, 4 }, { 1, OK, 21, 15, -1, 2, 1, 12 } },
  { "no-start", FALSE, { { 20, 21, 0, 5, S, OK } }, { 0, 0, 8, 9, 4 }, { 1, OK, 21, -1, -1, -1, 1, 12 } },
  { "commit-after-opening", FALSE, { { 20, 21, 0, 5, S, OK } }, { 7, 6, 8, 9, 4 }, { 1, OK, 21, 14, -1, 2, 1, 12 } },
  { "review-after-merge", FALSE, { { 20, 21, 0, 5, S, OK } }, { 5, 6, 10, 9, 4 }, { 1, OK, 21, 16, 1, 4, -1, 12 } },
  { "deployed-before-merge", FALSE, { { 7, 8, 0, 5, S, OK } }, { 5, 6, 7, 9, 4 }, { 1, OK, 8, 3, 1, 1, 2, -1 } },
  { "negative", FALSE, { { 3, 4, 0, 5, S, OK } }, { 5, 6, 8, 9, 4 }, { 1, DD_RULE_NEGATIVE, 9, -1, -1, -1, -1, -1 } },
  { "no-time-at-all", FALSE, { { 20, 21, 0, 5, S, OK } }, { 21, 21, 21, 21, 4 }, { 1, OK, 21, 0, 0, 0, 0, 0 } },
  /* The first known deployment is not the start of the world: 30 days are 720 hours. */
  { "long-before-first", FALSE, { { 1000, 1001, 0, 5, S, OK } }, { 270, 271, 0, 279, 4 },
    { 0, DD_RULE_BEFORE_FIRST_DEPLOYMENT, 279, -1, -1, -1, -1, -1 } },
  { "just-30-days-before-first", FALSE, { { 1000, 1001, 0, 5, S, OK } }, { 270, 271, 0, 280, 4 },
    { 1, OK, 1001, 731, 1, -1, -1, 721 } },
  { "before-first-finished", FALSE, { { 1000, 1100, 0, 5, S, OK }, { 1010, 1011, 0, 5, S, OK } },
    { 270, 271, 0, 289, 4 }, { 0, DD_RULE_BEFORE_FIRST_DEPLOYMENT, 289, -1, -1, -1, -1, -1 } },
  { "failure-is-no-first", FALSE, { { 200, 201, 0, 5, F, OK }, { 1000, 1001, 0, 5, S, OK } }, { 170, 171, 0, 179, 4 },
    { 0, DD_RULE_BEFORE_FIRST_DEPLOYMENT, 179, -1, -1, -1, -1, -1 } },
  { "staging-is-no-first", FALSE, { { 200, 201, 0, 5, S, DD_RULE_NOT_PRODUCTION }, { 1000, 1001, 0, 5, S, OK } },
    { 170, 171, 0, 179, 4 }, { 0, DD_RULE_BEFORE_FIRST_DEPLOYMENT, 179, -1, -1, -1, -1, -1 } },
  { "by-merge", TRUE, { { 0 } }, { 5, 6, 8, 9, 4 }, { 0, DD_RULE_COUNTED_BY_MERGE, 9, 4, 1, 2, 1, -1 } },
  { "by-merge-opened", TRUE, { { 0 } }, { 0, 6, 8, 9, 4 }, { 0, DD_RULE_COUNTED_BY_MERGE, 9, 3, -1, 2, 1, -1 } },
  { "by-merge-no-start", TRUE, { { 0 } }, { 0, 0, 0, 9, 4 }, { 0, DD_RULE_COUNTED_BY_MERGE, 9, -1, -1, -1, -1, -1 } },
  { "by-merge-negative", TRUE, { { 0 } }, { 10, 6, 8, 9, 4 }, { 0, DD_RULE_NEGATIVE, 9, -1, -1, -1, -1, -1 } },
  { "bot-deployed", FALSE, { { 10, 11, 0, 5, S, OK } }, { 5, 6, 8, 9, 4, TRUE },
    { 1, DD_RULE_BOT, 11, 6, 1, 2, 1, 2 } },
  { "bot-waiting", FALSE, { { 10, 11, 0, 2, S, OK } }, { 5, 6, 8, 9, 4, TRUE },
    { 0, DD_RULE_BOT, 9, -1, -1, -1, -1, -1 } },
  { "bot-by-merge", TRUE, { { 0 } }, { 5, 6, 8, 9, 4, TRUE }, { 0, DD_RULE_BOT, 9, 4, 1, 2, 1, -1 } },
};

static guint
fill_deployments (const Deployed   *table,
                  DdLinkDeployment *deployments)
{
  guint n = 0;

  for (; n < 4 && table[n].created != 0; n++)
    deployments[n] = (DdLinkDeployment) {
      .id = n + 1,
      .created = KNOWN (table[n].created),
      .finished = KNOWN (table[n].finished),
      .committed = KNOWN (table[n].committed),
      .position = table[n].position - 1,
      .environment = 1,
      .result = table[n].result,
      .rule = table[n].rule,
    };
  dd_link_sort (deployments, n);
  return n;
}

static DdLinkChange
change_of (const Merged *merged)
{
  return (DdLinkChange) {
    .id = 1,
    .first_commit = KNOWN (merged->first_commit),
    .opened = KNOWN (merged->opened),
    .first_review = KNOWN (merged->first_review),
    .merged = KNOWN (merged->merged),
    .position = merged->position - 1,
    .bot = merged->bot,
  };
}

static void
assert_hours (gint64 duration,
              int    hours)
{
  if (hours < 0)
    g_assert_cmpint (duration, ==, DD_TIME_NONE);
  else
    g_assert_cmpint (duration, ==, hours * DD_HOUR);
}

static void
test_change (gconstpointer data)
{
  const ChangeCase *c = data;
  DdLinkDeployment deployments[4];
  DdLinkChange change = change_of (&c->change);
  DdLinkRules rules = { .first_deployment_days = 30, .attribution_hours = 24, .by_merge = c->by_merge };

  dd_link_changes (deployments, fill_deployments (c->deployments, deployments), &change, 1, &rules);
  g_assert_cmpint (change.deployment, ==, c->expected.deployment);
  g_assert_cmpint (change.rule, ==, c->expected.rule);
  g_assert_cmpint (change.at, ==, HOUR (c->expected.at));
  assert_hours (change.lead, c->expected.lead);
  assert_hours (change.coding, c->expected.coding);
  assert_hours (change.pickup, c->expected.pickup);
  assert_hours (change.review, c->expected.review);
  assert_hours (change.deploy, c->expected.deploy);
}

/* Whether a deployment is rework after all changes were linked. */
static void
test_unplanned (void)
{
  static const Deployed table[4] = {
    { 1000, 1001, 0, 3, S, OK }, { 1010, 1011, 0, 6, S, OK }, { 1020, 1021, 0, 9, S, OK },
  };
  static const struct { const char *name; Merged change; gboolean expected[3]; } cases[] = {
    { "first to contain it", { 1005, 1005, 0, 1006, 5 }, { FALSE, TRUE, FALSE } },
    { "a bot's", { 1005, 1005, 0, 1006, 5, TRUE }, { FALSE, TRUE, FALSE } },
    { "negative", { 1015, 1015, 0, 1006, 5 }, { FALSE, TRUE, FALSE } },
    { "waiting", { 1005, 1005, 0, 1006, 12 }, { FALSE, FALSE, FALSE } },
    { "long before", { 100, 100, 0, 101, 2 }, { FALSE, FALSE, FALSE } },
  };
  DdLinkRules rules = { .first_deployment_days = 30 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdLinkDeployment deployments[4];
      DdLinkChange change = change_of (&cases[i].change);
      guint n = fill_deployments (table, deployments);

      change.unplanned = TRUE;
      dd_link_changes (deployments, n, &change, 1, &rules);
      for (guint j = 0; j < n; j++)
        if (deployments[j].unplanned != cases[i].expected[j])
          g_error ("%s: deployment %u is wrong", cases[i].name, j + 1);
      /* Its own ref says so, whatever changes say. */
      deployments[0].unplanned = TRUE;
      change.unplanned = FALSE;
      dd_link_changes (deployments, n, &change, 1, &rules);
      g_assert_true (deployments[0].unplanned);
    }
}

/* Durations are measured in the calendar; what is in order is told by plain time. */
static void
test_calendar (void)
{
  DdCalendarSettings settings = { .enabled = TRUE, .from_hour = 9, .to_hour = 17, .holidays = (char *[]) { NULL } };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (DdCalendar) calendar = NULL;
  static const Deployed table[4] = { { 33, 34, 0, 5, S, OK } };
  Merged merged = { 10, 12, 20, 22, 4 };
  DdLinkDeployment deployments[4];
  DdLinkChange change = change_of (&merged);
  DdLinkRules rules = { .first_deployment_days = 30 };

  for (int i = 0; i < 5; i++)
    settings.workdays[i] = TRUE;
  calendar = dd_calendar_new (&settings, utc);
  rules.calendar = calendar;
  dd_link_changes (deployments, fill_deployments (table, deployments), &change, 1, &rules);
  /* Monday 10:00 to Tuesday 10:00. */
  assert_hours (change.lead, 8);
  assert_hours (change.coding, 2);
  assert_hours (change.pickup, 5);
  assert_hours (change.review, 0);
  assert_hours (change.deploy, 1);
}

/* A setting of any size stays a setting. */
static void
test_any_number_of_days (void)
{
  static const Deployed table[4] = { { 1000, 1001, 0, 5, S, OK } };
  static const double days[] = { 1e300, 1e6, 0, -5 };
  Merged merged = { 5, 6, 8, 9, 4 };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      DdLinkDeployment deployments[4];
      DdLinkChange change = change_of (&merged);
      DdLinkRules rules = { .first_deployment_days = days[i] };

      dd_link_changes (deployments, fill_deployments (table, deployments), &change, 1, &rules);
      g_assert_cmpint (change.rule, ==, i < 2 ? DD_RULE_COUNTED : DD_RULE_BEFORE_FIRST_DEPLOYMENT);
    }
}

static gboolean
contains (const DdLinkDeployment *deployment,
          const DdLinkChange     *change)
{
  gint64 threshold = deployment->committed != DD_TIME_NONE ? deployment->committed : deployment->created;

  if (deployment->position != DD_NO_POSITION && change->position != DD_NO_POSITION)
    return deployment->position >= change->position;
  return change->merged <= threshold;
}

/* metrics.md, word by word and slowly. */
static const DdLinkDeployment *
naive_first (const DdLinkDeployment *deployments,
             guint                   n,
             const DdLinkChange     *change,
             gboolean                any) /* the first of all, whatever it contains */
{
  const DdLinkDeployment *first = NULL;

  for (guint i = 0; i < n; i++)
    {
      const DdLinkDeployment *deployment = &deployments[i];

      if (deployment->rule != DD_RULE_COUNTED || deployment->result != DD_RESULT_SUCCESS ||
          (!any && !contains (deployment, change)))
        continue;
      if (first == NULL || deployment->finished < first->finished ||
          (deployment->finished == first->finished && deployment->id < first->id))
        first = deployment;
    }
  return first;
}

static gint64
random_time (gboolean sometimes_none)
{
  return sometimes_none && g_test_rand_int_range (0, 4) == 0 ? DD_TIME_NONE : HOUR (g_test_rand_int_range (1, 2000));
}

static void
assert_as_naive (const DdLinkDeployment *deployments,
                 guint                   n,
                 const DdLinkChange     *change,
                 gboolean               *unplanned)
{
  const DdLinkDeployment *first = naive_first (deployments, n, change, TRUE);
  const DdLinkDeployment *deployment = naive_first (deployments, n, change, FALSE);
  gint64 start = change->first_commit != DD_TIME_NONE ? change->first_commit : change->opened;
  DdRule rule;

  if (first != NULL && change->merged < first->created - 30 * DD_DAY)
    {
      deployment = NULL;
      rule = DD_RULE_BEFORE_FIRST_DEPLOYMENT;
    }
  else if (deployment == NULL)
    rule = DD_RULE_WAITING;
  else
    rule = start != DD_TIME_NONE && deployment->finished < start ? DD_RULE_NEGATIVE : DD_RULE_COUNTED;
  g_assert_cmpint (change->deployment, ==, deployment != NULL ? deployment->id : 0);
  g_assert_cmpint (change->rule, ==, change->bot ? DD_RULE_BOT : rule);
  g_assert_cmpint (change->at, ==, rule == DD_RULE_COUNTED ? deployment->finished : change->merged);
  g_assert_cmpint (change->lead, ==,
                   rule == DD_RULE_COUNTED && start != DD_TIME_NONE ? deployment->finished - start : DD_TIME_NONE);
  if (deployment != NULL && change->unplanned)
    unplanned[deployment->id - 1] = TRUE;
}

static void
test_random (void)
{
  for (int round = 0; round < 200; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 30), m = (guint) g_test_rand_int_range (0, 60);
      g_autofree DdLinkDeployment *deployments = g_new0 (DdLinkDeployment, n + 1);
      g_autofree DdLinkChange *changes = g_new0 (DdLinkChange, m + 1);
      g_autofree gboolean *unplanned = g_new0 (gboolean, n + 1);
      DdLinkRules rules = { .first_deployment_days = 30 };

      for (guint i = 0; i < n; i++)
        {
          deployments[i].id = i + 1;
          deployments[i].created = random_time (FALSE);
          deployments[i].finished = deployments[i].created + g_test_rand_int_range (0, 5) * DD_HOUR;
          deployments[i].committed = random_time (TRUE);
          deployments[i].position = g_test_rand_int_range (-1, 40);
          deployments[i].result = g_test_rand_int_range (0, 4) == 0 ? DD_RESULT_FAILURE : DD_RESULT_SUCCESS;
          deployments[i].rule = g_test_rand_int_range (0, 6) == 0 ? DD_RULE_NOT_PRODUCTION : DD_RULE_COUNTED;
        }
      for (guint i = 0; i < m; i++)
        {
          changes[i].first_commit = random_time (TRUE);
          changes[i].opened = random_time (TRUE);
          changes[i].first_review = random_time (TRUE);
          changes[i].merged = random_time (FALSE);
          changes[i].position = g_test_rand_int_range (-1, 40);
          changes[i].bot = g_test_rand_int_range (0, 5) == 0;
          changes[i].unplanned = g_test_rand_int_range (0, 8) == 0;
        }
      dd_link_sort (deployments, n);
      dd_link_changes (deployments, n, changes, m, &rules);
      for (guint i = 0; i < m; i++)
        assert_as_naive (deployments, n, &changes[i], unplanned);
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (deployments[i].unplanned, ==, unplanned[deployments[i].id - 1]);
    }
}

static void
test_sort (void)
{
  DdLinkDeployment deployments[] = {
    { .id = 5, .finished = DD_TIME_NONE }, { .id = 4, .finished = HOUR (2) }, { .id = 3, .finished = HOUR (1) },
    { .id = 2, .finished = HOUR (2) },     { .id = 1, .finished = DD_TIME_NONE },
  };
  static const gint64 expected[] = { 3, 2, 4, 1, 5 };

  dd_link_sort (deployments, G_N_ELEMENTS (deployments));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (deployments[i].id, ==, expected[i]);
  dd_link_sort (NULL, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (change_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/link/changes/%s", change_cases[i].name);

      g_test_add_data_func (path, &change_cases[i], test_change);
    }
  g_test_add_func ("/link/changes-unplanned", test_unplanned);
  g_test_add_func ("/link/changes-calendar", test_calendar);
  g_test_add_func ("/link/changes-any-number-of-days", test_any_number_of_days);
  g_test_add_func ("/link/changes-random", test_random);
  g_test_add_func ("/link/sort", test_sort);
  return g_test_run ();
}
