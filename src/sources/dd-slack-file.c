/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slack-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-slack.h"

#define API "https://slack.com/api/"
#define API_VARIABLE "SLACK_API_URL"
#define SLACK_DOMAIN ".slack.com"
#define LONGEST_WORD 60
#define TOO_MANY_REQUESTS 429

typedef struct
{
  const char *word;
  DdError     code;
  const char *sentence;
} Refusal;

#define NEW_TOKEN N_("Slack does not know the bot’s token any more; give another.")
#define NO_CHANNEL N_("Slack finds no such channel for the bot; give the channel’s ID, and invite the bot to it.")

static const Refusal refusals[] = {
  { "invalid_auth", DD_ERROR_AUTH, NEW_TOKEN },
  { "not_authed", DD_ERROR_AUTH, NEW_TOKEN },
  { "token_revoked", DD_ERROR_AUTH, NEW_TOKEN },
  { "token_expired", DD_ERROR_AUTH, NEW_TOKEN },
  { "account_inactive", DD_ERROR_AUTH, NEW_TOKEN },
  { "missing_scope", DD_ERROR_PERMISSION,
    N_("The bot’s token lacks the scope files:write; add it to the app in Slack, install the app again and set its new token.") },
  { "not_in_channel", DD_ERROR_PERMISSION, N_("The bot is not in this channel; invite it there in Slack.") },
  { "channel_not_found", DD_ERROR_NOT_FOUND, NO_CHANNEL },
  { "invalid_channel", DD_ERROR_NOT_FOUND, NO_CHANNEL },
  { "is_archived", DD_ERROR_NOT_FOUND, N_("This channel is archived; give another one.") },
  { "restricted_action", DD_ERROR_PERMISSION, N_("Slack’s administrator does not allow files from this bot; ask for leave.") },
  { "file_uploads_disabled", DD_ERROR_PERMISSION, N_("Files are switched off in this Slack workspace; send without the PDF.") },
};

/* A file on its way to Slack. */
typedef struct
{
  DdHttp *http;
  GBytes *bytes;
  char   *id;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_object_unref (upload->http);
  g_bytes_unref (upload->bytes);
  g_free (upload->id);
  g_free (upload);
}

static void
set_refusal (const char *word,
             GError    **error)
{
  gsize length = strspn (word, "abcdefghijklmnopqrstuvwxyz_");

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (refusals[i].word, word) == 0)
      {
        g_set_error_literal (error, DD_ERROR, refusals[i].code, _(refusals[i].sentence));
        return;
      }
  if (length > 0 && length <= LONGEST_WORD && word[length] == '\0')
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slack refused the PDF and says “%s”; send without it."), word);
  else
    g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slack refused the PDF; send without it."));
}

/* The Web API says in the body whether it did what it was asked. */
static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *root = dd_json_path (reply->json, "");
  const char *word = dd_json_string (root, "error");

  if (reply->status == TOO_MANY_REQUESTS)
    return dd_slack_judge_limit (reply, now, wait, error);
  if (reply->status >= 200 && reply->status < 300 && dd_json_bool (root, "ok", FALSE))
    return DD_VERDICT_OK;
  if (word != NULL && reply->status < 500)
    {
      set_refusal (word, error);
      return DD_VERDICT_FAIL;
    }
  if (reply->status >= 400 && reply->status < 500)
    {
      set_refusal ("", error);
      return DD_VERDICT_FAIL;
    }
  g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("Slack is in trouble (HTTP %u); try again later."), reply->status);
  return DD_VERDICT_RETRY;
}

/* The same where what was asked for may have been done, whatever else the answer is. */
static DdVerdict
judge_share (const DdHttpReply *reply,
             gint64             now,
             gint64            *wait,
             GError           **error)
{
  DdVerdict verdict = judge (reply, now, wait, error);

  if (verdict == DD_VERDICT_RETRY && reply->status != TOO_MANY_REQUESTS)
    {
      g_clear_error (error);
      g_set_error (error, DD_ERROR, DD_ERROR_UNCONFIRMED,
                   _("Slack is in trouble (HTTP %u); it may have shown the PDF all the same. Look there before you send it again."),
                   reply->status);
      return DD_VERDICT_FAIL;
    }
  return verdict;
}

/* Where the bytes go, Slack says itself: not a JSON, but a status. */
static DdVerdict
judge_bytes (const DdHttpReply *reply,
             gint64             now,
             gint64            *wait,
             GError           **error)
{
  if (reply->status >= 200 && reply->status < 300)
    return DD_VERDICT_OK;
  if (reply->status == TOO_MANY_REQUESTS)
    return dd_slack_judge_limit (reply, now, wait, error);
  if (reply->status >= 500)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("Slack is in trouble (HTTP %u); try again later."), reply->status);
      return DD_VERDICT_RETRY;
    }
  set_refusal ("", error);
  return DD_VERDICT_FAIL;
}

static gboolean
is_loopback (const char *address)
{
  return g_str_has_prefix (address, "http://") && dd_http_check_url (address, NULL);
}

static DdHttpRequest *
make_request (const char *token,
              const char *method)
{
  const char *other = g_getenv (API_VARIABLE);
  g_autofree char *url = g_strconcat (other != NULL && is_loopback (other) ? other : API, method, NULL);
  DdHttpRequest *request = dd_http_request_new ("Slack", url);

  request->authorization = g_strconcat ("Bearer ", token, NULL);
  request->judge = judge;
  return request;
}

static void
put_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);

  if (reply != NULL)
    g_task_return_pointer (task, g_steal_pointer (&upload->id), g_free);
  else
    g_task_return_error (task, error);
}

/* The report goes to Slack and to nobody else, whatever the answer names. */
static gboolean
is_place (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  if (address == NULL || !dd_http_check_url (address, NULL))
    return FALSE;
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && (g_str_has_suffix (g_uri_get_host (uri), SLACK_DOMAIN) ||
                         (g_getenv (API_VARIABLE) != NULL && is_loopback (address)));
}

static void
place_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);
  JsonObject *root = reply != NULL ? dd_json_path (reply->json, "") : NULL;
  const char *address = dd_json_string (root, "upload_url");
  DdHttpRequest *request;

  upload->id = g_strdup (dd_json_string (root, "file_id"));
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (upload->id == NULL || !is_place (address))
    {
      g_task_return_new_error (task, DD_ERROR, DD_ERROR_BAD_REPLY, "%s", _("Slack does not say where the PDF may go; send without it."));
      return;
    }
  request = dd_http_request_new ("Slack", address);
  request->bytes = g_bytes_ref (upload->bytes);
  request->content_type = g_strdup ("application/octet-stream");
  request->judge = judge_bytes;
  dd_http_send_async (upload->http, request, cancellable, put_cb, g_steal_pointer (&task));
}

void
dd_slack_upload_async (DdHttp             *http,
                       const char         *token,
                       const char         *name,
                       GBytes             *bytes,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);
  DdHttpRequest *request = make_request (token, "files.getUploadURLExternal");
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

  upload->http = g_object_ref (http);
  upload->bytes = g_bytes_ref (bytes);
  g_task_set_task_data (task, upload, upload_free);
  /* A form: this method does not read JSON reliably. */
  request->content_type = g_strdup ("application/x-www-form-urlencoded");
  request->body = g_strdup_printf ("filename=%s&length=%" G_GSIZE_FORMAT, escaped, g_bytes_get_size (bytes));
  dd_http_send_async (http, request, cancellable, place_cb, task);
}

char *
dd_slack_upload_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
share_body (const char *file,
            const char *title,
            const char *channel)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *files = json_array_new ();
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "id", file);
  json_object_set_string_member (entry, "title", title);
  json_array_add_object_element (files, entry);
  json_object_set_array_member (root, "files", files);
  json_object_set_string_member (root, "channel_id", channel);
  json_node_set_object (node, root);
  return json_to_string (node, FALSE);
}

static void
shared_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);

  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dd_slack_share_async (DdHttp             *http,
                      const char         *token,
                      const char         *file,
                      const char         *title,
                      const char         *channel,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  DdHttpRequest *request = make_request (token, "files.completeUploadExternal");

  g_task_set_check_cancellable (task, FALSE);
  request->body = share_body (file, title, channel);
  request->once = TRUE;
  request->judge = judge_share;
  dd_http_send_async (http, request, cancellable, shared_cb, task);
}

gboolean
dd_slack_share_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
