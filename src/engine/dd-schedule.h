/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-report-forms.h"
#include "dd-schedule-list.h"
#include "dd-sync.h"
#include "dd-task-record.h"
#include "dd-time.h"

G_BEGIN_DECLS

/* The schedules of workspaces. Window and command line, or several of each, may run them at once: each due time is done once. */

/* A run that begins later than this behind its time is marked as late. */
#define DD_SCHEDULE_LATE (5 * DD_MINUTE)

/* How a schedule's run ended. */
typedef struct
{
  char         *workspace;
  char         *id;
  char         *action;
  gint64        due;
  gint64        start;
  DdOutcome     outcome;
  GError       *error;    /* the first that went wrong; NULL where all is well */
  DdSyncResult *sync;     /* NULL where it did not sync */
  char         *markdown; /* the report; NULL where none was made */
  char         *file;     /* where it was saved (the PDF); NULL where it was not */
  gboolean      sent;
} DdScheduleResult;

void     dd_schedule_result_free (DdScheduleResult *result);
gboolean dd_schedule_result_is_late (const DdScheduleResult *result);

typedef struct
{
  const char          *workspace; /* NULL: the only one */
  gboolean             all;       /* of all workspaces, whatever @workspace says */
  const char          *id;        /* only this schedule; NULL: all */
  const DdReportForms *forms;
  DdSyncProgress       progress;  /* may be NULL */
  gpointer             progress_data;
} DdScheduleOptions;

/* Does what is due now, one after the other; of several due times of a schedule that went by, the last. (element-type
 * DdScheduleResult): what was done, which is nothing where nothing is due. An error: it could not even be told what is due. */
void       dd_schedule_run_due_async (DdEngine *engine, const DdScheduleOptions *options, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *dd_schedule_run_due_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How the schedules of a workspace stand. */
void            dd_schedule_list_async (DdEngine *engine, const char *workspace, gint64 now, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
DdScheduleList *dd_schedule_list_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @folder as an absolute path: one that is not is in the user's home. */
char           *dd_schedule_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
