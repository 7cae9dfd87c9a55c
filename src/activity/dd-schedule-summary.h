/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity-mark.h"
#include "dd-cron.h"

G_BEGIN_DECLS

/* What was to begin and has not begun for so long is missed. */
#define DD_SCHEDULE_PATIENCE DD_HOUR

typedef struct
{
  char  *id;
  char  *rule;        /* its cron; NULL for one that only a log knows */
  gint64 last_run;    /* DD_TIME_NONE: never */
  const char *last_status; /* "success", "failed", "retry", "running"; NULL: never */
  gint64 next_run;    /* DD_TIME_NONE: nobody knows its rule */
  guint  enqueued;
  guint  started;
  guint  succeeded;
  guint  failed;
  guint  missed;
} DdScheduleSummary;

void dd_schedule_summary_free (DdScheduleSummary *schedule);

/**
 * DdScheduleTally:
 *
 * Counts the marks of schedules, a schedule's after another's, each in the order of time.
 */
typedef struct _DdScheduleTally DdScheduleTally;

DdScheduleTally *dd_schedule_tally_new (gint64 start, gint64 end) G_GNUC_WARN_UNUSED_RESULT;
void             dd_schedule_tally_free (DdScheduleTally *tally);
/* A DdScheduleMarkFunc. */
void             dd_schedule_tally_add (const DdScheduleMark *mark, gpointer tally);
/* Since when a schedule is waited for, before its rule is told; without that, since its first start. */
void             dd_schedule_tally_since (DdScheduleTally *tally, const char *id, gint64 since);
/* A schedule of the workspace's own; an unreadable rule has no next run. */
void             dd_schedule_tally_rule (DdScheduleTally *tally, const char *id, const char *rule, GTimeZone *zone, gint64 now);
/* By id. (element-type DdScheduleSummary) */
GPtrArray       *dd_schedule_tally_finish (DdScheduleTally *tally) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdScheduleTally, dd_schedule_tally_free)

G_END_DECLS
