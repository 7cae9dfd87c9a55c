/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dd-db-private.h"
#include "dd-error.h"

/* Microseconds after a database could not be opened. */
#define TRY_AGAIN_AFTER G_USEC_PER_SEC

struct _DdStore
{
  GObject      parent_instance;
  char        *path;
  GAsyncQueue *jobs; /* of Job; the last one is `quit` */
  GThread     *worker;
};

typedef struct
{
  GTask         *task;
  DdStoreFunc    func;
  gpointer       data;
  GDestroyNotify destroy;
  GDestroyNotify free_result;
  gpointer       result;
  GError        *error;
} Job;

G_DEFINE_FINAL_TYPE (DdStore, dd_store, G_TYPE_OBJECT)

/* Tells the worker that no more jobs come. */
static Job quit;

typedef struct
{
  char        *path;
  GAsyncQueue *jobs;
} Worker;

/* SQLite asks this every few thousand steps, so that a question nobody waits for any more ends soon. */
static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_clear_error (&job->error);
  g_object_unref (job->task);
  g_free (job);
}

static gboolean
return_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  return G_SOURCE_REMOVE;
}

/* Takes @job. The worker must not hold the last reference to the store: then nobody would wait for it to close the file. */
static void
hand_back (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, return_cb, job, job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
run_job (DdDb         *db,
         const GError *open_error,
         Job          *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (open_error != NULL)
    job->error = g_error_copy (open_error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    {
      sqlite3_progress_handler (db->handle, 4000, cancellable != NULL ? is_cancelled : NULL, cancellable);
      job->result = job->func (db, job->data, cancellable, &job->error);
      sqlite3_progress_handler (db->handle, 0, NULL, NULL);
      if (job->error == NULL && db->failure != SQLITE_OK)
        dd_db_fail (db, db->failure, &job->error);
      dd_db_rollback (db);
    }
  if (job->destroy != NULL)
    g_clear_pointer (&job->data, job->destroy);
  hand_back (job);
}

static gboolean
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("The folder %s cannot be made; check its permissions."), folder);
  return FALSE;
}

static DdDb *
open_database (const char *path,
               GError    **error)
{
  return make_folder (path, error) ? dd_db_open (path, error) : NULL;
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GError) open_error = NULL;
  DdDb *db = open_database (worker->path, &open_error);
  gint64 tried = g_get_monotonic_time ();
  Job *job;

  while ((job = g_async_queue_pop (worker->jobs)) != &quit)
    {
      /* The trouble may be over; but all that waited for one attempt share its error. */
      if (db == NULL && g_get_monotonic_time () - tried > TRY_AGAIN_AFTER)
        {
          g_clear_error (&open_error);
          db = open_database (worker->path, &open_error);
          tried = g_get_monotonic_time ();
        }
      run_job (db, open_error, job);
    }
  dd_db_close (db);
  g_async_queue_unref (worker->jobs);
  g_free (worker->path);
  g_free (worker);
  return NULL;
}

static void
dd_store_finalize (GObject *object)
{
  DdStore *self = DD_STORE (object);

  g_async_queue_push (self->jobs, &quit);
  g_thread_join (self->worker);
  g_async_queue_unref (self->jobs);
  g_free (self->path);
  G_OBJECT_CLASS (dd_store_parent_class)->finalize (object);
}

static void
dd_store_class_init (DdStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_store_finalize;
}

static void
dd_store_init (DdStore *self)
{
  self->jobs = g_async_queue_new ();
}

char *
dd_store_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "doradash", "doradash.db", NULL);
}

DdStore *
dd_store_new (const char *path)
{
  DdStore *self = g_object_new (DD_TYPE_STORE, NULL);
  Worker *worker = g_new0 (Worker, 1);

  g_return_val_if_fail (path != NULL, NULL);
  self->path = g_strdup (path);
  worker->path = g_strdup (path);
  worker->jobs = g_async_queue_ref (self->jobs);
  self->worker = g_thread_new ("store", work, worker);
  return self;
}

const char *
dd_store_get_path (DdStore *self)
{
  g_return_val_if_fail (DD_IS_STORE (self), NULL);
  return self->path;
}

void
dd_store_run_async (DdStore            *self,
                    DdStoreFunc         func,
                    gpointer            data,
                    GDestroyNotify      destroy,
                    GDestroyNotify      free_result,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (DD_IS_STORE (self));
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, dd_store_run_async);
  /* A job that has committed has done so, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (job->task, FALSE);
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->free_result = free_result;
  g_async_queue_push (self->jobs, job);
}

gpointer
dd_store_run_finish (DdStore      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
