/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"
#include "dd-test-server.h"
#include "dd-time.h"

#define TOKEN "Bearer s3cret-t0ken"

/* What came of one request. */
typedef struct
{
  gboolean     done;
  DdHttpReply *reply;
  GError      *error;
  guint        requests;
  guint64      bytes;
  guint        retries;
  char        *first_retry;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->reply, dd_http_reply_free);
  g_clear_error (&answer->error);
  g_clear_pointer (&answer->first_retry, g_free);
  *answer = (Answer) { 0 };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;
  DdHttpStats stats;

  dd_http_result_stats (result, &stats);
  answer->requests = stats.requests;
  answer->bytes = stats.bytes;
  answer->retries = stats.retry_errors->len;
  if (answer->retries > 0)
    answer->first_retry = g_strdup (stats.retry_errors->pdata[0]);
  answer->reply = dd_http_send_finish (DD_HTTP (object), result, &answer->error);
  answer->done = TRUE;
}

static DdHttp *
make_http (void)
{
  DdHttpOptions options = { .max_per_host = 3, .attempts = 3, .backoff = 1000, .longest_wait = DD_SECOND, .patience = 1 };

  return dd_http_new (&options);
}

static DdHttpRequest *
make_request (DdTestServer *server,
              const char   *path)
{
  g_autofree char *url = g_strconcat (server->url, path, NULL);
  DdHttpRequest *request = dd_http_request_new ("GitHub", url);

  request->authorization = g_strdup (TOKEN);
  request->timeout = 1;
  return request;
}

static void
ask (DdHttp        *http,
     DdHttpRequest *request,
     Answer        *answer)
{
  dd_http_send_async (http, request, NULL, answered_cb, answer);
  dd_test_wait (&answer->done);
}

/* Whatever a server does to a request: what the user gets to see, and how often it was asked. */
typedef struct
{
  const char *name;
  DdTestReply replies[4];
  guint       n_replies;
  int         code;     /* DdError; -1: it succeeds */
  const char *message;  /* a part of it */
  guint       requests;
  gsize       max_bytes;
} ReplyCase;

#define NUL_BODY "{\"a\":\"b\0c\"}"
#define LIMITED "limit is reached until "

static const ReplyCase reply_cases[] = {
  { "ok", { { .body = "{}" } }, 1, -1, NULL, 1 },
  { "no-content", { { .status = 204 } }, 1, -1, NULL, 1 },
  { "500-then-ok", { { .status = 500 }, { .body = "[]" } }, 2, -1, NULL, 2 },
  { "500-for-ever", { { .status = 500 } }, 1, DD_ERROR_UNAVAILABLE, "GitHub is in trouble (HTTP 500)", 3 },
  { "502-html", { { .status = 502, .body = "<html>Bad gateway</html>" } }, 1, DD_ERROR_UNAVAILABLE, "HTTP 502", 3 },
  { "html", { { .body = "<!DOCTYPE html><html></html>" } }, 1, DD_ERROR_BAD_REPLY, "no data", 3 },
  { "html-then-ok", { { .body = "<html>" }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "empty", { { .body = "" } }, 1, DD_ERROR_BAD_REPLY, "no data", 3 },
  { "cut-json", { { .body = "{\"a\": [1, 2" } }, 1, DD_ERROR_BAD_REPLY, "no data", 3 },
  { "nul", { { .body = NUL_BODY, .length = sizeof NUL_BODY - 1 } }, 1, DD_ERROR_BAD_REPLY, "no data", 3 },
  { "not-utf-8", { { .body = "{\"a\": \"\xff\xfe\"}" } }, 1, DD_ERROR_BAD_REPLY, "no data", 3 },
  { "truncated", { { .kind = DD_TEST_TRUNCATE, .body = "{\"a\": \"bcdefgh\"}" } }, 1, DD_ERROR_BAD_REPLY, "cut off", 3 },
  { "truncated-then-ok", { { .kind = DD_TEST_TRUNCATE, .body = "{\"a\": 1}" }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "reset", { { .kind = DD_TEST_RESET } }, 1, DD_ERROR_UNAVAILABLE, "cannot be reached", 3 },
  { "reset-then-ok", { { .kind = DD_TEST_RESET }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "hang-then-ok", { { .kind = DD_TEST_HANG }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "huge", { { .kind = DD_TEST_HUGE, .megabytes = 64 } }, 1, DD_ERROR_BAD_REPLY, "was cut off", 1, 1024 * 1024 },
  { "401", { { .status = 401, .body = "{}" } }, 1, DD_ERROR_AUTH, "doradash token set github", 1 },
  { "403", { { .status = 403, .body = "{}" } }, 1, DD_ERROR_PERMISSION, "refuses this", 1 },
  { "404", { { .status = 404, .body = "{}" } }, 1, DD_ERROR_NOT_FOUND, "nothing at this address", 1 },
  { "422", { { .status = 422, .body = "{}" } }, 1, DD_ERROR_BAD_REPLY, "HTTP 422", 1 },
  { "429-soon", { { .status = 429, .headers = "Retry-After: 1" }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "503-soon", { { .status = 503, .headers = "Retry-After: 0" }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "429-too-long", { { .status = 429, .headers = "Retry-After: 3600" } }, 1, DD_ERROR_RATE_LIMITED, LIMITED, 1 },
  { "429-absurd", { { .status = 429, .headers = "Retry-After: 99999999999999999999" } }, 1, DD_ERROR_RATE_LIMITED, LIMITED, 1 },
  { "429-date", { { .status = 429, .headers = "Retry-After: Fri, 31 Dec 2150 23:59:59 GMT" } }, 1, DD_ERROR_RATE_LIMITED, LIMITED, 1 },
  { "429-past", { { .status = 429, .headers = "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT" }, { .body = "{}" } }, 2, -1, NULL, 2 },
  { "429-for-ever", { { .status = 429, .headers = "Retry-After: 1" } }, 1, DD_ERROR_RATE_LIMITED, LIMITED, 3 },
  { "429-without-a-time", { { .status = 429 } }, 1, DD_ERROR_RATE_LIMITED, LIMITED, 1 },
};

static void
test_reply (gconstpointer data)
{
  const ReplyCase *one = data;
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdHttpRequest *request = make_request (server, "/list");
  g_auto (Answer) answer = { 0 };

  request->max_bytes = one->max_bytes;
  dd_test_server_add (server, "/list", one->replies, one->n_replies);
  ask (http, request, &answer);

  if (one->code < 0)
    {
      g_assert_no_error (answer.error);
      g_assert_cmpuint (answer.reply->tries, ==, one->requests);
    }
  else
    {
      g_assert_error (answer.error, DD_ERROR, one->code);
      g_assert_nonnull (strstr (answer.error->message, one->message));
      g_assert_null (strstr (answer.error->message, "s3cret"));
    }
  g_assert_cmpuint (server->requests->len, ==, one->requests);
  g_assert_cmpuint (answer.requests, ==, one->requests);
  g_assert_cmpuint (answer.retries, ==, one->requests - 1);
  if (one->max_bytes > 0)
    {
      g_assert_cmpuint (answer.bytes, <=, one->max_bytes + 64 * 1024);
      g_assert_cmpuint (server->sent, <, 32 * 1024 * 1024);
    }
}

static void
test_request (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdHttpRequest *request = make_request (server, "/graphql?a=b%20c");
  g_auto (Answer) answer = { 0 };
  DdTestRequest *came;

  request->body = g_strdup ("{\"query\": \"ü\"}");
  request->headers = g_strdupv ((char *[]) { (char *) "X-Version: 2022-11-28", (char *) "X-Feature: a: b", NULL });
  dd_test_server_add (server, "/graphql*", (DdTestReply[]) { { .body = "{\"data\": {\"n\": 1}}", .headers = "X-Left: 3" } }, 1);
  ask (http, request, &answer);

  g_assert_no_error (answer.error);
  g_assert_cmpstr (g_hash_table_lookup (answer.reply->headers, "x-left"), ==, "3");
  g_assert_true (JSON_NODE_HOLDS_OBJECT (answer.reply->json));
  came = server->requests->pdata[0];
  g_assert_cmpstr (came->method, ==, "POST");
  g_assert_cmpstr (came->path, ==, "/graphql?a=b%20c");
  g_assert_cmpstr (came->body, ==, "{\"query\": \"ü\"}");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "content-type"), ==, "application/json");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "accept"), ==, "application/json");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "authorization"), ==, TOKEN);
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "x-version"), ==, "2022-11-28");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "x-feature"), ==, "a: b");
  g_assert_cmpstr (g_hash_table_lookup (came->headers, "user-agent"), ==, "DoraDash/" DD_VERSION);
}

static void
test_not_modified (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdTestReply replies[] = { { .body = "[]", .headers = "ETag: W/\"abc\"" }, { .status = 304, .headers = "ETag: W/\"abc\"" } };
  g_auto (Answer) first = { 0 }, second = { 0 };
  DdHttpRequest *request;

  dd_test_server_add (server, "/list", replies, 2);
  ask (http, make_request (server, "/list"), &first);
  g_assert_no_error (first.error);
  g_assert_cmpstr (first.reply->etag, ==, "W/\"abc\"");

  request = make_request (server, "/list");
  request->etag = g_strdup (first.reply->etag);
  ask (http, request, &second);
  g_assert_no_error (second.error);
  g_assert_cmpuint (second.reply->status, ==, 304);
  g_assert_null (second.reply->json);
  g_assert_cmpstr (dd_test_server_last_header (server, "if-none-match"), ==, "W/\"abc\"");
}

static DdVerdict
take_all (const DdHttpReply *reply,
          gint64             now,
          gint64            *wait,
          GError           **error)
{
  return DD_VERDICT_OK;
}

static void
test_keep_text (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdHttpRequest *request = make_request (server, "/text");
  g_auto (Answer) answer = { 0 };
  g_autofree char *text = g_strnfill (100000, '1');

  request->keep_text = TRUE;
  request->judge = take_all;
  dd_test_server_add (server, "/text", (DdTestReply[]) { { .status = 404, .body = text } }, 1);
  ask (http, request, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.reply->status, ==, 404);
  g_assert_null (answer.reply->json);
  g_assert_cmpstr (answer.reply->text, ==, text);
}

/* A server that repeats the token in what it says, and a judge that passes it on. */
static DdVerdict
repeat_text (const DdHttpReply *reply,
             gint64             now,
             gint64            *wait,
             GError           **error)
{
  g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, "It says: %s.", reply->text);
  return DD_VERDICT_FAIL;
}

static void
test_no_token_in_errors (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdHttpRequest *request = make_request (server, "/text");
  g_auto (Answer) answer = { 0 };

  request->judge = repeat_text;
  dd_test_server_add (server, "/text", (DdTestReply[]) { { .body = "bad token s3cret-t0ken" } }, 1);
  ask (http, request, &answer);
  g_assert_error (answer.error, DD_ERROR, DD_ERROR_BAD_REPLY);
  g_assert_cmpstr (answer.error->message, ==, "It says: bad token ….");
}

static void
test_hang (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  DdHttpOptions options = { .max_per_host = 1, .attempts = 1, .backoff = 1000, .longest_wait = DD_SECOND, .patience = 0.3 };
  g_autoptr (DdHttp) deaf = dd_http_new (&options);
  g_autoptr (DdHttp) http = dd_http_new (&options);
  g_auto (Answer) silent = { 0 }, endless = { 0 }, after = { 0 };

  dd_test_server_add (server, "/hang", (DdTestReply[]) { { .kind = DD_TEST_HANG } }, 1);
  dd_test_server_add (server, "/endless", (DdTestReply[]) { { .kind = DD_TEST_ENDLESS } }, 1);
  dd_test_server_add (server, "/fine", (DdTestReply[]) { { .body = "{}" } }, 1);
  ask (deaf, make_request (server, "/hang"), &silent);
  g_assert_error (silent.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_assert_cmpstr (silent.error->message, ==, "GitHub did not answer for 1 second; try again later.");
  /* Each byte is in time, and the whole is not. A sentence has whole seconds. */
  ask (http, make_request (server, "/endless"), &endless);
  g_assert_error (endless.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_assert_cmpstr (endless.error->message, ==, "A reply of GitHub did not end within 2 seconds; try again later.");
  ask (http, make_request (server, "/fine"), &after);
  g_assert_no_error (after.error);
}

/* The first requests find out that a host is silent, the others need not: they say the same. When it is back, it is asked again. */
static void
test_host_down (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  DdHttpOptions options = { .max_per_host = 2, .attempts = 3, .backoff = 1000, .longest_wait = DD_SECOND, .patience = 0.3 };
  g_autoptr (DdHttp) http = dd_http_new (&options);
  Answer answers[30] = { 0 };
  gboolean back = FALSE;

  dd_test_server_add (server, "/hang", (DdTestReply[]) { { .kind = DD_TEST_HANG } }, 1);
  dd_test_server_add (server, "/fine", (DdTestReply[]) { { .body = "{}" } }, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    dd_http_send_async (http, make_request (server, "/hang"), NULL, answered_cb, &answers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      dd_test_wait (&answers[i].done);
      g_assert_error (answers[i].error, DD_ERROR, DD_ERROR_UNAVAILABLE);
      g_assert_cmpstr (answers[i].error->message, ==, "GitHub did not answer for 1 second; try again later.");
      answer_clear (&answers[i]);
    }
  /* Each alone would have been sent three times. */
  g_assert_cmpuint (server->requests->len, <, 12);
  while (!back)
    {
      g_auto (Answer) answer = { 0 };

      ask (http, make_request (server, "/fine"), &answer);
      back = answer.error == NULL;
    }
}

/* A host that answers others is not down, however often one request fails. */
static void
test_one_fails (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  DdHttpOptions options = { .max_per_host = 2, .attempts = 2, .backoff = 1000, .longest_wait = DD_SECOND, .patience = 0.3 };
  g_autoptr (DdHttp) http = dd_http_new (&options);
  g_auto (Answer) broken = { 0 }, fine = { 0 }, after = { 0 };

  dd_test_server_add (server, "/broken", (DdTestReply[]) { { .status = 502, .body = "{}" } }, 1);
  dd_test_server_add (server, "/fine", (DdTestReply[]) { { .body = "{}" } }, 1);
  dd_http_send_async (http, make_request (server, "/broken"), NULL, answered_cb, &broken);
  while (server->requests->len < 1)
    g_main_context_iteration (NULL, TRUE);
  ask (http, make_request (server, "/fine"), &fine);
  g_assert_no_error (fine.error);
  dd_test_wait (&broken.done);
  g_assert_error (broken.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  ask (http, make_request (server, "/fine"), &after);
  g_assert_no_error (after.error);
}

static void
test_nobody_there (void)
{
  DdTestServer *server = dd_test_server_new ();
  g_autofree char *url = g_strdup (server->url);
  g_autoptr (DdHttp) http = make_http ();
  g_auto (Answer) answer = { 0 };

  dd_test_server_free (server);
  ask (http, dd_http_request_new ("GitHub", url), &answer);
  g_assert_error (answer.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_assert_cmpstr (answer.error->message, ==, "GitHub cannot be reached at “127.0.0.1”; check the network, or try again later.");
  g_assert_cmpuint (answer.requests, ==, 3);
  g_assert_cmpstr (answer.first_retry, ==, answer.error->message);
}

/* Answers in plain words whatever it is told. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (stream, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, NULL, NULL, NULL);
  /* It stays open: closing it with something unread would reset it. */
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection), g_object_unref);
  return TRUE;
}

static void
test_tls (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (DdHttp) http = make_http ();
  guint port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_auto (Answer) answer = { 0 };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("LeakSanitizer breaks on the threads of GnuTLS");
  return;
#endif
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("GLib has no TLS here");
      return;
    }
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), NULL);
  ask (http, dd_http_request_new ("GitHub", url), &answer);
  g_assert_error (answer.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (answer.error->message, "cannot be trusted"));
  g_assert_cmpuint (answer.requests, ==, 1);
}

/* Redirects over a real connection; test_redirect_rules has those that need another host or https. */
static void
test_redirect (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdTestServer) other = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autofree char *away = g_strdup_printf ("Location: %s/there", other->url);
  g_autofree char *back = g_strdup_printf ("Location: %s/final", server->url);
  g_auto (Answer) same = { 0 }, gone = { 0 }, loop = { 0 };
  DdHttpRequest *request;

  dd_test_server_add (server, "/old", (DdTestReply[]) { { .status = 301, .headers = "Location: /new" } }, 1);
  dd_test_server_add (server, "/new", (DdTestReply[]) { { .body = "{}" } }, 1);
  dd_test_server_add (server, "/away", (DdTestReply[]) { { .status = 302, .headers = away } }, 1);
  dd_test_server_add (server, "/loop", (DdTestReply[]) { { .status = 302, .headers = "Location: /loop" } }, 1);
  dd_test_server_add (other, "/there", (DdTestReply[]) { { .status = 302, .headers = back } }, 1);
  dd_test_server_add (server, "/final", (DdTestReply[]) { { .body = "{}" } }, 1);

  ask (http, make_request (server, "/old"), &same);
  g_assert_no_error (same.error);
  g_assert_cmpuint (same.requests, ==, 2);
  g_assert_cmpuint (same.reply->tries, ==, 1);
  g_assert_cmpstr (dd_test_server_last_header (server, "authorization"), ==, TOKEN);

  request = make_request (server, "/away");
  request->headers = g_strdupv ((char *[]) { (char *) "X-Key: secret", NULL });
  ask (http, request, &gone);
  g_assert_no_error (gone.error);
  g_assert_cmpuint (gone.requests, ==, 3);
  g_assert_null (dd_test_server_last_header (other, "authorization"));
  g_assert_null (dd_test_server_last_header (other, "x-key"));
  /* Where another host sent it, it stays without a token also at home. */
  g_assert_null (dd_test_server_last_header (server, "authorization"));

  g_ptr_array_set_size (server->requests, 0);
  ask (http, make_request (server, "/loop"), &loop);
  g_assert_error (loop.error, DD_ERROR, DD_ERROR_BAD_REPLY);
  g_assert_cmpuint (server->requests->len, ==, 6);
}

typedef struct
{
  const char *from;
  const char *location; /* NULL: none */
  guint       status;
  const char *body;     /* NULL: GET */
  gboolean    once;
  const char *to;       /* NULL: refused */
} RedirectCase;

static const RedirectCase redirect_cases[] = {
  { "https://a.example/x", "/y", 301, NULL, FALSE, "https://a.example/y" },
  { "https://a.example/x/", "y?z=1", 302, NULL, FALSE, "https://a.example/x/y?z=1" },
  { "https://a.example/x", "https://b.example/y", 307, NULL, FALSE, "https://b.example/y" },
  { "https://a.example/x", "//b.example/y", 308, NULL, FALSE, "https://b.example/y" },
  { "https://a.example/x", "http://a.example/x", 301, NULL, FALSE, NULL },
  { "https://a.example/x", "http://127.0.0.1/x", 301, NULL, FALSE, NULL },
  { "http://127.0.0.1/x", "http://b.example/x", 301, NULL, FALSE, NULL },
  { "http://127.0.0.1/x", "https://b.example/x", 301, NULL, FALSE, "https://b.example/x" },
  { "https://a.example/x", "ftp://b.example/x", 301, NULL, FALSE, NULL },
  { "https://a.example/x", "file:///etc/passwd", 301, NULL, FALSE, NULL },
  { "https://a.example/x", "https://user:word@b.example/", 301, NULL, FALSE, NULL },
  { "https://a.example/x", NULL, 301, NULL, FALSE, NULL },
  { "https://a.example/x", "http://[", 301, NULL, FALSE, NULL },
  { "https://a.example/x", "/y", 301, "{}", FALSE, NULL },
  { "https://a.example/x", "/y", 302, "{}", FALSE, NULL },
  { "https://a.example/x", "/y", 303, "{}", FALSE, NULL },
  { "https://a.example/x", "/y", 307, "{}", FALSE, "https://a.example/y" },
  { "https://a.example/x", "/y", 308, "{}", FALSE, "https://a.example/y" },
  { "https://a.example/x", "https://b.example/y", 307, "{}", FALSE, NULL },
  { "https://a.example/x", "https://a.example:8443/y", 307, "{}", FALSE, NULL },
  { "https://a.example/x", "/y", 307, "{}", TRUE, NULL },
};

static void
test_redirect_rules (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (redirect_cases); i++)
    {
      const RedirectCase *one = &redirect_cases[i];
      g_autoptr (GUri) from = g_uri_parse (one->from, SOUP_HTTP_URI_FLAGS, NULL);
      g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
      DdHttpRequest request = { .service = "GitHub", .body = (char *) one->body, .once = one->once };
      DdHttpReply reply = { .service = "GitHub", .status = one->status, .headers = headers };
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) to = NULL;
      g_autofree char *url = NULL;

      if (one->location != NULL)
        g_hash_table_insert (headers, (char *) "location", (char *) one->location);
      g_test_message ("%s → %s", one->from, one->location != NULL ? one->location : "nowhere");
      to = dd_http_redirect (&request, &reply, from, 0, &error);
      url = to != NULL ? g_uri_to_string (to) : NULL;
      g_assert_cmpstr (url, ==, one->to);
      if (one->to == NULL)
        g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
    }
}

static void
test_check_url (void)
{
  static const struct
  {
    const char *url;
    gboolean    good;
  } cases[] = {
    { "https://api.github.com", TRUE },      { "https://ghe.example:8443/api/v3", TRUE }, { "http://127.0.0.1:8080", TRUE },
    { "http://[::1]:8080/x", TRUE },         { "http://localhost:8080", TRUE },           { "http://api.github.com", FALSE },
    { "http://127.0.0.1.example", FALSE },   { "http://localhost.example", FALSE },       { "http://10.0.0.1", FALSE },
    { "https://token@api.github.com", FALSE }, { "api.github.com", FALSE },               { "", FALSE },
    { "https://", FALSE },                   { "file:///etc/passwd", FALSE },             { "ftp://example.com", FALSE },
    { NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (dd_http_check_url (cases[i].url, &error), ==, cases[i].good);
      if (!cases[i].good)
        {
          g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
          g_assert_null (strstr (error->message, "token@"));
        }
    }
}

static void
test_next_url (void)
{
  static const struct
  {
    const char *link;
    const char *next;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "garbage", NULL },
    { "<https://a.example/x?page=2>; rel=\"next\"", "https://a.example/x?page=2" },
    { "<https://a.example/x?page=1>; rel=\"prev\", <https://a.example/x?page=3>; rel=\"next\"", "https://a.example/x?page=3" },
    { "<https://a.example/x?q=a,b;c&page=2>; rel=\"next\", <https://a.example/x?page=9>; rel=\"last\"",
      "https://a.example/x?q=a,b;c&page=2" },
    { "<https://a.example/x?page=9>; rel=\"last\"", NULL },
    { "<https://a.example/x>; rel=nextish", NULL },
    { "</x?page=2>;rel=next", "https://a.example/x?page=2" },
    { "<https://evil.example/x?page=2>; rel=\"next\"", "https://a.example/x?page=2" },
    { "<http://a.example/x?page=2>; title=\"y\"; rel=\"next\"", "https://a.example/x?page=2" },
    { "<https://a.example/x?page=2", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = dd_http_next_url ("https://a.example/x", cases[i].link);

      g_test_message ("%s", cases[i].link);
      g_assert_cmpstr (next, ==, cases[i].next);
    }
}

static void
test_deep (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autofree char *brackets = g_strnfill (1000000, '[');
  g_autofree char *quoted = g_strdup_printf ("[\"%s\\\"%s\"]", brackets, brackets);
  g_auto (Answer) deep = { 0 }, flat = { 0 };

  dd_test_server_add (server, "/deep", (DdTestReply[]) { { .body = brackets } }, 1);
  dd_test_server_add (server, "/flat", (DdTestReply[]) { { .body = quoted } }, 1);
  ask (http, make_request (server, "/deep"), &deep);
  g_assert_error (deep.error, DD_ERROR, DD_ERROR_BAD_REPLY);
  ask (http, make_request (server, "/flat"), &flat);
  g_assert_no_error (flat.error);
}

static void
test_in_flight (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  Answer answers[20] = { 0 };

  dd_test_server_add (server, "/*", (DdTestReply[]) { { .body = "{}" } }, 1);
  dd_test_server_set_holding (server, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    dd_http_send_async (http, make_request (server, "/one"), NULL, answered_cb, &answers[i]);
  while (server->in_flight < 3)
    g_main_context_iteration (NULL, TRUE);
  dd_test_settle ();
  g_assert_cmpuint (server->in_flight, ==, 3);
  dd_test_server_set_holding (server, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      dd_test_wait (&answers[i].done);
      g_assert_no_error (answers[i].error);
      answer_clear (&answers[i]);
    }
  g_assert_cmpuint (server->peak, ==, 3);
}

/* While a host says that it is too much, nobody else asks it either. */
static void
test_limit_holds_host (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  DdTestReply replies[] = { { .status = 429, .headers = "Retry-After: 1" }, { .body = "{}" } };
  g_auto (Answer) limited = { 0 }, other = { 0 };
  gint64 start;

  dd_test_server_add (server, "/limited", replies, 2);
  dd_test_server_add (server, "/other", (DdTestReply[]) { { .body = "{}" } }, 1);
  dd_http_send_async (http, make_request (server, "/limited"), NULL, answered_cb, &limited);
  while (server->requests->len < 1 || server->in_flight > 0)
    g_main_context_iteration (NULL, TRUE);
  dd_test_settle ();
  start = g_get_monotonic_time ();
  ask (http, make_request (server, "/other"), &other);
  g_assert_no_error (other.error);
  g_assert_cmpint (g_get_monotonic_time () - start, >, DD_SECOND / 2);
  dd_test_wait (&limited.done);
  g_assert_no_error (limited.error);
  g_assert_cmpuint (limited.retries, ==, 1);
}

/* Cancelled with its request at the server, with the answer half read, waiting for a limit, and waiting for its turn. */
static void
test_cancel (gconstpointer data)
{
  const DdTestReply *reply = data;
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  DdHttpOptions options = { .max_per_host = 1, .attempts = 3, .backoff = 1000, .longest_wait = 100 * DD_SECOND, .patience = 1 };
  g_autoptr (DdHttp) http = dd_http_new (&options);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Answer) first = { 0 }, second = { 0 }, already = { 0 }, after = { 0 };
  gint64 start;

  dd_test_server_add (server, "/slow", reply, 1);
  dd_test_server_add (server, "/fine", (DdTestReply[]) { { .body = "{}" } }, 1);
  dd_http_send_async (http, make_request (server, "/slow"), cancellable, answered_cb, &first);
  dd_http_send_async (http, make_request (server, "/fine"), cancellable, answered_cb, &second);
  while (server->requests->len < 1 || (reply->kind == DD_TEST_NORMAL && server->in_flight > 0) ||
         (reply->kind == DD_TEST_HUGE && server->sent == 0))
    g_main_context_iteration (NULL, TRUE);
  if (reply->kind != DD_TEST_HUGE)
    dd_test_settle ();
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  dd_test_wait (&first.done);
  dd_test_wait (&second.done);
  g_assert_cmpint (g_get_monotonic_time () - start, <, DD_SECOND / 2);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (server->requests->len, ==, 1);
  g_assert_cmpuint (first.requests, ==, 1);
  g_assert_cmpuint (second.requests, ==, 0);

  dd_http_send_async (http, make_request (server, "/fine"), cancellable, answered_cb, &already);
  dd_test_wait (&already.done);
  g_assert_error (already.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (server->requests->len, ==, 1);
  if (reply->status == 429)
    return;
  ask (http, make_request (server, "/fine"), &after);
  g_assert_no_error (after.error);
}

/* What may have arrived is not sent again. */
static void
test_once (void)
{
  static const struct
  {
    DdTestReply replies[2];
    guint       requests;
    int         code;
    const char *message;
  } cases[] = {
    { { { .body = "{}" } }, 1, -1, NULL },
    { { { .status = 429, .headers = "Retry-After: 0" }, { .body = "{}" } }, 2, -1, NULL },
    { { { .status = 500 }, { .body = "{}" } }, 1, DD_ERROR_UNAVAILABLE, "HTTP 500" },
    { { { .status = 503, .headers = "Retry-After: 1" }, { .body = "{}" } }, 1, DD_ERROR_RATE_LIMITED, LIMITED },
    { { { .kind = DD_TEST_RESET }, { .body = "{}" } }, 1, DD_ERROR_UNCONFIRMED, "may have arrived" },
    { { { .kind = DD_TEST_HANG }, { .body = "{}" } }, 1, DD_ERROR_UNCONFIRMED, "may have arrived" },
    { { { .kind = DD_TEST_TRUNCATE, .body = "{\"a\": 1}" }, { .body = "{}" } }, 1, DD_ERROR_UNCONFIRMED, "may have arrived" },
    { { { .status = 307, .headers = "Location: /two" }, { .body = "{}" } }, 1, DD_ERROR_INVALID, "another address" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DdTestServer) server = dd_test_server_new ();
      g_autoptr (DdHttp) http = make_http ();
      DdHttpRequest *request = make_request (server, "/post");
      g_auto (Answer) answer = { 0 };

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      request->once = TRUE;
      request->body = g_strdup ("{}");
      dd_test_server_add (server, "/*", cases[i].replies, 2);
      ask (http, request, &answer);
      g_assert_cmpuint (server->requests->len, ==, cases[i].requests);
      if (cases[i].code < 0)
        {
          g_assert_no_error (answer.error);
          continue;
        }
      g_assert_error (answer.error, DD_ERROR, cases[i].code);
      g_assert_nonnull (strstr (answer.error->message, cases[i].message));
    }
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *value;
    gint64      seconds;
  } cases[] = {
    { "0", 0 }, { "120", 120 }, { "Thu, 01 Jan 1970 00:01:40 GMT", 90 }, { "Thu, 01 Jan 1970 00:00:01 GMT", 0 },
    { "soon", -1 }, { "", -1 }, { "-5", -1 }, { "99999999999999999999999", 30 * 86400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
      DdHttpReply reply = { .service = "GitHub", .status = 429, .headers = headers };
      gint64 after;

      g_hash_table_insert (headers, (char *) "retry-after", (char *) cases[i].value);
      after = dd_http_retry_after (&reply, 10 * DD_SECOND);
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (after, ==, cases[i].seconds < 0 ? -1 : cases[i].seconds * DD_SECOND);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const DdTestReply hang = { .kind = DD_TEST_HANG }, endless = { .kind = DD_TEST_ENDLESS },
                           huge = { .kind = DD_TEST_HUGE, .megabytes = 16 },
                           limited = { .status = 429, .headers = "Retry-After: 90" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http/reply/", reply_cases[i].name, NULL);

      g_test_add_data_func (path, &reply_cases[i], test_reply);
    }
  g_test_add_func ("/http/request", test_request);
  g_test_add_func ("/http/not-modified", test_not_modified);
  g_test_add_func ("/http/keep-text", test_keep_text);
  g_test_add_func ("/http/no-token-in-errors", test_no_token_in_errors);
  g_test_add_func ("/http/hang", test_hang);
  g_test_add_func ("/http/host-down", test_host_down);
  g_test_add_func ("/http/one-fails", test_one_fails);
  g_test_add_func ("/http/nobody-there", test_nobody_there);
  g_test_add_func ("/http/tls", test_tls);
  g_test_add_func ("/http/redirect", test_redirect);
  g_test_add_func ("/http/redirect-rules", test_redirect_rules);
  g_test_add_func ("/http/check-url", test_check_url);
  g_test_add_func ("/http/next-url", test_next_url);
  g_test_add_func ("/http/deep", test_deep);
  g_test_add_func ("/http/in-flight", test_in_flight);
  g_test_add_func ("/http/limit-holds-host", test_limit_holds_host);
  g_test_add_data_func ("/http/cancel/in-flight", &hang, test_cancel);
  g_test_add_data_func ("/http/cancel/endless", &endless, test_cancel);
  g_test_add_data_func ("/http/cancel/huge", &huge, test_cancel);
  g_test_add_data_func ("/http/cancel/limited", &limited, test_cancel);
  g_test_add_func ("/http/once", test_once);
  g_test_add_func ("/http/retry-after", test_retry_after);
  return g_test_run ();
}
