/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-slack-file.h"
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
  { "limit-too-long", { { .status = 429, .headers = "Retry-After: 600" } }, 1, DD_ERROR_RATE_LIMITED, "600 seconds" },
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
  { "rollup", { { .status = 500, .body = "rollup_error" } }, 1, DD_ERROR_UNCONFIRMED, "may have" },
  { "unavailable", { { .status = 503, .headers = "Retry-After: 1" } }, 1, DD_ERROR_UNCONFIRMED, "may have" },
  { "html", { { .body = "<html>sign in</html>" } }, 1, DD_ERROR_UNCONFIRMED, "may have been posted" },
  { "not-quite-ok", { { .body = "okay" } }, 1, DD_ERROR_UNCONFIRMED, "may have been posted" },
  { "lost", { { .kind = DD_TEST_RESET } }, 1, DD_ERROR_UNCONFIRMED, "may have arrived" },
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

/* Where nobody listens, nothing was handed over. */
static void
test_nobody (void)
{
  g_autoptr (DdHttp) http = make_http ();
  Answer answer = { 0 };

  dd_slack_post_async (http, "http://127.0.0.1:1" PATH, "{}", NULL, posted_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_error (answer.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_clear_error (&answer.error);
}

/* Who gives up cannot call back what is on its way, and is told so. */
static void
test_given_up (void)
{
  static const DdTestReply reply = { .kind = DD_TEST_HANG };
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (GCancellable) before = g_cancellable_new (), meanwhile = g_cancellable_new ();
  g_autofree char *webhook = g_strconcat (server->url, PATH, NULL);
  Answer answer = { 0 };

  dd_test_server_add (server, PATH, &reply, 1);
  g_cancellable_cancel (before);
  dd_slack_post_async (http, webhook, "{}", before, posted_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  g_assert_cmpuint (server->requests->len, ==, 0);
  answer.done = FALSE;
  dd_slack_post_async (http, webhook, "{}", meanwhile, posted_cb, &answer);
  while (server->requests->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (meanwhile);
  dd_test_wait (&answer.done);
  g_assert_error (answer.error, DD_ERROR, DD_ERROR_UNCONFIRMED);
  g_clear_error (&answer.error);
}

/* ---- files ---- */

#define BYTES "%PDF-1.7\0\377rest"
#define REFUSED(word) "{ \"ok\": false, \"error\": \"" word "\" }"

typedef struct
{
  gboolean done;
  char    *id;
  GError  *error;
} Uploaded;

static void
uploaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Uploaded *uploaded = user_data;

  uploaded->id = dd_slack_upload_finish (result, &uploaded->error);
  uploaded->done = TRUE;
}

static void
shared_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->ok = dd_slack_share_finish (result, &answer->error);
  answer->done = TRUE;
}

/* A server that stands for Slack's Web API. */
static DdTestServer *
make_api (void)
{
  DdTestServer *server = dd_test_server_new ();
  g_autofree char *api = g_strconcat (server->url, "/api/", NULL);

  g_setenv ("SLACK_API_URL", api, TRUE);
  return server;
}

static void
upload (DdTestServer *server,
        Uploaded     *uploaded)
{
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (BYTES, sizeof BYTES - 1);

  dd_slack_upload_async (http, "xoxb-s3cret", "Wöche 46.pdf", bytes, NULL, uploaded_cb, uploaded);
  dd_test_wait (&uploaded->done);
}

static void
test_upload (void)
{
  g_autoptr (DdTestServer) server = make_api ();
  g_autofree char *body = g_strdup_printf ("{ \"ok\": true, \"upload_url\": \"%s/upload/1\", \"file_id\": \"F1\" }", server->url);
  DdTestReply place[] = { { .status = 429, .headers = "Retry-After: 0" }, { .body = body } };
  DdTestReply put[] = { { .status = 503 }, { .body = "OK" } };
  Uploaded uploaded = { 0 };
  DdTestRequest *came;

  dd_test_server_add (server, "/api/files.getUploadURLExternal", place, 2);
  dd_test_server_add (server, "/upload/1", put, 2);
  upload (server, &uploaded);
  g_assert_no_error (uploaded.error);
  g_assert_cmpstr (uploaded.id, ==, "F1");
  g_assert_cmpuint (server->requests->len, ==, 4);
  came = server->requests->pdata[0];
  g_assert_cmpstr (came->body, ==, "filename=W%C3%B6che%2046.pdf&length=14");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "content-type"), ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "authorization"), ==, "Bearer xoxb-s3cret");
  came = server->requests->pdata[3];
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "content-length"), ==, "14");
  g_assert_null (g_hash_table_lookup (came->headers, "authorization"));
  g_free (uploaded.id);
}

typedef struct
{
  const char *name;
  DdTestReply reply;
  int         code;
  const char *message;
} FileCase;

static const FileCase upload_cases[] = {
  { "scope", { .body = REFUSED ("missing_scope") }, DD_ERROR_PERMISSION, "files:write" },
  { "auth", { .body = REFUSED ("invalid_auth") }, DD_ERROR_AUTH, "give another" },
  { "unheard-of", { .body = REFUSED ("brand_new_word") }, DD_ERROR_BAD_REPLY, "“brand_new_word”" },
  { "hostile", { .body = REFUSED ("xoxb-s3cret <b>") }, DD_ERROR_BAD_REPLY, "refused the PDF; send" },
  { "gone", { .status = 404, .body = "nothing" }, DD_ERROR_BAD_REPLY, "refused the PDF" },
  { "limit", { .status = 429, .headers = "Retry-After: 600" }, DD_ERROR_RATE_LIMITED, "600 seconds" },
  { "nonsense", { .body = "<html>" }, DD_ERROR_UNAVAILABLE, "in trouble" },
  { "nowhere", { .body = "{ \"ok\": true }" }, DD_ERROR_BAD_REPLY, "where the PDF may go" },
  { "elsewhere", { .body = "{ \"ok\": true, \"file_id\": \"F1\", \"upload_url\": \"https://slack.com.example/x\" }" }, DD_ERROR_BAD_REPLY,
    "where the PDF may go" },
};

static void
test_upload_refused (gconstpointer data)
{
  const FileCase *one = data;
  g_autoptr (DdTestServer) server = make_api ();
  Uploaded uploaded = { 0 };

  dd_test_server_add (server, "/api/*", &one->reply, 1);
  upload (server, &uploaded);
  g_assert_null (uploaded.id);
  g_assert_error (uploaded.error, DD_ERROR, one->code);
  g_assert_nonnull (strstr (uploaded.error->message, one->message));
  g_assert_null (strstr (uploaded.error->message, "s3cret"));
  g_clear_error (&uploaded.error);
}

static const FileCase share_cases[] = {
  { "ok", { .body = "{ \"ok\": true, \"files\": [] }" }, -1, NULL },
  { "not-in-channel", { .body = REFUSED ("not_in_channel") }, DD_ERROR_PERMISSION, "invite" },
  { "no-channel", { .body = REFUSED ("channel_not_found") }, DD_ERROR_NOT_FOUND, "ID" },
  { "archived", { .body = REFUSED ("is_archived") }, DD_ERROR_NOT_FOUND, "archived" },
  { "limit", { .status = 429, .headers = "Retry-After: 600" }, DD_ERROR_RATE_LIMITED, "600 seconds" },
  { "trouble", { .status = 500 }, DD_ERROR_UNCONFIRMED, "may have shown" },
  { "nonsense", { .body = "<html>" }, DD_ERROR_UNCONFIRMED, "may have shown" },
  { "lost", { .kind = DD_TEST_RESET }, DD_ERROR_UNCONFIRMED, "may have arrived" },
};

static void
test_share (gconstpointer data)
{
  const FileCase *one = data;
  g_autoptr (DdTestServer) server = make_api ();
  g_autoptr (DdHttp) http = make_http ();
  Answer answer = { 0 };
  DdTestRequest *came;

  dd_test_server_add (server, "/api/files.completeUploadExternal", &one->reply, 1);
  dd_slack_share_async (http, "xoxb-s3cret", "F1", "A “title”", "C1", NULL, shared_cb, &answer);
  dd_test_wait (&answer.done);
  g_assert_cmpuint (server->requests->len, ==, 1);
  came = server->requests->pdata[0];
  g_assert_cmpstr (came->body, ==, "{\"files\":[{\"id\":\"F1\",\"title\":\"A “title”\"}],\"channel_id\":\"C1\"}");
  if (one->code < 0)
    {
      g_assert_no_error (answer.error);
      g_assert_true (answer.ok);
      return;
    }
  g_assert_error (answer.error, DD_ERROR, one->code);
  g_assert_nonnull (strstr (answer.error->message, one->message));
  g_clear_error (&answer.error);
}

static void
add_file_cases (const char     *prefix,
                const FileCase *cases,
                gsize           n,
                GTestDataFunc   test)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat (prefix, cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test);
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
  g_test_add_func ("/slack/nobody", test_nobody);
  g_test_add_func ("/slack/given-up", test_given_up);
  g_test_add_func ("/slack/upload/ok", test_upload);
  add_file_cases ("/slack/upload/", upload_cases, G_N_ELEMENTS (upload_cases), test_upload_refused);
  add_file_cases ("/slack/share/", share_cases, G_N_ELEMENTS (share_cases), test_share);
  return g_test_run ();
}
