/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where `serve` answers unless it is told otherwise. */
#define DD_LISTEN_PORT 9672

/**
 * dd_listen_parse:
 * @text: (nullable): "ADDR:PORT", "[::1]:PORT", "NAME:PORT", "ADDR", or ":PORT" and "PORT", which are of this computer only
 * @host: (out): an address or a name
 *
 * DD_ERROR_INVALID with an example where it cannot be read.
 */
gboolean dd_listen_parse (const char *text, char **host, guint16 *port, GError **error);

/* TRUE where others than this computer's own programs reach it. */
gboolean dd_listen_is_open (GSocketAddress *address);

/* http://ADDR:PORT/metrics */
char    *dd_listen_url (GSocketAddress *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
