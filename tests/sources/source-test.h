/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "dd-source.h"

G_BEGIN_DECLS

/*
 * What tests of sources have in common: a server on loopback that answers from a function, and a sink that keeps what it is
 * given, as the store would.
 */

typedef struct
{
  guint       status;
  char       *body;
  const char *headers[8]; /* name, value, …, NULL */
} TestAnswer;

/* @body: what was posted, NULL for a GET. */
typedef TestAnswer (*TestAnswerFunc) (SoupServerMessage *message,
                                      const char        *path,
                                      GHashTable        *query,
                                      const char        *body,
                                      gpointer           user_data);

typedef struct
{
  SoupServer    *server;
  char          *url;
  TestAnswerFunc func;
  gpointer       user_data;
  GPtrArray     *requests; /* of char *: path, then what was posted */
} TestServer;

void test_server_start (TestServer    *self,
                        TestAnswerFunc func,
                        gpointer       user_data);
void test_server_stop (TestServer *self);
/* How many requests since the last reset contain @text. */
guint test_server_count (TestServer *self,
                         const char *text);

#define TEST_TYPE_SINK (test_sink_get_type ())
G_DECLARE_FINAL_TYPE (TestSink, test_sink, TEST, SINK, GObject)

struct _TestSink
{
  GObject parent_instance;

  gint64      now;
  GHashTable *cursors;      /* "scope/stream" → value */
  GHashTable *repositories; /* name → DdRepository */
  GHashTable *deployments;  /* key → DdDeployment */
  GHashTable *changes;      /* key → DdChange */
  GHashTable *commits;      /* sha → DdCommit */
  guint       done;         /* last progress */
  guint       total;
  void      (*put_cb) (TestSink *self,
                       gpointer  user_data); /* after each batch */
  gpointer    put_data;
};

TestSink *test_sink_new (gint64 now);

/* Runs a sync to its end; NULL where it succeeded. */
GError *test_sync (DdSource     *source,
                   TestSink     *sink,
                   GCancellable *cancellable);

/* A session that tries again at once. */
DdHttp *test_http_new (void);

G_END_DECLS
