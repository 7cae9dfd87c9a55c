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
  csv->cells = g_ptr_array_new_with_free_func (g_free);
  csv->cell = g_string_new (NULL);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    csv->cursor += 3;
}

void
dd_csv_clear (DdCsv *csv)
{
  g_ptr_array_unref (csv->cells);
  g_string_free (csv->cell, TRUE);
}

/* Up to the closing quote; two in a row are one. */
static gboolean
read_quoted (DdCsv   *csv,
             GError **error)
{
  for (csv->cursor++; csv->cursor < csv->end; csv->cursor++)
    {
      if (*csv->cursor == '\n')
        csv->next_line++;
      if (*csv->cursor == '"')
        {
          if (csv->cursor + 1 >= csv->end || csv->cursor[1] != '"')
            {
              csv->cursor++;
              return TRUE;
            }
          csv->cursor++;
        }
      g_string_append_c (csv->cell, *csv->cursor);
    }
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, _("a quote is opened here and never closed"));
  return FALSE;
}

/* One cell, and what ends it. @more: another one follows on the same row. */
static gboolean
read_cell (DdCsv    *csv,
           gboolean *more,
           GError  **error)
{
  g_string_truncate (csv->cell, 0);
  if (csv->cursor < csv->end && *csv->cursor == '"' && !read_quoted (csv, error))
    return FALSE;
  while (csv->cursor < csv->end && *csv->cursor != ',' && *csv->cursor != '\n' && *csv->cursor != '\r')
    g_string_append_c (csv->cell, *csv->cursor++);
  *more = csv->cursor < csv->end && *csv->cursor == ',';
  if (*more)
    csv->cursor++;
  else
    {
      if (csv->cursor < csv->end && *csv->cursor == '\r')
        csv->cursor++;
      if (csv->cursor < csv->end && *csv->cursor == '\n')
        csv->cursor++;
      csv->next_line++;
    }
  g_ptr_array_add (csv->cells, g_strndup (csv->cell->str, csv->cell->len));
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
      g_ptr_array_set_size (csv->cells, 0);
      while (more)
        if (!read_cell (csv, &more, error))
          return FALSE;
      if (csv->cells->len > 1 || *(char *) g_ptr_array_index (csv->cells, 0) != '\0')
        return TRUE;
    }
  return FALSE;
}
