/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "dd-error.h"
#include "store-test.h"

static const char * const formats[] = {
  "CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO letter (text) VALUES ('dear')",
  "ALTER TABLE letter ADD COLUMN sender TEXT; UPDATE letter SET sender = 'mara'",
  "CREATE TABLE sender (name TEXT); INSERT INTO sender VALUES ('mara'); INSERT INTO nowhere VALUES (1)",
};

/* A database as an older version made it, with @version of the formats. */
static DdDb *
open_at (const char *path,
         guint       version)
{
  g_autoptr (GError) error = NULL;
  DdDb *db = g_new0 (DdDb, 1);

  db->path = g_strdup (path);
  db->statements = g_hash_table_new (NULL, NULL);
  g_assert_cmpint (sqlite3_open (path, &db->handle), ==, SQLITE_OK);
  dd_migrations_apply (db, formats, version, &error);
  g_assert_no_error (error);
  return db;
}

static void
test_migration (void)
{
  g_autofree char *path = NULL, *copy = NULL;
  g_autoptr (GError) error = NULL;
  StoreTest t;
  DdDb *db;

  store_test_init (&t);
  path = g_build_filename (t.folder, "old.db", NULL);
  copy = g_strconcat (path, ".backup-1", NULL);
  dd_db_close (open_at (path, 1));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  /* A backup of an earlier try is replaced. */
  dd_db_close (open_at (copy, 2));
  db = open_at (path, 2);
  store_test_assert (db, "SELECT text, sender FROM letter", "dear|mara");
  store_test_assert (db, "PRAGMA user_version", "2");
  dd_db_close (db);
  /* The backup is a whole database of the older version. */
  db = open_at (copy, 1);
  store_test_assert (db, "SELECT * FROM letter", "1|dear");
  store_test_assert (db, "PRAGMA user_version", "1");
  store_test_assert (db, "SELECT name FROM sqlite_master", "letter");
  dd_db_close (db);
  /* One that fails half-way leaves everything as it was. */
  db = open_at (path, 2);
  g_assert_false (dd_migrations_apply (db, formats, 3, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  store_test_assert (db, "PRAGMA user_version", "2");
  store_test_assert (db, "SELECT name FROM sqlite_master", "letter");
  dd_db_close (db);
  store_test_clear (&t);
}

static void
test_no_backup (void)
{
  g_autofree char *path = NULL, *copy = NULL;
  g_autoptr (GError) error = NULL;
  StoreTest t;
  DdDb *db;

  store_test_init (&t);
  path = g_build_filename (t.folder, "old.db", NULL);
  copy = g_strconcat (path, ".backup-1", NULL);
  db = open_at (path, 1);
  g_assert_cmpint (g_mkdir (copy, 0755), ==, 0);
  g_assert_false (dd_migrations_apply (db, formats, 2, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "left as it is"));
  store_test_assert (db, "PRAGMA user_version", "1");
  dd_db_close (db);
  g_assert_cmpint (g_rmdir (copy), ==, 0);
  store_test_clear (&t);
}

/* The first format of a release, with records in it: it is brought up to date and reads as before. */
static void
test_first_format (void)
{
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  DdBatch *batch = dd_batch_new ();
  StoreTest t;

  store_test_init (&t);
  g_ptr_array_add (batch->deployments, store_test_deployment ("d1", "shop", 0, DD_RESULT_SUCCESS));
  store_test_put (&t, batch);
  dd_db_exec (t.db,
              "DROP TRIGGER deployment_moved; DROP TRIGGER change_moved; DROP TRIGGER deployment_gone; DROP TRIGGER change_gone;"
              "DROP TRIGGER error_counted; DROP TABLE deployment_total; DROP TABLE lead_total; DROP TABLE past_deployment;"
              "DROP TABLE past_change; DROP TABLE error_total; UPDATE repository SET dirty = 0;"
              "DROP TABLE log_event; DROP TABLE log_run; DROP TABLE engagement; DROP TABLE activity_state; DROP INDEX task_end;"
              "DROP TABLE send;"
              "DROP INDEX run_due; ALTER TABLE run DROP COLUMN due; DROP TABLE schedule; DROP TABLE alert;"
              "DROP INDEX run_workspace; DROP INDEX run_schedule; ALTER TABLE run DROP COLUMN schedule;"
              "DROP INDEX snapshot_made; ALTER TABLE snapshot DROP COLUMN scope; ALTER TABLE snapshot DROP COLUMN title;"
              "ALTER TABLE snapshot DROP COLUMN outcome; ALTER TABLE snapshot DROP COLUMN markdown;"
              "ALTER TABLE snapshot DROP COLUMN slack; ALTER TABLE snapshot DROP COLUMN document;"
              "INSERT INTO error_event (at, subsystem, operation, type, message, workspace_id) VALUES"
              " (1, 'github', 'sync', 'task', 'no', 1), (2, 'github', 'sync', 'task', 'no', 1), (3, 'store', 'open', 'full', 'no', NULL);"
              "PRAGMA user_version = 1", &error);
  g_assert_no_error (error);
  store_test_reopen (&t);
  store_test_assert (t.db, "SELECT key FROM deployment", "d1");
  store_test_assert (t.db, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'", "5");
  /* What was counted nowhere yet is linked anew, and so counted; errors are counted where they lie. */
  store_test_assert (t.db, "SELECT dirty FROM repository", "1");
  store_test_assert (t.db, "SELECT * FROM error_total", "0|store|1 1|github|2");
  store_test_assert (t.db, "SELECT count(*) FROM log_event", "0");
  store_test_assert (t.db, "SELECT name FROM activity_state WHERE value > 0", "store");
  copy = g_strconcat (t.path, ".backup-1", NULL);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  store_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/migrations/steps", test_migration);
  g_test_add_func ("/migrations/no-backup", test_no_backup);
  g_test_add_func ("/migrations/first-format", test_first_format);
  return g_test_run ();
}
