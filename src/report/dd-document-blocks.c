/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-words.h"
#include "dd-document.h"

static void
item_free (DdItem *item)
{
  g_free (item->text);
  g_free (item->rest);
  g_free (item);
}

static void
clear_cell (DdCell *cell)
{
  g_free (cell->text);
  g_free (cell->mark);
  g_clear_pointer (&cell->chart, dd_chart_spec_free);
}

static void
clear_column (DdColumn *column)
{
  g_free (column->heading);
}

static void
block_free (DdBlock *block)
{
  g_free (block->text);
  g_free (block->small);
  g_free (block->value);
  g_free (block->basis);
  g_clear_pointer (&block->columns, g_array_unref);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_clear_pointer (&block->items, g_ptr_array_unref);
  g_clear_pointer (&block->chart, dd_chart_spec_free);
  g_clear_pointer (&block->left, g_ptr_array_unref);
  g_clear_pointer (&block->right, g_ptr_array_unref);
  g_free (block);
}

GPtrArray *
dd_blocks_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
}

DdBlock *
dd_blocks_add (GPtrArray  *blocks,
               DdBlockKind kind,
               const char *text)
{
  DdBlock *block = g_new0 (DdBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  if (kind == DD_BLOCK_LIST)
    block->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  if (kind == DD_BLOCK_PAIR)
    {
      block->left = dd_blocks_new ();
      block->right = dd_blocks_new ();
    }
  g_ptr_array_add (blocks, block);
  return block;
}

DdBlock *
dd_blocks_add_table (GPtrArray  *blocks,
                     const char *text)
{
  DdBlock *table = dd_blocks_add (blocks, DD_BLOCK_TABLE, text);

  table->columns = g_array_new (FALSE, TRUE, sizeof (DdColumn));
  g_array_set_clear_func (table->columns, (GDestroyNotify) clear_column);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return table;
}

DdBlock *
dd_blocks_add_chart (GPtrArray   *blocks,
                     DdChartSpec *chart)
{
  g_autofree char *words = dd_chart_words_summary (chart);
  DdBlock *block = dd_blocks_add (blocks, DD_BLOCK_CHART, words);

  block->chart = chart;
  return block;
}

void
dd_block_add_item (DdBlock    *list,
                   const char *text,
                   const char *rest)
{
  DdItem *item = g_new0 (DdItem, 1);

  item->text = g_strdup (text);
  item->rest = g_strdup (rest);
  g_ptr_array_add (list->items, item);
}

DdColumn *
dd_table_add_column (DdBlock    *table,
                     const char *heading)
{
  DdColumn column = { .heading = g_strdup (heading) };

  g_array_append_val (table->columns, column);
  return &g_array_index (table->columns, DdColumn, table->columns->len - 1);
}

DdColumn *
dd_table_add_numbers (DdBlock    *table,
                      const char *heading)
{
  DdColumn *column = dd_table_add_column (table, heading);

  column->number = TRUE;
  return column;
}

void
dd_table_add_row (DdBlock *table)
{
  GArray *row = g_array_sized_new (FALSE, TRUE, sizeof (DdCell), table->columns->len);

  g_array_set_clear_func (row, (GDestroyNotify) clear_cell);
  g_ptr_array_add (table->rows, row);
}

DdCell *
dd_table_add_cell (DdBlock   *table,
                   char      *text,
                   DdCellLook look)
{
  GArray *row = g_ptr_array_index (table->rows, table->rows->len - 1);
  DdCell cell = { .text = text, .look = look };

  g_array_append_val (row, cell);
  return &g_array_index (row, DdCell, row->len - 1);
}

void
dd_document_free (DdDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->title);
  g_free (document->subject);
  g_free (document->author);
  g_free (document->foot);
  g_clear_pointer (&document->zone, g_time_zone_unref);
  g_ptr_array_unref (document->blocks);
  g_free (document);
}
