/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-http.h"
#include "dd-store.h"

G_BEGIN_DECLS

DdStore *dd_engine_get_store (DdEngine *self);
DdHttp  *dd_engine_get_http (DdEngine *self);

/* A job on the store whose result is handed on as it is; @data is owned and freed with @destroy. */
void     dd_engine_run_async (DdEngine *self, DdStoreFunc func, gpointer data, GDestroyNotify destroy, GDestroyNotify free_result,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The same for a job that only reads: an answer that was found when nobody wanted it any more is dropped, and G_IO_ERROR_CANCELLED
 * comes in its place. What was written is said to have been, whoever cancelled it then. */
void     dd_engine_ask_async (DdEngine *self, DdStoreFunc func, gpointer data, GDestroyNotify destroy, GDestroyNotify free_result,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer dd_engine_run_finish (DdEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
