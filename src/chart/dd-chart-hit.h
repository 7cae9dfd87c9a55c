/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-draw.h"

G_BEGIN_DECLS

#define DD_CHART_REACH 24.0       /* of a pointer, in pixels */
#define DD_CHART_TOUCH_REACH 44.0 /* of a finger */

typedef struct
{
  int point;    /* nearest in time; -1 outside the plot. Scatter: the event; histogram and stages: the bar */
  int series;   /* within @reach of the place; -1 for none */
  int incident; /* -1 for none */
} DdChartHit;

/* What is at a place; TRUE where there is anything. O(log n) in the number of points. */
gboolean dd_chart_hit (const DdChartLayout *layout, double x, double y, double reach, DdChartHit *hit);

/* The point whose time holds @time or is nearest to it; -1 where there is none. */
int dd_chart_point_at (const DdChartSpec *spec, gint64 time);

G_END_DECLS
