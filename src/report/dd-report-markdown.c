/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-report.h"
#include "dd-words.h"

#define LONGEST_ID 40
#define LONGEST_NAME 60
#define LONGEST_TITLE 80
/* Of one cell or item: more than anything of ours takes. */
#define LONGEST_TEXT 400

/* Whether what stands at @at in @text begins markup there. What only does at a line's start is left alone elsewhere, so
 * that the source stays as readable as the page. */
static gboolean
is_markup (const char *text,
           const char *at)
{
  if (strchr ("\\`*_[]#|~$", *at) != NULL)
    return TRUE;
  if (*at == ':')
    return g_str_has_prefix (at, "://");
  if (*at == '.')
    return at - text >= 3 && g_ascii_strncasecmp (at - 3, "www", 3) == 0;
  return FALSE;
}

/* Whether @text would begin a list, a quote or a rule; *@length is how much of it stands before the character that says
 * so. */
static gboolean
begins_block (const char *text,
              gsize      *length)
{
  *length = strspn (text, "0123456789");
  if (*length > 0)
    return (text[*length] == '.' || text[*length] == ')') && (text[*length + 1] == ' ' || text[*length + 1] == '\0');
  return *text != '\0' && strchr ("-+=", *text) != NULL;
}

/* @text, cleaned, as text and nothing else in GFM, also in a table's cell. */
static char *
escape_all (const char *text,
            guint       longest)
{
  g_autofree char *clean = dd_clean (text, longest);
  GString *escaped = g_string_new (NULL);
  gsize start;
  gboolean block = begins_block (clean, &start);

  for (const char *c = clean; *c != '\0'; c++)
    {
      if (*c == '<')
        g_string_append (escaped, "&lt;");
      else if (*c == '>')
        g_string_append (escaped, "&gt;");
      else if (*c == '&')
        g_string_append (escaped, "&amp;");
      else
        {
          if (is_markup (clean, c) || (block && c == clean + start))
            g_string_append_c (escaped, '\\');
          g_string_append_c (escaped, *c);
        }
    }
  return g_string_free (escaped, FALSE);
}

static char *
escape (const char *text)
{
  return escape_all (text, LONGEST_TEXT);
}

static void
add_item (GString    *out,
          const char *text)
{
  g_autofree char *escaped = escape (text);

  g_string_append_printf (out, "- %s\n", escaped);
}

/* A row of cells; takes them. */
static void
add_row (GString *out,
         char    *first,
         ...)
{
  va_list cells;

  va_start (cells, first);
  for (char *cell = first; cell != NULL; cell = va_arg (cells, char *))
    {
      g_string_append_printf (out, "| %s ", cell);
      g_free (cell);
    }
  va_end (cells);
  g_string_append (out, "|\n");
}

static void
add_metric_table (GString         *out,
                  const DdSummary *summary)
{
  add_row (out, g_strdup (_("Metric")), g_strdup (_("Value")), g_strdup (_("Tier")), g_strdup (C_("difference", "Change")),
           g_strdup (_("Count")), escape (dd_tier_title (DD_TIER_ELITE)), escape (dd_tier_title (DD_TIER_HIGH)),
           escape (dd_tier_title (DD_TIER_MEDIUM)), NULL);
  g_string_append (out, "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *value = dd_words_value (i, dd_metrics_value (&summary->metrics, i, summary->aggregate));
      g_autofree char *change = dd_words_change (i, dd_metrics_change (&summary->metrics, i));
      g_autofree char *count = dd_words_basis (i, &summary->metrics);
      g_autofree char *elite = dd_profile_describe (&summary->profile, i, DD_TIER_ELITE);
      g_autofree char *high = dd_profile_describe (&summary->profile, i, DD_TIER_HIGH);
      g_autofree char *medium = dd_profile_describe (&summary->profile, i, DD_TIER_MEDIUM);

      add_row (out, escape (dd_metric_title (i)), escape (value),
               escape (dd_tier_title (dd_metrics_tier (&summary->metrics, i))), escape (change), escape (count),
               escape (elite), escape (high), escape (medium), NULL);
    }
  g_string_append_c (out, '\n');
}

static char *
cell (const DdMetrics *metrics,
      DdMetric         metric,
      DdAggregate      aggregate)
{
  double value = dd_metrics_value (metrics, metric, aggregate);
  g_autofree char *words = isnan (value) ? g_strdup ("–") : dd_words_value (metric, value);

  return escape (words);
}

static void
add_groups (GString         *out,
            const char      *heading,
            const DdSummary *summary,
            const GPtrArray *groups)
{
  if (groups->len == 0)
    return;
  g_string_append_printf (out, "## %s\n\n", heading);
  add_row (out, g_strdup (_("Name")), g_strdup (_("Deployments")), g_strdup (_("Lead time")),
           g_strdup (_("Failure rate")), g_strdup (_("Recovery")), g_strdup (_("Changes")),
           g_strdup (_("Overall")), NULL);
  g_string_append (out, "| --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *name = dd_clean (group->name, LONGEST_NAME);

      add_row (out, escape (name),
               group->now.deployment_frequency.ok ? g_strdup_printf ("%u", group->now.deployment_frequency.deployments)
                                                  : g_strdup ("–"),
               cell (&group->now, DD_METRIC_LEAD_TIME, summary->aggregate),
               cell (&group->now, DD_METRIC_CHANGE_FAILURE_RATE, summary->aggregate),
               cell (&group->now, DD_METRIC_RECOVERY_TIME, summary->aggregate),
               g_strdup_printf ("%u", group->now.lead_time.changes), escape (dd_tier_title (group->now.overall)), NULL);
    }
  g_string_append_c (out, '\n');
}

static void
add_remarks (GString         *out,
             const char      *heading,
             const GPtrArray *remarks)
{
  if (remarks->len == 0)
    return;
  g_string_append_printf (out, "## %s\n\n", heading);
  for (guint i = 0; i < remarks->len; i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);
      g_autofree char *text = escape (remark->text);
      g_autofree char *evidence = remark->evidence != NULL ? escape (remark->evidence) : NULL;

      g_string_append_printf (out, "- %s", text);
      if (evidence != NULL)
        g_string_append_printf (out, ": %s", evidence);
      /* A command is made of our own words alone. */
      if (remark->command != NULL)
        g_string_append_printf (out, " (`%s`)", remark->command);
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
add_stages (GString          *out,
            const DdLeadTime *lead)
{
  if (!lead->ok)
    return;
  g_string_append_printf (out, "## %s\n\n", _("Where the time goes"));
  add_row (out, g_strdup (_("Stage")), g_strdup (_("Median")), NULL);
  g_string_append (out, "| --- | ---: |\n");
  for (int i = 0; i < DD_N_STAGES; i++)
    {
      g_autofree char *words = dd_duration_format (dd_words_stage_seconds (lead, i));

      add_row (out, escape (dd_words_stage (i)), escape (words), NULL);
    }
  g_string_append_c (out, '\n');
}

static void
add_incidents (GString         *out,
               const DdSummary *summary,
               GTimeZone       *zone)
{
  if (summary->open_incidents->len == 0)
    return;
  g_string_append_printf (out, "## %s\n\n", _("Open incidents"));
  for (guint i = 0; i < summary->open_incidents->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (summary->open_incidents, i);
      g_autofree char *id = dd_clean (row->id, LONGEST_ID);
      g_autofree char *title = dd_clean (row->title, LONGEST_TITLE);
      g_autofree char *since = dd_words_time (row->time, zone);
      /* Translators: an incident's key and title, and when it began. */
      g_autofree char *text = g_strdup_printf (_("%s  %s, since %s"), id, title, since);

      add_item (out, text);
    }
  g_string_append_c (out, '\n');
}

static void
add_foot (GString         *out,
          const DdSummary *summary,
          GTimeZone       *zone)
{
  g_autofree char *profile = dd_words_profile (summary);
  g_autofree char *settings = dd_words_settings (summary);

  g_string_append_printf (out, "## %s\n\n", _("What the numbers rest on"));
  for (guint i = 0; i < summary->left_out->len; i++)
    {
      g_autofree char *words = dd_words_left_out (g_ptr_array_index (summary->left_out, i));

      add_item (out, words);
    }
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);
      g_autofree char *words = dd_words_source (state, zone);
      g_autofree char *text = g_strdup_printf ("%s: %s", dd_words_source_name (state), words);

      add_item (out, text);
    }
  for (guint i = 0; i < summary->narrowed->len; i++)
    add_item (out, g_ptr_array_index (summary->narrowed, i));
  add_item (out, settings);
  add_item (out, profile);
}

/* The manager's own words, each paragraph of them as a quotation. */
static void
add_note (GString    *out,
          const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note != NULL ? note : "", "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = dd_clean (lines[i], 0);
      g_autofree char *escaped = escape_all (line, 0);

      if (*escaped != '\0')
        g_string_append_printf (out, "> %s\n\n", escaped);
    }
}

char *
dd_report_to_markdown (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GTimeZone) zone = dd_words_zone (summary);
  g_autofree char *words = dd_words_title (summary);
  g_autofree char *title = escape (words);
  g_autofree char *overall = dd_words_overall (&summary->metrics);
  g_autofree char *rated = dd_words_rated (&summary->metrics);
  g_autofree char *verdict = escape (overall);
  g_autofree char *basis = escape (rated);

  g_string_append_printf (out, "# %s\n\n**%s** · %s\n\n", title, verdict, basis);
  add_note (out, report->note);
  add_metric_table (out, summary);
  if (DD_REPORT_HAS (report, DD_SECTION_HIGHLIGHTS))
    add_remarks (out, _("Highlights"), report->highlights);
  if (DD_REPORT_HAS (report, DD_SECTION_RECOMMENDATIONS))
    add_remarks (out, _("Recommendations"), report->recommendations);
  if (DD_REPORT_HAS (report, DD_SECTION_STAGES))
    add_stages (out, &summary->metrics.lead_time);
  if (DD_REPORT_HAS (report, DD_SECTION_TEAMS))
    add_groups (out, _("Teams"), summary, summary->teams);
  if (DD_REPORT_HAS (report, DD_SECTION_REPOSITORIES))
    add_groups (out, _("Repositories"), summary, summary->repositories);
  if (DD_REPORT_HAS (report, DD_SECTION_INCIDENTS))
    add_incidents (out, summary, zone);
  if (DD_REPORT_HAS (report, DD_SECTION_HEALTH))
    add_foot (out, summary, zone);
  return g_strdup (out->str);
}
