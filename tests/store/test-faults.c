/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "dd-error.h"
#include "dd-record-store.h"
#include "dd-workspace-store.h"
#include "store-test.h"

/* What each page brings: records, a repository, a cursor that counts the pages. A page that is half there shows in these. */
#define WHOLE "SELECT (SELECT count(*) FROM deployment), (SELECT count(*) FROM deployment_status)," \
              " (SELECT count(*) FROM change), ifnull ((SELECT value FROM cursor), 0)"
#define PAGE_ROWS 40

static DdBatch *
page_new (int page)
{
  DdBatch *batch = dd_batch_new ();
  g_autofree char *cursor = g_strdup_printf ("%d", page);

  for (int i = 0; i < PAGE_ROWS; i++)
    {
      g_autofree char *key = g_strdup_printf ("p%d-%d", page, i);
      DdDeployment *deployment = store_test_deployment (key, "shop", page, DD_RESULT_SUCCESS);

      dd_deployment_add_status (deployment, "success", deployment->finished);
      g_ptr_array_add (batch->deployments, deployment);
      g_ptr_array_add (batch->changes, store_test_change (key, "shop", page));
    }
  dd_batch_add_cursor (batch, "shop", "deployments", cursor);
  return batch;
}

static gboolean
put_page (StoreTest *t,
          int        page,
          GError   **error)
{
  g_autoptr (DdBatch) batch = page_new (page);

  return dd_record_store_put (t->db, t->workspace, t->source, batch, error);
}

/* So many pages, each whole, with the last one's cursor. */
static void
assert_pages (DdDb *db,
              int   pages)
{
  g_autofree char *expected = g_strdup_printf ("%d|%d|%d|%d", pages * PAGE_ROWS, pages * PAGE_ROWS, pages * PAGE_ROWS, pages);

  store_test_assert (db, WHOLE, expected);
  store_test_assert (db, "PRAGMA integrity_check", "ok");
}

/* ---- a full disk ---- */

static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *limit = NULL, *size = NULL;
  StoreTest t;

  store_test_init (&t);
  put_page (&t, 1, &error);
  g_assert_no_error (error);
  size = store_test_ask (t.db, "PRAGMA page_count");
  limit = g_strdup_printf ("PRAGMA max_page_count = %s", size);
  dd_db_exec (t.db, limit, &error);
  g_assert_no_error (error);
  g_assert_false (put_page (&t, 2, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  g_assert_cmpstr (error->message, ==, "The disk is full; make room and try again.");
  g_clear_error (&error);
  assert_pages (t.db, 1);
  /* With room again, the same page goes in. */
  dd_db_exec (t.db, "PRAGMA max_page_count = 1000000", &error);
  put_page (&t, 2, &error);
  g_assert_no_error (error);
  assert_pages (t.db, 2);
  store_test_clear (&t);
}

/* ---- a statement that fails, in each part of a page ---- */

static void
test_refused_row (void)
{
  static const char * const tables[] = { "repository", "deployment", "deployment_status", "change", "cursor" };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *refuse = g_strdup_printf ("CREATE TRIGGER refuse BEFORE INSERT ON %s BEGIN SELECT RAISE (ABORT, 'no'); END",
                                                 tables[i]);
      g_autoptr (GError) error = NULL;
      StoreTest t;

      g_test_message ("%s", tables[i]);
      store_test_init (&t);
      dd_db_exec (t.db, refuse, &error);
      g_assert_no_error (error);
      g_assert_false (put_page (&t, 1, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
      g_clear_error (&error);
      assert_pages (t.db, 0);
      dd_db_exec (t.db, "DROP TRIGGER refuse", &error);
      put_page (&t, 1, &error);
      g_assert_no_error (error);
      assert_pages (t.db, 1);
      store_test_clear (&t);
    }
}

/* ---- killed ---- */

typedef struct
{
  StoreTest    *test;
  StoreTestPipe begun;
  StoreTestPipe go;
  int           pages;
  gint64        workspace;
  gint64        source;
} Peer;

/* Kills its own process at the @n-th step of the page's writing. */
static int
kill_at_step (void *steps)
{
  if (--*(int *) steps == 0)
    kill (getpid (), SIGKILL);
  return 0;
}

typedef struct
{
  const char *path;
  gint64      workspace, source;
  int         steps;
} Victim;

static int
write_until_killed (gpointer data)
{
  Victim *victim = data;
  StoreTest t = { .path = (char *) victim->path, .workspace = victim->workspace, .source = victim->source };

  t.db = dd_db_open (victim->path, NULL);
  sqlite3_progress_handler (t.db->handle, 200, kill_at_step, &victim->steps);
  for (int page = 1; page <= 2; page++)
    if (!put_page (&t, page, NULL))
      return 1;
  dd_db_close (t.db);
  return 0;
}

static void
test_killed (void)
{
  gboolean seen[3] = { FALSE, FALSE, FALSE };
  int status = -SIGKILL;

  for (int steps = 1; status == -SIGKILL; steps += 13)
    {
      g_autofree char *pages = NULL;
      Victim victim = { .steps = steps };
      StoreTest t;
      int n;

      store_test_init (&t);
      dd_db_close (g_steal_pointer (&t.db));
      victim.path = t.path;
      victim.workspace = t.workspace;
      victim.source = t.source;
      status = store_test_join (store_test_fork (write_until_killed, &victim));
      store_test_reopen (&t);
      pages = store_test_ask (t.db, "SELECT ifnull ((SELECT value FROM cursor), 0)");
      n = (int) g_ascii_strtoll (pages, NULL, 10);
      g_assert_cmpint (n, <=, 2);
      seen[n] = TRUE;
      assert_pages (t.db, n);
      /* The next run goes on where it stopped. */
      for (int page = n + 1; page <= 3; page++)
        g_assert_true (put_page (&t, page, NULL));
      assert_pages (t.db, 3);
      store_test_clear (&t);
    }
  g_assert_cmpint (status, ==, 0);
  g_assert_true (seen[0] && seen[1] && seen[2]);
}

/* ---- two processes ---- */

static int
write_pages (gpointer data)
{
  Peer *peer = data;
  StoreTest t = { .path = peer->test->path, .workspace = peer->workspace, .source = peer->source };
  g_autoptr (GError) error = NULL;

  t.db = dd_db_open (t.path, NULL);
  store_test_pipe_tell (&peer->begun);
  if (t.db == NULL || !store_test_pipe_wait (&peer->go))
    return 1;
  for (int page = 1; page <= peer->pages; page++)
    if (!put_page (&t, page, &error))
      {
        g_printerr ("%s\n", error->message);
        return 2;
      }
  dd_db_close (t.db);
  return 0;
}

/* Whoever reads while another writes sees whole pages only, and never goes back. */
static void
test_reader (void)
{
  StoreTest t;
  Peer peer = { .test = &t, .pages = 60 };
  GPid pid;
  int last = 0;

  store_test_init (&t);
  peer.workspace = t.workspace;
  peer.source = t.source;
  store_test_pipe_init (&peer.begun);
  store_test_pipe_init (&peer.go);
  dd_db_close (g_steal_pointer (&t.db));
  pid = store_test_fork (write_pages, &peer);
  g_assert_true (store_test_pipe_wait (&peer.begun));
  store_test_reopen (&t);
  store_test_pipe_tell (&peer.go);
  while (last < peer.pages)
    {
      g_autofree char *answer = store_test_ask (t.db, WHOLE);
      g_auto (GStrv) counts = g_strsplit (answer, "|", -1);
      int pages = (int) g_ascii_strtoll (counts[3], NULL, 10);

      g_assert_cmpint (pages, >=, last);
      for (int i = 0; i < 3; i++)
        g_assert_cmpint (g_ascii_strtoll (counts[i], NULL, 10), ==, pages * PAGE_ROWS);
      last = pages;
    }
  g_assert_cmpint (store_test_join (pid), ==, 0);
  store_test_pipe_clear (&peer.begun);
  store_test_pipe_clear (&peer.go);
  store_test_clear (&t);
}

/* Two that write at once both get their turn. */
static void
test_writers (void)
{
  StoreTest t;
  Peer peer = { .test = &t, .pages = 25 };
  gint64 workspaces[2], sources[2];
  GPid pids[2];

  store_test_init (&t);
  workspaces[0] = t.workspace;
  sources[0] = t.source;
  workspaces[1] = store_test_add_workspace (&t, "Southwind", &sources[1]);
  dd_db_close (g_steal_pointer (&t.db));
  store_test_pipe_init (&peer.begun);
  store_test_pipe_init (&peer.go);
  for (int i = 0; i < 2; i++)
    {
      peer.workspace = workspaces[i];
      peer.source = sources[i];
      pids[i] = store_test_fork (write_pages, &peer);
    }
  for (int i = 0; i < 2; i++)
    g_assert_true (store_test_pipe_wait (&peer.begun));
  for (int i = 0; i < 2; i++)
    store_test_pipe_tell (&peer.go);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (store_test_join (pids[i]), ==, 0);
  store_test_reopen (&t);
  store_test_assert (t.db, "SELECT source_id, count(*) FROM deployment GROUP BY source_id", "1|1000 2|1000");
  store_test_assert (t.db, "SELECT source_id, value FROM cursor ORDER BY source_id", "1|25 2|25");
  store_test_pipe_clear (&peer.begun);
  store_test_pipe_clear (&peer.go);
  store_test_clear (&t);
}

/* Another program that holds the database for long is named as the reason, and nothing is lost once it lets go. */
static void
test_held (void)
{
  g_autoptr (GError) error = NULL;
  StoreTest t;
  sqlite3 *other;

  store_test_init (&t);
  g_assert_cmpint (sqlite3_open (t.path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (t.db->handle, 50);
  g_assert_false (put_page (&t, 1, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "in use by another program"));
  g_clear_error (&error);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  put_page (&t, 1, &error);
  g_assert_no_error (error);
  assert_pages (t.db, 1);
  store_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/faults/full", test_full);
  g_test_add_func ("/faults/refused-row", test_refused_row);
  g_test_add_func ("/faults/killed", test_killed);
  g_test_add_func ("/faults/reader", test_reader);
  g_test_add_func ("/faults/writers", test_writers);
  g_test_add_func ("/faults/held", test_held);
  return g_test_run ();
}
