/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dd-activity-list.h"
#include "dd-error-sink.h"
#include "dd-event-store.h"
#include "store-test.h"

static void
note (StoreTest  *t,
      const char *subsystem,
      gint64      workspace,
      const char *message)
{
  DdErrorNote entry = { subsystem, "sync", "http", message, workspace, 0, STORE_TEST_NOW };
  gint64 start = g_get_monotonic_time ();

  dd_error_sink_note (t->db, &entry);
  /* Under valgrind all is slow; whoever waits for a lock as others do waits for seconds. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * DD_ERROR_SINK_MILLISECONDS * 1000);
}

static void
test_scope (void)
{
  DdActivityWindow window;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 source, other;
  StoreTest t;

  store_test_init (&t);
  other = store_test_add_workspace (&t, "Southwind", &source);
  note (&t, "github", t.workspace, "one");
  note (&t, "github", t.workspace, "two");
  note (&t, "github", other, "not ours");
  note (&t, "store", 0, "the program's own");
  window = (DdActivityWindow) { t.workspace, STORE_TEST_NOW, STORE_TEST_NOW + 1 };
  counts = dd_activity_list_errors (t.db, &window, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpstr (((DdNameCount *) g_ptr_array_index (counts, 0))->name, ==, "github");
  g_assert_cmpuint (((DdNameCount *) g_ptr_array_index (counts, 0))->count, ==, 2);
  g_clear_pointer (&counts, g_ptr_array_unref);
  window.end = window.start;
  counts = dd_activity_list_errors (t.db, &window, &error);
  g_assert_cmpuint (counts->len, ==, 0);
  store_test_clear (&t);
}

static void
test_tokens (void)
{
  static const char * const secrets[] = {
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "github_pat_11ABCDEFG0abcdefghij_klmnop", "lin_api_AbCdEf0123456789AbCdEf0123456789",
    "xoxb-123-456-abc", "0123456789abcdef0123456789abcdef01234567", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
  };
  g_autofree char *url = dd_error_sink_tidy ("POST https://hooks.slack.com/services/T0/B0/short failed");
  g_autofree char *userinfo = dd_error_sink_tidy ("https://me:pass@ci.example.com/x");
  g_autofree char *lines = dd_error_sink_tidy ("one\ntwo\033[31m");
  g_autofree char *plain = dd_error_sink_tidy ("The repository shop-payments-gateway-and-checkout is gone.");

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *message = g_strdup_printf ("The token %s, is wrong: Bearer %s", secrets[i], secrets[i]);
      g_autofree char *tidy = dd_error_sink_tidy (message);

      g_assert_null (strstr (tidy, secrets[i]));
      g_assert_nonnull (strstr (tidy, "is wrong"));
    }
  g_assert_null (strstr (url, "short"));
  g_assert_null (strstr (userinfo, "pass"));
  g_assert_null (strchr (lines, '\n'));
  g_assert_null (strchr (lines, '\033'));
  g_assert_cmpstr (plain, ==, "The repository shop-payments-gateway-and-checkout is gone.");
}

/* Another process holds the database: the caller goes on, and the count is made up for. */
static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  StoreTest t;
  DdDb *other;

  store_test_init (&t);
  other = dd_db_open (t.path, &error);
  g_assert_no_error (error);
  g_assert_true (dd_db_begin (other, &error));
  note (&t, "github", t.workspace, "one");
  note (&t, "github", t.workspace, "two");
  g_assert_cmpint (dd_error_sink_dropped (t.db), ==, 2);
  dd_db_rollback (other);
  dd_db_close (other);
  note (&t, "github", t.workspace, "three");
  store_test_assert (t.db, "SELECT message FROM error_event", "three");
  store_test_assert (t.db, "SELECT value FROM activity_state WHERE name = 'dropped'", "2");
  g_assert_cmpint (dd_error_sink_dropped (t.db), ==, 2);
  store_test_clear (&t);
}

static void
test_full (void)
{
  g_autofree char *pages = NULL, *limit = NULL, *letters = g_strnfill (400, 'x');
  StoreTest t;

  store_test_init (&t);
  pages = store_test_ask (t.db, "PRAGMA page_count");
  limit = g_strdup_printf ("PRAGMA max_page_count = %s", pages);
  g_free (store_test_ask (t.db, limit));
  for (int i = 0; i < 100; i++)
    note (&t, "github", t.workspace, letters);
  g_assert_cmpint (dd_error_sink_dropped (t.db), >, 0);
  g_free (store_test_ask (t.db, "PRAGMA max_page_count = 1000000"));
  note (&t, "github", t.workspace, "one more");
  store_test_assert (t.db, "SELECT (SELECT count(*) FROM error_event) + (SELECT value FROM activity_state WHERE name = 'dropped')", "101");
  store_test_clear (&t);
}

static void
test_read_only (void)
{
  StoreTest t;

  store_test_init (&t);
  g_free (store_test_ask (t.db, "PRAGMA query_only = 1"));
  note (&t, "github", t.workspace, "one");
  g_assert_cmpint (dd_error_sink_dropped (t.db), ==, 1);
  store_test_assert (t.db, "SELECT count(*) FROM error_event", "0");
  store_test_clear (&t);
}

static void
test_engagement (void)
{
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GError) error = NULL;
  DdActivityWindow window = { 0, 0, 100 };
  guint sessions = 0;
  StoreTest t;

  store_test_init (&t);
  g_assert_false (dd_engagement_store_is_enabled (t.db));
  g_assert_false (dd_engagement_store_note (t.db, "s1", "page-overview", 1, &error));
  g_assert_true (dd_engagement_store_enable (t.db, TRUE, &error));
  g_assert_true (dd_engagement_store_note (t.db, "s1", "page-overview", 1, &error));
  g_assert_true (dd_engagement_store_note (t.db, "s2", "page-overview", 2, &error));
  g_assert_true (dd_engagement_store_note (t.db, "s2", "report-sent", 99, &error));
  g_assert_true (dd_engagement_store_note (t.db, "s3", "report-sent", 100, &error));
  g_assert_false (dd_engagement_store_note (t.db, "s2", "keys-pressed", 3, &error));
  g_assert_no_error (error);
  counts = dd_activity_list_engagement (t.db, &window, &sessions, &error);
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpuint (sessions, ==, 2);
  g_assert_true (dd_engagement_store_erase (t.db, &error));
  store_test_assert (t.db, "SELECT count(*) FROM engagement", "0");
  store_test_clear (&t);
}

#define LINES 20000

typedef struct
{
  const char *path;
  int         first;
} Half;

static int
write_half (gpointer data)
{
  const Half *half = data;
  DdDb *db = dd_db_open (half->path, NULL);
  DdEventWriter *writer = db != NULL ? dd_event_writer_new (db, 1) : NULL;
  gboolean done = writer != NULL;

  for (int i = half->first; done && i < half->first + LINES; i++)
    {
      g_autofree char *run = g_strdup_printf ("run-%d", i / 10);
      DdEvent event = { .kind = DD_EVENT_TASK_START, .at = i, .hash = (guint64) i, .run = run, .task = "t", .attempt = -1, .ok = -1,
                        .failed = -1 };

      done = dd_event_writer_add (writer, &event, NULL);
    }
  done = done && dd_event_writer_flush (writer, NULL);
  dd_event_writer_free (writer);
  dd_db_close (db);
  return done ? 0 : 1;
}

/* The window and the command line at once, with events that both have. */
static void
test_two_processes (void)
{
  StoreTest t;
  GPid one, two;

  store_test_init (&t);
  one = store_test_fork (write_half, &(Half) { t.path, 0 });
  two = store_test_fork (write_half, &(Half) { t.path, LINES / 2 });
  g_assert_cmpint (store_test_join (one), ==, 0);
  g_assert_cmpint (store_test_join (two), ==, 0);
  store_test_assert (t.db, "SELECT count(*), count(DISTINCT run_id) FROM log_event", "30000|3000");
  store_test_assert (t.db, "SELECT count(*), sum (last_at - first_at) FROM log_run", "3000|27000");
  store_test_clear (&t);
}

static void
ignore_task (const DdTaskMark *mark,
             gpointer          user_data)
{
}

static void
ignore_schedule (const DdScheduleMark *mark,
                 gpointer              user_data)
{
}

/* No question about a window goes through what lies outside: what the store asked is explained. */
static void
test_plans (void)
{
  static const char * const large[] = { "SCAN log_event", "SCAN e", "SCAN s", "SCAN task", "SCAN t", "SCAN run", "SCAN r",
                                        "SCAN log_run", "SCAN error_event", "SCAN engagement" };
  g_autoptr (GPtrArray) runs = NULL, errors = NULL, types = NULL, tasks = NULL, own = NULL;
  DdActivityWindow window;
  g_autoptr (GError) error = NULL;
  guint total, activated, questions = 0;
  sqlite3_stmt *statement = NULL;
  StoreTest t;

  store_test_init (&t);
  window = (DdActivityWindow) { t.workspace, 0, 100 };
  g_assert_true (dd_activity_list_marks (t.db, &window, ignore_task, NULL, &error));
  g_assert_true (dd_activity_list_schedules (t.db, &window, ignore_schedule, NULL, &error));
  g_assert_true (dd_activity_list_activation (t.db, 100, &activated, &total, &error));
  runs = dd_activity_list_runs (t.db, &window, 5, &total, &error);
  own = dd_activity_list_tasks (t.db, FALSE, 1, 100, &error);
  tasks = dd_activity_list_tasks (t.db, TRUE, 1, 100, &error);
  errors = dd_activity_list_errors (t.db, &window, &error);
  types = dd_activity_list_engagement (t.db, &window, &total, &error);
  g_assert_no_error (error);
  while ((statement = sqlite3_next_stmt (t.db->handle, statement)) != NULL)
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (statement), NULL);
      g_autofree char *plan = NULL;

      if (!g_str_has_prefix (sqlite3_sql (statement), "SELECT"))
        continue;
      plan = store_test_ask (t.db, explain);
      questions++;
      for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
        {
          g_autofree char *whole = g_strconcat ("(^|[|])", large[i], "( |$)", NULL);

          g_test_message ("%s", plan);
          g_assert_false (g_regex_match_simple (whole, plan, 0, 0));
        }
    }
  g_assert_cmpuint (questions, >, 12);
  store_test_clear (&t);
}

/* Tasks of runs and logs, errors and uses: as many as @n of each, before the window; and a few in it. */
static void
fill (StoreTest *t,
      int        n)
{
  static const char * const inserts[] = {
    "INSERT INTO run (id, workspace_id, name, start, end, outcome, process) SELECT %2$d + i, 1, 'sync', %1$s, %1$s + 1, 1, 0",
    "INSERT INTO task (run_id, source, scope, step, start, end, attempts, retries, requests, bytes, records, outcome)"
    " SELECT %2$d + i, 'github', '', 'x', %1$s, %1$s + 1, 1, 1, 0, 0, 0, 1",
    "INSERT INTO log_run (id, workspace_id, loose, key, name, start, first_at, last_at, done_at)"
    " SELECT %2$d + i, 1, 0, 'run-' || (%2$d + i), 'n', %1$s, %1$s, %1$s, %1$s",
    "INSERT INTO log_event (at, workspace_id, hash, kind, run_id, task) SELECT %1$s, 1, i, 2 + 2 * (i %% 2), %2$d + i / 2, 't'",
    "INSERT INTO error_event (at, subsystem, operation, type, message, workspace_id) SELECT %1$s, 'github', 'o', 't', 'm', 1",
    "INSERT INTO engagement (at, session, type) SELECT %1$s, 's', 'page-metric'",
  };
  const struct
  {
    const char *at;
    int first, n;
  } times[] = { { "i", 1, n }, { "2000000 + i", 1000000, 50 } };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (inserts); j++)
      {
        g_autofree char *insert = g_strdup_printf (inserts[j], times[i].at, times[i].first);
        g_autofree char *sql = g_strdup_printf ("WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number LIMIT %d) %s FROM number",
                                                times[i].n, insert);

        g_assert_true (dd_db_exec (t->db, sql, NULL));
      }
}

/* How much SQLite does for all questions of a window. */
static gint64
count_steps (StoreTest *t)
{
  DdActivityWindow window = { t->workspace, 2000000, 2000100 };
  g_autoptr (GPtrArray) runs = NULL, errors = NULL, types = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 steps = 0;
  guint total;

  while ((statement = sqlite3_next_stmt (t->db->handle, statement)) != NULL)
    sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, TRUE);
  g_assert_true (dd_activity_list_marks (t->db, &window, ignore_task, NULL, &error));
  g_assert_true (dd_activity_list_schedules (t->db, &window, ignore_schedule, NULL, &error));
  runs = dd_activity_list_runs (t->db, &window, 1000, &total, &error);
  g_assert_cmpuint (total, ==, 100);
  errors = dd_activity_list_errors (t->db, &window, &error);
  types = dd_activity_list_engagement (t->db, &window, &total, &error);
  g_assert_no_error (error);
  while ((statement = sqlite3_next_stmt (t->db->handle, statement)) != NULL)
    steps += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, FALSE);
  return steps;
}

/* A hundred times as much outside the window is not one step more. */
static void
test_steps (void)
{
  gint64 few, many;
  StoreTest t;

  store_test_init (&t);
  fill (&t, 200);
  few = count_steps (&t);
  store_test_clear (&t);
  store_test_init (&t);
  fill (&t, 20000);
  many = count_steps (&t);
  store_test_clear (&t);
  g_test_message ("%" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " steps", few, many);
  g_assert_cmpint (many, ==, few);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/error-sink/scope", test_scope);
  g_test_add_func ("/error-sink/tokens", test_tokens);
  g_test_add_func ("/error-sink/locked", test_locked);
  g_test_add_func ("/error-sink/full", test_full);
  g_test_add_func ("/error-sink/read-only", test_read_only);
  g_test_add_func ("/engagement", test_engagement);
  g_test_add_func ("/events/two-processes", test_two_processes);
  g_test_add_func ("/activity/plans", test_plans);
  g_test_add_func ("/activity/steps", test_steps);
  return g_test_run ();
}
