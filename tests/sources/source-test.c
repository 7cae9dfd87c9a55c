/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-test.h"

#include <string.h>

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TestServer *self = user_data;
  SoupMessageBody *posted = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (posted);
  g_autofree char *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  gboolean is_post = soup_server_message_get_method (message) == SOUP_METHOD_POST;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *asked = g_uri_get_query (soup_server_message_get_uri (message));
  TestAnswer answer;

  g_ptr_array_add (self->requests, g_strconcat (path, "?", asked != NULL ? asked : "", " ", body, NULL));
  answer = self->func (message, path, query, is_post ? body : NULL, self->user_data);
  for (guint i = 0; answer.headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, answer.headers[i], answer.headers[i + 1]);
  soup_server_message_set_status (message, answer.status, NULL);
  if (answer.body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, answer.body, strlen (answer.body));
}

void
test_server_start (TestServer    *self,
                   TestAnswerFunc func,
                   gpointer       user_data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->func = func;
  self->user_data = user_data;
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
test_server_stop (TestServer *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
}

guint
test_server_count (TestServer *self,
                   const char *text)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (strstr (self->requests->pdata[i], text) != NULL)
      n++;
  return n;
}

static void test_sink_source_init (DdSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSink, test_sink, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DD_TYPE_SINK, test_sink_source_init))

static char *
cursor_key (const char *scope,
            const char *stream)
{
  return g_strconcat (scope, "/", stream, NULL);
}

static const char *
test_sink_get_cursor (DdSink     *sink,
                      const char *scope,
                      const char *stream)
{
  g_autofree char *key = cursor_key (scope, stream);

  return g_hash_table_lookup (TEST_SINK (sink)->cursors, key);
}

static GPtrArray *
test_sink_get_unsettled (DdSink     *sink,
                         const char *repository)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, TEST_SINK (sink)->deployments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DdDeployment *deployment = value;

      if (deployment->result == DD_RESULT_RUNNING && g_str_equal (deployment->repository, repository))
        g_ptr_array_add (keys, deployment->key);
    }
  return keys;
}

static GPtrArray *
test_sink_get_repositories (DdSink *sink)
{
  return g_ptr_array_new ();
}

/* Moves the records out of @records. */
static void
keep (GHashTable *table,
      GPtrArray  *records,
      gsize       key_offset)
{
  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < records->len; i++)
    g_hash_table_replace (table, g_strdup (G_STRUCT_MEMBER (char *, records->pdata[i], key_offset)), records->pdata[i]);
}

static void
test_sink_put (DdSink  *sink,
               DdBatch *batch)
{
  TestSink *self = TEST_SINK (sink);

  g_assert_cmpint (batch->commits->len > 0, <=, batch->repository != NULL);
  keep (self->repositories, batch->repositories, G_STRUCT_OFFSET (DdRepository, name));
  keep (self->deployments, batch->deployments, G_STRUCT_OFFSET (DdDeployment, key));
  keep (self->changes, batch->changes, G_STRUCT_OFFSET (DdChange, key));
  keep (self->commits, batch->commits, G_STRUCT_OFFSET (DdCommit, sha));
  for (guint i = 0; i < batch->gone->len; i++)
    g_hash_table_remove (self->deployments, batch->gone->pdata[i]);
  for (guint i = 0; i < batch->cursors->len; i++)
    {
      DdCursor *cursor = &g_array_index (batch->cursors, DdCursor, i);

      g_hash_table_replace (self->cursors, cursor_key (cursor->scope, cursor->stream), g_strdup (cursor->value));
    }
  dd_batch_free (batch);
  if (self->put_cb != NULL)
    self->put_cb (self, self->put_data);
}

static void
test_sink_task_done (DdSink       *sink,
                     DdTaskRecord *task)
{
  dd_task_record_free (task);
}

static void
test_sink_progress (DdSink     *sink,
                    const char *scope,
                    guint       done,
                    guint       total)
{
  TEST_SINK (sink)->done = done;
  TEST_SINK (sink)->total = total;
}

static gint64
test_sink_now (DdSink *sink)
{
  return TEST_SINK (sink)->now;
}

static void
test_sink_finalize (GObject *object)
{
  TestSink *self = TEST_SINK (object);

  g_hash_table_unref (self->cursors);
  g_hash_table_unref (self->repositories);
  g_hash_table_unref (self->deployments);
  g_hash_table_unref (self->changes);
  g_hash_table_unref (self->commits);
  G_OBJECT_CLASS (test_sink_parent_class)->finalize (object);
}

static void
test_sink_source_init (DdSinkInterface *iface)
{
  iface->get_cursor = test_sink_get_cursor;
  iface->get_unsettled = test_sink_get_unsettled;
  iface->get_repositories = test_sink_get_repositories;
  iface->put = test_sink_put;
  iface->task_done = test_sink_task_done;
  iface->progress = test_sink_progress;
  iface->now = test_sink_now;
}

static void
test_sink_class_init (TestSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_sink_finalize;
}

static GHashTable *
new_table (GDestroyNotify destroy)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy);
}

static void
test_sink_init (TestSink *self)
{
  self->cursors = new_table (g_free);
  self->repositories = new_table ((GDestroyNotify) dd_repository_free);
  self->deployments = new_table ((GDestroyNotify) dd_deployment_free);
  self->changes = new_table ((GDestroyNotify) dd_change_free);
  self->commits = new_table ((GDestroyNotify) dd_commit_free);
}

TestSink *
test_sink_new (gint64 now)
{
  TestSink *self = g_object_new (TEST_TYPE_SINK, NULL);

  self->now = now;
  return self;
}

static void
keep_result_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GError *
test_sync (DdSource     *source,
           TestSink     *sink,
           GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  dd_source_sync_async (source, DD_SINK (sink), cancellable, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (dd_source_sync_finish (source, result, &error), ==, error == NULL);
  return error;
}

DdHttp *
test_http_new (void)
{
  DdHttpOptions options;

  dd_http_options_init (&options);
  options.backoff = DD_SECOND / 1000;
  return dd_http_new (&options);
}
