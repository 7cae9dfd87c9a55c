/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metrics-cache.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-query-standing.h"
#include "dd-report-prometheus.h"
#include "dd-time.h"

#define FORMATS (DD_EXPOSITION_OPENMETRICS + 1)

struct _DdMetricsCache
{
  GObject              parent_instance;
  char                *database;
  char                *workspace;
  DdMetricsCacheLimits limits;
  DdMetricsCacheFunc   changed;
  gpointer             data;
  DdEngine            *engine;
  GCancellable        *cancellable;
  gboolean             asking;
  GQueue               waiters;       /* of Waiter */
  GPtrArray           *standings;     /* NULL until the first answer */
  gint64               made;          /* monotonic */
  gint64               ended;         /* when the last question did, well or not */
  GBytes              *text[FORMATS]; /* written when first asked for */
  GError              *error;         /* of the last question */
};

typedef struct
{
  GTask *task;
  guint  timeout;
} Waiter;

G_DEFINE_FINAL_TYPE (DdMetricsCache, dd_metrics_cache, G_TYPE_OBJECT)

static void
forget_texts (DdMetricsCache *self)
{
  for (guint i = 0; i < FORMATS; i++)
    g_clear_pointer (&self->text[i], g_bytes_unref);
}

static gint64
age_of (DdMetricsCache *self)
{
  return g_get_monotonic_time () - self->made;
}

static void
write_text (DdMetricsCache    *self,
            DdExpositionFormat format)
{
  char *text;

  if (self->text[format] != NULL)
    return;
  text = dd_standings_to_exposition (self->standings, format);
  self->text[format] = g_bytes_new_take (text, strlen (text));
}

/* With what there is. */
static void
answer (DdMetricsCache *self,
        GTask          *task)
{
  DdExpositionFormat format = GPOINTER_TO_INT (g_task_get_task_data (task));

  if (self->standings != NULL && age_of (self) <= self->limits.kept)
    {
      write_text (self, format);
      g_task_return_pointer (task, g_bytes_ref (self->text[format]), (GDestroyNotify) g_bytes_unref);
    }
  else if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_new_error (task, DD_ERROR, DD_ERROR_STORE, _("The database has not answered yet."));
}

/* Frees @waiter. */
static void
waiter_answer (DdMetricsCache *self,
               Waiter         *waiter)
{
  g_autoptr (GTask) task = waiter->task;

  g_clear_handle_id (&waiter->timeout, g_source_remove);
  g_free (waiter);
  answer (self, task);
}

static gboolean
impatient_cb (gpointer user_data)
{
  Waiter *waiter = user_data;
  DdMetricsCache *self = g_task_get_source_object (waiter->task);

  waiter->timeout = 0;
  g_queue_remove (&self->waiters, waiter);
  waiter_answer (self, waiter);
  return G_SOURCE_REMOVE;
}

static void
set_error (DdMetricsCache *self,
           GError         *error)
{
  gboolean same = g_strcmp0 (error != NULL ? error->message : NULL, self->error != NULL ? self->error->message : NULL) == 0;

  g_clear_error (&self->error);
  self->error = error;
  if (!same && self->changed != NULL)
    self->changed (error, self->data);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DdMetricsCache) self = user_data;
  GError *error = NULL;
  GPtrArray *standings = dd_query_standing_finish (DD_ENGINE (object), result, &error);
  Waiter *waiter;

  self->asking = FALSE;
  self->ended = g_get_monotonic_time ();
  if (standings != NULL)
    {
      g_clear_pointer (&self->standings, g_ptr_array_unref);
      self->standings = standings;
      self->made = self->ended;
      forget_texts (self);
    }
  else
    /* A file that could not be opened is not tried again by an engine that stands. */
    g_clear_object (&self->engine);
  set_error (self, error);
  while ((waiter = g_queue_pop_head (&self->waiters)) != NULL)
    waiter_answer (self, waiter);
}

static void
ask (DdMetricsCache *self)
{
  if (self->asking)
    return;
  self->asking = TRUE;
  if (self->engine == NULL)
    self->engine = dd_engine_new (self->database);
  dd_query_standing_async (self->engine, self->workspace, g_get_real_time (), self->cancellable, answered_cb, g_object_ref (self));
}

static void
dd_metrics_cache_finalize (GObject *object)
{
  DdMetricsCache *self = DD_METRICS_CACHE (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->standings, g_ptr_array_unref);
  g_clear_error (&self->error);
  forget_texts (self);
  g_free (self->database);
  g_free (self->workspace);
  G_OBJECT_CLASS (dd_metrics_cache_parent_class)->finalize (object);
}

static void
dd_metrics_cache_class_init (DdMetricsCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_metrics_cache_finalize;
}

static void
dd_metrics_cache_init (DdMetricsCache *self)
{
  self->cancellable = g_cancellable_new ();
}

void
dd_metrics_cache_limits_init (DdMetricsCacheLimits *limits)
{
  /* Prometheus gives up after ten seconds, and takes what is older than five minutes for gone. */
  *limits = (DdMetricsCacheLimits) {
    .fresh = 5 * DD_SECOND,
    .good = 10 * DD_SECOND,
    .patience = 3 * DD_SECOND,
    .kept = 5 * DD_MINUTE,
    .waiting = 100,
  };
}

DdMetricsCache *
dd_metrics_cache_new (const char                 *database,
                      const char                 *workspace,
                      const DdMetricsCacheLimits *limits,
                      DdMetricsCacheFunc          changed,
                      gpointer                    data)
{
  DdMetricsCache *self = g_object_new (DD_TYPE_METRICS_CACHE, NULL);

  self->database = g_strdup (database);
  self->workspace = g_strdup (workspace);
  self->limits = *limits;
  self->changed = changed;
  self->data = data;
  return self;
}

void
dd_metrics_cache_get_async (DdMetricsCache     *self,
                            DdExpositionFormat  format,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Waiter *waiter;
  gint64 now = g_get_monotonic_time ();
  gboolean fresh, good;

  g_return_if_fail (DD_IS_METRICS_CACHE (self));
  g_task_set_source_tag (task, dd_metrics_cache_get_async);
  g_task_set_task_data (task, GINT_TO_POINTER ((int) format), NULL);
  /* Also what failed is not tried at once again. */
  fresh = self->ended != 0 && now - self->ended < self->limits.fresh;
  good = self->standings != NULL && now - self->made < self->limits.good;
  if (!fresh)
    ask (self);
  if (fresh || good || self->waiters.length >= self->limits.waiting)
    {
      answer (self, task);
      return;
    }
  waiter = g_new0 (Waiter, 1);
  waiter->task = g_steal_pointer (&task);
  waiter->timeout = g_timeout_add ((guint) (self->limits.patience / 1000), impatient_cb, waiter);
  g_queue_push_tail (&self->waiters, waiter);
}

GBytes *
dd_metrics_cache_get_finish (DdMetricsCache *self,
                             GAsyncResult   *result,
                             guint          *age,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  *age = (guint) (age_of (self) / DD_SECOND);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dd_metrics_cache_stop (DdMetricsCache *self)
{
  g_return_if_fail (DD_IS_METRICS_CACHE (self));
  self->changed = NULL;
  g_cancellable_cancel (self->cancellable);
}
