/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-source-outline.h"

#include "dd-engine-private.h"
#include "dd-github-outline.h"
#include "dd-source-registry.h"
#include "dd-source-trial.h"

/* One question while it is on its way. */
typedef struct
{
  DdSourceSettings *settings;
  DdGithubServer    server;
} Outline;

static void
outline_free (gpointer data)
{
  Outline *self = data;

  dd_source_settings_free (self->settings);
  dd_github_server_clear (&self->server);
  g_free (self);
}

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DdSeenOutline *outline = dd_github_outline_finish (result, &error);

  if (outline != NULL)
    g_task_return_pointer (task, outline, (GDestroyNotify) dd_seen_outline_free);
  else
    g_task_return_error (task, error);
}

void
dd_source_outline_async (DdEngine               *engine,
                         const DdSourceSettings *source,
                         const char             *token,
                         const char             *repository,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  const DdSourceKind *kind = dd_source_registry_find (source->type);
  Outline *self;
  GError *error = NULL;

  g_task_set_source_tag (task, dd_source_outline_async);
  if (!dd_source_trial_check_url (source->url, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (token == NULL && kind != NULL && kind->token_variable != NULL)
    token = g_getenv (kind->token_variable);
  self = g_new0 (Outline, 1);
  self->settings = dd_source_trial_copy (source);
  dd_github_server_init (&self->server, dd_engine_get_http (engine), source->url, token);
  g_task_set_task_data (task, self, outline_free);
  dd_github_outline_async (&self->server, self->settings, repository, cancellable, received_cb, task);
}

DdSeenOutline *
dd_source_outline_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
