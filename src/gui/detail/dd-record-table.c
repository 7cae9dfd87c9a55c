/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-table.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-columns.h"
#include "dd-lines.h"
#include "dd-record-line.h"
#include "dd-record-model.h"
#include "dd-report.h"
#include "dd-save.h"
#include "dd-time.h"
#include "dd-words.h"

struct _DdRecordTable
{
  AdwBin parent;

  DdMetric        metric;
  DdColumns      *head;
  GtkLabel       *title;
  GtkLabel       *count;
  GtkSearchEntry *search;
  GtkStack       *stack;
  GtkBox         *table;
  GtkScrolledWindow *scroller;
  GtkWidget      *columns;
  GtkWidget      *lines;
  AdwStatusPage  *nothing;
  DdRecordModel  *model;
  DdRecordOrder   order;
  gboolean        descending;
};

G_DEFINE_FINAL_TYPE (DdRecordTable, dd_record_table, ADW_TYPE_BIN)

static GtkWidget *
make_line (gpointer data)
{
  return dd_record_line_new ();
}

static void
bind_line (GtkWidget *line,
           guint      position,
           gpointer   data)
{
  DdRecordTable *self = data;
  g_autoptr (DdRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    dd_record_line_set_row (DD_RECORD_LINE (line), dd_record_item_get_row (item), dd_record_model_get_zone (self->model));
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
  dd_lines_show (DD_LINES (self->lines), n);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "table" : "nothing");
}

static void
search_changed_cb (DdRecordTable *self)
{
  dd_record_model_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
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

static void
sort_by (DdRecordTable *self,
         DdRecordOrder  order,
         gboolean       descending)
{
  self->order = order;
  self->descending = descending;
  dd_record_model_sort (self->model, order, descending);
  dd_record_head_set_order (DD_RECORD_LINE (self->columns), order, descending);
}

/* Names from A on, times and durations from the greatest; the other way when it is asked once more. */
static void
head_clicked_cb (gpointer      data,
                 DdRecordOrder order)
{
  DdRecordTable *self = data;

  sort_by (self, order, order == self->order ? !self->descending : order == DD_RECORD_BY_TIME || order == DD_RECORD_BY_VALUE);
}

static void
dd_record_table_dispose (GObject *object)
{
  DdRecordTable *self = DD_RECORD_TABLE (object);

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
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, table);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, DdRecordTable, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_install_action (widget_class, "records.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "records.save", NULL, save_cb);
}

static void
dd_record_table_init (DdRecordTable *self)
{
  static const DdColumnStep steps[] = { { 560, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, steps, 2);
  self->model = dd_record_model_new ();
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  self->columns = dd_record_head_new (head_clicked_cb, self);
  self->lines = dd_lines_new (make_line, bind_line, self);
  g_signal_connect_object (self->lines, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (self->table, self->columns);
  gtk_scrolled_window_set_child (self->scroller, self->lines);
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
  /* Of durations, the longest are what one asks about first. */
  sort_by (self, metric == DD_METRIC_LEAD_TIME || metric == DD_METRIC_RECOVERY_TIME ? DD_RECORD_BY_VALUE : DD_RECORD_BY_TIME, TRUE);
  gtk_label_set_label (self->title, _(titles[metric]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines), GTK_ACCESSIBLE_PROPERTY_LABEL, _(titles[metric]), -1);
  return GTK_WIDGET (self);
}

void
dd_record_table_take (DdRecordTable *self,
                      DdRecordList  *list)
{
  dd_record_model_take (self->model, list);
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

void
dd_record_table_search (DdRecordTable *self,
                        const char    *words)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
