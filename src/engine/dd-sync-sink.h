/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-sink-progress.h"
#include "dd-source.h"
#include "dd-store.h"

G_BEGIN_DECLS

/**
 * DdSyncSink:
 *
 * One source's way into the store during a sync. What it needs to know is read beforehand, so that it answers at once; what
 * it is given is written in order by the store's worker.
 */
#define DD_TYPE_SYNC_SINK (dd_sync_sink_get_type ())
G_DECLARE_FINAL_TYPE (DdSyncSink, dd_sync_sink, DD, SYNC_SINK, GObject)

/* What the store knew of a source when the sync began. */
typedef struct
{
  gint64      id;
  GHashTable *cursors;      /* "scope\nstream" → value */
  GHashTable *unsettled;    /* repository → GPtrArray of keys */
  GPtrArray  *repositories; /* names */
} DdSourceMemory;

void dd_source_memory_clear (DdSourceMemory *memory);

/* @memory: (transfer full): its contents are taken. @cancellable is cancelled when the store fails. */
DdSyncSink *dd_sync_sink_new (DdStore *store, gint64 workspace, gint64 run, const char *source, DdSourceMemory *memory,
                              GCancellable *cancellable, DdSyncProgress progress, gpointer progress_data) G_GNUC_WARN_UNUSED_RESULT;

guint       dd_sync_sink_get_records (DdSyncSink *self);
guint       dd_sync_sink_get_requests (DdSyncSink *self);

/* The store's failure, NULL where it has none. Known for sure only when all that was put is written. */
const GError *dd_sync_sink_get_error (DdSyncSink *self);

G_END_DECLS
