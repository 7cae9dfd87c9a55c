/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-page.h"
#include "dd-report.h"
#include "dd-words.h"

/* Columns of the tables, at least: they get as wide as their words are in the reader's language. On a narrower terminal
 * than a table needs, each of its rows is a paragraph. */
#define INDENT 2
#define TITLE 23
#define VALUE 13
#define BARS 5
#define TIER 7
#define CHANGE 13
#define LEAST_COUNT 12
#define STAGE 12
#define CELL 13
#define LEAST_NAME 14
#define MOST_NAME 34
#define LONGEST_BAR 40
#define MOST_INCIDENTS 5
#define LONGEST_ID 40
#define LONGEST_TITLE 80

/* How wide tables are where lines have no end. */
#define WIDE 120

static int
layout_columns (const DdPage *page)
{
  return page->columns > 0 ? page->columns : WIDE;
}

static int
tier_width (const DdPage *page)
{
  int width = TIER;

  for (DdTier tier = DD_TIER_NONE; tier <= DD_TIER_ELITE; tier++)
    width = dd_page_widen (page, width, dd_tier_title (tier));
  return width;
}

/* Rising bars beside the word: a tier is never told by colour alone. */
static void
add_tier (DdPage *page,
          DdTier  tier,
          int     width)
{
  static const char * const bars[] = { "", "▁", "▁▃", "▁▃▅", "▁▃▅▇" };
  static const char * const ascii[] = { "", "#", "##", "###", "####" };

  dd_page_field (page, page->utf8 ? bars[tier] : ascii[tier], BARS, DD_STYLE_PLAIN);
  dd_page_field (page, dd_tier_title (tier), width, DD_STYLE_PLAIN);
}

static DdStyle
trend_style (DdTrend trend)
{
  return trend == DD_TREND_BETTER ? DD_STYLE_GOOD : trend == DD_TREND_WORSE ? DD_STYLE_BAD : DD_STYLE_PLAIN;
}

/* The most that can be said in @width columns of what a figure rests on. */
static char *
count_words (DdMetric         metric,
             const DdMetrics *metrics,
             int              width)
{
  g_autofree char *basis = dd_words_basis (metric, metrics);
  g_autofree char *count = dd_words_count (metric, metrics);

  if (dd_page_width (basis) <= width)
    return g_steal_pointer (&basis);
  return dd_page_width (count) <= width ? g_steal_pointer (&count) : dd_words_count_short (metric, metrics);
}

static void
add_narrow_metric (DdPage          *page,
                   const DdSummary *summary,
                   DdMetric         metric)
{
  DdTier tier = dd_metrics_tier (&summary->metrics, metric);
  g_autofree char *change = dd_words_change (metric, dd_metrics_change (&summary->metrics, metric));
  g_autofree char *basis = dd_words_basis (metric, &summary->metrics);
  g_autoptr (GString) words = g_string_new (NULL);

  if (tier != DD_TIER_NONE)
    g_string_append_printf (words, "%s · ", dd_tier_title (tier));
  if (*change != '\0')
    g_string_append_printf (words, "%s · ", change);
  g_string_append (words, basis);
  dd_page_end_line (page);
  dd_page_field (page, "", 2 * INDENT, DD_STYLE_PLAIN);
  dd_page_words (page, words->str, 2 * INDENT, DD_STYLE_PLAIN);
}

typedef struct
{
  int title;
  int value;
  int tier;
  int change;
} MetricColumns;

static char *
value_words (const DdSummary *summary,
             DdMetric         metric)
{
  return dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
}

static MetricColumns
measure_metrics (const DdPage    *page,
                 const DdSummary *summary)
{
  MetricColumns columns = { TITLE, VALUE, tier_width (page), CHANGE };

  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *value = value_words (summary, i);
      g_autofree char *change = dd_words_change (i, dd_metrics_change (&summary->metrics, i));

      columns.title = dd_page_widen (page, columns.title, dd_metric_title (i));
      columns.value = dd_page_widen (page, columns.value, value);
      columns.change = dd_page_widen (page, columns.change, change);
    }
  return columns;
}

static void
add_metric_rows (DdPage          *page,
                 const DdSummary *summary)
{
  MetricColumns columns = measure_metrics (page, summary);
  int row = INDENT + columns.title + columns.value + BARS + columns.tier + columns.change;
  int left = layout_columns (page) - row;

  /* Rather the end of a title than that of a figure. */
  columns.title = MIN (columns.title, layout_columns (page) - INDENT - columns.value);
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      double change = dd_metrics_change (&summary->metrics, i);
      g_autofree char *value = value_words (summary, i);
      g_autofree char *words = dd_words_change (i, change);
      g_autofree char *count = count_words (i, &summary->metrics, left);

      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, dd_metric_title (i), columns.title, DD_STYLE_PLAIN);
      dd_page_field (page, value, columns.value, DD_STYLE_BOLD);
      if (left < LEAST_COUNT)
        {
          add_narrow_metric (page, summary, i);
          continue;
        }
      if (i != DD_METRIC_REWORK_RATE)
        add_tier (page, dd_metrics_tier (&summary->metrics, i), columns.tier);
      else
        dd_page_field (page, "", BARS + columns.tier, DD_STYLE_PLAIN);
      dd_page_field (page, words, columns.change, trend_style (dd_metrics_trend (i, change)));
      dd_page_words (page, count, row, DD_STYLE_DIM);
    }
}

static void
add_stages (DdPage           *page,
            const DdLeadTime *lead)
{
  double longest = 0;
  int name = STAGE;

  for (int i = 0; i < DD_N_STAGES; i++)
    {
      double seconds = dd_words_stage_seconds (lead, i);

      name = dd_page_widen (page, name, dd_words_stage (i));
      longest = fmax (longest, isnan (seconds) ? 0 : seconds);
    }
  if (longest <= 0)
    return;
  dd_page_heading (page, _("Where the time goes (medians of each stage; they do not add up)"));
  for (int i = 0; i < DD_N_STAGES; i++)
    {
      double seconds = dd_words_stage_seconds (lead, i);
      g_autofree char *value = isnan (seconds) ? g_strdup (_("No data")) : dd_duration_format (seconds);
      g_autoptr (GString) bar = g_string_new (NULL);
      int most = MIN (LONGEST_BAR, layout_columns (page) - name - CELL - 5);
      int length = isnan (seconds) ? 0 : (int) lround (seconds / longest * most);

      for (int j = 0; j < length; j++)
        g_string_append (bar, page->utf8 ? "▆" : "=");
      dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
      dd_page_field (page, dd_words_stage (i), name, DD_STYLE_PLAIN);
      dd_page_field (page, value, CELL, DD_STYLE_BOLD);
      dd_page_field (page, bar->str, most, DD_STYLE_PLAIN);
      dd_page_end_line (page);
    }
}

static char *
cell_words (const DdMetrics *metrics,
            DdMetric         metric,
            DdAggregate      aggregate)
{
  double value = dd_metrics_value (metrics, metric, aggregate);

  return isnan (value) ? g_strdup ("–") : dd_words_value (metric, value);
}

/* The figures of a group, and what stands above them. */
#define N_CELLS 4

typedef struct
{
  const char *headings[N_CELLS];
  int         widths[N_CELLS];
  int         name;
  int         tier;
} GroupColumns;

static void
group_cells (const DdGroup *group,
             DdAggregate    aggregate,
             char          *cells[N_CELLS])
{
  cells[0] = group->now.deployment_frequency.ok ? g_strdup_printf ("%u", group->now.deployment_frequency.deployments)
                                                : g_strdup ("–");
  cells[1] = cell_words (&group->now, DD_METRIC_LEAD_TIME, aggregate);
  cells[2] = cell_words (&group->now, DD_METRIC_CHANGE_FAILURE_RATE, aggregate);
  cells[3] = cell_words (&group->now, DD_METRIC_RECOVERY_TIME, aggregate);
}

static void
clear_cells (char *cells[N_CELLS])
{
  for (int i = 0; i < N_CELLS; i++)
    g_free (cells[i]);
}

static GroupColumns
measure_groups (const DdPage    *page,
                const GPtrArray *groups,
                DdAggregate      aggregate)
{
  GroupColumns columns = { .headings = { _("Deployments"), _("Lead time"), _("Failures"), _("Recovery") } };
  int rest = INDENT + BARS;

  columns.tier = MAX (tier_width (page), dd_page_widen (page, 0, _("Overall")) - BARS);
  for (int i = 0; i < N_CELLS; i++)
    columns.widths[i] = dd_page_widen (page, CELL, columns.headings[i]);
  for (guint i = 0; i < groups->len; i++)
    {
      char *cells[N_CELLS];

      group_cells (g_ptr_array_index (groups, i), aggregate, cells);
      for (int j = 0; j < N_CELLS; j++)
        columns.widths[j] = dd_page_widen (page, columns.widths[j], cells[j]);
      clear_cells (cells);
    }
  for (int i = 0; i < N_CELLS; i++)
    rest += columns.widths[i];
  columns.name = MIN (layout_columns (page) - rest - columns.tier, MOST_NAME);
  return columns;
}

static void
add_group_paragraph (DdPage        *page,
                     const DdGroup *group,
                     char          *cells[N_CELLS])
{
  /* Translators: a repository's or team's count of deployments, lead time, failure rate, recovery time and tier. */
  g_autofree char *words = g_strdup_printf (_("deployments %s · lead time %s · failures %s · recovery %s · overall %s"),
                                            cells[0], cells[1], cells[2], cells[3], dd_tier_title (group->now.overall));

  dd_page_field (page, group->name, layout_columns (page) - INDENT, DD_STYLE_BOLD);
  dd_page_end_line (page);
  dd_page_field (page, "", 2 * INDENT, DD_STYLE_PLAIN);
  dd_page_words (page, words, 2 * INDENT, DD_STYLE_PLAIN);
}

static void
add_group (DdPage             *page,
           const DdGroup      *group,
           DdAggregate         aggregate,
           const GroupColumns *columns)
{
  char *cells[N_CELLS];

  group_cells (group, aggregate, cells);
  dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
  if (columns->name < LEAST_NAME)
    {
      add_group_paragraph (page, group, cells);
    }
  else
    {
      dd_page_field (page, group->name, columns->name - 1, DD_STYLE_PLAIN);
      dd_page_field (page, "", 1, DD_STYLE_PLAIN);
      for (int i = 0; i < N_CELLS; i++)
        dd_page_field (page, cells[i], columns->widths[i], DD_STYLE_PLAIN);
      add_tier (page, group->now.overall, columns->tier);
      dd_page_end_line (page);
    }
  clear_cells (cells);
}

static void
add_groups (DdPage          *page,
            const DdSummary *summary,
            const char      *heading,
            const GPtrArray *groups)
{
  GroupColumns columns = measure_groups (page, groups, summary->aggregate);

  if (groups->len == 0)
    return;
  dd_page_heading (page, heading);
  if (columns.name >= LEAST_NAME)
    {
      dd_page_field (page, "", INDENT + columns.name, DD_STYLE_PLAIN);
      for (int i = 0; i < N_CELLS; i++)
        dd_page_field (page, columns.headings[i], columns.widths[i], DD_STYLE_DIM);
      dd_page_field (page, _("Overall"), BARS + columns.tier, DD_STYLE_DIM);
      dd_page_end_line (page);
    }
  for (guint i = 0; i < groups->len; i++)
    add_group (page, g_ptr_array_index (groups, i), summary->aggregate, &columns);
}

static void
add_remarks (DdPage          *page,
             const char      *heading,
             const GPtrArray *remarks)
{
  if (remarks->len == 0)
    return;
  dd_page_heading (page, heading);
  for (guint i = 0; i < remarks->len; i++)
    {
      g_autofree char *text = dd_words_remark (g_ptr_array_index (remarks, i));

      dd_page_item (page, text, DD_STYLE_PLAIN);
    }
}

static void
add_open_incidents (DdPage          *page,
                    const DdSummary *summary,
                    GTimeZone       *zone)
{
  guint n = summary->open_incidents->len;

  if (n == 0)
    return;
  dd_page_heading (page, _("Open incidents"));
  for (guint i = 0; i < MIN (n, MOST_INCIDENTS); i++)
    {
      const DdRecordRow *row = g_ptr_array_index (summary->open_incidents, i);
      g_autofree char *since = dd_words_time (row->time, zone);
      g_autofree char *id = dd_clean (row->id, LONGEST_ID);
      g_autofree char *title = dd_clean (row->title, LONGEST_TITLE);
      /* Translators: an incident's key and title, and when it began. */
      g_autofree char *text = g_strdup_printf (_("%s  %s, since %s"), id, title, since);

      dd_page_item (page, text, DD_STYLE_PLAIN);
    }
}

static void
add_foot (DdPage          *page,
          const DdSummary *summary,
          GTimeZone       *zone)
{
  g_autofree char *profile = dd_words_profile (summary);
  g_autofree char *settings = dd_words_settings (summary);

  dd_page_heading (page, _("What the numbers rest on"));
  for (guint i = 0; i < summary->left_out->len; i++)
    {
      g_autofree char *words = dd_words_left_out (g_ptr_array_index (summary->left_out, i));

      dd_page_item (page, words, DD_STYLE_DIM);
    }
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);
      g_autofree char *words = dd_words_source (state, zone);
      g_autofree char *text = g_strdup_printf ("%s: %s", dd_words_source_name (state), words);

      dd_page_item (page, text, DD_STYLE_DIM);
    }
  for (guint i = 0; i < summary->narrowed->len; i++)
    dd_page_item (page, g_ptr_array_index (summary->narrowed, i), DD_STYLE_DIM);
  dd_page_item (page, settings, DD_STYLE_DIM);
  dd_page_item (page, profile, DD_STYLE_DIM);
}

static void
add_note (DdPage     *page,
          const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note != NULL ? note : "", "\n", -1);

  if (note != NULL)
    dd_page_end_line (page);
  for (int i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      dd_page_words (page, lines[i], 0, DD_STYLE_PLAIN);
}

char *
dd_report_to_text (const DdReport *report,
                   gboolean        colour,
                   gboolean        utf8,
                   int             columns)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *title = dd_words_title (summary);
  g_autofree char *overall = dd_words_overall (&summary->metrics);
  g_autofree char *rated = dd_words_rated (&summary->metrics);
  g_autofree char *verdict = g_strdup_printf ("%s · %s", overall, rated);
  DdPage page;

  dd_page_init (&page, colour, utf8, columns);
  dd_page_words (&page, title, 0, DD_STYLE_BOLD);
  dd_page_words (&page, verdict, 0, DD_STYLE_PLAIN);
  add_note (&page, report->note);
  dd_page_end_line (&page);
  add_metric_rows (&page, summary);
  add_remarks (&page, _("Highlights"), report->highlights);
  add_remarks (&page, _("Recommendations"), report->recommendations);
  add_stages (&page, &summary->metrics.lead_time);
  add_groups (&page, summary, _("Teams"), summary->teams);
  add_groups (&page, summary, _("Repositories"), summary->repositories);
  add_open_incidents (&page, summary, zone);
  add_foot (&page, summary, zone);
  return dd_page_finish (&page);
}
