/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-spec.h"

G_BEGIN_DECLS

/* The chart in words, for screen readers, tables and files. All translated; nothing of it is drawn from the picture. */

/* "Lead time for changes, 12 periods: 17 h 42 min now, falling; best 17 h 42 min in W46, worst 1 d 10 h in W37; High." */
char *dd_chart_words_summary (const DdChartSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

/* "Week 38, 14 – 20 September 2026: Median 1 d 3 h, 90th percentile 3 d 6 h; 52 changes; Medium; 1 incident." Of bars and
 * events likewise. "" where there is no such point. */
char *dd_chart_words_point (const DdChartSpec *spec, int point) G_GNUC_WARN_UNUSED_RESULT;

/* "OPS-12, Payments are slow: 13 Nov, 16:40, lasted 1 h 10 min" */
char *dd_chart_words_incident (const DdChartSpec *spec, int incident) G_GNUC_WARN_UNUSED_RESULT;

/* How many incidents were open at some time of the point. */
guint dd_chart_incidents_in (const DdChartSpec *spec, int point);

/* The table of a chart. Numbers stand at the end of their cell. */
guint    dd_chart_table_rows (const DdChartSpec *spec);
guint    dd_chart_table_columns (const DdChartSpec *spec);
char    *dd_chart_table_heading (const DdChartSpec *spec, guint column) G_GNUC_WARN_UNUSED_RESULT;
char    *dd_chart_table_cell (const DdChartSpec *spec, guint row, guint column) G_GNUC_WARN_UNUSED_RESULT;
gboolean dd_chart_table_is_number (const DdChartSpec *spec, guint column);

/* RFC 4180 with one row of headings; values as plain numbers in seconds, ratios or per day. */
char *dd_chart_to_csv (const DdChartSpec *spec) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
