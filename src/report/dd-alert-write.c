/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-alert-write.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "dd-json-text.h"
#include "dd-slack-text.h"
#include "dd-words.h"

/* Slack's limits. */
#define LONGEST_HEADER 150
#define LONGEST_TEXT 3000

char *
dd_words_alert (const DdAlert *alert)
{
  g_autofree char *rate = NULL;
  g_autofree char *threshold = NULL;
  DdSourceState source = { .type = alert->source };

  switch (alert->kind)
    {
    case DD_ALERT_TIER_FELL:
      /* Translators: a metric, and two tiers ("High"). */
      return g_strdup_printf (_("%s fell from %s to %s"), dd_metric_title (alert->metric), dd_tier_title (alert->before),
                              dd_tier_title (alert->now));
    case DD_ALERT_NO_SYNC:
      return g_strdup_printf (ngettext ("%s has not synced for %u day", "%s has not synced for %u days", alert->days),
                              dd_words_source_name (&source), alert->days);
    case DD_ALERT_FAILURE_RATE:
    default:
      rate = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, alert->rate);
      threshold = dd_words_value (DD_METRIC_CHANGE_FAILURE_RATE, alert->threshold);
      /* Translators: two rates ("12.5 %"). */
      return g_strdup_printf (_("The change failure rate is %s, over %s"), rate, threshold);
    }
}

static void
add_text (JsonBuilder *builder,
          const char  *type,
          const char  *text)
{
  json_builder_set_member_name (builder, "text");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "text");
  dd_json_add_string (builder, text);
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

char *
dd_alerts_to_slack (const char      *workspace,
                    const GPtrArray *alerts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *title = dd_slack_plain (workspace, LONGEST_HEADER);
  g_autofree char *text = NULL;

  for (guint i = 0; i < alerts->len; i++)
    {
      g_autofree char *words = dd_words_alert (g_ptr_array_index (alerts, i));

      g_string_append_printf (list, "%s• %s", i > 0 ? "\n" : "", words);
    }
  text = dd_slack_text (list->str, LONGEST_TEXT);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  dd_json_add_string (builder, text);
  json_builder_set_member_name (builder, "blocks");
  json_builder_begin_array (builder);
  begin_block (builder, "header");
  add_text (builder, "plain_text", title);
  json_builder_end_object (builder);
  begin_block (builder, "section");
  add_text (builder, "mrkdwn", text);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
