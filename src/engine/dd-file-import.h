/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"

G_BEGIN_DECLS

/* Reads a file of records into the workspace's source of type `files`, all or nothing. Where there is no workspace of that name it is
 * made. @kind: "deployments", "changes" or "incidents". The number of records, -1 with an error. */
void   dd_file_import_async (DdEngine *engine, const char *workspace, const char *kind, const char *path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gint64 dd_file_import_finish (DdEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
