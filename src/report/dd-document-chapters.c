/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-document-private.h"
#include "dd-record.h"
#include "dd-words.h"

/* Of the lists behind a metric; all repositories are in a table of their own. */
#define MOST_REPOSITORIES 10
#define MOST_CHANGES 5

static const char *
definition_of (DdMetric metric)
{
  static const char * const definitions[DD_N_METRICS] = {
    [DD_METRIC_DEPLOYMENT_FREQUENCY] = N_("How often a deployment to production succeeds."),
    [DD_METRIC_LEAD_TIME] = N_("From a change’s first commit to the end of the first successful production deployment "
                               "that contains it."),
    [DD_METRIC_CHANGE_FAILURE_RATE] = N_("How many of the production deployments failed, or caused an incident."),
    [DD_METRIC_RECOVERY_TIME] = N_("How long it takes until users are served again."),
    [DD_METRIC_REWORK_RATE] = N_("How many of the production deployments were not planned but repaired something."),
  };

  return _(definitions[metric]);
}

static const char *
compared_format (DdPeriodKind kind)
{
  switch (kind)
    {
    case DD_PERIOD_WEEKLY:
      /* Translators: what the metric is, "61 changes", "12 % better" or "steady", its figure then. */
      return _("%s In this period: %s; %s. In the week before: %s.");
    case DD_PERIOD_MONTHLY:
      /* Translators: what the metric is, "61 changes", "12 % better" or "steady", its figure then. */
      return _("%s In this period: %s; %s. In the month before: %s.");
    case DD_PERIOD_QUARTERLY:
      /* Translators: what the metric is, "61 changes", "12 % better" or "steady", its figure then. */
      return _("%s In this period: %s; %s. In the quarter before: %s.");
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      /* Translators: what the metric is, "61 changes", "12 % better" or "steady", its figure then. */
      return _("%s In this period: %s; %s. In the days before: %s.");
    }
}

static char *
sentences_of (const DdSummary *summary,
              DdMetric         metric)
{
  g_autofree char *basis = dd_words_basis (metric, &summary->metrics);
  g_autofree char *change = dd_words_change (metric, dd_metrics_change (&summary->metrics, metric));
  g_autofree char *before = dd_document_value (metric, dd_metrics_value (&summary->before, metric, summary->aggregate));

  if (*change == '\0')
    return g_strdup_printf (_("%s In this period: %s."), definition_of (metric), basis);
  return g_strdup_printf (compared_format (summary->period.kind), definition_of (metric), basis, change, before);
}

static void
add_figure (DdBlock    *table,
            const char *heading,
            char       *text)
{
  dd_table_add_column (table, heading);
  dd_table_add_cell (table, text, DD_LOOK_BOLD);
}

static void
add_count (DdBlock    *table,
           const char *heading,
           guint       n)
{
  add_figure (table, heading, g_strdup_printf ("%u", n));
}

/* Everything that the metric is known by, in one row. */
static void
add_figures (GPtrArray       *blocks,
             const DdMetrics *metrics,
             DdMetric         metric)
{
  DdBlock *table = dd_blocks_add_table (blocks, dd_metric_title (metric));

  dd_table_add_row (table);
  switch (metric)
    {
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
      add_count (table, _("Deployments"), metrics->deployment_frequency.deployments);
      add_count (table, _("Days with one"), metrics->deployment_frequency.deployment_days);
      add_figure (table, _("A day"), isnan (metrics->deployment_frequency.per_day) ? g_strdup ("–")
                  : g_strdup_printf ("%.2f", metrics->deployment_frequency.per_day));
      add_figure (table, _("A week"), isnan (metrics->deployment_frequency.per_week) ? g_strdup ("–")
                  : g_strdup_printf ("%.1f", metrics->deployment_frequency.per_week));
      break;
    case DD_METRIC_LEAD_TIME:
      add_figure (table, _("Median"), dd_document_value (metric, metrics->lead_time.median));
      add_figure (table, _("Mean"), dd_document_value (metric, metrics->lead_time.mean));
      add_figure (table, _("90th percentile"), dd_document_value (metric, metrics->lead_time.p90));
      add_count (table, _("As deployed"), metrics->lead_time.by_deploy);
      add_count (table, _("As merged"), metrics->lead_time.by_merge);
      add_count (table, _("Waiting"), metrics->lead_time.waiting);
      add_count (table, _("Left out"), metrics->lead_time.left_out);
      break;
    case DD_METRIC_CHANGE_FAILURE_RATE:
      add_count (table, _("Failed"), metrics->change_failure_rate.failed);
      add_count (table, _("Deployments"), metrics->change_failure_rate.deployments);
      add_count (table, _("By their result"), metrics->change_failure_rate.failed_by_result);
      add_count (table, _("By an incident"), metrics->change_failure_rate.failed_by_incident);
      break;
    case DD_METRIC_RECOVERY_TIME:
      add_figure (table, _("Median"), dd_document_value (metric, metrics->recovery_time.median));
      add_figure (table, _("Mean"), dd_document_value (metric, metrics->recovery_time.mean));
      add_figure (table, _("90th percentile"), dd_document_value (metric, metrics->recovery_time.p90));
      add_count (table, _("Incidents"), metrics->recovery_time.incidents);
      add_count (table, _("Failed deployments"), metrics->recovery_time.failed_deployments);
      add_count (table, _("Open"), metrics->recovery_time.open);
      add_count (table, _("Left out"), metrics->recovery_time.left_out);
      break;
    case DD_METRIC_REWORK_RATE:
    case DD_N_METRICS:
    default:
      add_count (table, _("Unplanned"), metrics->rework_rate.unplanned);
      add_count (table, _("Deployments"), metrics->rework_rate.deployments);
      break;
    }
}

static DdChartSpec *
trend_of (const DdReport *report,
          DdMetric        metric)
{
  DdChartSpec *chart = dd_chart_spec_new_for_metric (report->summary, metric, report->earlier);

  if (report->recoveries != NULL)
    dd_chart_spec_add_incidents (chart, report->recoveries);
  return chart;
}

/* Whether any of the twelve periods has a figure. */
static gboolean
has_trend (const DdSummary *summary,
           DdMetric         metric)
{
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    if (isfinite (dd_metrics_value (&summary->trend[i].metrics, metric, summary->aggregate)))
      return TRUE;
  return FALSE;
}

void
dd_document_add_trend (GPtrArray      *blocks,
                       const DdReport *report,
                       int             tightness)
{
  const DdSummary *summary = report->summary;
  DdMetric metric = has_trend (summary, DD_METRIC_LEAD_TIME) ? DD_METRIC_LEAD_TIME : DD_METRIC_DEPLOYMENT_FREQUENCY;
  g_autofree char *periods = dd_words_periods (summary, DD_TREND_PERIODS);
  g_autofree char *heading = NULL;
  DdChartSpec *chart;

  if (!DD_REPORT_HAS (report, DD_SECTION_TRENDS) || !has_trend (summary, metric) || tightness == DD_DOCUMENT_TIGHTEST)
    return;
  /* Translators: a metric, "12 weeks". */
  heading = g_strdup_printf (_("%s, %s"), dd_metric_title (metric), periods);
  dd_blocks_add (blocks, DD_BLOCK_HEADING, heading);
  chart = trend_of (report, metric);
  chart->brief = TRUE;
  dd_blocks_add_chart (blocks, chart);
}

void
dd_document_add_stages (GPtrArray      *blocks,
                        const DdReport *report)
{
  const DdLeadTime *lead = &report->summary->metrics.lead_time;
  gboolean known = FALSE;

  for (int i = 0; i < DD_N_STAGES; i++)
    known = known || isfinite (dd_words_stage_seconds (lead, i));
  if (!DD_REPORT_HAS (report, DD_SECTION_STAGES) || !lead->ok || !known)
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (DD_SECTION_STAGES));
  dd_blocks_add_chart (blocks, dd_chart_spec_new_stages (report->summary));
  dd_blocks_add (blocks, DD_BLOCK_SMALL, _("Medians of each stage; they do not add up."));
}

static void
add_spread (GPtrArray       *blocks,
            const DdReport  *report,
            DdMetric         metric,
            const GPtrArray *rows)
{
  DdChartSpec *chart;

  if (rows == NULL)
    return;
  chart = dd_chart_spec_new_histogram (report->summary, metric, rows);
  if (chart->bars->len == 0)
    {
      dd_chart_spec_free (chart);
      return;
    }
  dd_blocks_add (blocks, DD_BLOCK_HEADING, _("Distribution"));
  dd_blocks_add_chart (blocks, chart);
}

/* Both side by side where there are both. */
static void
add_behind (GPtrArray      *blocks,
            const DdReport *report,
            DdMetric        metric)
{
  g_autoptr (GPtrArray) left = dd_blocks_new ();
  g_autoptr (GPtrArray) right = dd_blocks_new ();
  DdBlock *pair;

  if (metric == DD_METRIC_LEAD_TIME)
    {
      dd_document_add_stages (left, report);
      add_spread (right, report, metric, report->changes);
    }
  else if (metric == DD_METRIC_RECOVERY_TIME)
    add_spread (left, report, metric, report->recoveries);
  if (left->len > 0 && right->len > 0)
    {
      pair = dd_blocks_add (blocks, DD_BLOCK_PAIR, NULL);
      g_ptr_array_extend_and_steal (pair->left, g_steal_pointer (&left));
      g_ptr_array_extend_and_steal (pair->right, g_steal_pointer (&right));
      return;
    }
  g_ptr_array_extend_and_steal (blocks, left->len > 0 ? g_steal_pointer (&left) : g_steal_pointer (&right));
}

typedef struct
{
  DdMetric    metric;
  DdAggregate aggregate;
} Order;

/* The worst first; equal ones by name, so that the order is always the same. */
static int
compare_groups (gconstpointer one,
                gconstpointer other,
                gpointer      data)
{
  const DdGroup *a = *(DdGroup * const *) one, *b = *(DdGroup * const *) other;
  const Order *order = data;
  double x = dd_metrics_value (&a->now, order->metric, order->aggregate),
         y = dd_metrics_value (&b->now, order->metric, order->aggregate);

  if (x != y)
    return (x < y) == (order->metric == DD_METRIC_DEPLOYMENT_FREQUENCY) ? -1 : 1;
  return g_strcmp0 (a->name, b->name);
}

static void
add_repositories (GPtrArray       *blocks,
                  const DdSummary *summary,
                  DdMetric         metric)
{
  g_autoptr (GPtrArray) worst = g_ptr_array_new ();
  Order order = { metric, summary->aggregate };
  g_autofree char *heading = NULL;
  DdBlock *table;

  for (guint i = 0; i < summary->repositories->len; i++)
    {
      DdGroup *group = g_ptr_array_index (summary->repositories, i);

      if (isfinite (dd_metrics_value (&group->now, metric, summary->aggregate)))
        g_ptr_array_add (worst, group);
    }
  if (worst->len < 2)
    return;
  g_ptr_array_sort_with_data (worst, compare_groups, &order);
  heading = worst->len > MOST_REPOSITORIES
              ? g_strdup_printf (_("By repository, the %d of %u with most to gain"), MOST_REPOSITORIES, worst->len)
              : g_strdup (_("By repository"));
  dd_blocks_add (blocks, DD_BLOCK_HEADING, heading);
  table = dd_blocks_add_table (blocks, heading);
  dd_table_add_column (table, _("Repository"))->wide = TRUE;
  dd_table_add_numbers (table, dd_metric_title (metric));
  if (metric != DD_METRIC_REWORK_RATE)
    dd_table_add_column (table, _("Tier"));
  dd_table_add_column (table, _("Rests on"))->least = 250;
  for (guint i = 0; i < MIN (worst->len, MOST_REPOSITORIES); i++)
    {
      const DdGroup *group = g_ptr_array_index (worst, i);
      DdTier tier = dd_metrics_tier (&group->now, metric);
      DdCell *cell;

      dd_table_add_row (table);
      dd_table_add_cell (table, dd_clean (group->name, DD_LONGEST_NAME), DD_LOOK_BOLD);
      dd_table_add_cell (table, dd_document_value (metric, dd_metrics_value (&group->now, metric, summary->aggregate)),
                         DD_LOOK_PLAIN);
      if (metric != DD_METRIC_REWORK_RATE)
        dd_table_add_cell (table, g_strdup (dd_tier_title (tier)), DD_LOOK_BOLD)->bars = tier;
      cell = dd_table_add_cell (table, dd_words_count (metric, &group->now), DD_LOOK_PLAIN);
      if (dd_words_is_small (metric, &group->now))
        cell->mark = g_strdup (_("small sample"));
    }
}

static int
compare_rows (gconstpointer one,
              gconstpointer other)
{
  const DdRecordRow *a = *(DdRecordRow * const *) one, *b = *(DdRecordRow * const *) other;

  if (a->value != b->value)
    return a->value > b->value ? -1 : 1;
  return g_strcmp0 (a->id, b->id);
}

static void
add_slowest (GPtrArray      *blocks,
             const DdReport *report)
{
  g_autoptr (GPtrArray) slowest = g_ptr_array_new ();
  DdBlock *table;

  for (guint i = 0; report->changes != NULL && i < report->changes->len; i++)
    {
      DdRecordRow *row = g_ptr_array_index (report->changes, i);

      if (row->counted && row->value != DD_TIME_NONE)
        g_ptr_array_add (slowest, row);
    }
  if (slowest->len == 0)
    return;
  g_ptr_array_sort (slowest, compare_rows);
  dd_blocks_add (blocks, DD_BLOCK_HEADING, _("Slowest changes"));
  table = dd_blocks_add_table (blocks, _("Slowest changes"));
  dd_table_add_column (table, C_("of code", "Change"))->wide = TRUE;
  dd_table_add_column (table, _("Repository"));
  dd_table_add_numbers (table, _("Lead time"));
  for (guint i = 0; i < MIN (slowest->len, MOST_CHANGES); i++)
    {
      const DdRecordRow *row = g_ptr_array_index (slowest, i);
      g_autofree char *title = dd_clean (row->title, DD_LONGEST_TITLE);
      g_autofree char *id = dd_clean (row->id, DD_LONGEST_NAME);

      dd_table_add_row (table);
      dd_table_add_cell (table, g_strdup_printf (DD_APART " %s", title, id), DD_LOOK_PLAIN);
      dd_table_add_cell (table, dd_clean (row->repository, DD_LONGEST_NAME), DD_LOOK_PLAIN);
      dd_table_add_cell (table, dd_duration_format ((double) row->value / DD_SECOND), DD_LOOK_BOLD);
    }
}

static void
mark_within (const GPtrArray *blocks,
             guint            from)
{
  for (guint i = from; i < blocks->len; i++)
    {
      DdBlock *block = g_ptr_array_index (blocks, i);

      block->within = block->kind == DD_BLOCK_HEADING;
      if (block->kind != DD_BLOCK_PAIR)
        continue;
      mark_within (block->left, 0);
      mark_within (block->right, 0);
    }
}

void
dd_document_add_chapter (GPtrArray      *blocks,
                         const DdReport *report,
                         DdMetric        metric)
{
  const DdSummary *summary = report->summary;
  DdBlock *chapter = dd_blocks_add (blocks, DD_BLOCK_CHAPTER, dd_metric_title (metric));
  g_autofree char *sentences = sentences_of (summary, metric);
  guint first = blocks->len;

  chapter->value = dd_words_value (metric, dd_metrics_value (&summary->metrics, metric, summary->aggregate));
  chapter->tier = dd_metrics_tier (&summary->metrics, metric);
  dd_blocks_add (blocks, DD_BLOCK_WORDS, sentences);
  if (has_trend (summary, metric))
    dd_blocks_add_chart (blocks, trend_of (report, metric));
  add_figures (blocks, &summary->metrics, metric);
  add_behind (blocks, report, metric);
  add_repositories (blocks, summary, metric);
  if (metric == DD_METRIC_LEAD_TIME)
    add_slowest (blocks, report);
  mark_within (blocks, first);
}
