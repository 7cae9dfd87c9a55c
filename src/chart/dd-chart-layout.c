/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-layout-private.h"

/* Below it, words give way to the picture: no name beside the strip of incidents, no fixed margins. */
#define NARROW 480.0
#define PADDING 16.0        /* around all, in exports */
#define LABEL_GAP 8.0       /* between a label and the plot */
#define BETWEEN_LABELS 10.0 /* on the time axis */
#define MARGIN 60.0         /* at least, so that the plots of a page begin and end below each other */
#define STRIP_HEIGHT 24.0

static void
clear_placed (gpointer data)
{
  g_free (((DdPlacedText *) data)->text);
}

static void
free_columns (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

double
dd_chart_layout_series_x (const DdChartLayout *layout,
                          const DdChartSeries *series,
                          guint                i)
{
  return dd_chart_layout_x_of (layout, dd_chart_series_time (layout->spec, series, i));
}

/* The least and greatest value within the time shown. */
static void
find_range (const DdChartSpec *spec,
            gboolean           hidden_too,
            double            *low,
            double            *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint s = 0; s < spec->series->len; s++)
    {
      const DdChartSeries *series = g_ptr_array_index (spec->series, s);

      if (series->hidden && !hidden_too)
        continue;
      for (guint i = 0; i < series->n; i++)
        {
          double value = series->values[i];
          gint64 at = series->times != NULL ? series->times[i] : dd_chart_series_time (spec, series, i);

          /* Most of very many widen nothing, and need no other look. */
          if (value >= *low && value <= *high)
            continue;
          if (at < spec->from || at > spec->to || !isfinite (value) || (spec->scale == DD_SCALE_LOG && value <= 0))
            continue;
          *low = MIN (*low, value);
          *high = MAX (*high, value);
        }
    }
  if (*low > *high)
    *low = *high = NAN;
}

static void
set_scales (DdChartLayout *layout)
{
  const DdChartSpec *spec = layout->spec;
  double low, high;

  find_range (spec, FALSE, &low, &high);
  if (isnan (low))
    find_range (spec, TRUE, &low, &high);
  layout->y.kind = spec->scale;
  dd_scale_fit (&layout->y, spec->unit, low, high);
  layout->x = (DdScale) { DD_SCALE_LINEAR, 0, MAX ((double) (spec->to - spec->from), 1), 0, 1 };
}

static double
widest_tick (DdChartLayout *layout)
{
  double widest = 0, width;

  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      dd_chart_text_measure (layout, DD_TEXT_LABEL, ((DdTick *) g_ptr_array_index (layout->y_ticks, i))->label, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

/* The room for tier words, for those of bands that can be seen. */
static double
widest_band (DdChartLayout *layout)
{
  double widest = 0, width;

  for (guint i = 0; i < layout->spec->bands->len; i++)
    {
      const DdChartBand *band = &g_array_index (layout->spec->bands, DdChartBand, i);

      if (band->to <= layout->y.from || band->from >= layout->y.to)
        continue;
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, dd_tier_title (band->tier), &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
set_plot (DdChartLayout *layout,
          double         top)
{
  gboolean wide = layout->width >= NARROW, legend = layout->look.heading;
  double padding = legend ? PADDING : 0, scale = layout->look.text_scale, left, right, width, bottom;

  bottom = layout->line_height + LABEL_GAP + padding + (layout->strip ? STRIP_HEIGHT * MAX (scale, 1) : 0) +
           (legend ? layout->line_height + LABEL_GAP : 0);
  layout->plot.y = top;
  layout->plot.height = MAX (layout->height - top - bottom, 10);
  layout->y.start = layout->plot.y + layout->plot.height;
  layout->y.end = layout->plot.y;
  layout->y_ticks = dd_scale_ticks (&layout->y, layout->spec->unit,
                                    (guint) CLAMP (layout->plot.height / (layout->line_height * 2.2), 2, 8));
  left = widest_tick (layout) + LABEL_GAP;
  if (wide)
    left = MAX (left, MARGIN);
  if (layout->strip && wide)
    {
      dd_chart_text_measure (layout, DD_TEXT_LABEL, _("Incidents"), &width, NULL);
      left = MAX (left, width + LABEL_GAP);
    }
  right = widest_band (layout);
  right = right == 0 ? LABEL_GAP : MAX (right + LABEL_GAP, wide ? MARGIN : 0);
  layout->plot.x = padding + (layout->look.rtl ? right : left);
  layout->plot.width = MAX (layout->width - left - right - 2 * padding, 10);
  layout->x.start = layout->plot.x;
  layout->x.end = layout->plot.x + layout->plot.width;
}

/* Beside the plot: at the side where values are read, or at the other one. */
static double
beside (DdChartLayout *layout,
        DdText         style,
        const char    *text,
        gboolean       other_side)
{
  double width;

  if (layout->look.rtl != other_side)
    return layout->plot.x + layout->plot.width + LABEL_GAP;
  dd_chart_text_measure (layout, style, text, &width, NULL);
  return layout->plot.x - LABEL_GAP - width;
}

static void
place_values (DdChartLayout *layout)
{
  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const DdTick *tick = g_ptr_array_index (layout->y_ticks, i);

      dd_chart_text_place (layout, DD_TEXT_LABEL, TRUE, beside (layout, DD_TEXT_LABEL, tick->label, FALSE),
                           dd_chart_layout_y_of (layout, tick->value) - layout->line_height / 2, tick->label);
    }
  for (guint i = 0; i < layout->spec->bands->len; i++)
    {
      const DdChartBand *band = &g_array_index (layout->spec->bands, DdChartBand, i);
      double low = dd_chart_layout_y_of (layout, MAX (band->from, layout->y.from)),
             high = dd_chart_layout_y_of (layout, MIN (band->to, layout->y.to));
      const char *word = dd_tier_title (band->tier);

      if (low - high >= layout->line_height)
        dd_chart_text_place (layout, DD_TEXT_LABEL_BOLD, TRUE, beside (layout, DD_TEXT_LABEL_BOLD, word, TRUE),
                             (low + high - layout->line_height) / 2, word);
    }
  if (layout->strip && layout->width >= NARROW)
    dd_chart_text_place (layout, DD_TEXT_LABEL, TRUE, beside (layout, DD_TEXT_LABEL, _("Incidents"), FALSE),
                         layout->strip_y - layout->line_height / 2, _("Incidents"));
}

/* Places a label around @x; FALSE where it would come nearer than allowed to @limit, which then holds its left edge. */
static gboolean
place_time (DdChartLayout *layout,
            double         x,
            const char    *text,
            gboolean       bold,
            double        *limit)
{
  DdText style = bold ? DD_TEXT_LABEL_BOLD : DD_TEXT_LABEL;
  double width, left;

  dd_chart_text_measure (layout, style, text, &width, NULL);
  left = CLAMP (x - width / 2, 0, MAX (layout->width - width, 0));
  if (left + width > *limit - BETWEEN_LABELS)
    return FALSE;
  dd_chart_text_place (layout, style, !bold, left,
                       layout->strip ? layout->strip_y + STRIP_HEIGHT * MAX (layout->look.text_scale, 1) / 2 + 2
                                     : layout->plot.y + layout->plot.height + LABEL_GAP,
                       text);
  *limit = left;
  return TRUE;
}

/* From the last bucket backwards, each n-th, so that the period in question always has its label. */
static void
place_buckets (DdChartLayout *layout)
{
  const GArray *points = layout->spec->points;
  double limit = INFINITY, widest = 0, width;
  guint shown = 0, step;

  for (guint i = 0; i < points->len; i++)
    {
      const DdChartPoint *point = &g_array_index (points, DdChartPoint, i);

      if (point->end <= layout->spec->from || point->start >= layout->spec->to)
        continue;
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, point->label, &width, NULL);
      widest = MAX (widest, width);
      shown++;
    }
  if (shown == 0)
    return;
  step = (guint) MAX (ceil ((widest + BETWEEN_LABELS) * shown / layout->plot.width), 1);
  for (guint i = 0; i < points->len; i += step)
    {
      const DdChartPoint *point = &g_array_index (points, DdChartPoint, points->len - 1 - i);
      gint64 middle = point->start + (point->end - point->start) / 2;

      if (middle >= layout->spec->from && middle <= layout->spec->to)
        place_time (layout, dd_chart_layout_x_of (layout, middle), point->label, i == 0, &limit);
    }
}

static void
place_times (DdChartLayout *layout)
{
  double limit = INFINITY, width;
  g_autoptr (GPtrArray) ticks = NULL;

  if (layout->spec->points->len > 0)
    {
      place_buckets (layout);
      return;
    }
  dd_chart_text_measure (layout, DD_TEXT_LABEL, "00 MMM 0000", &width, NULL);
  ticks = dd_scale_time_ticks (layout->spec->from, layout->spec->to, layout->spec->zone,
                               (guint) MAX (layout->plot.width / (width + BETWEEN_LABELS), 1));
  for (guint i = ticks->len; i-- > 0;)
    {
      const DdTick *tick = g_ptr_array_index (ticks, i);

      place_time (layout, dd_chart_layout_x_of (layout, (gint64) tick->value), tick->label, FALSE, &limit);
    }
}

/* Returns where the chart itself begins. */
static double
place_heading (DdChartLayout *layout)
{
  const DdChartSpec *spec = layout->spec;
  double y = PADDING, width, height, room = layout->width - 2 * PADDING;

  if (!layout->look.heading)
    return layout->line_height / 2 + 2;
  dd_chart_text_measure (layout, DD_TEXT_TITLE, spec->title, &width, &height);
  dd_chart_text_place (layout, DD_TEXT_TITLE, FALSE, layout->look.rtl ? PADDING + MAX (room - width, 0) : PADDING, y, spec->title);
  y += height + 2;
  if (spec->subtitle != NULL)
    {
      dd_chart_text_measure (layout, DD_TEXT_LABEL, spec->subtitle, &width, &height);
      dd_chart_text_place (layout, DD_TEXT_LABEL, TRUE, layout->look.rtl ? PADDING + MAX (room - width, 0) : PADDING, y, spec->subtitle);
      y += height;
    }
  layout->legend_y = layout->height - PADDING - layout->line_height;
  return y + 14;
}

DdChartLayout *
dd_chart_layout_new (const DdChartSpec *spec,
                     const DdChartLook *look,
                     double             width,
                     double             height)
{
  DdChartLayout *layout = g_new0 (DdChartLayout, 1);
  double top;

  layout->spec = spec;
  layout->look = *look;
  layout->look.text_scale = look->text_scale > 0 ? look->text_scale : 1;
  layout->width = width;
  layout->height = height;
  layout->placed = g_array_new (FALSE, FALSE, sizeof (DdPlacedText));
  g_array_set_clear_func (layout->placed, clear_placed);
  layout->marks = g_array_new (FALSE, FALSE, sizeof (DdMark));
  layout->bar_boxes = g_array_new (FALSE, FALSE, sizeof (DdBarBox));
  layout->columns = g_ptr_array_new_with_free_func (free_columns);
  g_ptr_array_set_size (layout->columns, (int) spec->series->len);
  dd_chart_text_open (layout);
  dd_chart_text_measure (layout, DD_TEXT_LABEL, "0", NULL, &layout->line_height);
  top = place_heading (layout);
  set_scales (layout);
  if (spec->kind == DD_CHART_TREND || spec->kind == DD_CHART_SCATTER)
    {
      layout->strip = spec->incidents->len > 0;
      set_plot (layout, top);
      layout->strip_y = layout->plot.y + layout->plot.height + 2 + STRIP_HEIGHT * MAX (layout->look.text_scale, 1) / 2;
      place_values (layout);
      place_times (layout);
      dd_chart_layout_place_marks (layout);
      return layout;
    }
  if (!look->heading)
    top = 0;
  layout->plot = (DdChartBox) { 0, top, width, MAX (height - top, 1) };
  if (look->heading)
    layout->plot = (DdChartBox) { PADDING, top, MAX (width - 2 * PADDING, 1), MAX (height - top - PADDING, 1) };
  if (spec->kind == DD_CHART_SPARKLINE)
    {
      /* Room for the last point's marker and half a line. */
      layout->plot = (DdChartBox) { layout->plot.x + 2, layout->plot.y + 5, MAX (layout->plot.width - 8, 1), MAX (layout->plot.height - 10, 1) };
      layout->x.start = layout->plot.x;
      layout->x.end = layout->plot.x + layout->plot.width;
      layout->y.start = layout->plot.y + layout->plot.height;
      layout->y.end = layout->plot.y;
    }
  else
    dd_chart_layout_place_bars (layout);
  return layout;
}

void
dd_chart_layout_free (DdChartLayout *layout)
{
  if (layout == NULL)
    return;
  for (int i = 0; i < DD_N_TEXTS; i++)
    g_clear_object (&layout->texts[i]);
  g_clear_object (&layout->context);
  g_clear_pointer (&layout->y_ticks, g_ptr_array_unref);
  g_array_unref (layout->placed);
  g_array_unref (layout->marks);
  g_array_unref (layout->bar_boxes);
  g_ptr_array_unref (layout->columns);
  g_free (layout);
}

DdChartBox
dd_chart_layout_get_plot (const DdChartLayout *layout)
{
  return layout->plot;
}

double
dd_chart_layout_x_of (const DdChartLayout *layout,
                      gint64               time)
{
  return dd_scale_to_pixel (&layout->x, (double) (time - layout->spec->from));
}

double
dd_chart_layout_y_of (const DdChartLayout *layout,
                      double               value)
{
  /* What took no time has no place on a logarithmic axis; it is shown where the axis ends. */
  if (layout->y.kind == DD_SCALE_LOG && value <= 0)
    return layout->y.start;
  return dd_scale_to_pixel (&layout->y, value);
}

gint64
dd_chart_layout_time_at (const DdChartLayout *layout,
                         double               x)
{
  return layout->spec->from + (gint64) dd_scale_to_value (&layout->x, x);
}

const GArray *
dd_chart_layout_columns (DdChartLayout *layout,
                         guint          series)
{
  const DdChartSeries *asked = g_ptr_array_index (layout->spec->series, series);
  GArray *columns = g_ptr_array_index (layout->columns, series);
  /* On paper four points for each of a thousand columns are enough. */
  int n = (int) (layout->look.vector ? MIN (layout->plot.width, 1000) : layout->plot.width);

  if (columns == NULL)
    {
      columns = dd_decimate (asked->times, asked->values, asked->n, layout->spec->from, layout->spec->to, MAX (n, 1));
      g_ptr_array_index (layout->columns, series) = columns;
    }
  return columns;
}

double
dd_chart_natural_height (const DdChartSpec *spec,
                         const DdChartLook *look,
                         double             width)
{
  double scale = look->text_scale > 0 ? look->text_scale : 1, heading = look->heading ? 90 * scale : 0;

  switch (spec->kind)
    {
    case DD_CHART_STAGES:
      return (width < NARROW ? 36 + 30 * scale * spec->bars->len : 36 + 44 * scale) + heading;
    case DD_CHART_HISTOGRAM:
      return 90 + 40 * scale + heading;
    case DD_CHART_SPARKLINE:
      return 44;
    case DD_CHART_TREND:
    case DD_CHART_SCATTER:
    default:
      return (spec->brief ? 120 : width < NARROW ? 158 : 216) + 56 * scale + heading;
    }
}

double
dd_chart_used_height (const DdChartSpec *spec,
                      const DdChartLook *look,
                      double             width)
{
  double natural = dd_chart_natural_height (spec, look, width), used = 0;
  g_autoptr (DdChartLayout) layout = NULL;

  if (spec->kind != DD_CHART_STAGES)
    return natural;
  layout = dd_chart_layout_new (spec, look, width, natural);
  for (guint i = 0; i < layout->placed->len; i++)
    {
      const DdPlacedText *placed = &g_array_index (layout->placed, DdPlacedText, i);

      used = MAX (used, placed->y + placed->height);
    }
  return used > 0 ? MIN (ceil (used) + 4, natural) : natural;
}
