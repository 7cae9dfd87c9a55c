/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-tokens.h"

#include <glib/gi18n-lib.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-source-registry.h"
#include "dd-token-store.h"
#include "dd-workspace.h"

/* One question while it is on its way. */
typedef struct
{
  char        *name;
  char        *type;
  char        *text;      /* the token; cleared as soon as it is handed on */
  DdWorkspace *workspace;
  GPtrArray   *checks;    /* of DdTokenCheck */
  GPtrArray   *sources;   /* of DdSource, beside the checks */
  guint        running;
} Asking;

/* One source's check. */
typedef struct
{
  GTask *task; /* of the whole; not owned */
  guint  index;
} Part;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_pointer (&asking->workspace, dd_workspace_free);
  g_clear_pointer (&asking->checks, g_ptr_array_unref);
  g_clear_pointer (&asking->sources, g_ptr_array_unref);
  g_free (asking->name);
  g_free (asking->type);
  g_free (asking->text);
  g_free (asking);
}

void
dd_token_check_free (DdTokenCheck *check)
{
  if (check == NULL)
    return;
  g_clear_error (&check->error);
  g_clear_pointer (&check->missing, g_ptr_array_unref);
  g_free (check->type);
  g_free (check->name);
  g_free (check->who);
  g_free (check->detail);
  g_free (check);
}

gboolean
dd_tokens_is_type (const char *type)
{
  return dd_token_store_variable (type) != NULL;
}

static gpointer
load_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  return dd_workspace_load (db, data, error);
}

static GTask *
ask (DdEngine           *engine,
     const char         *workspace,
     const char         *type,
     const char         *text,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->name = g_strdup (workspace);
  asking->type = g_strdup (type);
  asking->text = g_strdup (text);
  g_task_set_task_data (task, asking, asking_free);
  return task;
}

/* Hands the task on to @next when its workspace is loaded. */
static void
load (GTask              *task,
      GAsyncReadyCallback next)
{
  Asking *asking = g_task_get_task_data (task);

  dd_store_run_async (dd_engine_get_store (g_task_get_source_object (task)), load_job, g_strdup (asking->name), g_free,
                      (GDestroyNotify) dd_workspace_free, g_task_get_cancellable (task), next, task);
}

static gboolean
loaded (GTask        *task,
        GObject      *store,
        GAsyncResult *result)
{
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  asking->workspace = dd_store_run_finish (DD_STORE (store), result, &error);
  if (asking->workspace != NULL)
    return TRUE;
  g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
  return FALSE;
}

static void
return_boolean (GTask   *task,
                gboolean done,
                GError  *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;
  gboolean done = dd_token_store_save_finish (result, &error);

  return_boolean (user_data, done, error);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;
  gboolean done = dd_token_store_clear_finish (result, &error);

  return_boolean (user_data, done, error);
}

static void
set_loaded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Asking *asking = g_task_get_task_data (task);

  if (!loaded (task, object, result))
    return;
  if (asking->text != NULL)
    dd_token_store_save_async (asking->workspace->settings->name, asking->type, asking->text, g_task_get_cancellable (task),
                               saved_cb, task);
  else
    dd_token_store_clear_async (asking->workspace->settings->name, asking->type, g_task_get_cancellable (task), cleared_cb, task);
  g_clear_pointer (&asking->text, g_free);
}

void
dd_tokens_set_async (DdEngine           *engine,
                     const char         *workspace,
                     const char         *type,
                     const char         *token,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  load (ask (engine, workspace, type, token, cancellable, callback, user_data), set_loaded_cb);
}

gboolean
dd_tokens_set_finish (DdEngine     *engine,
                      GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
part_done (Part *part)
{
  GTask *task = part->task;
  Asking *asking = g_task_get_task_data (task);

  g_free (part);
  if (--asking->running > 0)
    return;
  g_task_return_pointer (task, g_steal_pointer (&asking->checks), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Part *part = user_data;
  Asking *asking = g_task_get_task_data (part->task);
  DdTokenCheck *check = g_ptr_array_index (asking->checks, part->index);
  g_autoptr (DdSourceCheck) found = dd_source_check_finish (DD_SOURCE (object), result, &check->error);

  if (found != NULL)
    {
      check->who = g_steal_pointer (&found->who);
      check->detail = g_steal_pointer (&found->detail);
      check->missing = g_steal_pointer (&found->missing);
    }
  part_done (part);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Part *part = user_data;
  GTask *task = part->task;
  Asking *asking = g_task_get_task_data (task);
  DdTokenCheck *check = g_ptr_array_index (asking->checks, part->index);
  const DdSourceKind *kind = dd_source_registry_find (check->type);
  g_autofree char *token = dd_token_store_lookup_finish (result, &check->error);
  DdSourceSetup setup = {
    .settings = g_ptr_array_index (asking->workspace->settings->sources, part->index),
    .http = dd_engine_get_http (g_task_get_source_object (task)),
    .token = token,
    .environments = (const char * const *) asking->workspace->settings->metrics.environments,
  };
  g_autoptr (DdSource) source = NULL;

  if (check->error == NULL && token == NULL && kind->token_variable != NULL)
    g_set_error (&check->error, DD_ERROR, DD_ERROR_AUTH, _("There is no token; set one with “doradash token set %s”."), kind->type);
  if (check->error != NULL || kind->make == NULL)
    {
      part_done (part);
      return;
    }
  source = kind->make (&setup);
  g_ptr_array_add (asking->sources, g_object_ref (source));
  dd_source_check_async (source, g_task_get_cancellable (task), checked_cb, part);
}

static void
check_loaded_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GPtrArray *sources;

  if (!loaded (task, object, result))
    return;
  sources = asking->workspace->settings->sources;
  asking->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_token_check_free);
  asking->sources = g_ptr_array_new_with_free_func (g_object_unref);
  asking->running = sources->len + 1;
  for (guint i = 0; i < sources->len; i++)
    {
      const DdSourceSettings *settings = g_ptr_array_index (sources, i);
      DdTokenCheck *check = g_new0 (DdTokenCheck, 1);

      check->type = g_strdup (settings->type);
      check->name = g_strdup (dd_source_registry_find (settings->type)->name);
      g_ptr_array_add (asking->checks, check);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      Part *part = g_new0 (Part, 1);

      part->task = task;
      part->index = i;
      dd_token_store_lookup_async (asking->workspace->settings->name, ((DdSourceSettings *) g_ptr_array_index (sources, i))->type,
                                   g_task_get_cancellable (task), token_cb, part);
    }
  {
    Part *last = g_new0 (Part, 1);

    last->task = task;
    part_done (last);
  }
}

void
dd_tokens_check_async (DdEngine           *engine,
                       const char         *workspace,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  load (ask (engine, workspace, NULL, NULL, cancellable, callback, user_data), check_loaded_cb);
}

GPtrArray *
dd_tokens_check_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
