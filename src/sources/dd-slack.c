/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-time.h"

#define SLACK_HOST "hooks.slack.com"
#define LONGEST_WORD 60
#define TOO_MANY_REQUESTS 429
/* Where it limits without saying for how long. */
#define USUAL_LIMIT (30 * DD_SECOND)

typedef struct
{
  const char *word; /* what Slack answers */
  DdError     code;
  const char *sentence;
} Refusal;

#define NEW_WEBHOOK N_("Slack does not know this webhook any more; make a new one there and give that.")
#define NOT_UNDERSTOOD N_("Slack does not understand the report; update DoraDash, or report it.")

static const Refusal refusals[] = {
  { "no_service", DD_ERROR_AUTH, NEW_WEBHOOK },
  { "no_team", DD_ERROR_AUTH, NEW_WEBHOOK },
  { "invalid_token", DD_ERROR_AUTH, NEW_WEBHOOK },
  { "no_active_hooks", DD_ERROR_AUTH,
    N_("Slack’s webhook is switched off; switch it on there, or give another.") },
  { "team_disabled", DD_ERROR_AUTH,
    N_("The Slack workspace of this webhook is closed; give a webhook of another one.") },
  { "channel_is_archived", DD_ERROR_NOT_FOUND, N_("The channel of this webhook is archived; make a webhook for another one.") },
  { "channel_not_found", DD_ERROR_NOT_FOUND, N_("The channel of this webhook is gone; make a webhook for another one.") },
  { "user_not_found", DD_ERROR_NOT_FOUND, N_("The person of this webhook is gone; make a webhook for a channel.") },
  { "action_prohibited", DD_ERROR_PERMISSION, N_("Slack’s administrator does not allow this post; ask for leave.") },
  { "posting_to_general_channel_denied", DD_ERROR_PERMISSION,
    N_("Slack’s administrator does not allow posts to this channel; make a webhook for another one.") },
  { "invalid_payload", DD_ERROR_BAD_REPLY, NOT_UNDERSTOOD },
  { "invalid_blocks", DD_ERROR_BAD_REPLY, NOT_UNDERSTOOD },
  { "no_text", DD_ERROR_BAD_REPLY, NOT_UNDERSTOOD },
  { "too_many_attachments", DD_ERROR_BAD_REPLY, NOT_UNDERSTOOD },
};

static const Refusal *
find_refusal (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (refusals[i].word, word) == 0)
      return &refusals[i];
  return NULL;
}

/* Slack's refusals are single words; anything else does not come from Slack. */
static gboolean
is_word (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz_");

  return length > 0 && length <= LONGEST_WORD && text[length] == '\0';
}

DdVerdict
dd_slack_judge_limit (const DdHttpReply *reply,
                      gint64             now,
                      gint64            *wait,
                      GError           **error)
{
  gint64 after = dd_http_retry_after (reply, now);
  guint seconds;

  /* At least a moment: no wait at all would mean that it is tried as after a failure. */
  *wait = after >= 0 ? MAX (after, DD_SECOND / 10) : USUAL_LIMIT;
  seconds = (guint) ((*wait + DD_SECOND - 1) / DD_SECOND);
  g_set_error (error, DD_ERROR, DD_ERROR_RATE_LIMITED,
               ngettext ("Slack takes nothing more for %u second, and nothing was posted; send it again then.",
                         "Slack takes nothing more for %u seconds, and nothing was posted; send it again then.", seconds),
               seconds);
  return DD_VERDICT_RETRY;
}

static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  g_autofree char *word = g_strstrip (g_strdup (reply->text));
  const Refusal *refusal = find_refusal (word);

  if (reply->status == 200 && strcmp (word, "ok") == 0)
    return DD_VERDICT_OK;
  if (reply->status == TOO_MANY_REQUESTS)
    return dd_slack_judge_limit (reply, now, wait, error);
  if (refusal != NULL)
    g_set_error_literal (error, DD_ERROR, refusal->code, _(refusal->sentence));
  else if (reply->status >= 500)
    g_set_error (error, DD_ERROR, DD_ERROR_UNCONFIRMED,
                 _("Slack is in trouble (HTTP %u); it may have posted all the same. Look there before you send it again."),
                 reply->status);
  else if (reply->status < 300)
    /* Whoever stands in between may well have handed it on. */
    g_set_error_literal (error, DD_ERROR, DD_ERROR_UNCONFIRMED,
                         _("What answered is not Slack, perhaps a proxy; it may have been posted all the same. Look there before you "
                           "send it again."));
  else if (is_word (word))
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slack refused the post and says “%s”; check the webhook there."), word);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slack refused the post (HTTP %u); check the webhook there."),
                 reply->status);
  return DD_VERDICT_FAIL;
}

/* A report is confidential: it goes to Slack, or to a test on this machine, and to nobody else. */
gboolean
dd_slack_check_webhook (const char *address,
                        GError    **error)
{
  g_autoptr (GUri) uri = dd_http_check_url (address, NULL) ? g_uri_parse (address, G_URI_FLAGS_SCHEME_NORMALIZE, NULL) : NULL;

  if (uri != NULL && (strcmp (g_uri_get_scheme (uri), "http") == 0 ||
                      (g_ascii_strcasecmp (g_uri_get_host (uri), SLACK_HOST) == 0 && g_uri_get_port (uri) == -1)))
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID,
                       _("A webhook of Slack begins with https://hooks.slack.com/, and the one given does not."));
  return FALSE;
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
  GError *error = NULL;

  /* Who gives up is told whether it is on its way already. */
  g_task_set_check_cancellable (task, FALSE);
  if (!dd_slack_check_webhook (webhook, &error))
    {
      g_task_return_error (task, error);
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
