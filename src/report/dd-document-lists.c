/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-clean.h"
#include "dd-document-private.h"
#include "dd-incident-event.h"
#include "dd-join.h"
#include "dd-words.h"

#define MOST_MOVES 8
#define MOST_INCIDENTS 6 /* of the one page */
#define MOST_LISTED 100  /* of the full form: more are not read on paper */
#define MOST_REMARKS 4

static void
add_group_row (DdBlock         *table,
               const DdSummary *summary,
               const char      *name,
               const DdMetrics *metrics,
               gboolean         rated)
{
  DdCellLook look = rated ? DD_LOOK_PLAIN : DD_LOOK_BOLD;

  dd_table_add_row (table);
  dd_table_add_cell (table, dd_clean (name, DD_LONGEST_NAME), DD_LOOK_BOLD);
  dd_table_add_cell (table, metrics->deployment_frequency.ok
                              ? g_strdup_printf ("%u", metrics->deployment_frequency.deployments) : g_strdup ("–"),
                     look);
  for (int i = DD_METRIC_LEAD_TIME; i < DD_N_METRICS; i++)
    dd_table_add_cell (table, dd_document_value (i, dd_metrics_value (metrics, i, summary->aggregate)), look);
  dd_table_add_cell (table, g_strdup_printf ("%u", metrics->lead_time.changes), look);
  dd_table_add_cell (table, g_strdup (dd_tier_title (metrics->overall)), look)->bars = metrics->overall;
}

void
dd_document_add_groups (GPtrArray       *blocks,
                        const DdReport  *report,
                        DdSection        section,
                        const GPtrArray *groups)
{
  const DdSummary *summary = report->summary;
  DdBlock *table;

  if (!DD_REPORT_HAS (report, section) || groups->len == 0)
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (section));
  table = dd_blocks_add_table (blocks, dd_section_title (section));
  dd_table_add_column (table, section == DD_SECTION_TEAMS ? _("Team") : _("Repository"))->wide = TRUE;
  dd_table_add_numbers (table, _("Deployments"));
  dd_table_add_numbers (table, _("Lead time"));
  dd_table_add_numbers (table, _("Failure rate"));
  dd_table_add_numbers (table, _("Recovery"));
  dd_table_add_numbers (table, _("Rework"));
  dd_table_add_numbers (table, _("Changes"));
  dd_table_add_column (table, _("Overall"));
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      add_group_row (table, summary, group->name, &group->now, TRUE);
    }
  if (groups->len < 2)
    return;
  add_group_row (table, summary, summary->scope != NULL ? summary->scope : summary->workspace, &summary->metrics, FALSE);
  table->total = TRUE;
}

typedef struct
{
  const DdGroup *group;
  gboolean       team;
  DdMetric       metric;
  double         change;
} Move;

static int
compare_moves (gconstpointer one,
               gconstpointer other)
{
  const Move *a = one, *b = other;
  double x = fabs (a->change), y = fabs (b->change);

  if (x != y)
    return x > y ? -1 : 1;
  if (a->team != b->team)
    return a->team ? -1 : 1;
  return g_strcmp0 (a->group->name, b->group->name) != 0 ? g_strcmp0 (a->group->name, b->group->name)
                                                         : (int) a->metric - (int) b->metric;
}

/* A move of few events is chance. */
static void
find_moves (GArray          *moves,
            const GPtrArray *groups,
            gboolean         team)
{
  for (guint i = 0; i < groups->len; i++)
    for (int j = 0; j < DD_N_METRICS; j++)
      {
        const DdGroup *group = g_ptr_array_index (groups, i);
        Move move = { group, team, j, dd_metrics_change (&group->now, j) };
        DdTrend trend = dd_metrics_trend (j, move.change);

        if ((trend == DD_TREND_BETTER || trend == DD_TREND_WORSE) && isfinite (move.change) &&
            dd_metrics_events (&group->now, j) >= DD_SMALL_SAMPLE &&
            dd_metrics_events (&group->before, j) >= DD_SMALL_SAMPLE)
          g_array_append_val (moves, move);
      }
}

void
dd_document_add_moves (GPtrArray      *blocks,
                       const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (Move));
  DdBlock *table;

  find_moves (moves, summary->teams, TRUE);
  find_moves (moves, summary->repositories, FALSE);
  if (!DD_REPORT_HAS (report, DD_SECTION_MOVES) || moves->len == 0)
    return;
  g_array_sort (moves, compare_moves);
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (DD_SECTION_MOVES));
  table = dd_blocks_add_table (blocks, dd_section_title (DD_SECTION_MOVES));
  dd_table_add_column (table, _("Repository or team"))->wide = TRUE;
  dd_table_add_column (table, _("Metric"));
  dd_table_add_numbers (table, _("Now"));
  dd_table_add_numbers (table, _("Before"));
  dd_table_add_numbers (table, C_("difference", "Change"));
  for (guint i = 0; i < MIN (moves->len, MOST_MOVES); i++)
    {
      const Move *move = &g_array_index (moves, Move, i);
      gboolean better = dd_metrics_trend (move->metric, move->change) == DD_TREND_BETTER;

      dd_table_add_row (table);
      dd_table_add_cell (table, dd_clean (move->group->name, DD_LONGEST_NAME), DD_LOOK_BOLD);
      dd_table_add_cell (table, g_strdup (dd_metric_title (move->metric)), DD_LOOK_PLAIN);
      dd_table_add_cell (table, dd_words_value (move->metric, dd_metrics_value (&move->group->now, move->metric,
                                                                                summary->aggregate)), DD_LOOK_BOLD);
      dd_table_add_cell (table, dd_words_value (move->metric, dd_metrics_value (&move->group->before, move->metric,
                                                                                summary->aggregate)), DD_LOOK_DIM);
      dd_table_add_cell (table, dd_words_change (move->metric, move->change), better ? DD_LOOK_GOOD : DD_LOOK_BAD);
    }
}

/* Open ones first, then the latest. */
static int
compare_incidents (gconstpointer one,
                   gconstpointer other)
{
  const DdIncidentEvent *a = *(DdIncidentEvent * const *) one, *b = *(DdIncidentEvent * const *) other;

  if (a->open != b->open)
    return a->open ? -1 : 1;
  if (a->started != b->started)
    return a->started > b->started ? -1 : 1;
  return g_strcmp0 (a->id, b->id);
}

static char *
cause_of (const DdIncidentEvent *incident)
{
  g_autofree char *repository = NULL;
  g_autofree char *name = NULL;

  if (incident->deployment == NULL)
    return incident->failed_deployment ? g_strdup (_("none succeeded since")) : g_strdup (dd_link_describe (incident->link));
  repository = dd_clean (incident->deployment->repository, DD_LONGEST_NAME);
  name = dd_clean (incident->deployment->name, DD_LONGEST_NAME);
  return *repository != '\0' ? g_strdup_printf ("%s %s", repository, name) : g_steal_pointer (&name);
}

static void
add_incident (DdBlock    *table,
              const char *id,
              const char *title,
              const char *severity,
              gint64      started,
              gint64      duration,
              gboolean    open,
              char       *cause,
              GTimeZone  *zone)
{
  g_autofree char *key = dd_clean (id, DD_LONGEST_NAME);
  g_autofree char *words = dd_clean (title, DD_LONGEST_TITLE);

  dd_table_add_row (table);
  dd_table_add_cell (table, g_strdup_printf ("%s " DD_APART, key, words), DD_LOOK_PLAIN);
  /* The column is there where any of them has one. */
  if (table->columns->len == 5)
    dd_table_add_cell (table, severity != NULL ? dd_clean (severity, DD_LONGEST_NAME) : g_strdup ("–"), DD_LOOK_PLAIN);
  dd_table_add_cell (table, dd_words_time (started, zone), DD_LOOK_PLAIN);
  dd_table_add_cell (table, open ? g_strdup (_("open")) : duration == DD_TIME_NONE ? g_strdup ("–")
                            : dd_duration_format ((double) duration / DD_SECOND),
                     open ? DD_LOOK_BOLD : DD_LOOK_PLAIN);
  dd_table_add_cell (table, cause, DD_LOOK_PLAIN);
}

static DdBlock *
begin_incidents (GPtrArray       *blocks,
                 const GPtrArray *incidents)
{
  gboolean severities = FALSE;
  DdBlock *table;

  for (guint i = 0; i < incidents->len; i++)
    {
      const char *severity = ((const DdIncidentEvent *) g_ptr_array_index (incidents, i))->severity;

      severities = severities || (severity != NULL && *severity != '\0');
    }
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (DD_SECTION_INCIDENTS));
  table = dd_blocks_add_table (blocks, dd_section_title (DD_SECTION_INCIDENTS));
  dd_table_add_column (table, _("Incident"))->wide = TRUE;
  if (severities)
    dd_table_add_column (table, _("Severity"));
  dd_table_add_column (table, _("Started"));
  dd_table_add_numbers (table, _("Lasted"));
  dd_table_add_column (table, _("Deployment"));
  return table;
}

static void
add_more (GPtrArray *blocks,
          gboolean   one_page,
          guint      n)
{
  const char *format = one_page ? ngettext ("and %u more, in the full report", "and %u more, in the full report", n)
                                : ngettext ("and %u more, in the report’s incidents.csv", "and %u more, in the report’s incidents.csv", n);
  g_autofree char *text = g_strdup_printf (format, n);

  if (n > 0)
    dd_blocks_add (blocks, DD_BLOCK_SMALL, text);
}

void
dd_document_add_incidents (GPtrArray      *blocks,
                           const DdReport *report,
                           int             tightness)
{
  const GPtrArray *open = report->summary->open_incidents;
  g_autoptr (GTimeZone) zone = dd_words_zone (report->summary);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint most = MIN (dd_document_most (report, MOST_INCIDENTS, tightness), MOST_LISTED), n;
  DdBlock *table;

  for (guint i = 0; report->incidents != NULL && i < report->incidents->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (report->incidents, i));
  g_ptr_array_sort (sorted, compare_incidents);
  n = report->incidents != NULL ? sorted->len : open->len;
  if (!DD_REPORT_HAS (report, DD_SECTION_INCIDENTS) || n == 0)
    return;
  table = begin_incidents (blocks, sorted);
  for (guint i = 0; i < MIN (n, most); i++)
    if (report->incidents != NULL)
      {
        const DdIncidentEvent *incident = g_ptr_array_index (sorted, i);

        add_incident (table, incident->failed_deployment ? incident->repository : incident->id, incident->title,
                      incident->severity, incident->started, incident->duration, incident->open, cause_of (incident), zone);
      }
    else
      {
        const DdRecordRow *row = g_ptr_array_index (open, i);

        add_incident (table, row->id, row->title, NULL, row->time, DD_TIME_NONE, TRUE, dd_clean (row->note, DD_LONGEST_NAME),
                      zone);
      }
  add_more (blocks, report->one_page, n - MIN (n, most));
}

void
dd_document_add_remarks (GPtrArray      *blocks,
                         const DdReport *report,
                         DdSection       section,
                         int             tightness)
{
  const GPtrArray *remarks = section == DD_SECTION_HIGHLIGHTS ? report->highlights : report->recommendations;
  guint most = dd_document_most (report, MOST_REMARKS, tightness);
  DdBlock *list;

  if (!DD_REPORT_HAS (report, section) || remarks->len == 0)
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (section));
  list = dd_blocks_add (blocks, DD_BLOCK_LIST, dd_section_title (section));
  for (guint i = 0; i < MIN (remarks->len, most); i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);
      g_autofree char *text = dd_clean (remark->text, 0);
      g_autofree char *evidence = remark->evidence != NULL ? dd_clean (remark->evidence, 0) : NULL;

      dd_block_add_item (list, text, evidence);
    }
}

/* "37 deployments did not count: …": what was left out, joined to one sentence a kind. */
static char *
left_out_of (const DdSummary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < summary->left_out->len; i++)
    {
      g_autofree char *words = dd_words_left_out (g_ptr_array_index (summary->left_out, i));

      dd_join_clause (text, words);
    }
  if (text->len == 0)
    return g_strdup (_("Nothing was left out."));
  return g_strdup_printf (_("Left out: %s."), text->str);
}

static char *
settings_of (const DdSummary *summary,
             GTimeZone       *zone)
{
  g_autofree char *profile = dd_words_profile (summary);
  g_autofree char *settings = dd_words_settings (summary);
  g_autofree char *made = dd_words_time (summary->now, zone);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = summary->sources->len;

  g_string_append_printf (text, "%s · %s", profile, settings);
  for (guint i = 0; i < summary->narrowed->len; i++)
    {
      g_autofree char *words = dd_clean (g_ptr_array_index (summary->narrowed, i), DD_LONGEST_TITLE);

      g_string_append_printf (text, " · %s", words);
    }
  g_string_append (text, ". ");
  g_string_append_printf (text, ngettext ("Made on %s from %u source.", "Made on %s from %u sources.", n), made, n);
  return g_strdup (text->str);
}

static void
add_sources (GPtrArray       *blocks,
             const DdSummary *summary,
             GTimeZone       *zone)
{
  DdBlock *table;

  if (summary->sources->len == 0)
    return;
  table = dd_blocks_add_table (blocks, _("Sources"));
  dd_table_add_column (table, _("Source"))->least = 110;
  dd_table_add_column (table, _("State"))->wide = TRUE;
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);
      const char *name = dd_words_source_name (state);

      dd_table_add_row (table);
      dd_table_add_cell (table, dd_clean (name, DD_LONGEST_NAME), DD_LOOK_BOLD);
      dd_table_add_cell (table, dd_words_source (state, zone), DD_LOOK_PLAIN);
    }
}

void
dd_document_add_health (GPtrArray      *blocks,
                        const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *settings = settings_of (summary, zone);
  g_autofree char *left_out = left_out_of (summary);

  if (!DD_REPORT_HAS (report, DD_SECTION_HEALTH))
    return;
  dd_blocks_add (blocks, DD_BLOCK_HEADING, dd_section_title (DD_SECTION_HEALTH));
  dd_blocks_add (blocks, DD_BLOCK_WORDS, left_out);
  if (!report->one_page)
    add_sources (blocks, summary, zone);
  dd_blocks_add (blocks, DD_BLOCK_SMALL, settings);
}
