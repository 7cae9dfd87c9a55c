/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-fact.h"

/* Rows that come one at a time, or all at once, are kept, and a big report does not take much more memory than it needs. */
static void
test_reserve (void)
{
  static const guint counts[] = { 1, 255, 256, 257, 1000, 16384, 16385, 100001, 250000 };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    for (int at_once = 0; at_once < 2; at_once++)
      {
        DdFacts facts;
        DdDeploymentColumns *columns = &facts.deployments;
        guint moved = 0;

        dd_facts_init (&facts);
        for (guint n = 0; n < counts[i]; n++)
          {
            guint size = columns->size;

            dd_deployment_columns_reserve (columns, at_once ? counts[i] - n : 1);
            moved += columns->size != size;
            g_assert_cmpuint (columns->size, >, n);
            columns->finished[n] = n;
            columns->repository[n] = n;
            columns->flags[n] = (guint8) n;
            columns->n++;
          }
        if (counts[i] > 100000)
          g_assert_cmpuint (columns->size, <=, counts[i] + counts[i] / 4);
        g_assert_cmpuint (moved, <=, at_once ? 1 : 25);
        for (guint n = 0; n < counts[i]; n++)
          g_assert_true (columns->finished[n] == n && columns->repository[n] == n && columns->flags[n] == (guint8) n);
        dd_facts_clear (&facts);
      }
}

static void
test_empty (void)
{
  DdFacts facts;
  gint64 *lead;

  dd_facts_init (&facts);
  dd_change_columns_reserve (&facts.changes, 10);
  dd_recovery_columns_reserve (&facts.recoveries, 10);
  facts.changes.n = 10;
  facts.recoveries.n = 10;
  lead = facts.changes.lead;
  dd_change_columns_empty (&facts.changes);
  dd_recovery_columns_empty (&facts.recoveries);
  g_assert_cmpuint (facts.changes.n, ==, 0);
  g_assert_cmpuint (facts.recoveries.n, ==, 0);
  dd_change_columns_reserve (&facts.changes, 10);
  g_assert_true (facts.changes.lead == lead);
  dd_facts_clear (&facts);
  g_assert_null (facts.changes.lead);
  g_assert_cmpuint (facts.changes.size, ==, 0);
  dd_facts_clear (&facts);
}

/* Much memory is not kept until the next window. */
static void
test_empty_much (void)
{
  DdFacts facts;

  dd_facts_init (&facts);
  dd_deployment_columns_reserve (&facts.deployments, 100000);
  dd_change_columns_reserve (&facts.changes, 100000);
  dd_recovery_columns_reserve (&facts.recoveries, 100000);
  facts.deployments.n = facts.changes.n = facts.recoveries.n = 100000;
  dd_deployment_columns_empty (&facts.deployments);
  dd_change_columns_empty (&facts.changes);
  dd_recovery_columns_empty (&facts.recoveries);
  g_assert_null (facts.deployments.finished);
  g_assert_null (facts.changes.lead);
  g_assert_null (facts.recoveries.started);
  g_assert_cmpuint (facts.deployments.n + facts.changes.n + facts.recoveries.n, ==, 0);
  g_assert_cmpuint (facts.deployments.size + facts.changes.size + facts.recoveries.size, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fact/reserve", test_reserve);
  g_test_add_func ("/fact/empty", test_empty);
  g_test_add_func ("/fact/empty-much", test_empty_much);
  return g_test_run ();
}
