/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-table.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-record-model.h"
#include "dd-report.h"
#include "dd-save.h"
#include "dd-time.h"
#include "dd-words.h"

static const struct
{
  DdRecordOrder order;
  const char   *title;
  gboolean      expand;
} columns[] = {
  { DD_RECORD_BY_TITLE, N_("Record"), TRUE },
  { DD_RECORD_BY_REPOSITORY, N_("Repository"), FALSE },
  { DD_RECORD_BY_TIME, N_("When"), FALSE },
  { DD_RECORD_BY_VALUE, N_("Duration"), FALSE },
  { DD_RECORD_BY_RULE, N_("Counts"), FALSE },
};

/* What the callbacks of a column get. */
typedef struct
{
  DdRecordTable *table;
  guint          index;
} Column;

struct _DdRecordTable
{
  AdwBin parent;

  DdMetric        metric;
  DdColumns      *head;
  GtkLabel       *title;
  GtkLabel       *count;
  GtkSearchEntry *search;
  GtkStack       *stack;
  GtkColumnView  *view;
  AdwStatusPage  *nothing;
  DdRecordModel  *model;
  Column          columns[G_N_ELEMENTS (columns)];
  int             asked; /* the column that was asked to compare */
};

G_DEFINE_FINAL_TYPE (DdRecordTable, dd_record_table, ADW_TYPE_BIN)

static char *
cell_text (DdRecordTable     *self,
           const DdRecordRow *row,
           DdRecordOrder      column)
{
  switch (column)
    {
    case DD_RECORD_BY_TITLE:
      return dd_clean (row->title != NULL ? row->title : row->id, 200);
    case DD_RECORD_BY_REPOSITORY:
      return g_strdup (row->repository != NULL ? row->repository : "");
    case DD_RECORD_BY_VALUE:
      return row->value == DD_TIME_NONE ? g_strdup ("") : dd_duration_format ((double) row->value / DD_SECOND);
    case DD_RECORD_BY_RULE:
      return row->counted ? g_strdup (_("Yes")) : g_strdup_printf (_("No: %s"), dd_rule_describe (row->rule));
    case DD_RECORD_BY_TIME:
    default:
      return dd_words_time (row->time, dd_record_model_get_zone (self->model));
    }
}

static guint
nat_chars (DdRecordOrder column)
{
  switch ((int) column)
    {
    case DD_RECORD_BY_TITLE:
      return 34;
    case DD_RECORD_BY_RULE:
      return 34;
    case DD_RECORD_BY_TIME:
      return 22;
    default:
      return 13;
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *text = gtk_inscription_new (NULL);
  DdRecordOrder column = columns[((Column *) user_data)->index].order;

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), column == DD_RECORD_BY_TITLE ? 16 : 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), nat_chars (column));
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 0);
  /* As high as its line: in a higher one, a text that is cut sits too high. */
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  if (column != DD_RECORD_BY_TITLE)
    gtk_widget_add_css_class (text, "numeric");
  gtk_list_item_set_child (item, text);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  DdRecordTable *self = ((Column *) user_data)->table;
  const DdRecordRow *row = dd_record_item_get_row (gtk_list_item_get_item (item));
  DdRecordOrder column = columns[((Column *) user_data)->index].order;
  GtkWidget *text = gtk_list_item_get_child (item);
  g_autofree char *words = cell_text (self, row, column);

  gtk_inscription_set_text (GTK_INSCRIPTION (text), words);
  gtk_widget_set_tooltip_text (text, column == DD_RECORD_BY_RULE && row->note != NULL ? row->note : words);
  if (row->counted)
    gtk_widget_remove_css_class (text, "dim-label");
  else
    gtk_widget_add_css_class (text, "dim-label");
}

/* Only notes which column was asked: the model sorts numbers, not objects. */
static int
note_column_cb (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  Column *column = user_data;

  column->table->asked = (int) column->index;
  return -1;
}

static void
add_column (DdRecordTable *self,
            guint          index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Column *own = &self->columns[index];
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (note_column_cb, own, NULL));
  g_autoptr (GtkColumnViewColumn) column = NULL;

  *own = (Column) { self, index };
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), own);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), own);
  column = gtk_column_view_column_new (_(columns[index].title), factory);
  gtk_column_view_column_set_expand (column, columns[index].expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_append_column (self->view, column);
}

static void
update_stack (DdRecordTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *words = g_strdup_printf ("%u", n);

  gtk_label_set_label (self->count, words);
  if (n == 0)
    {
      gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

      adw_status_page_set_title (self->nothing, searching ? _("Nothing Found") : _("No Records in This Period"));
      adw_status_page_set_description (self->nothing, _("Try other words or a longer period."));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "table" : "nothing");
}

static void
search_changed_cb (DdRecordTable *self)
{
  dd_record_model_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update_stack (self);
}

static void
activated_cb (DdRecordTable *self,
              guint          position)
{
  g_autoptr (DdRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *url = dd_record_item_get_row (item)->url;

  /* Addresses come from outside: only what a browser is for. */
  if (url != NULL && (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://")))
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), url, GDK_CURRENT_TIME);
}

static char *
as_csv (DdRecordTable *self)
{
  g_autoptr (GPtrArray) rows = dd_record_model_rows (self->model);

  return rows != NULL ? dd_records_write (rows, "csv", dd_record_model_get_zone (self->model), TRUE, 0) : NULL;
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_autofree char *text = as_csv (DD_RECORD_TABLE (widget));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  DdRecordTable *self = DD_RECORD_TABLE (widget);
  char *text = as_csv (self);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  g_autofree char *name = g_strdup_printf ("%s.csv", dd_metric_name (self->metric));

  if (bytes != NULL)
    dd_save_bytes (widget, _("Save List"), name, bytes);
}

/* GTK 4.8 does not tell which column is sorted, but asks that column to compare: any two objects will do. */
static void
sorter_changed_cb (DdRecordTable *self)
{
  GtkOrdering ordering;

  self->asked = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self->view, self->model);
  if (self->asked < 0)
    dd_record_model_sort (self->model, DD_RECORD_BY_TIME, TRUE);
  else
    dd_record_model_sort (self->model, columns[self->asked].order, ordering == GTK_ORDERING_LARGER);
}

static void
dd_record_table_dispose (GObject *object)
{
  DdRecordTable *self = DD_RECORD_TABLE (object);

  /* Columns that go change the order once more. */
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), sorter_changed_cb, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_RECORD_TABLE);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (dd_record_table_parent_class)->dispose (object);
}

static void
dd_record_table_class_init (DdRecordTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_record_table_dispose;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/detail/dd-record-table.ui");
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, head);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, title);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, count);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, search);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, stack);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, view);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "records.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "records.save", NULL, save_cb);
}

static void
dd_record_table_init (DdRecordTable *self)
{
  static const DdColumnStep steps[] = { { 560, 2 }, { 0, 1 } };
  GtkSelectionModel *selection;

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, steps, 2);
  self->model = dd_record_model_new ();
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, i);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  gtk_column_view_set_model (self->view, selection);
  g_object_unref (selection);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Of durations, the longest are what one asks about first. */
static void
sort_by_value (DdRecordTable *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].order == DD_RECORD_BY_VALUE)
      {
        g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (self->view), i);

        gtk_column_view_sort_by_column (self->view, column, GTK_SORT_DESCENDING);
      }
}

GtkWidget *
dd_record_table_new (DdMetric metric)
{
  static const char * const titles[DD_N_METRICS] = {
    N_("The deployments behind this number"), N_("The changes behind this number"), N_("The deployments behind this number"),
    N_("The recoveries behind this number"), N_("The deployments behind this number"),
  };
  DdRecordTable *self = g_object_new (DD_TYPE_RECORD_TABLE, NULL);

  self->metric = metric;
  if (metric == DD_METRIC_LEAD_TIME || metric == DD_METRIC_RECOVERY_TIME)
    sort_by_value (self);
  gtk_label_set_label (self->title, _(titles[metric]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(titles[metric]), -1);
  return GTK_WIDGET (self);
}

void
dd_record_table_take (DdRecordTable *self,
                      DdRecordList  *list)
{
  dd_record_model_take (self->model, list);
  update_stack (self);
}

void
dd_record_table_fail (DdRecordTable *self,
                      const char    *message)
{
  dd_record_model_take (self->model, NULL);
  gtk_label_set_label (self->count, "");
  adw_status_page_set_title (self->nothing, _("Not Read"));
  adw_status_page_set_description (self->nothing, message);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

void
dd_record_table_focus_search (DdRecordTable *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
