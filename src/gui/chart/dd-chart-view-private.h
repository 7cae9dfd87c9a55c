/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-draw.h"
#include "dd-chart-view.h"

G_BEGIN_DECLS

struct _DdChartView
{
  GtkWidget parent;

  /* Siblings, so that a move of the cursor leaves the picture's node as it is. */
  GtkWidget     *plot;
  GtkWidget     *overlay;
  DdChartSpec   *spec;
  DdChartLayout *layout; /* of the present size; NULL until it is asked for */
  DdChartCursor  cursor;
  gboolean       by_keys; /* the cursor stands where keys have moved it */
  gint64         whole_from, whole_to;
  double         drag_x; /* where the pointer was pressed */
};

/* NULL where there is nothing to draw. */
DdChartLayout *dd_chart_view_get_layout (DdChartView *self);

/* Draws the cursor again and, where keys have moved it, says what is there. */
void           dd_chart_view_cursor_moved (DdChartView *self);

/* TRUE where the chart has an axis of time. */
gboolean       dd_chart_view_has_time (DdChartView *self);
int            dd_chart_view_n_points (DdChartView *self);
gint64         dd_chart_view_time_of (DdChartView *self, int point);

void           dd_chart_view_activate (DdChartView *self, int point);

/* Shows @factor of the time that is shown now, about @about. */
void           dd_chart_view_zoom (DdChartView *self, double factor, gint64 about);

/* dd-chart-view-keys, dd-chart-view-pointer */
void           dd_chart_view_add_keys (GtkWidgetClass *widget_class);
void           dd_chart_view_add_pointer (DdChartView *self);

G_END_DECLS
