/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "dd-error.h"
#include "store-test.h"

/* The file's bytes, for comparing. */
static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static void
exec_raw (const char *path,
          const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* Opening is refused with @code and a sentence that contains @text; the file, and what stands beside it, is as before. */
static void
assert_refused (const char *path,
                int         code,
                const char *text)
{
  g_autoptr (GBytes) before = read_file (path), after = NULL;
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  gboolean had_log = g_file_test (log, G_FILE_TEST_EXISTS);
  g_autoptr (GBytes) log_before = had_log ? read_file (log) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (dd_db_open (path, &error));
  g_assert_error (error, DD_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, text));
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpint (g_file_test (log, G_FILE_TEST_EXISTS), ==, had_log);
  if (had_log)
    {
      g_autoptr (GBytes) log_after = read_file (log);

      g_assert_true (g_bytes_equal (log_before, log_after));
    }
}

static void
test_new_and_again (void)
{
  StoreTest t;

  store_test_init (&t);
  store_test_assert (t.db, "PRAGMA journal_mode", "wal");
  store_test_assert (t.db, "PRAGMA foreign_keys", "1");
  store_test_assert (t.db, "PRAGMA integrity_check", "ok");
  store_test_reopen (&t);
  store_test_assert (t.db, "PRAGMA journal_mode", "wal");
  store_test_assert (t.db, "PRAGMA foreign_keys", "1");
  store_test_assert (t.db, "SELECT name FROM workspace", "Northwind");
  store_test_clear (&t);
}

static void
test_empty_file (void)
{
  StoreTest t;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  DdDb *db;

  store_test_init (&t);
  path = g_build_filename (t.folder, "empty.db", NULL);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  db = dd_db_open (path, &error);
  g_assert_no_error (error);
  store_test_assert (db, "SELECT count(*) FROM workspace", "0");
  dd_db_close (db);
  store_test_clear (&t);
}

/* ---- files of others ---- */

static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    const char *sql;  /* NULL: @text is the file */
    const char *text;
    int         code;
    const char *sentence;
  } cases[] = {
    { "text", NULL, "A long letter that is no database at all, and nothing that should be written over.", DD_ERROR_STORE,
      "no database of DoraDash" },
    { "another program's", "CREATE TABLE letters (text TEXT); INSERT INTO letters VALUES ('dear')", NULL, DD_ERROR_STORE,
      "no database of DoraDash" },
    { "another program's, without tables yet", "PRAGMA user_version = 1; PRAGMA application_id = 7", NULL, DD_ERROR_STORE,
      "no database of DoraDash" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;
      StoreTest t;

      g_test_message ("%s", cases[i].name);
      store_test_init (&t);
      path = g_build_filename (t.folder, "other.db", NULL);
      if (cases[i].sql != NULL)
        exec_raw (path, cases[i].sql);
      else
        g_file_set_contents (path, cases[i].text, -1, &error);
      g_assert_no_error (error);
      assert_refused (path, cases[i].code, cases[i].sentence);
      store_test_clear (&t);
    }
}

static void
test_newer (void)
{
  StoreTest t;

  store_test_init (&t);
  dd_db_close (g_steal_pointer (&t.db));
  exec_raw (t.path, "PRAGMA user_version = 1000; CREATE TABLE of_later_days (id)");
  assert_refused (t.path, DD_ERROR_NEWER_STORE, "newer version of DoraDash (format 1000");
  store_test_clear (&t);
}

static int
write_and_die (gpointer data)
{
  sqlite3 *handle;

  sqlite3_open (data, &handle);
  sqlite3_exec (handle, "PRAGMA user_version = 1000; CREATE TABLE of_later_days (id)", NULL, NULL, NULL);
  kill (getpid (), SIGKILL);
  return 0;
}

/* The newer version was killed: what it wrote last is in a log beside the file, and stays there. */
static void
test_newer_with_log (void)
{
  StoreTest t;

  store_test_init (&t);
  dd_db_close (g_steal_pointer (&t.db));
  g_assert_cmpint (store_test_join (store_test_fork (write_and_die, t.path)), ==, -SIGKILL);
  assert_refused (t.path, DD_ERROR_NEWER_STORE, "format 1000");
  store_test_clear (&t);
}

/* ---- folders ---- */

static void
test_not_a_folder (void)
{
  StoreTest t;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  store_test_init (&t);
  path = g_build_filename (t.path, "doradash.db", NULL);
  g_assert_null (dd_db_open (path, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "cannot be written"));
  store_test_clear (&t);
}

typedef struct
{
  const char *path;
  const char *text;
} Refusal;

/* As a user whom permissions bind. */
static int
open_as_nobody (gpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GError) error = NULL;
  DdDb *db;

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    return 2;
  db = dd_db_open (refusal->path, &error);
  if (db != NULL)
    return 3;
  return g_error_matches (error, DD_ERROR, DD_ERROR_STORE) && strstr (error->message, refusal->text) != NULL ? 0 : 4;
}

static void
test_read_only (void)
{
  g_autofree char *path = NULL;
  Refusal refusal = { .text = "cannot be written" };
  StoreTest t;

  store_test_init (&t);
  dd_db_close (g_steal_pointer (&t.db));
  path = g_build_filename (t.folder, "new.db", NULL);
  g_assert_cmpint (g_chmod (t.folder, 0555), ==, 0);
  refusal.path = path;
  g_assert_cmpint (store_test_join (store_test_fork (open_as_nobody, &refusal)), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* The same for one that is there. */
  g_assert_cmpint (g_chmod (t.path, 0444), ==, 0);
  refusal.path = t.path;
  g_assert_cmpint (store_test_join (store_test_fork (open_as_nobody, &refusal)), ==, 0);
  g_assert_cmpint (g_chmod (t.folder, 0755), ==, 0);
  store_test_clear (&t);
}

/* ---- several at once ---- */

#define PROCESSES 6

typedef struct
{
  const char   *path;
  StoreTestPipe go;
} Crowd;

static int
open_when_told (gpointer data)
{
  Crowd *crowd = data;
  g_autoptr (GError) error = NULL;
  DdDb *db;

  if (!store_test_pipe_wait (&crowd->go))
    return 2;
  db = dd_db_open (crowd->path, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  dd_db_close (db);
  return db != NULL ? 0 : 1;
}

static void
test_crowd (void)
{
  for (int round = 0; round < 10; round++)
    {
      g_autofree char *path = NULL;
      GPid pids[PROCESSES];
      Crowd crowd;
      StoreTest t;

      store_test_init (&t);
      crowd.path = path = g_build_filename (t.folder, "new.db", NULL);
      store_test_pipe_init (&crowd.go);
      for (int i = 0; i < PROCESSES; i++)
        pids[i] = store_test_fork (open_when_told, &crowd);
      for (int i = 0; i < PROCESSES; i++)
        store_test_pipe_tell (&crowd.go);
      for (int i = 0; i < PROCESSES; i++)
        g_assert_cmpint (store_test_join (pids[i]), ==, 0);
      store_test_pipe_clear (&crowd.go);
      store_test_clear (&t);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/open/new-and-again", test_new_and_again);
  g_test_add_func ("/open/empty-file", test_empty_file);
  g_test_add_func ("/open/refused", test_refused);
  g_test_add_func ("/open/newer", test_newer);
  g_test_add_func ("/open/newer-with-log", test_newer_with_log);
  g_test_add_func ("/open/not-a-folder", test_not_a_folder);
  g_test_add_func ("/open/read-only", test_read_only);
  g_test_add_func ("/open/crowd", test_crowd);
  return g_test_run ();
}
