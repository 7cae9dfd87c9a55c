/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metric-page.h"

#include <glib/gi18n-lib.h>

#include "dd-by-frame.h"
#include "dd-columns.h"
#include "dd-definition.h"
#include "dd-headline.h"
#include "dd-metric-charts.h"
#include "dd-no-data.h"
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
  GtkWidget     *reason_box;
  GtkLabel      *reason;
  GtkButton     *mend;
  GtkActionable *learn_more;
  DdMetricCharts *charts;
  GtkWidget     *narrowed_box;
  GtkLabel      *narrowed;
  DdRecordTable *records;
  gboolean       shown; /* once */
  guint          back;  /* the list is of a period so many before the one in question */
  char          *asked; /* what the list was last asked for, but for @back */
  guint          asked_back;
};

G_DEFINE_FINAL_TYPE (DdMetricPage, dd_metric_page, DD_TYPE_PAGE)

static void
show_reason (DdMetricPage    *self,
             const DdSummary *summary)
{
  DdNoData no_data;
  gboolean missing = summary != NULL && dd_no_data_explain (self->metric, summary, &no_data);

  gtk_widget_set_visible (self->reason_box, missing);
  gtk_widget_set_visible (GTK_WIDGET (self->count), !missing);
  if (!missing)
    return;
  gtk_label_set_text (self->reason, no_data.reason);
  gtk_button_set_label (self->mend, no_data.button);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->mend),
                                          no_data.target != NULL ? g_variant_new_string (no_data.target) : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend), no_data.action);
  gtk_actionable_set_action_target (self->learn_more, "s", no_data.help);
  g_free (no_data.reason);
}

/* The list is of the period in question, or of one that was chosen on the chart. */
static void
show_narrowed (DdMetricPage *self)
{
  const DdReport *report = dd_session_get_report (dd_page_get_session (DD_PAGE (self)));
  gboolean narrowed = self->back > 0 && self->back < DD_TREND_PERIODS && report != NULL;

  gtk_widget_set_visible (self->narrowed_box, narrowed);
  if (narrowed)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (report->summary->timezone, NULL);
      const DdPeriod *period = &report->summary->trend[DD_TREND_PERIODS - 1 - self->back].period;
      g_autofree char *dates = dd_period_label (period, zone);
      /* Translators: %s are dates, "9 – 15 November 2026". */
      g_autofree char *words = g_strdup_printf (_("The list shows %s."), dates);

      gtk_label_set_text (self->narrowed, words);
    }
}

static void
chart_activated_cb (DdMetricPage *self,
                    int           back)
{
  if (back < 0 || back >= DD_TREND_PERIODS)
    return;
  self->back = (guint) back;
  dd_page_ask_again (DD_PAGE (self));
}

/* A point of a single record: the list shows it alone, until the search is cleared. */
static void
record_cb (DdMetricPage *self,
           const char   *key)
{
  dd_record_table_search (self->records, key);
}

static void
whole_list_cb (DdMetricPage *self)
{
  chart_activated_cb (self, 0);
}

static void
learn_more_cb (DdMetricPage *self)
{
  gtk_menu_button_popdown (self->how);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.help", "s", dd_metric_name (self->metric));
}

static void
show_charts (GtkWidget *widget)
{
  DdMetricPage *self = DD_METRIC_PAGE (widget);

  dd_metric_charts_show (self->charts, dd_page_get_session (DD_PAGE (self)));
}

static void
dd_metric_page_report_changed (DdPage *page)
{
  DdMetricPage *self = DD_METRIC_PAGE (page);
  const DdReport *report = dd_session_get_report (dd_page_get_session (page));
  gboolean first = dd_session_is_first_sync (dd_page_get_session (page));
  const DdSummary *summary = report != NULL && !first ? report->summary : NULL;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *count = NULL;
  g_autofree char *definition = NULL;
  DdTier tier;

  gtk_widget_set_visible (GTK_WIDGET (self->rating), summary != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->how), summary != NULL);
  show_reason (self, summary);
  /* The first time they come a frame after the figures, so that no frame has to do both. */
  if (self->shown)
    dd_metric_charts_show (self->charts, dd_page_get_session (page));
  else
    dd_by_frame_add (GTK_WIDGET (self), show_charts);
  self->shown = TRUE;
  if (summary == NULL)
    {
      gtk_label_set_label (self->value, "…");
      gtk_label_set_label (self->count, first ? _("The first sync is under way; data is coming.") : _("Calculating…"));
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

  if (list != NULL && self->back == 0)
    dd_metric_charts_spread (self->charts, dd_page_get_session (DD_PAGE (self)), list->rows);
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
  DdQuery narrowed = *query;
  char *asked = g_strjoin ("\n", query->workspace, query->period, query->repository != NULL ? query->repository : "",
                           query->team != NULL ? query->team : "", NULL);

  if (g_strcmp0 (asked, self->asked) != 0 || query->back != self->asked_back)
    {
      self->back = 0;
      dd_metric_charts_spread (self->charts, dd_page_get_session (page), NULL);
    }
  g_free (self->asked);
  self->asked = asked;
  self->asked_back = query->back;
  narrowed.back = MIN (query->back + self->back, DD_QUERY_MOST_BACK);
  show_narrowed (self);
  dd_query_records_async (dd_session_get_engine (dd_page_get_session (page)), &narrowed, self->metric, cancellable, records_cb,
                          g_object_ref (self));
}

static void
dd_metric_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_METRIC_PAGE);
  g_clear_pointer (&DD_METRIC_PAGE (object)->asked, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, reason_box);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, reason);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, mend);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, learn_more);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, narrowed_box);
  gtk_widget_class_bind_template_child (widget_class, DdMetricPage, narrowed);
  gtk_widget_class_bind_template_callback (widget_class, learn_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, whole_list_cb);
}

static void
dd_metric_page_init (DdMetricPage *self)
{
  static const DdColumnStep steps[] = { { 620, 2 }, { 0, 1 } };

  gtk_widget_init_template (GTK_WIDGET (self));
  dd_columns_set_steps (self->head, steps, 2.5);
  self->chip = dd_tier_chip_new ();
  self->change = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->change, TRUE);
  gtk_label_set_natural_wrap_mode (self->change, GTK_NATURAL_WRAP_NONE);
  gtk_box_append (self->rating, self->chip);
  gtk_box_append (self->rating, GTK_WIDGET (self->change));
}

static void
show_records (GtkWidget *widget)
{
  gtk_widget_set_visible (GTK_WIDGET (DD_METRIC_PAGE (widget)->records), TRUE);
}

static void
mapped_cb (GtkWidget *widget)
{
  dd_by_frame_add (widget, show_records);
}

GtkWidget *
dd_metric_page_new (DdMetric metric)
{
  DdMetricPage *self = g_object_new (DD_TYPE_METRIC_PAGE, NULL);

  self->metric = metric;
  self->charts = DD_METRIC_CHARTS (dd_metric_charts_new (metric));
  self->records = DD_RECORD_TABLE (dd_record_table_new (metric));
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->charts), self->reason_box);
  /* Until the charts have been seen. */
  gtk_widget_set_visible (GTK_WIDGET (self->records), FALSE);
  gtk_box_append (self->box, GTK_WIDGET (self->records));
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect_swapped (self->charts, "activated", G_CALLBACK (chart_activated_cb), self);
  g_signal_connect_swapped (self->charts, "record", G_CALLBACK (record_cb), self);
  return GTK_WIDGET (self);
}
