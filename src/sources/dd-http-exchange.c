/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"
#include "dd-time.h"

#define DEFAULT_MAX_BYTES (32 * 1024 * 1024)
#define PIECE (64 * 1024)

/* A reply may take this many times as long in all as it may be silent. */
#define OVERALL_FACTOR 4

typedef struct
{
  const DdHttpRequest *request;
  GUri         *uri;
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  GCancellable *stop; /* cancelled by the caller's, by the clock, and to drop what is left of a body */
  gulong        stop_id;
  GSource      *clock;
  gint64        silence; /* microseconds without a byte */
  gint64        last;    /* monotonic: not later than this in all */
  gboolean      timed_out;
  DdHttpOutcome outcome;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_uri_unref (exchange->uri);
  g_object_unref (exchange->message);
  g_clear_object (&exchange->stream);
  g_byte_array_unref (exchange->body);
  g_object_unref (exchange->stop);
  g_free (exchange);
}

/* For sentences: whole ones, and never none. */
static guint
in_seconds (gint64 time)
{
  return (guint) ((time + DD_SECOND - 1) / DD_SECOND);
}

/* The clock is set anew by each piece that comes. */
static void
set_clock (Exchange *exchange)
{
  gint64 silent = g_get_monotonic_time () + exchange->silence;

  g_source_set_ready_time (exchange->clock, MIN (silent, exchange->last));
}

/* Ends what watches over the exchange; after it the task can return. */
static void
settle (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), exchange->stop_id);
  g_source_destroy (exchange->clock);
  g_clear_pointer (&exchange->clock, g_source_unref);
}

/* Takes @error. */
static void
fail (GTask    *task,
      DdVerdict verdict,
      GError   *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  settle (task);
  exchange->outcome.verdict = verdict;
  /* Else the rest of the body would go on arriving, and nobody would read it. */
  g_cancellable_cancel (exchange->stop);
  if (exchange->stream != NULL)
    g_input_stream_close_async (exchange->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (g_task_return_error_if_cancelled (task))
    g_error_free (error);
  else
    g_task_return_error (task, error);
}

static void
fail_by_clock (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  const char *service = exchange->request->service;
  guint seconds = in_seconds (exchange->silence);
  GError *error;

  if (g_get_monotonic_time () < exchange->last)
    {
      error = g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE,
                           ngettext ("%s did not answer for %u second; try again later.",
                                     "%s did not answer for %u seconds; try again later.", seconds),
                           service, seconds);
      fail (task, DD_VERDICT_RETRY, error);
      return;
    }
  /* Whoever dribbles that long would do it again. */
  seconds = in_seconds (OVERALL_FACTOR * exchange->silence);
  error = g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE,
                       ngettext ("A reply of %s did not end within %u second; try again later.",
                                 "A reply of %s did not end within %u seconds; try again later.", seconds),
                       service, seconds);
  fail (task, DD_VERDICT_FAIL, error);
}

static void
fail_because (GTask        *task,
              const GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  DdVerdict verdict;

  if (exchange->timed_out)
    {
      fail_by_clock (task);
      return;
    }
  verdict = dd_http_judge_failure (exchange->request->service, exchange->uri, exchange->stream != NULL, cause, &error);
  fail (task, verdict, error);
}

static void
fail_as_too_large (GTask *task,
                   gsize  max_bytes)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *size = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  /* The same would come again, and cost as much. */
  fail (task, DD_VERDICT_FAIL,
        g_error_new (DD_ERROR, DD_ERROR_BAD_REPLY,
                     _("%s sent more than %s in one reply, which was cut off; report it if it happens again."),
                     exchange->request->service, size));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  gsize max_bytes = exchange->request->max_bytes > 0 ? exchange->request->max_bytes : DEFAULT_MAX_BYTES;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (piece == NULL)
    {
      fail_because (task, error);
      return;
    }
  if (g_bytes_get_size (piece) == 0)
    {
      settle (task);
      g_task_return_pointer (task, dd_http_reply_new (exchange->request, exchange->message, exchange->body),
                             (GDestroyNotify) dd_http_reply_free);
      return;
    }
  exchange->outcome.bytes += g_bytes_get_size (piece);
  if (exchange->outcome.bytes > max_bytes)
    {
      fail_as_too_large (task, max_bytes);
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  set_clock (exchange);
  g_input_stream_read_bytes_async (exchange->stream, PIECE, G_PRIORITY_DEFAULT, exchange->stop, read_cb,
                                   g_steal_pointer (&task));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (exchange->stream == NULL)
    {
      fail_because (task, error);
      return;
    }
  set_clock (exchange);
  g_input_stream_read_bytes_async (exchange->stream, PIECE, G_PRIORITY_DEFAULT, exchange->stop, read_cb,
                                   g_steal_pointer (&task));
}

static gboolean
clock_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->stop);
  /* The source lives until the cancelled call has come back. */
  g_source_set_ready_time (exchange->clock, -1);
  return G_SOURCE_CONTINUE;
}

static void
stop_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  Exchange *exchange = user_data;

  exchange->outcome.sent = TRUE;
}

static void
set_headers (SoupMessage         *message,
             const DdHttpRequest *request,
             gboolean             away)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", request->accept != NULL ? request->accept : "application/json");
  if (away)
    return;
  if (request->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", request->authorization);
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  for (guint i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (request->headers[i], ":", 2);

      if (g_strv_length (pair) == 2)
        soup_message_headers_replace (headers, g_strstrip (pair[0]), g_strstrip (pair[1]));
    }
}

static SoupMessage *
make_message (const DdHttpRequest *request,
              GUri                *uri,
              gboolean             away)
{
  gboolean post = request->body != NULL || request->bytes != NULL;
  SoupMessage *message = soup_message_new_from_uri (post ? SOUP_METHOD_POST : SOUP_METHOD_GET, uri);

  /* Redirects and tokens are DdHttp's business, not the session's. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  /* An idle connection may have been closed at the other end, and then nobody can say whether the request arrived. */
  if (request->once)
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  set_headers (message, request, away);
  if (post)
    {
      g_autoptr (GBytes) body = request->bytes != NULL ? g_bytes_ref (request->bytes)
                                                       : g_bytes_new (request->body, strlen (request->body));
      const char *type = request->content_type != NULL ? request->content_type : "application/json";

      soup_message_set_request_body_from_bytes (message, type, body);
    }
  return message;
}

void
dd_http_exchange_async (SoupSession         *session,
                        const DdHttpRequest *request,
                        GUri                *uri,
                        gboolean             away,
                        gint64               silence,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->request = request;
  exchange->uri = g_uri_ref (uri);
  exchange->message = make_message (request, uri, away);
  exchange->body = g_byte_array_new ();
  exchange->stop = g_cancellable_new ();
  exchange->silence = silence;
  exchange->last = g_get_monotonic_time () + OVERALL_FACTOR * silence;
  exchange->clock = g_timeout_source_new ((guint) (silence / 1000));
  g_task_set_source_tag (task, dd_http_exchange_async);
  g_task_set_task_data (task, exchange, exchange_free);
  g_source_set_callback (exchange->clock, clock_cb, exchange, NULL);
  g_source_attach (exchange->clock, g_main_context_get_thread_default ());
  set_clock (exchange);
  if (cancellable != NULL)
    exchange->stop_id = g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), g_object_ref (exchange->stop),
                                               g_object_unref);
  g_signal_connect (exchange->message, "starting", G_CALLBACK (starting_cb), exchange);
  soup_session_send_async (session, exchange->message, G_PRIORITY_DEFAULT, exchange->stop, sent_cb, task);
}

DdHttpReply *
dd_http_exchange_finish (GAsyncResult  *result,
                         DdHttpOutcome *outcome,
                         GError       **error)
{
  Exchange *exchange = g_task_get_task_data (G_TASK (result));

  *outcome = exchange->outcome;
  return g_task_propagate_pointer (G_TASK (result), error);
}
