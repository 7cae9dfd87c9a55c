/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-test-server.h"

#include <gio/gio.h>
#include <string.h>

#define MEGABYTE (1024 * 1024)
#define PIECE (64 * 1024)
#define DRIBBLE_MS 50
#define PATIENCE_SECONDS 60

typedef struct
{
  GPatternSpec *pattern;
  GPtrArray    *replies; /* of DdTestReply */
  guint         next;
} Route;

/* A connection that left the server's hands, to be treated worse than a server would. */
typedef struct
{
  DdTestServer *server;
  GIOStream    *stream;
  GString      *pending;
  guint64       left;    /* of DD_TEST_HUGE */
  gboolean      dribble;
  gboolean      closes;  /* after what is pending */
  GSource      *timer;
  GCancellable *cancellable;
} Stolen;

static void
reply_free (gpointer data)
{
  DdTestReply *reply = data;

  g_free ((char *) reply->headers);
  g_free ((char *) reply->body);
  g_free (reply);
}

static void
route_free (gpointer data)
{
  Route *route = data;

  g_pattern_spec_free (route->pattern);
  g_ptr_array_unref (route->replies);
  g_free (route);
}

static void
request_free (gpointer data)
{
  DdTestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->body);
  g_hash_table_unref (request->headers);
  g_free (request);
}

static void
stolen_free (gpointer data)
{
  Stolen *stolen = data;

  if (stolen->timer != NULL)
    {
      g_source_destroy (stolen->timer);
      g_source_unref (stolen->timer);
    }
  g_io_stream_close (stolen->stream, NULL, NULL);
  g_object_unref (stolen->stream);
  g_object_unref (stolen->cancellable);
  g_string_free (stolen->pending, TRUE);
  g_free (stolen);
}

static void
finish (Stolen *stolen)
{
  stolen->server->in_flight--;
  g_ptr_array_remove (stolen->server->stolen, stolen);
}

static void write_on (Stolen *stolen);

static gboolean
dribble_cb (gpointer user_data)
{
  Stolen *stolen = user_data;

  g_clear_pointer (&stolen->timer, g_source_unref);
  g_string_append_c (stolen->pending, ' ');
  write_on (stolen);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (object), result, &error);
  Stolen *stolen = user_data;

  /* The server may be gone by now, and this with it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (written < 0)
    {
      finish (stolen);
      return;
    }
  g_string_erase (stolen->pending, 0, written);
  write_on (stolen);
}

static void
write_on (Stolen *stolen)
{
  if (stolen->pending->len == 0 && stolen->left > 0)
    {
      gsize n = MIN (stolen->left, PIECE);

      g_string_set_size (stolen->pending, n);
      memset (stolen->pending->str, ' ', n);
      stolen->left -= n;
      stolen->server->sent += n;
    }
  if (stolen->pending->len > 0)
    {
      g_output_stream_write_async (g_io_stream_get_output_stream (stolen->stream), stolen->pending->str, stolen->pending->len,
                                   G_PRIORITY_DEFAULT, stolen->cancellable, written_cb, stolen);
    }
  else if (stolen->dribble)
    {
      stolen->timer = g_timeout_source_new (DRIBBLE_MS);
      g_source_set_callback (stolen->timer, dribble_cb, stolen, NULL);
      g_source_attach (stolen->timer, g_main_context_get_thread_default ());
    }
  else if (stolen->closes)
    {
      finish (stolen);
    }
}

static void
mistreat (DdTestServer      *self,
          SoupServerMessage *message,
          const DdTestReply *reply)
{
  Stolen *stolen = g_new0 (Stolen, 1);
  gsize length = reply->body != NULL ? strlen (reply->body) : 0;

  stolen->server = self;
  stolen->pending = g_string_new (NULL);
  stolen->cancellable = g_cancellable_new ();
  stolen->stream = soup_server_message_steal_connection (message);
  g_ptr_array_add (self->stolen, stolen);
  if (reply->kind == DD_TEST_RESET)
    {
      finish (stolen);
      return;
    }
  if (reply->kind == DD_TEST_HANG)
    return;

  g_string_append (stolen->pending, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
  stolen->dribble = reply->kind == DD_TEST_ENDLESS;
  stolen->closes = reply->kind != DD_TEST_ENDLESS;
  if (reply->kind == DD_TEST_HUGE)
    stolen->left = (guint64) reply->megabytes * MEGABYTE;
  if (reply->kind == DD_TEST_TRUNCATE)
    g_string_append_printf (stolen->pending, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s", length, (int) (length / 2),
                            reply->body);
  else
    g_string_append (stolen->pending, "Connection: close\r\n\r\n\"");
  write_on (stolen);
}

static void
send_reply (DdTestServer      *self,
            SoupServerMessage *message,
            const DdTestReply *reply)
{
  g_auto (GStrv) headers = g_strsplit (reply->headers != NULL ? reply->headers : "", "\n", -1);
  SoupMessageHeaders *sent = soup_server_message_get_response_headers (message);
  gsize length = reply->length > 0 || reply->body == NULL ? reply->length : strlen (reply->body);

  soup_server_message_set_status (message, reply->status > 0 ? reply->status : 200, NULL);
  if (reply->body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, reply->body, length);
  for (guint i = 0; headers[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (headers[i], ": ", 2);

      if (g_strv_length (pair) == 2)
        soup_message_headers_replace (sent, pair[0], pair[1]);
    }
}

static const DdTestReply *
find_reply (DdTestServer  *self,
            DdTestRequest *request)
{
  static const DdTestReply none = { .status = 404, .body = "{}" };

  for (guint i = 0; i < self->routes->len; i++)
    {
      Route *route = self->routes->pdata[i];

      if (g_pattern_spec_match_string (route->pattern, request->path) ||
          g_pattern_spec_match_string (route->pattern, request->body))
        {
          guint i_reply = MIN (route->next, route->replies->len - 1);

          route->next++;
          return route->replies->pdata[i_reply];
        }
    }
  return &none;
}

static void
add_header_cb (const char *name,
               const char *value,
               gpointer    user_data)
{
  g_hash_table_replace (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static DdTestRequest *
record (DdTestServer      *self,
        SoupServerMessage *message)
{
  DdTestRequest *request = g_new0 (DdTestRequest, 1);
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strconcat (g_uri_get_path (uri), g_uri_get_query (uri) != NULL ? "?" : NULL, g_uri_get_query (uri), NULL);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  request->body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), add_header_cb, request->headers);
  g_ptr_array_add (self->requests, request);
  return request;
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  DdTestServer *self = user_data;

  self->in_flight--;
  g_ptr_array_remove (self->held, message);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DdTestServer *self = user_data;
  const DdTestReply *reply = find_reply (self, record (self, message));

  self->in_flight++;
  self->peak = MAX (self->peak, self->in_flight);
  if (reply->kind != DD_TEST_NORMAL)
    {
      mistreat (self, message, reply);
      return;
    }
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  send_reply (self, message, reply);
  if (self->holding)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
    }
}

DdTestServer *
dd_test_server_new (void)
{
  DdTestServer *self = g_new0 (DdTestServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->routes = g_ptr_array_new_with_free_func (route_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->stolen = g_ptr_array_new_with_free_func (stolen_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
dd_test_server_free (DdTestServer *self)
{
  dd_test_server_set_holding (self, FALSE);
  for (guint i = 0; i < self->stolen->len; i++)
    g_cancellable_cancel (((Stolen *) self->stolen->pdata[i])->cancellable);
  soup_server_disconnect (self->server);
  dd_test_settle ();
  g_ptr_array_unref (self->stolen);
  g_object_unref (self->server);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->routes);
  g_ptr_array_unref (self->requests);
  g_free (self->url);
  g_free (self);
}

void
dd_test_server_add (DdTestServer      *self,
                    const char        *pattern,
                    const DdTestReply *replies,
                    gsize              n_replies)
{
  Route *route = g_new0 (Route, 1);

  route->pattern = g_pattern_spec_new (pattern);
  route->replies = g_ptr_array_new_with_free_func (reply_free);
  for (gsize i = 0; i < n_replies; i++)
    {
      DdTestReply *reply = g_new (DdTestReply, 1);

      *reply = replies[i];
      reply->headers = g_strdup (reply->headers);
      reply->body = reply->length > 0 ? g_memdup2 (reply->body, reply->length) : g_strdup (reply->body);
      g_ptr_array_add (route->replies, reply);
    }
  g_ptr_array_add (self->routes, route);
}

void
dd_test_server_set_holding (DdTestServer *self,
                            gboolean      holding)
{
  g_autoptr (GPtrArray) held = NULL;

  self->holding = holding;
  if (holding)
    return;
  held = g_steal_pointer (&self->held);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    soup_server_message_unpause (held->pdata[i]);
}

const char *
dd_test_server_last_header (DdTestServer *self,
                            const char   *name)
{
  DdTestRequest *request;

  g_assert_cmpuint (self->requests->len, >, 0);
  request = self->requests->pdata[self->requests->len - 1];
  return g_hash_table_lookup (request->headers, name);
}

static gboolean
lose_patience_cb (gpointer user_data)
{
  g_error ("Nothing came of it within %d seconds.", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
dd_test_wait (const gboolean *done)
{
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, lose_patience_cb, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

void
dd_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
