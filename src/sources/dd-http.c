/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-http.h"

#include "dd-http-private.h"
#include "dd-time.h"

/* Over all hosts; to one host the options say how many. */
#define MAX_CONNECTIONS 64

G_DEFINE_FINAL_TYPE (DdHttp, dd_http, G_TYPE_OBJECT)

static void
dd_http_finalize (GObject *object)
{
  DdHttp *self = DD_HTTP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->queue, dd_http_queue_free);
  G_OBJECT_CLASS (dd_http_parent_class)->finalize (object);
}

static void
dd_http_class_init (DdHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_http_finalize;
}

static void
dd_http_init (DdHttp *self)
{
}

void
dd_http_options_init (DdHttpOptions *options)
{
  *options = (DdHttpOptions) {
    .max_per_host = 8,
    .attempts = 5,
    .backoff = DD_SECOND / 2,
    .longest_wait = 2 * DD_MINUTE,
    .patience = 1,
  };
}

DdHttp *
dd_http_new (const DdHttpOptions *options)
{
  DdHttp *self = g_object_new (DD_TYPE_HTTP, NULL);

  if (options != NULL)
    self->options = *options;
  else
    dd_http_options_init (&self->options);
  self->queue = dd_http_queue_new (self->options.max_per_host, MAX (self->options.attempts, 1),
                                   self->options.backoff * ((1 << CLAMP ((int) self->options.attempts - 1, 0, 16)) - 1));
  /* The clock of an exchange takes the place of the session's own time-out. */
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS,
                                                 "max-conns-per-host", (int) MAX (self->options.max_per_host, 1),
                                                 "user-agent", "DoraDash/" DD_VERSION, "timeout", 0, NULL);
  return self;
}
