/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-slab-records.h"
#include "dd-slab.h"
#include "incident-fixture.h"

#define LIST(posts) "{\"data\":{\"organization\":{\"host\":\"acme.slab.com\",\"posts\":[" posts "]}}}"
#define SLIM(id, title) "{\"id\":\"" id "\",\"title\":\"" title "\",\"publishedAt\":\"2026-03-01T09:00:00Z\",\"topics\":[]}"
#define SLIM_IN(id, title, topic) \
  "{\"id\":\"" id "\",\"title\":\"" title "\",\"publishedAt\":\"2026-03-01T09:00:00Z\",\"topics\":[null,{\"id\":\"" topic "\"}]}"
#define FULL(id, title) "{\"id\":\"" id "\",\"title\":\"" title "\",\"publishedAt\":\"2026-03-01T09:00:00Z\",\"content\":\"[]\"}"
#define POSTS(posts) "{\"data\":{\"posts\":[" posts "]}}"
#define PUBLISHED "\"id\":\"1\",\"publishedAt\":\"2026-03-01T09:00:00Z\","
#define TEXT(text) "{" PUBLISHED "\"content\":\"[{\\\"insert\\\":\\\"" text "\\\"}]\"}"

/* ---- records ---- */

typedef struct
{
  const char *name;
  const char *post;
  const char *expected; /* NULL: no record */
} RecordCase;

static const RecordCase record_cases[] = {
  { "as written", TEXT ("Severity: sev2\\\\nStarted at: 2024-01-21T22:05:32Z\\\\nResolved at: 2024-01-21T22:30:37+01:00\\\\nIncident: OPS-103\\\\n"),
    "OPS-103 live 2024-01-21T22:05:32Z 2024-01-21T21:30:37Z sev2 [] {}" },
  { "emphasis", TEXT ("**Started at** 2024-01-21 22:05 UTC\\\\n* _Resolved at_: 2024-01-21 23:05:10 +0100\\\\n__Severity__ SEV1"),
    "- live 2024-01-21T22:05:00Z 2024-01-21T22:05:10Z SEV1 [] {}" },
  { "a table", TEXT ("| Started at | 2024-01-21 22:05Z |\\\\n| Severity | high |\\\\r\\\\n"), "- live 2024-01-21T22:05:00Z - high [] {}" },
  { "units in brackets", TEXT ("STARTED AT (UTC): 2024-01-21 22:05\\\\nresolved at (UTC) 2024-01-21, 23:05."),
    "- live 2024-01-21T22:05:00Z 2024-01-21T23:05:00Z - [] {}" },
  { "unreadable times", TEXT ("Started at: yesterday\\\\nResolved at: 2024-13-41 25:61 UTC\\\\nSeverity:\\\\n"), "- live - - - [] {}" },
  { "the readable of two", TEXT ("Started at:\\\\nStarted at: 2024-01-21 22:05 CET\\\\nStarted at: 2024-01-21T22:05:00Z"),
    "- live 2024-01-21T22:05:00Z - - [] {}" },
  { "prose", TEXT ("Severity was hard to tell.\\\\nStarted atlas, restarted at 2024-01-21T22:05:00Z\\\\nSeverityX: 1"), "- live - - - [] {}" },
  { "named in the text", TEXT ("We saw OPS-12 and later OPS-13, not AOPS-1x."), "OPS-12 live - - - [] {}" },
  { "named in its line", TEXT ("Like OPS-12.\\\\nIncident: see WEB2-7"), "WEB2-7 live - - - [] {}" },
  { "named in the title", "{" PUBLISHED "\"title\":\"Postmortem OPS-3: down\",\"content\":[{\"insert\":\"Incident: OPS-4\"}]}",
    "OPS-3 live - - - [] {}" },
  { "named by a link", "{" PUBLISHED "\"content\":[{\"insert\":\"the issue\",\"attributes\":{\"link\":\"https://linear.app/a/issue/OPS-9/x\"}}]}",
    "OPS-9 live - - - [] {https://linear.app/a/issue/OPS-9/x}" },
  { "names that are none", TEXT ("ops-1 O-1 xOPS-1 OPS-1x OPS- 1 2024-01"), "- live - - - [] {}" },
  { "images and nulls", "{" PUBLISHED "\"title\":null,\"content\":\"[{\\\"insert\\\":{\\\"image\\\":\\\"x\\\"}},null,{\\\"insert\\\":null},"
                        "{\\\"attributes\\\":{\\\"link\\\":7}},{\\\"insert\\\":\\\"Severity: a\\\"}]\"}", "- live - - a [] {}" },
  { "content that is no delta", "{" PUBLISHED "\"content\":\"Severity: sev1\"}", "- live - - sev1 [] {}" },
  { "content of another kind", "{" PUBLISHED "\"content\":{\"insert\":\"Severity: sev1\"}}", "- live - - - [] {}" },
  { "no content", "{" PUBLISHED "\"content\":null,\"updatedAt\":null}", "- live - - - [] {}" },
  { "beyond ASCII", TEXT ("– Severity: x\\\\n• Started at\\\\nSeverity: – hoch 🐢"), "- live - - – hoch 🐢 [] {}" },
  { "archived", "{" PUBLISHED "\"archivedAt\":\"2026-04-01T00:00:00Z\"}", "- cancelled - - - [] {}" },
  { "draft", "{\"id\":\"1\",\"publishedAt\":null,\"content\":\"[]\"}", NULL },
  { "no id", "{\"publishedAt\":\"2026-03-01T09:00:00Z\"}", NULL },
};

static void
test_records (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      const RecordCase *c = &record_cases[i];
      g_autoptr (JsonNode) node = incident_parse (c->post);
      g_autoptr (DdIncident) incident = dd_slab_read_post (json_node_get_object (node), "acme.slab.com");
      g_autofree char *text = incident != NULL ? incident_describe (incident) : NULL;

      g_test_message ("%s", c->name);
      g_assert_cmpstr (text, ==, c->expected);
      if (incident != NULL)
        {
          g_assert_cmpint (incident->kind, ==, DD_INCIDENT_POSTMORTEM);
          g_assert_cmpstr (incident->url, ==, "https://acme.slab.com/posts/1");
        }
    }
}

static void
test_titles (void)
{
  static const struct
  {
    const char *title;
    gboolean    postmortem;
  } cases[] = {
    { "POSTMORTEM: down", TRUE }, { "Our Post-Mortem", TRUE }, { "Incident review 2026-03", TRUE }, { "Runbook", FALSE },
    { "Post mortem", FALSE }, { "事后分析 🐢", FALSE }, { "", FALSE }, { NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dd_slab_title_is_postmortem (cases[i].title), ==, cases[i].postmortem);
}

/* ---- syncs ---- */

static void
fixture_init (IncidentFixture *f)
{
  incident_fixture_init (f, "slab", "/v1/graphql", dd_slab_new);
}

/* The ids asked for in a request, as text; "-" where it asks for the list. */
static char *
asked_ids (IncidentFixture *f,
           guint            n)
{
  const char *ids = strstr (incident_fixture_request (f, n)->body, "\"ids\":[");

  return ids != NULL ? g_strndup (ids + 7, strcspn (ids + 7, "]")) : g_strdup ("-");
}

static void
test_posts (void)
{
  IncidentFixture f;
  const DdTestReply list = {
    .body = LIST (SLIM ("a", "Postmortem: OPS-1") ",null," SLIM ("b", "Runbook") "," SLIM ("c", "incident review") ",{\"id\":\"d\","
                  "\"title\":\"Postmortem\",\"publishedAt\":null,\"topics\":null},{\"id\":null,\"title\":null}"),
  };
  const DdTestReply posts = { .body = POSTS (FULL ("a", "Postmortem: OPS-1") ",null") };

  fixture_init (&f);
  dd_test_server_add (f.server, "*PostsByIds*", &posts, 1);
  dd_test_server_add (f.server, "*", &list, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 2);
  {
    g_autofree char *ids = asked_ids (&f, 1);

    g_assert_cmpstr (ids, ==, "\"a\",\"c\"");
  }
  g_assert_cmpuint (incident_fixture_count (&f), ==, 1);
  g_assert_cmpstr (incident_fixture_find (&f, "a")->name, ==, "OPS-1");
  g_assert_cmpstr (dd_test_server_last_header (f.server, "authorization"), ==, "secret");
  /* Topics are asked for only where some are chosen. */
  g_assert_null (strstr (incident_fixture_request (&f, 0)->body, "topics { id name }"));
  /* Known posts are read again: they may have changed. */
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 4);
  incident_fixture_clear (&f);
}

static void
test_topics (void)
{
  static char *topics[] = { (char *) "POST-MORTEMS", (char *) "t2", NULL };
  IncidentFixture f;
  g_autofree char *ids = NULL;
  const DdTestReply list = {
    .body = "{\"data\":{\"organization\":{\"host\":null,\"topics\":[{\"id\":\"t1\",\"name\":\"Post-mortems\"},null,{\"id\":\"t3\",\"name\":null}],"
            "\"posts\":[" SLIM_IN ("a", "One", "t1") "," SLIM_IN ("b", "Two", "t2") "," SLIM_IN ("c", "Three", "t3") "]}}}",
  };
  const DdTestReply posts = { .body = POSTS (FULL ("a", "One") "," FULL ("b", "Two")) };

  fixture_init (&f);
  g_strfreev (f.settings->topics);
  f.settings->topics = g_strdupv (topics);
  dd_test_server_add (f.server, "*PostsByIds*", &posts, 1);
  dd_test_server_add (f.server, "*", &list, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 0)->body, "topics { id name }"));
  ids = asked_ids (&f, 1);
  g_assert_cmpstr (ids, ==, "\"a\",\"b\"");
  g_assert_null (incident_fixture_find (&f, "a")->url);
  incident_fixture_clear (&f);
}

static void
test_hundred_a_call (void)
{
  IncidentFixture f;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *body = NULL;
  const DdTestReply posts = { .body = POSTS ("") };

  for (int i = 0; i < 250; i++)
    g_string_append_printf (list, "%s" SLIM ("p%d", "Postmortem"), i > 0 ? "," : "", i);
  body = g_strconcat ("{\"data\":{\"organization\":{\"posts\":[", list->str, "]}}}", NULL);
  fixture_init (&f);
  dd_test_server_add (f.server, "*PostsByIds*", &posts, 1);
  dd_test_server_add (f.server, "*", &(DdTestReply) { .body = body }, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 4);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *ids = asked_ids (&f, i);
      g_auto (GStrv) words = g_strsplit (ids, ",", -1);

      g_assert_cmpuint (g_strv_length (words), ==, i < 3 ? 100 : 50);
    }
  incident_fixture_clear (&f);
}

static void
test_withdrawn (void)
{
  IncidentFixture f;
  const DdTestReply lists[] = {
    { .body = LIST (SLIM ("a", "Postmortem") "," SLIM ("b", "Postmortem") "," SLIM ("c", "Postmortem")) },
    { .body = LIST (SLIM ("a", "Postmortem") "," SLIM ("b", "A runbook now")) },
  };
  const DdTestReply posts[] = {
    { .body = POSTS (FULL ("a", "Postmortem") "," FULL ("b", "Postmortem") "," FULL ("c", "Postmortem")) },
    { .body = POSTS (FULL ("a", "Postmortem")) },
  };

  fixture_init (&f);
  dd_test_server_add (f.server, "*PostsByIds*", posts, 2);
  dd_test_server_add (f.server, "*", lists, 2);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_cmpint (incident_fixture_find (&f, "b")->state, ==, DD_INCIDENT_LIVE);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_cmpint (incident_fixture_find (&f, "a")->state, ==, DD_INCIDENT_LIVE);
  g_assert_cmpint (incident_fixture_find (&f, "b")->state, ==, DD_INCIDENT_CANCELLED);
  g_assert_cmpint (incident_fixture_find (&f, "c")->state, ==, DD_INCIDENT_CANCELLED);
  incident_fixture_clear (&f);
}

/* ---- authorization ---- */

static void
test_bearer (void)
{
  IncidentFixture f;
  const DdTestReply lists[] = {
    { .status = 401, .body = "{}" },        /* bare */
    { .body = LIST (SLIM ("b", "Other")) }, /* bearer */
    { .body = LIST (SLIM ("b", "Other")) }, /* bearer, as remembered */
    { .status = 401, .body = "{}" },        /* bearer, of another token */
    { .body = LIST (SLIM ("b", "Other")) }, /* bare */
    { .status = 401, .body = "{}" },        /* neither way */
  };
  static const char * const headers[] = { "secret", "Bearer secret", "Bearer secret", "Bearer secret", "secret", "secret", "Bearer secret" };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", lists, G_N_ELEMENTS (lists));
  for (int i = 0; i < 3; i++)
    g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_fails (&f, DD_ERROR_AUTH, "Slab");
  incident_fixture_assert_requests (&f, G_N_ELEMENTS (headers));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (g_hash_table_lookup (incident_fixture_request (&f, i)->headers, "authorization"), ==, headers[i]);
  incident_fixture_clear (&f);
}

static void
test_check (void)
{
  IncidentFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSourceCheck) check = NULL;
  const DdTestReply replies[] = {
    { .status = 401, .body = "{}" }, { .body = "{\"data\":{\"organization\":{\"name\":\"Acme\",\"host\":\"acme.slab.com\"}}}" },
    { .status = 401, .body = "{}" },
  };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", replies, 3);
  check = incident_fixture_check (&f, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (check->who, "Acme"));
  g_assert_cmpstr (dd_test_server_last_header (f.server, "authorization"), ==, "Bearer secret");
  g_assert_null (incident_fixture_check (&f, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_AUTH);
  incident_fixture_clear (&f);
}

/* ---- failures ---- */

typedef struct
{
  const char *name;
  DdTestReply reply;
  int         code; /* -1: succeeds when asked again */
  const char *sentence;
} FailureCase;

static const FailureCase failure_cases[] = {
  { "limit", { .status = 429, .body = "{}", .headers = "Retry-After: 0" }, -1, NULL },
  { "passing errors", { .body = "{\"data\":null,\"errors\":[{\"message\":\"Internal\"}]}" }, -1, NULL },
  { "in trouble", { .status = 500, .body = "" }, -1, NULL },
  { "cut off", { .kind = DD_TEST_TRUNCATE, .body = LIST ("") }, -1, NULL },
  { "refused", { .status = 403, .body = "{\"errors\":[{\"message\":\"No\"}]}" }, DD_ERROR_PERMISSION, "Slab" },
  { "no organization", { .body = "{\"data\":{\"organization\":null}}" }, DD_ERROR_BAD_REPLY, "without the posts" },
  { "another service", { .body = "[1]" }, DD_ERROR_BAD_REPLY, "without the posts" },
};

static void
test_failure (gconstpointer data)
{
  const FailureCase *c = data;
  IncidentFixture f;
  const DdTestReply replies[] = { c->reply, { .body = LIST (SLIM ("b", "Other")) } };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", replies, 2);
  if (c->code >= 0)
    incident_fixture_assert_fails (&f, c->code, c->sentence);
  else
    g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_clear (&f);
}

static void
test_always_errors (void)
{
  IncidentFixture f;
  const DdTestReply reply = { .body = "{\"errors\":[{\"message\":\"Query too complex\"}]}" };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &reply, 1);
  incident_fixture_assert_fails (&f, DD_ERROR_BAD_REPLY, "“Query too complex”");
  incident_fixture_clear (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/slab/records", test_records);
  g_test_add_func ("/slab/titles", test_titles);
  g_test_add_func ("/slab/posts", test_posts);
  g_test_add_func ("/slab/topics", test_topics);
  g_test_add_func ("/slab/hundred-a-call", test_hundred_a_call);
  g_test_add_func ("/slab/withdrawn", test_withdrawn);
  g_test_add_func ("/slab/bearer", test_bearer);
  g_test_add_func ("/slab/check", test_check);
  for (gsize i = 0; i < G_N_ELEMENTS (failure_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/slab/failure/", failure_cases[i].name, NULL);

      g_test_add_data_func (path, &failure_cases[i], test_failure);
    }
  g_test_add_func ("/slab/always-errors", test_always_errors);
  return g_test_run ();
}
