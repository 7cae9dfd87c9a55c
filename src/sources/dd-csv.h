/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not ended by a NUL. */
typedef struct
{
  const char *text;
  gsize       length;
} DdCsvCell;

/**
 * DdCsv:
 *
 * Reads RFC 4180, row by row, over text that stays where it is: cells point into it, so that a row costs no memory. Only those with
 * quotes in them are copied.
 */
typedef struct
{
  const char *cursor;
  const char *end;
  guint       line;      /* where the row at hand begins; 1 for the first */
  guint       next_line;
  GArray     *cells;     /* of DdCsvCell: the row at hand, until the next one */
  GPtrArray  *copies;    /* of char *: cells of this row that had quotes in them */
} DdCsv;

void     dd_csv_init (DdCsv *csv, const char *text, gsize length);
void     dd_csv_clear (DdCsv *csv);

/* The next row into @csv->cells; empty lines are passed over. FALSE at the end, or with an error where quotes are not as they must be. */
gboolean dd_csv_next (DdCsv *csv, GError **error);

G_END_DECLS
