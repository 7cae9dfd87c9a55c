/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-http.h"

G_BEGIN_DECLS

/* Posts a payload of Block Kit to an incoming webhook, once: it is sent again only where Slack says that it took nothing. The
 * webhook's address is a secret: it is in no message. DD_ERROR_UNCONFIRMED: it may be posted, nobody can say; after any other
 * error it is not. */
void     dd_slack_post_async (DdHttp *http, const char *webhook, const char *payload, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_slack_post_finish (GAsyncResult *result, GError **error);

/* DD_ERROR_INVALID where @address is none of Slack's, nor of this machine (for tests). */
gboolean dd_slack_check_webhook (const char *address, GError **error);

/* What both of Slack's doors have in common: 429 with Retry-After. */
DdVerdict dd_slack_judge_limit (const DdHttpReply *reply, gint64 now, gint64 *wait, GError **error);

G_END_DECLS
