/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-file.h"
#include "dd-query-incidents.h"
#include "dd-query.h"
#include "dd-schedule.h"
#include "dd-snapshot-store.h"

/* A report on its way: one question after the other, all of one moment. */
typedef struct
{
  const DdReportForms *forms;
  gint64        workspace;
  char         *name;
  char         *folder;
  DdQuery       query;
  char         *period;
  DdReportBasis basis;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  dd_summary_free (making->basis.summary);
  dd_summary_free (making->basis.earlier);
  g_clear_pointer (&making->basis.incidents, g_ptr_array_unref);
  g_clear_pointer (&making->basis.changes, g_ptr_array_unref);
  g_clear_pointer (&making->basis.recoveries, g_ptr_array_unref);
  g_free (making->name);
  g_free (making->folder);
  g_free (making->period);
  g_free (making);
}

void
dd_schedule_report_free (DdScheduleReport *report)
{
  if (report == NULL)
    return;
  g_free (report->markdown);
  g_free (report->slack);
  g_free (report->file);
  g_free (report);
}

char *
dd_schedule_folder (const char *folder)
{
  if (strcmp (folder, "~") == 0 || g_str_has_prefix (folder, "~/"))
    folder += strlen (folder) > 1 ? 2 : 1;
  return g_canonicalize_filename (folder, g_get_home_dir ());
}

/* How many periods lie between what was to be reported and what would be now, so that a late report is of the same period. */
static guint
count_back (const DdScheduleClaim *claim,
            gint64                 now)
{
  DdPeriod due, period;

  if (!dd_period_parse (claim->period, claim->due, claim->zone, &due, NULL) ||
      !dd_period_parse (claim->period, now, claim->zone, &period, NULL))
    return 0;
  for (guint back = 0; back <= DD_QUERY_MOST_BACK; back++)
    {
      DdPeriod before = dd_period_before (&period, claim->zone, (int) back);

      if (before.start <= due.start)
        return before.start == due.start ? back : 0;
    }
  return 0;
}

static gboolean
write_file (const char *folder,
            const char *name,
            const char *ending,
            gconstpointer data,
            gsize       length,
            char      **file,
            GError    **error)
{
  g_autofree char *whole = g_strconcat (name, ending, NULL);

  *file = g_build_filename (folder, whole, NULL);
  return dd_file_write (*file, data, length, error);
}

/* As a PDF for people, and as Markdown for what people paste it into. */
static gboolean
save (const Making    *making,
      const DdSummary *summary,
      gpointer         made,
      DdScheduleReport *report,
      GError         **error)
{
  g_autoptr (GTimeZone) zone = dd_time_zone_new (summary->timezone, error);
  g_autofree char *folder = dd_schedule_folder (making->folder);
  g_autofree char *slug = dd_file_slug (making->name);
  g_autofree char *kind = dd_period_kind_name (&summary->period);
  g_autofree char *start = zone != NULL ? dd_time_format (summary->period.start, zone) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *markdown_file = NULL;
  g_autofree char *pdf_file = NULL;
  g_autoptr (GBytes) pdf = NULL;
  gconstpointer data;
  gsize length;

  if (start == NULL)
    return FALSE;
  start[strlen ("2026-01-31")] = '\0';
  name = g_strdup_printf ("%s-%s-%s", slug, kind, start);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("The folder %s cannot be made."), folder);
      return FALSE;
    }
  pdf = making->forms->to_pdf (made, error);
  if (pdf == NULL)
    return FALSE;
  data = g_bytes_get_data (pdf, &length);
  if (!write_file (folder, name, ".md", report->markdown, strlen (report->markdown), &markdown_file, error) ||
      !write_file (folder, name, ".pdf", data, length, &pdf_file, error))
    return FALSE;
  report->file = g_steal_pointer (&pdf_file);
  return TRUE;
}

/* On the worker, because a long report takes its time and a disk may too. */
static gpointer
write_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Making *making = data;
  /* The report owns it from now on, and lives until the end of this. */
  const DdSummary *summary = making->basis.summary;
  gpointer made = making->forms->make (&making->basis);
  g_autoptr (DdScheduleReport) report = g_new0 (DdScheduleReport, 1);
  g_autoptr (DdSnapshot) snapshot = making->forms->to_snapshot (made, making->folder != NULL ? "saved" : NULL);
  gboolean done;

  report->markdown = making->forms->to_markdown (made);
  report->slack = making->forms->to_slack (made);
  done = dd_snapshot_store_add (db, making->workspace, snapshot, error) &&
         (making->folder == NULL || save (making, summary, made, report, error));
  making->forms->free (made);
  return done ? g_steal_pointer (&report) : NULL;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DdScheduleReport *report = dd_engine_run_finish (DD_ENGINE (object), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) dd_schedule_report_free);
  else
    g_task_return_error (task, error);
}

static void
write_report (GTask *task)
{
  dd_engine_run_async (g_task_get_source_object (task), write_job, g_task_get_task_data (task), NULL,
                       (GDestroyNotify) dd_schedule_report_free, NULL, written_cb, task);
}

/* FALSE where the task has ended with @error. */
static gboolean
goes_on (GTask   *task,
         gboolean answered,
         GError  *error)
{
  if (answered)
    return TRUE;
  g_task_return_error (task, error);
  g_object_unref (task);
  return FALSE;
}

static void
earlier_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  making->basis.earlier = dd_query_summary_finish (DD_ENGINE (object), result, &error);
  if (goes_on (task, making->basis.earlier != NULL, error))
    write_report (task);
}

static void
recoveries_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DdRecordList) list = dd_query_records_finish (DD_ENGINE (object), result, &error);
  DdQuery query = making->query;

  if (!goes_on (task, list != NULL, error))
    return;
  making->basis.recoveries = g_steal_pointer (&list->rows);
  query.back += DD_TREND_PERIODS;
  dd_query_summary_async (DD_ENGINE (object), &query, g_task_get_cancellable (task), earlier_cb, task);
}

static void
changes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DdRecordList) list = dd_query_records_finish (DD_ENGINE (object), result, &error);

  if (!goes_on (task, list != NULL, error))
    return;
  making->basis.changes = g_steal_pointer (&list->rows);
  dd_query_records_async (DD_ENGINE (object), &making->query, DD_METRIC_RECOVERY_TIME, g_task_get_cancellable (task), recoveries_cb, task);
}

static void
incidents_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DdIncidentList) list = dd_query_incidents_finish (DD_ENGINE (object), result, &error);

  if (!goes_on (task, list != NULL, error))
    return;
  making->basis.incidents = g_steal_pointer (&list->rows);
  dd_query_records_async (DD_ENGINE (object), &making->query, DD_METRIC_LEAD_TIME, g_task_get_cancellable (task), changes_cb, task);
}

static void
summary_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Making *making = g_task_get_task_data (task);
  GError *error = NULL;

  making->basis.summary = dd_query_summary_finish (DD_ENGINE (object), result, &error);
  if (!goes_on (task, making->basis.summary != NULL, error))
    return;
  /* Only what has pages shows the lists behind the numbers. */
  if (making->folder == NULL)
    write_report (task);
  else
    dd_query_incidents_async (DD_ENGINE (object), &making->query, g_task_get_cancellable (task), incidents_cb, task);
}

void
dd_schedule_report_async (DdEngine              *engine,
                          const DdScheduleClaim *claim,
                          const DdReportForms   *forms,
                          gint64                 now,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Making *making = g_new0 (Making, 1);

  making->forms = forms;
  making->workspace = claim->workspace;
  making->name = g_strdup (claim->name);
  making->folder = claim->folder != NULL && *claim->folder != '\0' ? g_strdup (claim->folder) : NULL;
  making->period = g_strdup (claim->period);
  making->query = (DdQuery) { .workspace = making->name, .period = making->period, .back = count_back (claim, now), .now = now };
  g_task_set_task_data (task, making, making_free);
  dd_query_summary_async (engine, &making->query, cancellable, summary_cb, task);
}

DdScheduleReport *
dd_schedule_report_finish (DdEngine     *engine,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
