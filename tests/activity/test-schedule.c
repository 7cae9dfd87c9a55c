/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-summary.h"

typedef struct
{
  const char *rule;
  const char *zone;
  const char *after;
  const char *next;
} NextCase;

static const NextCase next_cases[] = {
  { "0 8 * * 1", "Europe/Berlin", "2026-11-20T12:00:00Z", "2026-11-23T07:00:00Z" },
  /* Just then is not after it. */
  { "0 8 * * 1", "Europe/Berlin", "2026-11-23T07:00:00Z", "2026-11-30T07:00:00Z" },
  { "0 8 * * *", "Europe/Berlin", "2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z" },
  { "0 8 * * *", "Europe/Berlin", "2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z" },
  /* 02:30 does not exist that day: as soon as the clock goes on. */
  { "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z" },
  { "30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z" },
  /* 02:30 comes twice: once, */
  { "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z" },
  { "30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z" },
  /* but each hour where that is the rule. */
  { "30 * * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z" },
  { "30 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z" },
  { "0 0 29 2 *", "UTC", "2026-11-20T12:00:00Z", "2028-02-29T00:00:00Z" },
  { "0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z" },
  { "*/15 9-17 * * 1-5", "America/New_York", "2026-11-20T22:50:00Z", "2026-11-23T14:00:00Z" },
  { "59 23 31 12 *", "Asia/Kathmandu", "2026-12-31T18:13:59.999999Z", "2026-12-31T18:14:00Z" },
  { "0 0 1 * *", "Pacific/Apia", "2011-12-29T12:00:00Z", "2011-12-31T10:00:00Z" },
};

static void
test_next (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (next_cases); i++)
    {
      const NextCase *c = &next_cases[i];
      g_autoptr (GTimeZone) zone = dd_time_zone_new (c->zone, NULL);
      g_autofree char *text = NULL;
      gint64 after, next;
      DdCron cron;

      g_test_message ("%s %s %s", c->rule, c->zone, c->after);
      g_assert_true (dd_cron_parse (c->rule, &cron, NULL));
      g_assert_true (dd_time_parse (c->after, &after));
      next = dd_cron_next (&cron, zone, after);
      text = dd_time_format (next, NULL);
      g_assert_cmpstr (text, ==, c->next);
    }
}

/* Times go on, and none of the days of ten years is left out. */
static void
test_chain (void)
{
  g_autoptr (GTimeZone) zone = dd_time_zone_new ("Europe/Berlin", NULL);
  gint64 at = G_GINT64_CONSTANT (1767225600) * DD_SECOND;
  DdCron cron;

  g_assert_true (dd_cron_parse ("30 2 * * *", &cron, NULL));
  for (int day = 0; day < 3652; day++)
    {
      gint64 next = dd_cron_next (&cron, zone, at);

      g_assert_cmpint (next - at, >, day == 0 ? 0 : 22 * DD_HOUR);
      g_assert_cmpint (next - at, <, 26 * DD_HOUR);
      at = next;
    }
}

static void
test_counts (void)
{
  static const DdScheduleMark marks[] = {
    { "nightly", DD_EVENT_SCHEDULE_ENQUEUED, 1 * DD_HOUR, "a", 0 },
    { "nightly", DD_EVENT_SCHEDULE_STARTED, 1 * DD_HOUR + DD_MINUTE, "a", 0 },
    { "nightly", DD_EVENT_SCHEDULE_FINISHED, 1 * DD_HOUR + 2 * DD_MINUTE, "a", DD_EVENT_STATUS_SUCCESS },
    { "nightly", DD_EVENT_SCHEDULE_ENQUEUED, 2 * DD_HOUR, "b", 0 },  /* never starts */
    { "nightly", DD_EVENT_SCHEDULE_ENQUEUED, 3 * DD_HOUR, NULL, 0 }, /* an older log */
    { "nightly", DD_EVENT_SCHEDULE_STARTED, 3 * DD_HOUR + DD_MINUTE, NULL, 0 },
    { "nightly", DD_EVENT_SCHEDULE_FINISHED, 3 * DD_HOUR + 2 * DD_MINUTE, NULL, DD_EVENT_STATUS_FAILED },
    { "nightly", DD_EVENT_SCHEDULE_ENQUEUED, 9 * DD_HOUR + 30 * DD_MINUTE, "c", 0 }, /* may still start */
  };
  g_autoptr (DdScheduleTally) tally = dd_schedule_tally_new (0, 10 * DD_HOUR);
  g_autoptr (GPtrArray) schedules = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const DdScheduleSummary *schedule;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    dd_schedule_tally_add (&marks[i], tally);
  dd_schedule_tally_rule (tally, "own", "0 8 * * *", utc, 10 * DD_HOUR);
  schedules = dd_schedule_tally_finish (tally);
  g_assert_cmpuint (schedules->len, ==, 2);
  schedule = g_ptr_array_index (schedules, 0);
  g_assert_cmpstr (schedule->id, ==, "nightly");
  g_assert_cmpuint (schedule->enqueued, ==, 4);
  g_assert_cmpuint (schedule->started, ==, 2);
  g_assert_cmpuint (schedule->succeeded, ==, 1);
  g_assert_cmpuint (schedule->failed, ==, 1);
  g_assert_cmpuint (schedule->missed, ==, 1);
  g_assert_cmpstr (schedule->last_status, ==, "failed");
  g_assert_cmpint (schedule->last_run, ==, 3 * DD_HOUR + DD_MINUTE);
  g_assert_cmpint (schedule->next_run, ==, DD_TIME_NONE);
  schedule = g_ptr_array_index (schedules, 1);
  g_assert_cmpint (schedule->next_run, ==, 32 * DD_HOUR);
  g_assert_null (schedule->last_status);
  /* It never ran, so nobody knows since when it should have. */
  g_assert_cmpuint (schedule->missed, ==, 0);
}

/* A schedule of the workspace's own that ran on the first and the third of three days. */
static void
test_missed (void)
{
  g_autoptr (DdScheduleTally) tally = dd_schedule_tally_new (0, 3 * DD_DAY);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) schedules = NULL;
  DdScheduleMark mark = { "own", DD_EVENT_SCHEDULE_STARTED, 8 * DD_HOUR, "1", 0 };

  dd_schedule_tally_add (&mark, tally);
  mark.at = 2 * DD_DAY + 8 * DD_HOUR + 40 * DD_MINUTE;
  dd_schedule_tally_add (&mark, tally);
  dd_schedule_tally_rule (tally, "own", "0 8 * * *", utc, 3 * DD_DAY);
  schedules = dd_schedule_tally_finish (tally);
  g_assert_cmpuint (((DdScheduleSummary *) g_ptr_array_index (schedules, 0))->missed, ==, 1);
}

/* Waited for since the first day: done in time, done late on the third for the second and so once, then nobody is there for two days. */
static void
test_missed_by_due (void)
{
  static const DdScheduleMark marks[] = {
    { "own", DD_EVENT_SCHEDULE_STARTED, 8 * DD_HOUR, "1", 0, 8 * DD_HOUR },
    { "own", DD_EVENT_SCHEDULE_FINISHED, 8 * DD_HOUR + DD_MINUTE, "1", DD_EVENT_STATUS_SUCCESS, 0 },
    { "own", DD_EVENT_SCHEDULE_STARTED, 2 * DD_DAY + 7 * DD_HOUR + 40 * DD_MINUTE, "2", 0, DD_DAY + 8 * DD_HOUR },
    { "own", DD_EVENT_SCHEDULE_FINISHED, 2 * DD_DAY + 8 * DD_HOUR, "2", DD_EVENT_STATUS_FAILED, 0 },
    { "own", DD_EVENT_SCHEDULE_STARTED, 2 * DD_DAY + 8 * DD_HOUR, "3", 0, 2 * DD_DAY + 8 * DD_HOUR },
  };
  g_autoptr (DdScheduleTally) tally = dd_schedule_tally_new (0, 5 * DD_DAY);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) schedules = NULL;
  const DdScheduleSummary *schedule;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    dd_schedule_tally_add (&marks[i], tally);
  dd_schedule_tally_since (tally, "own", DD_HOUR);
  dd_schedule_tally_rule (tally, "own", "0 8 * * *", utc, 5 * DD_DAY);
  dd_schedule_tally_since (tally, "never ran", 2 * DD_DAY);
  dd_schedule_tally_rule (tally, "never ran", "0 8 * * *", utc, 5 * DD_DAY);
  schedules = dd_schedule_tally_finish (tally);
  schedule = g_ptr_array_index (schedules, 0);
  g_assert_cmpstr (schedule->id, ==, "never ran");
  g_assert_cmpuint (schedule->started, ==, 0);
  g_assert_cmpuint (schedule->missed, ==, 3);
  schedule = g_ptr_array_index (schedules, 1);
  g_assert_cmpuint (schedule->enqueued, ==, 3);
  g_assert_cmpuint (schedule->started, ==, 3);
  g_assert_cmpuint (schedule->succeeded, ==, 1);
  g_assert_cmpuint (schedule->failed, ==, 1);
  g_assert_cmpuint (schedule->missed, ==, 3);
  g_assert_cmpint (schedule->next_run, ==, 5 * DD_DAY + 8 * DD_HOUR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/schedule/next", test_next);
  g_test_add_func ("/schedule/chain", test_chain);
  g_test_add_func ("/schedule/counts", test_counts);
  g_test_add_func ("/schedule/missed", test_missed);
  g_test_add_func ("/schedule/missed-by-due", test_missed_by_due);
  return g_test_run ();
}
