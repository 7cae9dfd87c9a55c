/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-record-model.h"

G_BEGIN_DECLS

#define DD_RECORD_COLUMNS 5

/**
 * DdRecordLine:
 *
 * A line of the list behind a number, or its head: five cells, which share a width alike in each line of that width.
 */
#define DD_TYPE_RECORD_LINE (dd_record_line_get_type ())
G_DECLARE_FINAL_TYPE (DdRecordLine, dd_record_line, DD, RECORD_LINE, GtkWidget)

/* What the column of that number shows. */
DdRecordOrder dd_record_line_column (guint column);

GtkWidget    *dd_record_line_new (void);
void          dd_record_line_set_row (DdRecordLine *self, const DdRecordRow *row, GTimeZone *zone);

/* The head: a button for each column, which calls @clicked with @data and the order that the column stands for. */
typedef void (*DdRecordSort) (gpointer data, DdRecordOrder order);
GtkWidget    *dd_record_head_new (DdRecordSort clicked, gpointer data);
/* Says by which the list is sorted. */
void          dd_record_head_set_order (DdRecordLine *self, DdRecordOrder order, gboolean descending);

G_END_DECLS
