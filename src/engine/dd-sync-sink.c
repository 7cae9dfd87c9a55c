/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-sync-sink.h"

#include "dd-activity-store.h"
#include "dd-record-store.h"

struct _DdSyncSink
{
  GObject        parent_instance;
  DdStore       *store;
  gint64         workspace;
  gint64         run;
  char          *source;
  DdSourceMemory memory;
  GCancellable  *cancellable;
  DdSyncProgress progress;
  gpointer       progress_data;
  char          *what;
  guint          done;
  guint          total;
  guint          records;
  guint          requests;
  GError        *error;
  gboolean       broken; /* only for the worker: a page was not written, so that none after it may move a cursor past it */
};

static void sink_iface_init (DdSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdSyncSink, dd_sync_sink, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (DD_TYPE_SINK, sink_iface_init))

void
dd_source_memory_clear (DdSourceMemory *memory)
{
  g_clear_pointer (&memory->cursors, g_hash_table_unref);
  g_clear_pointer (&memory->unsettled, g_hash_table_unref);
  g_clear_pointer (&memory->repositories, g_ptr_array_unref);
}

/* One thing to write: a batch or a task. */
typedef struct
{
  DdSyncSink   *sink; /* lives until it is told of the writing's end */
  DdBatch      *batch;
  DdTaskRecord *task;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  dd_batch_free (writing->batch);
  dd_task_record_free (writing->task);
  g_free (writing);
}

static gpointer
write_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Writing *writing = data;
  DdSyncSink *sink = writing->sink;

  if (writing->task != NULL)
    dd_activity_store_add_task (db, sink->workspace, sink->run, writing->task, error);
  else if (!sink->broken)
    sink->broken = !dd_record_store_put (db, sink->workspace, sink->memory.id, writing->batch, error);
  return NULL;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DdSyncSink) self = user_data;
  g_autoptr (GError) error = NULL;

  dd_store_run_finish (DD_STORE (object), result, &error);
  if (error == NULL || self->error != NULL)
    return;
  /* Nothing fetched from now on could be kept: better to stop asking. */
  self->error = g_steal_pointer (&error);
  g_cancellable_cancel (self->cancellable);
}

/* Not cancellable: a page that was fetched is kept. */
static void
keep (DdSyncSink *self,
      Writing    *writing)
{
  writing->sink = self;
  dd_store_run_async (self->store, write_job, writing, writing_free, NULL, NULL, written_cb, g_object_ref (self));
}

static void
tell (DdSyncSink *self)
{
  if (self->progress != NULL)
    self->progress (self->source, self->what, self->done, self->total, self->records, self->progress_data);
}

static const char *
dd_sync_sink_get_cursor (DdSink     *sink,
                         const char *scope,
                         const char *stream)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);
  g_autofree char *key = g_strconcat (scope, "\n", stream, NULL);

  return g_hash_table_lookup (self->memory.cursors, key);
}

static void
remember_cursor (DdSyncSink     *self,
                 const DdCursor *cursor)
{
  char *key = g_strconcat (cursor->scope, "\n", cursor->stream, NULL);

  if (cursor->value != NULL)
    g_hash_table_insert (self->memory.cursors, key, g_strdup (cursor->value));
  else
    {
      g_hash_table_remove (self->memory.cursors, key);
      g_free (key);
    }
}

static GPtrArray *
dd_sync_sink_get_unsettled (DdSink     *sink,
                            const char *repository)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);
  GPtrArray *known = g_hash_table_lookup (self->memory.unsettled, repository);
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; known != NULL && i < known->len; i++)
    g_ptr_array_add (keys, g_ptr_array_index (known, i));
  return keys;
}

static GPtrArray *
dd_sync_sink_get_repositories (DdSink *sink)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->memory.repositories->len; i++)
    g_ptr_array_add (names, g_ptr_array_index (self->memory.repositories, i));
  return names;
}

static void
dd_sync_sink_put (DdSink  *sink,
                  DdBatch *batch)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);
  Writing *writing = g_new0 (Writing, 1);

  for (guint i = 0; i < batch->cursors->len; i++)
    remember_cursor (self, &g_array_index (batch->cursors, DdCursor, i));
  self->records += dd_batch_count (batch);
  writing->batch = batch;
  keep (self, writing);
  tell (self);
}

static void
dd_sync_sink_task_done (DdSink       *sink,
                        DdTaskRecord *task)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);
  Writing *writing = g_new0 (Writing, 1);

  self->requests += task->requests;
  writing->task = task;
  keep (self, writing);
}

static void
dd_sync_sink_progress (DdSink     *sink,
                       const char *scope,
                       guint       done,
                       guint       total)
{
  DdSyncSink *self = DD_SYNC_SINK (sink);

  g_free (self->what);
  self->what = g_strdup (scope);
  self->done = done;
  self->total = total;
  tell (self);
}

static gint64
dd_sync_sink_now (DdSink *sink)
{
  return g_get_real_time ();
}

static void
sink_iface_init (DdSinkInterface *iface)
{
  iface->get_cursor = dd_sync_sink_get_cursor;
  iface->get_unsettled = dd_sync_sink_get_unsettled;
  iface->get_repositories = dd_sync_sink_get_repositories;
  iface->put = dd_sync_sink_put;
  iface->task_done = dd_sync_sink_task_done;
  iface->progress = dd_sync_sink_progress;
  iface->now = dd_sync_sink_now;
}

static void
dd_sync_sink_finalize (GObject *object)
{
  DdSyncSink *self = DD_SYNC_SINK (object);

  dd_source_memory_clear (&self->memory);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->source);
  g_free (self->what);
  G_OBJECT_CLASS (dd_sync_sink_parent_class)->finalize (object);
}

static void
dd_sync_sink_class_init (DdSyncSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_sync_sink_finalize;
}

static void
dd_sync_sink_init (DdSyncSink *self)
{
}

DdSyncSink *
dd_sync_sink_new (DdStore        *store,
                  gint64          workspace,
                  gint64          run,
                  const char     *source,
                  DdSourceMemory *memory,
                  GCancellable   *cancellable,
                  DdSyncProgress  progress,
                  gpointer        progress_data)
{
  DdSyncSink *self = g_object_new (DD_TYPE_SYNC_SINK, NULL);

  self->store = g_object_ref (store);
  self->workspace = workspace;
  self->run = run;
  self->source = g_strdup (source);
  self->memory = *memory;
  *memory = (DdSourceMemory) { 0 };
  self->cancellable = g_object_ref (cancellable);
  self->progress = progress;
  self->progress_data = progress_data;
  return self;
}

guint
dd_sync_sink_get_records (DdSyncSink *self)
{
  g_return_val_if_fail (DD_IS_SYNC_SINK (self), 0);
  return self->records;
}

guint
dd_sync_sink_get_requests (DdSyncSink *self)
{
  g_return_val_if_fail (DD_IS_SYNC_SINK (self), 0);
  return self->requests;
}

const GError *
dd_sync_sink_get_error (DdSyncSink *self)
{
  g_return_val_if_fail (DD_IS_SYNC_SINK (self), NULL);
  return self->error;
}
