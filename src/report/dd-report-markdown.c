/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-report.h"
#include "dd-words.h"

/* Every character that GFM could take for markup is escaped, so that a title is a title. */
static char *
escape (const char *text)
{
  g_autofree char *clean = dd_words_clean (text, 200);
  GString *escaped = g_string_new (NULL);

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
          if (strchr ("\\`*_{}[]()#+-.!|~", *c) != NULL)
            g_string_append_c (escaped, '\\');
          g_string_append_c (escaped, *c);
        }
    }
  return g_string_free (escaped, FALSE);
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
  add_row (out, g_strdup (_("Metric")), g_strdup (_("Value")), g_strdup (_("Tier")), g_strdup (_("Change")), g_strdup (_("Count")),
           g_strdup (_("Elite")), g_strdup (_("High")), g_strdup (_("Medium")), NULL);
  g_string_append (out, "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *value = dd_words_value (i, dd_metrics_value (&summary->metrics, i, summary->aggregate));
      g_autofree char *change = dd_words_change (i, dd_metrics_change (&summary->metrics, i));
      g_autofree char *count = dd_words_count (i, &summary->metrics);
      g_autofree char *elite = dd_profile_describe (&summary->profile, i, DD_TIER_ELITE);
      g_autofree char *high = dd_profile_describe (&summary->profile, i, DD_TIER_HIGH);
      g_autofree char *medium = dd_profile_describe (&summary->profile, i, DD_TIER_MEDIUM);

      add_row (out, escape (dd_metric_title (i)), escape (value), escape (dd_tier_title (dd_metrics_tier (&summary->metrics, i))),
               escape (change), escape (count), escape (elite), escape (high), escape (medium), NULL);
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
  add_row (out, g_strdup (_("Name")), g_strdup (_("Deployments")), g_strdup (_("Lead time")), g_strdup (_("Failure rate")),
           g_strdup (_("Recovery")), g_strdup (_("Changes")), g_strdup (_("Overall")), NULL);
  g_string_append (out, "| --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);

      add_row (out, escape (group->name),
               group->now.deployment_frequency.ok ? g_strdup_printf ("%u", group->now.deployment_frequency.deployments) : g_strdup ("–"),
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

      g_string_append_printf (out, "- %s%s%s\n", text, evidence != NULL ? ": " : "", evidence != NULL ? evidence : "");
    }
  g_string_append_c (out, '\n');
}

static void
add_stages (GString          *out,
            const DdLeadTime *lead)
{
  const char *names[] = { _("coding"), _("pickup"), _("review"), _("deploy") };
  const double values[] = { lead->coding, lead->pickup, lead->review, lead->deploy };

  if (!lead->ok)
    return;
  g_string_append_printf (out, "## %s\n\n", _("Where the time goes"));
  add_row (out, g_strdup (_("Stage")), g_strdup (_("Median")), NULL);
  g_string_append (out, "| --- | ---: |\n");
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *words = isnan (values[i]) ? g_strdup ("–") : dd_duration_format (values[i]);

      add_row (out, escape (names[i]), escape (words), NULL);
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
      g_autofree char *id = escape (row->id);
      g_autofree char *title = escape (row->title);
      g_autofree char *time = dd_words_time (row->time, zone);
      g_autofree char *since = escape (time);

      g_string_append_printf (out, _("- %s %s, since %s\n"), id, title, since);
    }
  g_string_append_c (out, '\n');
}

static void
add_foot (GString         *out,
          const DdSummary *summary,
          GTimeZone       *zone)
{
  g_autofree char *profile = dd_words_profile (summary);
  g_autofree char *escaped = escape (profile);

  g_string_append_printf (out, "## %s\n\n", _("What the numbers rest on"));
  for (guint i = 0; i < summary->left_out->len; i++)
    {
      g_autofree char *words = dd_words_left_out (g_ptr_array_index (summary->left_out, i));
      g_autofree char *text = escape (words);

      g_string_append_printf (out, "- %s\n", text);
    }
  for (guint i = 0; i < summary->sources->len; i++)
    {
      g_autofree char *words = dd_words_source (g_ptr_array_index (summary->sources, i), zone);
      g_autofree char *text = escape (words);

      g_string_append_printf (out, "- %s\n", text);
    }
  for (guint i = 0; i < summary->narrowed->len; i++)
    {
      g_autofree char *text = escape (g_ptr_array_index (summary->narrowed, i));

      g_string_append_printf (out, "- %s\n", text);
    }
  g_string_append_printf (out, "- %s\n", escaped);
}

char *
dd_report_to_markdown (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (summary->timezone);
  g_autofree char *name = escape (summary->scope != NULL ? summary->scope : summary->workspace);
  g_autofree char *label = dd_words_period (summary);
  g_autofree char *period = escape (label);
  g_autofree char *words = dd_words_overall (&summary->metrics);
  g_autofree char *overall = escape (words);

  g_string_append_printf (out, "# %s, %s\n\n**%s**\n\n", name, period, overall);
  add_metric_table (out, summary);
  add_remarks (out, _("Highlights"), report->highlights);
  add_remarks (out, _("Recommendations"), report->recommendations);
  add_stages (out, &summary->metrics.lead_time);
  add_groups (out, _("Teams"), summary, summary->teams);
  add_groups (out, _("Repositories"), summary, summary->repositories);
  add_incidents (out, summary, zone);
  add_foot (out, summary, zone);
  return g_strdup (out->str);
}
