/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-send-record.h"

G_BEGIN_DECLS

/* What left for Slack. A send is written down before it goes out, as one of unknown outcome, so that whatever becomes of it or of
 * the program, nothing goes out twice unasked. No token is kept. */

/* The last send of that part of @what; NULL with no error where there was none. */
DdSendRecord *dd_send_store_last (DdDb *db, gint64 workspace, const char *what, DdSendPart part, GError **error);

/* A send that goes out now; its row id, 0 with an error. @channel: NULL where the webhook says where to. */
gint64        dd_send_store_begin (DdDb *db, gint64 workspace, const char *what, DdSendPart part, const char *channel, gint64 at,
                                   GError **error);

/* @message: why, for what was refused; NULL else. */
gboolean      dd_send_store_end (DdDb *db, gint64 send, DdSendOutcome outcome, const char *message, GError **error);

/* Somebody has looked: all of @what that was in doubt is there. */
gboolean      dd_send_store_confirm (DdDb *db, gint64 workspace, const char *what, GError **error);

/* The channel that a file of the workspace went to last; NULL for none. */
char         *dd_send_store_channel (DdDb *db, gint64 workspace) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
