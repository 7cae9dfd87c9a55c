/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"

G_BEGIN_DECLS

/* (element-type DdRemark): what is worth saying of these numbers, the weightiest first. */
GPtrArray *dd_highlights_find (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdRemark): what to do next, each with its evidence and the list to look at. */
GPtrArray *dd_recommendations_find (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

/* Takes all texts. */
void       dd_remarks_add (GPtrArray *remarks, DdTrend trend, char *text, char *evidence, char *command);
GPtrArray *dd_remarks_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What lists the records behind @metric in the summary's own period. */
char *dd_remarks_command (const DdSummary *summary, DdMetric metric) G_GNUC_WARN_UNUSED_RESULT;

/* The longest stage of the lead time by its median, by number; -1 where no stage is known. @share: of the sum of the
 * stages' medians. */
int dd_remarks_longest_stage (const DdLeadTime *lead, double *seconds, double *share);

G_END_DECLS
