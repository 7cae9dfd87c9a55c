/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-test-sink.h"

/* 2026-11-20T12:00:00Z */
#define DEFAULT_NOW (G_GINT64_CONSTANT (1795176000) * 1000000)

static void sink_iface_init (DdSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdTestSink, dd_test_sink, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (DD_TYPE_SINK, sink_iface_init))

static const char *
dd_test_sink_get_cursor (DdSink     *sink,
                         const char *scope,
                         const char *stream)
{
  g_autofree char *key = g_strconcat (scope, "/", stream, NULL);

  return g_hash_table_lookup (DD_TEST_SINK (sink)->cursors, key);
}

static GPtrArray *
list_of (char **words)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (list, words[i]);
  return list;
}

static GPtrArray *
dd_test_sink_get_unsettled (DdSink     *sink,
                            const char *repository)
{
  return list_of (g_hash_table_lookup (DD_TEST_SINK (sink)->unsettled, repository));
}

static GPtrArray *
dd_test_sink_get_repositories (DdSink *sink)
{
  return list_of (DD_TEST_SINK (sink)->repositories);
}

static void
dd_test_sink_put (DdSink  *sink,
                  DdBatch *batch)
{
  DdTestSink *self = DD_TEST_SINK (sink);

  for (guint i = 0; i < batch->cursors->len; i++)
    {
      const DdCursor *cursor = &g_array_index (batch->cursors, DdCursor, i);

      dd_test_sink_set_cursor (self, cursor->scope, cursor->stream, cursor->value);
    }
  g_ptr_array_add (self->batches, batch);
}

static void
dd_test_sink_task_done (DdSink       *sink,
                        DdTaskRecord *task)
{
  g_ptr_array_add (DD_TEST_SINK (sink)->tasks, task);
}

static void
dd_test_sink_progress (DdSink     *sink,
                       const char *scope,
                       guint       done,
                       guint       total)
{
  DD_TEST_SINK (sink)->done = done;
  DD_TEST_SINK (sink)->total = total;
}

static gint64
dd_test_sink_now (DdSink *sink)
{
  return DD_TEST_SINK (sink)->now;
}

static void
sink_iface_init (DdSinkInterface *iface)
{
  iface->get_cursor = dd_test_sink_get_cursor;
  iface->get_unsettled = dd_test_sink_get_unsettled;
  iface->get_repositories = dd_test_sink_get_repositories;
  iface->put = dd_test_sink_put;
  iface->task_done = dd_test_sink_task_done;
  iface->progress = dd_test_sink_progress;
  iface->now = dd_test_sink_now;
}

static void
dd_test_sink_finalize (GObject *object)
{
  DdTestSink *self = DD_TEST_SINK (object);

  g_ptr_array_unref (self->batches);
  g_ptr_array_unref (self->tasks);
  g_hash_table_unref (self->cursors);
  g_hash_table_unref (self->unsettled);
  g_strfreev (self->repositories);
  G_OBJECT_CLASS (dd_test_sink_parent_class)->finalize (object);
}

static void
dd_test_sink_class_init (DdTestSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_test_sink_finalize;
}

static void
dd_test_sink_init (DdTestSink *self)
{
  self->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_batch_free);
  self->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_task_record_free);
  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unsettled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->now = DEFAULT_NOW;
}

DdTestSink *
dd_test_sink_new (void)
{
  return g_object_new (DD_TYPE_TEST_SINK, NULL);
}

void
dd_test_sink_set_cursor (DdTestSink *self,
                         const char *scope,
                         const char *stream,
                         const char *value)
{
  g_autofree char *key = g_strconcat (scope, "/", stream, NULL);

  if (value == NULL)
    g_hash_table_remove (self->cursors, key);
  else
    g_hash_table_replace (self->cursors, g_steal_pointer (&key), g_strdup (value));
}

void
dd_test_sink_set_unsettled (DdTestSink         *self,
                            const char         *repository,
                            const char * const *keys)
{
  g_hash_table_replace (self->unsettled, g_strdup (repository), g_strdupv ((char **) keys));
}

guint
dd_test_sink_count (DdTestSink *self)
{
  guint n = 0;

  for (guint i = 0; i < self->batches->len; i++)
    n += dd_batch_count (self->batches->pdata[i]);
  return n;
}

DdTaskRecord *
dd_test_sink_find_task (DdTestSink *self,
                        const char *scope,
                        const char *step)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      DdTaskRecord *task = self->tasks->pdata[i];

      if (g_str_equal (task->scope, scope) && g_str_equal (task->step, step))
        return task;
    }
  return NULL;
}
