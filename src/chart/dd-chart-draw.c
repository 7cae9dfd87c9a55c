/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-draw.h"

#include <math.h>

#include "dd-chart-layout-private.h"

/* The sample of a line in a legend. */
#define KEY_WIDTH 26.0
#define KEY_GAP 6.0
#define KEYS_APART 18.0

void
dd_chart_set_colour (cairo_t        *cr,
                     const DdColour *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

/* Series differ by dash and marker as well as by colour. @width: of the line that the lengths are for. */
void
dd_chart_set_dash (cairo_t *cr,
                   DdRole   role,
                   double   width)
{
  static const struct { int n; double lengths[4]; } dashes[DD_N_ROLES] = {
    [DD_ROLE_VERMILLION] = { 2, { 6, 3 } },
    [DD_ROLE_GREEN] = { 2, { 2, 2 } },
    [DD_ROLE_PURPLE] = { 4, { 8, 3, 2, 3 } },
    [DD_ROLE_OCHRE] = { 2, { 1, 3 } },
  };
  double lengths[4];

  for (int i = 0; i < dashes[role].n; i++)
    lengths[i] = dashes[role].lengths[i] * width / 2.2;
  cairo_set_dash (cr, lengths, dashes[role].n, 0);
}

static void
marker_path (cairo_t *cr,
             DdRole   role,
             double   x,
             double   y,
             double   r)
{
  cairo_new_path (cr);
  switch (role)
    {
    case DD_ROLE_VERMILLION:
      cairo_move_to (cr, x, y - r * 1.25);
      cairo_line_to (cr, x + r * 1.2, y + r * 0.9);
      cairo_line_to (cr, x - r * 1.2, y + r * 0.9);
      break;
    case DD_ROLE_GREEN:
      cairo_rectangle (cr, x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      break;
    case DD_ROLE_PURPLE:
      cairo_move_to (cr, x, y - r * 1.3);
      cairo_line_to (cr, x + r * 1.3, y);
      cairo_line_to (cr, x, y + r * 1.3);
      cairo_line_to (cr, x - r * 1.3, y);
      break;
    case DD_ROLE_OCHRE:
      cairo_rectangle (cr, x - r * 0.4, y - r * 1.2, r * 0.8, r * 2.4);
      cairo_rectangle (cr, x - r * 1.2, y - r * 0.4, r * 2.4, r * 0.8);
      return;
    case DD_ROLE_BLUE:
    case DD_ROLE_GREY:
    case DD_N_ROLES:
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      break;
    }
  cairo_close_path (cr);
}

/* With an edge of the background's colour, which keeps markers apart from lines that they lie on; an open one the other way round. */
void
dd_chart_draw_marker (cairo_t         *cr,
                      DdRole           role,
                      double           x,
                      double           y,
                      double           radius,
                      gboolean         open,
                      const DdPalette *palette)
{
  marker_path (cr, role, x, y, radius);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  dd_chart_set_colour (cr, &palette->background);
  cairo_set_line_width (cr, open ? 4.2 : 3);
  cairo_stroke_preserve (cr);
  if (!open)
    dd_chart_set_colour (cr, &palette->series[role]);
  cairo_fill_preserve (cr);
  if (open)
    {
      dd_chart_set_colour (cr, &palette->series[role]);
      cairo_set_line_width (cr, 1.7);
      cairo_stroke_preserve (cr);
    }
  cairo_new_path (cr);
}

void
dd_chart_draw_key (cairo_t          *cr,
                   const DdPalette  *palette,
                   DdRole            role,
                   const DdChartBox *box)
{
  double y = box->y + box->height / 2;

  cairo_save (cr);
  dd_chart_set_colour (cr, &palette->series[role]);
  cairo_set_line_width (cr, role == DD_ROLE_GREY ? MAX (palette->line / 2, 1.2) : palette->line);
  dd_chart_set_dash (cr, role, palette->line);
  cairo_move_to (cr, box->x, y);
  cairo_line_to (cr, box->x + box->width, y);
  cairo_stroke (cr);
  if (role != DD_ROLE_GREY)
    dd_chart_draw_marker (cr, role, box->x + box->width / 2, y, 4, FALSE, palette);
  cairo_restore (cr);
}

/* A line of one pixel between pixels' edges, sharp on a screen. */
static void
straight (cairo_t *cr,
          double   x,
          double   y,
          double   length,
          gboolean sharp)
{
  if (sharp)
    y = floor (y) + 0.5;
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + length, y);
}

static void
draw_bands (DdChartLayout *layout,
            cairo_t       *cr)
{
  const DdPalette *palette = layout->look.palette;
  const DdChartBox *plot = &layout->plot;

  for (guint i = 0; i < layout->spec->bands->len; i++)
    {
      const DdChartBand *band = &g_array_index (layout->spec->bands, DdChartBand, i);
      double low = CLAMP (band->from, layout->y.from, layout->y.to), high = CLAMP (band->to, layout->y.from, layout->y.to), y, end;

      if (low >= high)
        continue;
      y = floor (dd_chart_layout_y_of (layout, high));
      end = ceil (dd_chart_layout_y_of (layout, low));
      dd_chart_set_colour (cr, &palette->bands[band->tier]);
      cairo_rectangle (cr, plot->x, MAX (y, plot->y), plot->width, MIN (end, plot->y + plot->height) - MAX (y, plot->y));
      cairo_fill (cr);
    }
}

/* Lines from lower left to upper right, for time of which nothing is known. */
static void
hatch (DdChartLayout *layout,
       cairo_t       *cr,
       double         x,
       double         width)
{
  const DdChartBox *plot = &layout->plot;

  cairo_save (cr);
  cairo_rectangle (cr, x, plot->y, width, plot->height);
  cairo_clip (cr);
  dd_chart_set_colour (cr, &layout->look.palette->axis);
  cairo_set_line_width (cr, 1);
  for (double at = x - plot->height; at < x + width; at += 8)
    {
      cairo_move_to (cr, at, plot->y + plot->height);
      cairo_line_to (cr, at + plot->height, plot->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_buckets (DdChartLayout *layout,
              cairo_t       *cr)
{
  const DdChartBox *plot = &layout->plot;
  const GArray *points = layout->spec->points;

  for (guint i = 0; i < points->len; i++)
    {
      const DdChartPoint *point = &g_array_index (points, DdChartPoint, i);
      double from = MAX (dd_chart_layout_x_of (layout, point->start), plot->x),
             to = MIN (dd_chart_layout_x_of (layout, point->end), plot->x + plot->width);

      if (to <= from)
        continue;
      if (i + 1 == points->len)
        {
          dd_chart_set_colour (cr, &layout->look.palette->current);
          cairo_rectangle (cr, from, plot->y, to - from, plot->height);
          cairo_fill (cr);
        }
      if (point->unsynced)
        hatch (layout, cr, from, to - from);
    }
}

static void
draw_rules (DdChartLayout *layout,
            cairo_t       *cr)
{
  const DdPalette *palette = layout->look.palette;
  const DdChartBox *plot = &layout->plot;
  gboolean sharp = !layout->look.vector;

  cairo_set_line_width (cr, 1);
  dd_chart_set_colour (cr, &palette->grid);
  for (guint i = 0; i < layout->y_ticks->len; i++)
    {
      const DdTick *tick = g_ptr_array_index (layout->y_ticks, i);

      straight (cr, plot->x, dd_chart_layout_y_of (layout, tick->value), plot->width, sharp);
    }
  cairo_stroke (cr);
  dd_chart_set_colour (cr, &palette->border);
  for (guint i = 0; i < layout->spec->bands->len; i++)
    {
      const DdChartBand *band = &g_array_index (layout->spec->bands, DdChartBand, i);

      if (isfinite (band->to) && band->to > layout->y.from && band->to < layout->y.to)
        straight (cr, plot->x, dd_chart_layout_y_of (layout, band->to), plot->width, sharp);
    }
  cairo_stroke (cr);
  dd_chart_set_colour (cr, &palette->axis);
  straight (cr, plot->x, plot->y + plot->height, plot->width, sharp);
  cairo_stroke (cr);
}

static void
draw_words (DdChartLayout *layout,
            cairo_t       *cr)
{
  for (guint i = 0; i < layout->placed->len; i++)
    {
      const DdPlacedText *placed = &g_array_index (layout->placed, DdPlacedText, i);

      dd_chart_set_colour (cr, placed->dim ? &layout->look.palette->dim : &layout->look.palette->text);
      dd_chart_text_draw (layout, cr, placed->style, placed->x, placed->y, placed->text, layout->width - placed->x);
    }
}

static void
draw_legend (DdChartLayout *layout,
             cairo_t       *cr)
{
  gboolean rtl = layout->look.rtl;
  double x = rtl ? layout->width - 16 : 16, width;

  for (guint i = 0; i < layout->spec->series->len; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (layout->spec->series, i);
      DdChartBox key = { 0, layout->legend_y, KEY_WIDTH, layout->line_height };

      if (series->hidden)
        continue;
      dd_chart_text_measure (layout, DD_TEXT_LABEL, series->name, &width, NULL);
      key.x = rtl ? x - KEY_WIDTH : x;
      dd_chart_draw_key (cr, layout->look.palette, series->role, &key);
      dd_chart_set_colour (cr, &layout->look.palette->text);
      dd_chart_text_draw (layout, cr, DD_TEXT_LABEL, rtl ? key.x - KEY_GAP - width : key.x + KEY_WIDTH + KEY_GAP, layout->legend_y,
                          series->name, 0);
      x += (KEY_WIDTH + KEY_GAP + width + KEYS_APART) * (rtl ? -1 : 1);
    }
}

static void
draw_axes (DdChartLayout *layout,
           cairo_t       *cr)
{
  const DdChartBox *plot = &layout->plot;
  const DdChartSpec *spec = layout->spec;

  draw_bands (layout, cr);
  draw_buckets (layout, cr);
  draw_rules (layout, cr);
  cairo_save (cr);
  /* Half a marker may stand out of the plot. */
  cairo_rectangle (cr, plot->x - 4, plot->y - 6, plot->width + 8, plot->height + 12);
  cairo_clip (cr);
  /* What is rated comes first and is drawn last. */
  for (guint i = spec->series->len; i-- > 0;)
    {
      if (((DdChartSeries *) g_ptr_array_index (spec->series, i))->hidden)
        continue;
      cairo_new_path (cr);
      if (spec->kind == DD_CHART_SCATTER)
        dd_chart_draw_scatter (layout, cr, i);
      else
        dd_chart_draw_line (layout, cr, i);
    }
  cairo_restore (cr);
  if (layout->strip)
    dd_chart_draw_strip (layout, cr);
}

void
dd_chart_layout_draw (DdChartLayout *layout,
                      cairo_t       *cr)
{
  cairo_save (cr);
  if (layout->look.heading)
    {
      dd_chart_set_colour (cr, &layout->look.palette->background);
      cairo_paint (cr);
    }
  switch (layout->spec->kind)
    {
    case DD_CHART_STAGES:
    case DD_CHART_HISTOGRAM:
      dd_chart_draw_bars (layout, cr);
      break;
    case DD_CHART_SPARKLINE:
      dd_chart_draw_sparkline (layout, cr);
      break;
    case DD_CHART_TREND:
    case DD_CHART_SCATTER:
    default:
      draw_axes (layout, cr);
      if (layout->look.heading)
        draw_legend (layout, cr);
      break;
    }
  draw_words (layout, cr);
  cairo_restore (cr);
}

void
dd_chart_draw (const DdChartSpec *spec,
               cairo_t           *cr,
               double             width,
               double             height,
               const DdChartLook *look)
{
  g_autoptr (DdChartLayout) layout = dd_chart_layout_new (spec, look, width, height);

  dd_chart_layout_draw (layout, cr);
}
