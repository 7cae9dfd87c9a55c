/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"
#include "dd-engine-private.h"
#include "dd-process.h"
#include "dd-schedule-claim.h"
#include "dd-schedule-store.h"
#include "dd-schedule.h"
#include "dd-workspace.h"

typedef struct
{
  char  *workspace;
  gint64 now;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question);
}

static const char *
status_of (const DdScheduleRun *run)
{
  static const char * const words[] = { [DD_OUTCOME_OK] = "success", [DD_OUTCOME_FAILED] = "failed", [DD_OUTCOME_CANCELLED] = "cancelled" };

  if (run->start == DD_TIME_NONE)
    return NULL;
  if (run->outcome == DD_OUTCOME_RUNNING)
    return dd_process_is_alive (run->process, run->start) ? "running" : "interrupted";
  return words[CLAMP (run->outcome, DD_OUTCOME_OK, DD_OUTCOME_CANCELLED)];
}

static gpointer
list_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  const Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);
  g_autoptr (DdScheduleList) list = NULL;

  if (workspace == NULL || !dd_schedule_note (db, workspace->id, workspace->settings, question->now, error))
    return NULL;
  list = g_new0 (DdScheduleList, 1);
  list->workspace = g_strdup (workspace->settings->name);
  list->timezone = g_strdup (workspace->settings->timezone);
  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_schedule_standing_free);
  list->zone = dd_time_zone_new (workspace->settings->timezone, error);
  if (list->zone == NULL)
    return NULL;
  while (workspace->settings->schedules->len > 0)
    {
      DdScheduleStanding *row = g_new0 (DdScheduleStanding, 1);
      DdScheduleRun run;
      DdCron cron;

      row->settings = g_ptr_array_steal_index (workspace->settings->schedules, 0);
      g_ptr_array_add (list->rows, row);
      if (!dd_schedule_store_last_run (db, workspace->id, row->settings->id, &run, error) ||
          !dd_cron_parse (row->settings->cron, &cron, error))
        return NULL;
      row->next_run = dd_cron_next (&cron, list->zone, question->now);
      row->last_run = run.start;
      row->last_due = run.due;
      row->late = run.due != DD_TIME_NONE && run.start - run.due > DD_SCHEDULE_LATE;
      row->last_status = status_of (&run);
    }
  return g_steal_pointer (&list);
}

void
dd_schedule_list_async (DdEngine           *engine,
                        const char         *workspace,
                        gint64              now,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  question->now = now;
  dd_engine_run_async (engine, list_job, question, question_free, (GDestroyNotify) dd_schedule_list_free, cancellable, callback, user_data);
}

DdScheduleList *
dd_schedule_list_finish (DdEngine     *engine,
                         GAsyncResult *result,
                         GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
