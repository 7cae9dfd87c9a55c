/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-settings.h"
#include "dd-tokens.h"

G_BEGIN_DECLS

/* What a source's settings are good for before any of it is kept. @token NULL: the one that the keyring, or the environment, holds for
 * @workspace; that may be NULL where there is none yet. */

/* Who the token belongs to and which rights it lacks; what is wrong is the check's own error. */
void          dd_source_trial_check_async (DdEngine *engine, const char *workspace, const DdSourceSettings *source, const char *token,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DdTokenCheck *dd_source_trial_check_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type utf8): the repositories that a sync would take, in alphabetical order, those that the settings exclude among them.
 * Empty where a source has none of its own. */
void          dd_source_trial_list_async (DdEngine *engine, const char *workspace, const DdSourceSettings *source, const char *token,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *dd_source_trial_list_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A token that was found good, into the keyring: it is the workspace's from now on, also where that is not yet written. */
void          dd_source_trial_keep_token_async (DdEngine *engine, const char *workspace, const char *type, const char *token,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      dd_source_trial_keep_token_finish (DdEngine *engine, GAsyncResult *result, GError **error);
/* Takes it out again, where the workspace is not made after all. A keyring that refuses has it for nobody to ask: nothing is told. */
void          dd_source_trial_forget_token_async (const char *workspace, const char *type, GAsyncReadyCallback callback, gpointer user_data);
/* Where there is no keyring: in this process's memory and nowhere else. */
void          dd_source_trial_keep_for_session (const char *workspace, const char *type, const char *token);

/* TRUE for an address that may be asked: https, or http to a loopback address; else one sentence. */
gboolean      dd_source_trial_check_url (const char *url, GError **error);

/* A copy, as what is changed before it is kept. */
DdSourceSettings *dd_source_trial_copy (const DdSourceSettings *source) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
