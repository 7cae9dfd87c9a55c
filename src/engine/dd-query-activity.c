/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-query-activity.h"

#include "dd-activity-list.h"
#include "dd-engine-private.h"
#include "dd-error-sink.h"
#include "dd-event-reader.h"
#include "dd-process.h"
#include "dd-schedule-store.h"

typedef struct
{
  DdActivityQuery query;
  char           *workspace;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question);
}

/* Tallies of the window and of the one before it. */
static gboolean
count_tasks (DdDb                   *db,
             const DdActivityWindow *window,
             DdActivity             *activity,
             GError                **error)
{
  DdActivityWindow before = { window->workspace, window->start - (window->end - window->start), window->start };
  g_autoptr (DdTaskTally) tally = dd_task_tally_new (window->workspace);
  g_autoptr (DdTaskTally) tally_before = dd_task_tally_new (window->workspace);

  if (!dd_activity_list_marks (db, window, dd_task_tally_add, tally, error) ||
      !dd_activity_list_marks (db, &before, dd_task_tally_add, tally_before, error))
    return FALSE;
  dd_task_tally_summarize (tally, &activity->tasks);
  dd_task_tally_summarize (tally_before, &activity->before);
  activity->load = dd_task_tally_load (tally);
  return TRUE;
}

static gboolean
list_runs (DdDb                   *db,
           const DdActivityWindow *window,
           DdActivity             *activity,
           GError                **error)
{
  g_autoptr (GPtrArray) runs = dd_activity_list_runs (db, window, DD_ACTIVITY_MOST_RUNS, &activity->total_runs, error);

  if (runs == NULL)
    return FALSE;
  activity->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_run_summary_free);
  g_ptr_array_set_free_func (runs, NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      DdActivityRun *run = g_ptr_array_index (runs, i);

      gboolean alive = !run->imported && dd_process_is_alive (run->process, run->start);

      g_ptr_array_add (activity->runs, dd_run_summary_new (run, window->end, alive));
    }
  return TRUE;
}

static gboolean
list_schedules (DdDb                   *db,
                const DdActivityWindow *window,
                const DdSettings       *settings,
                DdActivity             *activity,
                GError                **error)
{
  g_autoptr (DdScheduleTally) tally = dd_schedule_tally_new (window->start, window->end);

  if (!dd_activity_list_schedules (db, window, dd_schedule_tally_add, tally, error))
    return FALSE;
  for (guint i = 0; settings != NULL && i < settings->schedules->len; i++)
    {
      const DdScheduleSettings *schedule = g_ptr_array_index (settings->schedules, i);
      g_autoptr (GError) cause = NULL;
      DdScheduleState state;

      if (dd_schedule_store_find (db, window->workspace, schedule->id, &state, &cause))
        dd_schedule_tally_since (tally, schedule->id, state.since);
      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      dd_schedule_tally_rule (tally, schedule->id, schedule->cron, activity->zone, window->end);
    }
  activity->schedules = dd_schedule_tally_finish (tally);
  return TRUE;
}

static gboolean
count_others (DdDb                   *db,
              const DdActivityWindow *window,
              DdActivity             *activity,
              GError                **error)
{
  g_autoptr (GPtrArray) errors = dd_activity_list_errors (db, window, error);
  g_autoptr (GPtrArray) engagement =
    errors != NULL ? dd_activity_list_engagement (db, window, &activity->sessions, error) : NULL;
  guint64 total;

  if (engagement == NULL)
    return FALSE;
  activity->errors = dd_activity_shares (errors, &activity->total_errors);
  activity->engagement = dd_activity_shares (engagement, &total);
  activity->engagement_enabled = dd_engagement_store_is_enabled (db);
  activity->dropped_errors = (guint64) dd_error_sink_dropped (db);
  return dd_activity_list_activation (db, window->end, &activity->activated, &activity->workspaces, error);
}

static gboolean
answer (DdDb                  *db,
        const DdActivityQuery *query,
        gint64                 workspace,
        const DdSettings      *settings,
        DdActivity            *activity,
        GError               **error)
{
  DdActivityWindow window = { .workspace = workspace };

  activity->now = query->now;
  activity->hours = query->hours;
  activity->end = window.end = query->until != DD_TIME_NONE ? query->until : query->now;
  activity->start = window.start = window.end - query->hours * DD_HOUR;
  activity->workspace = settings != NULL ? g_strdup (settings->name) : NULL;
  activity->zone = settings != NULL ? dd_time_zone_new (settings->timezone, error) : g_time_zone_new_local ();
  return activity->zone != NULL && count_tasks (db, &window, activity, error) && list_runs (db, &window, activity, error) &&
         list_schedules (db, &window, settings, activity, error) && count_others (db, &window, activity, error);
}

static gpointer
activity_job (DdDb         *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  const Question *question = data;
  g_autoptr (DdActivity) activity = g_new0 (DdActivity, 1);
  g_autoptr (DdSettings) settings = NULL;
  gint64 workspace;

  if (!dd_event_reader_workspace (db, question->query.workspace, &workspace, &settings, error) || !dd_db_begin_reading (db, error))
    return NULL;
  if (!answer (db, &question->query, workspace, settings, activity, error))
    {
      dd_db_rollback (db);
      return NULL;
    }
  return dd_db_commit (db, error) ? g_steal_pointer (&activity) : NULL;
}

void
dd_query_activity_async (DdEngine              *engine,
                         const DdActivityQuery *query,
                         GCancellable          *cancellable,
                         GAsyncReadyCallback    callback,
                         gpointer               user_data)
{
  Question *question = g_new0 (Question, 1);

  question->query = *query;
  question->query.workspace = question->workspace = g_strdup (query->workspace);
  dd_engine_run_async (engine, activity_job, question, question_free, (GDestroyNotify) dd_activity_free, cancellable, callback, user_data);
}

DdActivity *
dd_query_activity_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
