/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-run-tree.h"

static const struct
{
  const char *id;
  gint64      start, end; /* seconds */
  const char *after;
  guint       depth;
} cases[] = {
  /* As they come out; they go in by start. */
  { "github/repositories", 0, 10, NULL, 0 },
  { "github/org/shop/deployments", 10, 20, "github/repositories", 1 },
  { "github/org/shop/releases", 20, 25, "github/org/shop/deployments", 2 },
  { "github/org/shop/tags", 25, 26, "github/org/shop/releases", 3 },
  { "github/org/shop/changes", 10, 40, "github/repositories", 1 },
  { "github/org/billing/deployments", 30, -1, "github/repositories", 1 },
  { "linear/issues", 0, 5, NULL, 0 },
  { "woodpecker/shop/pipelines", 31, 33, NULL, 0 },
  { "plain", 40, 41, NULL, 0 },
};

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const DdActivityTask *left = *(DdActivityTask * const *) a, *right = *(DdActivityTask * const *) b;

  return left->start < right->start ? -1 : left->start > right->start;
}

static DdActivityRun *
make (void)
{
  DdActivityRun *run = dd_activity_run_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdActivityTask *task = dd_activity_task_new (cases[i].id);

      task->start = cases[i].start * DD_SECOND;
      task->end = cases[i].end >= 0 ? cases[i].end * DD_SECOND : DD_TIME_NONE;
      g_ptr_array_add (run->tasks, task);
    }
  g_ptr_array_sort (run->tasks, compare_starts);
  return run;
}

static void
test_own (void)
{
  g_autoptr (DdActivityRun) run = make ();
  g_autoptr (GArray) steps = dd_run_tree (run);

  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DdRunStep *step = &g_array_index (steps, DdRunStep, i);

      g_assert_cmpstr (step->task->id, ==, cases[i].id);
      g_assert_cmpstr (step->after != NULL ? step->after->id : NULL, ==, cases[i].after);
      g_assert_cmpuint (step->depth, ==, cases[i].depth);
    }
}

/* Nobody tells what the tasks of a log wait for; a long one is no matter of minutes. */
static void
test_log (void)
{
  g_autoptr (DdActivityRun) run = make ();
  g_autoptr (GArray) steps = NULL;

  run->imported = TRUE;
  for (int i = 0; i < 100000; i++)
    {
      DdActivityTask *task = dd_activity_task_new ("a/b/c");

      task->start = i;
      g_ptr_array_add (run->tasks, task);
    }
  steps = dd_run_tree (run);
  g_assert_cmpuint (steps->len, ==, run->tasks->len);
  for (guint i = 0; i < steps->len; i++)
    {
      g_assert_true (g_array_index (steps, DdRunStep, i).task == g_ptr_array_index (run->tasks, i));
      g_assert_null (g_array_index (steps, DdRunStep, i).after);
    }
}

static void
test_nothing (void)
{
  g_autoptr (DdActivityRun) run = dd_activity_run_new ();
  g_autoptr (GArray) steps = dd_run_tree (run);

  g_assert_cmpuint (steps->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/run-tree/own", test_own);
  g_test_add_func ("/run-tree/log", test_log);
  g_test_add_func ("/run-tree/nothing", test_nothing);
  return g_test_run ();
}
