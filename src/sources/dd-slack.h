/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-http.h"

G_BEGIN_DECLS

/* Posts a payload of Block Kit to an incoming webhook, once: it is sent again only where Slack says that it took nothing. The
 * webhook's address is a secret: it is in no message. */
void     dd_slack_post_async (DdHttp *http, const char *webhook, const char *payload, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_slack_post_finish (GAsyncResult *result, GError **error);

G_END_DECLS
