/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-draw.h"
#include "dd-decimate.h"

G_BEGIN_DECLS

/* Sizes of text, in pixels at 100 %. */
typedef enum
{
  DD_TEXT_LABEL,
  DD_TEXT_LABEL_BOLD,
  DD_TEXT_TITLE,
  DD_N_TEXTS,
} DdText;

/* A word at a place: @x is its left edge, @y its top. */
typedef struct
{
  double   x, y, width, height;
  char    *text;
  DdText   style;
  gboolean dim;
} DdPlacedText;

/* Incidents in one place of the strip, or one with its length. */
typedef struct
{
  double x;
  double end; /* right end of its bar, @x where it has none */
  guint  first;
  guint  n;
} DdMark;

/* A class of a histogram or a stage. */
typedef struct
{
  DdChartBox box;
  guint      bar;
} DdBarBox;

struct _DdChartLayout
{
  const DdChartSpec *spec;
  DdChartLook        look;
  double             width, height;
  PangoContext      *context;
  PangoLayout       *texts[DD_N_TEXTS];
  double             line_height; /* of a label */
  DdChartBox         plot;
  DdScale            x, y;
  GPtrArray         *y_ticks; /* of DdTick */
  GArray            *placed;  /* of DdPlacedText */
  gboolean           strip;
  double             strip_y; /* the middle of the strip of incidents */
  GArray            *marks;   /* of DdMark */
  GArray            *bar_boxes; /* of DdBarBox */
  double             legend_y;
  GPtrArray         *columns; /* by series: GArray of DdColumn, NULL while not asked for */
};

/* The width and height of @text on one line. */
void dd_chart_text_measure (DdChartLayout *layout, DdText style, const char *text, double *width, double *height);
/* Draws with the current colour; @most: where it is cut with an ellipsis, 0 for nowhere. */
void dd_chart_text_draw (DdChartLayout *layout, cairo_t *cr, DdText style, double x, double y, const char *text, double most);
void dd_chart_text_place (DdChartLayout *layout, DdText style, gboolean dim, double x, double y, const char *text);
void dd_chart_text_open (DdChartLayout *layout);

void dd_chart_layout_place_bars (DdChartLayout *layout);
void dd_chart_layout_place_marks (DdChartLayout *layout);

/* Where series' value @i stands, by its index among times of its own or the chart's points. */
double        dd_chart_layout_series_x (const DdChartLayout *layout, const DdChartSeries *series, guint i);
const GArray *dd_chart_layout_columns (DdChartLayout *layout, guint series);

void dd_chart_set_colour (cairo_t *cr, const DdColour *colour);
void dd_chart_set_dash (cairo_t *cr, DdRole role, double width);
void dd_chart_draw_marker (cairo_t *cr, DdRole role, double x, double y, double radius, gboolean open, const DdPalette *palette);
void dd_chart_draw_line (DdChartLayout *layout, cairo_t *cr, guint series);
void dd_chart_draw_scatter (DdChartLayout *layout, cairo_t *cr, guint series);
void dd_chart_draw_bars (DdChartLayout *layout, cairo_t *cr);
void dd_chart_draw_strip (DdChartLayout *layout, cairo_t *cr);
void dd_chart_draw_sparkline (DdChartLayout *layout, cairo_t *cr);

G_END_DECLS
