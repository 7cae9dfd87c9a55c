/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-send-record.h"

G_BEGIN_DECLS

/**
 * DdSend:
 *
 * What leaves for Slack, each at most once: it is written down before it goes out. One whose answer was lost holds back the next of
 * the same report, until somebody who has looked sends it knowingly again.
 */
typedef struct
{
  const char *workspace; /* NULL: the only one */
  const char *payload;   /* Block Kit; its header tells one report from another */
  gboolean    again;     /* knowingly, though the last one of it may be there; what is known to be there is not sent again then */
  /* A PDF beside it; NULL for none */
  GBytes     *pdf;
  const char *pdf_name;
  const char *channel;   /* the id of the channel that the PDF goes to */
} DdSend;

void     dd_send_async (DdEngine *engine, const DdSend *send, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * dd_send_finish:
 * @posted: (out) (optional): TRUE where the message is posted, also when its PDF is not.
 *
 * FALSE with DD_ERROR_UNCONFIRMED where it may be there although nobody can say, now or from the last time: ask whoever sends it.
 * After any other error it is certain that what the error names is not there.
 */
gboolean dd_send_finish (DdEngine *engine, GAsyncResult *result, gboolean *posted, GError **error);

/* TRUE where what failed was the PDF, or the bot that it needs. */
gboolean dd_send_failed_at_file (GAsyncResult *result);

/* What is known before a send. */
typedef struct
{
  gboolean      has_webhook;
  gboolean      has_bot;
  DdSendRecord *last;    /* of this report's message; NULL for none */
  char         *channel; /* that a PDF went to last; NULL for none */
} DdSendState;

void         dd_send_state_free (DdSendState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSendState, dd_send_state_free)

/* A keyring that cannot be asked holds nothing. */
void         dd_send_state_async (DdEngine *engine, const char *workspace, const char *payload, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
DdSendState *dd_send_state_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody has looked, and it is there: nothing of that report is in doubt any more. */
void         dd_send_confirm_async (DdEngine *engine, const char *workspace, const char *payload, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean     dd_send_confirm_finish (DdEngine *engine, GAsyncResult *result, GError **error);

/* DD_ERROR_INVALID where @address is none of Slack's webhooks. */
gboolean     dd_send_check_webhook (const char *address, GError **error);

G_END_DECLS
