/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-woodpecker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-woodpecker-walks.h"

struct _DdWoodpecker
{
  GObject parent_instance;

  DdSourceSetup      setup;
  DdWoodpeckerServer server;
};

static void dd_woodpecker_source_init (DdSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdWoodpecker, dd_woodpecker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DD_TYPE_SOURCE, dd_woodpecker_source_init))

static gboolean
check_token (DdWoodpecker *self,
             GError      **error)
{
  if (self->server.authorization != NULL)
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_AUTH,
                       _("There is no token for Woodpecker; give one with “doradash token set woodpecker”."));
  return FALSE;
}

static JsonObject *
get_object (const DdHttpReply *reply)
{
  return reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
}

static void
version_received_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DdSourceCheck) check = NULL;
  g_autoptr (DdHttpReply) reply = NULL;
  GError *error = NULL;
  const char *version;

  reply = dd_http_send_finish (DD_HTTP (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  check = g_new0 (DdSourceCheck, 1);
  check->who = g_strdup (g_task_get_task_data (task));
  check->missing = g_ptr_array_new_with_free_func (g_free);
  version = dd_json_string (get_object (reply), "version");
  if (version != NULL)
    check->detail = g_strdup_printf (_("Woodpecker %s"), version);
  if (version != NULL && g_str_has_prefix (version, "0."))
    g_ptr_array_add (check->missing,
                     g_strdup (_("Servers before Woodpecker 1.0 cannot be read; update the server.")));
  g_task_return_pointer (task, g_steal_pointer (&check), (GDestroyNotify) dd_source_check_free);
}

static void
user_received_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DdWoodpecker *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (DdHttpReply) reply = NULL;
  GError *error = NULL;

  reply = dd_http_send_finish (DD_HTTP (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_strdup (dd_json_string (get_object (reply), "login")), g_free);
  dd_http_send_async (self->server.http, dd_woodpecker_server_get (&self->server, "/version"), cancellable,
                      version_received_cb, g_steal_pointer (&task));
}

static void
dd_woodpecker_source_check_async (DdSource           *source,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  DdWoodpecker *self = DD_WOODPECKER (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, dd_woodpecker_source_check_async);
  if (!check_token (self, &error))
    g_task_return_error (task, error);
  else
    dd_http_send_async (self->server.http, dd_woodpecker_server_get (&self->server, "/api/user"), cancellable,
                        user_received_cb, g_steal_pointer (&task));
}

static DdSourceCheck *
dd_woodpecker_source_check_finish (DdSource     *source,
                                   GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
walks_ended_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dd_walk_group_run_finish (DD_WALK_GROUP (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
dd_woodpecker_source_sync_async (DdSource           *source,
                                 DdSink             *sink,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  DdWoodpecker *self = DD_WOODPECKER (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  DdWoodpeckerSync *sync;

  g_task_set_source_tag (task, dd_woodpecker_source_sync_async);
  if (!check_token (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  sync = dd_woodpecker_sync_new (&self->server, &self->setup, sink);
  g_task_set_task_data (task, sync, (GDestroyNotify) dd_woodpecker_sync_free);
  dd_woodpecker_sync_start (sync);
  dd_walk_group_run_async (sync->group, cancellable, walks_ended_cb, g_steal_pointer (&task));
}

static gboolean
dd_woodpecker_source_sync_finish (DdSource     *source,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dd_woodpecker_finalize (GObject *object)
{
  DdWoodpecker *self = DD_WOODPECKER (object);

  g_clear_object (&self->server.http);
  g_free (self->server.url);
  g_free (self->server.authorization);
  G_OBJECT_CLASS (dd_woodpecker_parent_class)->finalize (object);
}

static void
dd_woodpecker_source_init (DdSourceInterface *iface)
{
  iface->check_async = dd_woodpecker_source_check_async;
  iface->check_finish = dd_woodpecker_source_check_finish;
  iface->sync_async = dd_woodpecker_source_sync_async;
  iface->sync_finish = dd_woodpecker_source_sync_finish;
}

static void
dd_woodpecker_class_init (DdWoodpeckerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_woodpecker_finalize;
}

static void
dd_woodpecker_init (DdWoodpecker *self)
{
}

DdSource *
dd_woodpecker_new (const DdSourceSetup *setup)
{
  DdWoodpecker *self;
  gsize length;

  g_return_val_if_fail (setup != NULL && setup->settings != NULL, NULL);

  self = g_object_new (DD_TYPE_WOODPECKER, NULL);
  self->setup = *setup;
  /* What is kept of them is in the server. */
  self->setup.http = NULL;
  self->setup.token = NULL;
  length = strlen (setup->settings->url);
  while (length > 0 && setup->settings->url[length - 1] == '/')
    length--;
  self->server.http = g_object_ref (setup->http);
  self->server.url = g_strndup (setup->settings->url, length);
  self->server.authorization = setup->token != NULL ? g_strconcat ("Bearer ", setup->token, NULL) : NULL;
  return DD_SOURCE (self);
}
