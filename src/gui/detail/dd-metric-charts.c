/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metric-charts.h"

#include <glib/gi18n-lib.h>

#include "dd-by-frame.h"
#include "dd-chart-card.h"
#include "dd-columns.h"

struct _DdMetricCharts
{
  GtkWidget parent;

  DdMetric      metric;
  GtkBox       *box;
  DdChartCard  *trend;
  DdChartCard  *stages;   /* of the lead time only, else NULL */
  DdChartCard  *spread;   /* of durations only, else NULL */
  DdChartCard  *single;   /* likewise */
  GStrv         keys;     /* of the records in it, by their points; NULL while there are none */
  DdSession    *session;
  GCancellable *cancellable; /* of what is on its way */
  DdSummary    *before;      /* the twelve periods before; NULL until it is here */
  DdRecordList *incidents;   /* of the twelve periods; likewise */
  GPtrArray    *rows;        /* of the period in question; likewise */
};

/* More points than a screen is wide many times over say no more, and take longer to be made than a frame. */
#define MOST_SINGLE 10000

static guint activated_signal, record_signal;

G_DEFINE_FINAL_TYPE (DdMetricCharts, dd_metric_charts, GTK_TYPE_WIDGET)

static void
stop (DdMetricCharts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->before, dd_summary_free);
  g_clear_pointer (&self->incidents, dd_record_list_free);
}

static const char *
trend_title (const DdSummary *summary)
{
  switch (summary->period.kind)
    {
    case DD_PERIOD_WEEKLY:
      return _("12 weeks");
    case DD_PERIOD_MONTHLY:
      return _("12 months");
    case DD_PERIOD_QUARTERLY:
      return _("12 quarters");
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      return _("12 periods");
    }
}

static void
draw_trend (DdMetricCharts *self)
{
  const DdReport *report = dd_session_get_report (self->session);
  DdChartSpec *spec;

  if (report == NULL)
    return;
  spec = dd_chart_spec_new_for_metric (report->summary, self->metric, self->before);
  if (self->incidents != NULL)
    dd_chart_spec_add_incidents (spec, self->incidents->rows);
  dd_chart_card_take (self->trend, trend_title (report->summary), spec);
}

static void
before_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DdMetricCharts) self = user_data;
  g_autoptr (GError) error = NULL;
  DdSummary *before = dd_query_summary_finish (DD_ENGINE (source), result, &error);

  /* Without it, the chart is as right as with it: whatever is wrong has been said of the report itself. */
  if (before == NULL)
    return;
  g_clear_pointer (&self->before, dd_summary_free);
  self->before = before;
  draw_trend (self);
}

static void
incidents_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DdMetricCharts) self = user_data;
  g_autoptr (GError) error = NULL;
  DdRecordList *incidents = dd_query_records_finish (DD_ENGINE (source), result, &error);

  if (incidents == NULL)
    return;
  g_clear_pointer (&self->incidents, dd_record_list_free);
  self->incidents = incidents;
  draw_trend (self);
}

static char *
local_date (gint64     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

/* Everything that happened in the time of the chart, as one period of its own. */
static void
ask_incidents (DdMetricCharts  *self,
               DdQuery          query,
               const DdSummary *summary)
{
  DdEngine *engine = dd_session_get_engine (self->session);
  g_autoptr (GTimeZone) zone = dd_time_zone_new (summary->timezone, NULL);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *period = NULL;

  if (zone == NULL)
    return;
  from = local_date (summary->trend[0].period.start, zone);
  to = local_date (summary->period.end - 1, zone);
  if (from == NULL || to == NULL)
    return;
  period = g_strdup_printf ("%s..%s", from, to);
  query.period = period;
  query.back = 0;
  dd_query_records_async (engine, &query, DD_METRIC_RECOVERY_TIME, self->cancellable, incidents_cb, g_object_ref (self));
}

static void
ask (DdMetricCharts  *self,
     const DdSummary *summary)
{
  DdQuery query;

  self->cancellable = g_cancellable_new ();
  dd_session_fill_query (self->session, &query);
  ask_incidents (self, query, summary);
  if (query.back + DD_TREND_PERIODS > DD_QUERY_MOST_BACK)
    return;
  query.back += DD_TREND_PERIODS;
  dd_query_summary_async (dd_session_get_engine (self->session), &query, self->cancellable, before_cb, g_object_ref (self));
}

static gboolean
has_rows (DdMetricCharts *self)
{
  const DdReport *report = self->session != NULL ? dd_session_get_report (self->session) : NULL;

  return self->rows != NULL && report != NULL && dd_metrics_events (&report->summary->metrics, self->metric) > 0;
}

static void
draw_histogram (GtkWidget *widget)
{
  DdMetricCharts *self = DD_METRIC_CHARTS (widget);

  if (has_rows (self))
    dd_chart_card_take (self->spread, NULL, dd_chart_spec_new_histogram (dd_session_get_report (self->session)->summary, self->metric, self->rows));
}

static void
draw_single (GtkWidget *widget)
{
  DdMetricCharts *self = DD_METRIC_CHARTS (widget);
  const DdChartSeries *series;
  DdChartSpec *spec;

  if (!has_rows (self) || self->rows->len > MOST_SINGLE)
    return;
  spec = dd_chart_spec_new_scatter (dd_session_get_report (self->session)->summary, self->metric, self->rows);
  series = g_ptr_array_index (spec->series, 0);
  g_strfreev (self->keys);
  self->keys = g_strdupv (series->keys);
  dd_chart_card_take (self->single, self->metric == DD_METRIC_LEAD_TIME ? _("Single changes") : _("Single recoveries"), spec);
}

/* Rows and report come in either order. */
static void
draw_spread (DdMetricCharts *self,
             DdSession      *session)
{
  const DdReport *report = dd_session_get_report (session);
  gboolean any = report != NULL && dd_metrics_events (&report->summary->metrics, self->metric) > 0;

  if (self->spread == NULL)
    return;
  if (self->rows == NULL)
    {
      dd_chart_card_set_stale (self->spread, TRUE);
      dd_chart_card_set_stale (self->single, TRUE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->spread), any);
  gtk_widget_set_visible (GTK_WIDGET (self->single), any && self->rows->len <= MOST_SINGLE);
  dd_by_frame_add (GTK_WIDGET (self), draw_histogram);
  dd_by_frame_add (GTK_WIDGET (self), draw_single);
}

static void
trend_activated_cb (DdMetricCharts *self,
                    int             point)
{
  g_signal_emit (self, activated_signal, 0, DD_TREND_PERIODS - 1 - point);
}

static void
single_activated_cb (DdMetricCharts *self,
                     int             point)
{
  if (point >= 0 && self->keys != NULL && (guint) point < g_strv_length (self->keys))
    g_signal_emit (self, record_signal, 0, self->keys[point]);
}

static void
dd_metric_charts_dispose (GObject *object)
{
  DdMetricCharts *self = DD_METRIC_CHARTS (object);

  stop (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_strfreev);
  g_clear_object (&self->session);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (dd_metric_charts_parent_class)->dispose (object);
}

static void
dd_metric_charts_class_init (DdMetricChartsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_metric_charts_dispose;
  activated_signal = g_signal_new ("activated", DD_TYPE_METRIC_CHARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  record_signal = g_signal_new ("record", DD_TYPE_METRIC_CHARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dd_metric_charts_init (DdMetricCharts *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->trend = DD_CHART_CARD (dd_chart_card_new ());
  gtk_box_append (self->box, GTK_WIDGET (self->trend));
  g_signal_connect_swapped (self->trend, "activated", G_CALLBACK (trend_activated_cb), self);
}

GtkWidget *
dd_metric_charts_new (DdMetric metric)
{
  static const DdColumnStep beside[] = { { 720, 2 }, { 0, 1 } };
  static const DdColumnStep alone[] = { { 0, 1 } };
  DdMetricCharts *self = g_object_new (DD_TYPE_METRIC_CHARTS, "visible", FALSE, NULL);
  DdColumns *columns;

  self->metric = metric;
  if (metric != DD_METRIC_LEAD_TIME && metric != DD_METRIC_RECOVERY_TIME)
    return GTK_WIDGET (self);
  columns = DD_COLUMNS (dd_columns_new ());
  dd_columns_set_steps (columns, metric == DD_METRIC_LEAD_TIME ? beside : alone, 1);
  if (metric == DD_METRIC_LEAD_TIME)
    {
      self->stages = DD_CHART_CARD (dd_chart_card_new ());
      dd_columns_append (columns, GTK_WIDGET (self->stages));
    }
  self->spread = DD_CHART_CARD (dd_chart_card_new ());
  dd_columns_append (columns, GTK_WIDGET (self->spread));
  gtk_widget_set_visible (GTK_WIDGET (self->spread), FALSE);
  gtk_box_append (self->box, GTK_WIDGET (columns));
  self->single = DD_CHART_CARD (dd_chart_card_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->single), FALSE);
  g_signal_connect_swapped (self->single, "activated", G_CALLBACK (single_activated_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->single));
  dd_chart_view_share (dd_chart_card_get_view (self->trend), dd_chart_card_get_view (self->single));
  return GTK_WIDGET (self);
}

void
dd_metric_charts_show (DdMetricCharts *self,
                       DdSession      *session)
{
  const DdReport *report = dd_session_get_report (session);
  gboolean shown;

  stop (self);
  g_set_object (&self->session, session);
  shown = report != NULL && !dd_session_is_first_sync (session);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  draw_trend (self);
  if (self->stages != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->stages), report->summary->metrics.lead_time.ok);
      dd_chart_card_take (self->stages, NULL, dd_chart_spec_new_stages (report->summary));
    }
  draw_spread (self, session);
  ask (self, report->summary);
}

void
dd_metric_charts_spread (DdMetricCharts *self,
                         DdSession      *session,
                         GPtrArray      *rows)
{
  GPtrArray *before = self->rows;

  self->rows = rows != NULL ? g_ptr_array_ref (rows) : NULL;
  g_clear_pointer (&before, g_ptr_array_unref);
  draw_spread (self, session);
}
