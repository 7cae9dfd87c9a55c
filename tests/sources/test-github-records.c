/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "dd-github-check.h"
#include "dd-github-records.h"

static gint64
at (const char *text)
{
  gint64 time = DD_TIME_NONE;

  if (text != NULL)
    g_assert_true (dd_time_parse (text, &time));
  return time;
}

/* Texts are written with single quotes. */
static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_versions (void)
{
  static const struct
  {
    const char *tag;
    gboolean version;
  } cases[] = {
    { "45.0", TRUE }, { "v1.2.3", TRUE }, { "1.2.3.4", TRUE }, { "v0.10", TRUE }, { "2026.11", TRUE },
    { "46.rc", FALSE }, { "v1", FALSE }, { "1", FALSE }, { "1.2.3-rc1", FALSE }, { "V1.2", FALSE },
    { "1.2.", FALSE }, { ".1.2", FALSE }, { "1..2", FALSE }, { "v", FALSE }, { "", FALSE }, { "vv1.2", FALSE },
    { "release-1.2", FALSE }, { "1.2 ", FALSE }, { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].tag != NULL ? cases[i].tag : "(null)");
      g_assert_cmpint (dd_github_is_version (cases[i].tag), ==, cases[i].version);
    }
}

static void
test_deployments (void)
{
  static const struct
  {
    const char *statuses; /* newest first, as they come */
    DdResult result;
    const char *finished;
  } cases[] = {
    { "[{'state':'SUCCESS','createdAt':'2026-03-06T08:12:00Z'},"
      "{'state':'IN_PROGRESS','createdAt':'2026-03-06T08:10:30Z'}]", DD_RESULT_SUCCESS, "2026-03-06T08:12:00Z" },
    /* A newer one in the same environment hides no success. */
    { "[{'state':'INACTIVE','createdAt':'2026-03-07T08:00:00Z'},"
      "{'state':'SUCCESS','createdAt':'2026-03-06T08:12:00Z'}]", DD_RESULT_SUCCESS, "2026-03-06T08:12:00Z" },
    { "[{'state':'SUCCESS','createdAt':'2026-03-06T09:00:00Z'},"
      "{'state':'ERROR','createdAt':'2026-03-06T08:30:00Z'}]", DD_RESULT_FAILURE, "2026-03-06T08:30:00Z" },
    { "[{'state':'INACTIVE','createdAt':'2026-03-07T08:00:00Z'}]", DD_RESULT_SUCCESS, "2026-03-06T08:10:00Z" },
    { "[{'state':'WAITING','createdAt':'2026-03-06T08:11:00Z'}]", DD_RESULT_RUNNING, NULL },
    { "[{'state':'OUT_OF_THIS_WORLD','createdAt':'2026-03-06T08:11:00Z'}]", DD_RESULT_RUNNING, NULL },
    { "[null,{'state':null,'createdAt':null},{'state':'SUCCESS'}]", DD_RESULT_RUNNING, NULL },
    { "[]", DD_RESULT_RUNNING, NULL },
    { "null", DD_RESULT_RUNNING, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':'DE_1','databaseId':3912345678,'commitOid':'abc',"
                                               "'environment':'Production','createdAt':'2026-03-06T08:10:00Z',"
                                               "'ref':{'name':'v1.2'},'commit':{'committedDate':"
                                               "'2026-03-06T10:00:00+02:00'},'latestStatus':null,"
                                               "'statuses':{'nodes':%s}}", cases[i].statuses);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (DdDeployment) record = dd_github_deployment_record (json_node_get_object (node), "shop");

      g_test_message ("%s", cases[i].statuses);
      g_assert_nonnull (record);
      g_assert_cmpint (record->kind, ==, DD_KIND_DEPLOYMENT);
      g_assert_cmpstr (record->repository, ==, "shop");
      g_assert_cmpstr (record->environment, ==, "Production");
      g_assert_cmpstr (record->ref, ==, "v1.2");
      g_assert_cmpint (record->committed, ==, at ("2026-03-06T08:00:00Z"));
      g_assert_cmpint (record->result, ==, cases[i].result);
      g_assert_cmpint (record->finished, ==, at (cases[i].finished));
    }
}

/* Whatever is null or of another kind: a record or none, never a crash. */
static void
test_nulls (void)
{
  static const char * const texts[] = {
    "{}",
    "{'id':null,'createdAt':null}",
    "{'id':7,'oid':7,'createdAt':12,'name':[],'nameWithOwner':{},'mergedAt':true}",
    "{'id':'X','oid':'X','name':'X','createdAt':'2026-03-06T08:10:00Z','mergedAt':'2026-03-06T08:10:00Z',"
    "'publishedAt':'2026-03-06T08:10:00Z','environment':null,'statuses':[],'commits':null,'reviews':{'nodes':null},"
    "'author':null,'mergeCommit':null,'parents':{'nodes':[null]},'target':null,'tagCommit':7,'ref':'x'}",
    "{'id':9007199254740993,'status':'completed','created_at':'2026-03-06T08:10:00Z','name':null,"
    "'updated_at':'2026-03-06T08:10:00Z','conclusion':null,'head_commit':null}",
  };

  for (guint i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = i < G_N_ELEMENTS (texts) ? parse (texts[i]) : NULL;
      JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
      g_autoptr (DdRepository) repository = dd_github_repository_record (object);
      g_autoptr (DdDeployment) deployment = dd_github_deployment_record (object, "shop");
      g_autoptr (DdChange) change = dd_github_change_record (object, "shop");
      g_autoptr (DdCommit) commit = dd_github_commit_record (object);
      g_autoptr (DdDeployment) release = dd_github_release_record (object, "shop");
      g_autoptr (DdDeployment) tag = dd_github_tag_record (object, "shop", NULL);
      g_autoptr (DdDeployment) run = dd_github_run_record (object, "shop");

      /* What has no environment must not stand for production. */
      if (deployment != NULL)
        g_assert_cmpstr (deployment->environment, ==, "");
      if (run != NULL)
        g_assert_cmpstr (run->key, ==, "run:9007199254740993");
    }
}

static void
test_changes (void)
{
  static const struct
  {
    const char *author;
    const char *reviews;
    gboolean bot;
    const char *first_review;
  } cases[] = {
    { "{'__typename':'User','login':'ada'}",
      "[{'submittedAt':'2026-03-01T10:00:00Z','author':{'__typename':'User','login':'ada'}},"
      "{'submittedAt':'2026-03-01T11:00:00Z','author':{'__typename':'Bot','login':'lint'}},"
      "{'submittedAt':'2026-03-01T12:00:00Z','author':{'__typename':'User','login':'sonar[bot]'}},"
      "{'submittedAt':null,'author':{'__typename':'User','login':'bo'}},"
      "{'submittedAt':'2026-03-01T14:00:00Z','author':{'__typename':'User','login':'bo'}},"
      "{'submittedAt':'2026-03-01T13:00:00Z','author':{'__typename':'User','login':'cy'}}]",
      FALSE, "2026-03-01T13:00:00Z" },
    { "{'__typename':'Bot','login':'renovate'}",
      "[{'submittedAt':'2026-03-01T10:00:00Z','author':null}]", TRUE, "2026-03-01T10:00:00Z" },
    { "{'__typename':'User','login':'dependabot[bot]'}", "[]", TRUE, NULL },
    /* Two deleted accounts may be one. */
    { "null", "[{'submittedAt':'2026-03-01T10:00:00Z','author':null}]", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':'PR_1','number':4294967297,'title':'a | <b> \\u202e\\u0007',"
                                               "'createdAt':'2026-03-01T09:00:00Z','mergedAt':'2026-03-02T09:00:00Z',"
                                               "'author':%s,'mergeCommit':{'oid':'fff'},'commits':{'nodes':["
                                               "{'commit':{'authoredDate':'2026-02-20T09:00:00Z'}},"
                                               "{'commit':{'authoredDate':'2026-02-10T09:00:00Z'}},null,"
                                               "{'commit':null}]},'reviews':{'nodes':%s}}",
                                               cases[i].author, cases[i].reviews);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (DdChange) record = dd_github_change_record (json_node_get_object (node), "shop");

      g_assert_nonnull (record);
      g_assert_cmpint (record->number, ==, 4294967297);
      g_assert_cmpint (record->first_commit, ==, at ("2026-02-10T09:00:00Z"));
      g_assert_cmpint (record->first_review, ==, at (cases[i].first_review));
      g_assert_cmpint (record->author_is_bot, ==, cases[i].bot);
      g_assert_cmpstr (record->merge_commit, ==, "fff");
    }
}

static void
test_releases (void)
{
  static const struct
  {
    const char *draft;
    const char *pre;
    const char *published;
    gboolean usable;
  } cases[] = {
    { "false", "false", "'2026-03-02T00:00:00Z'", TRUE },
    { "true", "false", "null", FALSE },
    { "false", "true", "'2026-03-02T00:00:00Z'", FALSE },
    { "false", "false", "null", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':'RE_1','name':'','tagName':'v1.2','isDraft':%s,"
                                               "'isPrerelease':%s,'publishedAt':%s,"
                                               "'createdAt':'2026-03-01T00:00:00Z',"
                                               "'tagCommit':{'oid':'abc','committedDate':'2026-02-28T00:00:00Z'}}",
                                               cases[i].draft, cases[i].pre, cases[i].published);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (DdDeployment) record = dd_github_release_record (json_node_get_object (node), "shop");

      g_assert_cmpint (record != NULL, ==, cases[i].usable);
      if (record == NULL)
        continue;
      g_assert_cmpint (record->kind, ==, DD_KIND_RELEASE);
      g_assert_cmpint (record->result, ==, DD_RESULT_SUCCESS);
      g_assert_cmpint (record->created, ==, at ("2026-03-01T00:00:00Z"));
      g_assert_cmpint (record->finished, ==, at ("2026-03-02T00:00:00Z"));
      g_assert_cmpint (record->committed, ==, at ("2026-02-28T00:00:00Z"));
      g_assert_cmpstr (record->label, ==, "v1.2");
      g_assert_null (record->environment);
      g_assert_false (dd_github_key_is_deployment (record->key));
    }
}

static void
test_tags (void)
{
  static const struct
  {
    const char *target;
    const char *time; /* NULL: no record */
    const char *commit;
  } cases[] = {
    { "{'__typename':'Commit','oid':'abc','committedDate':'2026-03-01T00:00:00Z'}", "2026-03-01T00:00:00Z", "abc" },
    { "{'__typename':'Tag','oid':'t','tagger':{'date':'2026-03-02T01:00:00+01:00'},'target':"
      "{'__typename':'Commit','oid':'abc','committedDate':'2026-03-01T00:00:00Z'}}", "2026-03-02T00:00:00Z", "abc" },
    { "{'__typename':'Tag','oid':'t','tagger':null,'target':"
      "{'__typename':'Commit','oid':'abc','committedDate':'2026-03-01T00:00:00Z'}}", "2026-03-01T00:00:00Z", "abc" },
    { "{'__typename':'Tree','oid':'abc'}", NULL, NULL },
    { "null", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'name':'45.0','target':%s}", cases[i].target);
      g_autoptr (JsonNode) node = parse (text);
      JsonObject *object = json_node_get_object (node);
      g_autoptr (DdDeployment) record = dd_github_tag_record (object, "editor", "https://h/o/editor");

      g_assert_cmpint (record != NULL, ==, cases[i].time != NULL);
      if (record == NULL)
        continue;
      g_assert_cmpint (record->created, ==, at (cases[i].time));
      g_assert_cmpint (record->finished, ==, at (cases[i].time));
      g_assert_cmpstr (record->commit, ==, cases[i].commit);
      g_assert_cmpstr (record->key, ==, "tag:editor:45.0");
      g_assert_cmpstr (record->url, ==, "https://h/o/editor/tree/45.0");
    }
}

static void
test_runs (void)
{
  static const struct
  {
    const char *conclusion;
    DdResult result;
  } cases[] = {
    { "'success'", DD_RESULT_SUCCESS }, { "'failure'", DD_RESULT_FAILURE }, { "'timed_out'", DD_RESULT_FAILURE },
    { "'startup_failure'", DD_RESULT_FAILURE }, { "'cancelled'", DD_RESULT_CANCELLED },
    { "'skipped'", DD_RESULT_CANCELLED }, { "'neutral'", DD_RESULT_CANCELLED }, { "'new'", DD_RESULT_CANCELLED },
    { "null", DD_RESULT_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':22000000005,'name':'Deploy','status':'completed',"
                                               "'conclusion':%s,"
                                               "'head_sha':'abc','created_at':'2026-03-01T00:00:00Z',"
                                               "'updated_at':'2026-03-01T00:05:00Z'}", cases[i].conclusion);
      g_autoptr (JsonNode) node = parse (text);
      g_autoptr (DdDeployment) record = dd_github_run_record (json_node_get_object (node), "shop");

      g_assert_nonnull (record);
      g_assert_cmpint (record->result, ==, cases[i].result);
      g_assert_cmpint (record->finished, ==, at ("2026-03-01T00:05:00Z"));
      g_assert_cmpstr (record->label, ==, "Deploy");
      g_assert_null (record->environment);
    }
}

static void
test_scopes (void)
{
  static const struct
  {
    const char *scopes;
    guint missing;
  } cases[] = {
    { "repo, read:org", 0 }, { "admin:org,repo,user", 0 }, { "repo", 1 }, { "read:org", 1 },
    { "repo_deployment, read:org", 1 }, { "", 2 }, { "public_repo", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

      dd_github_check_scopes (cases[i].scopes, missing);
      g_test_message ("%s", cases[i].scopes);
      g_assert_cmpuint (missing->len, ==, cases[i].missing);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/github-records/versions", test_versions);
  g_test_add_func ("/github-records/deployments", test_deployments);
  g_test_add_func ("/github-records/nulls", test_nulls);
  g_test_add_func ("/github-records/changes", test_changes);
  g_test_add_func ("/github-records/releases", test_releases);
  g_test_add_func ("/github-records/tags", test_tags);
  g_test_add_func ("/github-records/runs", test_runs);
  g_test_add_func ("/github-records/scopes", test_scopes);
  return g_test_run ();
}
