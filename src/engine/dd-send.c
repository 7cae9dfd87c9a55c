/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send.h"

#include <glib/gi18n-lib.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-send-private.h"
#include "dd-slack-file.h"
#include "dd-slack.h"
#include "dd-token-store.h"

/* One send on its way. */
typedef struct
{
  char       *payload;
  char       *what;
  GBytes     *pdf;
  char       *pdf_name;
  char       *channel;
  gboolean    again;

  char       *workspace; /* as it is stored */
  char       *webhook;
  char       *bot;
  char       *file;      /* the PDF's id with Slack, where nobody sees it yet */
  DdSendPart  part;      /* the one that goes out now */
  gint64      row;       /* of it */
  GError     *error;     /* while it is being written down */
  gboolean    posted;
  gboolean    at_file;   /* what is under way is the file's: its token, its upload, or itself */
} Sending;

static void go_on (GTask *task, GError *error);
static void post_message (GTask *task);
static void share_file (GTask *task);

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_pointer (&sending->pdf, g_bytes_unref);
  g_free (sending->payload);
  g_free (sending->what);
  g_free (sending->pdf_name);
  g_free (sending->channel);
  g_free (sending->workspace);
  g_free (sending->webhook);
  g_free (sending->bot);
  g_free (sending->file);
  g_free (sending);
}

gboolean
dd_send_check_webhook (const char *address,
                       GError    **error)
{
  return dd_slack_check_webhook (address, error);
}

static DdSendEntry *
entry_of (const Sending *sending,
          const char    *workspace)
{
  DdSendEntry *entry = g_new0 (DdSendEntry, 1);

  entry->workspace = g_strdup (workspace);
  entry->what = g_strdup (sending->what);
  entry->again = sending->again;
  entry->with_file = sending->pdf != NULL;
  return entry;
}

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* ---- the record ---- */

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree gint64 *row = dd_engine_run_finish (DD_ENGINE (object), result, &error);

  if (row == NULL)
    {
      go_on (task, error);
      return;
    }
  sending->row = *row;
  if (sending->part == DD_SEND_FILE)
    {
      share_file (task);
    }
  else if (sending->row != 0)
    {
      post_message (task);
    }
  else
    {
      sending->posted = TRUE;
      go_on (task, NULL);
    }
}

/* Before the part goes out. */
static void
write_down (GTask     *task,
            DdSendPart part)
{
  Sending *sending = g_task_get_task_data (task);
  DdSendEntry *entry = entry_of (sending, sending->workspace);

  sending->part = part;
  sending->at_file = part == DD_SEND_FILE;
  entry->channel = part == DD_SEND_FILE ? g_strdup (sending->channel) : NULL;
  /* Whoever sends the message again knows of the PDF. */
  entry->again = sending->again || part == DD_SEND_FILE;
  entry->part = part;
  entry->now = g_get_real_time ();
  dd_engine_run_async (g_task_get_source_object (task), dd_send_open_job, entry, dd_send_entry_free, g_free, g_task_get_cancellable (task), opened_cb,
                       task);
}

/* Once the outcome is written, or cannot be: what is not written down stays one of unknown outcome, which asks once too often. */
static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);

  dd_engine_run_finish (DD_ENGINE (object), result, NULL);
  go_on (task, g_steal_pointer (&sending->error));
}

/* Takes @error. */
static void
write_outcome (GTask  *task,
               GError *error)
{
  Sending *sending = g_task_get_task_data (task);
  DdSendEntry *entry;

  if (g_error_matches (error, DD_ERROR, DD_ERROR_UNCONFIRMED))
    {
      go_on (task, error);
      return;
    }
  sending->error = error;
  entry = g_new0 (DdSendEntry, 1);
  entry->row = sending->row;
  entry->outcome = error == NULL ? DD_SEND_SENT : DD_SEND_REFUSED;
  entry->message = error != NULL ? g_strdup (error->message) : NULL;
  dd_engine_run_async (g_task_get_source_object (task), dd_send_close_job, entry, dd_send_entry_free, NULL, NULL, closed_cb, task);
}

/* ---- what goes out ---- */

/* A part went out, or @error, which it takes, says why not. */
static void
go_on (GTask  *task,
       GError *error)
{
  Sending *sending = g_task_get_task_data (task);

  if (error != NULL)
    {
      if (sending->part == DD_SEND_FILE)
        g_prefix_error (&error, "%s ", _("The report is posted, but not its PDF."));
      fail (task, error);
    }
  else if (sending->part == DD_SEND_MESSAGE && sending->file != NULL)
    {
      write_down (task, DD_SEND_FILE);
    }
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
shared_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;

  dd_slack_share_finish (result, &error);
  write_outcome (user_data, error);
}

static void
share_file (GTask *task)
{
  const Sending *sending = g_task_get_task_data (task);

  dd_slack_share_async (dd_engine_get_http (g_task_get_source_object (task)), sending->bot, sending->file, sending->what,
                        sending->channel, g_task_get_cancellable (task), shared_cb, task);
}

static void
posted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Sending *sending = g_task_get_task_data (G_TASK (user_data));
  GError *error = NULL;

  sending->posted = dd_slack_post_finish (result, &error);
  write_outcome (user_data, error);
}

static void
post_message (GTask *task)
{
  const Sending *sending = g_task_get_task_data (task);

  dd_slack_post_async (dd_engine_get_http (g_task_get_source_object (task)), sending->webhook, sending->payload,
                       g_task_get_cancellable (task), posted_cb, task);
}

/* ---- what it needs first ---- */

static void
uploaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->file = dd_slack_upload_finish (result, &error);
  if (sending->file == NULL)
    {
      g_prefix_error (&error, "%s ", _("Nothing was posted."));
      fail (task, error);
    }
  else
    {
      write_down (task, DD_SEND_MESSAGE);
    }
}

static void
bot_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->bot = dd_token_store_lookup_finish (result, &error);
  if (sending->bot == NULL && error == NULL)
    error = g_error_new (DD_ERROR, DD_ERROR_AUTH, "%s",
                         _("A PDF needs the token of a Slack bot with the scope files:write, and there is none."));
  if (error != NULL)
    fail (task, error);
  else
    /* Whatever is wrong with token or scope shows here, before anything is posted. */
    dd_slack_upload_async (dd_engine_get_http (g_task_get_source_object (task)), sending->bot, sending->pdf_name, sending->pdf,
                           g_task_get_cancellable (task), uploaded_cb, task);
}

static void
webhook_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->webhook = dd_token_store_lookup_finish (result, &error);
  if (sending->webhook == NULL && error == NULL)
    error = g_error_new (DD_ERROR, DD_ERROR_AUTH, "%s",
                         _("There is no Slack webhook; make one in Slack and give it."));
  if (error != NULL || !dd_slack_check_webhook (sending->webhook, &error))
    {
      fail (task, error);
    }
  else if (sending->pdf != NULL)
    {
      sending->at_file = TRUE;
      dd_token_store_lookup_async (sending->workspace, DD_SEND_BOT, g_task_get_cancellable (task), bot_cb, task);
    }
  else
    {
      write_down (task, DD_SEND_MESSAGE);
    }
}

static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->workspace = dd_engine_run_finish (DD_ENGINE (object), result, &error);
  if (sending->workspace == NULL)
    fail (task, error);
  else
    dd_token_store_lookup_async (sending->workspace, DD_SEND_WEBHOOK, g_task_get_cancellable (task), webhook_cb, task);
}

void
dd_send_async (DdEngine           *engine,
               const DdSend       *send,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  /* What came of it is told, whoever gave up meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  sending->payload = g_strdup (send->payload);
  sending->what = dd_send_what (send->payload);
  sending->again = send->again;
  if (send->pdf != NULL)
    {
      sending->pdf = g_bytes_ref (send->pdf);
      sending->pdf_name = g_strdup (send->pdf_name);
      sending->channel = g_strdup (send->channel);
    }
  g_task_set_task_data (task, sending, sending_free);
  dd_engine_run_async (engine, dd_send_name_job, entry_of (sending, send->workspace), dd_send_entry_free, g_free, cancellable, named_cb, task);
}

gboolean
dd_send_finish (DdEngine     *engine,
                GAsyncResult *result,
                gboolean     *posted,
                GError      **error)
{
  const Sending *sending = g_task_get_task_data (G_TASK (result));

  if (posted != NULL)
    *posted = sending->posted;
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
dd_send_failed_at_file (GAsyncResult *result)
{
  const Sending *sending = g_task_get_task_data (G_TASK (result));

  return sending->at_file;
}
