/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-layout-private.h"

static double
spark_x (const DdChartLayout *layout,
         const DdChartSeries *series,
         guint                i)
{
  /* From edge to edge, unlike a chart with an axis. */
  return layout->plot.x + (series->n > 1 ? layout->plot.width * i / (series->n - 1) : layout->plot.width);
}

/* A card's line uses all of its height, so it begins neither at 0 nor on the chart's scale. */
static double
spark_y (const DdChartLayout *layout,
         double               value,
         double               low,
         double               high)
{
  double part = high > low ? (value - low) / (high - low) : 0.5;

  return layout->plot.y + layout->plot.height * (1 - part);
}

static void
fill_below (DdChartLayout *layout,
            cairo_t       *cr,
            double         from,
            double         to)
{
  DdColour colour = layout->look.palette->series[DD_ROLE_BLUE];
  double base = layout->plot.y + layout->plot.height + 5;
  cairo_path_t *line = cairo_copy_path (cr);

  cairo_line_to (cr, to, base);
  cairo_line_to (cr, from, base);
  cairo_close_path (cr);
  colour.alpha = 0.1;
  dd_chart_set_colour (cr, &colour);
  cairo_fill (cr);
  cairo_append_path (cr, line);
  cairo_path_destroy (line);
}

static void
draw_run (DdChartLayout *layout,
          cairo_t       *cr,
          double         from,
          double         to)
{
  if (layout->look.palette->faint < 1)
    fill_below (layout, cr, from, to);
  dd_chart_set_colour (cr, &layout->look.palette->series[DD_ROLE_BLUE]);
  cairo_set_line_width (cr, MAX (layout->look.palette->line - 0.2, 2));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_marker (DdChartLayout       *layout,
             cairo_t             *cr,
             const DdChartSeries *series,
             guint                i,
             double               y)
{
  gboolean small = i < layout->spec->points->len && g_array_index (layout->spec->points, DdChartPoint, i).small;

  dd_chart_draw_marker (cr, series->role, spark_x (layout, series, i), y, 3.4, small, layout->look.palette);
}

void
dd_chart_draw_sparkline (DdChartLayout *layout,
                         cairo_t       *cr)
{
  const DdChartSeries *series = layout->spec->series->len > 0 ? g_ptr_array_index (layout->spec->series, 0) : NULL;
  double low = INFINITY, high = -INFINITY, from = 0, before = 0;
  guint run = 0;

  for (guint i = 0; series != NULL && i < series->n; i++)
    if (isfinite (series->values[i]))
      {
        low = MIN (low, series->values[i]);
        high = MAX (high, series->values[i]);
      }
  cairo_new_path (cr);
  for (guint i = 0; series != NULL && i <= series->n; i++)
    {
      double x;

      if (i < series->n && isfinite (series->values[i]))
        {
          x = spark_x (layout, series, i);
          cairo_line_to (cr, x, spark_y (layout, series->values[i], low, high));
          from = run == 0 ? x : from;
          before = x;
          run++;
          continue;
        }
      if (run > 1)
        draw_run (layout, cr, from, before);
      cairo_new_path (cr);
      /* A value between gaps has no line. */
      if (run == 1 && i < series->n)
        draw_marker (layout, cr, series, i - 1, spark_y (layout, series->values[i - 1], low, high));
      run = 0;
    }
  if (series != NULL && series->n > 0 && isfinite (series->values[series->n - 1]))
    draw_marker (layout, cr, series, series->n - 1, spark_y (layout, series->values[series->n - 1], low, high));
}
