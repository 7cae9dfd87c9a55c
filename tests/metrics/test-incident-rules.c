/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-incident-rules.h"

#define AT(n) (G_GINT64_CONSTANT (1767571200000000) + (gint64) (n) * DD_HOUR)
#define MAX_RECORDS 5

/* Sources in the order of the workspace. */
enum { LINEAR, SLAB, INCIDENTIO, FILES };

/* Times in hours; 0 is "not known". Labels are separated by commas. */
typedef struct
{
  int             source;
  DdIncidentKind  kind;
  DdIncidentState state;
  const char     *name, *labels, *repository, *severity, *url, *links, *deployment;
  int             started, resolved;
} Told;

typedef struct
{
  DdRule      rule;
  int         started, resolved; /* of those that count */
  const char *severity, *repository;
  gboolean    unknown;
  int         belongs_to; /* row id, counted from 1 */
} Expected;

typedef struct
{
  const char *name;
  const char *severities; /* that count, separated by commas; NULL: all */
  Told        told[MAX_RECORDS];
  Expected    expected[MAX_RECORDS];
} RulesCase;

#define ISSUE LINEAR, DD_INCIDENT_ISSUE, DD_INCIDENT_LIVE
#define POST SLAB, DD_INCIDENT_POSTMORTEM, DD_INCIDENT_LIVE
#define INCIDENT INCIDENTIO, DD_INCIDENT_INCIDENT, DD_INCIDENT_LIVE
#define FILE_ROW FILES, DD_INCIDENT_INCIDENT, DD_INCIDENT_LIVE
#define OK DD_RULE_COUNTED

static const RulesCase cases[] = {
  { "label", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "Bug", .started = 1, .resolved = 2 },
      { ISSUE, .name = "OPS-2", .labels = "feature,SEV1", .started = 3 },
      { ISSUE, .name = "OPS-3", .labels = "buggy", .started = 3 },
      { ISSUE, .name = "OPS-4", .started = 3 } },
    { { OK, 1, 2 }, { OK, 3, 0 }, { DD_RULE_NO_INCIDENT_LABEL }, { DD_RULE_NO_INCIDENT_LABEL } } },
  { "state", NULL,
    { { LINEAR, DD_INCIDENT_ISSUE, DD_INCIDENT_CANCELLED, .name = "OPS-1", .labels = "bug", .started = 1 },
      { INCIDENTIO, DD_INCIDENT_INCIDENT, DD_INCIDENT_TEST, .name = "INC-1", .started = 1 },
      { INCIDENTIO, DD_INCIDENT_INCIDENT, DD_INCIDENT_CANCELLED, .name = "INC-2", .started = 1 },
      { INCIDENT, .name = "INC-3", .started = 1 } },
    { { DD_RULE_ISSUE_CANCELLED }, { DD_RULE_TEST_INCIDENT }, { DD_RULE_ISSUE_CANCELLED }, { OK, 1, 0 } } },
  { "repository-by-prefix", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug,repo:shop", .started = 1 },
      { ISSUE, .name = "OPS-2", .labels = "SERVICE:Billing,bug", .started = 1 },
      { ISSUE, .name = "OPS-3", .labels = "bug,repo:northwind/shop", .started = 1 },
      { ISSUE, .name = "OPS-4", .labels = "bug,shop,repo:warehouse", .started = 1 },
      { ISSUE, .name = "OPS-5", .labels = "bug,repo:", .started = 1 } },
    { { OK, 1, 0, NULL, "shop" }, { OK, 1, 0, NULL, "billing" }, { OK, 1, 0, NULL, "shop" },
      { OK, 1, 0, NULL, "warehouse", TRUE }, { OK, 1, 0, NULL, NULL } } },
  { "repository-by-label", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug,SHOP", .started = 1 },
      { ISSUE, .name = "OPS-2", .labels = "bug,shopping", .started = 1 } },
    { { OK, 1, 0, NULL, "shop" }, { OK, 1, 0, NULL, NULL } } },
  { "repository-by-record", NULL,
    { { FILE_ROW, .name = "1", .repository = "Shop", .started = 1 },
      { FILE_ROW, .name = "2", .repository = "cellar", .started = 1 } },
    { { OK, 1, 0, NULL, "shop" }, { OK, 1, 0, NULL, "cellar", TRUE } } },
  { "postmortem-replaces", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .severity = "minor", .started = 5, .resolved = 9 },
      { POST, .name = "ops-1", .severity = "major", .started = 4, .resolved = 7 } },
    { { OK, 4, 7, "major" }, { DD_RULE_DOCUMENT, .belongs_to = 1 } } },
  { "postmortem-replaces-what-it-has", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .severity = "minor", .started = 5 },
      { POST, .name = "OPS-1", .resolved = 7 } },
    { { OK, 5, 7, "minor" }, { DD_RULE_DOCUMENT, .belongs_to = 1 } } },
  { "postmortem-of-no-incident", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "feature", .started = 5, .resolved = 9 },
      { LINEAR, DD_INCIDENT_ISSUE, DD_INCIDENT_CANCELLED, .name = "OPS-2", .labels = "bug", .started = 5 },
      { POST, .name = "OPS-1", .started = 4, .resolved = 7 },
      { POST, .name = "OPS-2", .started = 4, .resolved = 7 } },
    { { DD_RULE_NO_INCIDENT_LABEL }, { DD_RULE_ISSUE_CANCELLED }, { DD_RULE_DOCUMENT, .belongs_to = 1 },
      { DD_RULE_DOCUMENT, .belongs_to = 2 } } },
  { "postmortem-of-its-own", NULL,
    { { POST, .started = 4, .resolved = 7, .severity = "major" },
      { POST, .name = "OPS-9", .started = 4, .resolved = 7 },
      { POST, .started = 4 },
      { POST, .resolved = 4 },
      { POST, .name = "OPS-8" } },
    { { OK, 4, 7, "major" }, { OK, 4, 7 }, { DD_RULE_DOCUMENT }, { DD_RULE_DOCUMENT }, { DD_RULE_DOCUMENT } } },
  { "postmortem-twice", NULL,
    { { POST, .name = "OPS-9", .started = 4, .resolved = 7 }, { POST, .name = "OPS-9", .started = 5, .resolved = 6 } },
    { { OK, 5, 6 }, { DD_RULE_DOCUMENT, .belongs_to = 1 } } },
  { "postmortem-means-the-incident", NULL,
    { { ISSUE, .name = "X-1", .labels = "feature", .started = 5 },
      { POST, .name = "X-1", .started = 2, .resolved = 3 },
      { INCIDENT, .name = "X-1", .started = 1 } },
    { { DD_RULE_NO_INCIDENT_LABEL }, { DD_RULE_DOCUMENT, .belongs_to = 3 }, { OK, 2, 3 } } },
  { "same-name", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { FILE_ROW, .name = "ops-1", .severity = "major", .repository = "shop", .started = 2, .resolved = 3 } },
    { { OK, 1, 3, "major", "shop" }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "same-name-in-one-source", NULL,
    { { FILE_ROW, .name = "1", .started = 1 }, { FILE_ROW, .name = "1", .started = 2 } },
    { { OK, 1, 0 }, { OK, 2, 0 } } },
  { "second-links-to-first", NULL,
    { { ISSUE, .name = "OPS-1", .url = "https://linear.app/n/OPS-1", .labels = "bug", .started = 1, .resolved = 8 },
      { INCIDENT, .name = "INC-1", .links = "https://example.com  HTTPS://linear.app/n/OPS-1", .started = 2,
        .resolved = 3 } },
    { { OK, 1, 8 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "first-links-to-second", NULL,
    { { ISSUE, .name = "OPS-1", .links = "INC-1", .labels = "bug", .started = 1 },
      { INCIDENT, .name = "INC-1", .started = 2, .resolved = 3 } },
    { { OK, 1, 3 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "linked-to-no-incident", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "feature", .started = 1 },
      { INCIDENT, .name = "INC-1", .links = "OPS-1", .started = 2 } },
    { { DD_RULE_NO_INCIDENT_LABEL }, { OK, 2, 0 } } },
  { "links-within-a-source", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { ISSUE, .name = "OPS-2", .links = "OPS-1", .labels = "bug", .started = 2 } },
    { { OK, 1, 0 }, { OK, 2, 0 } } },
  { "own-source-first-in-links", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { INCIDENT, .name = "INC-1", .started = 2 },
      { INCIDENT, .name = "INC-2", .links = "INC-1 OPS-1", .started = 3 } },
    { { OK, 1, 0 }, { OK, 2, 0 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "three-in-a-chain", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { INCIDENT, .name = "INC-1", .links = "OPS-1", .severity = "major", .started = 2 },
      { FILE_ROW, .name = "INC-1", .severity = "minor", .deployment = "d-7", .started = 3, .resolved = 4 } },
    { { OK, 1, 4, "major" }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "neighbour-of-a-joined-one", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { INCIDENT, .name = "INC-1", .links = "OPS-1", .started = 2 },
      { INCIDENT, .name = "INC-2", .links = "INC-1", .started = 3 } },
    { { OK, 1, 0 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 }, { OK, 3, 0 } } },
  { "postmortem-of-a-joined-one", NULL,
    { { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
      { POST, .name = "INC-1", .started = 5, .resolved = 6 },
      { INCIDENT, .name = "INC-1", .links = "OPS-1", .started = 2, .resolved = 3 } },
    { { OK, 5, 6 }, { DD_RULE_DOCUMENT, .belongs_to = 1 }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "postmortem-linked-by-an-incident", NULL,
    { { POST, .url = "https://slab.com/p/1", .started = 5, .resolved = 6 },
      { INCIDENT, .name = "INC-1", .links = "https://slab.com/p/1", .severity = "major", .started = 2 } },
    { { OK, 5, 6, "major" }, { DD_RULE_SAME_INCIDENT, .belongs_to = 1 } } },
  { "severities", "Critical,major",
    { { INCIDENT, .name = "INC-1", .severity = "MAJOR", .started = 1 },
      { INCIDENT, .name = "INC-2", .severity = "minor", .started = 1 },
      { INCIDENT, .name = "INC-3", .started = 1 },
      { ISSUE, .name = "OPS-1", .labels = "bug", .severity = "minor", .started = 1 },
      { POST, .name = "OPS-1", .severity = "critical" } },
    { { OK, 1, 0, "MAJOR" }, { DD_RULE_SEVERITY }, { DD_RULE_SEVERITY }, { OK, 1, 0, "critical" },
      { DD_RULE_DOCUMENT, .belongs_to = 4 } } },
};

static char **
split (const char *words)
{
  return g_strsplit (words != NULL ? words : "", ",", -1);
}

static DdIncident *
record_of (const Told *told)
{
  DdIncident *record = g_new0 (DdIncident, 1);

  record->kind = told->kind;
  record->state = told->state;
  record->name = g_strdup (told->name);
  record->labels = told->labels != NULL ? split (told->labels) : NULL;
  record->repository = g_strdup (told->repository);
  record->severity = g_strdup (told->severity);
  record->url = g_strdup (told->url);
  record->links = g_strdup (told->links);
  record->deployment = g_strdup (told->deployment);
  record->started = told->started != 0 ? AT (told->started) : DD_TIME_NONE;
  record->resolved = told->resolved != 0 ? AT (told->resolved) : DD_TIME_NONE;
  return record;
}

/* Rows in the order in which they are told, or the other way round: it must make no difference. */
static guint
fill_views (const Told     *told,
            char          **labels,
            gboolean        backwards,
            DdIncidentView *views)
{
  guint n = 0;

  while (n < MAX_RECORDS && told[n].kind != 0)
    n++;
  for (guint i = 0; i < n; i++)
    {
      guint from = backwards ? n - 1 - i : i;

      views[i] = (DdIncidentView) {
        .id = from + 1,
        .source_rank = (guint) told[from].source,
        .incident_labels = told[from].kind == DD_INCIDENT_ISSUE ? labels : NULL,
        .record = record_of (&told[from]),
        .belongs_to = 99,
        .severity = "left over",
      };
    }
  return n;
}

static void
assert_view (const DdIncidentView *view,
             const Expected       *expected)
{
  g_assert_cmpint (view->rule, ==, expected->rule);
  g_assert_cmpint (view->belongs_to, ==, expected->belongs_to);
  if (expected->rule != DD_RULE_COUNTED)
    return;
  g_assert_cmpint (view->started, ==, expected->started != 0 ? AT (expected->started) : DD_TIME_NONE);
  g_assert_cmpint (view->resolved, ==, expected->resolved != 0 ? AT (expected->resolved) : DD_TIME_NONE);
  g_assert_cmpstr (view->severity, ==, expected->severity);
  g_assert_cmpstr (view->repository, ==, expected->repository);
  g_assert_cmpint (view->repository_unknown, ==, expected->unknown);
}

static void
test_rules (gconstpointer data)
{
  static const char * const known[] = { "shop", "billing", NULL };
  const RulesCase *c = data;
  g_auto (GStrv) labels = split ("incident,outage,hotfix,bug,p0,sev0,sev1");
  g_auto (GStrv) severities = split (c->severities);
  DdMetricSettings settings = { .severities = severities };

  for (int backwards = 0; backwards < 2; backwards++)
    {
      DdIncidentView views[MAX_RECORDS];
      guint n = fill_views (c->told, labels, backwards, views);

      dd_incident_rules_apply (views, n, known, &settings);
      for (guint i = 0; i < n; i++)
        assert_view (&views[i], &c->expected[views[i].id - 1]);
      for (guint i = 0; i < n; i++)
        dd_incident_free (views[i].record);
    }
}

/* The deployment that any of them names is kept by the one that counts. */
static void
test_deployment (void)
{
  static const Told told[MAX_RECORDS] = {
    { ISSUE, .name = "OPS-1", .labels = "bug", .started = 1 },
    { FILE_ROW, .name = "OPS-1", .deployment = "d-7", .started = 1 },
  };
  g_auto (GStrv) labels = split ("bug");
  g_auto (GStrv) severities = split (NULL);
  DdMetricSettings settings = { .severities = severities };
  DdIncidentView views[MAX_RECORDS];
  guint n = fill_views (told, labels, FALSE, views);

  dd_incident_rules_apply (views, n, NULL, &settings);
  g_assert_cmpstr (views[0].record->deployment, ==, "d-7");
  for (guint i = 0; i < n; i++)
    dd_incident_free (views[i].record);
}

/* Two sources with labels of their own. */
static void
test_labels_by_source (void)
{
  static const Told told[MAX_RECORDS] = {
    { ISSUE, .name = "OPS-1", .labels = "fire", .started = 1 },
    { ISSUE, .name = "OPS-2", .labels = "bug", .started = 1 },
  };
  g_auto (GStrv) first = split ("Fire");
  g_auto (GStrv) second = split ("bug");
  g_auto (GStrv) severities = split (NULL);
  DdMetricSettings settings = { .severities = severities };
  DdIncidentView views[MAX_RECORDS];
  guint n = fill_views (told, first, FALSE, views);

  views[1].incident_labels = second;
  dd_incident_rules_apply (views, n, NULL, &settings);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (views[i].rule, ==, DD_RULE_COUNTED);
      dd_incident_free (views[i].record);
    }
}

/* A hundred thousand issues, each with a postmortem or a twin, take no time that a user would notice. */
static void
test_many (void)
{
  enum { N = 50000 };
  g_auto (GStrv) labels = split ("incident,bug");
  g_auto (GStrv) severities = split (NULL);
  DdMetricSettings settings = { .severities = severities };
  g_autofree DdIncidentView *views = g_new0 (DdIncidentView, 2 * N);
  guint counted = 0;

  for (guint i = 0; i < 2 * N; i++)
    {
      g_autofree char *name = g_strdup_printf ("OPS-%u", i % N);
      Told issue = { ISSUE, .name = name, .labels = "bug,shop", .started = 1 };
      Told twin = { INCIDENT, .links = name, .started = 1, .resolved = 2 };
      Told post = { POST, .name = name, .started = 1, .resolved = 2 };

      views[i].id = i + 1;
      views[i].source_rank = i < N ? LINEAR : i % 2 == 0 ? INCIDENTIO : SLAB;
      views[i].incident_labels = i < N ? labels : NULL;
      views[i].record = record_of (i < N ? &issue : i % 2 == 0 ? &twin : &post);
    }
  dd_incident_rules_apply (views, 2 * N, NULL, &settings);
  for (guint i = 0; i < 2 * N; i++)
    {
      counted += views[i].rule == DD_RULE_COUNTED;
      g_assert_true (views[i].rule != DD_RULE_COUNTED || views[i].resolved == AT (2));
      g_assert_true (views[i].rule == DD_RULE_COUNTED || views[i].belongs_to == (views[i].id - 1) % N + 1);
      dd_incident_free (views[i].record);
    }
  g_assert_cmpuint (counted, ==, N);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/incident-rules/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_rules);
    }
  g_test_add_func ("/incident-rules/deployment", test_deployment);
  g_test_add_func ("/incident-rules/labels-by-source", test_labels_by_source);
  g_test_add_func ("/incident-rules/many", test_many);
  return g_test_run ();
}
