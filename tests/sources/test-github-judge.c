/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-github-judge.h"
#include "dd-time.h"

#define NOW (G_GINT64_CONSTANT (1773010000) * DD_SECOND)

typedef struct
{
  const char *name;
  guint status;
  const char *headers; /* "name: value" lines */
  const char *body;
  DdVerdict verdict;
  gint64 wait;         /* seconds; -1: does not matter */
  int code;            /* DdError */
  const char *says;    /* part of the sentence */
} Case;

#define SECONDARY "{'message':'You have exceeded a secondary rate limit. Please wait.'}"

static const Case cases[] = {
  { "fine", 200, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773014400", "{'data':{}}", DD_VERDICT_OK,
    -1, 0, NULL },
  { "primary", 403, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773010060", "{'message':'API rate limit'}",
    DD_VERDICT_RETRY, 61, DD_ERROR_RATE_LIMITED, "GitHub" },
  { "primary by 429", 429, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773010060", "{}", DD_VERDICT_RETRY, 61,
    DD_ERROR_RATE_LIMITED, "GitHub" },
  { "reset in the past", 429, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773009000", "{}", DD_VERDICT_RETRY, 1,
    DD_ERROR_RATE_LIMITED, "GitHub" },
  { "retry-after goes first", 403, "retry-after: 7\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1773010060",
    SECONDARY, DD_VERDICT_RETRY, 7, DD_ERROR_RATE_LIMITED, "GitHub" },
  { "secondary", 403, "x-ratelimit-remaining: 4821", SECONDARY, DD_VERDICT_RETRY, 60,
    DD_ERROR_RATE_LIMITED, "GitHub" },
  { "secondary in GraphQL", 200, "retry-after: 9", "{'errors':[{'message':'You exceeded a secondary rate limit.'}]}",
    DD_VERDICT_RETRY, 9, DD_ERROR_RATE_LIMITED, "GitHub" },
  { "GraphQL limit", 200, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773010060",
    "{'errors':[{'type':'RATE_LIMIT','code':'graphql_rate_limit','message':'m'}]}", DD_VERDICT_RETRY, 61,
    DD_ERROR_RATE_LIMITED, "GitHub" },
  { "GraphQL limit of old", 200, "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1773010060",
    "{'errors':[{'type':'RATE_LIMITED','message':'m'}]}", DD_VERDICT_RETRY, 61, DD_ERROR_RATE_LIMITED, "GitHub" },
  { "single sign-on", 403, "x-github-sso: required; url=https://github.com/orgs/acme/sso?a=b", "{'message':'m'}",
    DD_VERDICT_FAIL, -1, DD_ERROR_PERMISSION, "https://github.com/orgs/acme/sso?a=b" },
  { "permission", 403, "x-accepted-github-permissions: actions=read", "{'message':'Resource not accessible'}",
    DD_VERDICT_FAIL, -1, DD_ERROR_PERMISSION, "actions=read" },
  { "scopes", 403, "x-accepted-oauth-scopes: repo, repo_deployment", "{'message':'Must have admin rights'}",
    DD_VERDICT_FAIL, -1, DD_ERROR_PERMISSION, "repo_deployment" },
  { "plain 403", 403, "", "{'message':'Go away'}", DD_VERDICT_FAIL, -1, DD_ERROR_PERMISSION, "Go away" },
  { "bad credentials", 401, "", "{'message':'Bad credentials'}", DD_VERDICT_FAIL, -1, DD_ERROR_AUTH, "GitHub" },
  { "not found", 404, "", "{'message':'Not Found'}", DD_VERDICT_FAIL, -1, DD_ERROR_NOT_FOUND, "GitHub" },
  { "a node is gone", 200, "", "{'data':{'nodes':[null]},'errors':[{'type':'NOT_FOUND','path':['nodes',0]}]}",
    DD_VERDICT_OK, -1, 0, NULL },
  { "too much at once", 200, "", "{'data':null,'errors':[{'type':'RESOURCE_LIMITS_EXCEEDED'}]}",
    DD_VERDICT_OK, -1, 0, NULL },
  { "something went wrong", 200, "", "{'data':null,'errors':[{'message':'Something went wrong'}]}",
    DD_VERDICT_RETRY, -1, DD_ERROR_UNAVAILABLE, "Something went wrong" },
  { "an error of a new type", 200, "", "{'data':{},'errors':[{'type':'NEW','message':'m'},null,7]}",
    DD_VERDICT_RETRY, -1, DD_ERROR_UNAVAILABLE, "GitHub" },
  { "an old server", 200, "", "{'errors':[{'message':'Field x is unknown','extensions':{'code':'undefinedField'}}]}",
    DD_VERDICT_FAIL, -1, DD_ERROR_BAD_REPLY, "Field x" },
};

/* Bodies are written with single quotes. */
static DdHttpReply *
make_reply (const Case *test)
{
  g_autofree char *body = g_strdelimit (g_strdup (test->body), "'", '"');
  DdHttpReply *reply = g_new0 (DdHttpReply, 1);
  g_auto (GStrv) lines = g_strsplit (test->headers, "\n", -1);

  reply->service = "GitHub";
  reply->status = test->status;
  reply->tries = 1;
  reply->json = json_from_string (body, NULL);
  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon != NULL)
        g_hash_table_insert (reply->headers, g_strndup (lines[i], colon - lines[i]), g_strdup (colon + 2));
    }
  return reply;
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DdHttpReply) reply = make_reply (&cases[i]);
      g_autoptr (GError) error = NULL;
      gint64 wait = 0;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (dd_github_judge (reply, NOW, &wait, &error), ==, cases[i].verdict);
      if (cases[i].wait >= 0)
        g_assert_cmpint (wait, ==, cases[i].wait * DD_SECOND);
      if (cases[i].says == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, DD_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* A limit without a time is waited for longer each time. */
static void
test_secondary_grows (void)
{
  static const Case test = { "secondary", 403, "", SECONDARY, DD_VERDICT_RETRY, 120, DD_ERROR_RATE_LIMITED, "" };
  g_autoptr (DdHttpReply) reply = make_reply (&test);
  g_autoptr (GError) error = NULL;
  gint64 wait = 0;

  reply->tries = 2;
  g_assert_cmpint (dd_github_judge (reply, NOW, &wait, &error), ==, DD_VERDICT_RETRY);
  g_assert_cmpint (wait, ==, 120 * DD_SECOND);
}

/* A query that GitHub gives up on is tried twice, then made smaller. */
static void
test_too_heavy (void)
{
  static const Case test = { "bad gateway", 502, "", "", DD_VERDICT_RETRY, -1, 0, NULL };
  g_autoptr (DdHttpReply) reply = make_reply (&test);
  g_autoptr (GError) error = NULL;
  gint64 wait = 0;

  g_assert_cmpint (dd_github_judge_query (reply, NOW, &wait, &error), ==, DD_VERDICT_RETRY);
  g_clear_error (&error);
  reply->tries = 2;
  g_assert_cmpint (dd_github_judge_query (reply, NOW, &wait, &error), ==, DD_VERDICT_OK);
  g_assert_true (dd_github_reply_is_too_heavy (reply));
  g_assert_cmpint (dd_github_judge (reply, NOW, &wait, &error), ==, DD_VERDICT_RETRY);
}

static void
test_rights (void)
{
  static const struct
  {
    const char *errors;
    const char *says; /* NULL: nothing is wrong */
  } rights[] = {
    { "[{'type':'FORBIDDEN','path':['repository','deployments']}]", "Deployments: read" },
    { "[{'type':'FORBIDDEN','path':['nodes',3,'pullRequests','nodes',1]}]", "Pull requests: read" },
    { "[{'type':'INSUFFICIENT_SCOPES','path':['repositoryOwner','repositories']}]", "read:org" },
    { "[{'type':'FORBIDDEN','path':['repositoryOwner'],'extensions':{'saml_failure':true}}]", "single sign-on" },
    { "[{'type':'FORBIDDEN','path':null,'message':'No way'}]", "No way" },
    { "[{'type':'FORBIDDEN','message':null}]", "GitHub" },
    { "[{'type':'NOT_FOUND','path':['nodes',0]}]", NULL },
    { "[null,7,'x']", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *body = g_strdup_printf ("{'errors':%s}", rights[i].errors);
      Case test = { "", 200, "", body, DD_VERDICT_OK, -1, 0, NULL };
      g_autoptr (DdHttpReply) reply = make_reply (&test);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rights[i].errors);
      g_assert_cmpint (dd_github_reply_check_rights (reply, &error), ==, rights[i].says == NULL);
      if (rights[i].says == NULL)
        continue;
      g_assert_error (error, DD_ERROR, DD_ERROR_PERMISSION);
      g_assert_nonnull (strstr (error->message, rights[i].says));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/github-judge/verdicts", test_verdicts);
  g_test_add_func ("/github-judge/secondary-grows", test_secondary_grows);
  g_test_add_func ("/github-judge/too-heavy", test_too_heavy);
  g_test_add_func ("/github-judge/rights", test_rights);
  return g_test_run ();
}
