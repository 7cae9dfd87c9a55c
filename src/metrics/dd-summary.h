/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-fact.h"
#include "dd-period.h"
#include "dd-tiers.h"

G_BEGIN_DECLS

/*
 * What a report says, as numbers (metrics.md). Durations in seconds, rates as ratios; NAN is "does not exist". `change` is
 * (now − before) / before, NAN where there is none.
 */

#define DD_SMALL_SAMPLE 5
#define DD_TREND_PERIODS 12

typedef struct
{
  gboolean ok; /* FALSE: no data */
  DdTier tier;
  guint  deployments; /* successful */
  double per_day;
  double per_week;
  guint  deployment_days;
  double change;
} DdFrequency;

typedef struct
{
  gboolean ok;
  DdTier tier;
  guint  changes;
  double median, mean, p90;
  guint  by_deploy, by_merge;
  double coding, pickup, review, deploy;
  guint  left_out;
  guint  waiting;
  double change;
} DdLeadTime;

typedef struct
{
  gboolean ok;
  DdTier tier;
  double rate;
  guint  failed;
  guint  deployments;
  guint  failed_by_result;   /* by signal; one deployment can be in both */
  guint  failed_by_incident;
  double change;
} DdFailureRate;

typedef struct
{
  gboolean ok;
  DdTier tier;
  double median, mean, p90;
  guint  incidents;
  guint  failed_deployments; /* streaks */
  guint  open;
  guint  left_out;
  double change;
} DdRecoveryTime;

typedef struct
{
  gboolean ok;
  double rate;
  guint  unplanned;
  guint  deployments;
  double change;
} DdReworkRate;

typedef struct
{
  DdFrequency    deployment_frequency;
  DdLeadTime     lead_time;
  DdFailureRate  change_failure_rate;
  DdRecoveryTime recovery_time;
  DdReworkRate   rework_rate;
  DdTier         overall;
  guint          rated;     /* of the four */
  double         mean_tier; /* 1 to 4; NAN where none is rated */
} DdMetrics;

/* A repository or a team. */
typedef struct
{
  char     *name;
  int       kind;   /* repositories: DdDeploymentKind */
  char     *reason;
  gboolean  active; /* has any record */
  DdMetrics now;
  DdMetrics before;
} DdGroup;

typedef struct
{
  DdPeriod  period;
  DdMetrics metrics;
} DdTrendPoint;

typedef struct
{
  char      *workspace;
  char      *timezone;
  gboolean   sample;       /* the built-in example's data */
  char      *scope;        /* the repository or team it is narrowed to, NULL for all */
  gint64     now;
  DdPeriod   period;
  DdProfile  profile;
  DdAggregate aggregate;
  DdRecovery recovery;
  DdMetrics  metrics;
  DdMetrics  before;
  GPtrArray *repositories; /* of DdGroup, those that have any record, by name */
  GPtrArray *teams;
  DdTrendPoint trend[DD_TREND_PERIODS]; /* oldest first, this period last */
  gboolean   brief;        /* of the trend only the last two are measured; nothing is known of the others */
  GPtrArray *sources;      /* of DdSourceState */
  GPtrArray *narrowed;     /* of char *: settings that narrow what counts, for people ("Bots left out") */
  GPtrArray *left_out;     /* of DdRuleCount: what did not count in the period */
  GPtrArray *open_incidents; /* of DdRecordRow, oldest first; at most 20 */
} DdSummary;

void dd_summary_free (DdSummary *summary);
void dd_group_free (DdGroup *group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSummary, dd_summary_free)

/* Whom to measure: the repositories in question, and groups of them. */
typedef struct
{
  GPtrArray *repositories; /* of DdRepositoryInfo: those in scope */
  gboolean   whole;        /* all of the workspace, so that incidents of no repository count too */
} DdScope;

/**
 * DdMeasure:
 *
 * The five metrics over one period, measured one kind of facts after the other, so that only one needs to be in memory.
 */
typedef struct _DdMeasure DdMeasure;

/**
 * dd_measure_new:
 * @all: (out): the scope as a whole
 * @each: (out caller-allocates) (nullable): one for each repository of the scope, in its order
 * @teams: (nullable): lists of indexes into the scope's repositories (GArray of guint), one a team
 * @each_team: (out caller-allocates) (nullable): one for each of @teams
 *
 * What is handed in must outlive the measuring. `change` members are left NAN.
 */
DdMeasure *dd_measure_new (const DdPeriod         *period,
                           GTimeZone              *zone,
                           const DdMetricSettings *settings,
                           const DdScope          *scope,
                           DdMetrics              *all,
                           DdMetrics              *each,
                           GPtrArray              *teams,
                           DdMetrics              *each_team) G_GNUC_WARN_UNUSED_RESULT;

/* The columns of the period, each kind once; recoveries may hold more, and are narrowed here. Facts of repositories outside the
 * scope are passed over. O(n). */
void dd_measure_deployments (DdMeasure *measure, const DdDeploymentColumns *columns);
void dd_measure_changes (DdMeasure *measure, const DdChangeColumns *columns);
void dd_measure_recoveries (DdMeasure *measure, const DdRecoveryColumns *columns);

/* After all three: the overall ratings. Frees @measure. */
void dd_measure_finish (DdMeasure *measure);
void dd_measure_free (DdMeasure *measure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdMeasure, dd_measure_free)

/* All of it at once, for facts that are in memory anyway. */
void dd_metrics_measure (const DdFacts          *facts,
                         const DdPeriod         *period,
                         GTimeZone              *zone,
                         const DdMetricSettings *settings,
                         const DdScope          *scope,
                         DdMetrics              *all,
                         DdMetrics              *each,
                         GPtrArray              *teams,
                         DdMetrics              *each_team);

/* Fills the `change` members of @now. */
void dd_metrics_compare (DdMetrics       *now,
                         const DdMetrics *before,
                         DdAggregate      aggregate);

/* The rated figure of a metric: per day, seconds by @aggregate, ratio; NAN for no data. And its count of events, tier, change. */
double dd_metrics_value (const DdMetrics *metrics, DdMetric metric, DdAggregate aggregate);
guint  dd_metrics_events (const DdMetrics *metrics, DdMetric metric);
DdTier dd_metrics_tier (const DdMetrics *metrics, DdMetric metric);
double dd_metrics_change (const DdMetrics *metrics, DdMetric metric);

typedef enum
{
  DD_TREND_NONE,
  DD_TREND_BETTER,
  DD_TREND_WORSE,
  DD_TREND_STEADY, /* within ±5 % */
} DdTrend;

DdTrend dd_metrics_trend (DdMetric metric, double change);

G_END_DECLS
