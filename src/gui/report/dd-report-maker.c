/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-maker.h"

#include "dd-query-incidents.h"

/* A report on its way; each answer asks the next question. */
typedef struct
{
  char     *workspace;
  char     *period;
  guint     back;
  char     *repository;
  char     *team;
  gint64    now;
  DdReport *report;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->workspace);
  g_free (making->period);
  g_free (making->repository);
  g_free (making->team);
  g_clear_pointer (&making->report, dd_report_free);
  g_free (making);
}

static DdQuery
query_of (const Making *making)
{
  return (DdQuery) {
    .workspace = making->workspace,
    .period = making->period,
    .back = making->back,
    .repository = making->repository,
    .team = making->team,
    .now = making->now,
  };
}

static void
earlier_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  making->report->earlier = dd_query_summary_finish (DD_ENGINE (source), result, &error);
  if (making->report->earlier == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&making->report), (GDestroyNotify) dd_report_free);
}

static void
recoveries_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  DdQuery query = query_of (making);
  GError *error = NULL;
  g_autoptr (DdRecordList) list = dd_query_records_finish (DD_ENGINE (source), result, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making->report->recoveries = g_steal_pointer (&list->rows);
  query.back += DD_TREND_PERIODS;
  dd_query_summary_async (DD_ENGINE (source), &query, g_task_get_cancellable (task), earlier_cb, g_object_ref (task));
}

static void
changes_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  DdQuery query = query_of (making);
  GError *error = NULL;
  g_autoptr (DdRecordList) list = dd_query_records_finish (DD_ENGINE (source), result, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making->report->changes = g_steal_pointer (&list->rows);
  dd_query_records_async (DD_ENGINE (source), &query, DD_METRIC_RECOVERY_TIME, g_task_get_cancellable (task), recoveries_cb,
                          g_object_ref (task));
}

static void
incidents_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  DdQuery query = query_of (making);
  GError *error = NULL;
  g_autoptr (DdIncidentList) list = dd_query_incidents_finish (DD_ENGINE (source), result, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making->report->incidents = g_steal_pointer (&list->rows);
  dd_query_records_async (DD_ENGINE (source), &query, DD_METRIC_LEAD_TIME, g_task_get_cancellable (task), changes_cb, g_object_ref (task));
}

static void
summary_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Making *making = g_task_get_task_data (task);
  DdQuery query = query_of (making);
  GError *error = NULL;
  DdSummary *summary = dd_query_summary_finish (DD_ENGINE (source), result, &error);

  if (summary == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  making->report = dd_report_new (summary);
  dd_query_incidents_async (DD_ENGINE (source), &query, g_task_get_cancellable (task), incidents_cb, g_object_ref (task));
}

void
dd_report_make_async (DdEngine           *engine,
                      const DdQuery      *query,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Making *making = g_new0 (Making, 1);
  DdQuery own;

  making->workspace = g_strdup (query->workspace);
  making->period = g_strdup (query->period);
  making->back = query->back;
  making->repository = g_strdup (query->repository);
  making->team = g_strdup (query->team);
  making->now = query->now;
  g_task_set_task_data (task, making, making_free);
  own = query_of (making);
  dd_query_summary_async (engine, &own, cancellable, summary_cb, task);
}

DdReport *
dd_report_make_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
