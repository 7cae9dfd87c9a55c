/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-run-summary.h"
#include "dd-schedule-summary.h"
#include "dd-task-summary.h"

G_BEGIN_DECLS

/* "24h", "7d": 1 to 8,760 hours. DD_ERROR_INVALID says so. */
gboolean dd_activity_window_parse (const char *text, int *hours, GError **error);

/* A part of a whole. */
typedef struct
{
  char   *name;
  guint64 count;
  double  rate; /* of the total */
} DdActivityShare;

/* (element-type DdNameCount) to (element-type DdActivityShare), by count, the highest first; all rates together are 1. */
GPtrArray *dd_activity_shares (const GPtrArray *counts, guint64 *total) G_GNUC_WARN_UNUSED_RESULT;

/**
 * DdActivity:
 *
 * How well the pipeline itself runs, in a window of time. Immutable.
 */
typedef struct
{
  gint64        now;
  char         *workspace;   /* NULL where there is none */
  GTimeZone    *zone;
  int           hours;
  gint64        start, end;
  DdTaskSummary tasks;
  DdTaskSummary before;      /* of the window before */
  GPtrArray    *runs;        /* of DdRunSummary, the latest first; at most DD_ACTIVITY_MOST_RUNS */
  guint         total_runs;
  GPtrArray    *schedules;   /* of DdScheduleSummary */
  GPtrArray    *load;        /* of DdLoad */
  guint64       total_errors;
  guint64       dropped_errors; /* that could not be written, of all times */
  GPtrArray    *errors;      /* of DdActivityShare */
  gboolean      engagement_enabled;
  guint         sessions;
  GPtrArray    *engagement;  /* of DdActivityShare */
  guint         activated;
  guint         workspaces;
} DdActivity;

/* More runs of a window are counted and not listed. */
#define DD_ACTIVITY_MOST_RUNS 1000

/* Completed at least once / all; 0 of 0 is a rate of 0, by this measure's own definition. */
double dd_activity_activation_rate (const DdActivity *activity);

void   dd_activity_free (DdActivity *activity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdActivity, dd_activity_free)

G_END_DECLS
