/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-chart-spec.h"

G_BEGIN_DECLS

/**
 * DdChartView:
 *
 * A chart on screen: the picture of a spec, and a cursor over it that pointer and keys move alike. It is one stop of the keyboard:
 * arrows go from point to point and from series to series, Home and End to the ends, Shift and arrows select a range, Return opens
 * what is selected, Escape lets go; plus, minus and 0 zoom. Dragging selects a range, too.
 *
 * For screen readers it is a picture with the chart's title, described by one sentence that sums it up, or by the sentence of the
 * point that the keys are on.
 *
 * Signals: `activated` (int point): somebody wants to see what is behind a point. `range-changed`: another part of time is shown.
 * `cursor-moved`.
 */
#define DD_TYPE_CHART_VIEW (dd_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (DdChartView, dd_chart_view, DD, CHART_VIEW, GtkWidget)

GtkWidget         *dd_chart_view_new (void);

/* @spec: (transfer full) (nullable). Series that were hidden by their name stay so. */
void               dd_chart_view_take (DdChartView *self, DdChartSpec *spec);
const DdChartSpec *dd_chart_view_get_spec (DdChartView *self);

void               dd_chart_view_show_series (DdChartView *self, guint series, gboolean shown);

/* As if the keys had moved there; -1 for none. */
void               dd_chart_view_set_point (DdChartView *self, int point);
int                dd_chart_view_get_point (DdChartView *self);

/* Each of two charts of a page shows the time that the other's cursor is on. */
void               dd_chart_view_share (DdChartView *self, DdChartView *other);

/* FALSE where no other chart's cursor is on anything; a moment, or a period up to @to. */
gboolean           dd_chart_view_get_shared (DdChartView *self, gint64 *from, gint64 *to);

/* The part of time that is shown, as far as there is data; of bars there is no part. */
void               dd_chart_view_set_range (DdChartView *self, gint64 from, gint64 to);
void               dd_chart_view_reset_range (DdChartView *self);
gboolean           dd_chart_view_is_zoomed (DdChartView *self);

G_END_DECLS
