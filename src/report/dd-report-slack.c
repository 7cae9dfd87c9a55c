/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "dd-report.h"
#include "dd-slack-text.h"
#include "dd-words.h"

/* Slack's limits, in characters and pieces. */
#define HEADER 150
#define SECTION 3000
#define FIELD 2000
#define FALLBACK 3000
/* Ours, so that a section holds all of its lines. */
#define GROUP_NAME 80
#define REMARK 400
/* Many repositories: as many as a reader takes in; the report itself has all. */
#define MOST_GROUPS 10

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *type,
          const char  *text)
{
  if (member != NULL)
    json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text);
  json_builder_end_object (builder);
}

static void
begin_block (JsonBuilder *builder,
             const char  *type)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
}

/* @markup is mrkdwn already, its parts escaped one by one. */
static void
add_section (JsonBuilder *builder,
             const char  *markup)
{
  begin_block (builder, "section");
  add_text (builder, "text", "mrkdwn", markup);
  json_builder_end_object (builder);
}

/* The manager's own words. */
static void
add_note (JsonBuilder *builder,
          const char  *note)
{
  g_autofree char *escaped = note != NULL ? dd_slack_text (note, SECTION) : NULL;

  if (escaped != NULL && *escaped != '\0')
    add_section (builder, escaped);
}

static void
add_fields (JsonBuilder     *builder,
            const DdSummary *summary)
{
  begin_block (builder, "section");
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      g_autofree char *value = dd_words_value (i, dd_metrics_value (&summary->metrics, i, summary->aggregate));
      g_autofree char *change = dd_words_change (i, dd_metrics_change (&summary->metrics, i));
      g_autofree char *count = dd_words_basis (i, &summary->metrics);
      DdTier tier = dd_metrics_tier (&summary->metrics, i);
      g_autofree char *field = g_strdup_printf ("*%s*\n%s%s%s%s%s\n%s", dd_metric_title (i), value,
                                                tier != DD_TIER_NONE ? " · " : "",
                                                tier != DD_TIER_NONE ? dd_tier_title (tier) : "",
                                                *change != '\0' ? " · " : "", change, count);

      add_text (builder, NULL, "mrkdwn", field);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* A heading and a line for each remark, as many as fit. */
static void
add_remarks (JsonBuilder     *builder,
             const char      *heading,
             const GPtrArray *remarks)
{
  g_autoptr (GString) markup = NULL;

  if (remarks->len == 0)
    return;
  markup = g_string_new (NULL);
  g_string_append_printf (markup, "*%s*", heading);
  for (guint i = 0; i < remarks->len; i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);
      /* Without its command: who reads a channel is not at a terminal. */
      g_autofree char *line = remark->evidence != NULL ? g_strdup_printf ("%s: %s", remark->text, remark->evidence)
                                                       : g_strdup (remark->text);
      g_autofree char *text = dd_slack_text (line, REMARK);

      if (g_utf8_strlen (markup->str, -1) + g_utf8_strlen (text, -1) + 3 > SECTION)
        break;
      g_string_append_printf (markup, "\n• %s", text);
    }
  add_section (builder, markup->str);
}

static void
add_groups (JsonBuilder     *builder,
            const DdSummary *summary)
{
  gboolean teams = summary->teams->len > 1;
  const GPtrArray *groups = teams ? summary->teams : summary->repositories;
  g_autoptr (GString) markup = NULL;

  if (groups->len < 2)
    return;
  markup = g_string_new (NULL);
  g_string_append_printf (markup, "*%s*", teams ? _("Teams") : _("Repositories"));
  for (guint i = 0; i < MIN (groups->len, MOST_GROUPS); i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *name = dd_slack_text (group->name, GROUP_NAME);
      double seconds = dd_metrics_value (&group->now, DD_METRIC_LEAD_TIME, summary->aggregate);
      double ratio = dd_metrics_value (&group->now, DD_METRIC_CHANGE_FAILURE_RATE, summary->aggregate);
      g_autofree char *lead = isnan (seconds) ? g_strdup ("–") : dd_words_value (DD_METRIC_LEAD_TIME, seconds);
      g_autofree char *rate = isnan (ratio) ? g_strdup ("–") : dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, ratio);

      g_string_append_printf (markup, ngettext ("\n• %s: %u deployment, lead time %s, failure rate %s",
                                                "\n• %s: %u deployments, lead time %s, failure rate %s",
                                                group->now.deployment_frequency.deployments),
                              name, group->now.deployment_frequency.deployments, lead, rate);
    }
  if (groups->len > MOST_GROUPS)
    g_string_append_printf (markup, ngettext ("\n… and %u more", "\n… and %u more", groups->len - MOST_GROUPS),
                            groups->len - MOST_GROUPS);
  add_section (builder, markup->str);
}

static void
add_context (JsonBuilder     *builder,
             const DdSummary *summary)
{
  g_autofree char *profile = dd_words_profile (summary);
  g_autofree char *settings = dd_words_settings (summary);
  g_autofree char *words = g_strdup_printf ("%s · %s", profile, settings);
  g_autofree char *text = dd_slack_text (words, FIELD);

  begin_block (builder, "context");
  json_builder_set_member_name (builder, "elements");
  json_builder_begin_array (builder);
  add_text (builder, NULL, "mrkdwn", text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
dd_report_to_slack (const DdReport *report)
{
  const DdSummary *summary = report->summary;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *title = dd_words_title (summary);
  g_autofree char *header = dd_slack_plain (title, HEADER);
  g_autofree char *overall = dd_words_overall (&summary->metrics);
  g_autofree char *escaped = dd_slack_text (overall, FIELD);
  g_autofree char *rated = dd_words_rated (&summary->metrics);
  g_autofree char *basis = dd_slack_text (rated, FIELD);
  g_autofree char *verdict = g_strdup_printf ("*%s* · %s", escaped, basis);
  g_autofree char *plain = g_strdup_printf ("%s: %s", title, overall);
  g_autofree char *fallback = dd_slack_text (plain, FALLBACK);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, fallback);
  json_builder_set_member_name (builder, "blocks");
  json_builder_begin_array (builder);
  begin_block (builder, "header");
  add_text (builder, "text", "plain_text", header);
  json_builder_end_object (builder);
  add_section (builder, verdict);
  add_note (builder, report->note);
  add_fields (builder, summary);
  add_remarks (builder, _("Highlights"), report->highlights);
  add_remarks (builder, _("Recommendations"), report->recommendations);
  add_groups (builder, summary);
  add_context (builder, summary);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
