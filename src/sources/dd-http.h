/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DdHttp:
 *
 * One HTTP session for all sources: bounded requests in flight per host, retries with exponential backoff and jitter,
 * Retry-After and reset times obeyed, replies bounded in size and time, JSON parsed. It follows redirects of GET itself
 * and sends no authorization to another host; anything but https is refused, except to a loopback address.
 * Requests are asynchronous on the thread-default main context.
 */
#define DD_TYPE_HTTP (dd_http_get_type ())
G_DECLARE_FINAL_TYPE (DdHttp, dd_http, DD, HTTP, GObject)

typedef struct _DdHttpReply DdHttpReply;

/* What to do with a reply. */
typedef enum
{
  DD_VERDICT_OK,
  DD_VERDICT_RETRY, /* after the wait given, or with backoff where that is 0; fails with the error given when tries run out */
  DD_VERDICT_FAIL,  /* the error given is final */
} DdVerdict;

/**
 * DdHttpJudge:
 * @wait: (out): microseconds to wait before a retry; 0 for backoff
 * @error: set for RETRY and FAIL: one sentence for the user that names the service and says what to do
 *
 * Decides as the service's own rules say; see dd_http_judge() for what all have in common.
 */
typedef DdVerdict (*DdHttpJudge) (const DdHttpReply *reply,
                                  gint64             now,
                                  gint64            *wait,
                                  GError           **error);

typedef struct
{
  const char *service;       /* "GitHub": for sentences */
  char       *url;
  char       *body;          /* NULL: GET; else POST of this */
  GBytes     *bytes;         /* the same for what is no text; NULL for none */
  char       *content_type;  /* NULL: application/json */
  char       *authorization; /* whole header value, NULL for none */
  char       *etag;          /* sent as If-None-Match; NULL for none */
  char       *accept;        /* NULL: application/json */
  GStrv       headers;       /* further "Name: value" lines; NULL for none */
  guint       timeout;       /* seconds without a byte, and four times that in all; 0: 30 */
  gsize       max_bytes;     /* 0: 32 MiB */
  gboolean    keep_text;     /* reply->text holds the body; no JSON is parsed, so that it needs a judge of its own */
  gboolean    once;          /* never sent again once it may have arrived (Slack): DD_ERROR_UNCONFIRMED where nobody can say */
  DdHttpJudge judge;         /* NULL: dd_http_judge() */
} DdHttpRequest;

struct _DdHttpReply
{
  const char *service;
  guint       status;    /* 304 where the etag still holds */
  JsonNode   *json;      /* NULL where the body is no JSON */
  char       *text;      /* start of the body where it is no JSON, or all of it with keep_text; UTF-8 */
  char       *etag;
  char       *next_url;  /* Link rel="next" */
  GHashTable *headers;   /* lower-case name → value */
  guint       tries;     /* how often it was sent by now, this time included */
};

/* Options, all with defaults: what tests and impatient commands change. */
typedef struct
{
  guint  max_per_host;  /* 8 */
  guint  attempts;      /* 5: tries of one request, the first among them; waits for a limit do not count */
  gint64 backoff;       /* 500 ms: first wait, doubled each time up to 30 s, with jitter */
  gint64 longest_wait;  /* 2 min: a limit that lasts longer fails with DD_ERROR_RATE_LIMITED and its time */
  double patience;      /* 1: a factor on the timeout of each request */
} DdHttpOptions;

void         dd_http_options_init (DdHttpOptions *options);
DdHttp      *dd_http_new (const DdHttpOptions *options) G_GNUC_WARN_UNUSED_RESULT; /* NULL: defaults */

DdHttpRequest *dd_http_request_new (const char *service,
                                    const char *url) G_GNUC_WARN_UNUSED_RESULT;
void           dd_http_request_free (DdHttpRequest *request);

/* @request: (transfer full) */
void         dd_http_send_async (DdHttp             *self,
                                 DdHttpRequest      *request,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);

/* NULL with DD_ERROR, or G_IO_ERROR_CANCELLED. */
DdHttpReply *dd_http_send_finish (DdHttp       *self,
                                  GAsyncResult *result,
                                  GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a request took, whether it succeeded or not. */
typedef struct
{
  guint            requests; /* over all tries and redirects */
  guint64          bytes;
  const GPtrArray *retry_errors; /* of char *: why it was sent again; lives as long as the result */
} DdHttpStats;

void         dd_http_result_stats (GAsyncResult *result,
                                   DdHttpStats  *stats);
void         dd_http_reply_free (DdHttpReply *reply);

/* What all services have in common: 2xx with JSON and 304 are OK; 401 AUTH; 403 PERMISSION; 404 NOT_FOUND; 429 and 503 with
 * Retry-After wait; 5xx, lost connections, truncated or non-JSON bodies are tried again. */
DdVerdict    dd_http_judge (const DdHttpReply *reply,
                            gint64             now,
                            gint64            *wait,
                            GError           **error);

/* Seconds or an HTTP date of Retry-After as microseconds from @now; -1 where there is none. */
gint64       dd_http_retry_after (const DdHttpReply *reply,
                                  gint64             now);

/* DD_VERDICT_RETRY with @wait, and the sentence "GitHub's limit is reached until 14:05." (local time) in @error. */
DdVerdict    dd_http_limited (const DdHttpReply *reply,
                              gint64             now,
                              gint64             until,
                              gint64            *wait,
                              GError           **error);

/* TRUE for https, and for http to a loopback address; else DD_ERROR_INVALID. */
gboolean     dd_http_check_url (const char *url,
                                GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdHttpRequest, dd_http_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdHttpReply, dd_http_reply_free)

G_END_DECLS
