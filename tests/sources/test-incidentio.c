/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-incidentio-records.h"
#include "dd-incidentio.h"
#include "incident-fixture.h"

#define INCIDENT(id, updated) "{\"id\":\"" id "\",\"created_at\":\"2026-03-01T09:00:00Z\",\"updated_at\":\"" updated "\"}"
#define PAGE(incidents, meta) "{\"incidents\":[" incidents "],\"pagination_meta\":" meta "}"
#define LAST "{\"page_size\":250,\"total_record_count\":3}"
#define STAMP(name, value) "{\"incident_timestamp\":{\"name\":\"" name "\"},\"value\":{\"value\":\"" value "\"}}"
#define FAILED(type, message) "{\"type\":\"" type "\",\"errors\":[{\"code\":\"x\",\"message\":\"" message "\"}]}"
#define CREATED "\"id\":\"1\",\"created_at\":\"2026-03-01T09:00:00Z\""

/* ---- records ---- */

typedef struct
{
  const char *name;
  const char *incident;
  const char *expected; /* NULL: no record */
} RecordCase;

static const RecordCase record_cases[] = {
  { "with timestamps",
    "{" CREATED ",\"reference\":\"INC-12\",\"permalink\":\"https://app.incident.io/12\",\"mode\":\"standard\","
    "\"severity\":{\"name\":\"Major\"},\"incident_status\":{\"category\":\"closed\"},\"incident_timestamp_values\":["
    STAMP ("Reported at", "2026-03-01T08:00:00Z") "," STAMP ("IMPACT STARTED at", "2026-03-01T08:30:00.25Z") ","
    STAMP ("Resolved at", "2026-03-01T10:00:00Z") "],\"duration_metrics\":[{\"status\":\"success\",\"value_seconds\":60}],"
    "\"external_issue_reference\":{\"issue_name\":\"OPS-3\",\"issue_permalink\":\"https://linear.app/a/issue/OPS-3\"}}",
    "INC-12 live 2026-03-01T08:30:00.250Z 2026-03-01T10:00:00Z Major [] {https://app.incident.io/12 https://linear.app/a/issue/OPS-3 OPS-3}" },
  { "with durations only",
    "{" CREATED ",\"duration_metrics\":[null,{\"status\":\"timestamps_missing\"},{\"status\":\"calculating\",\"value_seconds\":5},"
    "{\"status\":\"success\",\"value_seconds\":90.5}]}", "- live 2026-03-01T09:00:00Z 2026-03-01T09:01:30.500Z - [] {}" },
  { "durations that are none",
    "{" CREATED ",\"duration_metrics\":[{\"status\":\"success\",\"value_seconds\":-1},{\"status\":\"success\",\"value_seconds\":1e300},"
    "{\"status\":\"success\",\"value_seconds\":\"60\"}]}", "- live 2026-03-01T09:00:00Z - - [] {}" },
  { "timestamps without values",
    "{" CREATED ",\"incident_timestamp_values\":[{\"incident_timestamp\":{\"name\":\"Impact started\"}},{\"incident_timestamp\":"
    "{\"name\":\"Resolved\"},\"value\":null},null,{\"value\":{\"value\":\"2026-03-01T10:00:00Z\"}}," STAMP ("Resolved", "soon") "]}",
    "- live 2026-03-01T09:00:00Z - - [] {}" },
  { "test", "{" CREATED ",\"mode\":\"test\"}", "- test 2026-03-01T09:00:00Z - - [] {}" },
  { "tutorial", "{" CREATED ",\"mode\":\"tutorial\",\"incident_status\":{\"category\":\"declined\"}}", "- test 2026-03-01T09:00:00Z - - [] {}" },
  { "declined", "{" CREATED ",\"incident_status\":{\"category\":\"declined\"}}", "- cancelled 2026-03-01T09:00:00Z - - [] {}" },
  { "merged", "{" CREATED ",\"incident_status\":{\"category\":\"merged\"}}", "- cancelled 2026-03-01T09:00:00Z - - [] {}" },
  { "canceled", "{" CREATED ",\"incident_status\":{\"category\":\"canceled\"}}", "- cancelled 2026-03-01T09:00:00Z - - [] {}" },
  { "words of later days", "{" CREATED ",\"mode\":\"stream\",\"incident_status\":{\"category\":\"dreaming\"}}",
    "- live 2026-03-01T09:00:00Z - - [] {}" },
  { "nulls everywhere",
    "{\"id\":\"1\",\"reference\":null,\"name\":null,\"permalink\":null,\"created_at\":null,\"updated_at\":null,\"mode\":null,"
    "\"severity\":null,\"incident_status\":null,\"incident_timestamp_values\":null,\"duration_metrics\":[{\"status\":\"success\","
    "\"value_seconds\":60}],\"external_issue_reference\":null}", "- live - - - [] {}" },
  { "half of a reference", "{" CREATED ",\"external_issue_reference\":{\"issue_name\":\"OPS-3\",\"issue_permalink\":null}}",
    "- live 2026-03-01T09:00:00Z - - [] {OPS-3}" },
  { "no id", "{\"reference\":\"INC-1\"}", NULL },
};

static void
test_records (void)
{
  g_autoptr (DdSourceSettings) settings = dd_source_settings_new ("incidentio");

  for (gsize i = 0; i < G_N_ELEMENTS (record_cases); i++)
    {
      const RecordCase *c = &record_cases[i];
      g_autoptr (JsonNode) node = incident_parse (c->incident);
      g_autoptr (DdIncident) incident = dd_incidentio_read_incident (json_node_get_object (node), settings->started, settings->resolved);
      g_autofree char *text = incident != NULL ? incident_describe (incident) : NULL;

      g_test_message ("%s", c->name);
      g_assert_cmpstr (text, ==, c->expected);
      if (incident != NULL)
        g_assert_cmpint (incident->kind, ==, DD_INCIDENT_INCIDENT);
    }
}

/* Accounts name their own timestamps. */
static void
test_own_names (void)
{
  static char *started[] = { (char *) "", (char *) "störung", NULL }, *resolved[] = { (char *) "Behoben", (char *) "Fixed", NULL };
  g_autoptr (JsonNode) node = incident_parse ("{" CREATED ",\"incident_timestamp_values\":[" STAMP ("Other", "2026-03-01T07:00:00Z") ","
                                              STAMP ("STÖRUNG seit", "2026-03-01T08:00:00Z") "," STAMP ("fixed", "2026-03-01T08:10:00Z") "]}");
  g_autoptr (DdIncident) incident = dd_incidentio_read_incident (json_node_get_object (node), started, resolved);
  g_autofree char *text = incident_describe (incident);

  g_assert_cmpstr (text, ==, "- live 2026-03-01T08:00:00Z 2026-03-01T08:10:00Z - [] {}");
}

/* ---- syncs ---- */

static void
fixture_init (IncidentFixture *f)
{
  incident_fixture_init (f, "incidentio", "/", dd_incidentio_new);
}

static void
assert_asked (IncidentFixture *f,
              guint            n,
              const char      *text)
{
  g_autofree char *path = g_uri_unescape_string (incident_fixture_request (f, n)->path, NULL);

  if (strstr (path, text) == NULL)
    g_error ("“%s” does not ask for “%s”", path, text);
}

static void
test_pages (void)
{
  IncidentFixture f;
  const DdTestReply first = { .body = PAGE (INCIDENT ("1", "2026-11-19T23:10:00Z") "," INCIDENT ("2", "2026-11-18T10:00:00Z"),
                                            "{\"page_size\":2,\"after\":\"2&x\"}") };
  const DdTestReply second = { .body = PAGE ("null," INCIDENT ("3", "2026-03-01T09:00:00Z"), "{\"page_size\":2}") };
  const DdTestReply newer = { .body = PAGE (INCIDENT ("1", "2026-11-19T23:10:00Z"), "{\"page_size\":250,\"after\":\"1\"}") };

  fixture_init (&f);
  dd_test_server_add (f.server, "/v2/incidents*after=2%26x", &second, 1);
  dd_test_server_add (f.server, "/v2/incidents*created_at%5Bgte*", &first, 1);
  dd_test_server_add (f.server, "/v2/incidents*updated_at%5Bgte*", &newer, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  g_assert_cmpuint (incident_fixture_count (&f), ==, 3);
  incident_fixture_assert_requests (&f, 2);
  assert_asked (&f, 0, "page_size=250&created_at[gte]=2026-01-01");
  assert_asked (&f, 0, "sort_by=created_at_oldest_first");
  assert_asked (&f, 0, "mode[one_of]=standard&mode[one_of]=retrospective&mode[one_of]=test&mode[one_of]=tutorial");
  g_assert_cmpstr (dd_test_server_last_header (f.server, "authorization"), ==, "Bearer secret");
  /* A page that is shorter than it could be is the last one. */
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 3);
  assert_asked (&f, 2, "updated_at[gte]=2026-11-19");
  incident_fixture_clear (&f);
}

/* Older ones are asked for alone. */
static void
test_goes_further_down (void)
{
  IncidentFixture f;
  const DdTestReply older = { .body = PAGE (INCIDENT ("3", "2025-12-01T09:00:00Z"), "{\"page_size\":2}") };
  const DdTestReply newer = { .body = PAGE (INCIDENT ("1", "2026-11-19T23:10:00Z"), "{\"page_size\":250,\"after\":\"1\"}") };

  fixture_init (&f);
  dd_test_server_add (f.server, "/v2/incidents*2025-10-03*", &older, 1);
  dd_test_server_add (f.server, "/v2/incidents*", &newer, 1);
  g_assert_no_error (incident_fixture_sync (&f));
  f.since = FIXTURE_SINCE - 90 * DD_DAY;
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 2);
  assert_asked (&f, 1, "created_at[gte]=2025-10-03&created_at[lte]=2026-01-01");
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 3);
  assert_asked (&f, 2, "updated_at[gte]=2026-11-19");
  incident_fixture_clear (&f);
}

static void
test_resumes (void)
{
  IncidentFixture f;
  const DdTestReply first = { .body = PAGE (INCIDENT ("1", "2026-11-19T10:00:00Z"), "{\"page_size\":1,\"after\":\"1\"}") };
  const DdTestReply second[] = { { .status = 403, .body = FAILED ("x", "Not now") },
                                 { .status = 422, .body = FAILED ("validation_error", "after is not an incident") },
                                 { .body = PAGE (INCIDENT ("2", "2026-11-19T10:00:00Z"), "{\"page_size\":1}") } };

  fixture_init (&f);
  dd_test_server_add (f.server, "*after=1", second, 3);
  dd_test_server_add (f.server, "*", &first, 1);
  incident_fixture_assert_fails (&f, DD_ERROR_PERMISSION, "“Not now”");
  incident_fixture_assert_requests (&f, 2);
  /* The incident at which it was stopped is gone: it begins again. */
  g_assert_no_error (incident_fixture_sync (&f));
  incident_fixture_assert_requests (&f, 5);
  g_assert_cmpuint (incident_fixture_count (&f), ==, 2);
  incident_fixture_clear (&f);
}

/* ---- limits and failures ---- */

typedef struct
{
  const char *name;
  DdTestReply reply; /* "%s" in its body: a moment ago, as the service writes it */
  int         code;  /* -1: succeeds when asked again */
  const char *sentence;
} FailureCase;

static const FailureCase failure_cases[] = {
  { "limit", { .status = 429, .body = "{\"type\":\"too_many_requests\",\"rate_limit\":{\"retry_after\":\"%s\"}}" }, -1 },
  { "limit that lasts", { .status = 429, .body = "{\"rate_limit\":{\"retry_after\":\"Sat, 01 Jan 2135 00:00:00 UTC\"}}" },
    DD_ERROR_RATE_LIMITED, "incident.io’s limit is reached until" },
  { "limit of a server in between", { .status = 429, .body = "{}", .headers = "Retry-After: 0" }, -1 },
  { "key refused", { .status = 401, .body = FAILED ("authentication_error", "No authorization") }, DD_ERROR_AUTH, "incident.io" },
  { "right missing", { .status = 403, .body = FAILED ("authorization_error", "Needs viewer") }, DD_ERROR_PERMISSION, "“Needs viewer”" },
  { "request refused", { .status = 422, .body = FAILED ("validation_error", "page_size\\u0000 is\\nwrong") }, DD_ERROR_BAD_REPLY, "page_size" },
  { "errors that are none", { .status = 422, .body = "{\"errors\":[null]}" }, DD_ERROR_BAD_REPLY, "422" },
  { "in trouble", { .status = 503, .body = "<html>" }, -1 },
  { "connection lost", { .kind = DD_TEST_RESET }, -1 },
  { "another service", { .body = "{\"incidents\":{}}" }, DD_ERROR_BAD_REPLY, "without incidents" },
};

static void
test_failure (gconstpointer data)
{
  const FailureCase *c = data;
  IncidentFixture f;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC - 1);
  g_autofree char *ago = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S UTC");
  g_auto (GStrv) parts = g_strsplit (c->reply.body != NULL ? c->reply.body : "", "%s", -1);
  g_autofree char *body = g_strjoinv (ago, parts);
  DdTestReply replies[] = { c->reply, { .body = PAGE (INCIDENT ("1", "2026-03-01T09:00:00Z"), LAST) } };

  fixture_init (&f);
  replies[0].body = body;
  dd_test_server_add (f.server, "*", replies, 2);
  if (c->code >= 0)
    incident_fixture_assert_fails (&f, c->code, c->sentence);
  else
    {
      g_assert_no_error (incident_fixture_sync (&f));
      g_assert_cmpuint (incident_fixture_count (&f), ==, 1);
    }
  incident_fixture_clear (&f);
}

static void
test_no_end (void)
{
  IncidentFixture f;
  const DdTestReply page = { .body = PAGE (INCIDENT ("1", "2026-03-01T09:00:00Z"), "{\"page_size\":1,\"after\":\"1\"}") };

  fixture_init (&f);
  dd_test_server_add (f.server, "*", &page, 1);
  incident_fixture_assert_fails (&f, DD_ERROR_BAD_REPLY, "goes on");
  incident_fixture_assert_requests (&f, 2);
  incident_fixture_clear (&f);
}

/* ---- checks ---- */

typedef struct
{
  const char *name;
  DdTestReply identity;
  const char *who;
  const char *detail;
  guint       missing;
  guint       requests;
} CheckCase;

static const CheckCase check_cases[] = {
  { "viewer", { .body = "{\"identity\":{\"name\":\"DORA\",\"dashboard_url\":\"https://app.incident.io/acme\",\"roles\":[\"viewer\"]}}" },
    "API key “DORA”", "https://app.incident.io/acme", 0, 1 },
  { "other roles", { .body = "{\"identity\":{\"name\":\"DORA\",\"roles\":[null,7,\"catalog_viewer\"]}}" }, "API key “DORA”", NULL, 1, 1 },
  { "no such address", { .status = 404, .body = "{}" }, "an API key of incident.io", "3 incidents", 0, 2 },
  { "nulls", { .body = "{\"identity\":null}" }, "an API key of incident.io", NULL, 0, 1 },
};

static void
test_check (gconstpointer data)
{
  const CheckCase *c = data;
  IncidentFixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSourceCheck) check = NULL;
  const DdTestReply page = { .body = PAGE ("", LAST) };

  fixture_init (&f);
  dd_test_server_add (f.server, "/v1/identity", &c->identity, 1);
  dd_test_server_add (f.server, "/v2/incidents?page_size=1", &page, 1);
  check = incident_fixture_check (&f, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check->who, ==, c->who);
  g_assert_cmpstr (check->detail, ==, c->detail);
  g_assert_cmpuint (check->missing->len, ==, c->missing);
  incident_fixture_assert_requests (&f, c->requests);
  incident_fixture_clear (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incidentio/records", test_records);
  g_test_add_func ("/incidentio/own-names", test_own_names);
  g_test_add_func ("/incidentio/pages", test_pages);
  g_test_add_func ("/incidentio/further-down", test_goes_further_down);
  g_test_add_func ("/incidentio/resumes", test_resumes);
  for (gsize i = 0; i < G_N_ELEMENTS (failure_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/incidentio/failure/", failure_cases[i].name, NULL);

      g_test_add_data_func (path, &failure_cases[i], test_failure);
    }
  g_test_add_func ("/incidentio/no-end", test_no_end);
  for (gsize i = 0; i < G_N_ELEMENTS (check_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/incidentio/check/", check_cases[i].name, NULL);

      g_test_add_data_func (path, &check_cases[i], test_check);
    }
  return g_test_run ();
}
