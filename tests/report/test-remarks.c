/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "dd-words.h"
#include "report-fixture.h"

static const DdRemark *
find (const GPtrArray *remarks,
      const char      *text)
{
  for (guint i = 0; i < remarks->len; i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);

      if (strstr (remark->text, text) != NULL)
        return remark;
    }
  return NULL;
}

static void
check_remark (const GPtrArray *remarks,
              const char      *text,
              const char      *evidence,
              const char      *command,
              DdTrend          trend)
{
  const DdRemark *remark = find (remarks, text);

  if (remark == NULL)
    g_error ("nothing says “%s”", text);
  g_assert_cmpstr (remark->evidence, ==, evidence);
  g_assert_cmpstr (remark->command, ==, command);
  g_assert_cmpint (remark->trend, ==, trend);
}

static void
test_of_numbers (void)
{
  DdSummary *summary = fixture_whole ();
  g_autoptr (DdReport) report = NULL;

  for (int i = 0; i < DD_TREND_PERIODS - 3; i++)
    summary->trend[i].metrics.overall = DD_TIER_LOW;
  report = dd_report_new (summary);
  check_remark (report->highlights, "Rework rate: 50 % better than the week before", "11.0 %, from 11.7 %",
                "doradash records rework_rate --period weekly", DD_TREND_BETTER);
  check_remark (report->highlights, "The longest stage of a change: Deploy", "median 12 h, 67 % of the stages’ medians",
                "doradash records lead_time --period weekly", DD_TREND_NONE);
  check_remark (report->highlights, "1 incident is still open", "OPS-12 since Fri 13 Nov 2026, 16:40; in no average",
                "doradash records recovery_time --period weekly", DD_TREND_WORSE);
  check_remark (report->highlights, "Overall High for 3 weeks", "all 4 rated metrics, mean 3.25 of 4", NULL,
                DD_TREND_STEADY);
  check_remark (report->recommendations, "Mend Linear", "Linear refused the token.", "doradash token check",
                DD_TREND_WORSE);
  check_remark (report->recommendations, "oldest open incident, OPS-12", "Checkout is down",
                "doradash records recovery_time --period weekly", DD_TREND_WORSE);
  check_remark (report->recommendations, "what the incidents after deployments have in common",
                "2 failed, 5 with an incident, of 42", "doradash records change_failure_rate --period weekly",
                DD_TREND_WORSE);
  check_remark (report->recommendations, "Deploy sooner after the merge",
                "median 12 h, 67 % of the stages’ medians, in 41 changes", "doradash records lead_time --period weekly",
                DD_TREND_NONE);
}

/* Other numbers, other words. */
static void
test_of_other_numbers (void)
{
  DdSummary *summary = fixture_whole ();
  DdGroup *group = g_ptr_array_index (summary->repositories, 1);
  g_autoptr (DdReport) report = NULL;

  summary->metrics.lead_time.deploy = 60;
  summary->metrics.lead_time.pickup = 100 * 3600;
  summary->metrics.change_failure_rate.failed_by_result = 9;
  summary->metrics.rework_rate.change = 0.01;
  group->now.change_failure_rate.rate = 0.5;
  group->now.lead_time.change = -0.9;
  g_ptr_array_set_size (summary->open_incidents, 0);
  summary->metrics.recovery_time.open = 0;
  report = dd_report_new (summary);
  check_remark (report->highlights, "Lead time for changes: 30 % worse than the week before",
                "17 h 42 min, from 17 h 42 min", "doradash records lead_time --period weekly", DD_TREND_WORSE);
  check_remark (report->highlights, "The longest stage of a change: Pickup",
                "median 4 d 4 h, 97 % of the stages’ medians", "doradash records lead_time --period weekly",
                DD_TREND_NONE);
  check_remark (report->highlights, "repository-001: failure rate 50.0 %", "6 of 53 deployments",
                "doradash records change_failure_rate --period weekly", DD_TREND_WORSE);
  check_remark (report->highlights, "repository-001 moved most: Lead time for changes 90 % better",
                "17 h 42 min, from 17 h 42 min", "doradash records lead_time --period weekly", DD_TREND_BETTER);
  g_assert_null (find (report->highlights, "still open"));
  g_assert_nonnull (find (report->recommendations, "Review sooner"));
  g_assert_nonnull (find (report->recommendations, "why deployments themselves fail"));
  g_assert_null (find (report->recommendations, "open incident"));
}

/* Too few events are worth no word. */
static void
test_few_events (void)
{
  DdSummary *summary = fixture_nothing ();
  g_autoptr (DdReport) report = NULL;

  summary->metrics.lead_time = (DdLeadTime) {
    TRUE, DD_TIER_ELITE, 4, 10, 10, 10, 4, 0, 1, 1, 1, 100, 0, 4, 0.9,
  };
  summary->metrics.change_failure_rate = (DdFailureRate) { TRUE, DD_TIER_LOW, 0.5, 2, 4, 2, 0, 0.9 };
  summary->metrics.rework_rate = (DdReworkRate) { TRUE, 0.25, 1, 4, 0.9 };
  summary->metrics.recovery_time.change = 0.9;
  report = dd_report_new (summary);
  g_assert_cmpuint (report->highlights->len, ==, 0);
  g_assert_null (find (report->recommendations, "Deploy"));
  g_assert_null (find (report->recommendations, "fail"));
  g_assert_null (find (report->recommendations, "hotfixes"));
}

static void
add_source (DdSummary  *summary,
            const char *type,
            gint64      last_sync)
{
  DdSourceState *state = g_new0 (DdSourceState, 1);

  state->type = g_strdup (type);
  state->status = g_strdup (last_sync != DD_TIME_NONE ? "ok" : "never");
  state->last_sync = last_sync;
  g_ptr_array_add (summary->sources, state);
}

/* A report of nothing says what is missing and how to connect it. */
static void
test_of_nothing (void)
{
  DdSummary *unset = fixture_nothing (), *unsynced = fixture_nothing (), *empty = fixture_nothing ();
  g_autoptr (DdReport) without = dd_report_new (unset);
  g_autoptr (DdReport) before = NULL;
  g_autoptr (DdReport) after = NULL;

  add_source (unsynced, "github", DD_TIME_NONE);
  add_source (empty, "woodpecker", empty->now);
  before = dd_report_new (unsynced);
  after = dd_report_new (empty);
  g_assert_cmpuint (without->highlights->len + before->highlights->len + after->highlights->len, ==, 0);
  g_assert_cmpuint (without->recommendations->len, ==, 1);
  check_remark (without->recommendations, "Connect a source", "none is set, so that nothing can be measured",
                "doradash workspace export, doradash workspace import FILE", DD_TREND_NONE);
  g_assert_cmpuint (before->recommendations->len, ==, 1);
  check_remark (before->recommendations, "Fetch the data", "1 source was not synced yet", "doradash sync",
                DD_TREND_NONE);
  g_assert_cmpuint (after->recommendations->len, ==, 3);
  check_remark (after->recommendations, "Tell what a deployment is", "no production deployment is known",
                "doradash health", DD_TREND_NONE);
  check_remark (after->recommendations, "Connect GitHub, or import changes",
                "no source tells of changes, so that there is no lead time", "doradash import changes FILE",
                DD_TREND_NONE);
  check_remark (after->recommendations, "Connect Linear or incident.io",
                "no source tells of incidents, so that failures count by deployments alone",
                "doradash import incidents FILE", DD_TREND_NONE);
}

/* The command lists the records of the period that the report is of. */
static void
test_periods (void)
{
  static const char * const periods[][2] = {
    { "weekly", "weekly" },
    { "monthly", "monthly" },
    { "last-30-days", "last-30-days" },
    { "2026-10-20..2026-11-02", "2026-10-20..2026-11-02" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      DdSummary *summary = fixture_whole ();
      g_autoptr (GTimeZone) zone = dd_words_zone (summary);
      g_autofree char *wanted = g_strdup_printf ("doradash records recovery_time --period %s", periods[i][1]);
      g_autoptr (DdReport) report = NULL;

      g_assert_true (dd_period_parse (periods[i][0], summary->now, zone, &summary->period, NULL));
      report = dd_report_new (summary);
      g_assert_cmpstr (find (report->highlights, "still open")->command, ==, wanted);
    }
}

/* What strangers wrote stays within one short line. */
static void
test_hostile (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_hostile ());

  for (int list = 0; list < 2; list++)
    {
      const GPtrArray *remarks = list == 0 ? report->highlights : report->recommendations;

      g_assert_cmpuint (remarks->len, >, 0);
      for (guint i = 0; i < remarks->len; i++)
        {
          g_autofree char *words = dd_words_remark (g_ptr_array_index (remarks, i));

          g_assert_true (g_utf8_validate (words, -1, NULL));
          g_assert_null (strpbrk (words, "\n\r\t\033\007"));
          g_assert_cmpint (g_utf8_strlen (words, -1), <, 500);
        }
    }
}

/* The tier that holds the rest down, where the profile knows a better one. */
static void
test_weakest (void)
{
  DdSummary *summary = fixture_nothing ();
  g_autoptr (DdReport) report = NULL;

  summary->metrics.deployment_frequency.tier = DD_TIER_ELITE;
  summary->metrics.lead_time.ok = TRUE;
  summary->metrics.lead_time.changes = DD_SMALL_SAMPLE;
  summary->metrics.lead_time.median = 31 * 3600;
  summary->metrics.lead_time.tier = DD_TIER_MEDIUM;
  report = dd_report_new (summary);
  check_remark (report->recommendations, "Lead time for changes holds the overall rating down most, at Medium",
                "1 d 7 h; High is < 1 day", "doradash records lead_time --period weekly", DD_TREND_NONE);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/remarks/of-numbers", test_of_numbers);
  g_test_add_func ("/remarks/of-other-numbers", test_of_other_numbers);
  g_test_add_func ("/remarks/few-events", test_few_events);
  g_test_add_func ("/remarks/of-nothing", test_of_nothing);
  g_test_add_func ("/remarks/periods", test_periods);
  g_test_add_func ("/remarks/hostile", test_hostile);
  g_test_add_func ("/remarks/weakest", test_weakest);
  return g_test_run ();
}
