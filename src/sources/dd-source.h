/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-batch.h"
#include "dd-http.h"
#include "dd-settings.h"
#include "dd-task-record.h"

G_BEGIN_DECLS

/**
 * DdSink:
 *
 * Where a source puts what it fetched, and asks what it needs to know to go on; the engine implements it over the store.
 * All calls are on the main loop and return at once.
 */
#define DD_TYPE_SINK (dd_sink_get_type ())
G_DECLARE_INTERFACE (DdSink, dd_sink, DD, SINK, GObject)

struct _DdSinkInterface
{
  GTypeInterface parent_iface;

  const char *(*get_cursor) (DdSink *self, const char *scope, const char *stream);
  GPtrArray  *(*get_unsettled) (DdSink *self, const char *repository);
  GPtrArray  *(*get_repositories) (DdSink *self);
  void        (*put) (DdSink *self, DdBatch *batch);
  void        (*task_done) (DdSink *self, DdTaskRecord *task);
  void        (*progress) (DdSink *self, const char *scope, guint done, guint total);
  gint64      (*now) (DdSink *self);
};

/* "Up to here" as it was put last, NULL for none. */
const char *dd_sink_get_cursor (DdSink *self, const char *scope, const char *stream);
/* (transfer container) (element-type utf8): keys of this source's deployments in @repository that had not finished, or
 * are younger than two days. */
GPtrArray  *dd_sink_get_unsettled (DdSink *self, const char *repository);
/* (transfer container) (element-type utf8): short names of all repositories that the workspace knows. */
GPtrArray  *dd_sink_get_repositories (DdSink *self);
/* @batch: (transfer full): kept in the order of the calls, one transaction each. */
void        dd_sink_put (DdSink *self, DdBatch *batch);
/* @task: (transfer full) */
void        dd_sink_task_done (DdSink *self, DdTaskRecord *task);
/* "13 of 19 repositories". */
void        dd_sink_progress (DdSink *self, const char *scope, guint done, guint total);
gint64      dd_sink_now (DdSink *self);

/* What a check of a token found. */
typedef struct
{
  char      *who;     /* "Mara Lindqvist (maralind)" */
  char      *detail;  /* "Organization northwind, 20 repositories"; NULL for none */
  GPtrArray *missing; /* of char *: rights it lacks and what follows from it, one sentence each */
} DdSourceCheck;

void dd_source_check_free (DdSourceCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSourceCheck, dd_source_check_free)

/**
 * DdSource:
 *
 * One service of a workspace. A new one is a file pair that implements this interface, and a line in dd-source-registry.
 */
#define DD_TYPE_SOURCE (dd_source_get_type ())
G_DECLARE_INTERFACE (DdSource, dd_source, DD, SOURCE, GObject)

struct _DdSourceInterface
{
  GTypeInterface parent_iface;

  void           (*check_async) (DdSource *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  DdSourceCheck *(*check_finish) (DdSource *self, GAsyncResult *result, GError **error);
  void           (*sync_async) (DdSource *self, DdSink *sink, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean       (*sync_finish) (DdSource *self, GAsyncResult *result, GError **error);
};

void           dd_source_check_async (DdSource *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
DdSourceCheck *dd_source_check_finish (DdSource *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fetches what is new since the cursors. FALSE where any part failed: the error is the first one's sentence; what other parts
 * brought is in the sink. */
void           dd_source_sync_async (DdSource *self, DdSink *sink, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       dd_source_sync_finish (DdSource *self, GAsyncResult *result, GError **error);

/* What a source is made with. */
typedef struct
{
  const DdSourceSettings *settings; /* outlives the source */
  DdHttp                 *http;
  const char             *token;    /* NULL for none */
  gint64                  since;    /* nothing older is fetched */
  gboolean                full;     /* cursors are ignored */
  const char * const     *environments; /* patterns of production; outlives the source */
  gboolean                list_only; /* a sync only tells which repositories there are (GitHub) */
} DdSourceSetup;

G_END_DECLS
