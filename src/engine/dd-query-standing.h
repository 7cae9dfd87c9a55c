/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-standing.h"

G_BEGIN_DECLS

/**
 * dd_query_standing_async:
 * @workspace: (nullable): only this one; NULL: all that there are
 *
 * How the workspaces stand @now: (element-type DdStanding), by name. Empty where there is no workspace.
 */
void       dd_query_standing_async (DdEngine *engine, const char *workspace, gint64 now, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *dd_query_standing_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
