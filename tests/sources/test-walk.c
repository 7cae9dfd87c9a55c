/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-test-server.h"
#include "dd-test-sink.h"
#include "dd-time.h"
#include "dd-walk.h"

/* A walk over /list/1, /list/2, …: each page is an array of incidents' keys, and the last one is empty. */
typedef struct
{
  const char  *url;
  guint        page;
  gboolean     goes_on;  /* where a page fails */
  gboolean     refuses;  /* to take page 2 */
  gboolean     circles;  /* from page 2 to page 1 */
  DdWalkGroup *group;    /* where page 1 adds a walk */
  DdHttp      *http;
  gboolean    *freed;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  *list->freed = TRUE;
  g_free (list);
}

static DdHttpRequest *
next_page (DdWalk  *walk,
           gpointer state)
{
  List *list = state;
  g_autofree char *url = g_strdup_printf ("%s/list/%u", list->url, list->page);

  return list->page > 0 ? dd_http_request_new ("GitHub", url) : NULL;
}

static DdWalk *make_walk (DdHttp     *http,
                          DdSink     *sink,
                          const char *scope,
                          List       *list);

static gboolean
take_page (DdWalk            *walk,
           const DdHttpReply *reply,
           gpointer           state,
           GError           **error)
{
  List *list = state;
  JsonArray *keys = json_node_get_array (reply->json);
  DdBatch *batch;
  g_autofree char *cursor = g_strdup_printf ("%u", list->page);

  if (list->refuses && list->page == 2)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, "Page 2 makes no sense.");
      return FALSE;
    }
  if (list->group != NULL && list->page == 1)
    {
      List *further = g_new0 (List, 1);

      *further = *list;
      further->group = NULL;
      dd_walk_group_add (list->group, make_walk (list->http, dd_walk_get_sink (walk), "further", further));
    }
  batch = dd_batch_new ();
  for (guint i = 0; i < dd_json_length (keys); i++)
    {
      DdIncident *incident = g_new0 (DdIncident, 1);

      incident->key = g_strdup (json_array_get_string_element (keys, i));
      g_ptr_array_add (batch->incidents, incident);
    }
  dd_batch_add_cursor (batch, "shop", "list", cursor);
  dd_walk_put (walk, batch);
  list->page = dd_json_length (keys) == 0 ? 0 : list->circles ? 3 - list->page : list->page + 1;
  return TRUE;
}

static gboolean
skip_page (DdWalk       *walk,
           const GError *error,
           gpointer      state)
{
  List *list = state;

  if (!list->goes_on)
    return FALSE;
  list->page++;
  return TRUE;
}

static DdWalk *
make_walk (DdHttp     *http,
           DdSink     *sink,
           const char *scope,
           List       *list)
{
  const DdWalkKind kind = { "github", scope, "list", next_page, take_page, skip_page };

  return dd_walk_new (http, sink, &kind, list, list_free);
}

static DdHttp *
make_http (void)
{
  DdHttpOptions options = { .max_per_host = 4, .attempts = 3, .backoff = 1000, .longest_wait = DD_SECOND, .patience = 1 };

  return dd_http_new (&options);
}

typedef struct
{
  gboolean done;
  GError  *error;
} Ending;

static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Ending *ending = user_data;
  gboolean ok = dd_walk_run_finish (DD_WALK (object), result, &ending->error);

  g_assert_cmpint (ok, ==, ending->error == NULL);
  ending->done = TRUE;
}

typedef struct
{
  const char *name;
  DdTestReply second; /* what page 2 gets first; page 1 has a and b, page 2 has c, page 3 is empty */
  gboolean    goes_on;
  gboolean    refuses;
  gboolean    circles;
  int         code;   /* -1: the walk succeeds */
  guint       records;
  guint       requests;
  guint       retries;
  guint       attempts;
  const char *cursor;
} WalkCase;

static const WalkCase walk_cases[] = {
  { "all", { .body = "[\"c\"]" }, FALSE, FALSE, FALSE, -1, 3, 3, 0, 1, "3" },
  { "retry", { .status = 502 }, FALSE, FALSE, FALSE, -1, 3, 4, 1, 1, "3" },
  { "fail", { .status = 403, .body = "{}" }, FALSE, FALSE, FALSE, DD_ERROR_PERMISSION, 2, 2, 0, 1, "1" },
  { "go-on", { .status = 403, .body = "{}" }, TRUE, FALSE, FALSE, -1, 2, 3, 0, 2, "3" },
  { "refuse", { .body = "[\"c\"]" }, FALSE, TRUE, FALSE, DD_ERROR_BAD_REPLY, 2, 2, 0, 1, "1" },
  { "circle", { .body = "[\"c\"]" }, FALSE, FALSE, TRUE, DD_ERROR_BAD_REPLY, 9, 6, 0, 1, "2" },
};

static void
test_walk (gconstpointer data)
{
  const WalkCase *one = data;
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (DdTestSink) sink = dd_test_sink_new ();
  DdTestReply second[] = { one->second, { .body = "[\"c\"]" } };
  List *list = g_new0 (List, 1);
  gboolean freed = FALSE;
  Ending ending = { 0 };
  DdWalk *walk;
  DdTaskRecord *task;

  dd_test_server_add (server, "/list/1", (DdTestReply[]) { { .body = "[\"a\", \"b\"]" } }, 1);
  dd_test_server_add (server, "/list/2", second, 2);
  dd_test_server_add (server, "/list/3", (DdTestReply[]) { { .body = "[]" } }, 1);
  *list = (List) { .url = server->url, .page = 1, .goes_on = one->goes_on, .refuses = one->refuses,
                   .circles = one->circles, .freed = &freed };
  walk = make_walk (http, DD_SINK (sink), "shop", list);
  dd_walk_run_async (walk, NULL, walked_cb, &ending);
  dd_test_wait (&ending.done);
  g_object_unref (walk);
  dd_test_settle ();
  g_assert_true (freed);

  g_assert_cmpuint (dd_test_sink_count (sink), ==, one->records);
  g_assert_cmpstr (dd_sink_get_cursor (DD_SINK (sink), "shop", "list"), ==, one->cursor);
  g_assert_cmpuint (sink->tasks->len, ==, 1);
  task = dd_test_sink_find_task (sink, "shop", "list");
  g_assert_cmpstr (task->source, ==, "github");
  g_assert_cmpuint (task->records, ==, one->records);
  g_assert_cmpuint (task->requests, ==, one->requests);
  g_assert_cmpuint (task->retries, ==, one->retries);
  g_assert_cmpuint (task->attempts, ==, one->attempts);
  g_assert_cmpint (task->start, ==, sink->now);
  g_assert_cmpint (task->end, ==, sink->now);
  g_assert_cmpuint (task->bytes, >, 0);
  if (one->code < 0)
    {
      g_assert_no_error (ending.error);
      g_assert_cmpint (task->outcome, ==, DD_OUTCOME_OK);
      g_assert_null (task->error);
      return;
    }
  g_assert_error (ending.error, DD_ERROR, one->code);
  g_assert_cmpint (task->outcome, ==, DD_OUTCOME_FAILED);
  g_assert_cmpstr (task->error, ==, ending.error->message);
  g_clear_error (&ending.error);
}

/* Retries are told also where the request failed in the end. */
static void
test_failed_request_counts (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (DdTestSink) sink = dd_test_sink_new ();
  List *list = g_new0 (List, 1);
  gboolean freed = FALSE;
  Ending ending = { 0 };
  g_autoptr (DdWalk) walk = NULL;
  DdTaskRecord *task;

  dd_test_server_add (server, "*", (DdTestReply[]) { { .status = 502, .body = "<html>" } }, 1);
  *list = (List) { .url = server->url, .page = 1, .freed = &freed };
  walk = make_walk (http, DD_SINK (sink), "shop", list);
  dd_walk_run_async (walk, NULL, walked_cb, &ending);
  dd_test_wait (&ending.done);
  g_assert_error (ending.error, DD_ERROR, DD_ERROR_UNAVAILABLE);
  task = sink->tasks->pdata[0];
  g_assert_cmpuint (task->requests, ==, 3);
  g_assert_cmpuint (task->retries, ==, 2);
  g_assert_cmpuint (task->retry_errors->len, ==, 2);
  g_assert_cmpuint (task->bytes, ==, 3 * strlen ("<html>"));
  g_assert_cmpstr (task->retry_errors->pdata[0], ==, ending.error->message);
  g_clear_error (&ending.error);
}

static void
test_cancel (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (DdTestSink) sink = dd_test_sink_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  List *list = g_new0 (List, 1);
  gboolean freed = FALSE;
  Ending ending = { 0 };
  g_autoptr (DdWalk) walk = NULL;
  DdTaskRecord *task;

  dd_test_server_add (server, "/list/1", (DdTestReply[]) { { .body = "[\"a\"]" } }, 1);
  dd_test_server_add (server, "/list/2", (DdTestReply[]) { { .kind = DD_TEST_HANG } }, 1);
  *list = (List) { .url = server->url, .page = 1, .goes_on = TRUE, .freed = &freed };
  walk = make_walk (http, DD_SINK (sink), "shop", list);
  dd_walk_run_async (walk, cancellable, walked_cb, &ending);
  while (server->requests->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  dd_test_wait (&ending.done);
  g_assert_error (ending.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  task = sink->tasks->pdata[0];
  g_assert_cmpint (task->outcome, ==, DD_OUTCOME_CANCELLED);
  g_assert_null (task->error);
  g_assert_cmpuint (task->records, ==, 1);
  g_assert_cmpstr (dd_sink_get_cursor (DD_SINK (sink), "shop", "list"), ==, "1");
  g_clear_error (&ending.error);
}

static void
grouped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Ending *ending = user_data;

  dd_walk_group_run_finish (DD_WALK_GROUP (object), result, &ending->error);
  ending->done = TRUE;
}

static void
count_cb (DdWalkGroup  *group,
          DdWalk       *walk,
          const GError *error,
          gpointer      user_data)
{
  guint *ended = user_data;

  ended[error != NULL]++;
}

/* One walk of three fails, and one adds a fourth: the others go on, and the group tells of the failure. */
static void
test_group (void)
{
  g_autoptr (DdTestServer) server = dd_test_server_new ();
  g_autoptr (DdTestServer) broken = dd_test_server_new ();
  g_autoptr (DdHttp) http = make_http ();
  g_autoptr (DdTestSink) sink = dd_test_sink_new ();
  guint ended[2] = { 0, 0 };
  DdWalkGroup *group = dd_walk_group_new (count_cb, ended);
  const char *urls[] = { server->url, broken->url, server->url };
  const char *scopes[] = { "shop", "broken", "billing" };
  gboolean freed = FALSE;
  Ending ending = { 0 };

  dd_test_server_add (server, "/list/1", (DdTestReply[]) { { .body = "[\"a\"]" } }, 1);
  dd_test_server_add (server, "/list/2", (DdTestReply[]) { { .body = "[]" } }, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      List *list = g_new0 (List, 1);

      *list = (List) { .url = urls[i], .page = 1, .freed = &freed, .http = http, .group = i == 2 ? group : NULL };
      dd_walk_group_add (group, make_walk (http, DD_SINK (sink), scopes[i], list));
    }
  dd_walk_group_run_async (group, NULL, grouped_cb, &ending);
  dd_test_wait (&ending.done);
  g_assert_error (ending.error, DD_ERROR, DD_ERROR_NOT_FOUND);
  g_assert_cmpuint (ended[FALSE], ==, 3);
  g_assert_cmpuint (ended[TRUE], ==, 1);
  g_assert_cmpuint (sink->tasks->len, ==, 4);
  g_assert_cmpint (dd_test_sink_find_task (sink, "further", "list")->outcome, ==, DD_OUTCOME_OK);
  g_assert_cmpint (dd_test_sink_find_task (sink, "broken", "list")->outcome, ==, DD_OUTCOME_FAILED);
  g_clear_error (&ending.error);
  dd_test_settle ();
  g_assert_finalize_object (group);
}

static void
test_group_empty (void)
{
  DdWalkGroup *group = dd_walk_group_new (NULL, NULL);
  Ending ending = { 0 };

  dd_walk_group_run_async (group, NULL, grouped_cb, &ending);
  dd_test_wait (&ending.done);
  g_assert_no_error (ending.error);
  dd_test_settle ();
  g_assert_finalize_object (group);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (walk_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/walk/", walk_cases[i].name, NULL);

      g_test_add_data_func (path, &walk_cases[i], test_walk);
    }
  g_test_add_func ("/walk/failed-request-counts", test_failed_request_counts);
  g_test_add_func ("/walk/cancel", test_cancel);
  g_test_add_func ("/walk-group/mixed", test_group);
  g_test_add_func ("/walk-group/empty", test_group_empty);
  return g_test_run ();
}
