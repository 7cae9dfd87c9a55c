/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-document.h"

G_BEGIN_DECLS

#define DD_LONGEST_NAME 60
#define DD_LONGEST_TITLE 160

/* Around the words of a stranger among others: their direction stays their own. */
#define DD_APART "\342\201\250%s\342\201\251"

/* What a one-page report keeps at a tightness: the more, the less. The full form keeps all. */
guint dd_document_most (const DdReport *report, guint most, int tightness);

void  dd_document_add_metrics (GPtrArray *blocks, const DdReport *report);
void  dd_document_add_tiers (GPtrArray *blocks, const DdReport *report);
void  dd_document_add_trend_table (GPtrArray *blocks, const DdReport *report);

/* A metric with its chart and all that is behind it. */
void  dd_document_add_chapter (GPtrArray *blocks, const DdReport *report, DdMetric metric);
/* The short form's one chart. */
void  dd_document_add_trend (GPtrArray *blocks, const DdReport *report, int tightness);
void  dd_document_add_stages (GPtrArray *blocks, const DdReport *report);

/* Repositories or teams. */
void  dd_document_add_groups (GPtrArray *blocks, const DdReport *report, DdSection section, const GPtrArray *groups);
void  dd_document_add_moves (GPtrArray *blocks, const DdReport *report);
void  dd_document_add_incidents (GPtrArray *blocks, const DdReport *report, int tightness);
void  dd_document_add_remarks (GPtrArray *blocks, const DdReport *report, DdSection section, int tightness);
void  dd_document_add_health (GPtrArray *blocks, const DdReport *report);

/* "Week 46", "November 2026": the head of a column. */
char *dd_document_period (const DdPeriod *period, GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;
/* A figure of the metric, "–" where there is none. */
char *dd_document_value (DdMetric metric, double value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
