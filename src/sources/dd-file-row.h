/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-csv.h"
#include "dd-file-source.h"

G_BEGIN_DECLS

#define DD_FILE_MOST_COLUMNS 16

/* One row of a file of records: its cells by the columns of its kind, whatever their order in the file. */
typedef struct
{
  DdFileKind kind;
  DdCsvCell  cells[DD_FILE_MOST_COLUMNS]; /* of length 0 where not known */
  GChecksum *sum;                         /* scratch */
} DdFileRow;

void                dd_file_row_init (DdFileRow *row, DdFileKind kind);
void                dd_file_row_clear (DdFileRow *row);
/* All cells to "not known". */
void                dd_file_row_reset (DdFileRow *row);

/* Names of a kind's columns, those that are needed first. */
const char * const *dd_file_kind_columns (DdFileKind kind);
guint               dd_file_kind_needed (DdFileKind kind);

/* Checks the row and adds it to @batch as a record; only checks where that is NULL. The error names the column. */
gboolean            dd_file_row_take (DdFileRow *row, DdBatch *batch, GError **error);

/* DD_ERROR_INVALID with "column: text"; always FALSE. */
gboolean            dd_file_row_complain (const char *column, const char *text, GError **error);

/* What stands in a cell, fit for a sentence: on one line and not too long. */
char               *dd_file_row_quote (const DdCsvCell *cell) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
