/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-source.h"

G_DEFINE_INTERFACE (DdSink, dd_sink, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (DdSource, dd_source, G_TYPE_OBJECT)

static void
dd_sink_default_init (DdSinkInterface *iface)
{
}

static void
dd_source_default_init (DdSourceInterface *iface)
{
}

const char *
dd_sink_get_cursor (DdSink     *self,
                    const char *scope,
                    const char *stream)
{
  g_return_val_if_fail (DD_IS_SINK (self), NULL);
  return DD_SINK_GET_IFACE (self)->get_cursor (self, scope, stream);
}

GPtrArray *
dd_sink_get_unsettled (DdSink     *self,
                       const char *repository)
{
  g_return_val_if_fail (DD_IS_SINK (self), NULL);
  return DD_SINK_GET_IFACE (self)->get_unsettled (self, repository);
}

GPtrArray *
dd_sink_get_repositories (DdSink *self)
{
  g_return_val_if_fail (DD_IS_SINK (self), NULL);
  return DD_SINK_GET_IFACE (self)->get_repositories (self);
}

void
dd_sink_put (DdSink  *self,
             DdBatch *batch)
{
  g_return_if_fail (DD_IS_SINK (self));
  DD_SINK_GET_IFACE (self)->put (self, batch);
}

void
dd_sink_task_done (DdSink       *self,
                   DdTaskRecord *task)
{
  g_return_if_fail (DD_IS_SINK (self));
  DD_SINK_GET_IFACE (self)->task_done (self, task);
}

void
dd_sink_progress (DdSink     *self,
                  const char *scope,
                  guint       done,
                  guint       total)
{
  g_return_if_fail (DD_IS_SINK (self));
  DD_SINK_GET_IFACE (self)->progress (self, scope, done, total);
}

gint64
dd_sink_now (DdSink *self)
{
  g_return_val_if_fail (DD_IS_SINK (self), 0);
  return DD_SINK_GET_IFACE (self)->now (self);
}

void
dd_source_check_free (DdSourceCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->who);
  g_free (check->detail);
  g_clear_pointer (&check->missing, g_ptr_array_unref);
  g_free (check);
}

void
dd_source_check_async (DdSource           *self,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_return_if_fail (DD_IS_SOURCE (self));
  DD_SOURCE_GET_IFACE (self)->check_async (self, cancellable, callback, user_data);
}

DdSourceCheck *
dd_source_check_finish (DdSource     *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (DD_IS_SOURCE (self), NULL);
  return DD_SOURCE_GET_IFACE (self)->check_finish (self, result, error);
}

void
dd_source_sync_async (DdSource           *self,
                      DdSink             *sink,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_return_if_fail (DD_IS_SOURCE (self));
  DD_SOURCE_GET_IFACE (self)->sync_async (self, sink, cancellable, callback, user_data);
}

gboolean
dd_source_sync_finish (DdSource     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (DD_IS_SOURCE (self), FALSE);
  return DD_SOURCE_GET_IFACE (self)->sync_finish (self, result, error);
}
