/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdMetricCharts:
 *
 * The pictures of one metric: its twelve periods with those before them and the incidents, and, for durations, how they are spread;
 * for the lead time, where it goes. What is known is drawn at once, the rest as it comes in.
 *
 * Signal: `activated` (int back): somebody wants to see what is behind the period that lies so many before the one in question.
 */
#define DD_TYPE_METRIC_CHARTS (dd_metric_charts_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricCharts, dd_metric_charts, DD, METRIC_CHARTS, GtkWidget)

GtkWidget *dd_metric_charts_new (DdMetric metric);

/* The session has another report, or none for now. */
void       dd_metric_charts_show (DdMetricCharts *self, DdSession *session);

/* @rows: (nullable): of DdRecordRow, those of the period in question; NULL while they are on their way */
void       dd_metric_charts_spread (DdMetricCharts *self, DdSession *session, GPtrArray *rows);

G_END_DECLS
