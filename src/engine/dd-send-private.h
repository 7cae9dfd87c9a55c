/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-send-record.h"
#include "dd-store.h"

G_BEGIN_DECLS

/* The services under which tokens of Slack are kept. */
#define DD_SEND_WEBHOOK "slack"
#define DD_SEND_BOT "slack-bot"

/* What tells one report's payload from another's. */
char *dd_send_what (const char *payload) G_GNUC_WARN_UNUSED_RESULT;

/* What the store's worker is to look up and write down of a send. */
typedef struct
{
  char         *workspace, *what, *channel, *message;
  gboolean      again;     /* also what is in doubt */
  gboolean      with_file; /* a PDF goes out too */
  DdSendPart    part;
  gint64        now;
  gint64        row;
  DdSendOutcome outcome;
} DdSendEntry;

void     dd_send_entry_free (gpointer data);

/* Jobs on a DdSendEntry. The first gives the name under which the workspace's tokens are kept. The second writes a part down and gives
 * its row, a gint64 that is 0 for what need not go out. Both fail with DD_ERROR_UNCONFIRMED where it must not, unasked. */
gpointer dd_send_name_job (DdDb *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer dd_send_open_job (DdDb *db, gpointer data, GCancellable *cancellable, GError **error);
/* How it ended; NULL where that could not be written. */
gpointer dd_send_close_job (DdDb *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
