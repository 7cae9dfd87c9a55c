/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-spec.h"

/* Durations that spread over more than a few hours say nothing on a linear axis. */
static DdScaleKind
scale_of (DdUnit unit)
{
  return unit == DD_UNIT_DURATION ? DD_SCALE_LOG : DD_SCALE_LINEAR;
}

static DdUnit
unit_of (DdMetric metric)
{
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      return DD_UNIT_PER_DAY;
    case DD_METRIC_CHANGE_FAILURE_RATE:
    case DD_METRIC_REWORK_RATE:
      return DD_UNIT_SHARE;
    case DD_METRIC_LEAD_TIME:
    case DD_METRIC_RECOVERY_TIME:
    case DD_N_METRICS:
    default:
      return DD_UNIT_DURATION;
    }
}

static gboolean
has_percentiles (DdMetric metric)
{
  return metric == DD_METRIC_LEAD_TIME || metric == DD_METRIC_RECOVERY_TIME;
}

static const char *
aggregate_title (DdAggregate aggregate)
{
  switch (aggregate)
    {
    case DD_AGGREGATE_MEAN:
      return _("Mean");
    case DD_AGGREGATE_P90:
      return _("90th percentile");
    case DD_AGGREGATE_MEDIAN:
    default:
      return _("Median");
    }
}

static char *
events_of (DdMetric         metric,
           const DdMetrics *metrics)
{
  guint n = dd_metrics_events (metrics, metric);

  switch (metric)
    {
    case DD_METRIC_LEAD_TIME:
      return g_strdup_printf (ngettext ("%u change", "%u changes", n), n);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n), metrics->change_failure_rate.failed, n);
    case DD_METRIC_REWORK_RATE:
      return g_strdup_printf (ngettext ("%u of %u deployment", "%u of %u deployments", n), metrics->rework_rate.unplanned, n);
    case DD_METRIC_RECOVERY_TIME:
      return g_strdup_printf (ngettext ("%u event", "%u events", n), n);
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
    case DD_N_METRICS:
    default:
      return g_strdup_printf (ngettext ("%u deployment", "%u deployments", n), n);
    }
}

static char *
long_label_of (const DdPeriod *period,
               GTimeZone      *zone)
{
  g_autofree char *dates = dd_period_label (period, zone);
  g_autofree char *name = NULL;

  if (period->kind != DD_PERIOD_WEEKLY)
    return g_steal_pointer (&dates);
  name = dd_period_short_label (period, zone);
  return g_strdup_printf ("%s · %s", name, dates);
}

static char *
subtitle_of (const DdSummary *summary,
             GTimeZone       *zone)
{
  DdPeriod whole = summary->period;
  g_autofree char *dates = NULL;

  whole.kind = DD_PERIOD_CUSTOM;
  whole.start = summary->trend[0].period.start;
  whole.days = (int) ((whole.end - whole.start + DD_DAY / 2) / DD_DAY);
  dates = dd_period_label (&whole, zone);
  if (summary->scope != NULL)
    return g_strdup_printf ("%s · %s", summary->scope, dates);
  return g_steal_pointer (&dates);
}

/* An empty spec about @metric, in the zone of the workspace. */
static DdChartSpec *
begin (const DdSummary *summary,
       DdChartKind      kind,
       DdMetric         metric,
       const char      *title)
{
  g_autoptr (GTimeZone) zone = summary->timezone != NULL ? dd_time_zone_new (summary->timezone, NULL) : NULL;
  DdChartSpec *spec = dd_chart_spec_new (kind, unit_of (metric), title, zone);

  spec->metric = metric;
  spec->scale = scale_of (spec->unit);
  spec->now = summary->now;
  return spec;
}

/* NAN for whatever is no number that can be drawn. */
static double
value_of (const DdMetrics *metrics,
          DdMetric         metric,
          DdAggregate      aggregate)
{
  double value = dd_metrics_value (metrics, metric, aggregate);

  return isfinite (value) ? value : NAN;
}

static void
add_points (DdChartSpec     *spec,
            const DdSummary *summary)
{
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      const DdTrendPoint *trend = &summary->trend[i];
      DdChartPoint point = {
        .start = trend->period.start,
        .end = trend->period.end,
        .label = dd_period_short_label (&trend->period, spec->zone),
        .long_label = long_label_of (&trend->period, spec->zone),
        .events = events_of (spec->metric, &trend->metrics),
        .count = dd_metrics_events (&trend->metrics, spec->metric),
        .tier = dd_metrics_tier (&trend->metrics, spec->metric),
        .partial = trend->period.start <= summary->now && summary->now < trend->period.end,
      };

      /* A true zero of deployments is a number, not a small sample of one. */
      point.small = point.count < DD_SMALL_SAMPLE && spec->metric != DD_METRIC_DEPLOYMENT_FREQUENCY;
      g_array_append_val (spec->points, point);
    }
  dd_chart_spec_reset_range (spec);
}

static void
add_trend (DdChartSpec        *spec,
           const char         *name,
           DdRole              role,
           const DdTrendPoint *trend,
           DdAggregate         aggregate)
{
  double values[DD_TREND_PERIODS];

  for (int i = 0; i < DD_TREND_PERIODS; i++)
    values[i] = value_of (&trend[i].metrics, spec->metric, aggregate);
  dd_chart_spec_add_series (spec, name, role, DD_TREND_PERIODS, values, NULL);
}

static char *
source_of (const DdProfile *profile)
{
  if (profile->title == NULL)
    return NULL;
  if (profile->source == NULL)
    return g_strdup (_(profile->title));
  if (profile->year == 0)
    return g_strdup_printf (_("Profile %s, %s"), _(profile->title), _(profile->source));
  return g_strdup_printf (_("Profile %s, %s %d"), _(profile->title), _(profile->source), profile->year);
}

DdChartSpec *
dd_chart_spec_new_for_metric (const DdSummary *summary,
                              DdMetric         metric,
                              const DdSummary *before)
{
  DdChartSpec *spec = begin (summary, DD_CHART_TREND, metric, dd_metric_title (metric));
  gboolean percentiles = has_percentiles (metric);

  spec->subtitle = subtitle_of (summary, spec->zone);
  add_points (spec, summary);
  add_trend (spec, percentiles ? aggregate_title (summary->aggregate) : dd_metric_title (metric), DD_ROLE_BLUE, summary->trend,
             summary->aggregate);
  if (percentiles)
    {
      DdAggregate other = summary->aggregate == DD_AGGREGATE_P90 ? DD_AGGREGATE_MEDIAN : DD_AGGREGATE_P90;

      add_trend (spec, aggregate_title (other), DD_ROLE_VERMILLION, summary->trend, other);
    }
  if (before != NULL)
    add_trend (spec, _("Twelve periods before"), DD_ROLE_GREY, before->trend, summary->aggregate);
  if (metric != DD_METRIC_REWORK_RATE)
    {
      dd_chart_spec_add_bands (spec, &summary->profile, metric);
      spec->source = source_of (&summary->profile);
    }
  return spec;
}

DdChartSpec *
dd_chart_spec_new_sparkline (const DdSummary *summary,
                             DdMetric         metric)
{
  DdChartSpec *spec = begin (summary, DD_CHART_SPARKLINE, metric, dd_metric_title (metric));

  add_points (spec, summary);
  add_trend (spec, dd_metric_title (metric), DD_ROLE_BLUE, summary->trend, summary->aggregate);
  return spec;
}

DdChartSpec *
dd_chart_spec_new_stages (const DdSummary *summary)
{
  const DdLeadTime *lead = &summary->metrics.lead_time;
  const struct { const char *label; double value; DdRole role; } stages[] = {
    { _("Coding"), lead->coding, DD_ROLE_BLUE },
    { _("Pickup"), lead->pickup, DD_ROLE_OCHRE },
    { _("Review"), lead->review, DD_ROLE_PURPLE },
    { _("Deploy"), lead->deploy, DD_ROLE_GREEN },
  };
  DdChartSpec *spec = begin (summary, DD_CHART_STAGES, DD_METRIC_LEAD_TIME, _("Where the time goes"));

  spec->scale = DD_SCALE_LINEAR;
  spec->subtitle = g_strdup (_("medians of each stage; they do not add up"));
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      DdChartBar bar = { g_strdup (stages[i].label), lead->ok ? stages[i].value : NAN, NAN, NAN, DD_TIER_NONE, stages[i].role };

      g_array_append_val (spec->bars, bar);
    }
  return spec;
}
