/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "dd-error.h"
#include "dd-store.h"
#include "store-test.h"

typedef struct
{
  char      *folder;
  char      *path;
  DdStore   *store;
  GPtrArray *told; /* of char *: how each job ended, in the order in which they were given */
  guint      ends;
} Fixture;

static void
init (Fixture    *f,
      const char *name)
{
  *f = (Fixture) { .folder = g_dir_make_tmp ("doradash-XXXXXX", NULL), .told = g_ptr_array_new_with_free_func (g_free) };
  f->path = g_build_filename (f->folder, name, NULL);
  f->store = dd_store_new (f->path);
}

/* Waits until nobody has the store any more: the worker may hold it a moment longer than the job's callback. */
static void
let_go (DdStore *store)
{
  GWeakRef ref;

  if (store == NULL)
    return;
  g_weak_ref_init (&ref, store);
  do
    {
      g_object_unref (store);
      g_thread_yield ();
    }
  while ((store = g_weak_ref_get (&ref)) != NULL);
  g_weak_ref_clear (&ref);
}

static void
clear (Fixture *f)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  let_go (f->store);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  g_ptr_array_unref (f->told);
}

/* A job with a letter: on the worker it is freed, on the main context it ends. */
typedef struct
{
  Fixture *fixture;
  char     letter;
} Job;

/* Whom the end of a job is told to: that of a cancelled one may come later than others. */
typedef struct
{
  Fixture *fixture;
  guint    place;
} End;

static gpointer
answer_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  const Job *job = data;

  return g_strdup_printf ("%c%d", job->letter, (int) dd_db_int (db, -1, "SELECT count(*) FROM workspace", ""));
}

/* Begins what it does not end, as a job does that fails. */
static gpointer
fail_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  dd_db_begin (db, error);
  dd_db_run (db, error, "INSERT INTO workspace (name, settings) VALUES ('half', '{}')", "");
  g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, "No.");
  return g_strdup ("nobody takes this");
}

/* Goes on until it is cancelled from outside. */
static gpointer
endless_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  gint64 n;

  g_cancellable_cancel (cancellable);
  n = dd_db_int (db, -1, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", "");
  g_assert_cmpint (n, ==, -1);
  return NULL;
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree End *end = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = dd_store_run_finish (DD_STORE (object), result, &error);

  g_assert_true (error == NULL || answer == NULL);
  end->fixture->told->pdata[end->place] = g_strdup (error == NULL ? answer : error->domain == DD_ERROR ? "failed" : "cancelled");
  end->fixture->ends++;
}

static void
give (Fixture      *f,
      DdStoreFunc   func,
      char          letter,
      GCancellable *cancellable)
{
  Job *job = g_new0 (Job, 1);
  End *end = g_new0 (End, 1);

  end->fixture = f;
  end->place = f->told->len;
  g_ptr_array_add (f->told, NULL);
  job->fixture = f;
  job->letter = letter;
  dd_store_run_async (f->store, func, job, g_free, g_free, cancellable, ended_cb, end);
}

static void
wait_for (Fixture *f,
          guint    ends)
{
  while (f->ends < ends)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_told (Fixture    *f,
             const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < f->told->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) f->told->pdata[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GCancellable) later = g_cancellable_new ();
  Fixture f;

  g_cancellable_cancel (cancelled);
  init (&f, "doradash.db");
  g_assert_cmpstr (dd_store_get_path (f.store), ==, f.path);
  give (&f, answer_job, 'a', NULL);
  give (&f, answer_job, 'b', cancelled);
  give (&f, fail_job, 'c', NULL);
  give (&f, endless_job, 'd', later);
  give (&f, answer_job, 'e', NULL);
  wait_for (&f, 5);
  assert_told (&f, "a0 cancelled failed cancelled e0");
  clear (&f);
}

/* What was given is done before the store goes, whoever holds it last. */
static void
test_last_jobs (void)
{
  Fixture f;

  init (&f, "doradash.db");
  for (char letter = 'a'; letter <= 'e'; letter++)
    give (&f, answer_job, letter, NULL);
  g_clear_object (&f.store);
  wait_for (&f, 5);
  assert_told (&f, "a0 b0 c0 d0 e0");
  clear (&f);
}

/* What is wrong with the file is every job's error. */
static void
test_not_opened (void)
{
  Fixture f;

  init (&f, "doradash.db");
  let_go (g_steal_pointer (&f.store));
  g_unlink (f.path);
  g_file_set_contents (f.path, "This is no database, but a letter of some length that was put here.", -1, NULL);
  f.store = dd_store_new (f.path);
  give (&f, answer_job, 'a', NULL);
  give (&f, answer_job, 'b', NULL);
  wait_for (&f, 2);
  assert_told (&f, "failed failed");
  clear (&f);
}

/* Folders on the way to the file are made, for this user only. */
static void
test_folders (void)
{
  g_autofree char *folder = NULL, *path = NULL, *below = NULL;
  GStatBuf info;
  Fixture f;

  init (&f, "doradash.db");
  folder = g_build_filename (f.folder, "data", NULL);
  path = g_build_filename (folder, "doradash.db", NULL);
  let_go (g_steal_pointer (&f.store));
  f.store = dd_store_new (path);
  give (&f, answer_job, 'a', NULL);
  wait_for (&f, 1);
  assert_told (&f, "a0");
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  let_go (g_steal_pointer (&f.store));
  /* Where there is a file in the way, a sentence says so. */
  below = g_build_filename (path, "below", "doradash.db", NULL);
  f.store = dd_store_new (below);
  give (&f, answer_job, 'b', NULL);
  wait_for (&f, 2);
  assert_told (&f, "a0 failed");
  g_unlink (path);
  clear (&f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/order", test_order);
  g_test_add_func ("/store/last-jobs", test_last_jobs);
  g_test_add_func ("/store/not-opened", test_not_opened);
  g_test_add_func ("/store/folders", test_folders);
  return g_test_run ();
}
