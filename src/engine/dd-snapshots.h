/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-snapshot.h"

G_BEGIN_DECLS

/* The reports of a workspace that were made before; @workspace NULL where there is only one. */

/* Keeps what a report said; @snapshot is (transfer full). */
void        dd_snapshots_keep_async (DdEngine *engine, const char *workspace, DdSnapshot *snapshot, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean    dd_snapshots_keep_finish (DdEngine *engine, GAsyncResult *result, GError **error);

/* (element-type DdSnapshot): see dd_snapshot_store_list(). */
void        dd_snapshots_list_async (DdEngine *engine, const char *workspace, guint limit, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *dd_snapshots_list_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void        dd_snapshots_load_async (DdEngine *engine, const char *workspace, gint64 id, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
DdSnapshot *dd_snapshots_load_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void        dd_snapshots_remove_async (DdEngine *engine, const char *workspace, gint64 id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean    dd_snapshots_remove_finish (DdEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
