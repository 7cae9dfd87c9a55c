/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-stats.h"
#include "measure-world.h"

static void
assert_same_number (double a,
                    double b)
{
  g_assert_true ((isnan (a) && isnan (b)) || fabs (a - b) <= 1e-9 * MAX (1, fabs (b)));
}

static void
assert_same_metrics (const DdMetrics *a,
                     const DdMetrics *b)
{
  for (int metric = 0; metric < DD_N_METRICS; metric++)
    {
      for (int aggregate = DD_AGGREGATE_MEDIAN; aggregate <= DD_AGGREGATE_P90; aggregate++)
        assert_same_number (dd_metrics_value (a, metric, aggregate), dd_metrics_value (b, metric, aggregate));
      g_assert_cmpuint (dd_metrics_events (a, metric), ==, dd_metrics_events (b, metric));
      g_assert_cmpint (dd_metrics_tier (a, metric), ==, dd_metrics_tier (b, metric));
    }
  g_assert_cmpuint (a->deployment_frequency.deployment_days, ==, b->deployment_frequency.deployment_days);
  g_assert_cmpuint (a->lead_time.by_merge, ==, b->lead_time.by_merge);
  g_assert_cmpuint (a->lead_time.waiting, ==, b->lead_time.waiting);
  g_assert_cmpuint (a->lead_time.left_out, ==, b->lead_time.left_out);
  assert_same_number (a->lead_time.coding, b->lead_time.coding);
  assert_same_number (a->lead_time.deploy, b->lead_time.deploy);
  g_assert_cmpuint (a->change_failure_rate.failed, ==, b->change_failure_rate.failed);
  g_assert_cmpuint (a->recovery_time.open, ==, b->recovery_time.open);
  g_assert_cmpuint (a->recovery_time.left_out, ==, b->recovery_time.left_out);
  g_assert_cmpuint (a->rework_rate.unplanned, ==, b->rework_rate.unplanned);
  g_assert_cmpint (a->overall, ==, b->overall);
}

static void
fill_random (World *world,
             guint  rows)
{
  static const DdRule rules[] = { DD_RULE_COUNTED, DD_RULE_COUNTED,  DD_RULE_COUNTED_BY_MERGE,
                                  DD_RULE_WAITING, DD_RULE_NEGATIVE, DD_RULE_BEFORE_FIRST_DEPLOYMENT };
  gint64 start = world->period.start, length = world->period.end - start;

  for (guint i = 0; i < rows; i++)
    {
      DdRule rule = rules[g_test_rand_int_range (0, G_N_ELEMENTS (rules))];
      gint64 started = start + g_test_rand_int_range (-20, 40) * (length / 30),
             ended = started + g_test_rand_int_range (-1, 30) * DD_HOUR;
      int result = g_test_rand_int_range (0, 3) == 0 ? DD_DEPLOYMENT_FAILED : DD_DEPLOYMENT_SUCCEEDED;

      add_deployment (world, 10 * (guint32) g_test_rand_int_range (1, 9), start + length / rows * i,
                      result | (g_test_rand_int_range (0, 4) << 2));
      add_change (world, 10 * (guint32) g_test_rand_int_range (1, 9), rule,
                  dd_rule_counts (rule) ? g_test_rand_int_range (0, 1000000) : -1, g_test_rand_int_range (-50, 100));
      add_recovery (world, 10 * (guint32) g_test_rand_int_range (0, 9), g_test_rand_int_range (0, 2), started,
                    g_test_rand_int_range (0, 5) == 0 ? DD_TIME_NONE : ended,
                    g_test_rand_int_range (0, 2) == 0 ? DD_TIME_NONE : started - DD_HOUR);
    }
}

/* The rows of some repositories and nothing else, measured as a whole: what a group of them must come to. */
static DdMetrics
measure_alone (const World   *world,
               const GArray  *members)
{
  DdFacts facts;
  g_autoptr (GPtrArray) repositories = g_ptr_array_new ();
  DdScope scope = { .repositories = repositories };
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  World alone = *world;
  DdMetrics metrics;

  dd_facts_init (&facts);
  alone.facts = facts;
  for (guint i = 0; i < members->len; i++)
    {
      DdRepositoryInfo *info = g_ptr_array_index (world->scope.repositories, g_array_index (members, guint, i));

      if (!info->excluded && g_hash_table_add (ids, GUINT_TO_POINTER (info->id)))
        g_ptr_array_add (repositories, info);
    }
  for (guint i = 0; i < world->facts.deployments.n; i++)
    if (g_hash_table_contains (ids, GUINT_TO_POINTER (world->facts.deployments.repository[i])))
      add_deployment (&alone, world->facts.deployments.repository[i], world->facts.deployments.finished[i],
                      world->facts.deployments.flags[i]);
  for (guint i = 0; i < world->facts.changes.n; i++)
    {
      const DdChangeColumns *changes = &world->facts.changes;

      if (g_hash_table_contains (ids, GUINT_TO_POINTER (changes->repository[i])))
        add_change (&alone, changes->repository[i], changes->rule[i],
                    changes->lead[i] != DD_TIME_NONE ? (double) changes->lead[i] / DD_SECOND : -1,
                    changes->coding[i] != DD_TIME_NONE ? (double) changes->coding[i] / DD_SECOND : -1);
    }
  for (guint i = 0; i < world->facts.recoveries.n; i++)
    {
      const DdRecoveryColumns *events = &world->facts.recoveries;

      if (g_hash_table_contains (ids, GUINT_TO_POINTER (events->repository[i])))
        add_recovery (&alone, events->repository[i], events->kind[i], events->started[i], events->ended[i],
                      events->failed_started[i]);
    }
  dd_metrics_measure (&alone.facts, &world->period, world->zone, &world->settings->metrics, &scope, &metrics, NULL,
                      NULL, NULL);
  dd_facts_clear (&alone.facts);
  return metrics;
}

static GArray *
members_of (guint count,
            ...)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (guint));
  va_list numbers;

  va_start (numbers, count);
  for (guint i = 0; i < count; i++)
    {
      guint member = va_arg (numbers, guint);

      g_array_append_val (members, member);
    }
  va_end (numbers);
  return members;
}

/* Each repository and each team comes to what its rows alone come to; a repository that a team names twice counts
 * once. */
static void
test_groups (void)
{
  for (int round = 0; round < 60; round++)
    {
      World world;
      DdMetrics all, each[6], teams[4];
      g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

      world_init (&world, 6, "2026-10-12T00:00:00+02:00", g_test_rand_int_range (1, 40));
      ((DdRepositoryInfo *) g_ptr_array_index (world.scope.repositories, 4))->excluded = TRUE;
      world.settings->metrics.signal_deployments = round % 3 != 0;
      world.settings->metrics.recovery = DD_RECOVERY_FAILED_DEPLOYMENT;
      world.settings->metrics.recovery_given = round % 2 == 0;
      fill_random (&world, (guint) g_test_rand_int_range (1, 200));
      g_ptr_array_add (groups, members_of (2, 3, 0));
      g_ptr_array_add (groups, members_of (0));
      g_ptr_array_add (groups, members_of (5, 1, 1, 4, 1, 5));
      g_ptr_array_add (groups, members_of (7, 0, 1, 2, 3, 4, 5, 99));
      dd_metrics_measure (&world.facts, &world.period, world.zone, &world.settings->metrics, &world.scope, &all, each,
                          groups, teams);
      for (guint i = 0; i < 6; i++)
        {
          g_autoptr (GArray) members = members_of (1, i);
          DdMetrics expected = measure_alone (&world, members);

          assert_same_metrics (&each[i], &expected);
        }
      g_array_remove_index (g_ptr_array_index (groups, 3), 6);
      for (guint i = 0; i < groups->len; i++)
        {
          DdMetrics expected = measure_alone (&world, g_ptr_array_index (groups, i));

          assert_same_metrics (&teams[i], &expected);
        }
      world_clear (&world);
    }
}

/* The whole against a slow count of its rows. */
static void
test_whole (void)
{
  for (int round = 0; round < 60; round++)
    {
      World world;
      DdMetrics all;
      g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      guint successes = 0, open = 0;

      world_init (&world, 8, "2026-10-12T00:00:00+02:00", g_test_rand_int_range (1, 40));
      fill_random (&world, (guint) g_test_rand_int_range (1, 200));
      all = measure (&world, NULL);
      for (guint i = 0; i < world.facts.deployments.n; i++)
        {
          g_autofree char *text = dd_time_format (world.facts.deployments.finished[i], world.zone);

          if (world.facts.deployments.flags[i] & DD_DEPLOYMENT_SUCCEEDED)
            {
              successes++;
              g_hash_table_add (days, g_strndup (text, 10));
            }
        }
      for (guint i = 0; i < world.facts.changes.n; i++)
        if (dd_rule_counts (world.facts.changes.rule[i]))
          g_array_append_val (leads, world.facts.changes.lead[i]);
      for (guint i = 0; i < world.facts.recoveries.n; i++)
        {
          const DdRecoveryColumns *events = &world.facts.recoveries;
          gboolean ended = events->ended[i] != DD_TIME_NONE;

          open += events->kind[i] == DD_EVENT_INCIDENT && events->started[i] < world.period.end &&
                  (!ended || events->ended[i] >= world.period.end);
          if (ended && events->ended[i] >= world.period.start && events->ended[i] < world.period.end &&
              events->ended[i] >= events->started[i])
            g_array_append_val (times, events->duration[i]);
        }
      g_assert_cmpuint (all.deployment_frequency.deployments, ==, successes);
      g_assert_cmpuint (all.deployment_frequency.deployment_days, ==, g_hash_table_size (days));
      g_assert_cmpuint (all.recovery_time.open, ==, open);
      assert_same_number (all.lead_time.mean, dd_stats_mean ((gint64 *) leads->data, leads->len) / DD_SECOND);
      assert_same_number (all.lead_time.median,
                          dd_stats_percentile ((gint64 *) leads->data, leads->len, 0.5) / DD_SECOND);
      assert_same_number (all.recovery_time.mean, dd_stats_mean ((gint64 *) times->data, times->len) / DD_SECOND);
      assert_same_number (all.recovery_time.p90,
                          dd_stats_percentile ((gint64 *) times->data, times->len, 0.9) / DD_SECOND);
      world_clear (&world);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/measure/groups", test_groups);
  g_test_add_func ("/measure/whole", test_whole);
  return g_test_run ();
}
