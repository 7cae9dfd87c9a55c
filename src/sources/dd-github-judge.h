/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-http.h"

G_BEGIN_DECLS

/* GitHub's own rules for limits, missing rights and errors that come with HTTP 200. Errors of single nodes
 * are left to whoever reads the page. */
DdVerdict dd_github_judge (const DdHttpReply *reply,
                           gint64             now,
                           gint64            *wait,
                           GError           **error);

/* The same, for a query that can be made smaller: one that GitHub gave up on is not asked in vain again
 * and again. */
DdVerdict dd_github_judge_query (const DdHttpReply *reply,
                                 gint64             now,
                                 gint64            *wait,
                                 GError           **error);

/* The object that the body is; NULL where it is none. */
JsonObject *dd_github_reply_root (const DdHttpReply *reply);

/* TRUE where GitHub gave up since the query asks for too much at once. */
gboolean  dd_github_reply_is_too_heavy (const DdHttpReply *reply);

/* TRUE where it does not take the cursor that it gave (any more). */
gboolean  dd_github_reply_is_bad_cursor (const DdHttpReply *reply);

/* FALSE with DD_ERROR_PERMISSION where the token lacks a right to a part of what was asked. Things that
 * are not there are no error here. */
gboolean  dd_github_reply_check_rights (const DdHttpReply *reply,
                                        GError           **error);

/* DD_ERROR_BAD_REPLY where the reply has no data at all, so that nothing can be told from what it lacks. */
gboolean  dd_github_reply_check_data (const DdHttpReply *reply,
                                      GError           **error);

/* Reads where a page of @connection ends: @after (transfer full) is NULL on the last one. FALSE with
 * DD_ERROR_BAD_REPLY where it does not say so: taking that for the end would lose the rest. */
gboolean  dd_github_connection_turn (JsonObject *connection,
                                     char      **after,
                                     GError    **error);

/* TRUE where GitHub says of element @index of `nodes` that it is not there. */
gboolean  dd_github_reply_lacks_node (const DdHttpReply *reply,
                                      guint              index);

G_END_DECLS
