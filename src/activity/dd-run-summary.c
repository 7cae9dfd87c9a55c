/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-run-summary.h"

const char *
dd_run_status_name (DdRunStatus status)
{
  static const char * const names[] = { "running", "completed", "failed", "cancelled", "interrupted" };

  return names[status];
}

void
dd_run_summary_free (DdRunSummary *summary)
{
  dd_activity_run_free (summary->run);
  g_free (summary);
}

/* A run of the program's own. */
static DdRunStatus
status_of_own (const DdActivityRun *run,
               gboolean             alive)
{
  switch (run->outcome)
    {
    case DD_OUTCOME_OK:
      return DD_RUN_COMPLETED;
    case DD_OUTCOME_FAILED:
      return DD_RUN_FAILED;
    case DD_OUTCOME_CANCELLED:
      return DD_RUN_CANCELLED;
    default:
      return alive ? DD_RUN_RUNNING : DD_RUN_INTERRUPTED;
    }
}

static DdRunStatus
status_of_log (const DdActivityRun *run,
               guint                failed,
               gint64               until)
{
  gboolean any_failed = run->failed_at != DD_TIME_NONE && run->failed_at < until;

  if (run->end != DD_TIME_NONE)
    return failed > 0 ? DD_RUN_FAILED : DD_RUN_COMPLETED;
  /* What it tells after the end of the window shows that it was under way. */
  if (run->last == DD_TIME_NONE || run->last >= until)
    return DD_RUN_RUNNING;
  if (any_failed && until - run->last >= DD_RUN_SILENCE)
    return DD_RUN_FAILED;
  if (!any_failed && run->waits_since == DD_TIME_NONE && until - run->last >= DD_RUN_LOST)
    return DD_RUN_INTERRUPTED;
  return DD_RUN_RUNNING;
}

DdRunSummary *
dd_run_summary_new (DdActivityRun *run,
                    gint64         until,
                    gboolean       alive)
{
  DdRunSummary *summary = g_new0 (DdRunSummary, 1);

  summary->run = run;
  for (guint i = 0; i < run->tasks->len; i++)
    {
      const DdActivityTask *task = g_ptr_array_index (run->tasks, i);

      summary->tasks_ok += task->outcome == DD_OUTCOME_OK;
      summary->tasks_failed += task->outcome == DD_OUTCOME_FAILED;
    }
  /* A log may hold ends of runs whose tasks it does not tell. */
  if (run->tasks->len == 0 && run->told_ok >= 0)
    summary->tasks_ok = (guint) MIN (run->told_ok, G_MAXUINT);
  if (run->tasks->len == 0 && run->told_failed >= 0)
    summary->tasks_failed = (guint) MIN (run->told_failed, G_MAXUINT);
  summary->status = run->imported ? status_of_log (run, MAX (summary->tasks_failed, (guint) CLAMP (run->told_failed, 0, G_MAXUINT)), until)
                                  : status_of_own (run, alive);
  summary->end = run->end;
  if (summary->end == DD_TIME_NONE && summary->status != DD_RUN_RUNNING)
    summary->end = run->last != DD_TIME_NONE ? run->last : run->start;
  summary->duration = summary->end != DD_TIME_NONE ? summary->end - run->start : DD_TIME_NONE;
  return summary;
}
