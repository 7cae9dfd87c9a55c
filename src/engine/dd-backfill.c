/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-backfill.h"

#include <math.h>

#include "dd-activity-store.h"
#include "dd-engine-private.h"
#include "dd-settings-file.h"
#include "dd-time.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* GitHub, which most requests go to, takes so many in an hour. */
#define REQUESTS_PER_HOUR 5000

typedef struct
{
  char  *workspace;
  int    years;
  gint64 now;
  int    days;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question);
}

static Question *
question_new (const char *workspace)
{
  Question *question = g_new0 (Question, 1);

  question->workspace = g_strdup (workspace);
  return question;
}

void
dd_backfill_plan_free (DdBackfillPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->workspace);
  g_free (plan);
}

int
dd_backfill_plan_days (const DdBackfillPlan *plan,
                       guint                 n)
{
  return MIN (plan->days + (int) (n + 1) * DD_BACKFILL_SLICE, plan->target);
}

/* As many for a day of the past as for one of the history that is there. */
static gboolean
estimate (DdDb           *db,
          gint64          workspace,
          DdBackfillPlan *plan,
          GError        **error)
{
  g_autoptr (GError) cause = NULL;
  double ratio = (double) (plan->target - plan->days) / plan->days;
  gint64 duration = 0;
  guint requests = 0;

  plan->seconds = NAN;
  if (dd_activity_store_longest_run (db, workspace, &requests, &duration, &cause))
    {
      plan->requests = (guint) ceil (requests * ratio);
      plan->seconds = (double) duration / DD_SECOND * ratio + floor ((double) plan->requests / REQUESTS_PER_HOUR) * 3600;
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gpointer
plan_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  const Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);
  g_autoptr (DdBackfillPlan) plan = g_new0 (DdBackfillPlan, 1);

  if (workspace == NULL)
    return NULL;
  plan->workspace = g_strdup (workspace->settings->name);
  plan->days = workspace->settings->history_days;
  /* Whole years, leap days and all. */
  plan->target = MAX (plan->days, question->years * 365 + (question->years + 3) / 4);
  plan->slices = (guint) ((plan->target - plan->days + DD_BACKFILL_SLICE - 1) / DD_BACKFILL_SLICE);
  plan->since = question->now - plan->target * DD_DAY;
  return estimate (db, workspace->id, plan, error) ? g_steal_pointer (&plan) : NULL;
}

void
dd_backfill_plan_async (DdEngine           *engine,
                        const char         *workspace,
                        int                 years,
                        gint64              now,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->years = years;
  question->now = now;
  dd_engine_ask_async (engine, plan_job, question, question_free, (GDestroyNotify) dd_backfill_plan_free, cancellable, callback,
                       user_data);
}

DdBackfillPlan *
dd_backfill_plan_finish (DdEngine     *engine,
                         GAsyncResult *result,
                         GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
keep_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  const Question *question = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->workspace, error);
  g_autofree char *json = NULL;
  gboolean sample;

  if (workspace == NULL)
    return NULL;
  sample = dd_workspace_store_is_sample (db, workspace->id);
  workspace->settings->history_days = MAX (workspace->settings->history_days, question->days);
  json = dd_settings_file_write (workspace->settings);
  return GINT_TO_POINTER (dd_workspace_store_save (db, workspace->settings, json, sample, error) != 0);
}

void
dd_backfill_keep_async (DdEngine           *engine,
                        const char         *workspace,
                        int                 days,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  Question *question = question_new (workspace);

  question->days = days;
  dd_engine_run_async (engine, keep_job, question, question_free, NULL, cancellable, callback, user_data);
}

gboolean
dd_backfill_keep_finish (DdEngine     *engine,
                         GAsyncResult *result,
                         GError      **error)
{
  return GPOINTER_TO_INT (dd_engine_run_finish (engine, result, error));
}
