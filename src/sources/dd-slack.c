/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"

typedef struct
{
  const char *word; /* what Slack answers */
  DdError     code;
  const char *sentence;
} Refusal;

static const Refusal refusals[] = {
  { "no_service", DD_ERROR_AUTH, N_("Slack’s webhook was removed; make a new one and set it here.") },
  { "no_active_hooks", DD_ERROR_AUTH, N_("Slack’s webhook was switched off; make a new one and set it here.") },
  { "no_team", DD_ERROR_AUTH, N_("Slack does not know this webhook’s workspace; make a new one and set it here.") },
  { "team_disabled", DD_ERROR_AUTH, N_("The Slack workspace of this webhook is closed.") },
  { "invalid_token", DD_ERROR_AUTH, N_("Slack does not know this webhook; make a new one and set it here.") },
  { "channel_is_archived", DD_ERROR_NOT_FOUND, N_("The channel of this webhook is archived; make a webhook for another one.") },
  { "channel_not_found", DD_ERROR_NOT_FOUND, N_("The channel of this webhook is gone; make a webhook for another one.") },
  { "user_not_found", DD_ERROR_NOT_FOUND, N_("The person of this webhook is gone; make a webhook for a channel.") },
  { "action_prohibited", DD_ERROR_PERMISSION, N_("Slack’s administrator does not allow this post.") },
  { "posting_to_general_channel_denied", DD_ERROR_PERMISSION, N_("Slack’s administrator does not allow posts to this channel.") },
};

static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  g_autofree char *word = g_strstrip (g_strdup (reply->text != NULL ? reply->text : ""));

  if (reply->status == 200 && strcmp (word, "ok") == 0)
    return DD_VERDICT_OK;
  if (reply->status == 429)
    return dd_http_judge (reply, now, wait, error);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (refusals[i].word, word) == 0)
      {
        g_set_error_literal (error, DD_ERROR, refusals[i].code, _(refusals[i].sentence));
        return DD_VERDICT_FAIL;
      }
  if (reply->status >= 500)
    g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                 _("Slack is in trouble (HTTP %u); it may have posted all the same. Look there before you send it again."),
                 reply->status);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slack refused the post (HTTP %u)."), reply->status);
  return DD_VERDICT_FAIL;
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);

  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
dd_slack_post_async (DdHttp             *http,
                     const char         *webhook,
                     const char         *payload,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  DdHttpRequest *request;

  if (!dd_http_check_url (webhook, NULL))
    {
      g_task_return_new_error (task, DD_ERROR, DD_ERROR_INVALID, "%s", _("What is set as Slack’s webhook is no https address."));
      g_object_unref (task);
      return;
    }
  request = dd_http_request_new ("Slack", webhook);
  request->body = g_strdup (payload);
  request->keep_text = TRUE;
  request->once = TRUE;
  request->judge = judge;
  dd_http_send_async (http, request, cancellable, posted_cb, task);
}

gboolean
dd_slack_post_finish (GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
