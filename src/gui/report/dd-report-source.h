/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-pages.h"
#include "dd-snapshot.h"

G_BEGIN_DECLS

/**
 * DdReportSource:
 *
 * What a preview, a file or a printer shows: a report in a form that was chosen, or one that was kept. It does not change, and may
 * be looked at from several threads.
 */
typedef struct _DdReportSource DdReportSource;

/* A report that several sources share. */
typedef struct _DdSharedReport DdSharedReport;

/* @report: (transfer full) */
DdSharedReport *dd_shared_report_new (DdReport *report) G_GNUC_WARN_UNUSED_RESULT;
DdSharedReport *dd_shared_report_ref (DdSharedReport *self);
void            dd_shared_report_unref (DdSharedReport *self);

/* @note: (nullable); @without: bits of DdSection */
DdReportSource *dd_report_source_new (DdSharedReport *report, gboolean one_page, guint without, const char *note, DdPaper paper)
    G_GNUC_WARN_UNUSED_RESULT;
/* @snapshot: (transfer full): with its document */
DdReportSource *dd_report_source_new_kept (DdSnapshot *snapshot, DdPaper paper) G_GNUC_WARN_UNUSED_RESULT;
DdReportSource *dd_report_source_ref (DdReportSource *self);
void            dd_report_source_unref (DdReportSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdReportSource, dd_report_source_unref)

/* NULL where it was kept. */
const DdReport   *dd_report_source_get_report (DdReportSource *self);
/* NULL where it is new. */
const DdSnapshot *dd_report_source_get_snapshot (DdReportSource *self);

/* "Week 46" */
char    *dd_report_source_title (DdReportSource *self) G_GNUC_WARN_UNUSED_RESULT;

/* Sets it on pages: takes its time. */
DdPages *dd_report_source_set (DdReportSource *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @format: "pdf", "html", "markdown", "csv" or "json": takes its time. NULL with DD_ERROR_INVALID for what a kept one cannot be written as. */
GBytes  *dd_report_source_write (DdReportSource *self, const char *format, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* To be kept; of a new one only. Takes its time. */
DdSnapshot *dd_report_source_keep (DdReportSource *self, const char *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
