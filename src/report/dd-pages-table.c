/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-pages-private.h"

/* Rows of longer tables stand closer. */
#define LONG_TABLE 14
/* A column that is not wide takes no more of the width than this. */
#define MOST_SHARE 0.3
#define LEAST_WIDE 100.0
#define SPARKLINE_HEIGHT 22.0
#define CHIP_ROUNDING 4.0

void
dd_table_size_free (DdTableSize *size)
{
  g_free (size->widths);
  g_free (size->heights);
  g_free (size);
}

static double
bars_room (DdTier bars)
{
  return bars != DD_TIER_NONE ? DD_BARS_WIDTH + DD_BARS_GAP : 0;
}

static const DdCell *
cell_of (const DdBlock *table,
         guint          row,
         guint          column)
{
  const GArray *cells = g_ptr_array_index (table->rows, row);

  return column < cells->len ? &g_array_index (cells, DdCell, column) : NULL;
}

/* The width that column @i would take on lines without end. */
static double
natural_width (DdPages       *pages,
               const DdBlock *table,
               guint          i)
{
  const DdColumn *column = &g_array_index (table->columns, DdColumn, i);
  double widest, width;

  dd_pages_text_size (dd_pages_text (pages, DD_SET_HEAD, column->heading, 0, 0, FALSE), &widest, NULL);
  widest += bars_room (column->bars);
  for (guint row = 0; row < table->rows->len; row++)
    {
      const DdCell *cell = cell_of (table, row, i);

      if (cell == NULL || cell->chart != NULL)
        continue;
      dd_pages_text_size (dd_pages_cell (pages, cell, column->number, 0), &width, NULL);
      widest = MAX (widest, width + bars_room (cell->bars));
    }
  /* What is measured must not wrap for a rounding. */
  return MAX (ceil (widest) + 1 + 2 * DD_CELL_PADDING, column->least);
}

/* Numbers and short words get what they need, wide columns the rest; without wide ones, all get the same of it. */
static void
share_width (const DdBlock *table,
             double        *widths,
             double         width)
{
  double narrow = 0, wide = 0, rest, least;
  guint n_wide = 0, n = table->columns->len;

  for (guint i = 0; i < n; i++)
    if (g_array_index (table->columns, DdColumn, i).wide)
      {
        wide += widths[i];
        n_wide++;
      }
    else
      narrow += widths[i] = n > 2 ? MIN (widths[i], MAX (width * MOST_SHARE, 120)) : MIN (widths[i], width / 2);
  least = MIN (wide, LEAST_WIDE * n_wide);
  if (narrow + least > width)
    {
      /* Everything gives way alike; what does not fit is set on two lines or cut. */
      double part = (width - least) / narrow;

      for (guint i = 0; i < n; i++)
        if (!g_array_index (table->columns, DdColumn, i).wide)
          widths[i] *= part;
      narrow = width - least;
    }
  rest = width - narrow;
  for (guint i = 0; i < n; i++)
    if (n_wide == 0)
      widths[i] += rest / n;
    else if (g_array_index (table->columns, DdColumn, i).wide)
      widths[i] = rest * widths[i] / wide;
}

static double
row_height (DdPages           *pages,
            const DdBlock     *table,
            const DdTableSize *size,
            guint              row)
{
  double most = pages->line, height;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const DdCell *cell = cell_of (table, row, i);

      if (cell == NULL)
        continue;
      if (cell->chart != NULL)
        height = SPARKLINE_HEIGHT;
      else
        dd_pages_text_size (dd_pages_cell (pages, cell, FALSE, size->widths[i] - 2 * DD_CELL_PADDING - bars_room (cell->bars)),
                            NULL, &height);
      most = MAX (most, height);
    }
  return ceil (most + 2 * size->padding);
}

static double
head_height (DdPages           *pages,
             const DdBlock     *table,
             const DdTableSize *size)
{
  double most = 0, height;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const DdColumn *column = &g_array_index (table->columns, DdColumn, i);

      dd_pages_text_size (dd_pages_text (pages, DD_SET_HEAD, column->heading,
                                         size->widths[i] - 2 * DD_CELL_PADDING - bars_room (column->bars), 2, FALSE),
                          NULL, &height);
      most = MAX (most, height);
    }
  return ceil (most + 12);
}

DdTableSize *
dd_pages_table_size (DdPages       *pages,
                     const DdBlock *table,
                     double         width)
{
  DdTableSize *size = g_hash_table_lookup (pages->tables, table);

  if (size != NULL)
    return size;
  size = g_new0 (DdTableSize, 1);
  size->padding = pages->document->one_page ? 4 : table->rows->len > LONG_TABLE ? 3.5 : 5.5;
  size->widths = g_new0 (double, table->columns->len);
  size->heights = g_new0 (double, table->rows->len);
  for (guint i = 0; i < table->columns->len; i++)
    size->widths[i] = natural_width (pages, table, i);
  share_width (table, size->widths, width);
  for (guint i = 0; i < table->rows->len; i++)
    size->heights[i] = row_height (pages, table, size, i);
  size->head = head_height (pages, table, size);
  g_hash_table_insert (pages->tables, (gpointer) table, size);
  return size;
}

static void
rounded (cairo_t *cr,
         double   x,
         double   y,
         double   width,
         double   height)
{
  double r = CHIP_ROUNDING;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static const DdColour *
colour_of (const DdCell *cell)
{
  if (cell->chip != DD_TIER_NONE)
    return &dd_palette_get (DD_THEME_LIGHT)->tier_text[cell->chip];
  switch (cell->look)
    {
    case DD_LOOK_DIM:
      return &dd_page_dim;
    case DD_LOOK_GOOD:
      return &dd_page_good;
    case DD_LOOK_BAD:
      return &dd_page_bad;
    case DD_LOOK_PLAIN:
    case DD_LOOK_BOLD:
    case DD_LOOK_FIGURE:
    default:
      return &dd_page_ink;
    }
}

static void
draw_sparkline (DdPages      *pages,
                const DdCell *cell,
                cairo_t      *cr,
                double        x,
                double        y,
                double        width)
{
  DdChartLook look = dd_pages_look (pages);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  dd_chart_draw (cell->chart, cr, width, SPARKLINE_HEIGHT, &look);
  cairo_restore (cr);
}

static void
draw_cell (DdPages      *pages,
           const DdCell *cell,
           gboolean      number,
           cairo_t      *cr,
           double        x,
           double        y,
           double        width,
           double        height)
{
  double room = bars_room (cell->bars), text_width, text_height;
  PangoLayout *layout;

  x += DD_CELL_PADDING;
  width -= 2 * DD_CELL_PADDING;
  if (cell->chart != NULL)
    {
      draw_sparkline (pages, cell, cr, x, y + (height - SPARKLINE_HEIGHT) / 2, width);
      return;
    }
  layout = dd_pages_cell (pages, cell, number, width - room);
  dd_pages_text_size (layout, &text_width, &text_height);
  if (room > 0)
    dd_pages_draw_bars (cr, cell->bars, x, y + height / 2 - 6.5, DD_BARS_WIDTH, 12);
  if (cell->chip != DD_TIER_NONE)
    {
      const DdColour *fill = &dd_palette_get (DD_THEME_LIGHT)->tiers[cell->chip];

      cairo_set_source_rgb (cr, fill->red, fill->green, fill->blue);
      rounded (cr, x - DD_CELL_PADDING, y + height / 2 - text_height / 2 - 1.5, text_width + 2 * DD_CELL_PADDING, text_height + 3);
      cairo_fill (cr);
    }
  dd_pages_show (cr, layout, x + room, y + (height - text_height) / 2, colour_of (cell));
}

static void
draw_rule (cairo_t        *cr,
           const DdPiece  *piece,
           double          y,
           const DdColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, piece->x, y);
  cairo_line_to (cr, piece->x + piece->width, y);
  cairo_stroke (cr);
}

static void
draw_head (DdPages           *pages,
           const DdPiece     *piece,
           const DdTableSize *size,
           cairo_t           *cr)
{
  double x = piece->x, height;

  cairo_tag_begin (cr, "TR", NULL);
  for (guint i = 0; i < piece->block->columns->len; i++)
    {
      const DdColumn *column = &g_array_index (piece->block->columns, DdColumn, i);
      double room = bars_room (column->bars);
      PangoLayout *layout = dd_pages_text (pages, DD_SET_HEAD, column->heading, size->widths[i] - 2 * DD_CELL_PADDING - room,
                                           2, column->number);

      cairo_tag_begin (cr, "TH", NULL);
      dd_pages_text_size (layout, NULL, &height);
      if (room > 0)
        dd_pages_draw_bars (cr, column->bars, x + DD_CELL_PADDING, piece->y + size->head - 6 - height / 2 - 6, DD_BARS_WIDTH, 11);
      dd_pages_show (cr, layout, x + DD_CELL_PADDING + room, piece->y + size->head - 6 - height, &dd_page_dim);
      cairo_tag_end (cr, "TH");
      x += size->widths[i];
    }
  cairo_tag_end (cr, "TR");
  draw_rule (cr, piece, piece->y + size->head, &dd_page_rule);
}

void
dd_pages_draw_table (DdPages       *pages,
                     const DdPiece *piece,
                     cairo_t       *cr)
{
  const DdBlock *table = piece->block;
  const DdTableSize *size = dd_pages_table_size (pages, table, piece->width);
  double y = piece->y + size->head;

  cairo_tag_begin (cr, "Table", NULL);
  draw_head (pages, piece, size, cr);
  for (guint row = piece->from; row < piece->to; row++)
    {
      double x = piece->x;

      if (table->total && row + 1 == table->rows->len)
        draw_rule (cr, piece, y, &dd_page_rule);
      cairo_tag_begin (cr, "TR", NULL);
      for (guint i = 0; i < table->columns->len; i++)
        {
          const DdCell *cell = cell_of (table, row, i);

          cairo_tag_begin (cr, "TD", NULL);
          if (cell != NULL)
            draw_cell (pages, cell, g_array_index (table->columns, DdColumn, i).number, cr, x, y, size->widths[i],
                       size->heights[row]);
          cairo_tag_end (cr, "TD");
          x += size->widths[i];
        }
      cairo_tag_end (cr, "TR");
      y += size->heights[row];
      draw_rule (cr, piece, y, &dd_page_faint);
    }
  cairo_tag_end (cr, "Table");
}
