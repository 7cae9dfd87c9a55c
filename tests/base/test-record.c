/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-batch.h"
#include "dd-record.h"
#include "dd-rule.h"
#include "dd-task-record.h"

#define CREATED (1000 * DD_SECOND)

typedef struct
{
  const char        *name;
  DdDeploymentStatus statuses[5];
  DdResult           result;
  gint64             finished;
} SettleCase;

static const SettleCase settle_cases[] = {
  { "nothing", { { NULL } }, DD_RESULT_RUNNING, DD_TIME_NONE },
  { "on its way", { { "queued", 1 }, { "pending", 2 }, { "in_progress", 3 } }, DD_RESULT_RUNNING, DD_TIME_NONE },
  { "unknown word", { { "paused", 1 } }, DD_RESULT_RUNNING, DD_TIME_NONE },
  { "success", { { "in_progress", 1 }, { "success", 2 } }, DD_RESULT_SUCCESS, 2 },
  { "failure", { { "in_progress", 1 }, { "failure", 2 } }, DD_RESULT_FAILURE, 2 },
  { "error", { { "error", 2 } }, DD_RESULT_FAILURE, 2 },
  { "superseded", { { "success", 2 }, { "inactive", 9 } }, DD_RESULT_SUCCESS, 2 },
  { "failed, then superseded", { { "failure", 2 }, { "inactive", 9 } }, DD_RESULT_FAILURE, 2 },
  { "only superseded", { { "inactive", 9 } }, DD_RESULT_SUCCESS, CREATED },
  { "pending, superseded", { { "pending", 1 }, { "inactive", 9 } }, DD_RESULT_SUCCESS, CREATED },
  { "first of two successes", { { "success", 2 }, { "inactive", 3 }, { "success", 4 } }, DD_RESULT_SUCCESS, 2 },
  { "failed, then retried", { { "failure", 2 }, { "success", 4 } }, DD_RESULT_FAILURE, 2 },
  { "succeeded, then marked", { { "success", 2 }, { "error", 4 } }, DD_RESULT_SUCCESS, 2 },
  { "out of order", { { "inactive", 9 }, { "error", 4 }, { "success", 2 }, { "pending", 1 } }, DD_RESULT_SUCCESS, 2 },
  { "superseded before its success", { { "inactive", 1 }, { "success", 2 } }, DD_RESULT_SUCCESS, 2 },
  { "upper case", { { "IN_PROGRESS", 1 }, { "SUCCESS", 2 }, { "INACTIVE", 3 } }, DD_RESULT_SUCCESS, 2 },
  { "at the same time", { { "failure", 2 }, { "success", 2 } }, DD_RESULT_FAILURE, 2 },
};

static void
test_settle (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settle_cases); i++)
    {
      const SettleCase *row = &settle_cases[i];
      g_autoptr (DdDeployment) deployment = g_new0 (DdDeployment, 1);

      g_test_message ("%s", row->name);
      deployment->created = CREATED;
      /* What was known before does not matter. */
      deployment->result = DD_RESULT_CANCELLED;
      deployment->finished = 77;
      for (guint k = 0; k < G_N_ELEMENTS (row->statuses) && row->statuses[k].state != NULL; k++)
        dd_deployment_add_status (deployment, row->statuses[k].state, row->statuses[k].at);
      dd_deployment_settle (deployment);
      g_assert_cmpint (deployment->result, ==, row->result);
      g_assert_cmpint (deployment->finished, ==, row->finished);
    }
}

static void
test_free_null (void)
{
  dd_repository_free (NULL);
  dd_deployment_free (NULL);
  dd_change_free (NULL);
  dd_commit_free (NULL);
  dd_incident_free (NULL);
  dd_batch_free (NULL);
  dd_task_record_free (NULL);
}

static void
test_batch (void)
{
  g_autoptr (DdBatch) batch = dd_batch_new ();
  DdDeployment *deployment = g_new0 (DdDeployment, 1);
  DdCursor *cursor;

  g_assert_cmpuint (dd_batch_count (batch), ==, 0);
  dd_deployment_add_status (deployment, "success", 1);
  g_ptr_array_add (batch->repositories, g_new0 (DdRepository, 1));
  g_ptr_array_add (batch->deployments, deployment);
  g_ptr_array_add (batch->changes, g_new0 (DdChange, 1));
  g_ptr_array_add (batch->commits, g_new0 (DdCommit, 1));
  g_ptr_array_add (batch->incidents, g_new0 (DdIncident, 1));
  g_ptr_array_add (batch->gone, g_strdup ("D_1"));
  dd_batch_add_cursor (batch, "shop", "changes", "2026-11-09T08:30:00Z");
  dd_batch_add_cursor (batch, "", "repositories", NULL);

  g_assert_cmpuint (dd_batch_count (batch), ==, 4);
  g_assert_cmpuint (batch->cursors->len, ==, 2);
  cursor = &g_array_index (batch->cursors, DdCursor, 0);
  g_assert_cmpstr (cursor->scope, ==, "shop");
  g_assert_cmpstr (cursor->stream, ==, "changes");
  g_assert_cmpstr (cursor->value, ==, "2026-11-09T08:30:00Z");
  g_assert_null (g_array_index (batch->cursors, DdCursor, 1).value);
}

static void
test_task (void)
{
  g_autoptr (DdTaskRecord) task = dd_task_record_new ("github", "shop", "changes", 5);

  g_assert_cmpstr (task->source, ==, "github");
  g_assert_cmpint (task->start, ==, 5);
  g_assert_cmpuint (task->attempts, ==, 1);
  g_assert_cmpint (task->outcome, ==, DD_OUTCOME_RUNNING);
  g_ptr_array_add (task->retry_errors, g_strdup ("503"));
}

/* Names are in files and databases of users: they must stay, and differ from each other. */
static void
test_words (void)
{
  static const DdRule rules[] = {
    DD_RULE_COUNTED, DD_RULE_COUNTED_BY_MERGE, DD_RULE_WAITING, DD_RULE_BEFORE_FIRST_DEPLOYMENT, DD_RULE_NEGATIVE,
    DD_RULE_OPEN, DD_RULE_NOT_PRODUCTION, DD_RULE_OTHER_SOURCE, DD_RULE_RUNNING, DD_RULE_CANCELLED, DD_RULE_BOT,
    DD_RULE_REPOSITORY_EXCLUDED, DD_RULE_FAILED, DD_RULE_NO_INCIDENT_LABEL, DD_RULE_ISSUE_CANCELLED, DD_RULE_TEST_INCIDENT,
    DD_RULE_SEVERITY, DD_RULE_SAME_INCIDENT, DD_RULE_DOCUMENT, DD_RULE_NOT_ATTRIBUTED,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) dd_rule_name (rules[i])));
      g_assert_cmpstr (dd_rule_describe (rules[i]), !=, "");
      g_assert_cmpint (dd_rule_counts (rules[i]), ==, rules[i] < DD_RULE_WAITING);
    }
  g_assert_cmpstr (dd_rule_name (DD_RULE_NOT_PRODUCTION), ==, "not-production");
  g_assert_cmpstr (dd_rule_setting (DD_RULE_NOT_PRODUCTION), ==, "metrics.environments");
  g_assert_null (dd_rule_setting (DD_RULE_WAITING));

  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_NONE), ==, "none");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_DEPLOYMENT), ==, "deployments");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_WOODPECKER), ==, "woodpecker");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_FILE), ==, "files");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_RELEASE), ==, "releases");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_TAG), ==, "tags");
  g_assert_cmpstr (dd_deployment_kind_name (DD_KIND_WORKFLOW), ==, "workflow");
  g_assert_cmpstr (dd_result_name (DD_RESULT_SUCCESS), ==, "success");
  g_assert_cmpstr (dd_result_name (DD_RESULT_FAILURE), ==, "failure");
  g_assert_cmpstr (dd_result_name (DD_RESULT_CANCELLED), ==, "cancelled");
  g_assert_cmpstr (dd_result_name (DD_RESULT_RUNNING), ==, "running");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/settle", test_settle);
  g_test_add_func ("/record/free-null", test_free_null);
  g_test_add_func ("/record/batch", test_batch);
  g_test_add_func ("/record/task", test_task);
  g_test_add_func ("/record/words", test_words);
  return g_test_run ();
}
