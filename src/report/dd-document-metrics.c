/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-chart-words.h"
#include "dd-document-private.h"
#include "dd-words.h"

/* Less says nothing, more is not looked at. */
#define SPARKLINE_WIDTH 76.0

static void
add_metric_columns (DdBlock         *table,
                    const DdSummary *summary,
                    GTimeZone       *zone)
{
  DdPeriod earlier = dd_period_before (&summary->period, zone, 1);
  gboolean named = summary->period.kind != DD_PERIOD_CUSTOM && summary->period.kind != DD_PERIOD_LAST_DAYS;
  g_autofree char *now = named ? dd_document_period (&summary->period, zone) : g_strdup (_("Now"));
  g_autofree char *before = named ? dd_document_period (&earlier, zone) : g_strdup (_("Before"));
  g_autofree char *periods = dd_words_periods (summary, DD_TREND_PERIODS);

  dd_table_add_column (table, _("Metric"));
  dd_table_add_numbers (table, now);
  dd_table_add_numbers (table, before);
  dd_table_add_numbers (table, C_("difference", "Change"));
  dd_table_add_column (table, _("Tier"));
  dd_table_add_column (table, _("Rests on"))->wide = TRUE;
  dd_table_add_column (table, periods)->least = SPARKLINE_WIDTH;
}

static void
add_metric_row (DdBlock         *table,
                const DdSummary *summary,
                DdMetric         metric)
{
  const DdMetrics *now = &summary->metrics;
  double value = dd_metrics_value (now, metric, summary->aggregate), change = dd_metrics_change (now, metric);
  DdTier tier = dd_metrics_tier (now, metric);
  DdTrend trend = dd_metrics_trend (metric, change);
  DdCell *cell;

  dd_table_add_row (table);
  dd_table_add_cell (table, g_strdup (dd_metric_title (metric)), DD_LOOK_BOLD);
  dd_table_add_cell (table, dd_words_value (metric, value), isfinite (value) ? DD_LOOK_FIGURE : DD_LOOK_DIM);
  dd_table_add_cell (table, dd_document_value (metric, dd_metrics_value (&summary->before, metric, summary->aggregate)),
                     DD_LOOK_DIM);
  dd_table_add_cell (table, dd_words_change (metric, change),
                     trend == DD_TREND_BETTER ? DD_LOOK_GOOD : trend == DD_TREND_WORSE ? DD_LOOK_BAD : DD_LOOK_PLAIN);
  if (metric == DD_METRIC_REWORK_RATE)
    dd_table_add_cell (table, g_strdup (_("not rated")), DD_LOOK_DIM);
  else
    dd_table_add_cell (table, g_strdup (dd_tier_title (tier)), DD_LOOK_BOLD)->bars = tier;
  cell = dd_table_add_cell (table, dd_words_count_short (metric, now), DD_LOOK_PLAIN);
  if (dd_words_is_small (metric, now))
    cell->mark = g_strdup (_("small sample"));
  cell = dd_table_add_cell (table, NULL, DD_LOOK_PLAIN);
  cell->chart = dd_chart_spec_new_sparkline (summary, metric);
  cell->text = dd_chart_words_summary (cell->chart);
}

void
dd_document_add_metrics (GPtrArray      *blocks,
                         const DdReport *report)
{
  g_autoptr (GTimeZone) zone = dd_words_zone (report->summary);
  DdBlock *table;

  if (!report->one_page)
    dd_blocks_add (blocks, DD_BLOCK_HEADING, _("The five metrics"));
  table = dd_blocks_add_table (blocks, _("The five metrics"));
  add_metric_columns (table, report->summary, zone);
  for (int i = 0; i < DD_N_METRICS; i++)
    add_metric_row (table, report->summary, i);
}

void
dd_document_add_tiers (GPtrArray      *blocks,
                       const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autofree char *heading = NULL;
  DdBlock *table;

  if (!DD_REPORT_HAS (report, DD_SECTION_TIERS))
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (DD_SECTION_TIERS));
  table = dd_blocks_add_table (blocks, dd_section_title (DD_SECTION_TIERS));
  heading = dd_words_profile (summary);
  dd_table_add_column (table, heading)->wide = TRUE;
  for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
    {
      DdColumn *column = dd_table_add_column (table, dd_tier_title (tier));

      column->bars = tier;
      column->least = 104;
    }
  for (int i = 0; i < DD_METRIC_REWORK_RATE; i++)
    {
      dd_table_add_row (table);
      dd_table_add_cell (table, g_strdup (dd_metric_title (i)), DD_LOOK_PLAIN);
      for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
        {
          gboolean here = dd_metrics_tier (&summary->metrics, i) == (DdTier) tier;
          DdCell *cell = dd_table_add_cell (table, dd_profile_describe (&summary->profile, i, tier),
                                            here ? DD_LOOK_BOLD : DD_LOOK_DIM);

          cell->chip = here ? tier : DD_TIER_NONE;
        }
    }
}

void
dd_document_add_trend_table (GPtrArray      *blocks,
                             const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *heading = dd_words_periods (summary, DD_TREND_PERIODS);
  DdBlock *table;

  if (!DD_REPORT_HAS (report, DD_SECTION_TRENDS))
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, heading);
  table = dd_blocks_add_table (blocks, heading);
  dd_table_add_column (table, _("Period"))->wide = TRUE;
  dd_table_add_numbers (table, _("Deployments"));
  dd_table_add_numbers (table, _("Lead time"));
  dd_table_add_numbers (table, _("Failure rate"));
  dd_table_add_numbers (table, _("Recovery"));
  dd_table_add_numbers (table, _("Rework"));
  for (int i = DD_TREND_PERIODS - 1; i >= 0; i--)
    {
      const DdTrendPoint *point = &summary->trend[i];
      DdCellLook look = i == DD_TREND_PERIODS - 1 ? DD_LOOK_BOLD : DD_LOOK_PLAIN;

      dd_table_add_row (table);
      dd_table_add_cell (table, dd_period_label (&point->period, zone), look);
      for (int j = 0; j < DD_N_METRICS; j++)
        dd_table_add_cell (table, dd_document_value (j, dd_metrics_value (&point->metrics, j, summary->aggregate)), look);
    }
}
