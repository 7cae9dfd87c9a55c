/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/*
 * How the metrics share one pass over the columns. Rows are dealt out to the repositories of the scope by a stable counting
 * sort of their numbers, so that a repository's rows lie together; a team's are those of its repositories. A figure over a
 * group of rows is gathered into one scratch column at a time: the columns themselves are never copied.
 */

/* A group of repositories whose figures go to one DdMetrics. */
typedef struct
{
  const guint *members; /* indexes into the scope's repositories */
  guint        n;
  gboolean     everything; /* all rows in scope, incidents of no repository too */
  DdMetrics   *metrics;
} DdMeasureGroup;

typedef struct
{
  const DdFacts          *facts;
  const DdPeriod         *period;
  GTimeZone              *zone;
  const DdMetricSettings *settings;
  const DdScope          *scope;
  DdProfile               profile;
  gint64                 *days;   /* first instants of the period's local days, and its end */
  guint                   n;      /* repositories in scope */
  guint32                *places; /* repository id → place in scope + 1; 0: not in it */
  guint32                 max_id;
  guint32                *order;  /* rows of the kind at hand, by place */
  guint32                *starts; /* n + 2: where each place's rows begin; the last place is that of rows of no repository */
  gint64                 *scratch;
} DdMeasure;

/* Deals out @rows rows by their repository. Rows of repositories out of scope are dropped. */
void dd_measure_deal (DdMeasure *measure, const guint32 *repository, guint rows);

/* Calls @func for each row of the group. */
#define DD_MEASURE_EACH_ROW(measure, group, row)                                                                                \
  for (guint dd_m = 0; dd_m < ((group)->everything ? 1 : (group)->n); dd_m++)                                                  \
    for (guint32 dd_i = (group)->everything ? 0 : (measure)->starts[(group)->members[dd_m]],                                   \
                 dd_end = (group)->everything ? (measure)->starts[(measure)->n + 1]                                            \
                                              : (measure)->starts[(group)->members[dd_m] + 1],                                 \
                 row = 0;                                                                                                       \
         dd_i < dd_end && ((row = (measure)->order[dd_i]), TRUE); dd_i++)

/* Each fills its member of the group's metrics; rows must have been dealt out. */
void dd_deployment_frequency_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_change_failure_rate_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_rework_rate_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_lead_time_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_recovery_time_measure (DdMeasure *measure, const DdMeasureGroup *group);

/* A median (p = 0.5), … of scratch in seconds; NAN where there is nothing. */
double dd_measure_percentile (DdMeasure *measure, guint n, double p);
double dd_measure_mean (DdMeasure *measure, guint n);

G_END_DECLS
