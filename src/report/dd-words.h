/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"

G_BEGIN_DECLS

/* The words that all writers share, so that no two say a figure differently. For people, translated; new strings. */

/* "5.1 a day", "17 h 42 min", "8.1 %", "No data". */
char    *dd_words_value (DdMetric metric, double value) G_GNUC_WARN_UNUSED_RESULT;
/* "12 % better", "steady"; "" for none. */
char    *dd_words_change (DdMetric metric, double change) G_GNUC_WARN_UNUSED_RESULT;

/* What a figure rests on: "3 of 37 deployments", "4 events"; short: "3 of 37". Where there is no figure, why. */
char    *dd_words_count (DdMetric metric, const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;
char    *dd_words_count_short (DdMetric metric, const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;
/* The long one, and that it is few where it is: "4 events, small sample". */
char    *dd_words_basis (DdMetric metric, const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;
gboolean dd_words_is_small (DdMetric metric, const DdMetrics *metrics);

/* What made deployments count as failed: "1 failed, 2 with an incident". */
char    *dd_words_failures (const DdFailureRate *rate) G_GNUC_WARN_UNUSED_RESULT;

char    *dd_words_overall (const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT; /* "High performance", "Medium" */
/* "all 4 rated metrics, mean 3.25 of 4". */
char    *dd_words_rated (const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;

/* The four stages of the lead time, by number from 0. */
#define DD_N_STAGES 4
const char *dd_words_stage (int stage);
double      dd_words_stage_seconds (const DdLeadTime *lead, int stage);

/* "Northwind · shop · week 46, 9 – 15 November 2026". */
char    *dd_words_title (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char    *dd_words_period (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
const char *dd_words_period_before (const DdSummary *summary); /* "the week before" */
char    *dd_words_periods (const DdSummary *summary, guint n) G_GNUC_WARN_UNUSED_RESULT; /* "3 weeks" */

/* "Profile Classic · thresholds of several reports" */
char    *dd_words_profile (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
/* How the numbers were made: "Rated by the median · recovery of incidents · Europe/Berlin". */
char    *dd_words_settings (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;
char    *dd_words_records (const char *kind, guint n) G_GNUC_WARN_UNUSED_RESULT; /* "12 deployments" */
/* "12 deployments: its environment is not production" */
char    *dd_words_left_out (const DdRuleCount *count) G_GNUC_WARN_UNUSED_RESULT;
/* what stands behind its name */
char    *dd_words_source (const DdSourceState *state, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;
/* "GitHub": how people write it. */
const char *dd_words_source_name (const DdSourceState *state);
char    *dd_words_remark (const DdRemark *remark) G_GNUC_WARN_UNUSED_RESULT; /* all of it in one line */

/* "Fri 13 Nov 2026, 16:40"; "–" for DD_TIME_NONE. */
/* Of what takes a moment: "350 ms", "2.1 s", "1 min". NAN: "–". */
char      *dd_words_short_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;
char      *dd_words_time (gint64 time, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;
GTimeZone *dd_words_zone (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the language that these words are in runs from right to left. */
gboolean   dd_words_from_right (void);

G_END_DECLS
