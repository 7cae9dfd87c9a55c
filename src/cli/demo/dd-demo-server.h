/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-demo-world.h"

G_BEGIN_DECLS

/**
 * DdDemoServer:
 *
 * The example organization's services on a loopback port: GitHub, Linear and Slab, just as far as DoraDash's own sources ask
 * them, so that a demo goes the whole way that real data goes. It wants its tokens as the services do.
 */
#define DD_TYPE_DEMO_SERVER (dd_demo_server_get_type ())
G_DECLARE_FINAL_TYPE (DdDemoServer, dd_demo_server, DD, DEMO_SERVER, GObject)

DdDemoServer *dd_demo_server_new (gint64 now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* http://127.0.0.1:PORT */
const char   *dd_demo_server_get_url (DdDemoServer *self);

/* The one token that all its services take; made anew for each server. */
const char   *dd_demo_server_get_token (DdDemoServer *self);

/* The workspace file. */
char         *dd_demo_server_settings (DdDemoServer *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
