/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"

G_BEGIN_DECLS

/* Tokens of a workspace's sources. @workspace NULL: the only one. @type: "github", …, "slack" for the webhook, "slack-bot" for the bot that files need. */

/* @token NULL clears it. */
void       dd_tokens_set_async (DdEngine *engine, const char *workspace, const char *type, const char *token,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   dd_tokens_set_finish (DdEngine *engine, GAsyncResult *result, GError **error);

/* What a service said of its token. */
typedef struct
{
  char      *type;
  char      *name;
  GError    *error;   /* NULL: the token is good */
  char      *who;
  char      *detail;  /* NULL for none */
  GPtrArray *missing; /* of char *: rights that it lacks; NULL with an error */
} DdTokenCheck;

void       dd_token_check_free (DdTokenCheck *check);

/* (element-type DdTokenCheck): asks each service of the workspace. */
void       dd_tokens_check_async (DdEngine *engine, const char *workspace, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *dd_tokens_check_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE for types that have a token. */
gboolean   dd_tokens_is_type (const char *type);

G_END_DECLS
