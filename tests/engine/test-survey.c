/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-file-import.h"
#include "dd-survey.h"
#include "dd-test-server.h"

#include <glib/gstdio.h>

typedef struct
{
  char         *folder;
  char         *database;
  DdEngine     *engine;
  GAsyncResult *result;
  gboolean      done;
} Fixture;

static void
ready_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;

  g_set_object (&fixture->result, result);
  fixture->done = TRUE;
}

static void
import (Fixture    *fixture,
        const char *kind,
        const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "records.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  fixture->done = FALSE;
  dd_file_import_async (fixture->engine, "Shop", kind, path, NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  g_assert_cmpint (dd_file_import_finish (fixture->engine, fixture->result, &error), >, 0);
  g_assert_no_error (error);
  g_unlink (path);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("dd-survey-XXXXXX", NULL);
  fixture->database = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->engine = dd_engine_new (fixture->database);
  import (fixture, "deployments",
          "id,repository,environment,created,finished,result\n"
          "1,shop,production,2026-11-01T10:00:00Z,2026-11-01T10:00:00Z,success\n"
          "2,shop,staging,2026-11-02T10:00:00Z,2026-11-02T10:00:00Z,success\n"
          "3,api,staging,2026-11-03T10:00:00Z,2026-11-03T10:00:00Z,success\n"
          "4,api,,2026-11-03T10:00:00Z,2026-11-03T10:00:00Z,success\n");
  import (fixture, "incidents",
          "id,title,repository,severity,started\n"
          "i,One,shop,Major,2026-11-01T10:00:00Z\n"
          "j,Two,shop,major,2026-11-02T10:00:00Z\n"
          "k,Three,shop,minor,2026-11-03T10:00:00Z\n"
          "l,Four,shop,,2026-11-04T10:00:00Z\n");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->engine);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->database);
}

static DdSeen *
survey (Fixture    *fixture,
        DdEngine   *engine,
        const char *workspace,
        GError    **error)
{
  fixture->done = FALSE;
  dd_survey_async (engine, workspace, NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  return dd_survey_finish (engine, fixture->result, error);
}

static void
assert_name (GPtrArray  *names,
             guint       place,
             const char *name,
             guint       n)
{
  g_assert_cmpuint (names->len, >, place);
  g_assert_cmpstr (((DdSeenName *) g_ptr_array_index (names, place))->name, ==, name);
  g_assert_cmpuint (((DdSeenName *) g_ptr_array_index (names, place))->n, ==, n);
}

static void
test_seen (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdSeen) seen = survey (fixture, fixture->engine, "Shop", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (seen->settings->name, ==, "Shop");
  g_assert_false (seen->sample);
  g_assert_cmpuint (seen->sources->len, ==, 1);
  g_assert_cmpuint (seen->environments->len, ==, 2);
  assert_name (seen->environments, 0, "staging", 2);
  assert_name (seen->environments, 1, "production", 1);
  g_assert_cmpuint (seen->severities->len, ==, 2);
  g_assert_cmpuint (((DdSeenName *) g_ptr_array_index (seen->severities, 0))->n, ==, 2);
  assert_name (seen->severities, 1, "minor", 1);
  g_assert_cmpuint (seen->labels->len, ==, 0);
  g_assert_cmpuint (seen->repositories->len, ==, 2);
  g_assert_cmpstr (((DdSeenRepository *) g_ptr_array_index (seen->repositories, 0))->name, ==, "api");
  g_assert_cmpstr (seen->path, ==, fixture->database);
  g_assert_cmpuint (seen->bytes, >, 0);
}

static void
test_unknown (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (survey (fixture, fixture->engine, "Shopp", &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_NOT_FOUND);
}

static gboolean
back_up (Fixture    *fixture,
         const char *path,
         GError    **error)
{
  fixture->done = FALSE;
  dd_survey_back_up_async (fixture->engine, path, NULL, ready_cb, fixture);
  dd_test_wait (&fixture->done);
  return dd_survey_back_up_finish (fixture->engine, fixture->result, error);
}

/* A copy opens and holds the same; the file itself is never written over. */
static void
test_back_up (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "folder", "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DdEngine) copy = NULL;
  g_autoptr (DdSeen) seen = NULL;

  g_file_set_contents (path, "something else", -1, NULL);
  g_assert_true (back_up (fixture, path, &error));
  g_assert_no_error (error);
  copy = dd_engine_new (path);
  seen = survey (fixture, copy, "Shop", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen->environments->len, ==, 2);

  g_assert_false (back_up (fixture, nowhere, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (back_up (fixture, fixture->database, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/survey/seen", test_seen);
  ADD ("/survey/unknown", test_unknown);
  ADD ("/survey/back-up", test_back_up);
  return g_test_run ();
}
