/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-words.h"
#include "dd-csv-text.h"

/*
 * Tables: of a trend, a row a period with its series, events, tier and, where there are any, incidents; of bars, a row a bar;
 * of a scatter, a row an event.
 */

static gboolean
is_trend (const DdChartSpec *spec)
{
  return spec->kind == DD_CHART_TREND || spec->kind == DD_CHART_SPARKLINE;
}

static const DdChartSeries *
get_series (const DdChartSpec *spec,
            guint              i)
{
  return g_ptr_array_index (spec->series, i);
}

guint
dd_chart_table_rows (const DdChartSpec *spec)
{
  if (is_trend (spec))
    return spec->points->len;
  if (spec->kind == DD_CHART_SCATTER)
    return spec->series->len > 0 ? get_series (spec, 0)->n : 0;
  return spec->bars->len;
}

guint
dd_chart_table_columns (const DdChartSpec *spec)
{
  if (is_trend (spec))
    return 3 + spec->series->len + (spec->incidents->len > 0 ? 1 : 0);
  return spec->kind == DD_CHART_SCATTER ? 3 : 2;
}

char *
dd_chart_table_heading (const DdChartSpec *spec,
                        guint              column)
{
  static const char * const after[] = { N_("Events"), N_("Tier"), N_("Incidents") };

  if (is_trend (spec))
    {
      if (column == 0)
        return g_strdup (_("Period"));
      if (column <= spec->series->len)
        return g_strdup (get_series (spec, column - 1)->name);
      return g_strdup (_(after[MIN (column - 1 - spec->series->len, G_N_ELEMENTS (after) - 1)]));
    }
  if (spec->kind == DD_CHART_SCATTER)
    return g_strdup (column == 0 ? _("Event") : column == 1 ? _("When") : _("Duration"));
  if (spec->kind == DD_CHART_STAGES)
    return g_strdup (column == 0 ? _("Stage") : _("Duration"));
  return g_strdup (column == 0 ? _("Duration") : _("How Many"));
}

gboolean
dd_chart_table_is_number (const DdChartSpec *spec,
                          guint              column)
{
  if (is_trend (spec))
    return column > 0 && column != spec->series->len + 2;
  return column == (spec->kind == DD_CHART_SCATTER ? 2 : 1);
}

static char *
trend_cell (const DdChartSpec *spec,
            guint              row,
            guint              column)
{
  const DdChartPoint *point = &g_array_index (spec->points, DdChartPoint, row);

  if (column == 0)
    return g_strdup (point->long_label);
  if (column <= spec->series->len)
    return dd_unit_format (spec->unit, get_series (spec, column - 1)->values[row]);
  switch (column - spec->series->len)
    {
    case 1:
      return g_strdup_printf ("%u", point->count);
    case 2:
      return g_strdup (point->tier != DD_TIER_NONE ? dd_tier_title (point->tier) : "");
    default:
      return g_strdup_printf ("%u", dd_chart_incidents_in (spec, (int) row));
    }
}

static char *
event_cell (const DdChartSpec *spec,
            guint              row,
            guint              column)
{
  const DdChartSeries *series = get_series (spec, 0);

  if (column == 0)
    return g_strdup (series->labels != NULL ? series->labels[row] : series->name);
  return column == 1 ? dd_time_format (series->times[row], spec->zone) : dd_unit_format (spec->unit, series->values[row]);
}

char *
dd_chart_table_cell (const DdChartSpec *spec,
                     guint              row,
                     guint              column)
{
  const DdChartBar *bar;

  if (row >= dd_chart_table_rows (spec) || column >= dd_chart_table_columns (spec))
    return g_strdup ("");
  if (is_trend (spec))
    return trend_cell (spec, row, column);
  if (spec->kind == DD_CHART_SCATTER)
    return event_cell (spec, row, column);
  bar = &g_array_index (spec->bars, DdChartBar, row);
  return column == 0 ? g_strdup (bar->label) : dd_unit_format (spec->unit, bar->value);
}

static void
add_trend (GString           *csv,
           const DdChartSpec *spec)
{
  dd_csv_text (csv, _("Period"));
  dd_csv_text (csv, _("From"));
  dd_csv_text (csv, _("Until"));
  for (guint i = 0; i < spec->series->len; i++)
    dd_csv_text (csv, get_series (spec, i)->name);
  dd_csv_text (csv, _("Events"));
  dd_csv_text (csv, _("Tier"));
  dd_csv_text (csv, _("Incidents"));
  dd_csv_end (csv);
  for (guint row = 0; row < spec->points->len; row++)
    {
      const DdChartPoint *point = &g_array_index (spec->points, DdChartPoint, row);
      g_autofree char *start = dd_time_format (point->start, spec->zone);
      g_autofree char *end = dd_time_format (point->end, spec->zone);

      dd_csv_text (csv, point->label);
      dd_csv_text (csv, start);
      dd_csv_text (csv, end);
      for (guint i = 0; i < spec->series->len; i++)
        dd_csv_number (csv, get_series (spec, i)->values[row]);
      dd_csv_number (csv, point->count);
      dd_csv_text (csv, dd_tier_name (point->tier));
      dd_csv_number (csv, dd_chart_incidents_in (spec, (int) row));
      dd_csv_end (csv);
    }
}

static void
add_rows (GString           *csv,
          const DdChartSpec *spec)
{
  for (guint column = 0; column < dd_chart_table_columns (spec); column++)
    {
      g_autofree char *heading = dd_chart_table_heading (spec, column);

      dd_csv_text (csv, heading);
    }
  dd_csv_end (csv);
  for (guint row = 0; row < dd_chart_table_rows (spec); row++)
    {
      for (guint column = 0; column < dd_chart_table_columns (spec); column++)
        {
          g_autofree char *cell = dd_chart_table_cell (spec, row, column);

          if (!dd_chart_table_is_number (spec, column))
            dd_csv_text (csv, cell);
          else if (spec->kind == DD_CHART_SCATTER)
            dd_csv_number (csv, get_series (spec, 0)->values[row]);
          else
            dd_csv_number (csv, g_array_index (spec->bars, DdChartBar, row).value);
        }
      dd_csv_end (csv);
    }
}

char *
dd_chart_to_csv (const DdChartSpec *spec)
{
  GString *csv = g_string_new (NULL);

  if (is_trend (spec))
    add_trend (csv, spec);
  else
    add_rows (csv, spec);
  return g_string_free (csv, FALSE);
}
