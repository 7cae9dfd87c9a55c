/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-source-trial.h"

#include <glib/gi18n-lib.h>

#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-source-registry.h"
#include "dd-time.h"
#include "dd-token-store.h"

/* A sink that keeps nothing but the names of repositories. */
#define TYPE_NAME_SINK (name_sink_get_type ())
G_DECLARE_FINAL_TYPE (NameSink, name_sink, NAME, SINK, GObject)

struct _NameSink
{
  GObject parent;

  GPtrArray *names;
};

static void name_sink_iface_init (DdSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NameSink, name_sink, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (DD_TYPE_SINK, name_sink_iface_init))

/* One question while it is on its way. */
typedef struct
{
  DdSourceSettings *settings;
  char             *token; /* cleared as soon as the source has it */
  DdSource         *source;
  NameSink         *sink;  /* NULL for a check */
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  g_clear_object (&trial->source);
  g_clear_object (&trial->sink);
  dd_source_settings_free (trial->settings);
  g_free (trial->token);
  g_free (trial);
}

static const char *
name_sink_get_cursor (DdSink     *sink,
                      const char *scope,
                      const char *stream)
{
  return NULL;
}

static GPtrArray *
name_sink_get_unsettled (DdSink     *sink,
                         const char *repository)
{
  return g_ptr_array_new ();
}

static GPtrArray *
name_sink_get_repositories (DdSink *sink)
{
  return g_ptr_array_new ();
}

static void
name_sink_put (DdSink  *sink,
               DdBatch *batch)
{
  for (guint i = 0; i < batch->repositories->len; i++)
    g_ptr_array_add (NAME_SINK (sink)->names, g_strdup (((DdRepository *) g_ptr_array_index (batch->repositories, i))->name));
  dd_batch_free (batch);
}

static void
name_sink_task_done (DdSink       *sink,
                     DdTaskRecord *task)
{
  dd_task_record_free (task);
}

static void
name_sink_progress (DdSink     *sink,
                    const char *scope,
                    guint       done,
                    guint       total)
{
}

static gint64
name_sink_now (DdSink *sink)
{
  return g_get_real_time ();
}

static void
name_sink_finalize (GObject *object)
{
  g_ptr_array_unref (NAME_SINK (object)->names);
  G_OBJECT_CLASS (name_sink_parent_class)->finalize (object);
}

static void
name_sink_iface_init (DdSinkInterface *iface)
{
  iface->get_cursor = name_sink_get_cursor;
  iface->get_unsettled = name_sink_get_unsettled;
  iface->get_repositories = name_sink_get_repositories;
  iface->put = name_sink_put;
  iface->task_done = name_sink_task_done;
  iface->progress = name_sink_progress;
  iface->now = name_sink_now;
}

static void
name_sink_class_init (NameSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = name_sink_finalize;
}

static void
name_sink_init (NameSink *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
}

DdSourceSettings *
dd_source_trial_copy (const DdSourceSettings *source)
{
  DdSourceSettings *copy = g_new0 (DdSourceSettings, 1);
  GHashTableIter iter;
  gpointer repository, from;

  *copy = *source;
  copy->type = g_strdup (source->type);
  copy->url = g_strdup (source->url);
  copy->organization = g_strdup (source->organization);
  copy->repositories = g_strdupv (source->repositories);
  copy->exclude = g_strdupv (source->exclude);
  copy->deployments_from = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, source->deployments_from);
  while (g_hash_table_iter_next (&iter, &repository, &from))
    g_hash_table_insert (copy->deployments_from, g_strdup (repository), g_strdup (from));
  copy->teams = g_strdupv (source->teams);
  copy->labels = g_strdupv (source->labels);
  copy->topics = g_strdupv (source->topics);
  copy->events = g_strdupv (source->events);
  copy->started = g_strdupv (source->started);
  copy->resolved = g_strdupv (source->resolved);
  copy->path = g_strdup (source->path);
  copy->state_path = g_strdup (source->state_path);
  return copy;
}

gboolean
dd_source_trial_check_url (const char *url,
                           GError    **error)
{
  return dd_http_check_url (url, error);
}

/* What a check says, also where nothing could be asked: the error is its own. @error: (transfer full) */
static void
return_check (GTask         *task,
              DdSourceCheck *found,
              GError        *error)
{
  Trial *trial = g_task_get_task_data (task);
  const DdSourceKind *kind = dd_source_registry_find (trial->settings->type);
  DdTokenCheck *check;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  check = g_new0 (DdTokenCheck, 1);
  check->type = g_strdup (trial->settings->type);
  check->name = g_strdup (kind != NULL ? kind->name : trial->settings->type);
  check->error = error;
  if (found != NULL)
    {
      check->who = g_steal_pointer (&found->who);
      check->detail = g_steal_pointer (&found->detail);
      check->missing = g_steal_pointer (&found->missing);
    }
  g_task_return_pointer (task, check, (GDestroyNotify) dd_token_check_free);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DdSourceCheck) found = dd_source_check_finish (DD_SOURCE (object), result, &error);

  return_check (task, found, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char * const *) a, *(const char * const *) b);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!dd_source_sync_finish (DD_SOURCE (object), result, &error) && trial->sink->names->len == 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_ptr_array_sort (trial->sink->names, compare_names);
  g_task_return_pointer (task, g_ptr_array_ref (trial->sink->names), (GDestroyNotify) g_ptr_array_unref);
}

static void
fail (GTask  *task,
      GError *error)
{
  if (g_task_get_source_tag (task) == dd_source_trial_check_async)
    return_check (task, NULL, error);
  else
    g_task_return_error (task, error);
}

/* The token is here, or there is none: the source can be asked. */
static void
start (GTask *task)
{
  Trial *trial = g_task_get_task_data (task);
  const DdSourceKind *kind = dd_source_registry_find (trial->settings->type);
  DdSourceSetup setup = {
    .settings = trial->settings,
    .http = dd_engine_get_http (g_task_get_source_object (task)),
    .token = trial->token,
    .since = DD_TIME_NONE,
    .full = TRUE,
    .list_only = TRUE,
  };

  if (kind->token_variable != NULL && trial->token == NULL)
    {
      fail (task, g_error_new (DD_ERROR, DD_ERROR_AUTH, _("There is no token for %s yet; paste one."), kind->name));
      g_object_unref (task);
      return;
    }
  trial->source = kind->make (&setup);
  g_clear_pointer (&trial->token, g_free);
  if (trial->sink == NULL)
    dd_source_check_async (trial->source, g_task_get_cancellable (task), checked_cb, task);
  else
    dd_source_sync_async (trial->source, DD_SINK (trial->sink), g_task_get_cancellable (task), listed_cb, task);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Trial *trial = g_task_get_task_data (task);
  GError *error = NULL;

  trial->token = dd_token_store_lookup_finish (result, &error);
  if (error == NULL)
    {
      start (task);
      return;
    }
  fail (task, error);
  g_object_unref (task);
}

/* @task, @sink: (transfer full) */
static void
try_source (GTask                  *task,
            const char             *workspace,
            const DdSourceSettings *source,
            const char             *token,
            NameSink               *sink)
{
  const DdSourceKind *kind = dd_source_registry_find (source->type);
  Trial *trial = g_new0 (Trial, 1);
  GError *error = NULL;

  trial->settings = dd_source_trial_copy (source);
  trial->token = g_strdup (token);
  trial->sink = sink;
  g_task_set_task_data (task, trial, trial_free);
  if (kind != NULL && kind->make != NULL && dd_http_check_url (source->url, &error))
    {
      const char *variable = kind->token_variable;

      if (token == NULL && variable != NULL && (workspace != NULL || g_getenv (variable) != NULL))
        dd_token_store_lookup_async (workspace != NULL ? workspace : "", source->type, g_task_get_cancellable (task), token_cb, task);
      else
        start (task);
      return;
    }
  if (error != NULL)
    fail (task, error);
  else if (sink == NULL)
    return_check (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_free), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

void
dd_source_trial_check_async (DdEngine               *engine,
                             const char             *workspace,
                             const DdSourceSettings *source,
                             const char             *token,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);

  g_task_set_source_tag (task, dd_source_trial_check_async);
  try_source (task, workspace, source, token, NULL);
}

DdTokenCheck *
dd_source_trial_check_finish (DdEngine     *engine,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dd_source_trial_list_async (DdEngine               *engine,
                            const char             *workspace,
                            const DdSourceSettings *source,
                            const char             *token,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  GTask *task = g_task_new (engine, cancellable, callback, user_data);
  g_autoptr (DdSourceSettings) all = dd_source_trial_copy (source);

  g_task_set_source_tag (task, dd_source_trial_list_async);
  g_strfreev (all->exclude);
  all->exclude = g_new0 (char *, 1);
  /* Only GitHub has a list of repositories that can be read without their records. */
  if (g_strcmp0 (source->type, "github") == 0)
    {
      try_source (task, workspace, all, token, g_object_new (TYPE_NAME_SINK, NULL));
      return;
    }
  g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_free), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

GPtrArray *
dd_source_trial_list_finish (DdEngine     *engine,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dd_token_store_save_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dd_source_trial_keep_token_async (DdEngine           *engine,
                                  const char         *workspace,
                                  const char         *type,
                                  const char         *token,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  dd_token_store_save_async (workspace, type, token, cancellable, kept_cb, g_task_new (engine, cancellable, callback, user_data));
}

gboolean
dd_source_trial_keep_token_finish (DdEngine     *engine,
                                   GAsyncResult *result,
                                   GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dd_source_trial_forget_token_async (const char         *workspace,
                                    const char         *type,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  dd_token_store_clear_async (workspace, type, NULL, callback, user_data);
}

void
dd_source_trial_keep_for_session (const char *workspace,
                                  const char *type,
                                  const char *token)
{
  dd_token_store_keep_for_session (workspace, type, token);
}
