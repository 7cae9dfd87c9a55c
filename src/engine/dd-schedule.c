/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "dd-activity-store.h"
#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-schedule-claim.h"
#include "dd-schedule-report.h"
#include "dd-send.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* All that is due, while one of it is done. */
typedef struct
{
  DdScheduleOptions options;
  char             *name;
  char             *id;
  GPtrArray        *results; /* of DdScheduleResult */
  DdScheduleClaim  *claim;   /* what is being done */
  DdScheduleResult *result;  /* of that; owned by @results */
  DdScheduleReport *report;
  DdTaskRecord     *step;    /* the step under way, where it is recorded here */
} Running;

static void next_claim (GTask *task);

static void
running_clear_claim (Running *running)
{
  g_clear_pointer (&running->claim, dd_schedule_claim_free);
  g_clear_pointer (&running->report, dd_schedule_report_free);
  g_clear_pointer (&running->step, dd_task_record_free);
  running->result = NULL;
}

static void
running_free (gpointer data)
{
  Running *running = data;

  running_clear_claim (running);
  g_clear_pointer (&running->results, g_ptr_array_unref);
  g_free (running->name);
  g_free (running->id);
  g_free (running);
}

void
dd_schedule_result_free (DdScheduleResult *result)
{
  if (result == NULL)
    return;
  g_clear_error (&result->error);
  g_clear_pointer (&result->sync, dd_sync_result_free);
  g_free (result->workspace);
  g_free (result->id);
  g_free (result->action);
  g_free (result->markdown);
  g_free (result->file);
  g_free (result);
}

gboolean
dd_schedule_result_is_late (const DdScheduleResult *result)
{
  return result->start - result->due > DD_SCHEDULE_LATE;
}

static gboolean
does (const Running *running,
      const char    *action)
{
  return strcmp (running->claim->action, action) == 0 || strcmp (running->claim->action, "run") == 0;
}

/* On the worker: the next that is due, of the workspaces in question. */
static gpointer
claim_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Running *running = data;
  g_autoptr (GPtrArray) names = running->options.all ? dd_workspace_store_list (db, error) : g_ptr_array_new ();

  if (names == NULL)
    return NULL;
  if (!running->options.all)
    g_ptr_array_add (names, running->name);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, g_ptr_array_index (names, i), &cause);
      DdScheduleClaim *claim = NULL;

      if (workspace != NULL)
        claim = dd_schedule_claim (db, workspace->id, workspace->settings, running->id, g_get_real_time (), getpid (), &cause);
      if (claim != NULL)
        return claim;
      /* Of all, one that cannot be read keeps nobody else's from being done. */
      if (cause != NULL && !running->options.all)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
    }
  return NULL;
}

/* On the worker: a step that ended. */
static gpointer
step_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Running *running = data;

  dd_activity_store_add_task (db, running->claim->workspace, running->claim->run, running->step, error);
  return NULL;
}

static void
begin_step (Running    *running,
            const char *subsystem,
            const char *step)
{
  g_clear_pointer (&running->step, dd_task_record_free);
  running->step = dd_task_record_new (subsystem, "", step, g_get_real_time ());
}

/* Records how the step ended, and remembers the first that went wrong. @error: (transfer full) (nullable) */
static void
end_step (GTask  *task,
          GError *error)
{
  Running *running = g_task_get_task_data (task);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  running->step->end = g_get_real_time ();
  running->step->outcome = error == NULL ? DD_OUTCOME_OK : cancelled ? DD_OUTCOME_CANCELLED : DD_OUTCOME_FAILED;
  running->step->error = error != NULL ? g_strdup (error->message) : NULL;
  if (running->result->error == NULL)
    running->result->error = error;
  else
    g_clear_error (&error);
}

static gpointer
end_job (DdDb         *db,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  const Running *running = data;

  dd_activity_store_end_run (db, running->claim->run, running->result->outcome, g_get_real_time (), error);
  return NULL;
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  dd_engine_run_finish (DD_ENGINE (object), result, &error);
  if (error != NULL && running->result->error == NULL)
    {
      running->result->outcome = DD_OUTCOME_FAILED;
      running->result->error = g_steal_pointer (&error);
    }
  running_clear_claim (running);
  next_claim (task);
}

static void
end_run (GTask *task)
{
  Running *running = g_task_get_task_data (task);
  DdScheduleResult *result = running->result;
  gboolean part = result->sync != NULL && dd_sync_result_any_failed (result->sync);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    result->outcome = DD_OUTCOME_CANCELLED;
  else
    result->outcome = result->error != NULL || part ? DD_OUTCOME_FAILED : DD_OUTCOME_OK;
  dd_engine_run_async (g_task_get_source_object (task), end_job, running, NULL, NULL, NULL, ended_cb, task);
}

static void
sent_recorded_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  dd_engine_run_finish (DD_ENGINE (object), result, NULL);
  end_run (user_data);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);
  GError *error = NULL;

  running->result->sent = dd_send_finish (DD_ENGINE (object), result, NULL, &error);
  end_step (task, error);
  dd_engine_run_async (DD_ENGINE (object), step_job, running, NULL, NULL, NULL, sent_recorded_cb, task);
}

static void
report_recorded_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);

  dd_engine_run_finish (DD_ENGINE (object), result, NULL);
  if (running->report == NULL || !does (running, "send"))
    {
      end_run (task);
      return;
    }
  begin_step (running, "slack", "send");
  dd_send_async (DD_ENGINE (object), &(DdSend) { .workspace = running->claim->name, .payload = running->report->slack },
                 g_task_get_cancellable (task), sent_cb, task);
}

static void
reported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);
  GError *error = NULL;

  running->report = dd_schedule_report_finish (DD_ENGINE (object), result, &error);
  if (running->report != NULL)
    {
      running->result->markdown = g_strdup (running->report->markdown);
      running->result->file = g_strdup (running->report->file);
    }
  end_step (task, error);
  dd_engine_run_async (DD_ENGINE (object), step_job, running, NULL, NULL, NULL, report_recorded_cb, task);
}

static void
make_report (GTask *task)
{
  Running *running = g_task_get_task_data (task);

  begin_step (running, "report", "report");
  dd_schedule_report_async (g_task_get_source_object (task), running->claim, running->options.forms, g_get_real_time (),
                            g_task_get_cancellable (task), reported_cb, task);
}

static void
synced_recorded_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  dd_engine_run_finish (DD_ENGINE (object), result, NULL);
  end_run (user_data);
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);
  GError *error = NULL;

  running->result->sync = dd_sync_run_finish (result, &error);
  if (running->result->sync == NULL)
    {
      end_step (task, error);
      dd_engine_run_async (g_task_get_source_object (task), step_job, running, NULL, NULL, NULL, synced_recorded_cb, task);
      return;
    }
  /* What the sources did is recorded by the sync. Of what is older than it was to be, nobody is told as if it was new. */
  for (guint i = 0; running->result->error == NULL && i < running->result->sync->sources->len; i++)
    {
      const DdSyncSourceResult *source = g_ptr_array_index (running->result->sync->sources, i);

      if (source->error != NULL)
        running->result->error = g_error_new (source->error->domain, source->error->code, "%s: %s", source->name, source->error->message);
    }
  if (running->result->sync->cancelled || dd_sync_result_all_failed (running->result->sync) || strcmp (running->claim->action, "sync") == 0)
    end_run (task);
  else
    make_report (task);
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Running *running = g_task_get_task_data (task);
  GError *error = NULL;
  DdSyncOptions options = {
    .since = DD_TIME_NONE, .progress = running->options.progress, .progress_data = running->options.progress_data,
  };

  running->claim = dd_engine_run_finish (DD_ENGINE (object), result, &error);
  if (running->claim == NULL)
    {
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, g_steal_pointer (&running->results), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  running->result = g_new0 (DdScheduleResult, 1);
  running->result->workspace = g_strdup (running->claim->name);
  running->result->id = g_strdup (running->claim->id);
  running->result->action = g_strdup (running->claim->action);
  running->result->due = running->claim->due;
  running->result->start = running->claim->start;
  g_ptr_array_add (running->results, running->result);
  if (!does (running, "sync"))
    {
      make_report (task);
      return;
    }
  begin_step (running, "schedule", "sync");
  options.workspace = running->claim->name;
  options.run = running->claim->run;
  dd_sync_run_async (DD_ENGINE (object), &options, g_task_get_cancellable (task), synced_cb, task);
}

/* One is taken when the one before has ended: what is taken and not begun when this is stopped would never be done. */
static void
next_claim (GTask *task)
{
  Running *running = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_pointer (task, g_steal_pointer (&running->results), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  dd_engine_run_async (g_task_get_source_object (task), claim_job, running, NULL, (GDestroyNotify) dd_schedule_claim_free, NULL, claimed_cb,
                       task);
}

void
dd_schedule_run_due_async (DdEngine                *engine,
                           const DdScheduleOptions *options,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Running *running = g_new0 (Running, 1);

  /* What was done is told, whoever stopped the rest. */
  g_task_set_check_cancellable (task, FALSE);
  running->options = *options;
  running->name = g_strdup (options->workspace);
  running->id = g_strdup (options->id);
  running->results = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_schedule_result_free);
  g_task_set_task_data (task, running, running_free);
  next_claim (task);
}

GPtrArray *
dd_schedule_run_due_finish (DdEngine     *engine,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
