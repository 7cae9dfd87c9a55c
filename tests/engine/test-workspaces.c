/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-error.h"
#include "dd-file-import.h"
#include "dd-workspaces.h"
#include "random-records.h"

#define SETTINGS(name, more) "{\"name\":\"" name "\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"}]" more "}"

static void
assert_names (EngineTest *t,
              const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  dd_workspaces_list_async (t->engine, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  names = dd_workspaces_list_finish (t->engine, result, &error);
  g_assert_no_error (error);
  g_ptr_array_add (names, NULL);
  text = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static char *
numbers (EngineTest *t,
         const char *workspace)
{
  g_autoptr (DdSummary) summary = engine_test_summary (t, (DdQuery) { .workspace = workspace, .period = "last-10-days" });

  return engine_test_describe_all (summary);
}

static void
remove_workspace (EngineTest *t,
                  const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_workspaces_remove_async (t->engine, name, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  dd_workspaces_remove_finish (t->engine, result, NULL, &error);
  g_assert_no_error (error);
}

/* Another workspace's records, decisions and settings change nothing here, whatever becomes of it. */
static void
test_apart (void)
{
  g_autofree char *alone = NULL, *beside = NULL, *after = NULL, *other = NULL, *again = NULL;
  EngineTest t;

  engine_test_init (&t);
  assert_names (&t, "");
  engine_test_import (&t, SETTINGS ("Northwind", ""));
  random_records_import (&t, "Northwind", 5);
  alone = numbers (&t, "Northwind");
  engine_test_import (&t, SETTINGS ("Southwind", ",\"metrics\":{\"environments\":[\"*\"],\"attribution_hours\":100}"));
  random_records_import (&t, "Southwind", 5);
  assert_names (&t, "Northwind Southwind");
  beside = numbers (&t, "northwind");
  g_assert_cmpstr (beside, ==, alone);
  other = numbers (&t, "Southwind");
  g_assert_cmpstr (other, !=, alone);
  remove_workspace (&t, "Southwind");
  assert_names (&t, "Northwind");
  after = numbers (&t, "Northwind");
  g_assert_cmpstr (after, ==, alone);
  /* One that is made again begins with nothing. */
  engine_test_import (&t, SETTINGS ("Southwind", ""));
  again = numbers (&t, "Southwind");
  g_assert_nonnull (strstr (again, "frequency 0 0"));
  engine_test_assert (&t, "SELECT DISTINCT workspace_id FROM deployment_fact", "1");
  engine_test_clear (&t);
}

/* A file of the same name, in whatever case, replaces the settings and keeps the records. */
static void
test_import_again (void)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  EngineTest t;

  engine_test_init (&t);
  engine_test_import (&t, SETTINGS ("Northwind", ""));
  random_records_import (&t, NULL, 5);
  before = numbers (&t, NULL);
  engine_test_import (&t, SETTINGS ("NorthWind", ",\"history_days\":30"));
  assert_names (&t, "NorthWind");
  after = numbers (&t, NULL);
  g_assert_cmpstr (after, ==, before);
  dd_workspaces_export_async (t.engine, NULL, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  text = dd_workspaces_export_finish (t.engine, result, NULL);
  g_assert_nonnull (strstr (text, "\"NorthWind\""));
  g_assert_nonnull (strstr (text, "30"));
  g_clear_object (&result);
  engine_test_clear (&t);
}

/* What is wrong with a file leaves the workspace as it was. */
static void
test_wrong_file (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  EngineTest t;

  engine_test_init (&t);
  engine_test_import (&t, SETTINGS ("Northwind", ""));
  dd_workspaces_import_async (t.engine, SETTINGS ("Northwind", ",\"history_days\":\"many\""), "northwind.json", FALSE, NULL,
                              engine_test_keep_cb, &result);
  engine_test_wait (&result);
  g_assert_null (dd_workspaces_import_finish (t.engine, result, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "northwind.json"));
  engine_test_assert (&t, "SELECT settings LIKE '%many%' FROM workspace", "0");
  g_clear_object (&result);
  engine_test_clear (&t);
}

/* ---- files of records ---- */

static gint64
import_file (EngineTest *t,
             const char *workspace,
             const char *kind,
             const char *text,
             GError    **error)
{
  g_autofree char *path = g_build_filename (t->folder, "records.csv", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_file_set_contents (path, text, -1, NULL);
  dd_file_import_async (t->engine, workspace, kind, path, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  return dd_file_import_finish (t->engine, result, error);
}

static void
test_files (void)
{
  static const char header[] = "id,title,started,resolved\n";
  g_autofree char *one = g_strconcat (header, "A,Out,2026-11-10T10:00:00Z,2026-11-10T11:00:00Z\n", NULL);
  g_autofree char *wrong = g_strconcat (one, "B,Out,2026-11-10T10:00:00Z,soon\n", NULL);
  g_autoptr (GError) error = NULL;
  EngineTest t;

  engine_test_init (&t);
  /* A mistake in the last line leaves nothing of the others, and no workspace. */
  g_assert_cmpint (import_file (&t, "Northwind", "incidents", wrong, &error), ==, -1);
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  g_clear_error (&error);
  assert_names (&t, "");
  g_assert_cmpint (import_file (&t, NULL, "incidents", one, &error), ==, -1);
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (import_file (&t, "Northwind", "letters", one, &error), ==, -1);
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
  g_clear_error (&error);
  /* The workspace, and its source, are made; the same file again is an update. */
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (import_file (&t, "Northwind", "incidents", one, &error), ==, 1);
  g_assert_no_error (error);
  assert_names (&t, "Northwind");
  engine_test_assert (&t, "SELECT type, status, records FROM source", "files|ok|1");
  g_assert_cmpint (import_file (&t, NULL, "incidents", header, &error), ==, 0);
  g_assert_no_error (error);
  engine_test_clear (&t);
}

/* A sample stays one when a file is read into it. */
static void
test_sample (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = NULL;
  EngineTest t;

  engine_test_init (&t);
  dd_workspaces_import_async (t.engine, "{\"name\":\"Demo\",\"sources\":[]}", "demo.json", TRUE, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  name = dd_workspaces_import_finish (t.engine, result, NULL);
  g_assert_cmpstr (name, ==, "Demo");
  engine_test_import_file (&t, "Demo", "incidents", "id,started\nA,2026-11-10T10:00:00Z\n");
  engine_test_assert (&t, "SELECT sample FROM workspace", "1");
  g_clear_object (&result);
  engine_test_clear (&t);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv ("GITHUB_ORG");
  g_test_add_func ("/workspaces/apart", test_apart);
  g_test_add_func ("/workspaces/import-again", test_import_again);
  g_test_add_func ("/workspaces/wrong-file", test_wrong_file);
  g_test_add_func ("/workspaces/files", test_files);
  g_test_add_func ("/workspaces/sample", test_sample);
  return g_test_run ();
}
