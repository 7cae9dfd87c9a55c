/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-layout-private.h"

#define DOT 4.5
#define BADGE 7.5

/* Incidents whose marks would touch become one mark with their number. */
void
dd_chart_layout_place_marks (DdChartLayout *layout)
{
  const DdChartSpec *spec = layout->spec;
  double apart = 2 * BADGE * layout->look.text_scale + 2, right = layout->plot.x + layout->plot.width;

  for (guint i = 0; i < spec->incidents->len; i++)
    {
      const DdChartIncident *incident = &g_array_index (spec->incidents, DdChartIncident, i);
      DdMark *last = layout->marks->len > 0 ? &g_array_index (layout->marks, DdMark, layout->marks->len - 1) : NULL;
      gint64 ended = incident->ended != DD_TIME_NONE ? incident->ended : spec->now != DD_TIME_NONE ? spec->now : spec->to;
      DdMark mark = { .first = i, .n = 1 };

      if (incident->started >= spec->to || MAX (ended, incident->started) < spec->from)
        continue;
      mark.x = CLAMP (dd_chart_layout_x_of (layout, incident->started), layout->plot.x + DOT, right - DOT);
      mark.end = CLAMP (dd_chart_layout_x_of (layout, ended), mark.x, right);
      if (last != NULL && mark.x - last->x < apart)
        {
          last->n++;
          last->end = MAX (last->end, mark.end);
        }
      else
        g_array_append_val (layout->marks, mark);
    }
}

static void
draw_length (cairo_t         *cr,
             const DdMark    *mark,
             double           y,
             const DdPalette *palette)
{
  DdColour colour = palette->series[DD_ROLE_VERMILLION];

  if (mark->end - mark->x < DOT)
    return;
  colour.alpha = palette->faint;
  dd_chart_set_colour (cr, &colour);
  cairo_set_line_width (cr, 5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, mark->x, y);
  cairo_line_to (cr, MAX (mark->end - 2.5, mark->x), y);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

void
dd_chart_draw_strip (DdChartLayout *layout,
                     cairo_t       *cr)
{
  const DdPalette *palette = layout->look.palette;

  for (guint i = 0; i < layout->marks->len; i++)
    draw_length (cr, &g_array_index (layout->marks, DdMark, i), layout->strip_y, palette);
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const DdMark *mark = &g_array_index (layout->marks, DdMark, i);
      double radius = mark->n > 1 ? BADGE * layout->look.text_scale : DOT, width, height;
      g_autofree char *number = g_strdup_printf ("%u", mark->n);

      dd_chart_set_colour (cr, &palette->series[DD_ROLE_VERMILLION]);
      cairo_new_sub_path (cr);
      cairo_arc (cr, mark->x, layout->strip_y, radius, 0, 2 * G_PI);
      cairo_fill (cr);
      if (mark->n < 2)
        continue;
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, number, &width, &height);
      dd_chart_set_colour (cr, &palette->background);
      dd_chart_text_draw (layout, cr, DD_TEXT_LABEL_BOLD, mark->x - width / 2, layout->strip_y - height / 2, number, 0);
    }
}
