/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-auto-sync.h"

#include <string.h>

#include "dd-time.h"

#define LOOK_EVERY 60 /* seconds */

struct _DdAutoSync
{
  GObject parent;

  DdSession       *session;
  DdSyncer        *syncer;
  GNetworkMonitor *monitor;   /* NULL until it is needed */
  guint            timer;
  guint            idle;      /* of the start's sync */
  gboolean         started;   /* the first report was there */
  gboolean         wanted;    /* the start's sync waits for a network */
  gint64           tried_at;  /* when one was begun here last; 0: not yet */
  char            *workspace; /* that @tried_at is of */
};

G_DEFINE_FINAL_TYPE (DdAutoSync, dd_auto_sync, G_TYPE_OBJECT)

/* Neither the sample nor files have anybody to ask. */
static gboolean
has_services (DdAutoSync *self)
{
  const DdReport *report = dd_session_get_report (self->session);

  if (report == NULL || report->summary->sample)
    return FALSE;
  for (guint i = 0; i < report->summary->sources->len; i++)
    if (strcmp (((const DdSourceState *) g_ptr_array_index (report->summary->sources, i))->type, "files") != 0)
      return TRUE;
  return FALSE;
}

/* When the sources were asked last, as far as it is known here. */
static gint64
last_time (DdAutoSync *self)
{
  const GPtrArray *sources = dd_session_get_report (self->session)->summary->sources;
  gint64 last = g_strcmp0 (self->workspace, dd_session_get_workspace (self->session)) == 0 ? self->tried_at : 0;

  for (guint i = 0; i < sources->len; i++)
    {
      const DdSourceState *state = g_ptr_array_index (sources, i);

      if (state->last_sync != DD_TIME_NONE && strcmp (state->type, "files") != 0)
        last = MAX (last, state->last_sync);
    }
  return last;
}

static gboolean
is_online (DdAutoSync *self)
{
  if (self->monitor == NULL)
    self->monitor = g_object_ref (g_network_monitor_get_default ());
  return g_network_monitor_get_network_available (self->monitor);
}

void
dd_auto_sync_look (DdAutoSync *self,
                   gint64      now)
{
  gint64 every = (gint64) dd_session_get_sync_every (self->session) * DD_MINUTE;
  gint64 last;
  gboolean due;

  if (dd_syncer_is_running (self->syncer) || !has_services (self))
    return;
  last = last_time (self);
  /* A clock that was put back does not stop it for ever. */
  due = every > 0 && (now - last >= every || last > now);
  if (!due && !self->wanted)
    {
      dd_syncer_set_offline (self->syncer, FALSE);
      return;
    }
  if (!is_online (self))
    {
      dd_syncer_set_offline (self->syncer, TRUE);
      return;
    }
  self->wanted = FALSE;
  self->tried_at = now;
  g_free (self->workspace);
  self->workspace = g_strdup (dd_session_get_workspace (self->session));
  /* Another process may have done it since the report was made. */
  dd_syncer_start_unless (self->syncer, due && last < now ? MAX (now - every, last + 1) : now);
}

static gboolean
timer_cb (gpointer user_data)
{
  dd_auto_sync_look (user_data, g_get_real_time ());
  return G_SOURCE_CONTINUE;
}

static gboolean
start_cb (gpointer user_data)
{
  DdAutoSync *self = user_data;

  self->idle = 0;
  dd_auto_sync_look (self, g_get_real_time ());
  return G_SOURCE_REMOVE;
}

/* What is shown first comes before what will be: the figures that are there already are drawn by then. */
static void
report_changed_cb (DdAutoSync *self)
{
  if (self->started || dd_session_get_report (self->session) == NULL)
    return;
  self->started = TRUE;
  self->wanted = dd_session_get_sync_on_start (self->session);
  self->idle = g_idle_add_full (G_PRIORITY_LOW, start_cb, self, NULL);
}

void
dd_auto_sync_stop (DdAutoSync *self)
{
  self->started = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->idle, g_source_remove);
}

static void
dd_auto_sync_dispose (GObject *object)
{
  DdAutoSync *self = DD_AUTO_SYNC (object);

  dd_auto_sync_stop (self);
  g_clear_object (&self->session);
  g_clear_object (&self->syncer);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (dd_auto_sync_parent_class)->dispose (object);
}

static void
dd_auto_sync_finalize (GObject *object)
{
  g_free (DD_AUTO_SYNC (object)->workspace);
  G_OBJECT_CLASS (dd_auto_sync_parent_class)->finalize (object);
}

static void
dd_auto_sync_class_init (DdAutoSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_auto_sync_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_auto_sync_finalize;
}

static void
dd_auto_sync_init (DdAutoSync *self)
{
  self->timer = g_timeout_add_seconds (LOOK_EVERY, timer_cb, self);
}

DdAutoSync *
dd_auto_sync_new (DdSession       *session,
                  DdSyncer        *syncer,
                  GNetworkMonitor *monitor)
{
  DdAutoSync *self = g_object_new (DD_TYPE_AUTO_SYNC, NULL);

  self->session = g_object_ref (session);
  self->syncer = g_object_ref (syncer);
  g_set_object (&self->monitor, monitor);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (report_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
