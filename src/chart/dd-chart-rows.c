/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-spec.h"
#include "dd-clean.h"

#define HOUR 3600.0
#define DAY (24 * HOUR)

/* Upper bounds of the classes of a histogram; the last class has none. */
static const double bounds[] = { HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 30 * DAY };

static gboolean
has_value (const DdRecordRow *row)
{
  return row->counted && row->value != DD_TIME_NONE && row->time != DD_TIME_NONE;
}

static double
seconds_of (const DdRecordRow *row)
{
  return (double) row->value / DD_SECOND;
}

static DdChartSpec *
begin (const DdSummary *summary,
       DdChartKind      kind,
       DdMetric         metric,
       const char      *title)
{
  g_autoptr (GTimeZone) zone = summary->timezone != NULL ? dd_time_zone_new (summary->timezone, NULL) : NULL;
  DdChartSpec *spec = dd_chart_spec_new (kind, kind == DD_CHART_HISTOGRAM ? DD_UNIT_COUNT : DD_UNIT_DURATION, title, zone);

  spec->metric = metric;
  spec->now = summary->now;
  spec->subtitle = dd_period_label (&summary->period, spec->zone);
  return spec;
}

static char *
class_label (double from,
             double to)
{
  g_autofree char *low = dd_duration_format (from);
  g_autofree char *high = dd_duration_format (to);

  if (from == 0)
    return g_strdup_printf ("< %s", high);
  if (isinf (to))
    return g_strdup_printf ("≥ %s", low);
  /* Both ends in one unit: "12 – 24 h" and not "12 h – 1 d". */
  if (to <= DAY)
    return g_strdup_printf (_("%d – %d h"), (int) (from / HOUR), (int) (to / HOUR));
  return g_strdup_printf (_("%d – %d d"), (int) (from / DAY), (int) (to / DAY));
}

DdChartSpec *
dd_chart_spec_new_histogram (const DdSummary *summary,
                             DdMetric         metric,
                             const GPtrArray *rows)
{
  DdChartSpec *spec = begin (summary, DD_CHART_HISTOGRAM, metric, _("Distribution"));
  guint n[G_N_ELEMENTS (bounds) + 1] = { 0 }, used = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i);
      guint at = 0;

      if (!has_value (row))
        continue;
      while (at < G_N_ELEMENTS (bounds) && seconds_of (row) >= bounds[at])
        at++;
      n[at]++;
      used = MAX (used, at);
    }
  /* At least up to a day, and one empty class behind the last, so that pictures of several periods look alike. */
  used = MIN (MAX (used + 1, 5), G_N_ELEMENTS (bounds));
  for (guint i = 0; i <= used; i++)
    {
      double from = i == 0 ? 0 : bounds[i - 1], to = i < used ? bounds[i] : INFINITY;
      DdTier least = dd_profile_rate (&summary->profile, metric, from),
             most = dd_profile_rate (&summary->profile, metric, isinf (to) ? G_MAXDOUBLE : to * (1 - 1e-9));
      DdChartBar bar = { class_label (from, to), n[i], from, to, least == most ? least : DD_TIER_NONE, DD_ROLE_BLUE };

      g_array_append_val (spec->bars, bar);
    }
  return spec;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const DdRecordRow *one = *(DdRecordRow *const *) a, *other = *(DdRecordRow *const *) b;

  return one->time < other->time ? -1 : one->time > other->time;
}

DdChartSpec *
dd_chart_spec_new_scatter (const DdSummary *summary,
                           DdMetric         metric,
                           const GPtrArray *rows)
{
  DdChartSpec *spec = begin (summary, DD_CHART_SCATTER, metric, dd_metric_title (metric));
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  DdChartSeries *series;

  for (guint i = 0; i < rows->len; i++)
    if (has_value (g_ptr_array_index (rows, i)))
      g_ptr_array_add (sorted, g_ptr_array_index (rows, i));
  g_ptr_array_sort (sorted, compare_rows);
  for (guint i = 0; i < sorted->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (sorted, i);
      double value = seconds_of (row);
      g_autofree char *label = NULL;

      g_array_append_val (values, value);
      g_array_append_val (times, row->time);
      label = row->title != NULL ? g_strdup_printf ("%s · %s", row->id, row->title) : g_strdup (row->id);
      g_ptr_array_add (labels, dd_clean (label, 120));
      g_ptr_array_add (keys, g_strdup (row->id));
    }
  g_ptr_array_add (labels, NULL);
  g_ptr_array_add (keys, NULL);
  spec->scale = DD_SCALE_LOG;
  series = dd_chart_spec_add_series (spec, metric == DD_METRIC_RECOVERY_TIME ? _("Incidents") : _("Changes"), DD_ROLE_BLUE,
                                     values->len, (const double *) values->data, (const gint64 *) times->data);
  series->labels = (char **) g_ptr_array_steal (labels, NULL);
  series->keys = (char **) g_ptr_array_steal (keys, NULL);
  dd_chart_spec_add_bands (spec, &summary->profile, metric);
  dd_chart_spec_reset_range (spec);
  spec->from = MIN (spec->from, summary->period.start);
  spec->to = MAX (spec->to, summary->period.end);
  if (values->len == 0)
    {
      spec->from = summary->period.start;
      spec->to = summary->period.end;
    }
  return spec;
}
