/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Looks at a request before libsoup does. That one reads a body to its end, however long, warns of what it does not expect, and
 * keeps something of each request that it refuses; so it is only given what is well-formed, short and there as a whole.
 */

/* The most that a request may say before its body, and the longest body that is passed over. */
#define DD_REQUEST_HEAD 8192
#define DD_REQUEST_BODY 65536

/* Not a status: more must come first, or all is well. */
#define DD_REQUEST_MORE 0
#define DD_REQUEST_GOOD 200

/* What the first @length bytes of a request come to: DD_REQUEST_MORE, DD_REQUEST_GOOD or the status to refuse it with. */
guint dd_request_check (const char *text, gsize length);

/**
 * DdRequestFunc:
 * @status: as dd_request_check() says it; 0 where the client has gone before
 *
 * The request is still to be read. Called once.
 */
typedef void (*DdRequestFunc) (GSocketConnection *connection, guint status, gpointer data);

/* Waits until what @connection sends can be judged, and holds it until then. What waits, in the thread's main context: to give up,
 * g_source_destroy(). */
GSource *dd_request_await (GSocketConnection *connection, DdRequestFunc func, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
