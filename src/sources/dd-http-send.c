/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-http-private.h"
#include "dd-time.h"

#define TOO_MANY_REQUESTS 429
#define DEFAULT_TIMEOUT 30
#define LONGEST_BACKOFF (30 * DD_SECOND)

/* Limits are waited out so often, and in all for so many times the longest single wait. */
#define MAX_LIMITS 20
#define TOTAL_WAIT_FACTOR 2

/* One request until it has its reply. */
typedef struct
{
  DdHttpRequest *request;
  GUri          *origin;    /* what the request asks for */
  GUri          *uri;       /* where this try is now, after redirects */
  gboolean       away;      /* this try left the origin's host: it carries no token any more */
  guint          redirects; /* of this try */
  guint          tries;     /* how often it was sent */
  guint          failures;  /* tries that failed otherwise than by a limit */
  gint64         begun;     /* monotonic: when this try did */
  GError        *refused;   /* its host went down before its turn came */
  guint          limits;
  gint64         waited;    /* for limits */
  DdHttpTurn    *turn;
  GSource       *give_up;   /* watches the caller's cancellable while it waits for its turn */
  guint          requests;
  guint64        bytes;
  GPtrArray     *retry_errors;
} Send;

static void enter (GTask *task);

static void
send_free (gpointer data)
{
  Send *send = data;

  dd_http_request_free (send->request);
  g_clear_pointer (&send->origin, g_uri_unref);
  g_clear_pointer (&send->uri, g_uri_unref);
  g_ptr_array_unref (send->retry_errors);
  g_clear_error (&send->refused);
  g_free (send);
}

static void
start_over (Send *send)
{
  g_clear_pointer (&send->uri, g_uri_unref);
  send->uri = g_uri_ref (send->origin);
  send->away = FALSE;
  send->redirects = 0;
}

/* What a server says may repeat what it was sent. */
static void
hide_token (const DdHttpRequest *request,
            GError              *error)
{
  const char *space = request->authorization != NULL ? strrchr (request->authorization, ' ') : NULL;
  const char *token = space != NULL ? space + 1 : request->authorization;
  g_autoptr (GString) message = NULL;

  if (token == NULL || *token == '\0' || strstr (error->message, token) == NULL)
    return;
  message = g_string_new (error->message);
  g_string_replace (message, token, "…", 0);
  g_free (error->message);
  error->message = g_strdup (message->str);
}

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* ---- waiting between tries ---- */

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    enter (task);
  return G_SOURCE_REMOVE;
}

static void
wait_then_enter (GTask *task,
                 gint64 wait)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) MIN ((wait + 999) / 1000, G_MAXINT));

  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      /* As a child it makes the timer go off at once. */
      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (timer, cancelled);
    }
  g_source_set_callback (timer, waited_cb, task, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
}

/* How long to wait for a limit; FALSE where that is too long. */
static gboolean
plan_limit (DdHttp *self,
            Send   *send,
            gint64 *wait)
{
  gint64 longest = self->options.longest_wait;

  if (*wait > longest || send->waited + *wait > TOTAL_WAIT_FACTOR * longest || ++send->limits > MAX_LIMITS)
    return FALSE;
  send->waited += *wait;
  /* Whoever asks again before that makes the limit last longer, or loses the token. */
  dd_http_queue_hold (self->queue, send->uri, *wait);
  return TRUE;
}

static gboolean
plan_backoff (DdHttp *self,
              Send   *send,
              gint64 *wait)
{
  if (++send->failures >= self->options.attempts || dd_http_queue_down (self->queue, send->uri) != NULL)
    return FALSE;
  *wait = MIN (self->options.backoff << MIN (send->failures - 1, 16), LONGEST_BACKOFF);
  /* By chance, so that requests that failed together do not come back together. */
  *wait = (gint64) ((double) *wait * g_random_double_range (0.75, 1.25));
  return TRUE;
}

/* Takes @error. @wait: 0 for backoff. */
static void
try_again (GTask  *task,
           gint64  wait,
           GError *error)
{
  DdHttp *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);

  if (wait > 0 ? !plan_limit (self, send, &wait) : !plan_backoff (self, send, &wait))
    {
      fail (task, error);
      return;
    }
  g_ptr_array_add (send->retry_errors, g_strdup (error->message));
  g_error_free (error);
  start_over (send);
  wait_then_enter (task, wait);
}

/* ---- one try ---- */

/* Takes @error. */
static void
exchange_failed (GTask               *task,
                 const DdHttpOutcome *outcome,
                 GError              *error)
{
  DdHttp *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);

  /* What began to answer is there, whatever came of it. */
  if (outcome->bytes > 0)
    dd_http_queue_answered (self->queue, send->uri);
  else if (outcome->verdict == DD_VERDICT_RETRY && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dd_http_queue_unanswered (self->queue, send->uri, send->begun, error);
  /* Also where the caller gave up meanwhile: what is on its way cannot be called back. */
  if (send->request->once && outcome->sent)
    {
      fail (task, g_error_new (DD_ERROR, DD_ERROR_UNCONFIRMED,
                               _("%s did not confirm; it may have arrived all the same. Look there before you send it again."),
                               send->request->service));
      g_error_free (error);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fail (task, error);
    }
  else if (outcome->verdict == DD_VERDICT_RETRY)
    {
      try_again (task, 0, error);
    }
  else
    {
      fail (task, error);
    }
}

static void
follow (GTask             *task,
        const DdHttpReply *reply)
{
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GUri) to = dd_http_redirect (send->request, reply, send->uri, send->redirects++, &error);

  if (to == NULL)
    {
      fail (task, error);
      return;
    }
  send->away |= !dd_http_same_origin (send->origin, to);
  g_uri_unref (send->uri);
  send->uri = g_steal_pointer (&to);
  enter (task);
}

/* Takes @reply. */
static void
judge (GTask       *task,
       DdHttpReply *reply)
{
  Send *send = g_task_get_task_data (task);
  DdHttpJudge judge_reply = send->request->judge != NULL ? send->request->judge : dd_http_judge;
  g_autoptr (DdHttpReply) judged = reply;
  GError *error = NULL;
  gint64 wait = 0;
  DdVerdict verdict = judge_reply (judged, g_get_real_time (), &wait, &error);

  if (verdict == DD_VERDICT_OK)
    {
      g_task_return_pointer (task, g_steal_pointer (&judged), (GDestroyNotify) dd_http_reply_free);
      g_object_unref (task);
      return;
    }
  hide_token (send->request, error);
  /* Of all answers only this one says that nothing was done. */
  if (verdict == DD_VERDICT_RETRY && (!send->request->once || judged->status == TOO_MANY_REQUESTS))
    try_again (task, wait, error);
  else
    fail (task, error);
}

static void
exchanged_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  /* What follows may drop the last reference to it, and with it the queue. */
  g_autoptr (DdHttp) self = g_object_ref (g_task_get_source_object (task));
  Send *send = g_task_get_task_data (task);
  DdHttpTurn *turn = g_steal_pointer (&send->turn);
  GError *error = NULL;
  DdHttpOutcome outcome;
  g_autoptr (DdHttpReply) reply = dd_http_exchange_finish (result, &outcome, &error);

  send->bytes += outcome.bytes;
  if (reply == NULL)
    {
      exchange_failed (task, &outcome, error);
    }
  else
    {
      dd_http_queue_answered (self->queue, send->uri);
      reply->tries = send->tries;
      if (dd_http_is_redirect (reply))
        follow (task, reply);
      else
        judge (task, g_steal_pointer (&reply));
    }
  /* Not before: a limit that this answer told of holds the next one too. */
  dd_http_turn_end (turn);
}

/* ---- waiting for a turn ---- */

static void
stop_watching (Send *send)
{
  if (send->give_up == NULL)
    return;
  g_source_destroy (send->give_up);
  g_clear_pointer (&send->give_up, g_source_unref);
}

static gboolean
give_up_cb (GCancellable *cancellable,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);

  stop_watching (send);
  g_clear_pointer (&send->turn, dd_http_turn_end);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gint64
silence_allowed (DdHttp              *self,
                 const DdHttpRequest *request)
{
  guint seconds = request->timeout > 0 ? request->timeout : DEFAULT_TIMEOUT;

  return (gint64) (seconds * self->options.patience * DD_SECOND);
}

static gboolean
refuse_cb (gpointer user_data)
{
  GTask *task = user_data;
  /* As in exchanged_cb(). */
  g_autoptr (DdHttp) self = g_object_ref (g_task_get_source_object (task));
  Send *send = g_task_get_task_data (task);
  DdHttpTurn *turn = g_steal_pointer (&send->turn);

  fail (task, g_steal_pointer (&send->refused));
  dd_http_turn_end (turn);
  return G_SOURCE_REMOVE;
}

/* Later, because a turn may come before it is known to its owner. */
static void
refuse (GTask        *task,
        const GError *why)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GSource) soon = g_idle_source_new ();

  send->refused = g_error_copy (why);
  g_source_set_priority (soon, G_PRIORITY_DEFAULT);
  g_source_set_callback (soon, refuse_cb, task, NULL);
  g_source_attach (soon, g_main_context_get_thread_default ());
}

static void
begin (gpointer user_data)
{
  GTask *task = user_data;
  DdHttp *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  const GError *down = dd_http_queue_down (self->queue, send->uri);

  stop_watching (send);
  if (down != NULL)
    {
      refuse (task, down);
      return;
    }
  send->begun = g_get_monotonic_time ();
  send->requests++;
  if (send->redirects == 0)
    send->tries++;
  dd_http_exchange_async (self->session, send->request, send->uri, send->away,
                          silence_allowed (self, send->request), g_task_get_cancellable (task), exchanged_cb, task);
}

static void
enter (GTask *task)
{
  DdHttp *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL)
    {
      send->give_up = g_cancellable_source_new (cancellable);
      g_source_set_callback (send->give_up, G_SOURCE_FUNC (give_up_cb), task, NULL);
      g_source_attach (send->give_up, g_main_context_get_thread_default ());
    }
  send->turn = dd_http_queue_enter (self->queue, send->uri, begin, task);
}

void
dd_http_send_async (DdHttp             *self,
                    DdHttpRequest      *request,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Send *send = g_new0 (Send, 1);
  GError *error = NULL;

  send->request = request;
  send->retry_errors = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, dd_http_send_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, send, send_free);
  if (g_cancellable_set_error_if_cancelled (cancellable, &error) || !dd_http_check_url (request->url, &error))
    {
      fail (task, error);
      return;
    }
  send->origin = g_uri_parse (request->url, SOUP_HTTP_URI_FLAGS, NULL);
  start_over (send);
  enter (task);
}

DdHttpReply *
dd_http_send_finish (DdHttp       *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
dd_http_result_stats (GAsyncResult *result,
                      DdHttpStats  *stats)
{
  const Send *send = g_task_get_task_data (G_TASK (result));

  stats->requests = send->requests;
  stats->bytes = send->bytes;
  stats->retry_errors = send->retry_errors;
}
