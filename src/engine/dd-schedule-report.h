/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-report-forms.h"
#include "dd-schedule-claim.h"

G_BEGIN_DECLS

/* A report as a schedule makes it. */
typedef struct
{
  char *markdown;
  char *slack;
  char *file; /* the PDF; NULL where none was saved */
} DdScheduleReport;

void              dd_schedule_report_free (DdScheduleReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdScheduleReport, dd_schedule_report_free)

/* The report of the claim's period, as it was when it was due; kept in the store's list, and saved where the schedule has a folder.
 * A file is there whole or not at all. */
void              dd_schedule_report_async (DdEngine *engine, const DdScheduleClaim *claim, const DdReportForms *forms, gint64 now,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DdScheduleReport *dd_schedule_report_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
