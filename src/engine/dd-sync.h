/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-sink-progress.h"

G_BEGIN_DECLS

/* How a source's part of a sync ended. */
typedef struct
{
  char  *type;
  char  *name;     /* "GitHub" */
  GError *error;   /* NULL: it succeeded */
  guint  records;
  guint  requests;
} DdSyncSourceResult;

typedef struct
{
  char      *workspace;
  GPtrArray *sources;  /* of DdSyncSourceResult */
  gboolean   cancelled;
  gboolean   skipped;    /* another one is under way, or has begun lately: nothing was asked, @sources is empty */
} DdSyncResult;

void dd_sync_result_free (DdSyncResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSyncResult, dd_sync_result_free)

/* TRUE where any, or all, sources failed. */
gboolean dd_sync_result_any_failed (const DdSyncResult *result);
gboolean dd_sync_result_all_failed (const DdSyncResult *result);

typedef struct
{
  const char    *workspace; /* NULL: the only one */
  gint64         run;       /* one that has begun, which this is a part of; 0: it is a run of its own */
  gboolean       full;      /* as if nothing was known */
  gint64         unless_since; /* nothing is done where another one runs, in whatever process, or began after that; 0: it is wanted */
  gint64         since;     /* DD_TIME_NONE: the workspace's history_days */
  DdSyncProgress progress;  /* may be NULL */
  gpointer       progress_data;
} DdSyncOptions;

/* All sources of a workspace side by side, into the store; then the facts. A source that fails does not stop the others. Cancelled,
 * it keeps what is written and works out the facts of that. */
void          dd_sync_run_async (DdEngine *engine, const DdSyncOptions *options, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
DdSyncResult *dd_sync_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
