/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * A server on loopback, in the test's own main context, that answers from a table:
 *
 *   DdTestServer *server = dd_test_server_new ();
 *
 *   dd_test_server_add (server, "/repos*", (DdTestReply[]) { { .status = 503 }, { .body = "[]" } }, 2);
 *   … ask for server->url followed by "/repos" …
 *   g_assert_cmpuint (server->requests->len, ==, 2);
 *   dd_test_server_free (server);
 */

typedef enum
{
  DD_TEST_NORMAL,
  DD_TEST_TRUNCATE, /* announces the body, sends half of it and closes */
  DD_TEST_RESET,    /* closes without an answer */
  DD_TEST_HANG,     /* never answers */
  DD_TEST_ENDLESS,  /* sends a space every 50 ms, for ever */
  DD_TEST_HUGE,     /* sends `megabytes` of spaces in a JSON string, as fast as they are taken */
} DdTestKind;

typedef struct
{
  DdTestKind  kind;
  guint       status;    /* 0: 200 */
  const char *headers;   /* "Name: value\nName: value"; NULL for none */
  const char *body;      /* NULL: empty */
  gsize       length;    /* of @body where it holds NULs; 0: up to the NUL */
  guint       megabytes; /* of DD_TEST_HUGE */
} DdTestReply;

/* A request as it came. */
typedef struct
{
  char       *method;
  char       *path;    /* "/repos?page=2" */
  GHashTable *headers; /* lower-case name → value */
  char       *body;    /* "" where there was none */
} DdTestRequest;

typedef struct
{
  SoupServer *server;
  char       *url;       /* "http://127.0.0.1:41234", without a slash at its end */
  GPtrArray  *requests;  /* of DdTestRequest, in the order in which they came */
  guint       in_flight; /* requests without their answer */
  guint       peak;      /* the most there ever were */
  guint64     sent;      /* bytes of DD_TEST_HUGE that were taken */
  gboolean    holding;
  GPtrArray  *routes;
  GPtrArray  *held;
  GPtrArray  *stolen;
} DdTestServer;

DdTestServer *dd_test_server_new (void) G_GNUC_WARN_UNUSED_RESULT;
void          dd_test_server_free (DdTestServer *self);

/* Requests whose path, or else whose body, matches the glob @pattern get the @replies in turn, and then the last one again and
 * again. Of several patterns the first that was added counts; what matches none gets 404. All is copied. */
void dd_test_server_add (DdTestServer      *self,
                         const char        *pattern,
                         const DdTestReply *replies,
                         gsize              n_replies);

/* While it holds, requests come in and wait for their answers. */
void dd_test_server_set_holding (DdTestServer *self,
                                 gboolean      holding);

/* The last request's header; NULL where it had none. @name in lower case. */
const char *dd_test_server_last_header (DdTestServer *self,
                                        const char   *name);

/* Runs the main context until @done, or fails the test after a minute. */
void dd_test_wait (const gboolean *done);

/* Runs the main context until nothing more happens at once. */
void dd_test_settle (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdTestServer, dd_test_server_free)

G_END_DECLS
