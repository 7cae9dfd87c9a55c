/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/*
 * How the metrics read the columns. The scope as a whole reads them as they lie. For its repositories, rows are dealt
 * out by a stable counting sort of their numbers, so that a repository's rows follow each other; a team's are those of
 * its repositories. A figure over a group of rows is gathered into one scratch column at a time, or that column is
 * dealt out as rows are: the columns themselves are never copied as a whole.
 */

/* A group of repositories whose figures go to one DdMetrics. */
typedef struct
{
  const guint *members; /* indexes into the scope's repositories, each once */
  guint        n;
  gboolean     everything; /* all rows in scope, incidents of no repository too */
  DdMetrics   *metrics;
} DdMeasureGroup;

struct _DdMeasure
{
  const DdDeploymentColumns *deployments; /* of these three, the kind at hand */
  const DdChangeColumns     *changes;
  const DdRecoveryColumns   *recoveries;
  DdPeriod                period;
  const DdMetricSettings *settings;
  const DdScope          *scope;
  GArray                 *groups; /* of DdMeasureGroup, the whole first */
  guint                  *everyone; /* 0, 1, 2, …: members of the whole and of each repository's group */
  guint                  *pool;   /* members of the teams' groups */
  DdProfile               profile;
  gint64                 *days;   /* first instants of the period's local days, and its end */
  guint8                 *marked; /* a mark for each of these days */
  guint                   n;      /* repositories in scope */
  guint32                *places; /* repository id → place in scope + 1; 0: not in it */
  guint32                 max_id;
  const guint32          *repository; /* of each row of the kind at hand */
  guint32                 rows;
  guint32                *order;  /* these rows by place, while they are needed so */
  guint32                *starts; /* n + 1: where each place's rows begin in it */
  gint64                 *scratch;
  guint32                *dealt;  /* n + 1: where each place's values begin in scratch, once they are dealt out */
  gint64                 *joined; /* a team's values */
};

/* The place + 1 of a repository in the scope, 0 for one that is not in it. */
static inline guint32
dd_measure_place (const DdMeasure *measure,
                  guint32          repository)
{
  return repository <= measure->max_id ? measure->places[repository] : 0;
}

/* A walk over the rows of a group. */
typedef struct
{
  const DdMeasure      *measure;
  const DdMeasureGroup *group;
  guint                 next_member;
  guint32               next; /* row, or its place in the order of rows */
  guint32               end;
} DdMeasureRows;

static inline DdMeasureRows
dd_measure_rows (const DdMeasure      *measure,
                 const DdMeasureGroup *group)
{
  return (DdMeasureRows) { .measure = measure, .group = group, .end = group->everything ? measure->rows : 0 };
}

static inline gboolean
dd_measure_rows_next (DdMeasureRows *rows,
                      guint32       *row)
{
  const DdMeasure *measure = rows->measure;

  if (rows->group->everything)
    {
      while (rows->next < rows->end)
        {
          guint32 repository = measure->repository[*row = rows->next++];

          if (repository == 0 ? measure->scope->whole : dd_measure_place (measure, repository) != 0)
            return TRUE;
        }
      return FALSE;
    }
  while (rows->next == rows->end)
    {
      guint member;

      if (rows->next_member == rows->group->n)
        return FALSE;
      member = rows->group->members[rows->next_member++];
      rows->next = measure->starts[member];
      rows->end = measure->starts[member + 1];
    }
  *row = measure->order[rows->next++];
  return TRUE;
}

/* Each fills its member of the group's metrics from the rows at hand. */
void dd_deployment_frequency_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_change_failure_rate_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_rework_rate_measure (DdMeasure *measure, const DdMeasureGroup *group);
void dd_recovery_time_measure (DdMeasure *measure, const DdMeasureGroup *group);

/* For all groups at once: column by column. */
void dd_lead_time_measure (DdMeasure *measure);

/* A median (p = 0.5), … of scratch in seconds; NAN where there is nothing. */
double dd_measure_percentile (DdMeasure *measure, guint n, double p);
double dd_measure_mean (DdMeasure *measure, guint n);

G_END_DECLS
