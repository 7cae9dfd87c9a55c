/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * dd_background_request_async:
 * @autostart: also that it is started when the user logs in, without a window; FALSE takes that back
 *
 * Asks the desktop to let the program go on without a window, through the portal, which asks the user. Where there is no portal nobody
 * forbids it, and nobody starts it.
 */
void     dd_background_request_async (gboolean autostart, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* @autostart: (out): whether it will be started. FALSE with DD_ERROR_PERMISSION where the user does not want it. */
gboolean dd_background_request_finish (GAsyncResult *result, gboolean *autostart, GError **error);

G_END_DECLS
