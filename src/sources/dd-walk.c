/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-walk.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"

/* A walk that was resumed may pass a page twice: from where it stopped, and then from the top. */
#define MOST_TIMES 3

struct _DdWalk
{
  GObject        parent_instance;
  DdHttp        *http;
  DdSink        *sink;
  DdWalkKind     kind;
  gpointer       state;
  GDestroyNotify destroy;
  DdTaskRecord  *record;
  GHashTable    *asked; /* checksum of a request → how often it was asked */
};

G_DEFINE_FINAL_TYPE (DdWalk, dd_walk, G_TYPE_OBJECT)

static void ask (GTask *task);

/* The walk's task record says how it ended. */
static void
end (GTask  *task,
     GError *error)
{
  DdWalk *self = g_task_get_source_object (task);
  DdTaskRecord *record = g_steal_pointer (&self->record);

  record->end = dd_sink_now (self->sink);
  record->outcome = DD_OUTCOME_OK;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    record->outcome = DD_OUTCOME_CANCELLED;
  else if (error != NULL)
    {
      record->outcome = DD_OUTCOME_FAILED;
      record->error = g_strdup (error->message);
    }
  dd_sink_task_done (self->sink, record);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
note_request (DdTaskRecord *record,
              GAsyncResult *result)
{
  DdHttpStats stats;

  dd_http_result_stats (result, &stats);
  record->requests += stats.requests;
  record->bytes += stats.bytes;
  for (guint i = 0; i < stats.retry_errors->len; i++)
    g_ptr_array_add (record->retry_errors, g_strdup (g_ptr_array_index (stats.retry_errors, i)));
  record->retries += stats.retry_errors->len;
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  DdWalk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (object), result, &error);

  note_request (self->record, result);
  if (reply == NULL)
    {
      gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (cancelled || self->kind.failed == NULL || !self->kind.failed (self, error, self->state))
        {
          end (task, g_steal_pointer (&error));
          return;
        }
      g_hash_table_remove_all (self->asked);
      self->record->attempts++;
      g_ptr_array_add (self->record->retry_errors, g_strdup (error->message));
    }
  else if (!self->kind.page (self, reply, self->state, &error))
    {
      end (task, g_steal_pointer (&error));
      return;
    }
  ask (task);
}

/* A server that says "there is more" and means what it gave before would be asked for ever. */
static gboolean
may_ask (DdWalk              *self,
        const DdHttpRequest *request,
        GError             **error)
{
  g_autofree char *text = g_strconcat (request->url, "\n", request->body, NULL);
  char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, sum)) + 1;

  g_hash_table_insert (self->asked, sum, GUINT_TO_POINTER (times));
  if (times <= MOST_TIMES)
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("%s leads from page to page in a circle; sync again later."), request->service);
  return FALSE;
}

static void
ask (GTask *task)
{
  DdWalk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DdHttpRequest) request = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      end (task, g_steal_pointer (&error));
      return;
    }
  request = self->kind.next (self, self->state);
  if (request != NULL && may_ask (self, request, &error))
    dd_http_send_async (self->http, g_steal_pointer (&request), g_task_get_cancellable (task), replied_cb, task);
  else
    end (task, g_steal_pointer (&error));
}

static void
dd_walk_finalize (GObject *object)
{
  DdWalk *self = DD_WALK (object);

  if (self->destroy != NULL)
    g_clear_pointer (&self->state, self->destroy);
  g_clear_pointer (&self->record, dd_task_record_free);
  g_hash_table_unref (self->asked);
  g_clear_object (&self->http);
  g_clear_object (&self->sink);
  G_OBJECT_CLASS (dd_walk_parent_class)->finalize (object);
}

static void
dd_walk_class_init (DdWalkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_walk_finalize;
}

static void
dd_walk_init (DdWalk *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

DdWalk *
dd_walk_new (DdHttp           *http,
             DdSink           *sink,
             const DdWalkKind *kind,
             gpointer          state,
             GDestroyNotify    destroy)
{
  DdWalk *self = g_object_new (DD_TYPE_WALK, NULL);

  self->http = g_object_ref (http);
  self->sink = g_object_ref (sink);
  self->kind = *kind;
  self->state = state;
  self->destroy = destroy;
  self->record = dd_task_record_new (kind->source, kind->scope, kind->step, dd_sink_now (sink));
  return self;
}

DdSink *
dd_walk_get_sink (DdWalk *self)
{
  g_return_val_if_fail (DD_IS_WALK (self), NULL);
  return self->sink;
}

void
dd_walk_run_async (DdWalk             *self,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (DD_IS_WALK (self) && self->record != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dd_walk_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->record->start = dd_sink_now (self->sink);
  ask (task);
}

gboolean
dd_walk_run_finish (DdWalk       *self,
                    GAsyncResult *result,
                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dd_walk_put (DdWalk  *self,
             DdBatch *batch)
{
  g_return_if_fail (DD_IS_WALK (self));
  self->record->records += dd_batch_count (batch);
  dd_sink_put (self->sink, batch);
}
