/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-http-private.h"

typedef struct
{
  DdHttpQueue *queue;
  guint    in_flight;
  GQueue   waiting;    /* of DdHttpTurn */
  gint64   held_until; /* monotonic */
  GSource *alarm;      /* while requests wait for that */
  guint    unanswered; /* since it last answered */
  gint64   silent;     /* monotonic: when the first of these began */
  gint64   down_until; /* monotonic */
  GError  *down;       /* why; NULL while it is not */
} Host;

struct _DdHttpTurn
{
  Host       *host;
  gboolean    in_flight;
  DdHttpBegin begin;
  gpointer    user_data;
};

struct _DdHttpQueue
{
  guint       max_per_host;
  guint       tries;
  gint64      patience;
  GHashTable *hosts; /* "https://host:port" → Host */
};

static void admit (Host *host);

static void
stop_alarm (Host *host)
{
  if (host->alarm == NULL)
    return;
  g_source_destroy (host->alarm);
  g_clear_pointer (&host->alarm, g_source_unref);
}

static void
host_free (gpointer data)
{
  Host *host = data;

  stop_alarm (host);
  g_queue_clear (&host->waiting);
  g_clear_error (&host->down);
  g_free (host);
}

static gboolean
alarm_cb (gpointer user_data)
{
  Host *host = user_data;

  stop_alarm (host);
  admit (host);
  return G_SOURCE_REMOVE;
}

static void
set_alarm (Host  *host,
           gint64 wait)
{
  if (host->alarm != NULL)
    return;
  host->alarm = g_timeout_source_new ((guint) (wait / 1000) + 1);
  g_source_set_callback (host->alarm, alarm_cb, host, NULL);
  g_source_attach (host->alarm, g_main_context_get_thread_default ());
}

static void
admit (Host *host)
{
  gint64 held = host->held_until - g_get_monotonic_time ();

  while (host->in_flight < host->queue->max_per_host && !g_queue_is_empty (&host->waiting))
    {
      DdHttpTurn *turn;

      if (held > 0)
        {
          set_alarm (host, held);
          return;
        }
      turn = g_queue_pop_head (&host->waiting);
      turn->in_flight = TRUE;
      host->in_flight++;
      turn->begin (turn->user_data);
    }
}

static Host *
find_host (DdHttpQueue *self,
           GUri        *uri)
{
  g_autofree char *name = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), g_uri_get_host (uri), g_uri_get_port (uri));
  Host *host = g_hash_table_lookup (self->hosts, name);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      host->queue = self;
      g_queue_init (&host->waiting);
      g_hash_table_insert (self->hosts, g_steal_pointer (&name), host);
    }
  return host;
}

DdHttpQueue *
dd_http_queue_new (guint  max_per_host,
                   guint  tries,
                   gint64 patience)
{
  DdHttpQueue *self = g_new0 (DdHttpQueue, 1);

  self->max_per_host = MAX (max_per_host, 1);
  self->tries = tries;
  self->patience = patience;
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_free);
  return self;
}

void
dd_http_queue_free (DdHttpQueue *self)
{
  g_hash_table_unref (self->hosts);
  g_free (self);
}

DdHttpTurn *
dd_http_queue_enter (DdHttpQueue *self,
                     GUri        *uri,
                     DdHttpBegin  begin,
                     gpointer     user_data)
{
  DdHttpTurn *turn = g_new0 (DdHttpTurn, 1);

  turn->host = find_host (self, uri);
  turn->begin = begin;
  turn->user_data = user_data;
  g_queue_push_tail (&turn->host->waiting, turn);
  admit (turn->host);
  return turn;
}

void
dd_http_turn_end (DdHttpTurn *turn)
{
  Host *host = turn->host;

  if (turn->in_flight)
    host->in_flight--;
  else
    g_queue_remove (&host->waiting, turn);
  g_free (turn);
  admit (host);
}

void
dd_http_queue_hold (DdHttpQueue *self,
                    GUri        *uri,
                    gint64       wait)
{
  Host *host = find_host (self, uri);

  host->held_until = MAX (host->held_until, g_get_monotonic_time () + wait);
}

void
dd_http_queue_answered (DdHttpQueue *self,
                        GUri        *uri)
{
  Host *host = find_host (self, uri);

  host->unanswered = 0;
  g_clear_error (&host->down);
}

void
dd_http_queue_unanswered (DdHttpQueue  *self,
                          GUri         *uri,
                          gint64        begun,
                          const GError *why)
{
  Host *host = find_host (self, uri);
  gint64 now = g_get_monotonic_time ();

  if (host->unanswered++ == 0)
    host->silent = begun;
  if (host->unanswered < self->tries || now - host->silent < self->patience)
    return;
  g_clear_error (&host->down);
  host->down = g_error_copy (why);
  host->down_until = now + (now - host->silent);
}

const GError *
dd_http_queue_down (DdHttpQueue *self,
                    GUri        *uri)
{
  Host *host = find_host (self, uri);

  if (host->down != NULL && g_get_monotonic_time () >= host->down_until)
    g_clear_error (&host->down);
  return host->down;
}
