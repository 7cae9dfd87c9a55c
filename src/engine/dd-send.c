/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-json.h"
#include "dd-send-private.h"
#include "dd-send-store.h"
#include "dd-slack-file.h"
#include "dd-slack.h"
#include "dd-token-store.h"
#include "dd-workspace.h"

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

/* A record to make, for the store's worker. */
typedef struct
{
  char         *workspace, *what, *channel, *message;
  gboolean      again;
  gboolean      with_file;
  DdSendPart    part;
  gint64        now;
  gint64        row;
  DdSendOutcome outcome;
} Entry;

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

static Entry *
entry_new (const Sending *sending,
           const char    *workspace)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->workspace = g_strdup (workspace);
  entry->what = g_strdup (sending->what);
  entry->again = sending->again;
  entry->with_file = sending->pdf != NULL;
  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->workspace);
  g_free (entry->what);
  g_free (entry->channel);
  g_free (entry->message);
  g_free (entry);
}

gboolean
dd_send_check_webhook (const char *address,
                       GError    **error)
{
  return dd_slack_check_webhook (address, error);
}

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* A report's header names its workspace, what it is narrowed to and its days: whenever it is made, it is the same report. */
char *
dd_send_what (const char *payload)
{
  g_autoptr (JsonNode) root = json_from_string (payload, NULL);
  JsonArray *blocks = dd_json_array (dd_json_path (root, ""), "blocks");
  JsonObject *first = dd_json_element (blocks, 0);
  const char *header = dd_json_string (dd_json_object (first, "text"), "text");
  const char *text = header != NULL ? header : dd_json_string (dd_json_path (root, ""), "text");

  return g_strdup (text != NULL ? text : payload);
}

/* ---- the record ---- */

static void
fail_as_held (const DdSendRecord *last,
              GError            **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (last->at / G_USEC_PER_SEC);
  /* Translators: a day and a time. */
  g_autofree char *when = g_date_time_format (time, _("%-d %b %Y, %H:%M"));

  g_set_error (error, DD_ERROR, DD_ERROR_UNCONFIRMED,
               _("Nothing was sent: the post of this report of %s was never confirmed and may be there. Look in Slack before you send "
                 "it again."),
               when);
}

/* What is known of a report's last sends. */
typedef struct
{
  DdSendRecord *message;
  DdSendRecord *file; /* NULL too where no file goes out */
} Known;

static void
known_clear (Known *known)
{
  g_free (known->message);
  g_free (known->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static gboolean
is_in_doubt (const DdSendRecord *record)
{
  return record != NULL && record->outcome == DD_SEND_UNKNOWN;
}

/* FALSE where it must not go out unasked. */
static gboolean
look_up (DdDb        *db,
         const Entry *entry,
         gint64       workspace,
         Known       *known,
         GError     **error)
{
  GError *cause = NULL;

  known->message = dd_send_store_last (db, workspace, entry->what, DD_SEND_MESSAGE, &cause);
  if (cause == NULL && entry->with_file)
    known->file = dd_send_store_last (db, workspace, entry->what, DD_SEND_FILE, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (entry->again || (!is_in_doubt (known->message) && !is_in_doubt (known->file)))
    return TRUE;
  fail_as_held (is_in_doubt (known->message) ? known->message : known->file, error);
  return FALSE;
}

/* The row of what goes out now; 0 for what need not go. FALSE where it must not go. */
static gboolean
open_entry (DdDb    *db,
            Entry   *entry,
            gint64   workspace,
            GError **error)
{
  g_auto (Known) known = { NULL, NULL };

  if (!look_up (db, entry, workspace, &known, error))
    return FALSE;
  /* Only the PDF was in doubt: its message is there. */
  if (entry->part == DD_SEND_MESSAGE && is_in_doubt (known.file) && known.message != NULL &&
      known.message->outcome == DD_SEND_SENT)
    return TRUE;
  entry->row = dd_send_store_begin (db, workspace, entry->what, entry->part, entry->channel, entry->now, error);
  return entry->row != 0;
}

static gpointer
open_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Entry *entry = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, entry->workspace, error);
  gint64 *row;

  if (workspace == NULL || !dd_db_begin (db, error))
    return NULL;
  if (!open_entry (db, entry, workspace->id, error))
    {
      dd_db_rollback (db);
      return NULL;
    }
  if (!dd_db_commit (db, error))
    return NULL;
  row = g_new (gint64, 1);
  *row = entry->row;
  return row;
}

static gpointer
close_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  const Entry *entry = data;

  return GINT_TO_POINTER (dd_send_store_end (db, entry->row, entry->outcome, entry->message, error));
}

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
  Entry *entry = entry_new (sending, sending->workspace);

  sending->part = part;
  sending->at_file = part == DD_SEND_FILE;
  entry->channel = part == DD_SEND_FILE ? g_strdup (sending->channel) : NULL;
  /* Whoever sends the message again knows of the PDF. */
  entry->again = sending->again || part == DD_SEND_FILE;
  entry->part = part;
  entry->now = g_get_real_time ();
  dd_engine_run_async (g_task_get_source_object (task), open_job, entry, entry_free, g_free, g_task_get_cancellable (task), opened_cb,
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
  Entry *entry;

  if (g_error_matches (error, DD_ERROR, DD_ERROR_UNCONFIRMED))
    {
      go_on (task, error);
      return;
    }
  sending->error = error;
  entry = g_new0 (Entry, 1);
  entry->row = sending->row;
  entry->outcome = error == NULL ? DD_SEND_SENT : DD_SEND_REFUSED;
  entry->message = error != NULL ? g_strdup (error->message) : NULL;
  dd_engine_run_async (g_task_get_source_object (task), close_job, entry, entry_free, NULL, NULL, closed_cb, task);
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

/* The name under which the workspace's tokens are kept. What is held back needs none of them. */
static gpointer
name_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  const Entry *entry = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, entry->workspace, error);
  g_auto (Known) known = { NULL, NULL };

  if (workspace == NULL || !look_up (db, entry, workspace->id, &known, error))
    return NULL;
  return g_strdup (workspace->settings->name);
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
  dd_engine_run_async (engine, name_job, entry_new (sending, send->workspace), entry_free, g_free, cancellable, named_cb, task);
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
