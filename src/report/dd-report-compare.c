/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-report-compare.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "dd-document-keep.h"
#include "dd-document-private.h"
#include "dd-error.h"
#include "dd-words.h"

/* What a metric's figure is called in the report as JSON. */
static const char * const figures[DD_N_METRICS] = {
  [DD_METRIC_DEPLOYMENT_FREQUENCY] = "per_day",
  [DD_METRIC_LEAD_TIME] = "median_seconds",
  [DD_METRIC_CHANGE_FAILURE_RATE] = "rate",
  [DD_METRIC_RECOVERY_TIME] = "median_seconds",
  [DD_METRIC_REWORK_RATE] = "rate",
};

typedef struct
{
  double figure; /* NAN: no data */
  DdTier tier;
} Side;

static JsonParser *
parse (const DdSnapshot *snapshot,
       GError          **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (json_parser_load_from_data (parser, snapshot->report, -1, NULL) && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return g_steal_pointer (&parser);
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("This report was kept in a form that this version cannot read."));
  return NULL;
}

/* A member of an object that may be anything. */
static JsonNode *
member (JsonNode   *node,
        const char *name)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_get_member (json_node_get_object (node), name);
}

static Side
side_of (JsonParser *parser,
         DdMetric    metric)
{
  JsonNode *node = member (member (json_parser_get_root (parser), "metrics"), dd_metric_name (metric));
  JsonNode *figure = member (node, figures[metric]), *tier = member (node, "tier");
  Side side = { NAN, DD_TIER_NONE };

  if (figure != NULL && JSON_NODE_HOLDS_VALUE (figure) && json_node_get_value_type (figure) != G_TYPE_STRING)
    side.figure = json_node_get_double (figure);
  for (int i = DD_TIER_LOW; tier != NULL && JSON_NODE_HOLDS_VALUE (tier) && i <= DD_TIER_ELITE; i++)
    if (g_strcmp0 (json_node_get_string (tier), dd_tier_name (i)) == 0)
      side.tier = i;
  return side;
}

static void
add_side (DdBlock  *table,
          DdMetric  metric,
          const Side *side)
{
  dd_table_add_cell (table, dd_document_value (metric, side->figure), DD_LOOK_FIGURE)->bars = side->tier;
}

static void
add_row (DdBlock    *table,
         DdMetric    metric,
         const Side *before,
         const Side *after)
{
  double change = before->figure != 0 ? (after->figure - before->figure) / before->figure : NAN;
  DdTrend trend = dd_metrics_trend (metric, change);

  dd_table_add_row (table);
  dd_table_add_cell (table, g_strdup (dd_metric_title (metric)), DD_LOOK_BOLD);
  add_side (table, metric, before);
  add_side (table, metric, after);
  dd_table_add_cell (table, trend == DD_TREND_NONE ? g_strdup ("–") : dd_words_change (metric, change),
                     trend == DD_TREND_BETTER  ? DD_LOOK_GOOD
                     : trend == DD_TREND_WORSE ? DD_LOOK_BAD
                                               : DD_LOOK_DIM);
}

static const char *
title_of (const DdSnapshot *snapshot)
{
  return snapshot->title != NULL ? snapshot->title : snapshot->period;
}

static DdDocument *
document_new (const DdSnapshot *earlier,
              const DdSnapshot *later,
              JsonParser       *before,
              JsonParser       *after)
{
  DdDocument *document = g_new0 (DdDocument, 1);
  JsonNode *name = member (json_parser_get_root (after), "workspace");
  DdBlock *title, *table;

  /* Translators: the titles of two reports, "Week 45" and "Week 46". */
  document->title = g_strdup_printf (_("%s and %s"), title_of (earlier), title_of (later));
  document->author = g_strdup (name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL);
  document->subject = g_strdup (document->title);
  document->foot = g_strdup_printf ("DoraDash · %s", document->title);
  document->made = later->made;
  document->zone = g_time_zone_new_utc ();
  document->blocks = dd_blocks_new ();
  title = dd_blocks_add (document->blocks, DD_BLOCK_TITLE, document->title);
  title->small = g_strdup (document->author);
  title->value = g_strdup ("");
  title->basis = g_strdup ("");
  table = dd_blocks_add_table (document->blocks, document->title);
  dd_table_add_column (table, _("Metric"))->wide = TRUE;
  dd_table_add_numbers (table, title_of (earlier));
  dd_table_add_numbers (table, title_of (later));
  dd_table_add_numbers (table, C_("difference", "Change"));
  for (int i = 0; i < DD_N_METRICS; i++)
    {
      Side one = side_of (before, i), other = side_of (after, i);

      add_row (table, i, &one, &other);
    }
  dd_blocks_add (document->blocks, DD_BLOCK_SMALL, _("Figures as each report gave them when it was made."));
  return document;
}

DdSnapshot *
dd_report_compare (const DdSnapshot *earlier,
                   const DdSnapshot *later,
                   GError          **error)
{
  g_autoptr (JsonParser) before = parse (earlier, error);
  g_autoptr (JsonParser) after = before != NULL ? parse (later, error) : NULL;
  g_autoptr (DdDocument) document = NULL;
  DdSnapshot *snapshot;

  if (after == NULL)
    return NULL;
  document = document_new (earlier, later, before, after);
  snapshot = g_new0 (DdSnapshot, 1);
  snapshot->made = later->made;
  snapshot->period = g_strdup (later->period);
  snapshot->start = MIN (earlier->start, later->start);
  snapshot->end = MAX (earlier->end, later->end);
  snapshot->title = g_strdup (document->title);
  snapshot->document = dd_document_keep (document);
  return snapshot;
}
