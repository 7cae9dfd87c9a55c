/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "report-fixture.h"

static JsonNode *
read_back (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_suffix (text, "\n"));
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_ref (json_parser_get_root (parser));
}

static JsonObject *
object_at (JsonObject *parent,
           const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_get_object (node);
}

static JsonArray *
array_at (JsonObject *parent,
          const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (node));
  return json_node_get_array (node);
}

/* The very same number; null where there is none. */
static void
check_number (JsonObject *parent,
              const char *name,
              double      wanted)
{
  JsonNode *node = json_object_get_member (parent, name);

  g_assert_nonnull (node);
  if (isnan (wanted))
    g_assert_true (JSON_NODE_HOLDS_NULL (node));
  else
    g_assert_cmpfloat (json_node_get_double (node), ==, wanted);
}

static void
check_count (JsonObject *parent,
             const char *name,
             guint       wanted)
{
  JsonNode *node = json_object_get_member (parent, name);

  g_assert_nonnull (node);
  g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64);
  g_assert_cmpint (json_node_get_int (node), ==, wanted);
}

static void
check_text (JsonObject *parent,
            const char *name,
            const char *wanted)
{
  JsonNode *node = json_object_get_member (parent, name);

  g_assert_nonnull (node);
  if (wanted == NULL)
    g_assert_true (JSON_NODE_HOLDS_NULL (node));
  else
    g_assert_cmpstr (json_node_get_string (node), ==, wanted);
}

static void
check_time (JsonObject *parent,
            const char *name,
            gint64      wanted)
{
  const char *text = json_object_get_string_member_with_default (parent, name, NULL);
  gint64 time;

  g_assert_true (dd_time_parse (text, &time));
  g_assert_cmpint (time, ==, wanted);
}

static void
check_metrics (JsonObject      *parent,
               const DdMetrics *metrics)
{
  JsonObject *all = object_at (parent, "metrics");
  JsonObject *frequency = object_at (all, "deployment_frequency"), *lead = object_at (all, "lead_time");
  JsonObject *failures = object_at (all, "change_failure_rate"), *recovery = object_at (all, "recovery_time");
  JsonObject *rework = object_at (all, "rework_rate"), *basis = object_at (lead, "basis");
  JsonObject *stages = object_at (lead, "stages"), *signals = object_at (failures, "by_signal");

  check_text (frequency, "status", metrics->deployment_frequency.ok ? "ok" : "no-data");
  check_text (frequency, "tier", dd_tier_name (metrics->deployment_frequency.tier));
  check_count (frequency, "deployments", metrics->deployment_frequency.deployments);
  check_number (frequency, "per_day", metrics->deployment_frequency.per_day);
  check_number (frequency, "per_week", metrics->deployment_frequency.per_week);
  check_count (frequency, "deployment_days", metrics->deployment_frequency.deployment_days);
  check_number (frequency, "change", metrics->deployment_frequency.change);
  check_text (lead, "status", metrics->lead_time.ok ? "ok" : "no-data");
  check_text (lead, "tier", dd_tier_name (metrics->lead_time.tier));
  check_count (lead, "changes", metrics->lead_time.changes);
  check_number (lead, "median_seconds", metrics->lead_time.median);
  check_number (lead, "mean_seconds", metrics->lead_time.mean);
  check_number (lead, "p90_seconds", metrics->lead_time.p90);
  check_count (basis, "deploy", metrics->lead_time.by_deploy);
  check_count (basis, "merge", metrics->lead_time.by_merge);
  check_number (stages, "coding_seconds", metrics->lead_time.coding);
  check_number (stages, "pickup_seconds", metrics->lead_time.pickup);
  check_number (stages, "review_seconds", metrics->lead_time.review);
  check_number (stages, "deploy_seconds", metrics->lead_time.deploy);
  check_count (lead, "left_out", metrics->lead_time.left_out);
  check_count (lead, "waiting", metrics->lead_time.waiting);
  check_number (lead, "change", metrics->lead_time.change);
  check_text (failures, "status", metrics->change_failure_rate.ok ? "ok" : "no-data");
  check_text (failures, "tier", dd_tier_name (metrics->change_failure_rate.tier));
  check_number (failures, "rate", metrics->change_failure_rate.rate);
  check_count (failures, "failed", metrics->change_failure_rate.failed);
  check_count (failures, "deployments", metrics->change_failure_rate.deployments);
  check_count (signals, "deployments", metrics->change_failure_rate.failed_by_result);
  check_count (signals, "incidents", metrics->change_failure_rate.failed_by_incident);
  check_number (failures, "change", metrics->change_failure_rate.change);
  check_text (recovery, "status", metrics->recovery_time.ok ? "ok" : "no-data");
  check_text (recovery, "tier", dd_tier_name (metrics->recovery_time.tier));
  check_number (recovery, "median_seconds", metrics->recovery_time.median);
  check_number (recovery, "mean_seconds", metrics->recovery_time.mean);
  check_count (recovery, "incidents", metrics->recovery_time.incidents);
  check_count (recovery, "failed_deployments", metrics->recovery_time.failed_deployments);
  check_count (recovery, "open", metrics->recovery_time.open);
  check_count (recovery, "left_out", metrics->recovery_time.left_out);
  check_number (recovery, "change", metrics->recovery_time.change);
  check_text (rework, "status", metrics->rework_rate.ok ? "ok" : "no-data");
  check_number (rework, "rate", metrics->rework_rate.rate);
  check_count (rework, "unplanned", metrics->rework_rate.unplanned);
  check_count (rework, "deployments", metrics->rework_rate.deployments);
  check_number (rework, "change", metrics->rework_rate.change);
  g_assert_false (json_object_has_member (rework, "tier"));
}

static void
check_groups (JsonObject      *report,
              const char      *name,
              const GPtrArray *groups)
{
  static const char * const kinds[] = { "none", "deployments", "woodpecker", "files", "releases", "tags", "workflow" };
  JsonArray *array = array_at (report, name);

  g_assert_cmpuint (json_array_get_length (array), ==, groups->len);
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = g_ptr_array_index (groups, i);
      JsonObject *object = json_array_get_object_element (array, i);

      check_text (object, "name", group->name);
      check_metrics (object, &group->now);
      if (strcmp (name, "repositories") == 0)
        check_text (object, "deployments_from", kinds[group->kind]);
    }
}

static void
check_remarks (JsonObject      *report,
               const char      *name,
               const GPtrArray *remarks)
{
  JsonArray *array = array_at (report, name);

  g_assert_cmpuint (json_array_get_length (array), ==, remarks->len);
  for (guint i = 0; i < remarks->len; i++)
    {
      const DdRemark *remark = g_ptr_array_index (remarks, i);
      const char *text = json_array_get_string_element (array, i);

      g_assert_true (g_str_has_prefix (text, remark->text));
      g_assert_true (remark->evidence == NULL || strstr (text, remark->evidence) != NULL);
    }
}

static void
check_report (DdSummary *summary)
{
  g_autoptr (DdReport) made = dd_report_new (summary);
  g_autofree char *text = dd_report_to_json (made);
  g_autoptr (JsonNode) root = read_back (text);
  JsonObject *report = json_node_get_object (root), *period = object_at (report, "period");
  JsonObject *overall = object_at (report, "overall");
  JsonArray *trend = array_at (report, "trend"), *sources = array_at (report, "sources");

  check_time (report, "generated_at", summary->now);
  check_text (report, "workspace", summary->workspace);
  check_text (report, "profile", "classic");
  check_text (period, "kind", "weekly");
  check_text (period, "start", "2026-11-09T00:00:00+01:00");
  check_text (period, "end", "2026-11-16T00:00:00+01:00");
  check_count (period, "days", 7);
  check_text (period, "timezone", "Europe/Berlin");
  check_text (overall, "tier", dd_tier_name (summary->metrics.overall));
  check_count (overall, "rated", summary->metrics.rated);
  check_metrics (report, &summary->metrics);
  check_groups (report, "repositories", summary->repositories);
  check_groups (report, "teams", summary->teams);
  g_assert_cmpuint (json_array_get_length (trend), ==, DD_TREND_PERIODS);
  for (guint i = 0; i < DD_TREND_PERIODS; i++)
    {
      JsonObject *point = json_array_get_object_element (trend, i);

      check_time (point, "start", summary->trend[i].period.start);
      check_time (point, "end", summary->trend[i].period.end);
      check_metrics (point, &summary->trend[i].metrics);
    }
  check_remarks (report, "highlights", made->highlights);
  check_remarks (report, "recommendations", made->recommendations);
  g_assert_cmpuint (json_array_get_length (sources), ==, summary->sources->len);
  for (guint i = 0; i < summary->sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (summary->sources, i);
      JsonObject *object = json_array_get_object_element (sources, i);

      check_text (object, "type", state->type);
      check_text (object, "status", state->status);
      check_time (object, "last_sync", state->last_sync);
      check_count (object, "records", state->records);
      check_text (object, "message", state->message);
    }
}

static void
test_whole (void)
{
  check_report (fixture_whole ());
}

static void
test_nothing (void)
{
  check_report (fixture_nothing ());
}

static void
test_many (void)
{
  check_report (fixture_many (500));
}

/* Every text comes back as it was, but for what is no UTF-8: JSON knows nothing else. */
static void
test_hostile (void)
{
  const char * const *texts = fixture_hostile_texts ();
  g_autoptr (DdReport) report = dd_report_new (fixture_hostile ());
  g_autofree char *text = dd_report_to_json (report);
  g_autoptr (JsonNode) root = NULL;
  JsonArray *repositories;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  root = read_back (text);
  repositories = array_at (json_node_get_object (root), "repositories");
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);

      check_text (json_array_get_object_element (repositories, i), "name", valid);
    }
}

static void
test_records (void)
{
  g_autoptr (GPtrArray) rows = fixture_rows ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *text = dd_records_write (rows, "json", zone, FALSE, 40);
  g_autoptr (JsonNode) root = read_back (text);
  JsonArray *array = json_node_get_array (root);
  JsonObject *first = json_array_get_object_element (array, 0), *third = json_array_get_object_element (array, 2);

  g_assert_cmpuint (json_array_get_length (array), ==, rows->len);
  check_text (first, "kind", "deployment");
  check_text (first, "id", "OPS-12");
  check_text (first, "repository", "shop");
  check_text (first, "title", "Release 45");
  check_text (first, "time", "2026-11-13T16:40:00+01:00");
  check_number (first, "value", 5400);
  g_assert_true (json_object_get_boolean_member (first, "counted"));
  check_text (first, "rule", dd_rule_name (DD_RULE_COUNTED));
  check_text (third, "repository", NULL);
  check_text (third, "title", NULL);
  check_text (third, "time", NULL);
  check_number (third, "value", NAN);
  g_assert_false (json_object_get_boolean_member (third, "counted"));
  check_text (third, "rule", dd_rule_name (DD_RULE_OPEN));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-json/whole", test_whole);
  g_test_add_func ("/report-json/nothing", test_nothing);
  g_test_add_func ("/report-json/many", test_many);
  g_test_add_func ("/report-json/hostile", test_hostile);
  g_test_add_func ("/report-json/records", test_records);
  return g_test_run ();
}
