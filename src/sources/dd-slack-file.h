/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-http.h"

G_BEGIN_DECLS

/* Files by Slack's Web API, which a webhook cannot take: @token is a bot's, with files:write. It is in no message. SLACK_API_URL
 * stands for https://slack.com/api/ where it is on this machine (for tests). */

/* Hands a file to Slack, where nobody sees it yet; its id. */
void     dd_slack_upload_async (DdHttp *http, const char *token, const char *name, GBytes *bytes, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
char    *dd_slack_upload_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Shows it in a channel, once; errors as of dd_slack_post_finish(). @channel: its id, "C0123456789". */
void     dd_slack_share_async (DdHttp *http, const char *token, const char *file, const char *title, const char *channel,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_slack_share_finish (GAsyncResult *result, GError **error);

G_END_DECLS
