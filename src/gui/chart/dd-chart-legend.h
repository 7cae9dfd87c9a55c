/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-view.h"

G_BEGIN_DECLS

/**
 * DdChartLegend:
 *
 * The series of a chart as buttons, each with its line and marker: pressed where the series is shown. One alone needs no legend.
 */
#define DD_TYPE_CHART_LEGEND (dd_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (DdChartLegend, dd_chart_legend, DD, CHART_LEGEND, GtkWidget)

/* Whenever the view's spec is another one. */
void dd_chart_legend_fill (DdChartLegend *self, DdChartView *view);

G_END_DECLS
