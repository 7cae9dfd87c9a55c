/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metrics-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "dd-error.h"
#include "dd-request-guard.h"

#define PLAIN "text/plain; charset=utf-8"
#define BACKLOG 128
/* Blocks of what a refused client sent. */
#define MOST_READ 8

struct _DdMetricsServer
{
  GObject         parent_instance;
  DdMetricsCache *cache;
  SoupServer     *soup;
  GSocketService *service;
  DdConnections  *connections;
  GHashTable     *awaited; /* set of GSource: connections that have not asked yet */
};

G_DEFINE_FINAL_TYPE (DdMetricsServer, dd_metrics_server, G_TYPE_OBJECT)

/* A request that waits for the cache. */
typedef struct
{
  SoupServerMessage *message;
  DdExpositionFormat format;
  gboolean           health;
  gboolean           gone; /* the client has */
} Asked;

static GQuark
remote_quark (void)
{
  return g_quark_from_static_string ("dd-metrics-remote");
}

static void
set_body (SoupServerMessage *message,
          guint              status,
          const char        *type,
          GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Content-Type", type);
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  /* Shared by all who are sent it just now. */
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
set_text (SoupServerMessage *message,
          guint              status,
          const char        *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  set_body (message, status, PLAIN, body);
}

/* Of what the client takes, the first that there is: the list comes in the order of its wishes. */
static DdExpositionFormat
negotiate (SoupServerMessage *message)
{
  const char *accept = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept");
  GSList *wishes = accept != NULL ? soup_header_parse_quality_list (accept, NULL) : NULL;
  DdExpositionFormat format = DD_EXPOSITION_TEXT;

  for (GSList *l = wishes; l != NULL; l = l->next)
    {
      g_autofree char *wish = g_ascii_strdown (l->data, -1);
      const char *version = strstr (wish, "version=");

      if (g_str_has_prefix (wish, "application/openmetrics-text"))
        {
          if (version != NULL && !g_str_has_prefix (version, "version=1.") && !g_str_has_prefix (version, "version=\"1."))
            continue;
          format = DD_EXPOSITION_OPENMETRICS;
          break;
        }
      if (g_str_has_prefix (wish, "text/") || g_str_has_prefix (wish, "*/*"))
        break;
    }
  soup_header_free_list (wishes);
  return format;
}

static void
gone_cb (SoupServerMessage *message,
         gpointer           user_data)
{
  ((Asked *) user_data)->gone = TRUE;
}

static void
got_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Asked *asked = user_data;
  SoupServerMessage *message = asked->message;
  g_autoptr (GError) error = NULL;
  guint age;
  g_autoptr (GBytes) body = dd_metrics_cache_get_finish (DD_METRICS_CACHE (object), result, &age, &error);

  g_signal_handlers_disconnect_by_data (message, asked);
  if (!asked->gone)
    {
      /* Why is said where the program runs: it may name files. */
      if (body == NULL)
        set_text (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "The numbers cannot be read just now.\n");
      else if (asked->health)
        set_text (message, SOUP_STATUS_OK, "ok\n");
      else
        {
          g_autofree char *seconds = g_strdup_printf ("%u", age);

          soup_message_headers_replace (soup_server_message_get_response_headers (message), "Age", seconds);
          set_body (message, SOUP_STATUS_OK, dd_exposition_content_type (asked->format), body);
        }
      soup_server_message_unpause (message);
    }
  g_object_unref (message);
  g_free (asked);
}

/* Before a body is read: none is ever kept. */
static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  /* A part of an exposition is of no use, and many parts of it may be more than the whole. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static void
asked_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  DdMetricsServer *self = DD_METRICS_SERVER (user_data);
  const char *method = soup_server_message_get_method (message);
  gboolean health = g_str_equal (path, "/healthz");
  Asked *asked;

  if (!health && !g_str_equal (path, "/metrics"))
    {
      set_text (message, SOUP_STATUS_NOT_FOUND, "There are /metrics and /healthz.\n");
      return;
    }
  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET, HEAD");
      set_text (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "This can only be read.\n");
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->message = g_object_ref (message);
  asked->format = negotiate (message);
  asked->health = health;
  g_signal_connect (message, "finished", G_CALLBACK (gone_cb), asked);
  g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), asked);
  soup_server_message_pause (message);
  dd_metrics_cache_get_async (self->cache, asked->format, got_cb, asked);
}

static void
begins_cb (SoupServer        *soup,
           SoupServerMessage *message,
           gpointer           user_data)
{
  dd_connections_begin (soup_server_message_get_remote_address (message));
}

static void
ends_cb (SoupServer        *soup,
         SoupServerMessage *message,
         gpointer           user_data)
{
  dd_connections_end (soup_server_message_get_remote_address (message));
}

/* In place of an answer by libsoup, which need not see it. */
static void
refuse (GSocketConnection *stream,
        guint              status)
{
  /* The one that libsoup has no words for. */
  const char *phrase = status == 431 ? "Request Header Fields Too Large" : soup_status_get_phrase (status);
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", status, phrase);
  GSocket *socket = g_socket_connection_get_socket (stream);
  char rest[DD_REQUEST_HEAD];

  /* What is not read would be taken for a broken connection at the other end, and the answer with it. */
  for (int i = 0; i < MOST_READ && g_socket_receive_with_blocking (socket, rest, sizeof rest, FALSE, NULL, NULL) > 0; i++)
    ;
  g_socket_send_with_blocking (socket, text, strlen (text), FALSE, NULL, NULL);
}

static void
judged_cb (GSocketConnection *stream,
           guint              status,
           gpointer           user_data)
{
  DdMetricsServer *self = DD_METRICS_SERVER (user_data);
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_object_steal_qdata (G_OBJECT (stream), remote_quark ());

  g_hash_table_remove (self->awaited, g_main_current_source ());
  if (status == DD_REQUEST_GOOD && local != NULL)
    soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, NULL);
  else if (status >= 400)
    refuse (stream, status);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *source,
             gpointer           user_data)
{
  DdMetricsServer *self = DD_METRICS_SERVER (user_data);
  GSocketAddress *remote = g_socket_connection_get_remote_address (stream, NULL);

  /* One that has gone before it was looked at has no address. What is not taken is closed with its last reference. */
  if (remote == NULL)
    return TRUE;
  g_object_set_qdata_full (G_OBJECT (stream), remote_quark (), remote, g_object_unref);
  if (dd_connections_add (self->connections, stream, remote))
    g_hash_table_add (self->awaited, dd_request_await (stream, judged_cb, self));
  return TRUE;
}

static void
give_up_cb (gpointer source,
            gpointer value,
            gpointer user_data)
{
  g_source_destroy (source);
}

static void
dd_metrics_server_dispose (GObject *object)
{
  DdMetricsServer *self = DD_METRICS_SERVER (object);

  if (self->service != NULL)
    dd_metrics_server_stop (self);
  if (self->awaited != NULL)
    g_hash_table_foreach (self->awaited, give_up_cb, NULL);
  g_clear_pointer (&self->awaited, g_hash_table_unref);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->service);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->connections, dd_connections_free);
  g_clear_object (&self->cache);
  G_OBJECT_CLASS (dd_metrics_server_parent_class)->dispose (object);
}

static void
dd_metrics_server_class_init (DdMetricsServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_metrics_server_dispose;
}

static void
dd_metrics_server_init (DdMetricsServer *self)
{
  /* Without a name: it tells nothing about itself. */
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, asked_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (begins_cb), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (ends_cb), self);
  self->awaited = g_hash_table_new (NULL, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
}

DdMetricsServer *
dd_metrics_server_new (DdMetricsCache           *cache,
                       const DdConnectionLimits *limits)
{
  DdMetricsServer *self = g_object_new (DD_TYPE_METRICS_SERVER, NULL);

  self->cache = g_object_ref (cache);
  self->connections = dd_connections_new (limits);
  return self;
}

GSocketAddress *
dd_metrics_server_listen (DdMetricsServer *self,
                          GSocketAddress  *address,
                          GError         **error)
{
  GSocketAddress *effective = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (DD_IS_METRICS_SERVER (self), NULL);
  if (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                     &effective, &cause))
    return effective;
  text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
  g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("Nothing can be answered at %s: %s"), text, cause->message);
  return NULL;
}

void
dd_metrics_server_stop (DdMetricsServer *self)
{
  g_return_if_fail (DD_IS_METRICS_SERVER (self));
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

guint
dd_metrics_server_connections (DdMetricsServer *self)
{
  g_return_val_if_fail (DD_IS_METRICS_SERVER (self), 0);
  return dd_connections_count (self->connections);
}

guint
dd_metrics_server_busy (DdMetricsServer *self)
{
  g_return_val_if_fail (DD_IS_METRICS_SERVER (self), 0);
  return dd_connections_busy (self->connections);
}
