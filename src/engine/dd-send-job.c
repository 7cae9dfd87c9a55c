/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-send-private.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-send-store.h"
#include "dd-workspace.h"

void
dd_send_entry_free (gpointer data)
{
  DdSendEntry *entry = data;

  g_free (entry->workspace);
  g_free (entry->what);
  g_free (entry->channel);
  g_free (entry->message);
  g_free (entry);
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
         const DdSendEntry *entry,
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
            DdSendEntry   *entry,
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

gpointer
dd_send_open_job (DdDb         *db,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  DdSendEntry *entry = data;
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

gpointer
dd_send_close_job (DdDb         *db,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  const DdSendEntry *entry = data;

  return GINT_TO_POINTER (dd_send_store_end (db, entry->row, entry->outcome, entry->message, error));
}

/* The name under which the workspace's tokens are kept. What is held back needs none of them. */
gpointer
dd_send_name_job (DdDb         *db,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  const DdSendEntry *entry = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, entry->workspace, error);
  g_auto (Known) known = { NULL, NULL };

  if (workspace == NULL || !look_up (db, entry, workspace->id, &known, error))
    return NULL;
  return g_strdup (workspace->settings->name);
}
