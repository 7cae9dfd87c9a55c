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
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  gboolean formula = *valid != '\0' && strchr ("=+-@\t\r\n", *valid) != NULL;

  begin_cell (row);
  if (*valid == '\0')
    {
      /* A row that begins with nothing would look as if it had not begun. */
      if (row->len == 0 || row->str[row->len - 1] == '\n')
        g_string_append (row, "\"\"");
      return;
    }
  if (!formula && strpbrk (valid, ",\"\r\n") == NULL)
    {
      g_string_append (row, valid);
      return;
    }
  g_string_append_c (row, '"');
  if (formula)
    g_string_append_c (row, '\'');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *c);
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
