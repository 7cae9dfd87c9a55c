/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity-mark.h"

G_BEGIN_DECLS

/* What became of tasks in a window. Durations are of tasks that ended in it and whose start is known, in seconds; NAN where
 * there are none. */
typedef struct
{
  guint64 started;
  guint64 succeeded;
  guint64 failed;
  guint64 retried;    /* how often a task was tried again */
  double  mean;
  double  median;
  double  p95;
  double  error_rate; /* failed / (succeeded + failed); NAN where none ended */
} DdTaskSummary;

/* What a workspace, or a log's tenant, had to do in the window. */
typedef struct
{
  char   *name;
  guint64 runs;
  guint64 tasks;
  double  mean;
  double  error_rate;
} DdLoad;

void dd_load_free (DdLoad *load);

/**
 * DdTaskTally:
 *
 * Counts marks as they come, in any order. Of a workspace for the summary; of all for the load.
 */
typedef struct _DdTaskTally DdTaskTally;

DdTaskTally *dd_task_tally_new (gint64 workspace) G_GNUC_WARN_UNUSED_RESULT;
void         dd_task_tally_free (DdTaskTally *tally);
/* A DdTaskMarkFunc. */
void         dd_task_tally_add (const DdTaskMark *mark, gpointer tally);
void         dd_task_tally_summarize (DdTaskTally *tally, DdTaskSummary *summary);
/* By runs, then tasks, highest first: (element-type DdLoad) */
GPtrArray   *dd_task_tally_load (DdTaskTally *tally) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdTaskTally, dd_task_tally_free)

G_END_DECLS
