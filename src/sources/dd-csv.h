/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads RFC 4180, row by row, over text that stays where it is. */
typedef struct
{
  const char *cursor;
  const char *end;
  guint       line;   /* where the row at hand begins; 1 for the first */
  guint       next_line;
  GPtrArray  *cells;  /* of char *: the row at hand, owned by the reader */
  GString    *cell;
} DdCsv;

/* A byte order mark is passed over. */
void     dd_csv_init (DdCsv *csv, const char *text, gsize length);
void     dd_csv_clear (DdCsv *csv);

/* The next row into @csv->cells; empty lines are passed over. FALSE at the end, or with an error where a quote is never closed. */
gboolean dd_csv_next (DdCsv *csv, GError **error);

G_END_DECLS
