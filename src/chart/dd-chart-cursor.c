/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-layout-private.h"
#include "dd-chart-words.h"

#define TIP_PADDING 10.0
#define TIP_AWAY 14.0  /* from the crosshair */
#define TIP_KEY 22.0
#define TIP_ROUNDING 8.0
#define TIP_WIDEST 320.0
#define CURSOR_MARKER 5.2

/* One line of the tooltip: words, and at its end, bold, a value. */
typedef struct
{
  char    *words;
  char    *value; /* NULL for none */
  int      role;  /* -1: no sample of a series' line before it */
  gboolean dim;
  gboolean heading;
} TipLine;

static void
free_line (gpointer data)
{
  TipLine *line = data;

  g_free (line->words);
  g_free (line->value);
  g_free (line);
}

static void
add_line (GPtrArray *lines,
          char      *words,
          char      *value,
          int        role,
          gboolean   dim)
{
  TipLine *line = g_new0 (TipLine, 1);

  *line = (TipLine) { words, value, role, dim, lines->len == 0 };
  g_ptr_array_add (lines, line);
}

static void
add_bucket (GPtrArray         *lines,
            const DdChartSpec *spec,
            int                index)
{
  const DdChartPoint *point = &g_array_index (spec->points, DdChartPoint, index);
  guint incidents = dd_chart_incidents_in (spec, index);

  add_line (lines, g_strdup (point->long_label), NULL, -1, FALSE);
  for (guint i = 0; i < spec->series->len; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (spec->series, i);

      if (!series->hidden)
        add_line (lines, g_strdup (series->name), dd_unit_format (spec->unit, series->values[index]), (int) series->role, FALSE);
    }
  add_line (lines, point->tier != DD_TIER_NONE ? g_strdup_printf ("%s · %s", point->events, dd_tier_title (point->tier)) : g_strdup (point->events),
            NULL, -1, TRUE);
  if (incidents > 0)
    add_line (lines, g_strdup_printf (ngettext ("%u incident", "%u incidents", incidents), incidents), NULL, -1, TRUE);
  if (point->unsynced)
    add_line (lines, g_strdup (_("not synced")), NULL, -1, TRUE);
  else if (point->partial)
    add_line (lines, g_strdup (_("not over yet")), NULL, -1, TRUE);
}

static GPtrArray *
tip_lines (const DdChartSpec   *spec,
           const DdChartCursor *cursor)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);
  const DdChartBar *bar;

  if (cursor->incident >= 0)
    add_line (lines, dd_chart_words_incident (spec, cursor->incident), NULL, -1, FALSE);
  else if (cursor->point >= 0 && spec->kind == DD_CHART_SCATTER)
    add_line (lines, dd_chart_words_point (spec, cursor->point), NULL, -1, FALSE);
  else if (cursor->point >= 0 && (guint) cursor->point < spec->points->len)
    add_bucket (lines, spec, cursor->point);
  else if (cursor->point >= 0 && (guint) cursor->point < spec->bars->len)
    {
      bar = &g_array_index (spec->bars, DdChartBar, cursor->point);
      add_line (lines, g_strdup (bar->label), dd_unit_format (spec->unit, bar->value), -1, FALSE);
      if (bar->tier != DD_TIER_NONE)
        add_line (lines, g_strdup (dd_tier_title (bar->tier)), NULL, -1, TRUE);
    }
  return lines;
}

static double
line_width (DdChartLayout *layout,
            const TipLine *line,
            double        *words_width)
{
  double value = 0;

  dd_chart_text_measure (layout, line->heading ? DD_TEXT_LABEL_BOLD : DD_TEXT_LABEL, line->words, words_width, NULL);
  if (line->value != NULL)
    dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, line->value, &value, NULL);
  return *words_width + (value > 0 ? value + 8 : 0) + (line->role >= 0 ? TIP_KEY : 0);
}

/* Beside the crosshair where there is room, away from the pointer, within the chart. */
static DdChartBox
place_tip (DdChartLayout       *layout,
           const DdChartCursor *cursor,
           double               x,
           double               width,
           double               height)
{
  double right = x + TIP_AWAY, left = x - TIP_AWAY - width, top = layout->plot.y + 8;
  DdChartBox box = { right, top, width, height };

  if ((layout->look.rtl && left >= 0) || right + width > layout->width)
    box.x = left;
  if (!isnan (cursor->pointer_y) && cursor->pointer_y < top + height + TIP_AWAY && fabs (box.x - x) < TIP_AWAY)
    box.y = cursor->pointer_y + TIP_AWAY;
  box.x = CLAMP (box.x, 2, MAX (layout->width - width - 2, 2));
  box.y = CLAMP (box.y, 2, MAX (layout->height - height - 2, 2));
  return box;
}

static void
draw_tip_ground (cairo_t          *cr,
                 const DdChartBox *box,
                 const DdPalette  *palette)
{
  double r = TIP_ROUNDING, right = box->x + box->width, bottom = box->y + box->height;

  cairo_new_path (cr);
  cairo_arc (cr, right - r, box->y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, G_PI / 2);
  cairo_arc (cr, box->x + r, bottom - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  dd_chart_set_colour (cr, &palette->tip);
  cairo_fill_preserve (cr);
  dd_chart_set_colour (cr, &palette->tip_edge);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_line_of_tip (DdChartLayout    *layout,
                  cairo_t          *cr,
                  const TipLine    *line,
                  const DdChartBox *box,
                  double            y)
{
  const DdPalette *palette = layout->look.palette;
  gboolean rtl = layout->look.rtl;
  double left = box->x + TIP_PADDING, right = box->x + box->width - TIP_PADDING, words, value = 0;
  double most = right - left - (line->role >= 0 ? TIP_KEY : 0);

  if (line->value != NULL)
    {
      dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, line->value, &value, NULL);
      dd_chart_set_colour (cr, &palette->text);
      dd_chart_text_draw (layout, cr, DD_TEXT_LABEL_BOLD, rtl ? left : right - value, y, line->value, 0);
      most -= value + 8;
    }
  line_width (layout, line, &words);
  words = MIN (words, most);
  if (line->role >= 0)
    {
      DdChartBox key = { rtl ? right - TIP_KEY + 6 : left, y, TIP_KEY - 6, layout->line_height };

      dd_chart_draw_key (cr, palette, line->role, &key);
    }
  dd_chart_set_colour (cr, line->dim ? &palette->dim : &palette->text);
  dd_chart_text_draw (layout, cr, line->heading ? DD_TEXT_LABEL_BOLD : DD_TEXT_LABEL,
                      rtl ? right - (line->role >= 0 ? TIP_KEY : 0) - words : left + (line->role >= 0 ? TIP_KEY : 0), y, line->words, most);
}

static void
draw_tip (DdChartLayout       *layout,
          cairo_t             *cr,
          const DdChartCursor *cursor,
          double               x)
{
  g_autoptr (GPtrArray) lines = tip_lines (layout->spec, cursor);
  double widest = 0, step = layout->line_height + 3, words;
  DdChartBox box;

  if (lines->len == 0)
    return;
  for (guint i = 0; i < lines->len; i++)
    widest = MAX (widest, line_width (layout, g_ptr_array_index (lines, i), &words));
  widest = MIN (widest, MIN (TIP_WIDEST * MAX (layout->look.text_scale, 1), layout->width - 2 * TIP_PADDING - 4));
  box = place_tip (layout, cursor, x, widest + 2 * TIP_PADDING, step * lines->len + 2 * TIP_PADDING - 3);
  draw_tip_ground (cr, &box, layout->look.palette);
  for (guint i = 0; i < lines->len; i++)
    draw_line_of_tip (layout, cr, g_ptr_array_index (lines, i), &box, box.y + TIP_PADDING + i * step);
}

static void
draw_crosshair (DdChartLayout *layout,
                cairo_t       *cr,
                double         x)
{
  static const double dashes[] = { 4, 3 };

  cairo_set_dash (cr, dashes, 2, 0);
  cairo_set_line_width (cr, 1);
  dd_chart_set_colour (cr, &layout->look.palette->dim);
  x = floor (x) + 0.5;
  cairo_move_to (cr, x, layout->plot.y);
  cairo_line_to (cr, x, layout->plot.y + layout->plot.height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_markers (DdChartLayout       *layout,
              cairo_t             *cr,
              const DdChartCursor *cursor)
{
  for (guint s = 0; s < layout->spec->series->len; s++)
    {
      const DdChartSeries *series = g_ptr_array_index (layout->spec->series, s);
      double y;

      if (series->hidden || (guint) cursor->point >= series->n || isnan (series->values[cursor->point]))
        continue;
      y = dd_chart_layout_y_of (layout, series->values[cursor->point]);
      dd_chart_draw_marker (cr, series->role, dd_chart_layout_series_x (layout, series, (guint) cursor->point), y,
                            cursor->series == (int) s ? CURSOR_MARKER * 1.4 : CURSOR_MARKER, FALSE, layout->look.palette);
    }
}

static void
draw_selection (DdChartLayout       *layout,
                cairo_t             *cr,
                const DdChartCursor *cursor)
{
  const DdChartBox *plot = &layout->plot;
  const DdPalette *palette = layout->look.palette;
  double from = CLAMP (dd_chart_layout_x_of (layout, cursor->select_from), plot->x, plot->x + plot->width);
  double to = CLAMP (dd_chart_layout_x_of (layout, cursor->select_to), plot->x, plot->x + plot->width);
  DdColour shade = palette->series[DD_ROLE_BLUE];
  DdPeriod first = { DD_PERIOD_CUSTOM, cursor->select_from, cursor->select_from, 1 };
  /* The last instant that is selected: a range of whole days ends where the next day begins. */
  DdPeriod last = { DD_PERIOD_CUSTOM, MAX (cursor->select_to - 1, cursor->select_from), cursor->select_to, 1 };
  g_autofree char *start = dd_period_short_label (&first, layout->spec->zone);
  g_autofree char *end = dd_period_short_label (&last, layout->spec->zone);
  double width;

  shade.alpha = 0.18;
  dd_chart_set_colour (cr, &shade);
  cairo_rectangle (cr, from, plot->y, to - from, plot->height);
  cairo_fill (cr);
  dd_chart_set_colour (cr, &palette->series[DD_ROLE_BLUE]);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (from) + 0.5, plot->y);
  cairo_line_to (cr, floor (from) + 0.5, plot->y + plot->height);
  cairo_move_to (cr, floor (to) + 0.5, plot->y);
  cairo_line_to (cr, floor (to) + 0.5, plot->y + plot->height);
  cairo_stroke (cr);
  dd_chart_set_colour (cr, &palette->text);
  dd_chart_text_draw (layout, cr, DD_TEXT_LABEL_BOLD, from + 4, plot->y + 3, start, 0);
  dd_chart_text_measure (layout, DD_TEXT_LABEL_BOLD, end, &width, NULL);
  dd_chart_text_draw (layout, cr, DD_TEXT_LABEL_BOLD, to - width - 4, plot->y + 3 + (to - from < 2 * width + 16 ? layout->line_height : 0),
                      end, 0);
}

/* The middle of the bar that the cursor is on, which gets an edge. */
static double
draw_bar_cursor (DdChartLayout       *layout,
                 cairo_t             *cr,
                 const DdChartCursor *cursor)
{
  for (guint i = 0; i < layout->bar_boxes->len; i++)
    {
      const DdBarBox *box = &g_array_index (layout->bar_boxes, DdBarBox, i);

      if (box->bar != (guint) cursor->point)
        continue;
      dd_chart_set_colour (cr, &layout->look.palette->text);
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, box->box.x + 1, box->box.y + 1, MAX (box->box.width - 2, 1), MAX (box->box.height - 2, 1));
      cairo_stroke (cr);
      return box->box.x + box->box.width / 2;
    }
  return layout->width / 2;
}

/* The point whose period a moment lies in; -1 for none. */
static int
find_point (const DdChartSpec *spec,
            gint64             moment)
{
  for (guint i = 0; i < spec->points->len; i++)
    {
      const DdChartPoint *point = &g_array_index (spec->points, DdChartPoint, i);

      if (moment >= point->start && moment < point->end)
        return (int) i;
    }
  return -1;
}

/* Where another chart of the page is, as far as that is of this one's time. */
static void
draw_shared (DdChartLayout       *layout,
             cairo_t             *cr,
             const DdChartCursor *cursor)
{
  const DdChartSpec *spec = layout->spec;
  const DdChartBox *plot = &layout->plot;
  double from = CLAMP (dd_chart_layout_x_of (layout, cursor->shared_from), plot->x, plot->x + plot->width);
  double to = CLAMP (dd_chart_layout_x_of (layout, cursor->shared_to), plot->x, plot->x + plot->width);

  if (spec->kind == DD_CHART_TREND)
    {
      DdChartCursor there = { .point = find_point (spec, cursor->shared_from), .series = -1, .incident = -1 };

      if (there.point < 0)
        return;
      draw_crosshair (layout, cr, dd_chart_layout_x_of (layout, dd_chart_point_middle (spec, there.point)));
      draw_markers (layout, cr, &there);
    }
  else if (cursor->shared_from == cursor->shared_to && cursor->shared_from >= spec->from && cursor->shared_from <= spec->to)
    draw_crosshair (layout, cr, from);
  else if (to > from)
    {
      DdColour shade = layout->look.palette->series[DD_ROLE_BLUE];

      shade.alpha = 0.08;
      dd_chart_set_colour (cr, &shade);
      cairo_rectangle (cr, from, plot->y, to - from, plot->height);
      cairo_fill (cr);
    }
}

void
dd_chart_draw_cursor (DdChartLayout       *layout,
                      cairo_t             *cr,
                      const DdChartCursor *cursor)
{
  const DdChartSpec *spec = layout->spec;
  double x = isnan (cursor->pointer_x) ? layout->width / 2 : cursor->pointer_x;

  cairo_save (cr);
  if (cursor->shared_to > 0 && cursor->point < 0 && !cursor->selecting)
    draw_shared (layout, cr, cursor);
  if (cursor->selecting)
    draw_selection (layout, cr, cursor);
  if (cursor->incident < 0 && cursor->point >= 0)
    {
      if (spec->kind == DD_CHART_TREND && (guint) cursor->point < spec->points->len)
        {
          x = dd_chart_layout_x_of (layout, dd_chart_point_middle (spec, cursor->point));
          draw_crosshair (layout, cr, x);
          draw_markers (layout, cr, cursor);
        }
      else if (spec->kind == DD_CHART_SCATTER && spec->series->len > 0)
        {
          x = dd_chart_layout_series_x (layout, g_ptr_array_index (spec->series, 0), (guint) cursor->point);
          draw_markers (layout, cr, cursor);
        }
      else if (spec->kind == DD_CHART_STAGES || spec->kind == DD_CHART_HISTOGRAM)
        x = draw_bar_cursor (layout, cr, cursor);
    }
  if (cursor->tip && !cursor->selecting)
    draw_tip (layout, cr, cursor, x);
  cairo_restore (cr);
}
