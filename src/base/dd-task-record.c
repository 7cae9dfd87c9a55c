/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-task-record.h"

DdTaskRecord *
dd_task_record_new (const char *source,
                    const char *scope,
                    const char *step,
                    gint64      start)
{
  DdTaskRecord *task = g_new0 (DdTaskRecord, 1);

  task->source = g_strdup (source);
  task->scope = g_strdup (scope != NULL ? scope : "");
  task->step = g_strdup (step);
  task->start = start;
  task->end = DD_TIME_NONE;
  task->attempts = 1;
  task->retry_errors = g_ptr_array_new_with_free_func (g_free);
  return task;
}

void
dd_task_record_free (DdTaskRecord *task)
{
  if (task == NULL)
    return;
  g_free (task->source);
  g_free (task->scope);
  g_free (task->step);
  g_free (task->error);
  g_ptr_array_unref (task->retry_errors);
  g_free (task);
}
