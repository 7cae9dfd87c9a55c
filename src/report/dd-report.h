/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/* One thing worth saying, computed from the numbers, with its evidence. */
typedef struct
{
  DdTrend trend;    /* for its mark */
  char   *text;     /* one sentence, without a full stop */
  char   *evidence; /* the numbers behind it; NULL for none */
  char   *command;  /* what shows the records behind it, or connects what is missing; NULL for none */
} DdRemark;

/**
 * DdReport:
 *
 * The content of a report, made once from a summary; each writer only sets it down. Nothing here reads a clock, a store
 * or a network.
 */
typedef struct
{
  DdSummary *summary;
  GPtrArray *highlights;      /* of DdRemark */
  GPtrArray *recommendations; /* of DdRemark */
  char      *note;            /* the manager's own, NULL for none */
} DdReport;

/* @summary: (transfer full) */
DdReport *dd_report_new (DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
void      dd_report_free (DdReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdReport, dd_report_free)

/* All writers return text that ends in a newline. @utf8: FALSE where the terminal shows ASCII only. No line is longer
 * than @columns, of at least 40; 0 is no limit. */
char *dd_report_to_text (const DdReport *report, gboolean colour, gboolean utf8, int columns)
    G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_markdown (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_json (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;  /* cli.md, "The report as JSON" */
char *dd_report_to_csv (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_slack (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT; /* Block Kit within Slack's limits */

/* Lists behind numbers, health: for `records` and `health`. @format: "text", "csv" or "json". @utf8, @columns: of
 * text. */
char *dd_records_write (const GPtrArray *rows, const char *format, GTimeZone *zone, gboolean utf8, int columns)
    G_GNUC_WARN_UNUSED_RESULT;
char *dd_health_write (const GPtrArray *steps, gboolean json, gboolean utf8, int columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
