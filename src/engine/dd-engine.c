/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-engine-private.h"

#define LEAST_PATIENCE 0.01
#define MOST_PATIENCE 100.0

struct _DdEngine
{
  GObject  parent_instance;
  DdStore *store;
  DdHttp  *http;
};

G_DEFINE_FINAL_TYPE (DdEngine, dd_engine, G_TYPE_OBJECT)

static void
dd_engine_finalize (GObject *object)
{
  DdEngine *self = DD_ENGINE (object);

  g_clear_object (&self->http);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (dd_engine_parent_class)->finalize (object);
}

static void
dd_engine_class_init (DdEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_engine_finalize;
}

static void
dd_engine_init (DdEngine *self)
{
}

/* DORADASH_PATIENCE: a factor on all that a service is waited for, for slow networks, and for tests. */
static void
set_patience (DdHttpOptions *options)
{
  const char *text = g_getenv ("DORADASH_PATIENCE");
  double patience = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  /* Nonsense is 0 or not a number. */
  if (!(patience > 0))
    return;
  patience = CLAMP (patience, LEAST_PATIENCE, MOST_PATIENCE);
  options->patience = patience;
  options->backoff = (gint64) ((double) options->backoff * patience);
  options->longest_wait = (gint64) ((double) options->longest_wait * patience);
}

DdEngine *
dd_engine_new (const char *database)
{
  DdEngine *self = g_object_new (DD_TYPE_ENGINE, NULL);
  g_autofree char *path = database != NULL ? g_strdup (database) : dd_store_default_path ();
  DdHttpOptions options;

  self->store = dd_store_new (path);
  dd_http_options_init (&options);
  set_patience (&options);
  self->http = dd_http_new (&options);
  return self;
}

DdStore *
dd_engine_get_store (DdEngine *self)
{
  return self->store;
}

DdHttp *
dd_engine_get_http (DdEngine *self)
{
  return self->http;
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer value = dd_store_run_finish (DD_STORE (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

static void
run (DdEngine           *self,
     gboolean            reads,
     DdStoreFunc         func,
     gpointer            data,
     GDestroyNotify      destroy,
     GDestroyNotify      free_result,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, reads);
  /* Not data: the function that frees a result which nobody takes. */
  g_task_set_task_data (task, free_result, NULL);
  dd_store_run_async (self->store, func, data, destroy, free_result, cancellable, ran_cb, task);
}

void
dd_engine_run_async (DdEngine           *self,
                     DdStoreFunc         func,
                     gpointer            data,
                     GDestroyNotify      destroy,
                     GDestroyNotify      free_result,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  run (self, FALSE, func, data, destroy, free_result, cancellable, callback, user_data);
}

void
dd_engine_ask_async (DdEngine           *self,
                     DdStoreFunc         func,
                     gpointer            data,
                     GDestroyNotify      destroy,
                     GDestroyNotify      free_result,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  run (self, TRUE, func, data, destroy, free_result, cancellable, callback, user_data);
}

gpointer
dd_engine_run_finish (DdEngine     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
dd_engine_dup_path (DdEngine *self)
{
  return g_canonicalize_filename (dd_store_get_path (self->store), NULL);
}
