/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DdColumns:
 *
 * Its children side by side in as many columns as the width allows, row by row; all of a row are equally high. What is wide on a
 * large screen so becomes a list on a small one.
 */
#define DD_TYPE_COLUMNS (dd_columns_get_type ())
G_DECLARE_FINAL_TYPE (DdColumns, dd_columns, DD, COLUMNS, GtkWidget)

GtkWidget *dd_columns_new (void);
void       dd_columns_append (DdColumns *self, GtkWidget *child);

/* From which width on (pixels of content, at letters of the usual size) there are how many columns: pairs of both, widest first, ended by { 0, n }. @steps must
 * outlive the widget. @first_weight: how many times as wide as another the first column is. */
typedef struct
{
  int width;
  int columns;
} DdColumnStep;

void       dd_columns_set_steps (DdColumns *self, const DdColumnStep *steps, double first_weight);

/* How many times as large as the usual ones @widget's letters are, 1 where they are smaller: a step's width is multiplied by it. */
double     dd_columns_letters (GtkWidget *widget);

G_END_DECLS
