/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

/**
 * DdWalk:
 *
 * Walks one list of one service page by page: asks, hands the reply to the source, goes on until the source says that it is
 * done. It records itself as a task. Sources are made of walks; several run side by side in a DdWalkGroup.
 */
#define DD_TYPE_WALK (dd_walk_get_type ())
G_DECLARE_FINAL_TYPE (DdWalk, dd_walk, DD, WALK, GObject)

/* The next request, or NULL where the walk is at its end. Called before each page. */
typedef DdHttpRequest *(*DdWalkNext) (DdWalk  *walk,
                                      gpointer state);

/* Takes a page: puts batches into dd_walk_get_sink() and moves @state on. FALSE with an error ends the walk. */
typedef gboolean (*DdWalkPage) (DdWalk            *walk,
                                const DdHttpReply *reply,
                                gpointer           state,
                                GError           **error);

/* A request failed for good. TRUE where the walk can go on (with a smaller page, say). */
typedef gboolean (*DdWalkFailed) (DdWalk       *walk,
                                  const GError *error,
                                  gpointer      state);

typedef struct
{
  const char  *source; /* type: "github" */
  const char  *scope;
  const char  *step;
  DdWalkNext   next;
  DdWalkPage   page;
  DdWalkFailed failed; /* NULL: a failure ends it */
} DdWalkKind;

/* @state is freed with @destroy when the walk is. */
DdWalk  *dd_walk_new (DdHttp *http, DdSink *sink, const DdWalkKind *kind, gpointer state, GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
DdSink  *dd_walk_get_sink (DdWalk *self);
void     dd_walk_run_async (DdWalk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dd_walk_run_finish (DdWalk *self, GAsyncResult *result, GError **error);

/* Puts @batch into the sink and counts its records for the task. @batch: (transfer full) */
void     dd_walk_put (DdWalk *self, DdBatch *batch);

/**
 * DdWalkGroup: walks side by side. One that fails does not stop the others; the first error is kept. A walk's page function
 * may add further walks while the group runs. `progress`, where given, is called as walks end.
 */
#define DD_TYPE_WALK_GROUP (dd_walk_group_get_type ())
G_DECLARE_FINAL_TYPE (DdWalkGroup, dd_walk_group, DD, WALK_GROUP, GObject)

typedef void (*DdWalkGroupEnded) (DdWalkGroup *group, DdWalk *walk, const GError *error, gpointer user_data);

DdWalkGroup *dd_walk_group_new (DdWalkGroupEnded ended, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void         dd_walk_group_add (DdWalkGroup *self, DdWalk *walk); /* @walk: (transfer full) */
void         dd_walk_group_run_async (DdWalkGroup *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     dd_walk_group_run_finish (DdWalkGroup *self, GAsyncResult *result, GError **error);

G_END_DECLS
