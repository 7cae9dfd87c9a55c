/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-plain-source.h"

struct _DdPlainSource
{
  GObject               parent_instance;
  const DdPlainService *service;
  DdSourceSetup         setup;
  char                 *token;
};

static void source_iface_init (DdSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdPlainSource, dd_plain_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DD_TYPE_SOURCE, source_iface_init))

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DdPlainSource *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);
  DdSourceCheck *check;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  check = g_new0 (DdSourceCheck, 1);
  check->missing = g_ptr_array_new_with_free_func (g_free);
  self->service->read_who (reply, check);
  g_task_return_pointer (task, check, (GDestroyNotify) dd_source_check_free);
}

static void
dd_plain_source_check_async (DdSource           *source,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  dd_http_send_async (self->setup.http, self->service->ask_who (self), cancellable, checked_cb, task);
}

static DdSourceCheck *
dd_plain_source_check_finish (DdSource     *source,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (dd_walk_group_run_finish (DD_WALK_GROUP (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
dd_plain_source_sync_async (DdSource           *source,
                            DdSink             *sink,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  DdWalkGroup *group = dd_walk_group_new (NULL, NULL);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, group, g_object_unref);
  self->service->add_walks (self, group, sink);
  dd_walk_group_run_async (group, cancellable, walked_cb, task);
}

static gboolean
dd_plain_source_sync_finish (DdSource     *source,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
source_iface_init (DdSourceInterface *iface)
{
  iface->check_async = dd_plain_source_check_async;
  iface->check_finish = dd_plain_source_check_finish;
  iface->sync_async = dd_plain_source_sync_async;
  iface->sync_finish = dd_plain_source_sync_finish;
}

static void
dd_plain_source_finalize (GObject *object)
{
  DdPlainSource *self = DD_PLAIN_SOURCE (object);

  g_clear_object (&self->setup.http);
  g_free (self->token);
  G_OBJECT_CLASS (dd_plain_source_parent_class)->finalize (object);
}

static void
dd_plain_source_class_init (DdPlainSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_plain_source_finalize;
}

static void
dd_plain_source_init (DdPlainSource *self)
{
}

DdSource *
dd_plain_source_new (const DdPlainService *service,
                     const DdSourceSetup  *setup)
{
  DdPlainSource *self = g_object_new (DD_TYPE_PLAIN_SOURCE, NULL);

  self->service = service;
  self->setup = *setup;
  self->setup.http = g_object_ref (setup->http);
  self->token = g_strdup (setup->token != NULL ? setup->token : "");
  return DD_SOURCE (self);
}

const DdSourceSettings *
dd_plain_source_get_settings (DdPlainSource *self)
{
  return self->setup.settings;
}

DdHttp *
dd_plain_source_get_http (DdPlainSource *self)
{
  return self->setup.http;
}

const char *
dd_plain_source_get_token (DdPlainSource *self)
{
  return self->token;
}

gint64
dd_plain_source_get_since (DdPlainSource *self)
{
  return self->setup.since;
}

gboolean
dd_plain_source_get_full (DdPlainSource *self)
{
  return self->setup.full;
}
