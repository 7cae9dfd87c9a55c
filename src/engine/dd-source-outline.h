/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-seen.h"

G_BEGIN_DECLS

/* What a repository of a GitHub has, before anything of it is kept: which environments its deployments are to, and whether releases
 * or tags stand for them. One request. @token NULL: the one of the environment. */
void           dd_source_outline_async (DdEngine *engine, const DdSourceSettings *source, const char *token, const char *repository,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DdSeenOutline *dd_source_outline_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
