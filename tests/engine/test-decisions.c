/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-error.h"
#include "dd-query-decision.h"
#include "dd-workspaces.h"
#include "engine-test.h"

#define SETTINGS(metrics) "{\"name\":\"Northwind\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"}],\"metrics\":{" metrics "}}"

/* An hour apart from each other on one day; the incident begins after the second, and is attributed to it. */
#define DEPLOYMENTS "id,repository,environment,result,created,finished\n" \
                    "d1,shop,production,success,,2026-11-10T10:00:00Z\n" \
                    "d2,shop,production,success,,2026-11-10T11:00:00Z\n" \
                    "d3,shop,production,success,,2026-11-10T12:00:00Z\n" \
                    "d4,cart,production,success,,2026-11-10T09:00:00Z\n" \
                    "test,shop,staging,success,,2026-11-10T11:10:00Z\n"
#define INCIDENT(resolved) "id,title,repository,started,resolved\nOPS-1,Checkout is down,shop,2026-11-10T11:30:00Z," resolved "\n"

static void
init (EngineTest *t,
      const char *metrics)
{
  engine_test_init (t);
  engine_test_import (t, metrics);
  engine_test_import_file (t, NULL, "deployments", DEPLOYMENTS);
  engine_test_import_file (t, NULL, "incidents", INCIDENT ("2026-11-10T12:30:00Z"));
}

/* The deployments of the window that failed, as their list tells it. */
static char *
failed (EngineTest *t)
{
  g_autoptr (DdRecordList) list = engine_test_records (t, (DdQuery) { .period = "last-30-days" }, DD_METRIC_CHANGE_FAILURE_RATE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdRecordRow *row = list->rows->pdata[i];

      if (row->counted && row->note != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", row->id);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *incident;
  DdLink      link;
  const char *deployment;
  const char *failed;        /* deployments */
  double      recovery;      /* median in hours from its start */
  double      failed_recovery; /* from its deployment's finish; NAN: none */
} Step;

static const Step steps[] = {
  { "unlinked", "OPS-1", DD_LINK_UNLINKED, NULL, "", 1, NAN },
  { "by hand, to an earlier one", "ops-1", DD_LINK_BY_HAND, "d1", "d1", 1, 2.5 },
  { "by hand, to another repository's", "OPS-1", DD_LINK_BY_HAND, "cart/d4", "d4", 1, 3.5 },
  { "by hand, to one that finished later", "OPS-1", DD_LINK_BY_HAND, "d3", "d3", 1, 0.5 },
  { "by hand, to one that is not in production", "OPS-1", DD_LINK_BY_HAND, "test", "", 1, 80.0 / 60 },
  { "not caused by a change", "OPS-1", DD_LINK_EXCLUDED, NULL, "", 1, NAN },
  { "taken back", "OPS-1", DD_LINK_NONE, NULL, "d2", 1, 1.5 },
};

static void
check (EngineTest *t,
       const Step *step,
       gboolean    failed_deployment)
{
  g_autoptr (DdSummary) summary = engine_test_summary (t, (DdQuery) { .period = "last-30-days" });
  const DdMetrics *m = &summary->metrics;
  double hours = failed_deployment ? step->failed_recovery : step->recovery;
  g_autofree char *found = failed (t);
  guint n = *step->failed != '\0' ? 1 : 0;

  g_test_message ("%s", step->name);
  g_assert_cmpstr (found, ==, step->failed);
  g_assert_cmpuint (m->change_failure_rate.deployments, ==, 4);
  g_assert_cmpuint (m->change_failure_rate.failed, ==, n);
  g_assert_cmpfloat_with_epsilon (m->change_failure_rate.rate, n / 4.0, 1e-9);
  g_assert_cmpuint (m->recovery_time.incidents, ==, isnan (hours) ? 0 : 1);
  if (!isnan (hours))
    g_assert_cmpfloat_with_epsilon (m->recovery_time.median, hours * 3600, 1e-6);
}

static void
test_numbers (void)
{
  const Step none = { "before", NULL, DD_LINK_NONE, NULL, "d2", 1, 1.5 };

  for (int failed_deployment = 0; failed_deployment <= 1; failed_deployment++)
    {
      EngineTest t;

      init (&t, failed_deployment ? SETTINGS ("\"recovery\":\"failed-deployment\"") : SETTINGS (""));
      check (&t, &none, failed_deployment);
      for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          engine_test_decide (&t, steps[i].incident, steps[i].link, steps[i].deployment);
          check (&t, &steps[i], failed_deployment);
        }
      engine_test_clear (&t);
    }
}

/* A decision stands above what comes later: the record that changed, a deployment that is nearer, other settings, a restart. */
static void
test_stays (void)
{
  EngineTest t;
  Step step = steps[1];

  init (&t, SETTINGS (""));
  engine_test_decide (&t, step.incident, step.link, step.deployment);
  engine_test_import_file (&t, NULL, "incidents", INCIDENT ("2026-11-10T13:30:00Z"));
  step.recovery = 2;
  check (&t, &step, FALSE);
  engine_test_import_file (&t, NULL, "deployments", DEPLOYMENTS "near,shop,staging,success,,2026-11-10T11:29:00Z\n");
  check (&t, &step, FALSE);
  engine_test_import (&t, SETTINGS ("\"attribution_hours\":0.1"));
  check (&t, &step, FALSE);
  dd_test_settle ();
  g_assert_finalize_object (t.engine);
  t.engine = dd_engine_new (t.path);
  check (&t, &step, FALSE);
  engine_test_clear (&t);
}

static char *
describe_now (EngineTest *t)
{
  g_autoptr (DdSummary) summary = engine_test_summary (t, (DdQuery) { .period = "last-30-days" });

  return engine_test_describe_all (summary);
}

static char *
describe_told (EngineTest *t,
               const Step *step)
{
  DdQuery query = { .period = "last-30-days", .now = ENGINE_TEST_NOW };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DdSummary) summary = NULL;
  g_autoptr (GError) error = NULL;

  dd_query_decision_async (t->engine, &query, step->incident, step->link, step->deployment, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  summary = dd_query_decision_finish (t->engine, result, &error);
  g_assert_no_error (error);
  return engine_test_describe_all (summary);
}

/* What is said of a decision before it is taken is what is so afterwards; saying it changes nothing; and what the decision tells of the
 * one before puts that back. */
static void
test_effect (void)
{
  EngineTest t;
  DdLink expected = DD_LINK_NONE;

  init (&t, SETTINGS (""));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const Step *step = &steps[i];
      g_autofree char *before = describe_now (&t);
      g_autofree char *told = describe_told (&t, step);
      g_autofree char *untouched = describe_now (&t);
      g_autofree char *after = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *deployment = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      DdLink link;

      g_assert_cmpstr (untouched, ==, before);
      dd_workspaces_decide_async (t.engine, NULL, step->incident, step->link, step->deployment, NULL, engine_test_keep_cb, &result);
      engine_test_wait (&result);
      g_assert_true (dd_workspaces_decide_finish (t.engine, result, &link, &deployment, &error));
      g_assert_no_error (error);
      g_assert_cmpint (link, ==, expected);
      g_assert_true ((deployment != NULL) == (link == DD_LINK_BY_HAND));
      after = describe_now (&t);
      g_assert_cmpstr (told, ==, after);
      engine_test_decide (&t, step->incident, link, deployment);
      undone = describe_now (&t);
      g_assert_cmpstr (undone, ==, before);
      engine_test_decide (&t, step->incident, step->link, step->deployment);
      expected = step->link;
    }
  engine_test_clear (&t);
}

/* What is not there cannot be decided about. */
static void
test_unknown (void)
{
  static const struct
  {
    const char *incident;
    const char *deployment;
    const char *text;
  } cases[] = { { "OPS-2", "d1", "“OPS-2”" }, { "OPS-1", "d9", "“d9”" }, { "", "d1", "“”" } };
  EngineTest t;

  init (&t, SETTINGS (""));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      dd_workspaces_decide_async (t.engine, NULL, cases[i].incident, DD_LINK_BY_HAND, cases[i].deployment, NULL,
                                  engine_test_keep_cb, &result);
      engine_test_wait (&result);
      g_assert_false (dd_workspaces_decide_finish (t.engine, result, NULL, NULL, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, cases[i].text));
    }
  engine_test_assert (&t, "SELECT count(*) FROM decision", "0");
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/decisions/numbers", test_numbers);
  g_test_add_func ("/decisions/stays", test_stays);
  g_test_add_func ("/decisions/effect", test_effect);
  g_test_add_func ("/decisions/unknown", test_unknown);
  return g_test_run ();
}
