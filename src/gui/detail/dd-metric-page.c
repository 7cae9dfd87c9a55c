/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metric-page.h"

#include <glib/gi18n-lib.h>

#include "dd-columns.h"
#include "dd-definition.h"
#include "dd-headline.h"
#include "dd-record-table.h"
#include "dd-tier-bars.h"
#include "dd-value-text.h"
#include "dd-words.h"

struct _DdMetricPage
{
  DdPage parent;

  DdMetric       metric;
  GtkBox        *box;
  DdColumns     *head;
  GtkLabel      *value;
  GtkBox        *rating;
  GtkWidget     *chip;
  GtkLabel      *change;
  GtkMenuButton *how;
  GtkLabel      *definition;
  GtkLabel      *count;
  GtkBox        *charts;
  DdRecordTable *records;
};

G_DEFINE_FINAL_TYPE (DdMetricPage, dd_metric_page, DD_TYPE_PAGE)

static void
dd_metric_page_report_changed (DdPage *page)
{
  DdMetricPage *self = DD_METRIC_PAGE (page);
  const DdReport *report = dd_session_get_report (dd_page_get_session (page));
  const DdSummary *summary = report != NULL ? report->summary : NULL;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *count = NULL;
  g_autofree char *definition = NULL;
  DdTier tier;

  gtk_widget_set_visible (GTK_WIDGET (self->rating), summary != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->how), summary != NULL);
  if (summary == NULL)
    {
      gtk_label_set_label (self->value, "…");
      gtk_label_set_label (self->count, _("Calculating…"));
      return;
    }
  words = dd_words_value (self->metric, dd_metrics_value (&summary->metrics, self->metric, summary->aggregate));
  markup = dd_value_markup (words);
  count = dd_words_count (self->metric, &summary->metrics);
  definition = dd_definition_words (self->metric, summary);
  tier = dd_metrics_tier (&summary->metrics, self->metric);
  gtk_label_set_markup (self->value, markup);
  gtk_label_set_label (self->count, count);
  gtk_label_set_text (self->definition, definition);
  gtk_widget_set_visible (self->chip, tier != DD_TIER_NONE);
  if (tier != DD_TIER_NONE)
    dd_tier_chip_set_tier (self->chip, tier);
  dd_show_change (self->change, self->metric, summary);
}

static void
records_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdMetricPage) self = user_data;
  g_autoptr (GError) error = NULL;
  DdRecordList *list = dd_query_records_finish (DD_ENGINE (source), result, &error);

  if (list != NULL)
    dd_record_table_take (self->records, list);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dd_record_table_fail (self->records, error->message);
}

static void
dd_metric_page_ask (DdPage        *page,
                    const DdQuery *query,
                    GCancellable  *cancellable)
{
  DdMetricPage *self = DD_METRIC_PAGE (page);

  dd_query_records_async (dd_session_get_engine (dd_page_get_session (page)), query, self->metric, cancellable, records_cb,
                          g_object_ref (self));
}

static void
dd_metric_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_METRIC_PAGE);
  G_OBJECT_CLASS (dd_metric_page_parent_class)->dispose (object);
}

static void
dd_metric_page_class_init (DdMetricPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_metric_page_dispose;
  DD_PAGE_CLASS (klass)->report_changed = dd_metric_page_report_changed;
  DD_PAGE_CLASS (klass)->ask = dd_metric_page_ask;
  g_type_ensure (DD_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/detail/dd-metric-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, box);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, head);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, value);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, rating);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, how);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, definition);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, count);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, charts);
}

static void
dd_metric_page_init (DdMetricPage *self)
{
  static const DdColumnStep steps[] = { { 620, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, steps, 2.5);
  self->chip = dd_tier_chip_new ();
  self->change = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->change, PANGO_ELLIPSIZE_END);
  gtk_box_append (self->rating, self->chip);
  gtk_box_append (self->rating, GTK_WIDGET (self->change));
}

GtkWidget *
dd_metric_page_new (DdMetric metric)
{
  DdMetricPage *self = g_object_new (DD_TYPE_METRIC_PAGE, NULL);

  self->metric = metric;
  self->records = DD_RECORD_TABLE (dd_record_table_new (metric));
  gtk_box_append (self->box, GTK_WIDGET (self->records));
  return GTK_WIDGET (self);
}
