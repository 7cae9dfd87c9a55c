/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-github-check.h"
#include "dd-github-sync.h"

struct _DdGithub
{
  GObject parent_instance;

  DdSourceSetup  setup;
  DdGithubServer server;
};

static void dd_github_source_init (DdSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DdGithub, dd_github, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DD_TYPE_SOURCE, dd_github_source_init))

/* An organization is needed unless every repository names its owner. */
static gboolean
check_settings (const DdSourceSettings *settings,
                GError                **error)
{
  gboolean complete = *settings->repositories != NULL;

  for (guint i = 0; settings->repositories[i] != NULL; i++)
    complete = complete && strchr (settings->repositories[i], '/') != NULL;
  if (complete || (settings->organization != NULL && *settings->organization != '\0'))
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID,
                       _("Name the GitHub organization, or repositories as “owner/name”, in the workspace’s "
                         "settings."));
  return FALSE;
}

static gboolean
check_token (DdGithub *self,
             GError  **error)
{
  if (self->server.authorization != NULL)
    return TRUE;
  g_set_error_literal (error, DD_ERROR, DD_ERROR_AUTH,
                       _("There is no token for GitHub; give one with “doradash token set github”."));
  return FALSE;
}

static void
check_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DdSourceCheck *check = dd_github_check_finish (result, &error);

  if (check != NULL)
    g_task_return_pointer (task, check, (GDestroyNotify) dd_source_check_free);
  else
    g_task_return_error (task, error);
}

static void
dd_github_source_check_async (DdSource           *source,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  DdGithub *self = DD_GITHUB (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, dd_github_source_check_async);
  if (!check_token (self, &error))
    g_task_return_error (task, error);
  else
    dd_github_check_async (&self->server, self->setup.settings->organization, cancellable, check_ready_cb,
                           g_steal_pointer (&task));
}

static DdSourceCheck *
dd_github_source_check_finish (DdSource     *source,
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
dd_github_source_sync_async (DdSource           *source,
                             DdSink             *sink,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  DdGithub *self = DD_GITHUB (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  DdGithubSync *sync;

  g_task_set_source_tag (task, dd_github_source_sync_async);
  if (!check_settings (self->setup.settings, &error) || !check_token (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  sync = dd_github_sync_new (&self->server, &self->setup, sink);
  g_task_set_task_data (task, sync, (GDestroyNotify) dd_github_sync_free);
  dd_github_sync_start (sync);
  dd_walk_group_run_async (sync->group, cancellable, walks_ended_cb, g_steal_pointer (&task));
}

static gboolean
dd_github_source_sync_finish (DdSource     *source,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dd_github_finalize (GObject *object)
{
  DdGithub *self = DD_GITHUB (object);

  dd_github_server_clear (&self->server);
  G_OBJECT_CLASS (dd_github_parent_class)->finalize (object);
}

static void
dd_github_source_init (DdSourceInterface *iface)
{
  iface->check_async = dd_github_source_check_async;
  iface->check_finish = dd_github_source_check_finish;
  iface->sync_async = dd_github_source_sync_async;
  iface->sync_finish = dd_github_source_sync_finish;
}

static void
dd_github_class_init (DdGithubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_github_finalize;
}

static void
dd_github_init (DdGithub *self)
{
}

DdSource *
dd_github_new (const DdSourceSetup *setup)
{
  DdGithub *self;

  g_return_val_if_fail (setup != NULL && setup->settings != NULL, NULL);

  self = g_object_new (DD_TYPE_GITHUB, NULL);
  self->setup = *setup;
  /* What is kept of them is in the server. */
  self->setup.http = NULL;
  self->setup.token = NULL;
  dd_github_server_init (&self->server, setup->http, setup->settings->url, setup->token);
  return DD_SOURCE (self);
}
