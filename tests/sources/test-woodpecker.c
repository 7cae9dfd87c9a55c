/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-woodpecker.h"
#include "source-test.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * DD_SECOND)
#define PER_PAGE 50

/* A server with one repository, "shop", whose pipeline n was created n hours after the first. */
typedef struct
{
  TestServer    server;
  guint         pipelines;
  guint         running;       /* number of the one that has not finished; 0 for none */
  gboolean      old_names;     /* as before 3.0, without "after" */
  gboolean      null_lists;
  guint         fail_page;     /* answers 500 to this page */
  GCancellable *cancel;        /* cancelled with the second page */
} Fake;

typedef struct
{
  Fake              fake;
  DdSourceSettings *settings;
  DdHttp           *http;
  TestSink         *sink;
} Fixture;

static gint64
get_created (guint number)
{
  return NOW / DD_SECOND - 90 * 86400 + (gint64) number * 3600;
}

static void
add_pipeline (GString    *list,
              const Fake *fake,
              guint       number)
{
  const char *suffix = fake->old_names ? "_at" : "";
  gboolean running = number == fake->running;

  g_string_append_printf (list, "%s{\"id\":%u,\"number\":%u,\"event\":\"%s\",\"status\":\"%s\",\"created%s\":%" G_GINT64_FORMAT
                          ",\"finished%s\":%" G_GINT64_FORMAT ",\"commit\":\"c%u\",\"deploy_to\":\"\",\"errors\":null}",
                          list->len > 1 ? "," : "", number, number, number % 10 == 0 ? "pull_request" : "push",
                          running ? "running" : "success", suffix, get_created (number), suffix,
                          running ? 0 : get_created (number) + 60, number);
}

static TestAnswer
list_pipelines (Fake       *fake,
                GHashTable *query)
{
  guint page = (guint) g_ascii_strtoull (g_hash_table_lookup (query, "page"), NULL, 10);
  const char *after_text = g_hash_table_lookup (query, "after");
  GString *list = g_string_new ("[");
  gint64 after = G_MININT64;
  guint skip = (page - 1) * PER_PAGE, n = 0;

  g_assert_cmpstr (g_hash_table_lookup (query, "perPage"), ==, "50");
  g_assert_true (dd_time_parse (after_text, &after));
  if (page == fake->fail_page)
    return (TestAnswer) { .status = 500, .body = g_string_free (list, FALSE) };
  if (page == 2 && fake->cancel != NULL)
    g_cancellable_cancel (fake->cancel);
  for (guint number = fake->pipelines; number > 0; number--)
    {
      if (!fake->old_names && get_created (number) * DD_SECOND <= after)
        continue;
      if (n >= skip && n < skip + PER_PAGE)
        add_pipeline (list, fake, number);
      n++;
    }
  g_string_append (list, "]");
  if (list->len == 2 && fake->null_lists)
    g_string_assign (list, "null");
  return (TestAnswer) { .status = 200, .body = g_string_free (list, FALSE) };
}

static TestAnswer
answer (SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        const char        *body,
        gpointer           user_data)
{
  Fake *fake = user_data;
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                            "Authorization");
  const char *number;
  guint n;

  if (g_str_equal (path, "/version"))
    return (TestAnswer) { .status = 200, .body = g_strdup ("{\"source\":\"x\",\"version\":\"3.17.0\"}") };
  if (g_strcmp0 (authorization, "Bearer secret") != 0)
    return (TestAnswer) { .status = 401, .body = g_strdup ("User not authorized") };
  if (g_str_equal (path, "/api/user"))
    return (TestAnswer) { .status = 200, .body = g_strdup ("{\"id\":1,\"login\":\"mara\"}") };
  if (g_str_equal (path, "/api/user/repos"))
    return (TestAnswer) { .status = 200, .body = g_strdup (
        "[{\"id\":12,\"name\":\"shop\",\"full_name\":\"acme/shop\",\"active\":true,\"last_pipeline\":null},"
        "{\"id\":13,\"name\":\"idle\",\"full_name\":\"acme/idle\",\"active\":false},null,{\"id\":null}]") };
  if (g_str_equal (path, "/api/repos/12/pipelines"))
    return list_pipelines (fake, query);
  number = strrchr (path, '/') + 1;
  n = (guint) g_ascii_strtoull (number, NULL, 10);
  if (g_str_has_prefix (path, "/api/repos/12/pipelines/") && n >= 1 && n <= fake->pipelines)
    {
      GString *one = g_string_new ("");

      add_pipeline (one, fake, n);
      return (TestAnswer) { .status = 200, .body = g_string_free (one, FALSE) };
    }
  return (TestAnswer) { .status = 404, .body = g_strdup ("") };
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  test_server_start (&f->fake.server, answer, &f->fake);
  f->settings = dd_source_settings_new ("woodpecker");
  g_free (f->settings->url);
  f->settings->url = g_strconcat (f->fake.server.url, "/", NULL);
  f->http = test_http_new ();
  f->sink = test_sink_new (NOW);
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
run_sync (Fixture      *f,
          gint64        since,
          GCancellable *cancellable)
{
  DdSourceSetup setup = { .settings = f->settings, .http = f->http, .token = "secret", .since = since };
  DdSource *source = dd_woodpecker_new (&setup);
  GError *error;

  g_ptr_array_set_size (f->fake.server.requests, 0);
  error = test_sync (source, f->sink, cancellable);
  g_assert_finalize_object (source);
  return error;
}

static guint
count_deployments (Fixture *f)
{
  return g_hash_table_size (f->sink->deployments);
}

static void
test_all_pages (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->fake.pipelines = 120;
  error = run_sync (f, NOW - 365 * DD_DAY, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (count_deployments (f), ==, 108);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 4);
  g_assert_cmpuint (g_hash_table_size (f->sink->repositories), ==, 1);
  g_assert_cmpuint (f->sink->done, ==, 1);
  g_assert_cmpuint (f->sink->total, ==, 1);
}

/* Old servers ignore "after": what is too old is left out all the same. */
static void
test_since (Fixture      *f,
            gconstpointer data)
{
  gint64 since = get_created (101) * DD_SECOND;
  g_autoptr (GError) error = NULL;

  f->fake.pipelines = 180;
  f->fake.old_names = GPOINTER_TO_INT (data);
  error = run_sync (f, since, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (count_deployments (f), ==, 72);
  g_assert_cmpuint (f->fake.server.requests->len, ==, 3);
}

static void
test_unchanged (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->fake.pipelines = 120;
  f->fake.running = 119;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  error = run_sync (f, NOW - 365 * DD_DAY + DD_HOUR, NULL);
  g_assert_no_error (error);
  /* The running one is young enough to be in the list. */
  g_assert_cmpuint (f->fake.server.requests->len, ==, 2);
}

static void
test_unfinished (Fixture      *f,
                 gconstpointer data)
{
  DdDeployment *deployment;

  f->fake.pipelines = 120;
  f->fake.running = 5;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  deployment = g_hash_table_lookup (f->sink->deployments, "12/5");
  g_assert_cmpint (deployment->result, ==, DD_RESULT_RUNNING);

  f->fake.running = 0;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_assert_cmpuint (f->fake.server.requests->len, ==, 3);
  deployment = g_hash_table_lookup (f->sink->deployments, "12/5");
  g_assert_cmpint (deployment->result, ==, DD_RESULT_SUCCESS);
}

/* One that the server no longer has goes away and is no failure. */
static void
test_gone (Fixture      *f,
           gconstpointer data)
{
  f->fake.pipelines = 200;
  f->fake.running = 1;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_hash_table_insert (f->sink->deployments, g_strdup ("12/999"), g_new0 (DdDeployment, 1));
  ((DdDeployment *) g_hash_table_lookup (f->sink->deployments, "12/999"))->key = g_strdup ("12/999");
  ((DdDeployment *) g_hash_table_lookup (f->sink->deployments, "12/999"))->repository = g_strdup ("shop");
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_assert_false (g_hash_table_contains (f->sink->deployments, "12/999"));
  g_assert_true (g_hash_table_contains (f->sink->deployments, "12/1"));
}

static void
test_stopped (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  f->fake.pipelines = 240;
  f->fake.cancel = cancellable;
  error = run_sync (f, NOW - 365 * DD_DAY, cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_deployments (f), ==, 45);

  f->fake.cancel = NULL;
  f->fake.pipelines = 250;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_assert_cmpuint (count_deployments (f), ==, 225);
}

static void
test_failure_keeps_data (Fixture      *f,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->fake.pipelines = 120;
  f->fake.fail_page = 2;
  error = run_sync (f, NOW - 365 * DD_DAY, NULL);
  g_assert_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_assert_cmpuint (count_deployments (f), ==, 45);

  f->fake.fail_page = 0;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_assert_cmpuint (count_deployments (f), ==, 108);
}

static void
test_null_list (Fixture      *f,
                gconstpointer data)
{
  f->fake.null_lists = TRUE;
  g_assert_no_error (run_sync (f, NOW - 365 * DD_DAY, NULL));
  g_assert_cmpuint (count_deployments (f), ==, 0);
}

static void
test_wrong_token (Fixture      *f,
                  gconstpointer data)
{
  DdSourceSetup setup = { .settings = f->settings, .http = f->http, .token = "wrong", .since = NOW - DD_DAY };
  DdSource *source = dd_woodpecker_new (&setup);
  g_autoptr (GError) error = test_sync (source, f->sink, NULL);

  g_assert_error (error, DD_ERROR, DD_ERROR_AUTH);
  g_assert_null (strstr (error->message, "wrong"));
  g_assert_finalize_object (source);
}

#define ADD(name, data, func) g_test_add ("/woodpecker/" name, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("all-pages", NULL, test_all_pages);
  ADD ("since", GINT_TO_POINTER (FALSE), test_since);
  ADD ("since/older-server", GINT_TO_POINTER (TRUE), test_since);
  ADD ("unchanged", NULL, test_unchanged);
  ADD ("unfinished", NULL, test_unfinished);
  ADD ("gone", NULL, test_gone);
  ADD ("stopped", NULL, test_stopped);
  ADD ("failure-keeps-data", NULL, test_failure_keeps_data);
  ADD ("null-list", NULL, test_null_list);
  ADD ("wrong-token", NULL, test_wrong_token);
  return g_test_run ();
}
