/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-sync.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "dd-activity-store.h"
#include "dd-engine-private.h"
#include "dd-error-sink.h"
#include "dd-error.h"
#include "dd-event-reader.h"
#include "dd-link-job.h"
#include "dd-process.h"
#include "dd-record-store.h"
#include "dd-source-registry.h"
#include "dd-sync-sink.h"
#include "dd-token-store.h"
#include "dd-workspace-store.h"
#include "dd-workspace.h"

/* Deployments younger than this are read again each time: their status may still change. */
#define YOUNG (2 * DD_DAY)

/* One source while it is synced. */
typedef struct
{
  GTask              *task; /* of the sync; not owned */
  const DdSourceSettings *settings;
  const DdSourceKind *kind;
  DdSourceMemory      memory;
  gint64              id;
  DdSource           *source;
  DdSyncSink         *sink;
  GCancellable       *cancellable; /* cancelled by the sync's and by the store's failure */
  gulong              cancelled_id;
  DdSyncSourceResult *result;
} Part;

typedef struct
{
  DdStore       *store;
  DdHttp        *http;
  DdSyncOptions  options;
  char          *name;
  DdWorkspace   *workspace;
  gint64         run;
  gint64         now;
  gint64         since;
  GPtrArray     *parts; /* of Part */
  guint          running;
  DdSyncResult  *result;
} Sync;

static void
part_free (gpointer data)
{
  Part *part = data;

  dd_source_memory_clear (&part->memory);
  g_clear_object (&part->source);
  g_clear_object (&part->sink);
  g_clear_object (&part->cancellable);
  g_free (part);
}

static void
sync_free (gpointer data)
{
  Sync *sync = data;

  g_clear_pointer (&sync->parts, g_ptr_array_unref);
  g_clear_pointer (&sync->workspace, dd_workspace_free);
  g_clear_pointer (&sync->result, dd_sync_result_free);
  g_clear_object (&sync->store);
  g_clear_object (&sync->http);
  g_free (sync->name);
  g_free (sync);
}

static void
source_result_free (gpointer data)
{
  DdSyncSourceResult *source = data;

  g_clear_error (&source->error);
  g_free (source->type);
  g_free (source->name);
  g_free (source);
}

void
dd_sync_result_free (DdSyncResult *result)
{
  if (result == NULL)
    return;
  g_free (result->workspace);
  g_ptr_array_unref (result->sources);
  g_free (result);
}

gboolean
dd_sync_result_any_failed (const DdSyncResult *result)
{
  for (guint i = 0; i < result->sources->len; i++)
    if (((DdSyncSourceResult *) g_ptr_array_index (result->sources, i))->error != NULL)
      return TRUE;
  return FALSE;
}

gboolean
dd_sync_result_all_failed (const DdSyncResult *result)
{
  for (guint i = 0; i < result->sources->len; i++)
    if (((DdSyncSourceResult *) g_ptr_array_index (result->sources, i))->error == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
read_memory (DdDb    *db,
             Sync    *sync,
             Part    *part,
             GError **error)
{
  part->id = part->memory.id = dd_workspace_store_source (db, sync->workspace->id, part->settings);
  part->memory.cursors = sync->options.full ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free)
                                            : dd_workspace_store_cursors (db, part->id, error);
  if (part->memory.cursors == NULL)
    return FALSE;
  part->memory.unsettled = dd_record_store_unsettled (db, part->id, sync->now - YOUNG, error);
  if (part->memory.unsettled == NULL)
    return FALSE;
  part->memory.repositories = dd_record_store_repositories (db, sync->workspace->id, error);
  return part->memory.repositories != NULL;
}

/* In the transaction that begins the run, so that of two processes that ask at once one goes on. */
static gboolean
is_done_elsewhere (DdDb    *db,
                   Sync    *sync,
                   GError **error)
{
  g_autoptr (GPtrArray) runs = NULL;

  if (sync->options.unless_since == 0 || sync->options.run != 0)
    return FALSE;
  runs = dd_activity_store_syncs_since (db, sync->workspace->id, sync->options.unless_since, error);
  for (guint i = 0; runs != NULL && i < runs->len && !sync->result->skipped; i++)
    {
      const DdSyncRun *run = g_ptr_array_index (runs, i);

      sync->result->skipped = run->start > sync->options.unless_since || dd_process_is_alive (run->process, run->start);
    }
  return runs == NULL || sync->result->skipped;
}

/* On the worker: the workspace, what its sources remember, and a run that has begun. */
static gpointer
begin_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Sync *sync = data;

  sync->workspace = dd_workspace_load (db, sync->name, error);
  if (sync->workspace == NULL || is_done_elsewhere (db, sync, error))
    return NULL;
  for (guint i = 0; i < sync->workspace->settings->sources->len; i++)
    {
      const DdSourceSettings *settings = g_ptr_array_index (sync->workspace->settings->sources, i);
      const DdSourceKind *kind = dd_source_registry_find (settings->type);
      Part *part;

      if (kind == NULL || (kind->make == NULL && strcmp (kind->type, "events") != 0))
        continue;
      part = g_new0 (Part, 1);
      part->settings = settings;
      part->kind = kind;
      g_ptr_array_add (sync->parts, part);
      if (!read_memory (db, sync, part, error))
        return NULL;
    }
  if (sync->parts->len == 0)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                 _("The workspace “%s” has no source that can be synced; add one to its file and import it again."),
                 sync->workspace->settings->name);
  else if (sync->options.run != 0)
    sync->run = sync->options.run;
  else
    sync->run = dd_activity_store_begin_run (db, sync->workspace->id, "sync", NULL, sync->now, getpid (), error);
  return NULL;
}

/* The facts of what was fetched, under settings that may have changed meanwhile. */
static gboolean
link_fetched (DdDb    *db,
              Sync    *sync,
              GError **error)
{
  const char *name = sync->workspace->settings->name;
  g_autoptr (GError) cause = NULL;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, name, &cause);

  if (g_error_matches (cause, DD_ERROR, DD_ERROR_NOT_FOUND))
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("The workspace “%s” was removed while it was synced."), name);
  else if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return workspace != NULL && dd_link_job_run (db, workspace->id, workspace->settings, NULL, error);
}

/* A run that it is only a part of goes on. */
static gboolean
end_run (DdDb      *db,
         Sync      *sync,
         DdOutcome  outcome,
         GError   **error)
{
  return sync->options.run != 0 || dd_activity_store_end_run (db, sync->run, outcome, g_get_real_time (), error);
}

/* How each source ended. One that was cancelled is as it was before. */
static gboolean
write_ends (DdDb    *db,
            Sync    *sync,
            GError **error)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < sync->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (sync->parts, i);
      const GError *failure = part->result->error;

      if (sync->result->cancelled && failure != NULL)
        continue;
      if (!dd_workspace_store_source_done (db, part->id, failure != NULL ? failure->message : NULL, now, error))
        return FALSE;
    }
  return TRUE;
}

/* On the worker, after all that the sources put: how they ended, and the facts of what they brought. */
static gpointer
end_job (DdDb         *db,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  Sync *sync = data;
  DdOutcome outcome = DD_OUTCOME_OK;

  if (!write_ends (db, sync, error) || !link_fetched (db, sync, error))
    {
      const DdErrorNote note = {
        .subsystem = "store", .operation = "sync", .type = "end", .message = error != NULL && *error != NULL ? (*error)->message : "",
        .workspace = sync->workspace->id, .run = sync->run, .at = g_get_real_time (),
      };

      dd_error_sink_note (db, &note);
      /* The run ends all the same; what failed is told already. */
      end_run (db, sync, DD_OUTCOME_FAILED, NULL);
      return NULL;
    }
  if (sync->result->cancelled)
    outcome = DD_OUTCOME_CANCELLED;
  else if (dd_sync_result_any_failed (sync->result))
    outcome = DD_OUTCOME_FAILED;
  end_run (db, sync, outcome, error);
  return NULL;
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sync *sync = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  dd_store_run_finish (sync->store, result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&sync->result), (GDestroyNotify) dd_sync_result_free);
}

static void
part_written (Part *part)
{
  Sync *sync = g_task_get_task_data (part->task);
  const GError *store_error = part->sink != NULL ? dd_sync_sink_get_error (part->sink) : NULL;

  if (store_error != NULL)
    {
      g_clear_error (&part->result->error);
      part->result->error = g_error_copy (store_error);
    }
  if (part->sink != NULL)
    {
      part->result->records = dd_sync_sink_get_records (part->sink);
      part->result->requests = dd_sync_sink_get_requests (part->sink);
    }
  if (--sync->running > 0)
    return;
  sync->result->cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (part->task));
  dd_store_run_async (sync->store, end_job, sync, NULL, NULL, NULL, ended_cb, part->task);
}

static gpointer
nothing_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  return NULL;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  dd_store_run_finish (DD_STORE (object), result, NULL);
  part_written (user_data);
}

/* @error: (transfer full) */
static void
part_done (Part   *part,
           GError *error)
{
  Sync *sync = g_task_get_task_data (part->task);

  if (part->cancelled_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (part->task), part->cancelled_id);
  part->result->error = error;
  /* How the last pages' writing ends is known when the worker has come past them. */
  dd_store_run_async (sync->store, nothing_job, NULL, NULL, NULL, NULL, written_cb, part);
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Part *part = user_data;
  GError *error = NULL;

  dd_source_sync_finish (DD_SOURCE (object), result, &error);
  part_done (part, error);
}

/* On the worker: logs are files of this computer, read as far as they have grown. */
static gpointer
logs_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Part *part = data;
  Sync *sync = g_task_get_task_data (part->task);
  g_autoptr (DdTaskRecord) record = dd_task_record_new (part->kind->type, "", "logs", g_get_real_time ());
  g_autoptr (GError) cause = NULL;
  gint64 added = dd_event_reader_sync (db, sync->workspace->id, part->id, part->settings, part->memory.cursors, cancellable, &cause);

  record->end = g_get_real_time ();
  record->records = added > 0 ? (guint) added : 0;
  part->result->records = record->records;
  record->outcome = DD_OUTCOME_OK;
  if (cause != NULL)
    {
      record->outcome = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? DD_OUTCOME_CANCELLED : DD_OUTCOME_FAILED;
      record->error = g_strdup (cause->message);
    }
  if (dd_activity_store_add_task (db, sync->workspace->id, sync->run, record, error) && cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static void
logs_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GError *error = NULL;

  dd_store_run_finish (DD_STORE (object), result, &error);
  part_done (user_data, error);
}

static void
cancel_part_cb (GCancellable *cancellable,
                GCancellable *part)
{
  g_cancellable_cancel (part);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Part *part = user_data;
  Sync *sync = g_task_get_task_data (part->task);
  GCancellable *cancellable = g_task_get_cancellable (part->task);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = dd_token_store_lookup_finish (result, &error);
  DdSourceSetup setup = {
    .settings = part->settings,
    .http = sync->http,
    .token = token,
    .since = sync->since,
    .full = sync->options.full,
    .environments = (const char * const *) sync->workspace->settings->metrics.environments,
  };

  if (error == NULL && token == NULL && part->kind->token_variable != NULL)
    g_set_error (&error, DD_ERROR, DD_ERROR_AUTH,
                 _("%s has no token; set one with “doradash token set %s”, or in %s."), part->kind->name, part->kind->type,
                 part->kind->token_variable);
  if (error != NULL)
    {
      part_done (part, g_steal_pointer (&error));
      return;
    }
  part->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    part->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_part_cb), g_object_ref (part->cancellable),
                                                g_object_unref);
  part->sink = dd_sync_sink_new (sync->store, sync->workspace->id, sync->run, part->kind->type, &part->memory, part->cancellable,
                                 sync->options.progress, sync->options.progress_data);
  part->source = part->kind->make (&setup);
  dd_source_sync_async (part->source, DD_SINK (part->sink), part->cancellable, synced_cb, part);
}

static void
begun_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sync *sync = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  dd_store_run_finish (sync->store, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  sync->result->workspace = g_strdup (sync->workspace->settings->name);
  if (sync->result->skipped)
    {
      g_task_return_pointer (task, g_steal_pointer (&sync->result), (GDestroyNotify) dd_sync_result_free);
      return;
    }
  if (sync->options.since != DD_TIME_NONE)
    sync->since = sync->options.since;
  else
    sync->since = sync->now - sync->workspace->settings->history_days * DD_DAY;
  sync->running = sync->parts->len;
  for (guint i = 0; i < sync->parts->len; i++)
    {
      Part *part = g_ptr_array_index (sync->parts, i);

      part->task = task;
      part->result = g_new0 (DdSyncSourceResult, 1);
      part->result->type = g_strdup (part->kind->type);
      part->result->name = g_strdup (part->kind->name);
      g_ptr_array_add (sync->result->sources, part->result);
    }
  /* The last part to end hands the task on; until then it is held here once. */
  g_object_ref (task);
  for (guint i = 0; i < sync->parts->len; i++)
    {
      Part *part = g_ptr_array_index (sync->parts, i);

      if (part->kind->make == NULL)
        dd_store_run_async (sync->store, logs_job, part, NULL, NULL, g_task_get_cancellable (task), logs_read_cb, part);
      else
        dd_token_store_lookup_async (sync->workspace->settings->name, part->kind->type, g_task_get_cancellable (task), token_cb,
                                     part);
    }
}

void
dd_sync_run_async (DdEngine            *engine,
                   const DdSyncOptions *options,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Sync *sync = g_new0 (Sync, 1);

  g_task_set_source_tag (task, dd_sync_run_async);
  /* A cancelled sync tells what it kept. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, sync, sync_free);
  sync->store = g_object_ref (dd_engine_get_store (engine));
  sync->http = g_object_ref (dd_engine_get_http (engine));
  sync->options = *options;
  sync->name = g_strdup (options->workspace);
  sync->now = g_get_real_time ();
  sync->parts = g_ptr_array_new_with_free_func (part_free);
  sync->result = g_new0 (DdSyncResult, 1);
  sync->result->sources = g_ptr_array_new_with_free_func (source_result_free);
  dd_store_run_async (sync->store, begin_job, sync, NULL, NULL, NULL, begun_cb, g_steal_pointer (&task));
}

DdSyncResult *
dd_sync_run_finish (GAsyncResult *result,
                    GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
