/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tokens, by workspace and type of source ("github"; "slack" for the webhook, "slack-bot" for the bot that files need): in the user's
 * keyring, or from the environment, which takes its place for this process. Nowhere else. DD_ERROR_KEYRING where the keyring is locked or there is none. */

/* NULL without an error: there is none. */
void     dd_token_store_lookup_async (const char *workspace, const char *type, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
char    *dd_token_store_lookup_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void     dd_token_store_save_async (const char *workspace, const char *type, const char *token, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_token_store_save_finish (GAsyncResult *result, GError **error);

/* @type NULL: all of the workspace's. Where there is no keyring, there is nothing of theirs to clear. */
void     dd_token_store_clear_async (const char *workspace, const char *type, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_token_store_clear_finish (GAsyncResult *result, GError **error);

/* Holds a token in this process's memory only, above keyring and environment; NULL forgets it. Saving or clearing it does too. */
void     dd_token_store_keep_for_session (const char *workspace, const char *type, const char *token);

/* The environment variable of a type; NULL where it has none. */
const char *dd_token_store_variable (const char *type);

G_END_DECLS
