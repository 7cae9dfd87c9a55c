/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-activity-mark.h"

DdActivityTask *
dd_activity_task_new (const char *id)
{
  DdActivityTask *task = g_new0 (DdActivityTask, 1);

  task->id = g_strdup (id);
  task->start = task->end = DD_TIME_NONE;
  task->attempts = 1;
  return task;
}

void
dd_activity_task_free (DdActivityTask *task)
{
  if (task == NULL)
    return;
  g_free (task->id);
  g_free (task->error);
  g_free (task);
}

DdActivityRun *
dd_activity_run_new (void)
{
  DdActivityRun *run = g_new0 (DdActivityRun, 1);

  run->start = run->end = run->last = run->failed_at = run->waits_since = DD_TIME_NONE;
  run->told_ok = run->told_failed = -1;
  run->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_activity_task_free);
  return run;
}

void
dd_activity_run_free (DdActivityRun *run)
{
  if (run == NULL)
    return;
  g_free (run->id);
  g_free (run->name);
  g_free (run->load);
  g_ptr_array_unref (run->tasks);
  g_free (run);
}

DdNameCount *
dd_name_count_new (const char *name,
                   guint64     count)
{
  DdNameCount *entry = g_new0 (DdNameCount, 1);

  entry->name = g_strdup (name);
  entry->count = count;
  return entry;
}

void
dd_name_count_free (DdNameCount *count)
{
  g_free (count->name);
  g_free (count);
}
