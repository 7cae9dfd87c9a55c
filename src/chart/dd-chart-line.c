/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dd-chart-layout-private.h"

/* cairo's time for one path grows faster than its length; measured, pieces of 32 are drawn twice as fast as one path. */
#define CHUNK 32
/* Columns with more values than that are drawn as what lies between their extremes. */
#define ENVELOPE 8
#define MARKER 3.6
#define MARKER_SPACE 9.0
/* Above it, events are counted into cells instead of drawn one by one. */
#define SCATTER_MOST 2000
#define CELL 4
#define CELL_STEPS 4

static void
begin_line (DdChartLayout *layout,
            cairo_t       *cr,
            DdRole         role)
{
  const DdPalette *palette = layout->look.palette;
  double width = role == DD_ROLE_GREY ? MAX (palette->line / 2, 1.2) : palette->line;

  dd_chart_set_colour (cr, &palette->series[role]);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  dd_chart_set_dash (cr, role, palette->line);
  cairo_set_antialias (cr, layout->look.vector ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_FAST);
}

static gboolean
point_is (const DdChartLayout *layout,
          const DdChartSeries *series,
          guint                i,
          gboolean             small)
{
  const DdChartPoint *point;

  if (series->times != NULL)
    return FALSE;
  point = &g_array_index (layout->spec->points, DdChartPoint, i);
  return small ? point->small : point->partial;
}

/* The line to a bucket that is not over is lighter; where nothing may be translucent, it is dotted. */
static void
stroke_partial (DdChartLayout *layout,
                cairo_t       *cr,
                DdRole         role)
{
  const DdPalette *palette = layout->look.palette;
  static const double dots[] = { 2, 4 };
  DdColour colour = palette->series[role];

  cairo_save (cr);
  colour.alpha = palette->faint;
  dd_chart_set_colour (cr, &colour);
  if (palette->faint == 1)
    cairo_set_dash (cr, dots, 2, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_all (DdChartLayout       *layout,
          cairo_t             *cr,
          const DdChartSeries *series,
          guint                first,
          guint                end)
{
  double before_x = NAN, before_y = NAN;
  guint length = 0;

  begin_line (layout, cr, series->role);
  for (guint i = first; i < end; i++)
    {
      double x = dd_chart_layout_series_x (layout, series, i), y = dd_chart_layout_y_of (layout, series->values[i]);
      gboolean partial = point_is (layout, series, i, FALSE);

      if (!isnan (y) && !isnan (before_y))
        {
          if (partial || length == CHUNK)
            {
              cairo_stroke (cr);
              length = 0;
            }
          if (length == 0)
            cairo_move_to (cr, before_x, before_y);
          cairo_line_to (cr, x, y);
          length++;
          if (partial)
            {
              stroke_partial (layout, cr, series->role);
              length = 0;
            }
        }
      else
        {
          cairo_stroke (cr);
          length = 0;
        }
      before_x = x;
      before_y = y;
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* A value between two gaps has no line, so it always has a marker. */
static gboolean
is_alone (const DdChartSeries *series,
          guint                i)
{
  return (i == 0 || isnan (series->values[i - 1])) && (i + 1 == series->n || isnan (series->values[i + 1]));
}

static void
draw_markers (DdChartLayout       *layout,
              cairo_t             *cr,
              const DdChartSeries *series,
              guint                first,
              guint                end)
{
  gboolean room = layout->plot.width / MAX (end - first, 1) >= MARKER_SPACE && series->role != DD_ROLE_GREY;

  for (guint i = first; i < end; i++)
    {
      double y = dd_chart_layout_y_of (layout, series->values[i]);

      if (!isnan (y) && (room || is_alone (series, i)))
        dd_chart_draw_marker (cr, series->role, dd_chart_layout_series_x (layout, series, i), y, MARKER,
                              point_is (layout, series, i, TRUE), layout->look.palette);
    }
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* The middle of at most 31 values taken evenly from a column: for the line through an envelope, whose edges are exact. */
static double
middle_of (const DdChartSeries *series,
           const DdColumn      *column)
{
  double some[31];
  guint n = 0, step = MAX ((column->last - column->first) / 30, 1);

  for (guint i = column->first; i <= column->last && n < G_N_ELEMENTS (some); i += step)
    if (!isnan (series->values[i]))
      some[n++] = series->values[i];
  qsort (some, n, sizeof *some, compare_numbers);
  return n > 0 ? some[n / 2] : series->values[column->first];
}

static void
draw_envelope (DdChartLayout       *layout,
               cairo_t             *cr,
               const DdChartSeries *series,
               const GArray        *columns)
{
  DdColour colour = layout->look.palette->series[series->role];
  guint length = 0;

  colour.alpha = 0.35;
  dd_chart_set_colour (cr, &colour);
  cairo_set_antialias (cr, layout->look.vector ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_NONE);
  for (guint i = 0; i < columns->len; i++)
    {
      const DdColumn *column = &g_array_index (columns, DdColumn, i);
      double top = dd_chart_layout_y_of (layout, series->values[column->greatest]),
             bottom = dd_chart_layout_y_of (layout, series->values[column->least]);

      cairo_rectangle (cr, floor (layout->plot.x) + column->column, top, 1, MAX (bottom - top, 1));
    }
  cairo_fill (cr);
  begin_line (layout, cr, series->role);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < columns->len; i++)
    {
      const DdColumn *column = &g_array_index (columns, DdColumn, i);
      double x = layout->plot.x + column->column + 0.5, y = dd_chart_layout_y_of (layout, middle_of (series, column));

      if (length == CHUNK || column->after_gap)
        {
          /* The next piece begins where this one ends. */
          if (!column->after_gap)
            cairo_line_to (cr, x, y);
          cairo_stroke (cr);
          length = 0;
        }
      cairo_line_to (cr, x, y);
      length++;
    }
  cairo_stroke (cr);
}

static void
draw_columns (DdChartLayout       *layout,
              cairo_t             *cr,
              const DdChartSeries *series,
              const GArray        *columns)
{
  guint length = 0;

  begin_line (layout, cr, series->role);
  for (guint i = 0; i < columns->len; i++)
    {
      const DdColumn *column = &g_array_index (columns, DdColumn, i);
      guint order[4] = { column->first, MIN (column->least, column->greatest), MAX (column->least, column->greatest), column->last };

      if (column->after_gap)
        {
          cairo_stroke (cr);
          length = 0;
        }
      for (guint j = 0; j < G_N_ELEMENTS (order); j++)
        {
          double x = dd_chart_layout_series_x (layout, series, order[j]), y = dd_chart_layout_y_of (layout, series->values[order[j]]);

          if (j > 0 && order[j] == order[j - 1])
            continue;
          cairo_line_to (cr, x, y);
          if (++length > CHUNK)
            {
              cairo_stroke (cr);
              cairo_move_to (cr, x, y);
              length = 1;
            }
        }
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* The values within the time shown, and one more on each side, so that lines run out of the plot. */
static void
find_shown (const DdChartLayout *layout,
            const DdChartSeries *series,
            guint               *first,
            guint               *end)
{
  const DdChartSpec *spec = layout->spec;

  if (series->times != NULL)
    {
      *first = dd_decimate_find (series->times, series->n, spec->from);
      *end = dd_decimate_find (series->times, series->n, spec->to + 1);
    }
  else
    {
      *first = 0;
      *end = series->n;
      while (*first < *end && dd_chart_series_time (spec, series, *first) < spec->from)
        (*first)++;
      while (*end > *first && dd_chart_series_time (spec, series, *end - 1) > spec->to)
        (*end)--;
    }
  *first -= *first > 0;
  *end += *end < series->n;
}

void
dd_chart_draw_line (DdChartLayout *layout,
                    cairo_t       *cr,
                    guint          index)
{
  const DdChartSeries *series = g_ptr_array_index (layout->spec->series, index);
  const GArray *columns;
  guint first, end;

  find_shown (layout, series, &first, &end);
  if (series->times == NULL || end - first <= layout->plot.width / 2)
    {
      draw_all (layout, cr, series, first, end);
      draw_markers (layout, cr, series, first, end);
      return;
    }
  columns = dd_chart_layout_columns (layout, index);
  if (columns->len > 0 && (end - first) / columns->len > ENVELOPE)
    draw_envelope (layout, cr, series, columns);
  else
    draw_columns (layout, cr, series, columns);
}

/* Of a positive number its exponent and the first bits of its mantissa: ROW_STEPS to an octave, far finer than a row of cells. */
#define ROW_BITS 8
#define ROW_STEPS (1 << ROW_BITS)

static inline guint
row_key (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits >> (23 - ROW_BITS);
}

/* The row of cells of each number of a logarithmic scale by its row_key(), from that of the scale's least; -1 outside of the plot. */
static gint16 *
make_rows (DdChartLayout *layout,
           int            high,
           guint         *first,
           guint         *n)
{
  const DdScale *scale = &layout->y;
  gint16 *rows;

  *first = row_key ((float) scale->from);
  *n = row_key ((float) scale->to) + 1 - *first;
  rows = g_new (gint16, *n);
  for (guint i = 0; i < *n; i++)
    {
      /* The middle of those that share the key. */
      guint32 bits = ((*first + i) << (23 - ROW_BITS)) + (1u << (22 - ROW_BITS));
      float value;
      double row;

      memcpy (&value, &bits, sizeof value);
      row = (dd_chart_layout_y_of (layout, CLAMP (value, scale->from, scale->to)) - layout->plot.y) / CELL;
      rows[i] = row >= 0 && row < high ? (gint16) row : -1;
    }
  return rows;
}

/* How many events are in each cell of the plot, column by column: as events come in order of time, neighbours fall near each other.
 * This is all that a million points cost. */
static void
count_cells (DdChartLayout       *layout,
             const DdChartSeries *series,
             guint                first,
             guint                end,
             int                  wide,
             int                  high,
             guint               *cells)
{
  const DdChartSpec *spec = layout->spec;
  const DdScale *scale = &layout->y;
  double columns = layout->plot.width / CELL / MAX ((double) (spec->to - spec->from), 1);
  float rows = (float) ((scale->end - scale->start) / CELL / (scale->to - scale->from));
  float row_0 = (float) ((scale->start - layout->plot.y) / CELL - scale->from * rows);
  guint first_key = 0, n_keys = 0;
  g_autofree gint16 *row_of = scale->kind == DD_SCALE_LOG ? make_rows (layout, high, &first_key, &n_keys) : NULL;

  for (guint i = first; i < end; i++)
    {
      gint64 at = series->times != NULL ? series->times[i] : dd_chart_series_time (spec, series, i);
      float value = (float) series->values[i], row;
      int x = (int) ((double) (at - spec->from) * columns);

      if (row_of != NULL)
        {
          guint key = row_key (value) - first_key;

          row = key < n_keys ? row_of[key] : -1;
        }
      else
        {
          row = row_0 + rows * value;
        }
      /* Not where it is no number. */
      if (x >= 0 && x < wide && row >= 0 && row < (float) high)
        cells[x * high + (int) row]++;
    }
}

static void
draw_cells (DdChartLayout       *layout,
            cairo_t             *cr,
            const DdChartSeries *series,
            guint                first,
            guint                end)
{
  int wide = (int) ceil (layout->plot.width / CELL) + 1, high = (int) ceil (layout->plot.height / CELL) + 1;
  g_autofree guint *cells = g_new0 (guint, (gsize) wide * high);
  guint most = 2;

  count_cells (layout, series, first, end, wide, high, cells);
  for (int i = 0; i < wide * high; i++)
    most = MAX (most, cells[i]);
  /* By the logarithm: places with few events must be seen beside those with very many. */
  for (int i = 0; i < wide * high; i++)
    if (cells[i] > 0)
      cells[i] = 1 + (guint) ((CELL_STEPS - 1) * log (cells[i]) / log (most) + 0.5);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int step = 1; step <= CELL_STEPS; step++)
    {
      DdColour colour = layout->look.palette->series[series->role];

      colour.alpha = 0.25 + 0.75 * step / CELL_STEPS;
      dd_chart_set_colour (cr, &colour);
      for (int i = 0; i < wide * high; i++)
        if (cells[i] == (guint) step)
          cairo_rectangle (cr, floor (layout->plot.x) + i / high * CELL, floor (layout->plot.y) + i % high * CELL, CELL, CELL);
      cairo_fill (cr);
    }
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

void
dd_chart_draw_scatter (DdChartLayout *layout,
                       cairo_t       *cr,
                       guint          index)
{
  const DdChartSeries *series = g_ptr_array_index (layout->spec->series, index);
  guint first, end;

  find_shown (layout, series, &first, &end);
  if (end - first > SCATTER_MOST)
    {
      draw_cells (layout, cr, series, first, end);
      return;
    }
  for (guint i = first; i < end; i++)
    {
      double y = dd_chart_layout_y_of (layout, series->values[i]);

      if (!isnan (y))
        dd_chart_draw_marker (cr, series->role, dd_chart_layout_series_x (layout, series, i), y, MARKER, FALSE, layout->look.palette);
    }
}
