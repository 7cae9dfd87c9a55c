/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-source-trial.h"
#include "dd-test-server.h"

#include <glib/gstdio.h>

#define VIEWER "{\"data\":{\"viewer\":{\"login\":\"mara\",\"name\":\"Mara\"},\"repositoryOwner\":{\"login\":\"nw\",\"repositories\":{\"totalCount\":2}}}}"
#define NODE(id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"nameWithOwner\":\"nw/" name "\",\"url\":\"https://x/" name "\"," \
                       "\"isArchived\":false,\"isDisabled\":false,\"isFork\":false,\"defaultBranchRef\":null}"
#define LIST "{\"data\":{\"repositoryOwner\":{\"repositories\":{\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}," \
             "\"nodes\":[" NODE ("1", "shop") "," NODE ("2", "api") "]}}}}"

typedef struct
{
  char             *database;
  DdEngine         *engine;
  DdTestServer     *server;
  DdSourceSettings *source;
  GAsyncResult     *result;
  gboolean          done;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->database = g_build_filename (g_get_user_data_dir (), "trial.db", NULL);
  fixture->engine = dd_engine_new (fixture->database);
  fixture->server = dd_test_server_new ();
  fixture->source = dd_source_settings_new ("github");
  g_free (fixture->source->url);
  fixture->source->url = g_strdup (fixture->server->url);
  fixture->source->organization = g_strdup ("nw");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->result);
  dd_source_settings_free (fixture->source);
  g_assert_finalize_object (fixture->engine);
  dd_test_server_free (fixture->server);
  g_unlink (fixture->database);
  g_free (fixture->database);
}

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
  fixture->done = TRUE;
}

static DdTokenCheck *
check (Fixture    *fixture,
       const char *token)
{
  g_autoptr (GError) error = NULL;
  DdTokenCheck *found;

  fixture->done = FALSE;
  dd_source_trial_check_async (fixture->engine, NULL, fixture->source, token, NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  found = dd_source_trial_check_finish (fixture->engine, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->type, ==, "github");
  g_assert_cmpstr (found->name, ==, "GitHub");
  return found;
}

static void
test_good (Fixture      *fixture,
           gconstpointer data)
{
  DdTestReply viewer = { .body = VIEWER };
  DdTestReply user = { .body = "{\"login\":\"mara\"}", .headers = "X-OAuth-Scopes: repo" };
  DdTokenCheck *found;

  dd_test_server_add (fixture->server, "/graphql", &viewer, 1);
  dd_test_server_add (fixture->server, "/user", &user, 1);
  found = check (fixture, "secret");
  g_assert_no_error (found->error);
  g_assert_cmpstr (found->who, ==, "Mara (mara)");
  g_assert_cmpstr (found->detail, ==, "Organization nw, 2 repositories");
  g_assert_cmpuint (found->missing->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (found->missing, 0), "read:org"));
  g_assert_cmpstr (dd_test_server_last_header (fixture->server, "authorization"), ==, "Bearer secret");
  dd_token_check_free (found);
}

/* Each is the check's own error: one sentence without the token. */
static void
test_bad (Fixture      *fixture,
          gconstpointer data)
{
  static const struct
  {
    const char *url; /* NULL: the server's */
    const char *token;
    guint       status;
    int         code;
    guint       requests;
  } cases[] = {
    { NULL, "secret", 401, DD_ERROR_AUTH, 1 },
    { NULL, NULL, 200, DD_ERROR_AUTH, 0 },
    { "http://git.example.com/api/v3", "secret", 200, DD_ERROR_INVALID, 0 },
    { "nonsense", "secret", 200, DD_ERROR_INVALID, 0 },
    { "", "secret", 200, DD_ERROR_INVALID, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdTestReply reply = { .status = cases[i].status, .body = "{\"message\":\"Bad credentials\"}" };
      DdTokenCheck *found;
      guint before = fixture->server->requests->len;

      dd_test_server_add (fixture->server, "*", &reply, 1);
      g_free (fixture->source->url);
      fixture->source->url = g_strdup (cases[i].url != NULL ? cases[i].url : fixture->server->url);
      found = check (fixture, cases[i].token);
      g_assert_error (found->error, DD_ERROR, cases[i].code);
      g_assert_null (strstr (found->error->message, "secret"));
      g_assert_cmpuint (fixture->server->requests->len - before, ==, cases[i].requests);
      dd_token_check_free (found);
    }
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  DdTestReply reply = { .kind = DD_TEST_HANG };

  dd_test_server_add (fixture->server, "*", &reply, 1);
  dd_source_trial_check_async (fixture->engine, NULL, fixture->source, "secret", cancellable, ready_cb, fixture);
  g_cancellable_cancel (cancellable);
  dd_test_wait (&fixture->done);
  g_assert_null (dd_source_trial_check_finish (fixture->engine, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* All that a sync would take, with those that are excluded, and nothing but the list is asked for. */
static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  DdTestReply reply = { .body = LIST };

  g_strfreev (fixture->source->exclude);
  fixture->source->exclude = g_strsplit ("sh*", ",", -1);
  dd_test_server_add (fixture->server, "/graphql", &reply, 1);
  dd_source_trial_list_async (fixture->engine, NULL, fixture->source, "secret", NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  names = dd_source_trial_list_finish (fixture->engine, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "api");
  g_assert_cmpstr (g_ptr_array_index (names, 1), ==, "shop");
  g_assert_cmpuint (fixture->server->requests->len, ==, 1);
}

static void
test_list_failed (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DdTestReply reply = { .status = 401, .body = "{}" };

  dd_test_server_add (fixture->server, "*", &reply, 1);
  dd_source_trial_list_async (fixture->engine, NULL, fixture->source, "secret", NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  g_assert_null (dd_source_trial_list_finish (fixture->engine, fixture->result, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_AUTH);
}

static void
test_session_token (Fixture      *fixture,
                    gconstpointer data)
{
  DdTestReply viewer = { .body = VIEWER };
  DdTokenCheck *found;

  dd_test_server_add (fixture->server, "*", &viewer, 1);
  dd_source_trial_keep_for_session ("Northwind", "github", "of this session");
  dd_source_trial_check_async (fixture->engine, "Northwind", fixture->source, NULL, NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  found = dd_source_trial_check_finish (fixture->engine, fixture->result, NULL);
  g_assert_no_error (found->error);
  g_assert_cmpstr (dd_test_server_last_header (fixture->server, "authorization"), ==, "Bearer of this session");
  dd_token_check_free (found);
  dd_source_trial_keep_for_session ("Northwind", "github", NULL);
}

static void
test_copy (void)
{
  g_autoptr (DdSourceSettings) source = dd_source_settings_new ("woodpecker");
  g_autoptr (DdSourceSettings) copy = NULL;

  g_hash_table_insert (source->deployments_from, g_strdup ("shop"), g_strdup ("tags"));
  source->events = g_strsplit ("push,tag", ",", -1);
  source->count_errors = TRUE;
  copy = dd_source_trial_copy (source);
  g_assert_cmpstr (copy->type, ==, "woodpecker");
  g_assert_true (copy->type != source->type);
  g_assert_cmpstr (copy->events[1], ==, "tag");
  g_assert_true (copy->count_errors);
  g_assert_cmpstr (g_hash_table_lookup (copy->deployments_from, "shop"), ==, "tags");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv ("GITHUB_TOKEN");
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/source-trial/good", test_good);
  ADD ("/source-trial/bad", test_bad);
  ADD ("/source-trial/cancelled", test_cancelled);
  ADD ("/source-trial/list", test_list);
  ADD ("/source-trial/list-failed", test_list_failed);
  ADD ("/source-trial/session-token", test_session_token);
  g_test_add_func ("/source-trial/copy", test_copy);
  return g_test_run ();
}
