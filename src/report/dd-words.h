/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/* The words that all writers share, so that no two say a figure differently. New strings. */
char *dd_words_value (DdMetric metric, double value);                               /* "5.1 a day", "17 h 42 min", "8.1 %", "No data" */
char *dd_words_change (DdMetric metric, double change);                             /* "12 % better", "steady"; "" for none */
char *dd_words_count (DdMetric metric, const DdMetrics *metrics);                   /* "3 of 37 deployments" */
char *dd_words_overall (const DdMetrics *metrics);                                  /* "High (4 of 4 metrics rated, mean 3.25 of 4)" */
char *dd_words_profile (const DdSummary *summary);                                  /* "Profile Classic, thresholds of several reports" */
char *dd_words_left_out (const DdRuleCount *count);                                 /* "12 deployments: its environment is not production" */
char *dd_words_period (const DdSummary *summary);
char *dd_words_source (const DdSourceState *state, GTimeZone *zone);
char *dd_words_time (gint64 time, GTimeZone *zone);                                 /* "Fri 13 Nov, 16:40" */

/* Without line breaks, control and direction characters that would tear a line apart; at most @longest characters (0: all). */
char *dd_words_clean (const char *text, guint longest);

G_END_DECLS
