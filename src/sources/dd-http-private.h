/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "dd-http.h"

G_BEGIN_DECLS

/*
 * What the files of DdHttp share. An exchange is one message and its answer. A send (dd-http-send.c) is all that a request
 * comes to: its turn in the queue, exchanges, redirects, waits and retries.
 */

/* ---- dd-http-queue.c ---- */

/**
 * DdHttpQueue: bounds the requests in flight to each host; the others wait in the order in which they came. While a
 * host is held, because it asked for it, none goes out.
 */
typedef struct _DdHttpQueue DdHttpQueue;
typedef struct _DdHttpTurn  DdHttpTurn;
typedef void (*DdHttpBegin) (gpointer user_data);

/* @tries and @patience: of one request, how many and how many microseconds between all of them. */
DdHttpQueue *dd_http_queue_new (guint  max_per_host,
                                guint  tries,
                                gint64 patience);
void         dd_http_queue_free (DdHttpQueue *self);

/* Calls @begin once it is the caller's turn, which may be before this returns. Each turn ends with dd_http_turn_end(). */
DdHttpTurn  *dd_http_queue_enter (DdHttpQueue *self,
                                  GUri        *uri,
                                  DdHttpBegin  begin,
                                  gpointer     user_data);

/* Leaves, in flight or waiting, and lets the next one begin. */
void         dd_http_turn_end (DdHttpTurn *turn);

/* No request to the host of @uri begins for @wait microseconds. */
void         dd_http_queue_hold (DdHttpQueue *self,
                                 GUri        *uri,
                                 gint64       wait);

/* The host of @uri has answered, so that it is there. */
void         dd_http_queue_answered (DdHttpQueue *self,
                                     GUri        *uri);

/* It has not answered what began at @begun (monotonic). After as many of these without an answer in between as one request has
 * tries, over at least as long as one would wait between them, the host counts as down, for as long again: the others need not
 * find it out one by one. */
void         dd_http_queue_unanswered (DdHttpQueue  *self,
                                       GUri         *uri,
                                       gint64        begun,
                                       const GError *why);

/* Why nothing is to be had from the host now; NULL where it may be asked. */
const GError *dd_http_queue_down (DdHttpQueue *self,
                                  GUri        *uri);

/* ---- dd-http.c ---- */

struct _DdHttp
{
  GObject       parent_instance;
  DdHttpOptions options;
  SoupSession  *session;
  DdHttpQueue  *queue;
};

/* ---- dd-http-exchange.c ---- */

/* What came of an exchange; set also where it failed. */
typedef struct
{
  gsize     bytes;   /* of the body, as it is after unpacking */
  gboolean  sent;    /* the request may have arrived */
  DdVerdict verdict; /* where it failed: DD_VERDICT_RETRY where another try can help */
} DdHttpOutcome;

/* @request outlives the exchange. @away: @uri lies on another host than the request's, so that nothing secret goes there.
 * @silence: how many microseconds may pass without a byte; an answer may take four times that in all. */
void         dd_http_exchange_async (SoupSession         *session,
                                     const DdHttpRequest *request,
                                     GUri                *uri,
                                     gboolean             away,
                                     gint64               silence,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
DdHttpReply *dd_http_exchange_finish (GAsyncResult  *result,
                                      DdHttpOutcome *outcome,
                                      GError       **error);

/* ---- dd-http-reply.c ---- */

DdHttpReply *dd_http_reply_new (const DdHttpRequest *request,
                                SoupMessage         *message,
                                const GByteArray    *body);

/* ---- dd-http-judge.c ---- */

/* The verdict and a sentence for an error of libsoup or GIO. @answered: the answer had begun. */
DdVerdict    dd_http_judge_failure (const char   *service,
                                    GUri         *uri,
                                    gboolean      answered,
                                    const GError *cause,
                                    GError      **error);

/* ---- dd-http-url.c ---- */

/* Same scheme, host and port. */
gboolean     dd_http_same_origin (GUri *a,
                                  GUri *b);
gboolean     dd_http_is_redirect (const DdHttpReply *reply);

/* Where @reply leads from @from after so many @redirects; NULL with an error where that must not be followed. */
GUri        *dd_http_redirect (const DdHttpRequest *request,
                               const DdHttpReply   *reply,
                               GUri                *from,
                               guint                redirects,
                               GError             **error);

/* The target of rel="next" in a Link header, on the host of @url; NULL for none. */
char        *dd_http_next_url (const char *url,
                               const char *link);

G_END_DECLS
