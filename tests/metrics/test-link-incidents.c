/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

#define HOUR(n) (G_GINT64_CONSTANT (1767571200000000) + (gint64) (n) * DD_HOUR)

/* Successes in the order of (finished, id), in hours. */
static const DdLinkSuccess successes[] = {
  { 1, HOUR (10), 1 }, { 2, HOUR (20), 2 }, { 3, HOUR (30), 1 },
  { 7, HOUR (30), 2 }, { 9, HOUR (30), 2 }, { 4, HOUR (100), 1 },
};

typedef struct
{
  const char    *name;
  DdLinkIncident incident;
  gint64         deployment;
  DdLink         link;
} IncidentCase;

static const IncidentCase incident_cases[] = {
  { "latest-of-its-repository", { .started = HOUR (25), .repository = 1 }, 1, DD_LINK_REPOSITORY },
  { "at-its-finish", { .started = HOUR (30), .repository = 1 }, 3, DD_LINK_REPOSITORY },
  { "just-before-a-finish", { .started = HOUR (30) - 1, .repository = 1 }, 1, DD_LINK_REPOSITORY },
  { "24-hours-after", { .started = HOUR (54), .repository = 1 }, 3, DD_LINK_REPOSITORY },
  { "more-than-24-hours-after", { .started = HOUR (54) + 1, .repository = 1 }, 0, DD_LINK_NONE },
  { "before-all", { .started = HOUR (9), .repository = 1 }, 0, DD_LINK_NONE },
  { "other-repository", { .started = HOUR (110), .repository = 2 }, 0, DD_LINK_NONE },
  { "without-deployments", { .started = HOUR (31), .repository = 3 }, 0, DD_LINK_NONE },
  { "in-any", { .started = HOUR (25) }, 2, DD_LINK_ANY },
  { "tie-by-id", { .started = HOUR (31) }, 9, DD_LINK_ANY },
  { "tie-in-repository", { .started = HOUR (31), .repository = 2 }, 9, DD_LINK_REPOSITORY },
  { "in-any-too-late", { .started = HOUR (55) }, 0, DD_LINK_NONE },
  { "unknown-repository", { .started = HOUR (31), .repository_unknown = TRUE }, 0, DD_LINK_NONE },
  { "named", { .started = HOUR (31), .repository = 1, .named_deployment = 1 }, 1, DD_LINK_NAMED },
  { "named-long-before", { .started = HOUR (900), .repository = 1, .named_deployment = 42 }, 42, DD_LINK_NAMED },
  { "by-hand", { .started = HOUR (31), .repository = 1, .named_deployment = 1, .decision = DD_LINK_BY_HAND,
    .decided_deployment = 4 }, 4, DD_LINK_BY_HAND },
  { "unlinked", { .started = HOUR (31), .repository = 1, .named_deployment = 1, .decision = DD_LINK_UNLINKED },
    0, DD_LINK_UNLINKED },
  { "excluded", { .started = HOUR (31), .repository = 1, .decision = DD_LINK_EXCLUDED }, 0, DD_LINK_EXCLUDED },
  { "by-hand-unknown-repository", { .started = HOUR (31), .repository_unknown = TRUE, .decision = DD_LINK_BY_HAND,
    .decided_deployment = 3 }, 3, DD_LINK_BY_HAND },
};

static void
test_incident (gconstpointer data)
{
  const IncidentCase *c = data;
  DdLinkIncident incident = c->incident;
  DdLinkRules rules = { .attribution_hours = 24 };

  /* What stood there before does not stay. */
  incident.deployment = 77;
  incident.link = DD_LINK_ANY;
  dd_link_incidents (&incident, 1, successes, G_N_ELEMENTS (successes), &rules);
  g_assert_cmpint (incident.deployment, ==, c->deployment);
  g_assert_cmpint (incident.link, ==, c->link);
}

static void
test_window (void)
{
  static const struct { double hours; gint64 expected; } cases[] = {
    { 1, 0 }, { 1.5, 4 }, { 1e300, 4 }, { 0, 0 }, { -3, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdLinkIncident incident = { .started = HOUR (101) + 30 * DD_MINUTE, .repository = 1 };
      DdLinkRules rules = { .attribution_hours = cases[i].hours };

      dd_link_incidents (&incident, 1, successes, G_N_ELEMENTS (successes), &rules);
      g_assert_cmpint (incident.deployment, ==, cases[i].expected);
    }
}

static void
test_nothing (void)
{
  DdLinkIncident incident = { .started = HOUR (1) };
  DdLinkRules rules = { .attribution_hours = 24 };

  dd_link_incidents (NULL, 0, successes, G_N_ELEMENTS (successes), &rules);
  dd_link_incidents (&incident, 1, NULL, 0, &rules);
  g_assert_cmpint (incident.deployment, ==, 0);
}

static const DdLinkSuccess *
naive_latest (const DdLinkSuccess  *list,
              guint                 n,
              const DdLinkIncident *incident)
{
  const DdLinkSuccess *latest = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (list[i].finished > incident->started || list[i].finished < incident->started - 24 * DD_HOUR ||
          (incident->repository != 0 && list[i].repository != incident->repository))
        continue;
      if (latest == NULL || list[i].finished > latest->finished ||
          (list[i].finished == latest->finished && list[i].id > latest->id))
        latest = &list[i];
    }
  return latest;
}

static void
test_random (void)
{
  DdLinkRules rules = { .attribution_hours = 24 };

  for (int round = 0; round < 200; round++)
    {
      guint n = (guint) g_test_rand_int_range (0, 50), m = (guint) g_test_rand_int_range (0, 50);
      g_autofree DdLinkSuccess *list = g_new0 (DdLinkSuccess, n + 1);
      g_autofree DdLinkIncident *incidents = g_new0 (DdLinkIncident, m + 1);
      gint64 hour = 0;

      for (guint i = 0; i < n; i++)
        {
          hour += g_test_rand_int_range (0, 12);
          list[i] = (DdLinkSuccess) { i + 1, HOUR (hour), (guint32) g_test_rand_int_range (1, 5) };
        }
      for (guint i = 0; i < m; i++)
        {
          incidents[i].id = i + 1;
          incidents[i].started = HOUR (g_test_rand_int_range (0, 300));
          incidents[i].repository = (guint32) g_test_rand_int_range (0, 5);
        }
      dd_link_incidents (incidents, m, list, n, &rules);
      for (guint i = 0; i < m; i++)
        {
          const DdLinkSuccess *latest = naive_latest (list, n, &incidents[i]);

          g_assert_true (i == 0 || incidents[i - 1].started <= incidents[i].started);
          g_assert_cmpint (incidents[i].deployment, ==, latest != NULL ? latest->id : 0);
          g_assert_cmpint (incidents[i].link, ==,
                           latest == NULL                 ? DD_LINK_NONE
                           : incidents[i].repository != 0 ? DD_LINK_REPOSITORY
                                                          : DD_LINK_ANY);
        }
    }
}

/* One letter a deployment, an hour apart: S success, F failure, C cancelled, x a failure that does not count; small
 * letters are in another environment. Expected: "first failure-success" by number, in the order of their end. */
typedef struct
{
  const char *deployments;
  const char *expected;
} StreakCase;

static const StreakCase streak_cases[] = {
  { "", "" },
  { "SSS", "" },
  { "FFF", "" },
  { "FS", "1-2" },
  { "FFFS", "1-4" },
  { "SFFSFS", "2-4 5-6" },
  { "FCS", "1-3" },
  { "xS", "" },
  { "xFS", "2-3" },
  { "FsS", "1-3" },
  { "FfsS", "2-3 1-4" },
  { "FSS", "1-2" },
};

static void
test_streaks (gconstpointer data)
{
  const StreakCase *c = data;
  DdLinkDeployment deployments[8];
  DdLinkRules rules = { .attribution_hours = 24 };
  g_autoptr (GArray) streaks = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (; c->deployments[n] != '\0'; n++)
    {
      char letter = c->deployments[n], upper = g_ascii_toupper (letter);

      deployments[n] = (DdLinkDeployment) {
        .id = n + 1,
        .finished = HOUR (n),
        .environment = letter == 'x' || letter == upper ? 1 : 2,
        .result = upper == 'S' ? DD_RESULT_SUCCESS : upper == 'C' ? DD_RESULT_CANCELLED : DD_RESULT_FAILURE,
        .rule = upper == 'C' ? DD_RULE_CANCELLED : letter == 'x' ? DD_RULE_NOT_PRODUCTION : DD_RULE_COUNTED,
      };
    }
  streaks = dd_link_streaks (deployments, n, &rules);
  for (guint i = 0; i < streaks->len; i++)
    {
      const DdStreak *streak = &g_array_index (streaks, DdStreak, i);

      g_assert_cmpint (streak->started, ==, HOUR (streak->deployment - 1));
      g_assert_cmpint (streak->duration, ==, streak->ended - streak->started);
      g_string_append_printf (text, "%s%d-%d", i > 0 ? " " : "", (int) streak->deployment,
                              (int) ((streak->ended - HOUR (0)) / DD_HOUR) + 1);
    }
  g_assert_cmpstr (text->str, ==, c->expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (incident_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/link/incidents/%s", incident_cases[i].name);

      g_test_add_data_func (path, &incident_cases[i], test_incident);
    }
  g_test_add_func ("/link/incidents-window", test_window);
  g_test_add_func ("/link/incidents-nothing", test_nothing);
  g_test_add_func ("/link/incidents-random", test_random);
  for (gsize i = 0; i < G_N_ELEMENTS (streak_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/link/streaks/%zu-%s", i, streak_cases[i].deployments);

      g_test_add_data_func (path, &streak_cases[i], test_streaks);
    }
  return g_test_run ();
}
