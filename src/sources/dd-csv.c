/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"

void
dd_csv_init (DdCsv      *csv,
             const char *text,
             gsize       length)
{
  *csv = (DdCsv) { .cursor = text, .end = text + length, .line = 1, .next_line = 1 };
  csv->cells = g_array_new (FALSE, FALSE, sizeof (DdCsvCell));
  csv->copies = g_ptr_array_new_with_free_func (g_free);
}

void
dd_csv_clear (DdCsv *csv)
{
  g_array_unref (csv->cells);
  g_ptr_array_unref (csv->copies);
}

/* Two quotes in a row are one. */
static void
copy_without_quotes (DdCsv     *csv,
                     DdCsvCell *cell)
{
  char *copy = g_malloc (cell->length);
  gsize n = 0;

  for (gsize i = 0; i < cell->length; i++)
    {
      copy[n++] = cell->text[i];
      if (cell->text[i] == '"')
        i++;
    }
  g_ptr_array_add (csv->copies, copy);
  *cell = (DdCsvCell) { copy, n };
}

static void
count_lines (DdCsv      *csv,
             const char *from,
             const char *to)
{
  while ((from = memchr (from, '\n', (gsize) (to - from))) != NULL)
    {
      csv->next_line++;
      from++;
    }
}

/* From the opening quote to after the closing one. */
static gboolean
read_quoted (DdCsv     *csv,
             DdCsvCell *cell,
             GError   **error)
{
  const char *start = csv->cursor + 1, *quote = start;
  gboolean doubled = FALSE;

  while ((quote = memchr (quote, '"', (gsize) (csv->end - quote))) != NULL && quote + 1 < csv->end && quote[1] == '"')
    {
      doubled = TRUE;
      quote += 2;
    }
  if (quote == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, _("a quote is opened here and never closed"));
      return FALSE;
    }
  count_lines (csv, start, quote);
  *cell = (DdCsvCell) { start, (gsize) (quote - start) };
  if (doubled)
    copy_without_quotes (csv, cell);
  csv->cursor = quote + 1;
  if (csv->cursor == csv->end || strchr (",\r\n", *csv->cursor) != NULL)
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, _("something stands between a closing quote and the next comma"));
  return FALSE;
}

static void
read_plain (DdCsv     *csv,
            DdCsvCell *cell)
{
  const char *start = csv->cursor, *c = start;

  while (c < csv->end && *c != ',' && *c != '\n' && *c != '\r')
    c++;
  *cell = (DdCsvCell) { start, (gsize) (c - start) };
  csv->cursor = c;
}

/* One cell, and what ends it. @more: another one follows on the same row. */
static gboolean
read_cell (DdCsv    *csv,
           gboolean *more,
           GError  **error)
{
  DdCsvCell cell;

  if (csv->cursor == csv->end || *csv->cursor != '"')
    read_plain (csv, &cell);
  else if (!read_quoted (csv, &cell, error))
    return FALSE;
  g_array_append_val (csv->cells, cell);
  *more = csv->cursor < csv->end && *csv->cursor == ',';
  if (*more)
    {
      csv->cursor++;
      return TRUE;
    }
  if (csv->cursor < csv->end && *csv->cursor == '\r')
    csv->cursor++;
  if (csv->cursor < csv->end && *csv->cursor == '\n')
    csv->cursor++;
  csv->next_line++;
  return TRUE;
}

gboolean
dd_csv_next (DdCsv   *csv,
             GError **error)
{
  while (csv->cursor < csv->end)
    {
      gboolean more = TRUE;

      csv->line = csv->next_line;
      g_array_set_size (csv->cells, 0);
      if (csv->copies->len > 0)
        g_ptr_array_set_size (csv->copies, 0);
      while (more)
        if (!read_cell (csv, &more, error))
          return FALSE;
      if (csv->cells->len > 1 || g_array_index (csv->cells, DdCsvCell, 0).length > 0)
        return TRUE;
    }
  return FALSE;
}
