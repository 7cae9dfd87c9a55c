/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-query.h"

G_BEGIN_DECLS

/**
 * DdRecordTable:
 *
 * The list behind a number: what counted and why, what did not and which rule left it out. Its heads sort, its search narrows;
 * Return or a double click opens a record where it comes from; the list is copied or saved as CSV.
 */
#define DD_TYPE_RECORD_TABLE (dd_record_table_get_type ())
G_DECLARE_FINAL_TYPE (DdRecordTable, dd_record_table, DD, RECORD_TABLE, AdwBin)

GtkWidget *dd_record_table_new (DdMetric metric);

/* @list: (transfer full) (nullable) */
void       dd_record_table_take (DdRecordTable *self, DdRecordList *list);

/* One sentence instead of the list. */
void       dd_record_table_fail (DdRecordTable *self, const char *message);

/* As if @words were typed into its search. */
void       dd_record_table_search (DdRecordTable *self, const char *words);
void       dd_record_table_focus_search (DdRecordTable *self);

G_END_DECLS
