/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-http.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"
#include "dd-time.h"

#define MAX_REDIRECTS 5
#define DEFAULT_TIMEOUT 30
#define DEFAULT_MAX_BYTES (32 * 1024 * 1024)
#define LONGEST_BACKOFF (30 * DD_SECOND)

struct _DdHttp
{
  GObject       parent_instance;
  DdHttpOptions options;
  SoupSession  *session;
  GHashTable   *hosts; /* "host:port" → Host */
};

/* Requests to one host: some in flight, the others in the order in which they came. */
typedef struct
{
  guint  in_flight;
  GQueue waiting; /* of GTask */
} Host;

/* One request until it has its reply, over all tries and redirects. */
typedef struct
{
  DdHttpRequest *request;
  char          *url;           /* where it is now, after redirects */
  gboolean       elsewhere;     /* redirected to another host: carries nothing that is secret */
  guint          redirects;
  guint          tries;
  gint64         waited;        /* for limits */
  Host          *host;          /* while it is in flight */
  SoupMessage   *message;
  GCancellable  *cancellable;   /* of this try: the caller's, or the clock's */
  gulong         cancelled_id;
  GSource       *clock;
  gint64         last_progress; /* monotonic */
  gint64         deadline;
  gboolean       timed_out;
  guint          requests;
  guint64        bytes;
  GPtrArray     *retry_errors;
} Exchange;

G_DEFINE_FINAL_TYPE (DdHttp, dd_http, G_TYPE_OBJECT)

static void enter (GTask *task);
static void leave (GTask *task);

static void
host_free (gpointer data)
{
  Host *host = data;

  g_queue_clear (&host->waiting);
  g_free (host);
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  dd_http_request_free (exchange->request);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->cancellable);
  g_free (exchange->url);
  g_ptr_array_unref (exchange->retry_errors);
  g_free (exchange);
}

static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* ---- waiting between tries ---- */

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    fail (task, g_steal_pointer (&error));
  else
    enter (task);
  return G_SOURCE_REMOVE;
}

static void
wait_then_try (GTask *task,
               gint64 wait)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) MIN ((wait + 999) / 1000, G_MAXUINT));

  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (timer, cancelled);
    }
  g_source_set_callback (timer, waited_cb, task, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
}

/* Takes @error. A limit's @wait is obeyed to the letter; without one tries are spread out further each time, and by chance, so that
 * requests that failed together do not come back together. */
static void
try_again (GTask  *task,
           gint64  wait,
           GError *error)
{
  DdHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  if (wait > 0)
    {
      exchange->waited += wait;
      if (exchange->waited > self->options.longest_wait)
        {
          fail (task, error);
          return;
        }
      /* Others wait for the same moment: a little apart is kinder. */
      wait += g_random_int_range (0, 50) * 1000;
    }
  else
    {
      if (++exchange->tries >= self->options.attempts)
        {
          fail (task, error);
          return;
        }
      wait = MIN (self->options.backoff << MIN (exchange->tries - 1, 16), LONGEST_BACKOFF);
      wait = (gint64) ((double) wait * g_random_double_range (0.75, 1.25));
    }
  g_ptr_array_add (exchange->retry_errors, g_strdup (error->message));
  g_error_free (error);
  wait_then_try (task, wait);
}

/* ---- redirects ---- */

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND || status == SOUP_STATUS_SEE_OTHER ||
         status == SOUP_STATUS_TEMPORARY_REDIRECT || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

static gboolean
is_same_place (GUri *a,
               GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_strcmp0 (g_uri_get_host (a), g_uri_get_host (b)) == 0 && g_uri_get_port (a) == g_uri_get_port (b);
}

static void
redirect (GTask             *task,
          const DdHttpReply *reply)
{
  Exchange *exchange = g_task_get_task_data (task);
  const char *location = g_hash_table_lookup (reply->headers, "location");
  g_autoptr (GUri) from = g_uri_parse (exchange->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) to = location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  gboolean same = to != NULL && is_same_place (from, to);
  gboolean kept = reply->status == SOUP_STATUS_TEMPORARY_REDIRECT || reply->status == SOUP_STATUS_PERMANENT_REDIRECT;
  g_autoptr (GError) error = NULL;

  /* What is posted goes to nobody but the host that it was meant for. */
  if (to == NULL || exchange->redirects++ >= MAX_REDIRECTS || (exchange->request->body != NULL && !(same && kept)))
    g_set_error (&error, DD_ERROR, DD_ERROR_BAD_REPLY, _("%s sends requests elsewhere; check its URL in the workspace’s settings."),
                 exchange->request->service);
  if (error == NULL)
    {
      g_free (exchange->url);
      exchange->url = g_uri_to_string (to);
      dd_http_check_url (exchange->url, &error);
    }
  if (error != NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  exchange->elsewhere |= !same;
  enter (task);
}

/* ---- one try ---- */

static void
stop_clock (Exchange *exchange,
            GTask    *task)
{
  if (exchange->clock != NULL)
    {
      g_source_destroy (exchange->clock);
      g_clear_pointer (&exchange->clock, g_source_unref);
    }
  if (exchange->cancelled_id != 0)
    {
      g_cancellable_disconnect (g_task_get_cancellable (task), exchange->cancelled_id);
      exchange->cancelled_id = 0;
    }
}

static gboolean
is_never_sent (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) || error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
}

/* The connection failed, was cut or was too slow. Takes @cause. */
static void
lost (GTask  *task,
      GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  const char *service = exchange->request->service;
  g_autoptr (GError) reason = cause;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail (task, error);
      return;
    }
  if (reason->domain == DD_ERROR)
    {
      fail (task, g_error_new (DD_ERROR, reason->code, "%s %s", service, reason->message));
      return;
    }
  if (reason->domain == G_TLS_ERROR)
    {
      fail (task, g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE,
                               _("%s cannot be trusted: its certificate is not right (%s)."), service, reason->message));
      return;
    }
  if (exchange->request->once && !is_never_sent (reason))
    {
      fail (task, g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE,
                               _("%s did not confirm; it may have arrived all the same. Look there before you send it again."),
                               service));
      return;
    }
  if (exchange->timed_out)
    error = g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE, _("%s does not answer in time; sync again later."), service);
  else
    error = g_error_new (DD_ERROR, DD_ERROR_UNAVAILABLE, _("%s cannot be reached; check the network, or sync again later."),
                         service);
  try_again (task, 0, error);
}

static void
judge (GTask       *task,
       DdHttpReply *reply)
{
  Exchange *exchange = g_task_get_task_data (task);
  DdHttpJudge func = exchange->request->judge != NULL ? exchange->request->judge : dd_http_judge;
  GError *error = NULL;
  gint64 wait = 0;

  switch (func (reply, g_get_real_time (), &wait, &error))
    {
    case DD_VERDICT_OK:
      g_task_return_pointer (task, reply, (GDestroyNotify) dd_http_reply_free);
      g_object_unref (task);
      return;
    case DD_VERDICT_RETRY:
      if (exchange->request->once && wait == 0)
        fail (task, error);
      else
        try_again (task, wait, error);
      break;
    case DD_VERDICT_FAIL:
    default:
      fail (task, error);
    }
  dd_http_reply_free (reply);
}

static void
body_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) body = dd_http_body_read_finish (result, &error);
  DdHttpReply *reply;

  leave (task);
  if (body == NULL)
    {
      lost (task, g_steal_pointer (&error));
      return;
    }
  reply = dd_http_reply_new (exchange->request, exchange->message, body);
  reply->tries = exchange->requests;
  if (!is_redirect (reply->status))
    {
      judge (task, reply);
      return;
    }
  redirect (task, reply);
  dd_http_reply_free (reply);
}

static void
progress_cb (gsize    bytes,
             gpointer user_data)
{
  Exchange *exchange = g_task_get_task_data (user_data);

  exchange->bytes += bytes;
  exchange->last_progress = g_get_monotonic_time ();
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream == NULL)
    {
      leave (task);
      lost (task, g_steal_pointer (&error));
      return;
    }
  exchange->last_progress = g_get_monotonic_time ();
  dd_http_body_read_async (stream, exchange->request->max_bytes > 0 ? exchange->request->max_bytes : DEFAULT_MAX_BYTES, progress_cb,
                           task, exchange->cancellable, body_cb, task);
}

/* Once a second: a server that says nothing for long, or goes on for ever, is given up. */
static gboolean
clock_cb (gpointer user_data)
{
  Exchange *exchange = user_data;
  guint timeout = exchange->request->timeout > 0 ? exchange->request->timeout : DEFAULT_TIMEOUT;
  gint64 now = g_get_monotonic_time ();

  if (now - exchange->last_progress < timeout * DD_SECOND && now < exchange->deadline)
    return G_SOURCE_CONTINUE;
  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
cancel_try_cb (GCancellable *cancellable,
               GCancellable *try)
{
  g_cancellable_cancel (try);
}

static void
start_clock (Exchange *exchange,
             GTask    *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint timeout = exchange->request->timeout > 0 ? exchange->request->timeout : DEFAULT_TIMEOUT;

  g_clear_object (&exchange->cancellable);
  exchange->cancellable = g_cancellable_new ();
  exchange->timed_out = FALSE;
  exchange->last_progress = g_get_monotonic_time ();
  exchange->deadline = exchange->last_progress + 4 * timeout * DD_SECOND;
  exchange->clock = g_timeout_source_new (timeout > 1 ? 1000 : 200);
  g_source_set_callback (exchange->clock, clock_cb, exchange, NULL);
  g_source_attach (exchange->clock, g_main_context_get_thread_default ());
  if (cancellable != NULL)
    exchange->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_try_cb), g_object_ref (exchange->cancellable),
                                                    g_object_unref);
}

static SoupMessage *
make_message (const Exchange *exchange)
{
  const DdHttpRequest *request = exchange->request;
  SoupMessage *message = soup_message_new (request->body != NULL ? SOUP_METHOD_POST : SOUP_METHOD_GET, exchange->url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", request->accept != NULL ? request->accept : "application/json");
  if (request->body != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (request->body, strlen (request->body));

      soup_message_set_request_body_from_bytes (message, request->content_type != NULL ? request->content_type : "application/json",
                                                body);
    }
  if (exchange->elsewhere)
    return message;
  if (request->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", request->authorization);
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  for (int i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (request->headers[i], ": ", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        soup_message_headers_replace (headers, pair[0], pair[1]);
    }
  return message;
}

static void
begin (GTask *task)
{
  DdHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      leave (task);
      fail (task, g_steal_pointer (&error));
      return;
    }
  g_clear_object (&exchange->message);
  exchange->message = make_message (exchange);
  if (exchange->message == NULL)
    {
      leave (task);
      fail (task, g_error_new (DD_ERROR, DD_ERROR_INVALID, _("“%s” is no web address."), exchange->url));
      return;
    }
  exchange->requests++;
  start_clock (exchange, task);
  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable, sent_cb, task);
}

/* ---- the queue of a host ---- */

static Host *
find_host (DdHttp     *self,
           const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *name = uri != NULL ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri)) : g_strdup ("");
  Host *host = g_hash_table_lookup (self->hosts, name);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      g_queue_init (&host->waiting);
      g_hash_table_insert (self->hosts, g_steal_pointer (&name), host);
    }
  return host;
}

static void
enter (GTask *task)
{
  DdHttp *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  exchange->host = find_host (self, exchange->url);
  if (exchange->host->in_flight >= self->options.max_per_host)
    {
      g_queue_push_tail (&exchange->host->waiting, task);
      return;
    }
  exchange->host->in_flight++;
  begin (task);
}

static void
leave (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  Host *host = g_steal_pointer (&exchange->host);
  GTask *next;

  stop_clock (exchange, task);
  host->in_flight--;
  next = g_queue_pop_head (&host->waiting);
  if (next == NULL)
    return;
  host->in_flight++;
  begin (next);
}

/* ---- the object ---- */

static void
dd_http_finalize (GObject *object)
{
  DdHttp *self = DD_HTTP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->hosts, g_hash_table_unref);
  G_OBJECT_CLASS (dd_http_parent_class)->finalize (object);
}

static void
dd_http_class_init (DdHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_http_finalize;
}

static void
dd_http_init (DdHttp *self)
{
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_free);
}

void
dd_http_options_init (DdHttpOptions *options)
{
  *options = (DdHttpOptions) {
    .max_per_host = 8,
    .attempts = 5,
    .backoff = DD_SECOND / 2,
    .longest_wait = 2 * DD_MINUTE,
  };
}

DdHttp *
dd_http_new (const DdHttpOptions *options)
{
  DdHttp *self = g_object_new (DD_TYPE_HTTP, NULL);

  if (options != NULL)
    self->options = *options;
  else
    dd_http_options_init (&self->options);
  self->session = soup_session_new_with_options ("max-conns", 64, "max-conns-per-host", (int) self->options.max_per_host,
                                                 "user-agent", "DoraDash/" DD_VERSION, "timeout", 0, NULL);
  return self;
}

DdHttpRequest *
dd_http_request_new (const char *service,
                     const char *url)
{
  DdHttpRequest *request = g_new0 (DdHttpRequest, 1);

  request->service = service;
  request->url = g_strdup (url);
  return request;
}

void
dd_http_request_free (DdHttpRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->url);
  g_free (request->body);
  g_free (request->content_type);
  g_free (request->authorization);
  g_free (request->etag);
  g_free (request->accept);
  g_strfreev (request->headers);
  g_free (request);
}

void
dd_http_send_async (DdHttp             *self,
                    DdHttpRequest      *request,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, dd_http_send_async);
  g_task_set_check_cancellable (task, FALSE);
  exchange->request = request;
  exchange->url = g_strdup (request->url);
  exchange->retry_errors = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, exchange, exchange_free);
  if (!dd_http_check_url (exchange->url, &error))
    fail (task, error);
  else
    enter (task);
}

DdHttpReply *
dd_http_send_finish (DdHttp       *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dd_http_result_stats (GAsyncResult *result,
                      DdHttpStats  *stats)
{
  const Exchange *exchange = g_task_get_task_data (G_TASK (result));

  stats->requests = exchange->requests;
  stats->bytes = exchange->bytes;
  stats->retry_errors = exchange->retry_errors;
}

gboolean
dd_http_check_url (const char *url,
                   GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL || *host == '\0')
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("“%s” is no web address; write one like https://api.example.com."), url);
      return FALSE;
    }
  if (g_strcmp0 (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  if (g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 &&
      (g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address))))
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("“%s” is not safe: tokens are sent by https only."), url);
  return FALSE;
}
