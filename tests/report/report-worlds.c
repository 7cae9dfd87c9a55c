/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-worlds.h"

#include <math.h>

#include "dd-incident-event.h"
#include "dd-record.h"
#include "report-fixture.h"

#define SHORTEST 90.0
#define LONGEST (400.0 * 24 * 3600)

/* What a world may be besides its size. */
enum
{
  NO_INCIDENTS = 1 << 0,
  ALL_OPEN = 1 << 1,
  ONLY_WAITING = 1 << 2,
  NO_DEPLOYMENTS = 1 << 3,
  NO_TEAMS = 1 << 4,
  WITH_NOTE = 1 << 5,
  ALL_FAILED = 1 << 6,
};

static const struct
{
  const char *name;
  guint       repositories;
  guint       incidents;
  guint       flags;
  const char *period;
  const char *title; /* of repositories and incidents */
} worlds[N_WORLDS] = {
  { "nothing", 0, 0, 0, "weekly", NULL },
  { "whole", 2, 1, WITH_NOTE, "weekly", NULL },
  { "hostile", 30, 34, WITH_NOTE, "weekly", NULL },
  { "one", 1, 1, NO_TEAMS, "weekly", NULL },
  { "many", 500, 40, 0, "weekly", NULL },
  { "no-incidents", 6, 0, NO_INCIDENTS, "weekly", NULL },
  { "all-open", 6, 12, ALL_OPEN, "weekly", NULL },
  { "only-waiting", 4, 0, ONLY_WAITING | NO_INCIDENTS | NO_DEPLOYMENTS, "weekly", NULL },
  { "no-deployments", 3, 2, NO_DEPLOYMENTS, "monthly", NULL },
  { "all-failed", 5, 8, ALL_FAILED, "weekly", NULL },
  { "monthly", 12, 9, 0, "monthly", NULL },
  { "quarterly", 25, 30, 0, "quarterly", NULL },
  { "ninety-days", 19, 25, 0, "last-90-days", NULL },
  { "one-day", 3, 1, 0, "2026-11-12..2026-11-12", NULL },
  { "custom", 8, 4, WITH_NOTE, "2026-10-03..2026-11-15", NULL },
  { "arabic", 6, 6, WITH_NOTE, "weekly", "تعذر الدفع في المتجر" },
  { "japanese", 6, 6, WITH_NOTE, "weekly", "決済サービスが応答しない" },
  { "long-titles", 9, 9, 0, "weekly",
    "A title that goes on and on about what went wrong with the checkout of the shop, and about what was done to repair it" },
  { "one-word", 9, 9, 0, "weekly", "AWordThatGoesOnAndOnAndOnWithoutAnyPlaceWhereALineCouldEndBecauseNobodyThoughtOfIt" },
  { "small", 2, 1, 0, "weekly", NULL },
};

const char *
world_name (guint world)
{
  return worlds[world].name;
}

static double
duration (GRand *rand)
{
  return floor (exp (g_rand_double_range (rand, log (SHORTEST), log (LONGEST))));
}

static double
maybe (GRand  *rand,
       double  value)
{
  return g_rand_int_range (rand, 0, 5) == 0 ? NAN : value;
}

static void
fill_lead_time (GRand      *rand,
                DdLeadTime *lead,
                guint       flags)
{
  *lead = (DdLeadTime) { .median = NAN, .mean = NAN, .p90 = NAN, .coding = NAN, .pickup = NAN, .review = NAN, .deploy = NAN,
                         .change = NAN };
  lead->waiting = (guint) g_rand_int_range (rand, 1, 40);
  if (flags & (ONLY_WAITING | NO_DEPLOYMENTS))
    return;
  lead->ok = TRUE;
  lead->changes = lead->by_deploy = (guint) g_rand_int_range (rand, 1, 300);
  lead->median = duration (rand);
  lead->mean = lead->median * 1.5;
  lead->p90 = lead->median * 3;
  lead->coding = maybe (rand, duration (rand));
  lead->pickup = maybe (rand, duration (rand));
  lead->review = maybe (rand, duration (rand));
  lead->deploy = duration (rand);
  lead->left_out = (guint) g_rand_int_range (rand, 0, 9);
  lead->change = maybe (rand, g_rand_double_range (rand, -0.9, 4));
}

static void
fill_failures (GRand     *rand,
               DdMetrics *metrics,
               guint      flags,
               guint      deployments)
{
  guint failed = flags & ALL_FAILED ? deployments : (guint) g_rand_int_range (rand, 0, (int) deployments + 1);

  metrics->change_failure_rate = (DdFailureRate) { .rate = NAN, .change = NAN };
  metrics->rework_rate = (DdReworkRate) { .rate = NAN, .change = NAN };
  if (deployments == 0)
    return;
  metrics->change_failure_rate = (DdFailureRate) { TRUE, DD_TIER_NONE, (double) failed / deployments, failed, deployments,
                                                   failed / 2, failed - failed / 2, maybe (rand, 0.25) };
  metrics->rework_rate = (DdReworkRate) { TRUE, failed / 2.0 / deployments, failed / 2, deployments, NAN };
}

static void
fill_recovery (GRand          *rand,
               DdRecoveryTime *recovery,
               guint           flags)
{
  *recovery = (DdRecoveryTime) { .median = NAN, .mean = NAN, .p90 = NAN, .change = NAN };
  if (flags & NO_INCIDENTS)
    return;
  recovery->open = (guint) g_rand_int_range (rand, flags & ALL_OPEN ? 1 : 0, 6);
  if (flags & ALL_OPEN)
    return;
  recovery->ok = TRUE;
  recovery->incidents = (guint) g_rand_int_range (rand, 1, 12);
  recovery->median = duration (rand);
  recovery->mean = recovery->median * 2;
  recovery->p90 = recovery->median * 4;
  recovery->change = maybe (rand, g_rand_double_range (rand, -0.9, 9));
}

static DdMetrics
random_metrics (GRand           *rand,
                const DdSummary *summary,
                guint            flags)
{
  DdMetrics metrics = { .mean_tier = NAN };
  guint n = flags & (NO_DEPLOYMENTS | ONLY_WAITING) ? 0 : (guint) g_rand_int_range (rand, 1, 90);
  gboolean known = (flags & NO_DEPLOYMENTS) == 0;
  double sum = 0;

  metrics.deployment_frequency = (DdFrequency) { known, DD_TIER_NONE, n, known ? (double) n / summary->period.days : NAN,
                                                 known ? n * 7.0 / summary->period.days : NAN, MIN (n, 5), maybe (rand, 0.1) };
  fill_lead_time (rand, &metrics.lead_time, flags);
  fill_failures (rand, &metrics, flags, n);
  fill_recovery (rand, &metrics.recovery_time, flags);
  for (int i = 0; i < DD_METRIC_REWORK_RATE; i++)
    {
      DdTier tier = dd_profile_rate (&summary->profile, i, dd_metrics_value (&metrics, i, summary->aggregate));
      DdTier *tiers[] = { &metrics.deployment_frequency.tier, &metrics.lead_time.tier, &metrics.change_failure_rate.tier,
                          &metrics.recovery_time.tier };

      *tiers[i] = tier;
      metrics.rated += tier != DD_TIER_NONE;
      sum += tier;
    }
  if (metrics.rated > 0)
    {
      metrics.mean_tier = sum / metrics.rated;
      metrics.overall = (DdTier) floor (metrics.mean_tier);
    }
  return metrics;
}

static void
add_group (GRand           *rand,
           const DdSummary *summary,
           GPtrArray       *groups,
           char            *name,
           guint            flags)
{
  DdGroup *group = g_new0 (DdGroup, 1);

  group->name = name;
  group->reason = g_strdup ("it has deployments to production");
  group->active = TRUE;
  group->now = random_metrics (rand, summary, flags);
  group->before = random_metrics (rand, summary, flags);
  g_ptr_array_add (groups, group);
}

static void
add_incident (GRand           *rand,
              const DdSummary *summary,
              GPtrArray       *incidents,
              guint            i,
              const char      *title,
              gboolean         open)
{
  DdIncidentEvent *event = g_new0 (DdIncidentEvent, 1);

  event->id = g_strdup_printf ("OPS-%u", 100 + i);
  event->title = g_strdup (title != NULL ? title : "Checkout fails");
  event->repository = g_strdup ("repository-001");
  event->severity = g_strdup (i % 3 == 0 ? NULL : "Sev 2");
  event->started = summary->period.start + g_rand_int_range (rand, 0, 20) * DD_HOUR;
  event->open = open;
  event->duration = open ? DD_TIME_NONE : (gint64) duration (rand) * DD_SECOND;
  event->link = i % 2 == 0 ? DD_LINK_NONE : DD_LINK_NAMED;
  if (event->link == DD_LINK_NAMED)
    {
      event->deployment = g_new0 (DdDeploymentName, 1);
      event->deployment->id = g_strdup_printf ("repository-001/D%u", i);
      event->deployment->repository = g_strdup ("repository-001");
      event->deployment->name = g_strdup_printf ("#%u", 800 + i);
    }
  g_ptr_array_add (incidents, event);
}

static void
add_row (GRand      *rand,
         GPtrArray  *rows,
         guint       i,
         const char *kind,
         const char *title,
         gint64      time)
{
  DdRecordRow *row = g_new0 (DdRecordRow, 1);

  row->kind = kind;
  row->id = g_strdup_printf ("#%u", 4000 + i);
  row->repository = g_strdup ("repository-001");
  row->title = g_strdup (title != NULL ? title : "Show delivery dates in the basket");
  row->time = time;
  row->value = (gint64) duration (rand) * DD_SECOND;
  row->rule = DD_RULE_COUNTED;
  row->counted = TRUE;
  g_ptr_array_add (rows, row);
}

static void
fill_summary (GRand     *rand,
              DdSummary *summary,
              guint      world)
{
  const char *title = worlds[world].title;
  guint flags = worlds[world].flags;

  summary->metrics = random_metrics (rand, summary, flags);
  summary->before = random_metrics (rand, summary, flags);
  for (int i = 0; i < DD_TREND_PERIODS - 1; i++)
    summary->trend[i].metrics = random_metrics (rand, summary, g_rand_int_range (rand, 0, 6) == 0 ? NO_DEPLOYMENTS : flags);
  summary->trend[DD_TREND_PERIODS - 1].metrics = summary->metrics;
  for (guint i = 0; i < worlds[world].repositories; i++)
    add_group (rand, summary, summary->repositories, title != NULL ? g_strdup_printf ("%03u %s", i, title)
               : g_strdup_printf ("repository-%03u", i), flags);
  for (guint i = 0; i < 4 && (flags & NO_TEAMS) == 0; i++)
    add_group (rand, summary, summary->teams, g_strdup_printf ("Team %u", i), flags);
}

/* The fixture's days moved to the world's period. */
static DdSummary *
new_summary (const char *period)
{
  DdSummary *summary = fixture_nothing ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (summary->timezone);

  g_assert_true (dd_period_parse (period, summary->now, zone, &summary->period, NULL));
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    summary->trend[i].period = i == DD_TREND_PERIODS - 1 ? summary->period
                               : dd_period_before (&summary->period, zone, DD_TREND_PERIODS - 1 - i);
  return summary;
}

DdReport *
world_report (guint world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (world);
  guint flags = worlds[world].flags;
  const char * const *texts = fixture_hostile_texts ();
  gboolean hostile = g_strcmp0 (worlds[world].name, "hostile") == 0;
  DdSummary *summary = hostile ? fixture_hostile () : new_summary (worlds[world].period);
  DdReport *report;

  if (!hostile && worlds[world].repositories > 0)
    fill_summary (rand, summary, world);
  report = dd_report_new (summary);
  report->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_incident_event_free);
  report->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  report->recoveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_record_row_free);
  for (guint i = 0; i < worlds[world].incidents; i++)
    {
      const char *title = hostile ? texts[i] : worlds[world].title;

      add_incident (rand, summary, report->incidents, i, title, (flags & ALL_OPEN) != 0 || i % 7 == 3);
      add_row (rand, report->recoveries, i, "incident", title, summary->period.start + i * DD_HOUR);
      add_row (rand, report->changes, i, "change", title, summary->period.start + i * DD_HOUR);
    }
  if (flags & WITH_NOTE)
    report->note = g_strdup_printf ("The new review rota started on 26 October.\n\n%s", hostile ? texts[5] : "It shows in the pickup time.");
  return report;
}
