/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-github.h"
#include "fake-github.h"

#define SINCE (FAKE_NOW - 365 * DD_DAY)
#define FORBIDDEN \
  "{'data':{'repository':{'deployments':null}},'errors':[{'type':'FORBIDDEN','path':['repository','deployments']}]}"

typedef struct
{
  FakeGithub        fake;
  DdSourceSettings *settings;
  DdHttp           *http;
  TestSink         *sink;
  gboolean          full;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  fake_github_start (&f->fake);
  f->settings = dd_source_settings_new ("github");
  g_free (f->settings->url);
  f->settings->url = g_strdup (f->fake.server.url);
  f->settings->organization = g_strdup ("acme");
  f->http = test_http_new ();
  f->sink = test_sink_new (FAKE_NOW);
  f->fake.repositories[0] = (FakeRepository) {
    .name = "shop", .environment = "production", .deployments = 230, .changes = 120, .commits = 250, .releases = 5
  };
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_assert_finalize_object (f->http);
  g_assert_finalize_object (f->sink);
  dd_source_settings_free (f->settings);
  test_server_stop (&f->fake.server);
}

static GError *
sync_since (Fixture      *f,
            gint64        since,
            GCancellable *cancellable)
{
  static const char * const environments[] = { "prod*", NULL };
  DdSourceSetup setup = {
    .settings = f->settings,
    .http = f->http,
    .token = "secret",
    .since = since,
    .full = f->full,
    .environments = environments,
  };
  DdSource *source = dd_github_new (&setup);
  GError *error;

  g_ptr_array_set_size (f->fake.server.requests, 0);
  error = test_sync (source, f->sink, cancellable);
  g_assert_finalize_object (source);
  return error;
}

static void
sync_all (Fixture *f)
{
  g_autoptr (GError) error = sync_since (f, SINCE, NULL);

  g_assert_no_error (error);
}

static guint
count_requests (Fixture    *f,
                const char *text)
{
  return test_server_count (&f->fake.server, text);
}

static void
assert_records (Fixture *f,
                guint    deployments,
                guint    changes,
                guint    commits)
{
  g_assert_cmpuint (g_hash_table_size (f->sink->deployments), ==, deployments);
  g_assert_cmpuint (g_hash_table_size (f->sink->changes), ==, changes);
  g_assert_cmpuint (g_hash_table_size (f->sink->commits), ==, commits);
}

static void
test_all_pages (Fixture      *f,
                gconstpointer data)
{
  DdRepository *repository;

  f->fake.repositories[1] = (FakeRepository) { .name = "old", .archived = TRUE, .commits = 3, .changes = 3 };
  f->fake.repositories[2] = (FakeRepository) { .name = "empty" };
  sync_all (f);
  assert_records (f, 230, 120, 250);
  g_assert_cmpuint (count_requests (f, "query Deployments("), ==, 3);
  g_assert_cmpuint (count_requests (f, "query Changes("), ==, 3);
  g_assert_cmpuint (count_requests (f, "query Commits("), ==, 3);
  /* It has deployments to production: releases stand for nothing. */
  g_assert_cmpuint (f->fake.server.requests->len, ==, 10);
  g_assert_cmpuint (g_hash_table_size (f->sink->repositories), ==, 2);
  repository = g_hash_table_lookup (f->sink->repositories, "shop");
  g_assert_cmpstr (repository->full_name, ==, "acme/shop");
  g_assert_cmpstr (repository->head, ==, "shop250");
  g_assert_cmpuint (f->sink->done, ==, 2);
  g_assert_cmpuint (f->sink->total, ==, 2);
}

static void
test_since (Fixture      *f,
            gconstpointer data)
{
  gint64 since = FAKE_NOW - 300 * DD_DAY + 101 * DD_HOUR;
  g_autoptr (GError) error = sync_since (f, since, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (f->sink->deployments), ==, 130);
  g_assert_cmpuint (g_hash_table_size (f->sink->changes), ==, 20);
  g_assert_cmpuint (count_requests (f, "query Changes("), ==, 1);

  /* A longer history is fetched when it is asked for. */
  sync_all (f);
  assert_records (f, 230, 120, 250);
}

static void
test_unchanged (Fixture      *f,
                gconstpointer data)
{
  f->fake.repositories[0].running = 17;
  f->fake.repositories[1] = (FakeRepository) { .name = "lib", .commits = 30, .changes = 30, .releases = 60 };
  f->fake.repositories[2] = (FakeRepository) { .name = "editor", .commits = 30, .tags = 50 };
  sync_all (f);
  sync_all (f);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 3);
  g_assert_cmpuint (f->sink->done, ==, 3);
}

static void
test_full (Fixture      *f,
           gconstpointer data)
{
  sync_all (f);
  f->full = TRUE;
  sync_all (f);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 10);
}

static void
test_few_new (Fixture      *f,
              gconstpointer data)
{
  FakeRepository *shop = &f->fake.repositories[0];

  sync_all (f);
  shop->deployments += 4;
  shop->changes += 3;
  sync_all (f);
  assert_records (f, 234, 123, 250);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 2);

  shop->commits += 5;
  sync_all (f);
  assert_records (f, 234, 123, 255);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 3);
}

/* More than one look takes: walks fetch them, down to what is known. */
static void
test_many_new (Fixture      *f,
               gconstpointer data)
{
  FakeRepository *shop = &f->fake.repositories[0];

  sync_all (f);
  shop->deployments += 120;
  shop->changes += 60;
  shop->commits += 110;
  sync_all (f);
  assert_records (f, 350, 180, 360);
  g_assert_cmpuint (count_requests (f, "query Deployments("), ==, 2);
  g_assert_cmpuint (count_requests (f, "query Changes("), ==, 2);
  g_assert_cmpuint (count_requests (f, "query Commits("), ==, 2);
}

static void
test_unfinished (Fixture      *f,
                 gconstpointer data)
{
  FakeRepository *shop = &f->fake.repositories[0];
  DdDeployment *deployment;

  shop->running = 17;
  sync_all (f);
  deployment = g_hash_table_lookup (f->sink->deployments, "DE_shop_17");
  g_assert_cmpint (deployment->result, ==, DD_RESULT_RUNNING);
  shop->running = 0;
  sync_all (f);
  deployment = g_hash_table_lookup (f->sink->deployments, "DE_shop_17");
  g_assert_cmpint (deployment->result, ==, DD_RESULT_SUCCESS);
  sync_all (f);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 2);
}

static void
test_gone (Fixture      *f,
           gconstpointer data)
{
  f->fake.repositories[0].running = 17;
  sync_all (f);
  f->fake.repositories[0].lost = 17;
  sync_all (f);
  assert_records (f, 229, 120, 250);
}

/* Stopped half-way: what was fetched stays, is not fetched again, and what came in since is not left out. */
static void
test_stopped (Fixture      *f,
              gconstpointer data)
{
  FakeRepository *shop = &f->fake.repositories[0];
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint again;

  shop->changes = 400;
  f->fake.cancel = cancellable;
  f->fake.cancel_at = "\"after\":\"201\"";
  error = sync_since (f, SINCE, cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (g_hash_table_size (f->sink->changes), >=, 200);

  f->fake.cancel = NULL;
  shop->changes += GPOINTER_TO_UINT (data);
  f->sink->now += DD_HOUR;
  sync_all (f);
  again = count_requests (f, "query Changes(");
  g_assert_cmpuint (again, <=, 6);
  assert_records (f, 230, 400 + GPOINTER_TO_UINT (data), 250);
}

static void
test_stopped_long_ago (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  f->fake.cancel = cancellable;
  f->fake.cancel_at = "\"after\":\"71\"";
  error = sync_since (f, SINCE, cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  f->fake.cancel = NULL;
  f->sink->now += 3 * DD_DAY;
  sync_all (f);
  g_assert_cmpuint (count_requests (f, "query Changes("), ==, 3);
  assert_records (f, 230, 120, 250);
}

/* A cursor that GitHub takes no more starts the list again. */
static void
test_bad_cursor (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  f->fake.cancel = cancellable;
  f->fake.cancel_at = "\"after\":\"71\"";
  error = sync_since (f, SINCE, cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  f->fake.cancel = NULL;
  f->fake.faults[0] = (FakeFault) {
    "\"after\":\"71\"", 1,
    { 200, (char *) "{'data':{'repository':null},'errors':[{'type':'INVALID_CURSOR_ARGUMENTS','message':'m'}]}", { NULL } }
  };
  sync_all (f);
  assert_records (f, 230, 120, 250);
}

static void
test_too_much_at_once (Fixture      *f,
                       gconstpointer data)
{
  f->fake.largest = 20;
  sync_all (f);
  assert_records (f, 230, 120, 250);
}

static void
test_bad_gateway (Fixture      *f,
                  gconstpointer data)
{
  f->fake.faults[0] = (FakeFault) { "query Changes(", 4, { 502, (char *) "<html>", { NULL } } };
  f->fake.faults[1] = (FakeFault) { "query Commits(", 3, { 504, (char *) "", { NULL } } };
  sync_all (f);
  assert_records (f, 230, 120, 250);
  g_assert_cmpuint (count_requests (f, "\"first\":12"), >, 0);
}

/* One that always fails says so, the others' data is kept, and the next sync completes it. */
static void
test_failure (Fixture      *f,
              gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *headers[4];
    int code;
    const char *says;
  } cases[] = {
    { 200, FORBIDDEN, { NULL }, DD_ERROR_PERMISSION, "Deployments: read" },
    { 500, "oh", { NULL }, DD_ERROR_UNAVAILABLE, "GitHub" },
    { 502, "", { NULL }, DD_ERROR_UNAVAILABLE, "GitHub" },
    { 200, "<html>", { NULL }, DD_ERROR_BAD_REPLY, "GitHub" },
    { 200, "{}", { NULL }, DD_ERROR_BAD_REPLY, "GitHub" },
    { 200, "{'data':{'repository':null}}", { NULL }, DD_ERROR_NOT_FOUND, "shop" },
    { 200, "{'data':{'repository':{'deployments':{}}}}", { NULL }, DD_ERROR_BAD_REPLY, "GitHub" },
    { 200, "{'data':{'repository':{'deployments':{'nodes':null,'pageInfo':null}}}}", { NULL }, DD_ERROR_BAD_REPLY, "GitHub" },
    { 403, "{'message':'API rate limit exceeded'}", { "Retry-After", "3600" }, DD_ERROR_RATE_LIMITED, "GitHub" },
    { 200, "{'errors':[{'type':'RATE_LIMIT'}]}", { "Retry-After", "3600" }, DD_ERROR_RATE_LIMITED, "GitHub" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_hash_table_remove_all (f->sink->cursors);
      g_hash_table_remove_all (f->sink->deployments);
      f->fake.faults[0] = (FakeFault) {
        "query Deployments(", G_MAXUINT,
        { cases[i].status, (char *) cases[i].body, { cases[i].headers[0], cases[i].headers[1] } }
      };
      error = sync_since (f, SINCE, NULL);
      g_assert_error (error, DD_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "secret"));
      assert_records (f, 0, 120, 250);

      f->fake.faults[0].text = NULL;
      sync_all (f);
      assert_records (f, 230, 120, 250);
    }
}

/* A token without the right to one list keeps the others up to date. */
static void
test_missing_right (Fixture      *f,
                    gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      f->fake.forbidden = TRUE;
      f->fake.faults[0] = (FakeFault) { "query Deployments(", G_MAXUINT, { 200, (char *) FORBIDDEN, { NULL } } };
      error = sync_since (f, SINCE, NULL);
      g_assert_error (error, DD_ERROR, DD_ERROR_PERMISSION);
      assert_records (f, 0, 120 + i * 5, 250);
      f->fake.repositories[0].changes += 5;
    }
  f->fake.forbidden = FALSE;
  f->fake.faults[0].text = NULL;
  sync_all (f);
  assert_records (f, 230, 130, 250);

  /* A right that is taken away later is told too. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      f->fake.forbidden = TRUE;
      f->fake.repositories[0].changes += 5;
      error = sync_since (f, SINCE, NULL);
      g_assert_error (error, DD_ERROR, DD_ERROR_PERMISSION);
      assert_records (f, 230, 135 + i * 5, 250);
    }
}

/* A short limit is waited for. */
static void
test_limit_passes (Fixture      *f,
                   gconstpointer data)
{
  f->fake.faults[0] = (FakeFault) {
    "query", 2, { 403, (char *) "{'message':'You have exceeded a secondary rate limit'}", { "Retry-After", "0" } }
  };
  sync_all (f);
  assert_records (f, 230, 120, 250);
}

static void
test_named (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_strfreev (f->settings->repositories);
  f->settings->repositories = g_strsplit ("acme/old,shop,acme/nowhere", ",", -1);
  f->fake.repositories[1] = (FakeRepository) { .name = "old", .archived = TRUE, .commits = 3, .changes = 3 };
  f->fake.repositories[2] = (FakeRepository) { .name = "other", .commits = 3, .changes = 3 };
  error = sync_since (f, SINCE, NULL);
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "acme/nowhere"));
  /* The others went on; an archived one that is named is read. */
  assert_records (f, 230, 123, 253);
}

static void
test_excluded (Fixture      *f,
               gconstpointer data)
{
  g_strfreev (f->settings->exclude);
  f->settings->exclude = g_strsplit ("SHOP*", ",", -1);
  sync_all (f);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 1);
}

static void
test_no_such_organization (Fixture      *f,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_free (f->settings->organization);
  f->settings->organization = g_strdup ("acne");
  error = sync_since (f, SINCE, NULL);
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "acne"));
}

static guint
count_kind (Fixture         *f,
            DdDeploymentKind kind)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, f->sink->deployments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += ((DdDeployment *) value)->kind == kind;
  return n;
}

/* Without deployments to production releases stand for them, without releases tags do; and a setting stands above that. */
static void
test_stand_ins (Fixture      *f,
                gconstpointer data)
{
  static const struct
  {
    const char *environment;
    guint releases;
    guint tags;
    const char *from;
    guint expect_releases;
    guint expect_tags;
  } cases[] = {
    { "production", 90, 90, NULL, 0, 0 },
    { "staging", 90, 90, NULL, 60, 0 },
    { "staging", 0, 90, NULL, 0, 45 },
    { "staging", 0, 0, NULL, 0, 0 },
    { "production", 90, 90, "releases", 60, 0 },
    { "production", 90, 90, "tags", 0, 45 },
    { "staging", 90, 90, "woodpecker", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FakeRepository *shop = &f->fake.repositories[0];

      g_test_message ("%u", i);
      g_hash_table_remove_all (f->sink->cursors);
      g_hash_table_remove_all (f->sink->deployments);
      g_hash_table_remove_all (f->settings->deployments_from);
      shop->environment = cases[i].environment;
      shop->releases = cases[i].releases;
      shop->tags = cases[i].tags;
      if (cases[i].from != NULL)
        g_hash_table_insert (f->settings->deployments_from, g_strdup ("shop"), g_strdup (cases[i].from));
      sync_all (f);
      g_assert_cmpuint (count_kind (f, DD_KIND_RELEASE), ==, cases[i].expect_releases);
      g_assert_cmpuint (count_kind (f, DD_KIND_TAG), ==, cases[i].expect_tags);

      /* New ones are found without a walk. */
      shop->releases += cases[i].releases > 0 ? 6 : 0;
      shop->tags += cases[i].tags > 0 ? 6 : 0;
      sync_all (f);
      g_assert_cmpuint (f->fake.server.requests->len, ==, 2);
      g_assert_cmpuint (count_kind (f, DD_KIND_RELEASE), ==, cases[i].expect_releases + (cases[i].expect_releases > 0 ? 4 : 0));
      g_assert_cmpuint (count_kind (f, DD_KIND_TAG), ==, cases[i].expect_tags + (cases[i].expect_tags > 0 ? 3 : 0));
      shop->releases = shop->tags = 0;
    }
}

/* Runs are listed in slices below 1,000, and not at all while nothing changes. */
static void
test_workflow (Fixture      *f,
               gconstpointer data)
{
  f->fake.repositories[0].runs = 2500;
  g_hash_table_insert (f->settings->deployments_from, g_strdup ("shop"), g_strdup ("workflow:dep*"));
  sync_all (f);
  g_assert_cmpuint (count_kind (f, DD_KIND_WORKFLOW), ==, 1250);
  sync_all (f);
  sync_all (f);
  g_assert_cmpuint (count_requests (f, "/actions/runs"), ==, 1);
  g_assert_cmpuint (count_kind (f, DD_KIND_WORKFLOW), ==, 1250);
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_check (Fixture      *f,
            gconstpointer data)
{
  DdSourceSetup setup = { .settings = f->settings, .http = f->http, .token = "secret" };
  DdSource *source = dd_github_new (&setup);
  g_autoptr (DdSourceCheck) check = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_source_check_async (source, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  check = dd_source_check_finish (source, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check->who, ==, "Mara Lindqvist (maralind)");
  g_assert_nonnull (strstr (check->detail, "acme"));
  g_assert_cmpuint (check->missing->len, ==, 1);
  g_assert_nonnull (strstr (check->missing->pdata[0], "repo"));
  g_clear_object (&result);
  g_assert_finalize_object (source);
}

#define ADD(name, data, func) g_test_add ("/github/" name, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("all-pages", NULL, test_all_pages);
  ADD ("since", NULL, test_since);
  ADD ("unchanged", NULL, test_unchanged);
  ADD ("full", NULL, test_full);
  ADD ("few-new", NULL, test_few_new);
  ADD ("many-new", NULL, test_many_new);
  ADD ("unfinished", NULL, test_unfinished);
  ADD ("gone", NULL, test_gone);
  ADD ("stopped/unchanged", GUINT_TO_POINTER (0), test_stopped);
  ADD ("stopped/then-changed", GUINT_TO_POINTER (7), test_stopped);
  ADD ("stopped/long-ago", NULL, test_stopped_long_ago);
  ADD ("stopped/bad-cursor", NULL, test_bad_cursor);
  ADD ("too-much-at-once", NULL, test_too_much_at_once);
  ADD ("bad-gateway", NULL, test_bad_gateway);
  ADD ("failure", NULL, test_failure);
  ADD ("missing-right", NULL, test_missing_right);
  ADD ("limit-passes", NULL, test_limit_passes);
  ADD ("named", NULL, test_named);
  ADD ("excluded", NULL, test_excluded);
  ADD ("no-such-organization", NULL, test_no_such_organization);
  ADD ("stand-ins", NULL, test_stand_ins);
  ADD ("workflow", NULL, test_workflow);
  ADD ("check", NULL, test_check);
  return g_test_run ();
}
