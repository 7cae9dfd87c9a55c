/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-db.h"

G_BEGIN_DECLS

/**
 * DdStore:
 *
 * The database file and the one worker thread that speaks to it. Jobs run there one after another, in the order in which they
 * were given; callbacks come back on the main context of the caller. Several processes may have the same file open.
 */
#define DD_TYPE_STORE (dd_store_get_type ())
G_DECLARE_FINAL_TYPE (DdStore, dd_store, DD, STORE, GObject)

/* Runs on the worker. What it returns is handed to dd_store_run_finish(); NULL with @error set is a failure. */
typedef gpointer (*DdStoreFunc) (DdDb *db, gpointer data, GCancellable *cancellable, GError **error);

/* Opens (and makes, with its folder) the file; brings it up to date. Slow: jobs given meanwhile wait. An error of opening is
 * every job's error, until it is tried again for a job that comes a second later or more. */
DdStore *dd_store_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* $XDG_DATA_HOME/doradash/doradash.db */
char    *dd_store_default_path (void) G_GNUC_WARN_UNUSED_RESULT;

const char *dd_store_get_path (DdStore *self);

/* @data is freed with @destroy on the worker after the job, or when it is not run because it was cancelled. @free_result frees what @func returned where
 * nobody takes it. */
void     dd_store_run_async (DdStore            *self,
                             DdStoreFunc         func,
                             gpointer            data,
                             GDestroyNotify      destroy,
                             GDestroyNotify      free_result,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
gpointer dd_store_run_finish (DdStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
