/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-spec.h"

#include <math.h>


/* Names that strangers gave, in characters. */

static void
clear_point (gpointer data)
{
  DdChartPoint *point = data;

  g_free (point->label);
  g_free (point->long_label);
  g_free (point->events);
}

static void
clear_bar (gpointer data)
{
  DdChartBar *bar = data;

  g_free (bar->label);
}

static void
free_series (gpointer data)
{
  DdChartSeries *series = data;

  g_free (series->name);
  g_free (series->values);
  g_free (series->times);
  g_strfreev (series->labels);
  g_strfreev (series->keys);
  g_free (series);
}

static void
unref_rows (gpointer rows)
{
  g_ptr_array_unref (rows);
}

/* Kept as long as the chart is; NULL for none. */
static const char *
keep_text (DdChartSpec *spec,
           const char  *text)
{
  return text != NULL ? g_string_chunk_insert (spec->texts, text) : NULL;
}

DdChartSpec *
dd_chart_spec_new (DdChartKind kind,
                   DdUnit      unit,
                   const char *title,
                   GTimeZone  *zone)
{
  DdChartSpec *spec = g_new0 (DdChartSpec, 1);

  spec->kind = kind;
  spec->metric = DD_N_METRICS;
  spec->unit = unit;
  spec->title = g_strdup (title);
  spec->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  spec->now = DD_TIME_NONE;
  spec->points = g_array_new (FALSE, TRUE, sizeof (DdChartPoint));
  g_array_set_clear_func (spec->points, clear_point);
  spec->series = g_ptr_array_new_with_free_func (free_series);
  spec->bands = g_array_new (FALSE, TRUE, sizeof (DdChartBand));
  spec->incidents = g_array_new (FALSE, TRUE, sizeof (DdChartIncident));
  spec->texts = g_string_chunk_new (256);
  spec->rows = g_ptr_array_new_with_free_func (unref_rows);
  spec->bars = g_array_new (FALSE, TRUE, sizeof (DdChartBar));
  g_array_set_clear_func (spec->bars, clear_bar);
  return spec;
}

void
dd_chart_spec_free (DdChartSpec *spec)
{
  if (spec == NULL)
    return;
  g_free (spec->title);
  g_free (spec->subtitle);
  g_free (spec->source);
  g_time_zone_unref (spec->zone);
  g_array_unref (spec->points);
  g_ptr_array_unref (spec->series);
  g_array_unref (spec->bands);
  g_array_unref (spec->incidents);
  g_string_chunk_free (spec->texts);
  g_ptr_array_unref (spec->rows);
  g_array_unref (spec->bars);
  g_free (spec);
}

DdChartSeries *
dd_chart_spec_add_series (DdChartSpec  *spec,
                          const char   *name,
                          DdRole        role,
                          guint         n,
                          const double *values,
                          const gint64 *times)
{
  DdChartSeries *series = g_new0 (DdChartSeries, 1);

  series->name = g_strdup (name);
  series->role = role;
  /* One value a point: neither more nor fewer can be drawn. */
  series->n = times == NULL ? MIN (n, spec->points->len) : n;
  series->values = g_memdup2 (values, series->n * sizeof (double));
  series->times = times == NULL ? NULL : g_memdup2 (times, series->n * sizeof (gint64));
  g_ptr_array_add (spec->series, series);
  return series;
}

static int
compare_incidents (gconstpointer a,
                   gconstpointer b)
{
  const DdChartIncident *one = a, *other = b;

  return one->started < other->started ? -1 : one->started > other->started;
}

void
dd_chart_spec_add_incident (DdChartSpec *spec,
                            const char  *name,
                            const char  *title,
                            gint64       started,
                            gint64       ended)
{
  DdChartIncident incident = { keep_text (spec, name), keep_text (spec, title), started, ended };

  g_array_append_val (spec->incidents, incident);
  g_array_sort (spec->incidents, compare_incidents);
}

void
dd_chart_spec_add_incidents (DdChartSpec *spec,
                             GPtrArray   *rows)
{
  g_ptr_array_add (spec->rows, g_ptr_array_ref (rows));
  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i);
      DdChartIncident incident = { row->id, row->title, row->time, DD_TIME_NONE };

      /* Failing streaks are deployments in the list; an open incident stands at its start, one that ended at its end. */
      if (g_strcmp0 (row->kind, "incident") != 0 || row->time == DD_TIME_NONE ||
          (!row->counted && row->rule != DD_RULE_OPEN))
        continue;
      if (row->rule != DD_RULE_OPEN)
        {
          incident.started = row->time - MAX (row->value, 0);
          incident.ended = row->time;
        }
      g_array_append_val (spec->incidents, incident);
    }
  g_array_sort (spec->incidents, compare_incidents);
}

void
dd_chart_spec_add_bands (DdChartSpec     *spec,
                         const DdProfile *profile,
                         DdMetric         metric)
{
  const DdThreshold *thresholds;
  gboolean rising = metric == DD_METRIC_DEPLOYMENT_FREQUENCY;
  double edge = rising ? INFINITY : -INFINITY;

  if (metric >= DD_METRIC_REWORK_RATE)
    return;
  thresholds = profile->thresholds[metric];
  for (int tier = DD_TIER_ELITE; tier >= DD_TIER_LOW; tier--)
    {
      double bound = tier == DD_TIER_LOW ? (rising ? -INFINITY : INFINITY) : thresholds[DD_TIER_ELITE - tier].bound;
      DdChartBand band = { rising ? bound : edge, rising ? edge : bound, tier };

      if (isnan (bound))
        continue;
      if (rising)
        g_array_prepend_val (spec->bands, band);
      else
        g_array_append_val (spec->bands, band);
      edge = bound;
    }
}

gint64
dd_chart_series_time (const DdChartSpec   *spec,
                      const DdChartSeries *series,
                      guint                i)
{
  return series->times != NULL ? series->times[i] : dd_chart_point_middle (spec, (int) i);
}

gint64
dd_chart_point_middle (const DdChartSpec *spec,
                       int                i)
{
  const DdChartPoint *point = &g_array_index (spec->points, DdChartPoint, i);

  return point->start + (point->end - point->start) / 2;
}

void
dd_chart_spec_reset_range (DdChartSpec *spec)
{
  gint64 from = G_MAXINT64, to = G_MININT64;

  if (spec->points->len > 0)
    {
      from = g_array_index (spec->points, DdChartPoint, 0).start;
      to = g_array_index (spec->points, DdChartPoint, spec->points->len - 1).end;
    }
  for (guint i = 0; i < spec->series->len; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (spec->series, i);

      if (series->times == NULL || series->n == 0)
        continue;
      from = MIN (from, series->times[0]);
      to = MAX (to, series->times[series->n - 1]);
    }
  spec->from = from <= to ? from : 0;
  spec->to = from <= to ? to : 0;
  /* A single instant has no width to draw in. */
  if (spec->from == spec->to)
    {
      spec->from -= DD_DAY / 2;
      spec->to += DD_DAY / 2;
    }
}
