/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-pages-private.h"

#define FOOT_HEIGHT 34.0
#define PAIR_GAP 28.0
/* Rows that a table's head must have below it, and of its end that must not be alone. */
#define LEAST_ROWS 3
#define LEAST_LINES 3

/* Where the next block goes. */
typedef struct
{
  DdPages *pages;
  double   x, y, width;
  double   bottom;
  gboolean fresh;   /* nothing is on this page yet */
  GArray  *page;    /* of DdPiece */
  gboolean fixed;   /* no new page: half of a pair */
} Flow;

static double
gap_above (const Flow    *flow,
           const DdBlock *block,
           const DdBlock *before)
{
  gboolean tight = flow->pages->document->one_page, titled;

  if (flow->fresh || before == NULL)
    return 0;
  titled = before->kind == DD_BLOCK_HEADING || before->kind == DD_BLOCK_CHAPTER;
  switch (block->kind)
    {
    case DD_BLOCK_CHAPTER:
      return 40;
    case DD_BLOCK_HEADING:
      return before->kind == DD_BLOCK_CHART ? 16 : tight ? 19 : 26;
    case DD_BLOCK_PAIR:
      return tight ? 14 : 26;
    case DD_BLOCK_NOTE:
      return 18;
    case DD_BLOCK_TABLE:
      return titled ? 4 : 14;
    case DD_BLOCK_SMALL:
      return 5;
    case DD_BLOCK_TITLE:
    case DD_BLOCK_WORDS:
    case DD_BLOCK_CHART:
    case DD_BLOCK_LIST:
    default:
      return titled ? 8 : 12;
    }
}

static void
new_page (Flow *flow)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (DdPiece));

  g_ptr_array_add (flow->pages->pages, page);
  flow->page = page;
  flow->y = DD_PAGE_MARGIN - 8;
  flow->fresh = TRUE;
}

static void
add_piece (Flow          *flow,
           const DdBlock *block,
           guint          from,
           guint          to,
           double         height)
{
  DdPiece piece = { block, from, to, flow->x, flow->y, flow->width, height };

  g_array_append_val (flow->page, piece);
  flow->y += height;
  flow->fresh = FALSE;
}

static double
title_height (DdPages       *pages,
              const DdBlock *title,
              double         width)
{
  double name, small;

  dd_pages_text_size (dd_pages_text (pages, DD_SET_TITLE, title->text, width - DD_VERDICT_ROOM, 2, FALSE), NULL, &name);
  dd_pages_text_size (dd_pages_text (pages, DD_SET_BODY, title->small, width - DD_VERDICT_ROOM, 2, FALSE), NULL, &small);
  return MAX (ceil (name + 2 + small), 48);
}

/* Of what cannot be parted. */
static double
block_height (DdPages       *pages,
              const DdBlock *block,
              double         width)
{
  double height;

  switch (block->kind)
    {
    case DD_BLOCK_TITLE:
      return title_height (pages, block, width);
    case DD_BLOCK_HEADING:
      dd_pages_text_size (dd_pages_text (pages, DD_SET_HEADING, block->text, width, 2, FALSE), NULL, &height);
      return height;
    case DD_BLOCK_CHAPTER:
      dd_pages_text_size (dd_pages_text (pages, DD_SET_FIGURE, block->text, 0, 1, FALSE), NULL, &height);
      return height + 10;
    case DD_BLOCK_CHART:
      return dd_pages_chart_height (pages, block->chart, width);
    case DD_BLOCK_NOTE:
    case DD_BLOCK_WORDS:
    case DD_BLOCK_SMALL:
    case DD_BLOCK_TABLE:
    case DD_BLOCK_LIST:
    case DD_BLOCK_PAIR:
    default:
      return 0;
    }
}

static double
item_height (Flow          *flow,
             const DdBlock *list,
             guint          i)
{
  double height;

  dd_pages_text_size (dd_pages_item (flow->pages, g_ptr_array_index (list->items, i), flow->width - DD_LIST_INDENT), NULL, &height);
  return height + (i + 1 < list->items->len ? DD_LIST_GAP : 0);
}

static double blocks_height (Flow *flow, const GPtrArray *blocks, double width);
static double pair_height (Flow *flow, const DdBlock *pair);

static double
line_height (PangoLayout *layout,
             guint        line)
{
  PangoRectangle box;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, (int) line), NULL, &box);
  return (double) box.height / PANGO_SCALE;
}

/* How much of the block has to be on the page with what is before it. */
static double
least_height (Flow          *flow,
              const DdBlock *block)
{
  const DdTableSize *size;
  PangoLayout *layout;
  double height;
  guint least;

  switch (block->kind)
    {
    case DD_BLOCK_TABLE:
      size = dd_pages_table_size (flow->pages, block, flow->width);
      height = size->head;
      /* What cannot be parted into two that are long enough stays whole. */
      least = block->rows->len < 2 * LEAST_ROWS ? block->rows->len : LEAST_ROWS;
      for (guint i = 0; i < least; i++)
        height += size->heights[i];
      return height;
    case DD_BLOCK_LIST:
      return block->items->len > 0 ? item_height (flow, block, 0) : 0;
    case DD_BLOCK_NOTE:
    case DD_BLOCK_WORDS:
    case DD_BLOCK_SMALL:
      layout = dd_pages_prose (flow->pages, block, flow->width);
      height = 0;
      for (int i = 0; i < MIN (pango_layout_get_line_count (layout), LEAST_LINES); i++)
        height += line_height (layout, (guint) i);
      return height;
    case DD_BLOCK_PAIR:
      return pair_height (flow, block);
    case DD_BLOCK_TITLE:
    case DD_BLOCK_HEADING:
    case DD_BLOCK_CHAPTER:
    case DD_BLOCK_CHART:
    default:
      return block_height (flow->pages, block, flow->width);
    }
}

/* The block with all that must not be parted from it: a heading and what comes below it. */
static double
kept_height (Flow            *flow,
             const GPtrArray *blocks,
             guint            i)
{
  const DdBlock *block = g_ptr_array_index (blocks, i), *next = i + 1 < blocks->len ? g_ptr_array_index (blocks, i + 1) : NULL;
  double height = least_height (flow, block);
  gboolean keeps = block->kind == DD_BLOCK_HEADING || block->kind == DD_BLOCK_CHAPTER;

  /* Words below a chapter's heading lead to its chart. */
  if (block->kind == DD_BLOCK_WORDS && i > 0)
    keeps = ((const DdBlock *) g_ptr_array_index (blocks, i - 1))->kind == DD_BLOCK_CHAPTER;
  /* A chart is not left alone by the small print below it. */
  if (block->kind == DD_BLOCK_CHART && next != NULL && next->kind == DD_BLOCK_SMALL)
    keeps = TRUE;
  if (!keeps || next == NULL)
    return height;
  return height + gap_above (flow, next, block) + kept_height (flow, blocks, i + 1);
}

static void
flow_table (Flow          *flow,
            const DdBlock *table)
{
  const DdTableSize *size = dd_pages_table_size (flow->pages, table, flow->width);
  guint from = 0, n = table->rows->len;

  while (from < n)
    {
      double height = size->head;
      guint to = from;

      while (to < n && (flow->fixed || to == from || flow->y + height + size->heights[to] <= flow->bottom))
        height += size->heights[to++];
      /* The last rows of a long table are not left alone on a page. */
      while (to < n && n - to < LEAST_ROWS && to - from > LEAST_ROWS)
        height -= size->heights[--to];
      add_piece (flow, table, from, to, height);
      from = to;
      if (from < n)
        new_page (flow);
    }
}

static void
flow_list (Flow          *flow,
           const DdBlock *list)
{
  guint from = 0, n = list->items->len;

  while (from < n)
    {
      double height = 0, next;
      guint to = from;

      while (to < n)
        {
          next = item_height (flow, list, to);
          if (!flow->fixed && to > from && flow->y + height + next > flow->bottom)
            break;
          height += next;
          to++;
        }
      add_piece (flow, list, from, to, height);
      from = to;
      if (from < n)
        new_page (flow);
    }
}

static void
flow_prose (Flow          *flow,
            const DdBlock *block)
{
  PangoLayout *layout = dd_pages_prose (flow->pages, block, flow->width);
  guint from = 0, n = (guint) pango_layout_get_line_count (layout);

  while (from < n)
    {
      double height = 0;
      guint to = from;

      while (to < n && (flow->fixed || to == from || flow->y + height + line_height (layout, to) <= flow->bottom))
        height += line_height (layout, to++);
      add_piece (flow, block, from, to, height);
      from = to;
      if (from < n)
        new_page (flow);
    }
}

static void flow_blocks (Flow *flow, const GPtrArray *blocks);

static void
flow_half (Flow            *flow,
           const GPtrArray *blocks,
           double           x,
           double          *lowest)
{
  Flow half = *flow;

  half.x = x;
  half.width = (flow->width - PAIR_GAP) / 2;
  half.fixed = TRUE;
  half.fresh = TRUE;
  flow_blocks (&half, blocks);
  *lowest = MAX (*lowest, half.y);
}

static void
flow_pair (Flow          *flow,
           const DdBlock *pair)
{
  double lowest = flow->y;

  if (pair_height (flow, pair) > flow->bottom - DD_PAGE_MARGIN)
    {
      /* Higher than a page: one after the other. */
      flow_blocks (flow, pair->left);
      flow_blocks (flow, pair->right);
      return;
    }
  flow_half (flow, pair->left, flow->x, &lowest);
  flow_half (flow, pair->right, flow->x + (flow->width + PAIR_GAP) / 2, &lowest);
  flow->y = lowest;
  flow->fresh = FALSE;
}

static void
flow_blocks (Flow            *flow,
             const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const DdBlock *block = g_ptr_array_index (blocks, i), *before = i > 0 ? g_ptr_array_index (blocks, i - 1) : NULL;
      double gap = gap_above (flow, block, before);

      if (!flow->fixed && !flow->fresh && flow->y + gap + kept_height (flow, blocks, i) > flow->bottom)
        {
          new_page (flow);
          gap = 0;
        }
      flow->y += gap;
      switch (block->kind)
        {
        case DD_BLOCK_TABLE:
          flow_table (flow, block);
          break;
        case DD_BLOCK_LIST:
          flow_list (flow, block);
          break;
        case DD_BLOCK_PAIR:
          flow_pair (flow, block);
          break;
        case DD_BLOCK_NOTE:
        case DD_BLOCK_WORDS:
        case DD_BLOCK_SMALL:
          flow_prose (flow, block);
          break;
        case DD_BLOCK_TITLE:
        case DD_BLOCK_HEADING:
        case DD_BLOCK_CHAPTER:
        case DD_BLOCK_CHART:
        default:
          add_piece (flow, block, 0, 0, block_height (flow->pages, block, flow->width));
          break;
        }
    }
}

/* As half of a pair, from a page that is thrown away. */
static double
blocks_height (Flow            *flow,
               const GPtrArray *blocks,
               double           width)
{
  g_autoptr (GArray) page = g_array_new (FALSE, FALSE, sizeof (DdPiece));
  Flow trial = { flow->pages, 0, 0, width, G_MAXDOUBLE, TRUE, page, TRUE };

  flow_blocks (&trial, blocks);
  return trial.y;
}

static double
pair_height (Flow          *flow,
             const DdBlock *pair)
{
  double width = (flow->width - PAIR_GAP) / 2;

  return MAX (blocks_height (flow, pair->left, width), blocks_height (flow, pair->right, width));
}

void
dd_pages_flow (DdPages *pages)
{
  Flow flow = {
    .pages = pages,
    .x = DD_PAGE_MARGIN,
    .width = pages->width - 2 * DD_PAGE_MARGIN,
    .bottom = pages->height - DD_PAGE_MARGIN - FOOT_HEIGHT + 14,
  };

  new_page (&flow);
  flow_blocks (&flow, pages->document->blocks);
}
