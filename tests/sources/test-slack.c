/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-slack.h"
#include "dd-test-server.h"
#include "dd-time.h"

#define PATH "/services/T000/B000/s3cret"

typedef struct
{
  gboolean done;
  gboolean ok;
  GError  *error;
} Answer;

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->ok = dd_slack_post_finish (result, &answer->error);
  answer->done = TRUE;
}

static DdHttp *
make_http (void)
{
  DdHttpOptions options = { .max_per_host = 2, .attempts = 3, .backoff = 1000, .longest_wait = 2 * DD_SECOND, .patience = 1 };

  return dd_http_new (&options);
}

/* What Slack answers, and what the user reads. */
typedef struct
{
  const char *name;
  DdTestReply replies[2];
  guint       requests;
  int         code; /* -1: posted */
  const char *message;
} PostCase;

static const PostCase post_cases[] = {
  { "ok", { { .body = "ok" } }, 1, -1, NULL },
  { "ok-after-limit", { { .status = 429, .headers = "Retry-After: 1" }, { .body = "ok" } }, 2, -1, NULL },
  { "limit-too-long", { { .status = 429, .headers = "Retry-After: 600" } }, 1, DD_ERROR_RATE_LIMITED, "limit is reached until" },
  { "no-service", { { .status = 404, .body = "no_service" } }, 1, DD_ERROR_AUTH, "does not know this webhook" },
  { "no-team", { { .status = 404, .body = "no_team" } }, 1, DD_ERROR_AUTH, "does not know this webhook" },
  { "invalid-token", { { .status = 403, .body = "invalid_token" } }, 1, DD_ERROR_AUTH, "does not know this webhook" },
  { "no-hooks", { { .status = 404, .body = "no_active_hooks" } }, 1, DD_ERROR_AUTH, "switched off" },
  { "team-disabled", { { .status = 403, .body = "team_disabled" } }, 1, DD_ERROR_AUTH, "closed" },
  { "archived", { { .status = 410, .body = "channel_is_archived" } }, 1, DD_ERROR_NOT_FOUND, "archived" },
  { "no-channel", { { .status = 404, .body = "channel_not_found\n" } }, 1, DD_ERROR_NOT_FOUND, "channel" },
  { "no-user", { { .status = 400, .body = "user_not_found" } }, 1, DD_ERROR_NOT_FOUND, "person" },
  { "prohibited", { { .status = 403, .body = "action_prohibited" } }, 1, DD_ERROR_PERMISSION, "administrator" },
  { "general", { { .status = 403, .body = "posting_to_general_channel_denied" } }, 1, DD_ERROR_PERMISSION, "administrator" },
  { "payload", { { .status = 400, .body = "invalid_payload" } }, 1, DD_ERROR_BAD_REPLY, "does not understand" },
  { "blocks", { { .status = 400, .body = "invalid_blocks" } }, 1, DD_ERROR_BAD_REPLY, "does not understand" },
  { "unheard-of", { { .status = 400, .body = "brand_new_word" } }, 1, DD_ERROR_BAD_REPLY, "brand_new_word" },
  { "unheard-of-status", { { .status = 418 } }, 1, DD_ERROR_BAD_REPLY, "HTTP 418" },
  { "rollup", { { .status = 500, .body = "rollup_error" } }, 1, DD_ERROR_UNAVAILABLE, "may have" },
  { "unavailable", { { .status = 503, .headers = "Retry-After: 1" } }, 1, DD_ERROR_UNAVAILABLE, "may have" },
  { "html", { { .body = "<html>sign in</html>" } }, 1, DD_ERROR_BAD_REPLY, "proxy" },
  { "not-quite-ok", { { .body = "okay" } }, 1, DD_ERROR_BAD_REPLY, "proxy" },
  { "lost", { { .kind = DD_TEST_RESET } }, 1, DD_ERROR_UNAVAILABLE, "may have arrived" },
  { "redirect", { { .status = 307, .headers = "Location: /elsewhere" } }, 1, DD_ERROR_INVALID, "another address" },
};

static void
test_post (gconstpointer data)
{
  const PostCase *one = data;
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autofree char *webhook = g_strconcat (server->url, PATH, NULL);
  Answer answer = { 0 };
  DdTestRequest *came;

  dd_test_server_add (server, PATH, one->replies, one->requests);
  dd_slack_post_async (http, webhook, "{\"text\": \"Übersicht\"}", NULL, posted_cb, &answer);
  dd_test_wait (&answer.done);

  g_assert_cmpuint (server->requests->len, ==, one->requests);
  came = server->requests->pdata[0];
  g_assert_cmpstr (came->method, ==, "POST");
  g_assert_cmpstr (came->body, ==, "{\"text\": \"Übersicht\"}");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "content-type"), ==, "application/json");
  if (one->code < 0)
    {
      g_assert_no_error (answer.error);
      g_assert_true (answer.ok);
      return;
    }
  g_assert_false (answer.ok);
  g_assert_error (answer.error, DD_ERROR, one->code);
  g_assert_nonnull (strstr (answer.error->message, one->message));
  g_assert_null (strstr (answer.error->message, "s3cret"));
  g_clear_error (&answer.error);
}

/* The payload goes to Slack, or to a test on this machine, and to nobody else. */
static void
test_address (void)
{
  static const char * const addresses[] = {
    "http://hooks.slack.com/services/T/B/s3cret", "https://hooks.slack.com.example/services/T/B/s3cret",
    "https://example.com/hooks.slack.com/s3cret", "https://hooks.slack.com@example.com/s3cret",
    "https://hooks.slack.com:8443/services/T/B/s3cret", "http://10.0.0.1/s3cret", "ftp://hooks.slack.com/s3cret",
    "s3cret", "", NULL
  };
  g_autoptr (DdHttp) http = make_http ();

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      Answer answer = { 0 };

      g_test_message ("%s", addresses[i]);
      dd_slack_post_async (http, addresses[i], "{}", NULL, posted_cb, &answer);
      dd_test_wait (&answer.done);
      g_assert_error (answer.error, DD_ERROR, DD_ERROR_INVALID);
      g_assert_null (strstr (answer.error->message, "s3cret"));
      g_clear_error (&answer.error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (post_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/slack/post/", post_cases[i].name, NULL);

      g_test_add_data_func (path, &post_cases[i], test_post);
    }
  g_test_add_func ("/slack/address", test_address);
  return g_test_run ();
}
