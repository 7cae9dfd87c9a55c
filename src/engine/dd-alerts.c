/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-alerts.h"

#include <math.h>

#include "dd-engine-private.h"
#include "dd-query-activity.h"
#include "dd-query.h"
#include "dd-schedule-store.h"
#include "dd-send.h"
#include "dd-workspace.h"

/* Weeks that are over: what is still going on would be told too early. */
#define PERIOD "weekly"

typedef struct
{
  DdAlertsToSlack to_slack;
  char           *name;
  gint64          now;
  DdWorkspace    *workspace;
  DdSummary      *summary;
  GPtrArray      *alerts; /* of DdAlert */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_pointer (&check->workspace, dd_workspace_free);
  g_clear_pointer (&check->summary, dd_summary_free);
  g_clear_pointer (&check->alerts, g_ptr_array_unref);
  g_free (check->name);
  g_free (check);
}

static void
return_alerts (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&check->alerts), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!dd_send_finish (DD_ENGINE (object), result, NULL, &error))
    dd_error_note (DD_ENGINE (object), check->workspace->settings->name, "slack", "alert", error);
  return_alerts (task);
}

/* On the worker: only what was not told before is left. */
static gpointer
tell_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Check *check = data;
  g_autoptr (GError) cause = NULL;

  for (guint i = 0; cause == NULL && i < check->alerts->len;)
    if (dd_alert_store_tell (db, check->workspace->id, ((DdAlert *) g_ptr_array_index (check->alerts, i))->subject, check->now, &cause))
      i++;
    else
      g_ptr_array_remove_index (check->alerts, i);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *payload = NULL;

  dd_engine_run_finish (DD_ENGINE (object), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (check->alerts->len == 0 || !check->workspace->settings->alerts.slack)
    {
      return_alerts (task);
      return;
    }
  payload = check->to_slack (check->workspace->settings->name, check->alerts);
  dd_send_async (DD_ENGINE (object), &(DdSend) { .workspace = check->workspace->settings->name, .payload = payload },
                 g_task_get_cancellable (task), posted_cb, task);
}

static void
summary_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->summary = dd_query_summary_finish (DD_ENGINE (object), result, &error);
  if (check->summary == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  check->alerts = dd_alerts_decide (check->summary, &check->workspace->settings->alerts);
  dd_engine_run_async (DD_ENGINE (object), tell_job, check, NULL, NULL, NULL, told_cb, task);
}

static gpointer
load_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  return dd_workspace_load (db, data, error);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  const DdAlertSettings *wanted;
  DdQuery query = { .period = PERIOD, .now = check->now };

  check->workspace = dd_engine_run_finish (DD_ENGINE (object), result, &error);
  if (check->workspace == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  wanted = &check->workspace->settings->alerts;
  if (!wanted->tier_fell && wanted->no_sync_days == 0 && isnan (wanted->failure_rate))
    {
      check->alerts = g_ptr_array_new ();
      return_alerts (task);
      return;
    }
  query.workspace = check->workspace->settings->name;
  dd_query_summary_async (DD_ENGINE (object), &query, g_task_get_cancellable (task), summary_cb, task);
}

void
dd_alerts_check_async (DdEngine           *engine,
                       const char         *workspace,
                       gint64              now,
                       DdAlertsToSlack     to_slack,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->to_slack = to_slack;
  check->name = g_strdup (workspace);
  check->now = now;
  g_task_set_task_data (task, check, check_free);
  dd_engine_ask_async (engine, load_job, check->name, NULL, (GDestroyNotify) dd_workspace_free, cancellable, loaded_cb, task);
}

GPtrArray *
dd_alerts_check_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
