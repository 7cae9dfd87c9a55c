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

/* What a report may be without. */
typedef enum
{
  DD_SECTION_TIERS,           /* the table of tiers with its thresholds */
  DD_SECTION_HIGHLIGHTS,
  DD_SECTION_RECOMMENDATIONS,
  DD_SECTION_TEAMS,
  DD_SECTION_MOVES,           /* what moved most */
  DD_SECTION_INCIDENTS,
  DD_SECTION_TRENDS,          /* charts, and what is behind each metric */
  DD_SECTION_STAGES,          /* where the lead time goes */
  DD_SECTION_REPOSITORIES,
  DD_SECTION_HEALTH,          /* what the numbers rest on */
  DD_N_SECTIONS,
} DdSection;

/* "tiers", …; and for people, translated. */
const char *dd_section_name (DdSection section);
const char *dd_section_title (DdSection section);
/* Reads "teams,repositories": their bits in *@sections. A mistyped one gives DD_ERROR_INVALID with a suggestion. */
gboolean    dd_sections_parse (const char *text, guint *sections, GError **error);

/**
 * DdReport:
 *
 * The content of a report, made once from a summary; each writer only sets it down. Nothing here reads a clock, a store
 * or a network. What comes after @recommendations may be set by whoever made it, and is its own from then on; a report
 * without it says less.
 */
typedef struct
{
  DdSummary *summary;
  GPtrArray *highlights;      /* of DdRemark */
  GPtrArray *recommendations; /* of DdRemark */
  char      *note;            /* the manager's own, NULL for none */
  GPtrArray *incidents;       /* of DdIncidentEvent: those of the period; NULL where only open ones are known */
  GPtrArray *changes;         /* of DdRecordRow: the list behind the lead time; NULL for none */
  GPtrArray *recoveries;      /* of DdRecordRow: the list behind the recovery time; NULL for none */
  DdSummary *earlier;         /* of the twelve periods before the trend; NULL for none */
  gboolean   one_page;        /* the short form, of formats with pages */
  guint      without;         /* bits of DdSection: left out of formats with pages and of Markdown */
} DdReport;

#define DD_REPORT_HAS(report, section) (((report)->without & 1u << (section)) == 0)

/* @summary: (transfer full) */
DdReport *dd_report_new (DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
void      dd_report_free (DdReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdReport, dd_report_free)

typedef enum
{
  DD_PAPER_A4,
  DD_PAPER_LETTER,
  DD_N_PAPERS,
} DdPaper;

/* The paper of the locale (LC_PAPER). */
DdPaper  dd_paper_default (void);
/* Reads "a4" or "letter". */
gboolean dd_paper_parse (const char *text, DdPaper *paper, GError **error);
/* In points. */
void     dd_paper_get_size (DdPaper paper, double *width, double *height);

/* All writers return text that ends in a newline. @utf8: FALSE where the terminal shows ASCII only. No line is longer
 * than @columns, of at least 40; 0 is no limit. */
char *dd_report_to_text (const DdReport *report, gboolean colour, gboolean utf8, int columns)
    G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_markdown (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_json (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;  /* cli.md, "The report as JSON" */
char *dd_report_to_csv (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;
char *dd_report_to_html (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;  /* one file, without scripts */
char *dd_report_to_slack (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT; /* Block Kit within Slack's limits */

/* Byte for byte the same for the same report; NULL on error. */
GBytes *dd_report_to_pdf (const DdReport *report, DdPaper paper, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One table of the report as CSV. */
typedef struct
{
  const char *name; /* of its file, "repositories.csv" (static) */
  char       *text;
} DdCsvFile;

/* (element-type DdCsvFile): plain numbers, as in the JSON. */
GPtrArray *dd_report_to_csv_files (const DdReport *report) G_GNUC_WARN_UNUSED_RESULT;

/* Lists behind numbers, health: for `records` and `health`. @format: "text", "csv" or "json". @utf8, @columns: of
 * text. */
char *dd_records_write (const GPtrArray *rows, const char *format, GTimeZone *zone, gboolean utf8, int columns)
    G_GNUC_WARN_UNUSED_RESULT;
char *dd_health_write (const GPtrArray *steps, gboolean json, gboolean utf8, int columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
