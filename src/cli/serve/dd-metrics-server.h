/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-metrics-cache.h"
#include "dd-metrics-connection.h"

G_BEGIN_DECLS

/**
 * DdMetricsServer:
 *
 * Answers GET and HEAD of /metrics and /healthz, and nothing else. What it is asked is not remembered, and what a client sends
 * takes no more memory than its headers.
 */
#define DD_TYPE_METRICS_SERVER (dd_metrics_server_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricsServer, dd_metrics_server, DD, METRICS_SERVER, GObject)

DdMetricsServer *dd_metrics_server_new (DdMetricsCache *cache, const DdConnectionLimits *limits) G_GNUC_WARN_UNUSED_RESULT;

/* Answers there from now on; the address with the port that was given. NULL with DD_ERROR_UNAVAILABLE. */
GSocketAddress  *dd_metrics_server_listen (DdMetricsServer *self, GSocketAddress *address,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes no more requests. */
void             dd_metrics_server_stop (DdMetricsServer *self);

guint            dd_metrics_server_connections (DdMetricsServer *self);
/* Requests that are not answered yet. */
guint            dd_metrics_server_busy (DdMetricsServer *self);

G_END_DECLS
