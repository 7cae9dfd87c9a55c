/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-activity.h"
#include "dd-error.h"

static void
test_window (void)
{
  static const struct
  {
    const char *text;
    int         hours; /* 0: refused */
  } cases[] = {
    { "24h", 24 }, { "7d", 168 }, { "1h", 1 }, { "8760h", 8760 }, { "365d", 8760 }, { "30d", 720 },
    { "0h", 0 },   { "8761h", 0 }, { "366d", 0 }, { "24", 0 },    { "h", 0 },       { "", 0 },
    { "-1h", 0 },  { "1.5h", 0 }, { "7 d", 0 }, { "7days", 0 },   { "99999999999999999999h", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      int hours = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (dd_activity_window_parse (cases[i].text, &hours, &error), ==, cases[i].hours > 0);
      g_assert_cmpint (hours, ==, cases[i].hours);
      if (cases[i].hours == 0)
        g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
    }
}

static void
test_tasks (void)
{
  static const DdTaskMark marks[] = {
    { DD_EVENT_RUN_START, 10 * DD_SECOND, DD_TIME_NONE, 1, 1, "a" },
    { DD_EVENT_TASK_START, 11 * DD_SECOND, DD_TIME_NONE, 1, 1, "a" },
    { DD_EVENT_TASK_OK, 12 * DD_SECOND, 10 * DD_SECOND, 1, 1, "a" },
    { DD_EVENT_TASK_OK, 15 * DD_SECOND, 11 * DD_SECOND, 1, 1, "b" },
    { DD_EVENT_TASK_FAIL, 15 * DD_SECOND, DD_TIME_NONE, 1, 1, "b" },  /* nobody knows when it began */
    { DD_EVENT_TASK_OK, 15 * DD_SECOND, 16 * DD_SECOND, 1, 1, "b" },  /* nor can this be */
    { DD_EVENT_TASK_RETRY, 15 * DD_SECOND, DD_TIME_NONE, 3, 1, "b" },
    { DD_EVENT_TASK_FAIL, 15 * DD_SECOND, 0, 1, 2, "c" },             /* another workspace's */
  };
  g_autoptr (DdTaskTally) tally = dd_task_tally_new (1);
  g_autoptr (GPtrArray) load = NULL;
  DdTaskSummary summary;

  dd_task_tally_summarize (tally, &summary);
  g_assert_true (isnan (summary.mean) && isnan (summary.median) && isnan (summary.p95) && isnan (summary.error_rate));
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    dd_task_tally_add (&marks[i], tally);
  dd_task_tally_summarize (tally, &summary);
  g_assert_cmpuint (summary.started, ==, 1);
  g_assert_cmpuint (summary.succeeded, ==, 3);
  g_assert_cmpuint (summary.failed, ==, 1);
  g_assert_cmpuint (summary.retried, ==, 3);
  g_assert_cmpfloat (summary.mean, ==, 3);
  g_assert_cmpfloat (summary.median, ==, 3);
  g_assert_cmpfloat_with_epsilon (summary.p95, 3.9, 1e-9);
  g_assert_cmpfloat (summary.error_rate, ==, 0.25);
  load = dd_task_tally_load (tally);
  g_assert_cmpuint (load->len, ==, 3);
  g_assert_cmpstr (((DdLoad *) g_ptr_array_index (load, 0))->name, ==, "a");
  g_assert_cmpfloat (((DdLoad *) g_ptr_array_index (load, 2))->error_rate, ==, 1);
}

static void
test_shares (void)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_name_count_free);
  g_autoptr (GPtrArray) none = dd_activity_shares (counts, &(guint64) { 0 });
  g_autoptr (GPtrArray) shares = NULL;
  guint64 total;
  double sum = 0;

  g_assert_cmpuint (none->len, ==, 0);
  g_ptr_array_add (counts, dd_name_count_new ("store", 1));
  g_ptr_array_add (counts, dd_name_count_new ("github", 6));
  g_ptr_array_add (counts, dd_name_count_new ("linear", 3));
  shares = dd_activity_shares (counts, &total);
  g_assert_cmpuint (total, ==, 10);
  for (guint i = 0; i < shares->len; i++)
    sum += ((DdActivityShare *) g_ptr_array_index (shares, i))->rate;
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  g_assert_cmpstr (((DdActivityShare *) g_ptr_array_index (shares, 0))->name, ==, "github");
  g_assert_cmpfloat (dd_activity_activation_rate (&(DdActivity) { 0 }), ==, 0);
}

typedef struct
{
  gboolean    imported, alive;
  DdOutcome   outcome;
  gint64      end, last, failed_at, waits_since;
  gint64      told_failed;
  DdRunStatus status;
} StatusCase;

/* All as seen a hundred hours in. */
#define NEVER DD_TIME_NONE
static const StatusCase status_cases[] = {
  { FALSE, FALSE, DD_OUTCOME_OK, 1, NEVER, NEVER, NEVER, -1, DD_RUN_COMPLETED },
  { FALSE, FALSE, DD_OUTCOME_FAILED, 1, NEVER, NEVER, NEVER, -1, DD_RUN_FAILED },
  { FALSE, FALSE, DD_OUTCOME_CANCELLED, 1, NEVER, NEVER, NEVER, -1, DD_RUN_CANCELLED },
  { FALSE, TRUE, DD_OUTCOME_RUNNING, NEVER, NEVER, NEVER, NEVER, -1, DD_RUN_RUNNING },
  { FALSE, FALSE, DD_OUTCOME_RUNNING, NEVER, NEVER, NEVER, NEVER, -1, DD_RUN_INTERRUPTED },
  { TRUE, FALSE, 0, 2, 2, NEVER, NEVER, 0, DD_RUN_COMPLETED },
  { TRUE, FALSE, 0, 2, 2, NEVER, NEVER, 1, DD_RUN_FAILED },
  /* A failed task, and silence for an hour, not less. */
  { TRUE, FALSE, 0, NEVER, 99 * DD_HOUR, 99 * DD_HOUR, NEVER, -1, DD_RUN_FAILED },
  { TRUE, FALSE, 0, NEVER, 99 * DD_HOUR + 1, 99 * DD_HOUR, NEVER, -1, DD_RUN_RUNNING },
  { TRUE, FALSE, 0, NEVER, 99 * DD_HOUR, NEVER, NEVER, -1, DD_RUN_RUNNING },
  { TRUE, FALSE, 0, NEVER, 76 * DD_HOUR, NEVER, NEVER, -1, DD_RUN_INTERRUPTED },
  { TRUE, FALSE, 0, NEVER, 76 * DD_HOUR, NEVER, 76 * DD_HOUR, -1, DD_RUN_RUNNING },
  /* It tells more later. */
  { TRUE, FALSE, 0, NEVER, 101 * DD_HOUR, 1, NEVER, -1, DD_RUN_RUNNING },
};

static void
test_status (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (status_cases); i++)
    {
      const StatusCase *c = &status_cases[i];
      DdActivityRun *run = dd_activity_run_new ();
      DdRunSummary *summary;

      g_test_message ("%zu", i);
      run->imported = c->imported;
      run->start = 0;
      run->outcome = c->outcome;
      run->end = c->end;
      run->last = c->last;
      run->failed_at = c->failed_at;
      run->waits_since = c->waits_since;
      run->told_failed = c->told_failed;
      summary = dd_run_summary_new (run, 100 * DD_HOUR, c->alive);
      g_assert_cmpstr (dd_run_status_name (summary->status), ==, dd_run_status_name (c->status));
      g_assert_cmpint (summary->duration == DD_TIME_NONE, ==, c->status == DD_RUN_RUNNING);
      dd_run_summary_free (summary);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/activity/window", test_window);
  g_test_add_func ("/activity/tasks", test_tasks);
  g_test_add_func ("/activity/shares", test_shares);
  g_test_add_func ("/activity/status", test_status);
  return g_test_run ();
}
