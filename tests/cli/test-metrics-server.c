/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-metrics-server.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "dd-time.h"
#include "dd-workspaces.h"

/* A server over a database with one workspace, in the test's own main context. */
typedef struct
{
  char            *folder;
  char            *database;
  DdMetricsCache  *cache;
  DdMetricsServer *server;
  GSocketAddress  *address;
  GPtrArray       *told; /* what the cache said of the database: its error, or "" */
} Test;

static void
told_cb (const GError *error,
         gpointer      data)
{
  g_ptr_array_add (data, g_strdup (error != NULL ? error->message : ""));
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
import (const char *database)
{
  g_autoptr (DdEngine) engine = dd_engine_new (database);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dd_workspaces_import_async (engine, "{\"name\":\"Northwind\",\"sources\":[{\"type\":\"files\"}]}", "northwind.json", FALSE, NULL,
                              keep_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  name = dd_workspaces_import_finish (engine, result, &error);
  g_assert_no_error (error);
}

static void
begin (Test                       *test,
       const DdMetricsCacheLimits *cache_limits,
       const DdConnectionLimits   *limits)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  DdMetricsCacheLimits usual_cache;
  DdConnectionLimits usual;

  dd_metrics_cache_limits_init (&usual_cache);
  dd_connection_limits_init (&usual);
  test->folder = g_dir_make_tmp ("serve-XXXXXX", &error);
  g_assert_no_error (error);
  test->database = g_build_filename (test->folder, "data", "test.db", NULL);
  test->told = g_ptr_array_new_with_free_func (g_free);
  test->cache = dd_metrics_cache_new (test->database, NULL, cache_limits != NULL ? cache_limits : &usual_cache, told_cb, test->told);
  test->server = dd_metrics_server_new (test->cache, limits != NULL ? limits : &usual);
  test->address = dd_metrics_server_listen (test->server, any, &error);
  g_assert_no_error (error);
}

static void
end (Test *test)
{
  g_autofree char *data = g_path_get_dirname (test->database);
  GDir *files;
  const char *name;

  dd_metrics_cache_stop (test->cache);
  g_assert_finalize_object (test->server);
  /* Nobody holds the database any more, when what is under way has come back. */
  g_object_add_weak_pointer (G_OBJECT (test->cache), (gpointer *) &test->cache);
  g_object_unref (test->cache);
  while (test->cache != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&test->address);
  g_ptr_array_unref (test->told);
  files = g_dir_open (data, 0, NULL);
  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (data, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&files, g_dir_close);
  g_rmdir (data);
  g_assert_cmpint (g_rmdir (test->folder), ==, 0);
  g_free (test->database);
  g_free (test->folder);
}

/* The other end of a connection: what it got until the server ended it. */
typedef struct
{
  GSocketConnection *connection;
  GString           *got;
  char               part[4096];
  gboolean           ended;
} Client;

static void
got_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Client *client = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  client->ended = n <= 0;
  if (n > 0)
    g_string_append_len (client->got, client->part, n);
  if (n > 0)
    g_input_stream_read_async (G_INPUT_STREAM (object), client->part, sizeof client->part, G_PRIORITY_DEFAULT, NULL, got_cb, client);
}

static Client *
client_new (Test       *test,
            const char *text,
            gssize      length)
{
  g_autoptr (GSocketClient) maker = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  Client *client = g_new0 (Client, 1);

  client->got = g_string_new (NULL);
  client->connection = g_socket_client_connect (maker, G_SOCKET_CONNECTABLE (test->address), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (client->connection)), text,
                             length >= 0 ? (gsize) length : strlen (text), NULL, NULL, NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (client->connection)), client->part, sizeof client->part,
                             G_PRIORITY_DEFAULT, NULL, got_cb, client);
  return client;
}

static void
client_wait (Client *client)
{
  while (!client->ended)
    g_main_context_iteration (NULL, TRUE);
}

static void
client_free (Client *client)
{
  /* A read that is under way looks at the client. */
  g_socket_shutdown (g_socket_connection_get_socket (client->connection), TRUE, TRUE, NULL);
  client_wait (client);
  g_object_unref (client->connection);
  g_string_free (client->got, TRUE);
  g_free (client);
}

/* The whole answer. */
static char *
talk (Test       *test,
      const char *text,
      gssize      length)
{
  Client *client = client_new (test, text, length);
  char *got;

  client_wait (client);
  got = g_strdup (client->got->str);
  client_free (client);
  return got;
}

typedef struct
{
  const char *request;
  const char *answer; /* how it begins */
  const char *holds;  /* NULL: anything */
} TalkCase;

#define HOST " HTTP/1.1\r\nHost: x\r\n"

static const TalkCase talks[] = {
  { "GET /metrics" HOST "\r\n", "HTTP/1.1 200 ", "\r\n\r\n# HELP dora_" },
  { "GET /metrics HTTP/1.0\r\n\r\n", "HTTP/1.0 200 ", "\r\n\r\n# HELP dora_" },
  { "GET /metrics?name[]=up" HOST "\r\n", "HTTP/1.1 200 ", "# HELP dora_" },
  { "HEAD /metrics" HOST "\r\n", "HTTP/1.1 200 ", "Content-Length: " },
  { "GET /healthz" HOST "\r\n", "HTTP/1.1 200 ", "\r\n\r\nok\n" },
  { "GET /" HOST "\r\n", "HTTP/1.1 404 ", "/metrics" },
  { "GET /metrics/" HOST "\r\n", "HTTP/1.1 404 ", NULL },
  { "GET /%2e%2e/etc/passwd" HOST "\r\n", "HTTP/1.1 404 ", NULL },
  { "POST /metrics" HOST "Content-Length: 3\r\n\r\na=b", "HTTP/1.1 405 ", "Allow: GET, HEAD\r\n" },
  { "DELETE /metrics" HOST "\r\n", "HTTP/1.1 405 ", "Allow: GET, HEAD\r\n" },
  { "TRACE /metrics" HOST "Cookie: secret\r\n\r\n", "HTTP/1.1 405 ", NULL },
  { "FETCH /metrics" HOST "\r\n", "HTTP/1.1 405 ", NULL },
  /* Only the whole is told. */
  { "GET /metrics" HOST "Range: bytes=0-9\r\n\r\n", "HTTP/1.1 200 ", "# HELP dora_" },
  { "POST /metrics" HOST "Content-Length: 99999999\r\n\r\n", "HTTP/1.1 413 ", NULL },
  { "POST /metrics" HOST "Transfer-Encoding: chunked\r\n\r\nff\r\n", "HTTP/1.1 501 ", NULL },
  /* Malformed. */
  { "hello\r\n\r\n", "HTTP/1.1 400 ", NULL },
  { "GET /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", NULL },
  { "GET  HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400 ", NULL },
  { "GET /%zz" HOST "\r\n", "HTTP/1.1 400 ", NULL },
  { "\x16\x03\x01\x02\r\n\r\n", "HTTP/1.1 400 ", NULL },
  { "POST /metrics" HOST "Content-Length: -5\r\n\r\n", "HTTP/1.1 400 ", NULL },
  { "POST /metrics" HOST "Content-Length: many\r\n\r\n", "HTTP/1.1 400 ", NULL },
};

static void
test_talk (void)
{
  Test test;

  begin (&test, NULL, NULL);
  import (test.database);
  for (gsize i = 0; i < G_N_ELEMENTS (talks); i++)
    {
      g_autofree char *answer = talk (&test, talks[i].request, -1);

      g_test_message ("talk %u: %.12s", (guint) i, answer);
      g_assert_true (g_str_has_prefix (answer, talks[i].answer));
      g_assert_true (talks[i].holds == NULL || strstr (answer, talks[i].holds) != NULL);
      /* Neither what serves it nor what it was asked. */
      g_assert_null (strstr (answer, "Server:"));
      g_assert_null (strstr (answer, "secret"));
      if (g_str_has_prefix (talks[i].request, "HEAD"))
        g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
    }
  g_assert_cmpuint (test.told->len, ==, 0);
  end (&test);
}

typedef struct
{
  const char *accept;
  gboolean    open;
} AcceptCase;

static const AcceptCase accepts[] = {
  { NULL, FALSE },
  { "*/*", FALSE },
  { "text/plain", FALSE },
  { "text/html,application/xhtml+xml,*/*;q=0.8", FALSE },
  { "application/openmetrics-text", TRUE },
  { "application/openmetrics-text; version=1.0.0; charset=utf-8", TRUE },
  /* Prometheus 2 and 3 */
  { "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", TRUE },
  { "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", TRUE },
  { "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", FALSE },
  { "application/openmetrics-text;q=0.3,text/plain;q=0.9", FALSE },
  { "application/openmetrics-text;q=0,text/plain", FALSE },
  { ";;;,,q=", FALSE },
};

static void
test_negotiation (void)
{
  Test test;

  begin (&test, NULL, NULL);
  import (test.database);
  for (gsize i = 0; i < G_N_ELEMENTS (accepts); i++)
    {
      g_autofree char *line = accepts[i].accept != NULL ? g_strdup_printf ("Accept: %s\r\n", accepts[i].accept) : g_strdup ("");
      g_autofree char *request = g_strconcat ("GET /metrics" HOST, line, "\r\n", NULL);
      g_autofree char *answer = talk (&test, request, -1);
      const char *type = accepts[i].open ? "\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"
                                         : "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n";

      g_test_message ("accept %u", (guint) i);
      g_assert_nonnull (strstr (answer, type));
      g_assert_cmpint (g_str_has_suffix (answer, "\n# EOF\n"), ==, accepts[i].open);
    }
  end (&test);
}

/* One says nothing, one not enough, one will not listen: each is let go in time. */
static void
test_slow (void)
{
  static const char * const words[] = { "", "G", "GET /metrics" HOST, "POST /metrics" HOST "Content-Length: 60000\r\n\r\nabc" };
  DdConnectionLimits limits = { .most = 10, .request = DD_SECOND / 10 };
  Client *clients[G_N_ELEMENTS (words)];
  Test test;

  begin (&test, NULL, &limits);
  import (test.database);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    clients[i] = client_new (&test, words[i], -1);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      client_wait (clients[i]);
      g_assert_null (strstr (clients[i]->got->str, " 200 "));
      client_free (clients[i]);
    }
  while (dd_metrics_server_connections (test.server) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (dd_metrics_server_busy (test.server), ==, 0);
  end (&test);
}

/* Many that hold on do not keep out one that asks. */
static void
test_many (void)
{
  DdConnectionLimits limits = { .most = 5, .request = 60 * DD_SECOND };
  Client *clients[40];
  guint open = 0;
  Test test;

  begin (&test, NULL, &limits);
  import (test.database);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      clients[i] = client_new (&test, i % 2 == 0 ? "" : "GET /met", -1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (dd_metrics_server_connections (test.server), <=, 2 * limits.most);
      if (i % 10 == 9)
        {
          g_autofree char *answer = talk (&test, "GET /metrics" HOST "\r\n", -1);

          g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    open += !clients[i]->ended;
  g_assert_cmpuint (open, <=, limits.most);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    client_free (clients[i]);
  end (&test);
}

static void
test_no_workspace (void)
{
  Test test;

  begin (&test, NULL, NULL);
  {
    g_autofree char *text = talk (&test, "GET /metrics" HOST "\r\n", -1);
    g_autofree char *open = talk (&test, "GET /metrics" HOST "Accept: application/openmetrics-text\r\n\r\n", -1);

    g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200 "));
    g_assert_true (g_str_has_suffix (text, "\r\n\r\n"));
    g_assert_true (g_str_has_suffix (open, "\r\n\r\n# EOF\n"));
  }
  end (&test);
}

/* A database that cannot be opened is said to be so here, and not to who asks; when it can be, the numbers are there. */
static void
test_no_database (void)
{
  DdMetricsCacheLimits limits = { .fresh = 1, .patience = 10 * DD_SECOND, .kept = DD_MINUTE, .waiting = 10 };
  g_autofree char *data = NULL;
  Test test;

  begin (&test, &limits, NULL);
  data = g_path_get_dirname (test.database);
  g_assert_true (g_file_set_contents (data, "in the way", -1, NULL));
  {
    g_autofree char *answer = talk (&test, "GET /metrics" HOST "\r\n", -1);
    g_autofree char *health = talk (&test, "GET /healthz" HOST "\r\n", -1);

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503 "));
    g_assert_true (g_str_has_suffix (answer, "\r\n\r\nThe numbers cannot be read just now.\n"));
    g_assert_true (g_str_has_prefix (health, "HTTP/1.1 503 "));
    g_assert_null (strstr (answer, test.folder));
  }
  g_assert_cmpuint (test.told->len, ==, 1);
  g_assert_nonnull (strstr (test.told->pdata[0], test.folder));
  g_unlink (data);
  import (test.database);
  {
    g_autofree char *answer = talk (&test, "GET /metrics" HOST "\r\n", -1);

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  }
  g_assert_cmpuint (test.told->len, ==, 2);
  g_assert_cmpstr (test.told->pdata[1], ==, "");
  end (&test);
}

/* While another program holds the database, the last that is known is given. */
static void
test_locked (void)
{
  DdMetricsCacheLimits limits = { .fresh = 1, .patience = DD_SECOND / 20, .kept = DD_MINUTE, .waiting = 10 };
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  sqlite3 *other;
  Test test;

  begin (&test, &limits, NULL);
  import (test.database);
  do
    {
      g_free (first);
      first = talk (&test, "GET /metrics" HOST "\r\n", -1);
    }
  while (!g_str_has_prefix (first, "HTTP/1.1 200 "));
  g_assert_cmpint (sqlite3_open (test.database, &other), ==, SQLITE_OK);
  /* Something to link, for which the database must be written. */
  g_assert_cmpint (sqlite3_exec (other, "UPDATE workspace SET dirty = 1; BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *answer = talk (&test, "GET /metrics" HOST "\r\n", -1);

      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
      g_assert_nonnull (strstr (answer, "\r\nAge: "));
      g_assert_cmpstr (strstr (answer, "\r\n\r\n"), ==, strstr (first, "\r\n\r\n"));
    }
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  last = talk (&test, "GET /metrics" HOST "\r\n", -1);
  g_assert_true (g_str_has_prefix (last, "HTTP/1.1 200 "));
  end (&test);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/metrics-server/talk", test_talk);
  g_test_add_func ("/metrics-server/negotiation", test_negotiation);
  g_test_add_func ("/metrics-server/slow", test_slow);
  g_test_add_func ("/metrics-server/many", test_many);
  g_test_add_func ("/metrics-server/no-workspace", test_no_workspace);
  g_test_add_func ("/metrics-server/no-database", test_no_database);
  g_test_add_func ("/metrics-server/locked", test_locked);
  return g_test_run ();
}
