/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-test.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dd-record-store.h"
#include "dd-workspace-store.h"

gint64
store_test_add_workspace (StoreTest  *self,
                          const char *name,
                          gint64     *source)
{
  g_autoptr (DdSettings) settings = dd_settings_new (name);
  g_autoptr (GError) error = NULL;
  DdSourceSettings *files = dd_source_settings_new ("files");
  gint64 workspace;

  g_ptr_array_add (settings->sources, files);
  workspace = dd_workspace_store_save (self->db, settings, "{}", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (workspace, >, 0);
  *source = dd_workspace_store_source (self->db, workspace, files);
  g_assert_cmpint (*source, >, 0);
  return workspace;
}

void
store_test_init (StoreTest *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("doradash-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "doradash.db", NULL);
  self->db = dd_db_open (self->path, &error);
  g_assert_no_error (error);
  self->workspace = store_test_add_workspace (self, "Northwind", &self->source);
}

void
store_test_clear (StoreTest *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  dd_db_close (self->db);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

void
store_test_reopen (StoreTest *self)
{
  g_autoptr (GError) error = NULL;

  dd_db_close (self->db);
  self->db = dd_db_open (self->path, &error);
  g_assert_no_error (error);
}

DdDeployment *
store_test_deployment (const char *key,
                       const char *repository,
                       int         hour,
                       DdResult    result)
{
  DdDeployment *deployment = g_new0 (DdDeployment, 1);

  deployment->kind = DD_KIND_DEPLOYMENT;
  deployment->key = g_strdup (key);
  deployment->repository = g_strdup (repository);
  deployment->environment = g_strdup ("production");
  deployment->ref = g_strdup ("main");
  deployment->created = STORE_TEST_HOUR (hour) - 5 * DD_MINUTE;
  deployment->finished = result == DD_RESULT_RUNNING ? DD_TIME_NONE : STORE_TEST_HOUR (hour);
  deployment->committed = DD_TIME_NONE;
  deployment->result = result;
  return deployment;
}

DdChange *
store_test_change (const char *key,
                   const char *repository,
                   int         hour)
{
  DdChange *change = g_new0 (DdChange, 1);

  change->key = g_strdup (key);
  change->repository = g_strdup (repository);
  change->title = g_strdup_printf ("Change %s", key);
  change->author = g_strdup ("mara");
  change->merged = STORE_TEST_HOUR (hour);
  change->first_review = change->merged - DD_HOUR;
  change->opened = change->merged - 2 * DD_HOUR;
  change->first_commit = change->merged - 4 * DD_HOUR;
  return change;
}

DdIncident *
store_test_incident (const char *key,
                     const char *repository,
                     int         hour)
{
  DdIncident *incident = g_new0 (DdIncident, 1);

  incident->kind = DD_INCIDENT_INCIDENT;
  incident->key = g_strdup (key);
  incident->name = g_strdup (key);
  incident->title = g_strdup_printf ("Incident %s", key);
  incident->repository = g_strdup (repository);
  incident->started = STORE_TEST_HOUR (hour);
  incident->resolved = STORE_TEST_HOUR (hour + 1);
  incident->updated = incident->resolved;
  return incident;
}

void
store_test_put (StoreTest *self,
                DdBatch   *batch)
{
  g_autoptr (GError) error = NULL;

  dd_record_store_put (self->db, self->workspace, self->source, batch, &error);
  g_assert_no_error (error);
  dd_batch_free (batch);
}

char *
store_test_ask (DdDb       *db,
                const char *sql)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *rows = NULL;
  int code = sqlite3_prepare_v2 (db->handle, sql, -1, &rows, NULL);

  g_assert_cmpint (code, ==, SQLITE_OK);
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      for (int i = 0; i < sqlite3_column_count (rows); i++)
        {
          const char *value = (const char *) sqlite3_column_text (rows, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", value != NULL ? value : "-");
        }
    }
  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (rows);
  return g_string_free (text, FALSE);
}

void
store_test_assert (DdDb       *db,
                   const char *sql,
                   const char *expected)
{
  g_autofree char *answer = store_test_ask (db, sql);

  g_assert_cmpstr (answer, ==, expected);
}

GPid
store_test_fork (StoreTestFunc func,
                 gpointer      data)
{
  GPid pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (func (data));
  return pid;
}

int
store_test_join (GPid pid)
{
  int status = 0;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFSIGNALED (status) ? -WTERMSIG (status) : WEXITSTATUS (status);
}

void
store_test_pipe_init (StoreTestPipe *self)
{
  g_assert_cmpint (pipe (self->ends), ==, 0);
}

void
store_test_pipe_clear (StoreTestPipe *self)
{
  close (self->ends[0]);
  close (self->ends[1]);
}

void
store_test_pipe_tell (StoreTestPipe *self)
{
  g_assert_cmpint (write (self->ends[1], "!", 1), ==, 1);
}

gboolean
store_test_pipe_wait (StoreTestPipe *self)
{
  char byte;

  return read (self->ends[0], &byte, 1) == 1;
}
