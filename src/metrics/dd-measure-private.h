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
  const guint *members; /* indexes into the scope's repositories, each once */
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

/* A walk over the rows of a group, repository by repository. */
typedef struct
{
  const DdMeasure      *measure;
  const DdMeasureGroup *group;
  guint                 next_member;
  guint32               place; /* in the order of rows */
  guint32               end;
} DdMeasureRows;

static inline DdMeasureRows
dd_measure_rows (const DdMeasure      *measure,
                 const DdMeasureGroup *group)
{
  DdMeasureRows rows = { .measure = measure, .group = group };

  if (group->everything)
    {
      rows.next_member = group->n;
      rows.end = measure->starts[measure->n + 1];
    }
  return rows;
}

static inline gboolean
dd_measure_rows_next (DdMeasureRows *rows,
                      guint32       *row)
{
  while (rows->place == rows->end)
    {
      guint member;

      if (rows->next_member == rows->group->n)
        return FALSE;
      member = rows->group->members[rows->next_member++];
      rows->place = rows->measure->starts[member];
      rows->end = rows->measure->starts[member + 1];
    }
  *row = rows->measure->order[rows->place++];
  return TRUE;
}

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
