/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-linear-records.h"
#include "dd-linear.h"
#include "incident-fixture.h"

#define PAGE(nodes, info) "{\"data\":{\"issues\":{\"nodes\":[" nodes "],\"pageInfo\":" info "}}}"
#define LAST "{\"hasNextPage\":false,\"endCursor\":null}"
#define MORE(cursor) "{\"hasNextPage\":true,\"endCursor\":\"" cursor "\"}"
#define ISSUE(id, updated) "{\"id\":\"" id "\",\"identifier\":\"OPS-" id "\",\"createdAt\":\"2026-03-01T09:00:00Z\",\"updatedAt\":\"" updated "\"}"
#define FAILED(extensions, message) "{\"errors\":[{\"message\":\"" message "\",\"extensions\":{" extensions "}}]}"

/* ---- records ---- */

typedef struct
{
  const char *name;
  const char *issue;
  const char *expected; /* NULL: no record */
} RecordCase;

static const RecordCase record_cases[] = {
  { "completed",
    "{\"id\":\"1\",\"identifier\":\"OPS-1\",\"createdAt\":\"2026-03-05T16:10:00.123Z\",\"completedAt\":\"2026-03-05T17:00:00.456Z\","
    "\"trashed\":null,\"state\":{\"type\":\"completed\"},\"labels\":{\"nodes\":[{\"name\":\"incident\"},{\"name\":\"repo:shop\"}]},"
    "\"attachments\":{\"nodes\":[{\"url\":\"https://acme.slab.com/posts/1\"},{\"url\":\"https://app.incident.io/2\"}]}}",
    "OPS-1 live 2026-03-05T16:10:00.123Z 2026-03-05T17:00:00.456Z - [incident,repo:shop]"
    " {https://acme.slab.com/posts/1 https://app.incident.io/2}" },
  { "reopened", "{\"id\":\"1\",\"createdAt\":\"2026-03-05T16:10:00Z\",\"completedAt\":\"2026-03-05T17:00:00Z\",\"state\":{\"type\":\"started\"}}",
    "- live 2026-03-05T16:10:00Z - - [] {}" },
  { "cancelled", "{\"id\":\"1\",\"identifier\":\"OPS-1\",\"completedAt\":\"2026-03-05T17:00:00Z\",\"state\":{\"type\":\"canceled\"}}",
    "OPS-1 cancelled - - - [] {}" },
  { "duplicate", "{\"id\":\"1\",\"state\":{\"type\":\"duplicate\"}}", "- cancelled - - - [] {}" },
  { "trashed", "{\"id\":\"1\",\"trashed\":true,\"state\":{\"type\":\"started\"}}", "- cancelled - - - [] {}" },
  { "a type of later days", "{\"id\":\"1\",\"state\":{\"type\":\"paused\"}}", "- live - - - [] {}" },
  { "nulls everywhere",
    "{\"id\":\"1\",\"identifier\":null,\"title\":null,\"url\":null,\"createdAt\":null,\"updatedAt\":null,\"completedAt\":null,"
    "\"trashed\":null,\"state\":null,\"labels\":null,\"attachments\":null}", "- live - - - [] {}" },
  { "nulls in lists",
    "{\"id\":\"1\",\"state\":{\"type\":null},\"labels\":{\"nodes\":[null,{\"name\":null},{},{\"name\":\"p0\"}]},"
    "\"attachments\":{\"nodes\":[null,{\"url\":null},{\"url\":\"\"},{\"url\":\"two words\"}]}}", "- live - - - [p0] {}" },
  { "other types than promised",
    "{\"id\":\"1\",\"identifier\":12,\"createdAt\":1772700000,\"trashed\":\"no\",\"state\":\"completed\",\"labels\":[],"
    "\"attachments\":{\"nodes\":{}}}", "- live - - - [] {}" },
  { "no id", "{\"identifier\":\"OPS-1\"}", NULL },
};

static void
test_records (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      const RecordCase *c = &record_cases[i];
      g_autoptr (JsonNode) node = incident_parse (c->issue);
      g_autoptr (DdIncident) incident = dd_linear_read_issue (json_node_get_object (node));
      g_autofree char *text = incident != NULL ? incident_describe (incident) : NULL;

      g_test_message ("%s", c->name);
      g_assert_cmpstr (text, ==, c->expected);
      if (incident != NULL)
        g_assert_cmpint (incident->kind, ==, DD_INCIDENT_ISSUE);
    }
}

static void
test_hostile_title (void)
{
  g_autoptr (JsonNode) node = incident_parse ("{\"id\":\"1\",\"title\":\"<b>a</b> | \\u202eback \\u0007 数据库 🐢 \\\"x\\\"\\n2\"}");
  g_autoptr (DdIncident) incident = dd_linear_read_issue (json_node_get_object (node));

  g_assert_cmpstr (incident->title, ==, "<b>a</b> | \u202e" "back \a 数据库 🐢 \"x\"\n2");
}

/* ---- syncs ---- */

static void
fixture_init (IncidentFixture *f)
{
  incident_fixture_init (f, "linear", "/graphql", dd_linear_new);
}

static void
test_pages (void)
{
  IncidentFixture f;
  const DdTestReply first = { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z") "," ISSUE ("2", "2026-11-18T10:00:00Z"), MORE ("c1")) };
  const DdTestReply second = { .body = PAGE ("null," ISSUE ("1", "2026-03-01T09:00:00Z"), LAST) };
  const DdTestReply nothing_new = { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), LAST) };

  fixture_init (&f);
  dd_test_server_add (f.server, "*\"after\":\"c1\"*", &second, 1);
  dd_test_server_add (f.server, "*2026-01-01T00:00:00Z*", &first, 1);
  dd_test_server_add (f.server, "*", &nothing_new, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_cmpuint (incident_fixture_count (&f), ==, 3);
  incident_fixture_assert_requests (&f, 2);
  g_assert_nonnull (strstr (incident_fixture_request (&f, 0)->body, "{\"first\":250,\"filter\":{\"updatedAt\":{\"gte\":\"2026-01-01T00:00:00Z\"}}}"));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 0)->body, "orderBy: updatedAt, includeArchived: true"));
  /* The next one asks for what changed since, and a little before. */
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 3);
  g_assert_nonnull (strstr (incident_fixture_request (&f, 2)->body, "{\"gt\":\"2026-11-19T09:55:00Z\"}"));
  /* Asked for all, it asks for all. */
  f.full = TRUE;
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 5);
  incident_fixture_clear (&f);
}

/* Older ones are asked for alone. */
static void
test_goes_further_down (void)
{
  IncidentFixture f;
  const DdTestReply newer = { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), LAST) };
  const DdTestReply older = { .body = PAGE (ISSUE ("1", "2025-12-01T09:00:00Z"), LAST) };

  fixture_init (&f);
  dd_test_server_add (f.server, "*2025-10-03*", &older, 1);
  dd_test_server_add (f.server, "*", &newer, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  f.since = FIXTURE_SINCE - 90 * DD_DAY;
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 2);
  g_assert_nonnull (strstr (incident_fixture_request (&f, 1)->body,
                            "{\"updatedAt\":{\"gte\":\"2025-10-03T00:00:00Z\",\"lt\":\"2026-01-01T00:00:00Z\"}}"));
  g_assert_cmpuint (incident_fixture_count (&f), ==, 2);
  /* What is known then is known. */
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 3);
  g_assert_nonnull (strstr (incident_fixture_request (&f, 2)->body, "{\"gt\":\"2026-11-19T09:55:00Z\"}"));
  incident_fixture_clear (&f);
}

static void
test_resumes (void)
{
  IncidentFixture f;
  const DdTestReply first = { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), MORE ("c1")) };
  const DdTestReply second[] = { { .status = 401 }, { .body = PAGE (ISSUE ("1", "2026-03-01T09:00:00Z"), LAST) } };

  fixture_init (&f);
  dd_test_server_add (f.server, "*\"after\":\"c1\"*", second, 2);
  dd_test_server_add (f.server, "*", &first, 1);
  incident_fixture_assert_fails (&f, DD_ERROR_AUTH, "Linear");
  g_assert_cmpuint (incident_fixture_count (&f), ==, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_cmpuint (incident_fixture_count (&f), ==, 2);
  incident_fixture_assert_requests (&f, 3);
  /* What the first part saw is where the next sync begins. */
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 3)->body, "{\"gt\":\"2026-11-19T09:55:00Z\"}"));
  incident_fixture_clear (&f);
}

static void
test_begins_again (void)
{
  static const struct
  {
    const char *name;
    gint64      later;
    guint       requests; /* of the second sync */
  } cases[] = {
    { "the page is known no more", 0, 2 },
    { "it is more than a day ago", DD_DAY + DD_SECOND, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IncidentFixture f;
      const DdTestReply first[] = {
        { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), MORE ("c1")) }, { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), LAST) },
      };
      const DdTestReply gone = { .status = 400, .body = FAILED ("\"code\":\"INVALID_INPUT\"", "Cursor not found") };

      g_test_message ("%s", cases[i].name);
      fixture_init (&f);
      dd_test_server_add (f.server, "*\"after\":\"c1\"*", &gone, 1);
      dd_test_server_add (f.server, "*", first, 2);
      incident_fixture_assert_fails (&f, DD_ERROR_BAD_REPLY, "Cursor not found");
      f.sink->now += cases[i].later;
      g_assert_no_error (incident_fixture_sync (&f));
      incident_fixture_assert_requests (&f, 2 + cases[i].requests);
      incident_fixture_clear (&f);
    }
}

static void
test_teams (void)
{
  static char *ops[] = { (char *) "OPS", NULL }, *both[] = { (char *) "OPS", (char *) "Web \"shop\"", NULL };
  IncidentFixture f;
  const DdTestReply page = { .body = PAGE (ISSUE ("3", "2026-11-19T10:00:00Z"), LAST) };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &page, 1);
  g_strfreev (f.settings->teams);
  f.settings->teams = g_strdupv (ops);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 0)->body,
                            "\"team\":{\"or\":[{\"key\":{\"in\":[\"OPS\"]}},{\"name\":{\"in\":[\"OPS\"]}}]}"));
  /* Another team has a past that was not fetched yet. */
  g_strfreev (f.settings->teams);
  f.settings->teams = g_strdupv (both);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 1)->body, "{\"gte\":\"2026-01-01T00:00:00Z\"}"));
  g_assert_nonnull (strstr (incident_fixture_request (&f, 1)->body, "[\"OPS\",\"Web \\\"shop\\\"\"]"));
  incident_fixture_clear (&f);
}

static void
test_authorization (void)
{
  static const struct
  {
    const char *token;
    const char *header;
  } cases[] = { { "lin_api_abc", "lin_api_abc" }, { "lin_oauth_abc", "Bearer lin_oauth_abc" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      IncidentFixture f;
      const DdTestReply page = { .body = PAGE ("", LAST) };

      fixture_init (&f);
      dd_test_server_add (f.server, "*", &page, 1);
      f.token = cases[i].token;
      g_assert_no_error (incident_fixture_sync (&f));
      g_assert_cmpstr (dd_test_server_last_header (f.server, "authorization"), ==, cases[i].header);
      incident_fixture_clear (&f);
    }
}

/* ---- limits and failures ---- */

typedef struct
{
  const char *name;
  DdTestReply reply;    /* "%ld" in its headers: 50 ms from now in ms */
  int         code;     /* -1: succeeds with the second request */
  const char *sentence;
} FailureCase;

#define LIMIT FAILED ("\"code\":\"RATELIMITED\",\"type\":\"ratelimited\"", "Rate limit exceeded")
#define FAR "9999999999999"

static const FailureCase failure_cases[] = {
  { "limit of requests", { .status = 400, .body = LIMIT, .headers = "X-RateLimit-Requests-Remaining: 0\nX-RateLimit-Requests-Reset: %ld\n"
                           "X-RateLimit-Complexity-Reset: " FAR }, -1 },
  { "limit of complexity", { .status = 400, .body = LIMIT, .headers = "X-RateLimit-Requests-Remaining: 4000\n"
                             "X-RateLimit-Requests-Reset: " FAR "\nX-RateLimit-Complexity-Reset: %ld" }, -1 },
  { "limit with Retry-After", { .status = 400, .body = LIMIT, .headers = "Retry-After: 0\nX-RateLimit-Requests-Reset: " FAR }, -1 },
  { "limit as of HTTP", { .status = 429, .headers = "X-RateLimit-Requests-Reset: %ld" }, -1 },
  { "limit that lasts", { .status = 400, .body = LIMIT, .headers = "X-RateLimit-Requests-Reset: " FAR }, DD_ERROR_RATE_LIMITED,
    "Linear’s limit is reached until" },
  { "key refused", { .status = 401, .body = FAILED ("\"type\":\"authentication error\",\"userPresentableMessage\":\"You need to authenticate.\"",
                                                    "not authenticated") },
    DD_ERROR_AUTH, "“You need to authenticate.”" },
  { "key as bearer", { .status = 400, .body = FAILED ("\"type\":\"invalid input\"", "Remove the Bearer prefix") }, DD_ERROR_BAD_REPLY,
    "Remove the Bearer prefix" },
  { "forbidden", { .body = FAILED ("\"type\":\"forbidden\"", "No") }, DD_ERROR_PERMISSION, "read" },
  { "quoted token", { .body = FAILED ("\"code\":\"AUTHENTICATION_ERROR\"", "lin_api_0123456789abcdef\\nis\\u0007 wrong") }, DD_ERROR_AUTH,
    "“… is  wrong”" },
  { "half of the data", { .body = "{\"data\":{\"issues\":null},\"errors\":[{\"message\":\"Entity not found: Issue\","
                                  "\"extensions\":{\"type\":\"invalid input\"}}]}" }, DD_ERROR_BAD_REPLY, "Entity not found: Issue" },
  { "passing trouble", { .body = FAILED ("\"type\":\"lock timeout\"", "try again") }, -1 },
  { "in trouble", { .status = 502, .body = "<html>Bad gateway</html>" }, -1 },
  { "page that is none", { .body = "{\"data\":{\"issues\":null}}" }, DD_ERROR_BAD_REPLY, "without the issues" },
  { "page of another service", { .body = "[]" }, DD_ERROR_BAD_REPLY, "without the issues" },
  { "page without its end", { .body = "{\"data\":{\"issues\":{\"nodes\":[]}}}" }, DD_ERROR_BAD_REPLY, "goes on" },
  { "end without a cursor", { .body = PAGE ("", "{\"hasNextPage\":true,\"endCursor\":null}") }, DD_ERROR_BAD_REPLY, "goes on" },
  { "errors that are none", { .body = "{\"data\":{\"issues\":null},\"errors\":[null]}" }, DD_ERROR_BAD_REPLY, "without the issues" },
};

static void
test_failure (gconstpointer data)
{
  const FailureCase *c = data;
  IncidentFixture f;
  g_autofree char *soon = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / 1000 + 50);
  g_auto (GStrv) parts = g_strsplit (c->reply.headers != NULL ? c->reply.headers : "", "%ld", -1);
  g_autofree char *headers = g_strjoinv (soon, parts);
  DdTestReply replies[] = { c->reply, { .body = PAGE (ISSUE ("1", "2026-03-01T09:00:00Z"), LAST) } };

  fixture_init (&f);
  replies[0].headers = headers;
  dd_test_server_add (f.server, "*", replies, 2);
  if (c->code >= 0)
    {
      incident_fixture_assert_fails (&f, c->code, c->sentence);
      incident_fixture_assert_requests (&f, 1);
      g_assert_cmpuint (g_hash_table_size (f.sink->cursors), ==, 0);
    }
  else
    {
      g_assert_no_error (incident_fixture_sync (&f));
      incident_fixture_assert_requests (&f, 2);
      g_assert_cmpuint (incident_fixture_count (&f), ==, 1);
    }
  incident_fixture_clear (&f);
}

static void
test_no_end (void)
{
  IncidentFixture f;
  const DdTestReply page = { .body = PAGE (ISSUE ("1", "2026-03-01T09:00:00Z"), MORE ("c1")) };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &page, 1);
  incident_fixture_assert_fails (&f, DD_ERROR_BAD_REPLY, "goes on");
  incident_fixture_assert_requests (&f, 2);
  incident_fixture_clear (&f);
}

/* ---- checks ---- */

static void
test_check (void)
{
  static char *teams[] = { (char *) "OPS", (char *) "Web shop", (char *) "NONE", NULL };
  IncidentFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSourceCheck) check = NULL;
  const DdTestReply reply = {
    .body = "{\"data\":{\"viewer\":{\"name\":\"Mara\"},\"organization\":{\"name\":\"Acme\"},\"teams\":{\"pageInfo\":{\"hasNextPage\":false},"
            "\"nodes\":[{\"key\":\"OPS\",\"name\":\"Operations\"},null,{\"key\":\"WEB\",\"name\":\"Web shop\"}]}}}",
  };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &reply, 1);
  g_strfreev (f.settings->teams);
  f.settings->teams = g_strdupv (teams);
  check = incident_fixture_check (&f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check->who, ==, "Mara");
  g_assert_cmpstr (check->detail, ==, "Workspace Acme");
  g_assert_cmpuint (check->missing->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (check->missing, 0), "“NONE”"));
  incident_fixture_clear (&f);
}

static void
test_check_refused (void)
{
  IncidentFixture f;
  g_autoptr (GError) error = NULL;
  const DdTestReply reply = { .status = 401, .body = FAILED ("\"type\":\"authentication error\"", "not authenticated") };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &reply, 1);
  g_assert_null (incident_fixture_check (&f, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_AUTH);
  incident_fixture_clear (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/linear/records", test_records);
  g_test_add_func ("/linear/hostile-title", test_hostile_title);
  g_test_add_func ("/linear/pages", test_pages);
  g_test_add_func ("/linear/further-down", test_goes_further_down);
  g_test_add_func ("/linear/resumes", test_resumes);
  g_test_add_func ("/linear/begins-again", test_begins_again);
  g_test_add_func ("/linear/teams", test_teams);
  g_test_add_func ("/linear/authorization", test_authorization);
  for (gsize i = 0; i < G_N_ELEMENTS (failure_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/linear/failure/", failure_cases[i].name, NULL);

      g_test_add_data_func (path, &failure_cases[i], test_failure);
    }
  g_test_add_func ("/linear/no-end", test_no_end);
  g_test_add_func ("/linear/check", test_check);
  g_test_add_func ("/linear/check-refused", test_check_refused);
  return g_test_run ();
}
