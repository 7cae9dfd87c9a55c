/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-csv-text.h"

#include <math.h>
#include <string.h>

static void
begin_cell (GString *row)
{
  if (row->len > 0 && row->str[row->len - 1] != '\n')
    g_string_append_c (row, ',');
}

void
dd_csv_text (GString    *row,
             const char *text)
{
  gboolean formula = text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  begin_cell (row);
  /* A row must not begin with nothing, or its first comma would be missing. */
  if (text == NULL || *text == '\0')
    text = row->len == 0 || row->str[row->len - 1] == '\n' ? " " : "";
  if (!formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (row, text);
      return;
    }
  g_string_append_c (row, '"');
  if (formula)
    g_string_append_c (row, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *text);
    }
  g_string_append_c (row, '"');
}

void
dd_csv_number (GString *row,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  begin_cell (row);
  if (!isnan (number))
    g_string_append (row, g_ascii_dtostr (buffer, sizeof buffer, number));
}

void
dd_csv_end (GString *row)
{
  g_string_append_c (row, '\n');
}
