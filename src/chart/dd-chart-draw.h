/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "dd-chart-spec.h"

G_BEGIN_DECLS

/* How a chart looks, apart from what it shows. */
typedef struct
{
  const DdPalette *palette;
  double           text_scale; /* 1: labels of 12 pixels; 2: 200 % */
  gboolean         rtl;        /* words change sides, time does not */
  gboolean         heading;    /* with its title and legend: for exports; a window has widgets for them */
  gboolean         vector;     /* SVG or PDF: text stays text, no pixel's rounding */
  const char      *font;       /* a family; NULL for the context's own */
  PangoContext    *context;    /* the widget's; NULL for a new one */
} DdChartLook;

typedef struct
{
  double x, y, width, height;
} DdChartBox;

/* Where all parts of one chart of one size are. It keeps @spec, which must outlive it and, while it is used, not change. */
typedef struct _DdChartLayout DdChartLayout;

DdChartLayout *dd_chart_layout_new (const DdChartSpec *spec, const DdChartLook *look, double width, double height) G_GNUC_WARN_UNUSED_RESULT;
void           dd_chart_layout_free (DdChartLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdChartLayout, dd_chart_layout_free)

/* The rectangle within the axes. */
DdChartBox dd_chart_layout_get_plot (const DdChartLayout *layout);
double     dd_chart_layout_x_of (const DdChartLayout *layout, gint64 time);
double     dd_chart_layout_y_of (const DdChartLayout *layout, double value);
gint64     dd_chart_layout_time_at (const DdChartLayout *layout, double x);

/* The height that a chart wants at this width. */
double dd_chart_natural_height (const DdChartSpec *spec, const DdChartLook *look, double width);

/* The height that its words and bars end at: of stages and classes, which need not fill what they are given. */
double dd_chart_used_height (const DdChartSpec *spec, const DdChartLook *look, double width);

/* The whole chart, but for what follows the pointer. */
void dd_chart_layout_draw (DdChartLayout *layout, cairo_t *cr);

/* The same for those who draw once. */
void dd_chart_draw (const DdChartSpec *spec, cairo_t *cr, double width, double height, const DdChartLook *look);

/* What follows the pointer or the keys. */
typedef struct
{
  int      point;    /* of the chart's points, of a scatter's events or of the bars; -1 for none */
  int      series;   /* the one that the keys are on; -1 for all alike */
  int      incident; /* of the chart's incidents; -1 for none */
  gboolean selecting;
  gint64   select_from; /* while a range is selected */
  gint64   select_to;
  gboolean tip;      /* with its tooltip */
  double   pointer_x, pointer_y; /* the tooltip keeps away from it; NAN for keys */
  gint64   shared_from; /* the time that another chart of the page is on: a moment, or a period up to shared_to, which is not of it; */
  gint64   shared_to;   /* 0 for none */
} DdChartCursor;

#define DD_CHART_CURSOR_NONE ((DdChartCursor) { .point = -1, .series = -1, .incident = -1 })

void dd_chart_draw_cursor (DdChartLayout *layout, cairo_t *cr, const DdChartCursor *cursor);

/* A series' line and marker in a box, for legends. */
void dd_chart_draw_key (cairo_t *cr, const DdPalette *palette, DdRole role, const DdChartBox *box);

G_END_DECLS
