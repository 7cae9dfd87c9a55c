/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DdConnections:
 *
 * The connections of a server, so that there are never too many and none is held for ever. Each is for one request, which must be
 * read and answered within a time. Where there is no room for one that comes in, the oldest goes.
 */
typedef struct _DdConnections DdConnections;

typedef struct
{
  guint  most;
  gint64 request; /* microseconds */
} DdConnectionLimits;

void           dd_connection_limits_init (DdConnectionLimits *limits);

DdConnections *dd_connections_new (const DdConnectionLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
/* Ends them all. */
void           dd_connections_free (DdConnections *connections);
guint          dd_connections_count (DdConnections *connections);
/* How many requests are being read or answered. */
guint          dd_connections_busy (DdConnections *connections);

/* Takes note of a new connection; @address is its other end, and is asked by below. FALSE: there is no room, close it. */
gboolean       dd_connections_add (DdConnections *connections, GSocketConnection *stream, GSocketAddress *address);

/* A request begins to come in on the connection of @address, and is answered. */
void           dd_connections_begin (GSocketAddress *address);
void           dd_connections_end (GSocketAddress *address);

G_END_DECLS
