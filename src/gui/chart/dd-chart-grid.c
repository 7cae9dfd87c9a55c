/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-grid.h"

#include "dd-chart-words.h"

/* What the callbacks of a column get. */
typedef struct
{
  const DdChartSpec *spec;
  guint              column;
} Column;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Column                   *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), dd_chart_table_is_number (column->spec, column->column) ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Column                   *column)
{
  g_autofree char *text = dd_chart_table_cell (column->spec, gtk_list_item_get_position (item), column->column);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
free_column (gpointer  data,
             GClosure *closure)
{
  g_free (data);
}

static void
add_column (GtkColumnView     *view,
            const DdChartSpec *spec,
            guint              index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *heading = dd_chart_table_heading (spec, index);
  g_autoptr (GtkColumnViewColumn) column = NULL;
  Column *own = g_new0 (Column, 1);

  *own = (Column) { spec, index };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), own);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), own, free_column, 0);
  column = gtk_column_view_column_new (heading, factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

GtkWidget *
dd_chart_grid_new (const DdChartSpec *spec)
{
  /* A row is its number; the cells are made from the spec as they are looked at. */
  GtkStringList *rows = gtk_string_list_new (NULL);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows))));

  for (guint i = 0; i < dd_chart_table_rows (spec); i++)
    gtk_string_list_append (rows, "");
  for (guint i = 0; i < dd_chart_table_columns (spec); i++)
    add_column (GTK_COLUMN_VIEW (view), spec, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, spec->title, -1);
  return view;
}
