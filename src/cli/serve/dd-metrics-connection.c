/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metrics-connection.h"

#include "dd-time.h"

/* Those that were told to go need a turn of the main loop for it. Who comes faster than that is turned away. */
#define LEAVING_FACTOR 2

struct _DdConnections
{
  DdConnectionLimits limits;
  GQueue             list; /* of Connection, in the order in which they came */
  guint              sweep;
};

/* Held by the list while the stream lives, and by the address of the other end, which may outlive it. */
typedef struct
{
  DdConnections *owner; /* NULL where the stream or the owner has gone */
  GSocket       *socket;
  gint64         deadline;
  gboolean       busy;
  gboolean       leaving;  /* told to go */
} Connection;

static GQuark
connection_quark (void)
{
  return g_quark_from_static_string ("dd-metrics-connection");
}

static void
connection_clear (gpointer data)
{
  g_clear_object (&((Connection *) data)->socket);
}

static void
connection_unref (gpointer data)
{
  g_rc_box_release_full (data, connection_clear);
}

/* The stream's own reading or writing ends of this, and with it the stream. */
static void
send_away (Connection *connection)
{
  if (connection->leaving)
    return;
  connection->leaving = TRUE;
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

static gboolean
sweep_cb (gpointer user_data)
{
  DdConnections *connections = user_data;
  gint64 now = g_get_monotonic_time ();

  for (GList *l = connections->list.head; l != NULL; l = l->next)
    if (now >= ((Connection *) l->data)->deadline)
      send_away (l->data);
  return G_SOURCE_CONTINUE;
}

static void
stream_gone_cb (gpointer  data,
                GObject  *stream)
{
  Connection *connection = data;

  if (connection->owner != NULL)
    g_queue_remove (&connection->owner->list, connection);
  connection->owner = NULL;
  /* A stream leaves that to whoever holds the socket; and that one remembers the address, which holds this. */
  g_socket_close (connection->socket, NULL);
  g_clear_object (&connection->socket);
  connection_unref (connection);
}

void
dd_connection_limits_init (DdConnectionLimits *limits)
{
  *limits = (DdConnectionLimits) { .most = 100, .request = 10 * DD_SECOND };
}

DdConnections *
dd_connections_new (const DdConnectionLimits *limits)
{
  DdConnections *connections = g_new0 (DdConnections, 1);

  connections->limits = *limits;
  g_queue_init (&connections->list);
  connections->sweep = g_timeout_add ((guint) CLAMP (limits->request / 4000, 10, 1000), sweep_cb, connections);
  return connections;
}

void
dd_connections_free (DdConnections *connections)
{
  g_source_remove (connections->sweep);
  for (GList *l = connections->list.head; l != NULL; l = l->next)
    {
      Connection *connection = l->data;

      connection->owner = NULL;
      send_away (connection);
    }
  g_queue_clear (&connections->list);
  g_free (connections);
}

guint
dd_connections_count (DdConnections *connections)
{
  return connections->list.length;
}

guint
dd_connections_busy (DdConnections *connections)
{
  guint busy = 0;

  for (GList *l = connections->list.head; l != NULL; l = l->next)
    busy += ((Connection *) l->data)->busy;
  return busy;
}

/* Who is answered is so at once: the oldest is slow, or asks nothing. */
static void
make_room (DdConnections *connections)
{
  Connection *oldest = NULL;
  guint staying = 0;

  for (GList *l = connections->list.tail; l != NULL; l = l->prev)
    if (!((Connection *) l->data)->leaving)
      {
        oldest = l->data;
        staying++;
      }
  if (staying >= connections->limits.most)
    send_away (oldest);
}

gboolean
dd_connections_add (DdConnections     *connections,
                    GSocketConnection *stream,
                    GSocketAddress    *address)
{
  Connection *connection;

  if (connections->list.length >= LEAVING_FACTOR * connections->limits.most)
    return FALSE;
  make_room (connections);
  connection = g_rc_box_new0 (Connection);
  connection->owner = connections;
  connection->socket = g_object_ref (g_socket_connection_get_socket (stream));
  connection->deadline = g_get_monotonic_time () + connections->limits.request;
  g_queue_push_tail (&connections->list, connection);
  g_object_weak_ref (G_OBJECT (stream), stream_gone_cb, connection);
  g_object_set_qdata_full (G_OBJECT (address), connection_quark (), g_rc_box_acquire (connection), connection_unref);
  return TRUE;
}

static Connection *
find (GSocketAddress *address)
{
  Connection *connection = address != NULL ? g_object_get_qdata (G_OBJECT (address), connection_quark ()) : NULL;

  return connection != NULL && connection->owner != NULL ? connection : NULL;
}

void
dd_connections_begin (GSocketAddress *address)
{
  Connection *connection = find (address);

  if (connection == NULL)
    return;
  connection->busy = TRUE;
}

void
dd_connections_end (GSocketAddress *address)
{
  Connection *connection = find (address);

  if (connection == NULL)
    return;
  connection->busy = FALSE;
}
