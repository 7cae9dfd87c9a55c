/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-github.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define FIRST (FAKE_NOW - 300 * DD_DAY)

static char *
format_hour (guint n,
             int   minutes)
{
  return dd_time_format (FIRST + n * DD_HOUR + minutes * DD_MINUTE, NULL);
}

static char *
make_deployment (const FakeRepository *repository,
                 guint                 n)
{
  g_autofree char *created = format_hour (n, 0);
  g_autofree char *finished = format_hour (n, 5);
  g_autofree char *statuses = NULL;

  statuses = n == repository->running ? g_strdup ("")
                                      : g_strdup_printf ("{'state':'SUCCESS','createdAt':'%s'}", finished);
  return g_strdup_printf ("{'__typename':'Deployment','id':'DE_%s_%u','commitOid':'%s%u','environment':'%s',"
                          "'createdAt':'%s','ref':null,'commit':null,'latestStatus':null,"
                          "'statuses':{'nodes':[%s]}}",
                          repository->name, n, repository->name, n, repository->environment, created, statuses);
}

static char *
make_change (const FakeRepository *repository,
             guint                 n)
{
  g_autofree char *opened = format_hour (n, 0);
  g_autofree char *merged = format_hour (n, 30);

  return g_strdup_printf ("{'id':'PR_%s_%u','number':%u,'title':'Change','url':'https://h/','createdAt':'%s',"
                          "'updatedAt':'%s','mergedAt':'%s','headRefName':'x','baseRefName':'main','author':null,"
                          "'mergeCommit':{'oid':'%s%u'},'commits':{'nodes':[]},'reviews':{'nodes':[]}}",
                          repository->name, n, n, opened, merged, merged, repository->name, n);
}

static char *
make_commit (const FakeRepository *repository,
             guint                 n)
{
  g_autofree char *committed = format_hour (n, 20);

  return g_strdup_printf ("{'oid':'%s%u','committedDate':'%s','parents':{'nodes':[{'oid':'%s%u'}]}}",
                          repository->name, n, committed, repository->name, n - 1);
}

static char *
make_release (const FakeRepository *repository,
              guint                 n)
{
  g_autofree char *created = format_hour (n, 0);
  g_autofree char *published = format_hour (n, 10);

  return g_strdup_printf ("{'id':'RE_%s_%u','name':'Release %u','tagName':'v1.%u','isDraft':%s,'isPrerelease':%s,"
                          "'createdAt':'%s','publishedAt':'%s','url':'https://h/','tagCommit':null}",
                          repository->name, n, n, n, n % 6 == 3 ? "true" : "false", n % 6 == 0 ? "true" : "false",
                          created, published);
}

static char *
make_tag (const FakeRepository *repository,
          guint                 n)
{
  g_autofree char *committed = format_hour (n, 0);

  return g_strdup_printf ("{'name':'%s1.%u','target':{'__typename':'Commit','oid':'%s%u','committedDate':'%s'}}",
                          n % 2 == 0 ? "nightly-" : "v", n, repository->name, n, committed);
}

typedef char *(*MakeNode) (const FakeRepository *repository,
                           guint                 n);

/* A page of @first from the newest on, behind the one that @after names. */
static void
add_connection (GString              *text,
                const FakeRepository *repository,
                MakeNode              make,
                guint                 total,
                guint                 first,
                const char           *after)
{
  guint from = after != NULL ? (guint) g_ascii_strtoull (after, NULL, 10) - 1 : total;
  guint to = from > first ? from - first : 0;

  g_string_append (text, "{'nodes':[");
  for (guint n = from; n > to; n--)
    {
      g_autofree char *node = make (repository, n);

      g_string_append_printf (text, "%s%s", n < from ? "," : "", node);
    }
  g_string_append_printf (text, "],'pageInfo':{'hasNextPage':%s,'endCursor':'%u'}}", to > 0 ? "true" : "false", to + 1);
}

static const FakeRepository *
find_repository (FakeGithub *self,
                 const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->repositories) && self->repositories[i].name != NULL; i++)
    if (g_strcmp0 (self->repositories[i].name, name) == 0)
      return &self->repositories[i];
  return NULL;
}

static void
add_repository (GString              *text,
                const FakeRepository *repository)
{
  g_string_append_printf (text, "{'id':'R_%s','name':'%s','nameWithOwner':'acme/%s','url':'https://h/acme/%s',"
                          "'isArchived':%s,'isDisabled':false,'isFork':false,'defaultBranchRef':",
                          repository->name, repository->name, repository->name, repository->name,
                          repository->archived ? "true" : "false");
  if (repository->commits > 0)
    g_string_append_printf (text, "{'name':'main','target':{'oid':'%s%u'}}}", repository->name, repository->commits);
  else
    g_string_append (text, "null}");
}

static void
answer_repositories (FakeGithub *self,
                     JsonObject *variables,
                     GString    *text)
{
  if (g_strcmp0 (json_object_get_string_member (variables, "login"), "acme") != 0)
    {
      g_string_append (text, "{'data':{'repositoryOwner':null}}");
      return;
    }
  g_string_append (text, "{'data':{'repositoryOwner':{'repositories':{'nodes':[null");
  for (guint i = 0; i < G_N_ELEMENTS (self->repositories) && self->repositories[i].name != NULL; i++)
    {
      g_string_append_c (text, ',');
      add_repository (text, &self->repositories[i]);
    }
  g_string_append (text, "],'pageInfo':{'hasNextPage':false,'endCursor':null}}}}}");
}

static void
answer_named (FakeGithub *self,
              JsonObject *variables,
              GString    *text)
{
  guint n = json_object_get_size (variables) / 2;

  g_string_append (text, "{'data':{");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *member = g_strdup_printf ("n%u", i);
      const FakeRepository *repository = find_repository (self, json_object_get_string_member (variables, member));

      g_string_append_printf (text, "%s'r%u':", i > 0 ? "," : "", i);
      if (repository != NULL)
        add_repository (text, repository);
      else
        g_string_append (text, "null");
    }
  g_string_append (text, "},'errors':[{'type':'NOT_FOUND','path':['r9'],'message':'No'}]}");
}

static void
answer_list (FakeGithub *self,
             const char *query,
             JsonObject *variables,
             GString    *text)
{
  const FakeRepository *repository = find_repository (self, json_object_get_string_member (variables, "name"));
  guint first = (guint) json_object_get_int_member (variables, "first");
  const char *after = json_object_get_string_member_with_default (variables, "after", NULL);

  if (self->largest > 0 && first > self->largest)
    {
      g_string_append (text, "{'data':{'repository':null},'errors':[{'type':'RESOURCE_LIMITS_EXCEEDED'}]}");
      return;
    }
  g_string_append (text, "{'data':{'repository':{");
  if (strstr (query, "query Deployments(") != NULL)
    {
      g_string_append (text, "'deployments':");
      add_connection (text, repository, make_deployment, repository->deployments, first, after);
    }
  else if (strstr (query, "query Changes(") != NULL)
    {
      g_string_append (text, "'pullRequests':");
      add_connection (text, repository, make_change, repository->changes, first, after);
    }
  else if (strstr (query, "query Releases(") != NULL)
    {
      g_string_append (text, "'releases':");
      add_connection (text, repository, make_release, repository->releases, first, after);
    }
  else if (strstr (query, "query Tags(") != NULL)
    {
      g_string_append (text, "'refs':");
      add_connection (text, repository, make_tag, repository->tags, first, after);
    }
  else
    {
      g_assert_nonnull (strstr (query, "query Commits("));
      g_string_append (text, "'object':{'__typename':'Commit','history':");
      add_connection (text, repository, make_commit, repository->commits, first, after);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "}}}");
}

static void
answer_changed (FakeGithub *self,
                JsonObject *variables,
                GString    *text)
{
  JsonArray *ids = json_object_get_array_member (variables, "ids");

  g_string_append (text, "{'data':{'nodes':[");
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      const FakeRepository *repository = find_repository (self, id + strlen ("R_"));

      g_string_append_printf (text, "%s{'__typename':'Repository','id':'%s','deployments':", i > 0 ? "," : "", id);
      if (self->forbidden)
        g_string_append (text, "null");
      else
        add_connection (text, repository, make_deployment, repository->deployments, 10, NULL);
      g_string_append (text, ",'pullRequests':");
      add_connection (text, repository, make_change, repository->changes, 10, NULL);
      if (json_object_get_boolean_member (variables, "releases"))
        {
          g_string_append (text, ",'releases':");
          add_connection (text, repository, make_release, repository->releases, 20, NULL);
        }
      if (json_object_get_boolean_member (variables, "tags"))
        {
          g_string_append (text, ",'refs':");
          add_connection (text, repository, make_tag, repository->tags, 20, NULL);
        }
      g_string_append_c (text, '}');
    }
  g_string_append_printf (text, "]},'errors':[%s]}",
                          self->forbidden ? "{'type':'FORBIDDEN','path':['nodes',0,'deployments']}" : "");
}

static void
answer_refresh (FakeGithub *self,
                JsonObject *variables,
                GString    *text)
{
  JsonArray *ids = json_object_get_array_member (variables, "ids");
  GString *errors = g_string_new ("");

  g_string_append (text, "{'data':{'nodes':[");
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      g_auto (GStrv) parts = g_strsplit (json_array_get_string_element (ids, i), "_", -1);
      const FakeRepository *repository = find_repository (self, parts[1]);
      guint n = (guint) g_ascii_strtoull (parts[2], NULL, 10);
      g_autofree char *node = n == repository->lost ? g_strdup ("null") : make_deployment (repository, n);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", node);
      if (n == repository->lost)
        g_string_append_printf (errors, "%s{'type':'NOT_FOUND','path':['nodes',%u]}", errors->len > 0 ? "," : "", i);
    }
  g_string_append_printf (text, "]},'errors':[%s]}", errors->str);
  g_string_free (errors, TRUE);
}

static TestAnswer
answer_graphql (FakeGithub *self,
                const char *body)
{
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  JsonObject *posted = json_node_get_object (node);
  const char *query = json_object_get_string_member (posted, "query");
  JsonObject *variables = json_object_get_object_member (posted, "variables");
  GString *text = g_string_new ("");

  if (g_str_has_prefix (query, "query Repositories("))
    answer_repositories (self, variables, text);
  else if (g_str_has_prefix (query, "query Named("))
    answer_named (self, variables, text);
  else if (g_str_has_prefix (query, "query Changed("))
    answer_changed (self, variables, text);
  else if (g_str_has_prefix (query, "query Refresh("))
    answer_refresh (self, variables, text);
  else if (g_str_has_prefix (query, "query Viewer("))
    g_string_append (text, "{'data':{'viewer':{'login':'maralind','name':'Mara Lindqvist'},"
                     "'repositoryOwner':{'login':'acme','repositories':{'totalCount':3}}}}");
  else
    answer_list (self, query, variables, text);
  g_strdelimit (text->str, "'", '"');
  return (TestAnswer) { .status = 200, .body = g_string_free (text, FALSE) };
}

/* Workflow runs in a range of time, at most 1,000 of them as at GitHub. */
static TestAnswer
answer_runs (FakeGithub           *self,
             SoupServerMessage    *message,
             const FakeRepository *repository,
             GHashTable           *query)
{
  const char *created = g_hash_table_lookup (query, "created");
  const char *page_text = g_hash_table_lookup (query, "page");
  guint page = page_text != NULL ? (guint) g_ascii_strtoull (page_text, NULL, 10) : 1;
  g_autofree char *from_text = g_strndup (created + (g_str_has_prefix (created, ">=") ? 2 : 0), strlen ("2026-01-01T00:00:00Z"));
  const char *dots = strstr (created, "..");
  gint64 from = G_MININT64, to = G_MAXINT64;
  GString *runs = g_string_new ("");
  g_autofree char *list = NULL;
  static char link[256];
  guint n = 0;

  g_assert_true (dd_time_parse (from_text, &from));
  if (dots != NULL)
    g_assert_true (dd_time_parse (dots + 2, &to));
  for (guint i = repository->runs; i > 0; i--)
    {
      g_autofree char *at = format_hour (i, 0);
      gint64 time = FIRST + i * DD_HOUR;

      if (time < from || time > to || n++ / 100 + 1 != page || page > 10)
        continue;
      g_string_append_printf (runs, "%s{'id':%u,'name':'%s','status':'completed','conclusion':'success','head_sha':'x',"
                              "'created_at':'%s','updated_at':'%s'}", runs->len > 0 ? "," : "", i,
                              i % 2 == 0 ? "Deploy" : "Lint", at, at);
    }
  if (page * 100 < MIN (n, 1000))
    g_snprintf (link, sizeof link, "<%s/repos/acme/%s/actions/runs?created=%s&page=%u>; rel=\"next\"", self->server.url,
                repository->name, created, page + 1);
  g_string_prepend (runs, "'workflow_runs':[");
  g_string_append (runs, "]}");
  list = g_strdelimit (g_string_free (runs, FALSE), "'", '"');
  return (TestAnswer) {
    .status = 200,
    .body = g_strdup_printf ("{\"total_count\":%u,%s", MIN (n, 1000), list),
    .headers = { "ETag", "W/\"same\"", page * 100 < MIN (n, 1000) ? "Link" : NULL, link },
  };
}

static TestAnswer
answer (SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        const char        *body,
        gpointer           user_data)
{
  FakeGithub *self = user_data;
  const char *asked = self->server.requests->pdata[self->server.requests->len - 1];
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_assert_cmpstr (soup_message_headers_get_one (headers, "Authorization"), ==, "Bearer secret");
  if (self->cancel != NULL && strstr (asked, self->cancel_at) != NULL)
    g_cancellable_cancel (self->cancel);
  for (guint i = 0; i < G_N_ELEMENTS (self->faults) && self->faults[i].text != NULL; i++)
    if (self->faults[i].count > 0 && strstr (asked, self->faults[i].text) != NULL)
      {
        TestAnswer fault = self->faults[i].answer;

        self->faults[i].count--;
        fault.body = g_strdelimit (g_strdup (fault.body), "'", '"');
        return fault;
      }
  if (g_str_equal (path, "/graphql"))
    return answer_graphql (self, body);
  if (g_str_equal (path, "/user"))
    return (TestAnswer) { .status = 200, .body = g_strdup ("{\"login\":\"maralind\"}"),
                          .headers = { "X-OAuth-Scopes", "public_repo, read:org" } };
  if (g_strcmp0 (soup_message_headers_get_one (headers, "If-None-Match"), "W/\"same\"") == 0)
    return (TestAnswer) { .status = 304 };
  return answer_runs (self, message, &self->repositories[0], query);
}

void
fake_github_start (FakeGithub *self)
{
  test_server_start (&self->server, answer, self);
}
