/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity-mark.h"

G_BEGIN_DECLS

typedef enum
{
  DD_RUN_RUNNING,
  DD_RUN_COMPLETED,
  DD_RUN_FAILED,
  DD_RUN_CANCELLED,
  DD_RUN_INTERRUPTED, /* ended without saying so */
} DdRunStatus;

/* "running", …: never translated. */
const char *dd_run_status_name (DdRunStatus status);

/* A run that failed writes no end: so long after its last failed task, with nothing since, it is failed. */
#define DD_RUN_SILENCE DD_HOUR

/* A run of a log without any failed task, and with no checkpoint that waits for somebody, that has told nothing for so long is
 * taken to have been interrupted. */
#define DD_RUN_LOST DD_DAY

/* A run and what has become of it. */
typedef struct
{
  DdActivityRun *run;
  DdRunStatus    status;
  gint64         end;      /* DD_TIME_NONE while it runs */
  gint64         duration; /* DD_TIME_NONE while it runs */
  guint          tasks_ok;
  guint          tasks_failed;
} DdRunSummary;

/**
 * dd_run_summary_new:
 * @run: (transfer full)
 * @until: what is asked about
 * @alive: whether its process is there; of the program's own runs only
 */
DdRunSummary *dd_run_summary_new (DdActivityRun *run, gint64 until, gboolean alive) G_GNUC_WARN_UNUSED_RESULT;
void          dd_run_summary_free (DdRunSummary *summary);

G_END_DECLS
