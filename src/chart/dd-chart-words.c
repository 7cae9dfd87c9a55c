/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-join.h"

#define LONGEST_NAME 120
/* Below it, a difference is none: as reports compare periods. */
#define STEADY 0.05

static const DdChartSeries *
rated_series (const DdChartSpec *spec)
{
  return spec->series->len > 0 ? g_ptr_array_index (spec->series, 0) : NULL;
}

static const DdChartPoint *
get_point (const DdChartSpec *spec,
           int                point)
{
  return &g_array_index (spec->points, DdChartPoint, point);
}

/* The first and last number, the best and the worst one of a series, by index. FALSE where there is none. */
static gboolean
find_marks (const DdChartSeries *series,
            gboolean             rising,
            guint                marks[4])
{
  gboolean any = FALSE;

  for (guint i = 0; series != NULL && i < series->n; i++)
    {
      double value = series->values[i];

      if (isnan (value))
        continue;
      if (!any)
        marks[0] = marks[2] = marks[3] = i;
      any = TRUE;
      marks[1] = i;
      if (rising ? value > series->values[marks[2]] : value < series->values[marks[2]])
        marks[2] = i;
      if (rising ? value < series->values[marks[3]] : value > series->values[marks[3]])
        marks[3] = i;
    }
  return any;
}

static char *
trend_words (const DdChartSpec *spec)
{
  const DdChartSeries *series = rated_series (spec);
  guint marks[4] = { 0 }, n = spec->points->len;
  g_autofree char *now = NULL;
  g_autofree char *best = NULL;
  g_autofree char *worst = NULL;
  const char *format;
  double first, last;

  if (!find_marks (series, spec->metric == DD_METRIC_DEPLOYMENT_FREQUENCY, marks))
    return g_strdup_printf (ngettext ("%s, %u period: no data.", "%s, %u periods: no data.", n), spec->title, n);
  first = series->values[marks[0]];
  last = series->values[marks[1]];
  now = dd_unit_format (spec->unit, series->values[series->n - 1]);
  best = dd_unit_format (spec->unit, series->values[marks[2]]);
  worst = dd_unit_format (spec->unit, series->values[marks[3]]);
  if (fabs (last - first) <= STEADY * fabs (first))
    /* Translators: title, number of periods, the last value, the best and its period, the worst and its period. */
    format = ngettext ("%s, %u period: %s now, steady; best %s in %s, worst %s in %s", "%s, %u periods: %s now, steady; best %s in %s, worst %s in %s", n);
  else if (last < first)
    format = ngettext ("%s, %u period: %s now, falling; best %s in %s, worst %s in %s", "%s, %u periods: %s now, falling; best %s in %s, worst %s in %s", n);
  else
    format = ngettext ("%s, %u period: %s now, rising; best %s in %s, worst %s in %s", "%s, %u periods: %s now, rising; best %s in %s, worst %s in %s", n);
  return g_strdup_printf (format, spec->title, n, now, best, get_point (spec, (int) marks[2])->label, worst,
                          get_point (spec, (int) marks[3])->label);
}

static char *
bar_words (const DdChartSpec *spec,
           guint              i)
{
  const DdChartBar *bar = &g_array_index (spec->bars, DdChartBar, i);
  g_autofree char *value = dd_unit_format (spec->unit, bar->value);

  /* Translators: a stage or a class of values, and its value: "Review: 4 h 14 min". */
  return g_strdup_printf (_("%s: %s"), bar->label, value);
}

static char *
bars_words (const DdChartSpec *spec)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < spec->bars->len; i++)
    {
      g_autofree char *bar = bar_words (spec, i);

      dd_join_item (words, bar);
    }
  /* Translators: title and list of a chart: "Where the time goes – Coding: 7 h, Pickup: 2 h". */
  return g_strdup_printf (_("%s – %s"), spec->title, words->str);
}

char *
dd_chart_words_summary (const DdChartSpec *spec)
{
  g_autofree char *trend = NULL;
  DdTier tier;

  if (spec->kind == DD_CHART_STAGES || spec->kind == DD_CHART_HISTOGRAM)
    return bars_words (spec);
  if (spec->kind == DD_CHART_SCATTER)
    {
      guint n = rated_series (spec) != NULL ? rated_series (spec)->n : 0;

      return g_strdup_printf (ngettext ("%s: %u event", "%s: %u events", n), spec->title, n);
    }
  trend = trend_words (spec);
  tier = spec->points->len > 0 ? get_point (spec, (int) spec->points->len - 1)->tier : DD_TIER_NONE;
  /* Translators: the sentence about a chart, and the tier of the last period. */
  return tier != DD_TIER_NONE ? g_strdup_printf (_("%s; %s"), trend, dd_tier_title (tier)) : g_steal_pointer (&trend);
}

guint
dd_chart_incidents_in (const DdChartSpec *spec,
                       int                point)
{
  guint n = 0;

  if (point < 0 || (guint) point >= spec->points->len)
    return 0;
  for (guint i = 0; i < spec->incidents->len; i++)
    {
      const DdChartIncident *incident = &g_array_index (spec->incidents, DdChartIncident, i);

      n += incident->started < get_point (spec, point)->end &&
           (incident->ended == DD_TIME_NONE || incident->ended > get_point (spec, point)->start);
    }
  return n;
}

static char *
bucket_words (const DdChartSpec *spec,
              int                point)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const DdChartPoint *bucket = get_point (spec, point);
  guint incidents = dd_chart_incidents_in (spec, point);

  for (guint i = 0; i < spec->series->len; i++)
    {
      const DdChartSeries *series = g_ptr_array_index (spec->series, i);
      g_autofree char *value = dd_unit_format (spec->unit, series->values[point]);
      g_autofree char *named = g_strdup_printf ("%s %s", series->name, value);

      if (!series->hidden)
        dd_join_item (words, named);
    }
  dd_join_clause (words, bucket->events);
  if (bucket->tier != DD_TIER_NONE)
    dd_join_clause (words, dd_tier_title (bucket->tier));
  if (incidents > 0)
    {
      g_autofree char *counted = g_strdup_printf (ngettext ("%u incident", "%u incidents", incidents), incidents);

      dd_join_clause (words, counted);
    }
  if (bucket->unsynced)
    dd_join_clause (words, _("not synced"));
  else if (bucket->partial)
    dd_join_clause (words, _("not over yet"));
  else if (bucket->small && bucket->count > 0)
    dd_join_clause (words, _("small sample"));
  return g_strdup_printf (_("%s: %s"), bucket->long_label, words->str);
}

static char *
time_words (const DdChartSpec *spec,
            gint64             time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, spec->zone) : NULL;

  /* Translators: a day and a time, as strftime writes it. */
  return local != NULL ? g_date_time_format (local, _("%-d %b, %H:%M")) : g_strdup ("–");
}

static char *
event_words (const DdChartSpec *spec,
             guint              i)
{
  const DdChartSeries *series = rated_series (spec);
  g_autofree char *value = dd_unit_format (spec->unit, series->values[i]);
  g_autofree char *time = time_words (spec, series->times[i]);

  /* Translators: an event, when it was, and how long it took. */
  return g_strdup_printf (_("%s: %s, %s"), series->labels != NULL ? series->labels[i] : series->name, time, value);
}

char *
dd_chart_words_point (const DdChartSpec *spec,
                      int                point)
{
  switch (spec->kind)
    {
    case DD_CHART_STAGES:
    case DD_CHART_HISTOGRAM:
      return point >= 0 && (guint) point < spec->bars->len ? bar_words (spec, (guint) point) : g_strdup ("");
    case DD_CHART_SCATTER:
      return point >= 0 && rated_series (spec) != NULL && (guint) point < rated_series (spec)->n ? event_words (spec, (guint) point)
                                                                                                 : g_strdup ("");
    case DD_CHART_TREND:
    case DD_CHART_SPARKLINE:
    default:
      return point >= 0 && (guint) point < spec->points->len ? bucket_words (spec, point) : g_strdup ("");
    }
}

char *
dd_chart_words_incident (const DdChartSpec *spec,
                         int                incident)
{
  const DdChartIncident *asked;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *started = NULL;
  g_autofree char *lasted = NULL;

  if (incident < 0 || (guint) incident >= spec->incidents->len)
    return g_strdup ("");
  asked = &g_array_index (spec->incidents, DdChartIncident, incident);
  name = dd_clean (asked->name != NULL ? asked->name : "", LONGEST_NAME);
  title = dd_clean (asked->title != NULL ? asked->title : "", LONGEST_NAME);
  started = time_words (spec, asked->started);
  if (asked->ended == DD_TIME_NONE)
    /* Translators: key, title and start of an incident. */
    return g_strdup_printf (_("%s, %s: %s, still open"), name, title, started);
  lasted = dd_duration_format ((double) (asked->ended - asked->started) / DD_SECOND);
  return g_strdup_printf (_("%s, %s: %s, lasted %s"), name, title, started, lasted);
}
