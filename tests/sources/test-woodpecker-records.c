/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "dd-woodpecker-records.h"

#define SECONDS(n) (G_GINT64_CONSTANT (n) * DD_SECOND)

/* The names of the times by version. */
static const char * const shapes[] = {
  /* 1.x */
  "{'id':9000000001,'number':318,'event':'%s','status':'%s','created_at':1772780000,'started_at':1772780003,"
  "'updated_at':1772780100,'enqueued_at':1772780000,'finished_at':%d,'timestamp':1772770000,'deploy_to':'%s',"
  "'commit':'abc','ref':'refs/heads/main','error':'','link_url':'https://forge.example/c/abc'}",
  /* 2.x */
  "{'id':9000000001,'number':318,'event':'%s','status':'%s','created_at':1772780000,'started_at':1772780003,"
  "'updated_at':1772780100,'finished_at':%d,'timestamp':1772770000,'deploy_to':'%s','deploy_task':'',"
  "'commit':'abc','ref':'refs/heads/main','errors':null,'forge_url':'https://forge.example/c/abc'}",
  /* 3.x */
  "{'id':9000000001,'number':318,'event':'%s','status':'%s','created':1772780000,'started':1772780003,"
  "'updated':1772780100,'finished':%d,'timestamp':1772770000,'deploy_to':'%s','event_reason':null,"
  "'commit':'abc','ref':'refs/heads/main','errors':null,'forge_url':'https://forge.example/c/abc'}",
};

static const struct
{
  const char *event;
  const char *status;
  int finished;
  const char *deploy_to;
  gboolean kept;
  DdResult result;
  gboolean errored;
  const char *environment;
} cases[] = {
  { "deployment", "success", 1772780100, "production", TRUE, DD_RESULT_SUCCESS, FALSE, "production" },
  { "deployment", "failure", 1772780100, "", TRUE, DD_RESULT_FAILURE, FALSE, "" },
  { "push", "success", 1772780100, "", TRUE, DD_RESULT_SUCCESS, FALSE, NULL },
  { "push", "error", 1772780100, "", TRUE, DD_RESULT_CANCELLED, TRUE, NULL },
  { "push", "killed", 1772780100, "", TRUE, DD_RESULT_CANCELLED, FALSE, NULL },
  { "tag", "canceled", 1772780100, "", TRUE, DD_RESULT_CANCELLED, FALSE, NULL },
  { "release", "declined", 1772780100, "", TRUE, DD_RESULT_CANCELLED, FALSE, NULL },
  { "cron", "skipped", 1772780100, "", TRUE, DD_RESULT_CANCELLED, FALSE, NULL },
  { "manual", "blocked", 1772780100, "", TRUE, DD_RESULT_CANCELLED, FALSE, NULL },
  { "manual", "blocked", 0, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  { "push", "running", 0, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  { "push", "pending", 0, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  { "push", "beamed-up", 1772780100, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  /* Without a time of its end it has not finished, whatever it says. */
  { "push", "success", 0, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  { "push", "error", 0, "", TRUE, DD_RESULT_RUNNING, FALSE, NULL },
  { "pull_request", "success", 1772780100, "", FALSE, 0, FALSE, NULL },
  { "pull_request_closed", "success", 1772780100, "", FALSE, 0, FALSE, NULL },
  { "pull_request_metadata", "success", 1772780100, "", FALSE, 0, FALSE, NULL },
};

/* Texts are written with single quotes. */
static DdDeployment *
read_pipeline (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return dd_woodpecker_pipeline_record (json_node_get_object (node), 12, "shop", "https://ci.example");
}

static void
test_pipelines (void)
{
  for (guint shape = 0; shape < G_N_ELEMENTS (shapes); shape++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autofree char *text = g_strdup_printf (shapes[shape], cases[i].event, cases[i].status, cases[i].finished,
                                                 cases[i].deploy_to);
        g_autoptr (DdDeployment) record = read_pipeline (text);

        g_test_message ("%u.x %s %s", shape + 1, cases[i].event, cases[i].status);
        g_assert_cmpint (record != NULL, ==, cases[i].kept);
        if (record == NULL)
          continue;
        g_assert_cmpint (record->kind, ==, DD_KIND_WOODPECKER);
        g_assert_cmpstr (record->key, ==, "12/318");
        g_assert_cmpstr (record->label, ==, "#318");
        g_assert_cmpstr (record->event, ==, cases[i].event);
        g_assert_cmpstr (record->environment, ==, cases[i].environment);
        g_assert_cmpint (record->result, ==, cases[i].result);
        g_assert_cmpint (record->errored, ==, cases[i].errored);
        g_assert_cmpint (record->created, ==, SECONDS (1772780000));
        g_assert_cmpint (record->committed, ==, SECONDS (1772770000));
        g_assert_cmpint (record->finished, ==,
                         cases[i].result == DD_RESULT_RUNNING ? DD_TIME_NONE : SECONDS (1772780100));
        g_assert_cmpstr (record->url, ==, "https://ci.example/repos/12/pipeline/318");
      }
}

static void
test_nulls (void)
{
  static const char * const texts[] = {
    "{}", "{'number':null}", "{'number':'7','created':'x'}", "{'number':7,'created':-5,'event':'push'}",
    "{'number':7,'created':9223372036854775807,'event':'push'}", "{'number':7,'created':5,'event':null}",
  };
  g_autoptr (DdDeployment) sparse = read_pipeline ("{'number':7,'created':5,'event':'deployment','deploy_to':null,"
                                                   "'status':null,'finished':9,'commit':null}");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_pipeline (texts[i]));
  g_assert_null (dd_woodpecker_pipeline_record (NULL, 1, "shop", ""));
  g_assert_null (dd_woodpecker_repository_record (NULL));
  g_assert_nonnull (sparse);
  g_assert_cmpint (sparse->result, ==, DD_RESULT_RUNNING);
}

static void
test_keys (void)
{
  g_assert_cmpint (dd_woodpecker_key_number ("12/318", 12), ==, 318);
  g_assert_cmpint (dd_woodpecker_key_number ("12/318", 1), ==, 0);
  g_assert_cmpint (dd_woodpecker_key_number ("12/", 12), ==, 0);
  g_assert_cmpint (dd_woodpecker_key_number ("12/3x", 12), ==, 0);
  g_assert_cmpint (dd_woodpecker_key_number ("", 12), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/woodpecker-records/pipelines", test_pipelines);
  g_test_add_func ("/woodpecker-records/nulls", test_nulls);
  g_test_add_func ("/woodpecker-records/keys", test_keys);
  return g_test_run ();
}
