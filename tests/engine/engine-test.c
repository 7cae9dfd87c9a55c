/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-test.h"

#include <glib/gstdio.h>

#include "dd-db-private.h"
#include "dd-file-import.h"
#include "dd-workspaces.h"

void
engine_test_init (EngineTest *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("doradash-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "doradash.db", NULL);
  self->engine = dd_engine_new (self->path);
  self->server = dd_test_server_new ();
}

void
engine_test_clear (EngineTest *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  dd_test_settle ();
  g_assert_finalize_object (self->engine);
  dd_test_server_free (self->server);
  dir = g_dir_open (self->folder, 0, NULL);
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
engine_test_keep_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
engine_test_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
engine_test_import (EngineTest *self,
                    const char *json)
{
  g_auto (GStrv) parts = g_strsplit (json, "@", -1);
  g_autofree char *text = g_strjoinv (self->server->url, parts);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dd_workspaces_import_async (self->engine, text, "workspace.json", FALSE, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  name = dd_workspaces_import_finish (self->engine, result, &error);
  g_assert_no_error (error);
}

void
engine_test_import_file (EngineTest *self,
                         const char *name,
                         const char *kind,
                         const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "records", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  dd_file_import_async (self->engine, name, kind, path, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  g_assert_cmpint (dd_file_import_finish (self->engine, result, &error), >=, 0);
  g_assert_no_error (error);
  g_unlink (path);
}

DdSyncResult *
engine_test_sync (EngineTest   *self,
                  GCancellable *cancellable,
                  GError      **error)
{
  DdSyncOptions options = { .since = DD_TIME_NONE };
  g_autoptr (GAsyncResult) result = NULL;

  dd_sync_run_async (self->engine, &options, cancellable, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  return dd_sync_run_finish (result, error);
}

DdSummary *
engine_test_summary (EngineTest *self,
                     DdQuery     query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DdSummary *summary;

  if (query.now == 0)
    query.now = ENGINE_TEST_NOW;
  dd_query_summary_async (self->engine, &query, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  summary = dd_query_summary_finish (self->engine, result, &error);
  g_assert_no_error (error);
  return summary;
}

DdRecordList *
engine_test_records (EngineTest *self,
                     DdQuery     query,
                     DdMetric    metric)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DdRecordList *list;

  if (query.now == 0)
    query.now = ENGINE_TEST_NOW;
  dd_query_records_async (self->engine, &query, metric, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  list = dd_query_records_finish (self->engine, result, &error);
  g_assert_no_error (error);
  return list;
}

char *
engine_test_describe (const DdMetrics *m)
{
  return g_strdup_printf (
    "frequency %d %u on %u days; lead %u (%u + %u) %.3f %.3f %.3f stages %.3f %.3f %.3f %.3f left out %u waiting %u;"
    " failures %u of %u (%u, %u); recovery %u + %u %.3f %.3f %.3f open %u left out %u; rework %u of %u",
    m->deployment_frequency.ok, m->deployment_frequency.deployments, m->deployment_frequency.deployment_days,
    m->lead_time.changes, m->lead_time.by_deploy, m->lead_time.by_merge, m->lead_time.median, m->lead_time.mean,
    m->lead_time.p90, m->lead_time.coding, m->lead_time.pickup, m->lead_time.review, m->lead_time.deploy, m->lead_time.left_out,
    m->lead_time.waiting, m->change_failure_rate.failed, m->change_failure_rate.deployments,
    m->change_failure_rate.failed_by_result, m->change_failure_rate.failed_by_incident, m->recovery_time.incidents,
    m->recovery_time.failed_deployments, m->recovery_time.median, m->recovery_time.mean, m->recovery_time.p90,
    m->recovery_time.open, m->recovery_time.left_out, m->rework_rate.unplanned, m->rework_rate.deployments);
}

static void
add_groups (GString   *text,
            GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const DdGroup *group = groups->pdata[i];
      g_autofree char *now = engine_test_describe (&group->now);
      g_autofree char *before = engine_test_describe (&group->before);

      g_string_append_printf (text, "%s (%d, %s): %s\n  before: %s\n", group->name, group->kind, group->reason, now, before);
    }
}

char *
engine_test_describe_all (const DdSummary *summary)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      g_autofree char *metrics = engine_test_describe (&summary->trend[i].metrics);

      g_string_append_printf (text, "%s\n", metrics);
    }
  add_groups (text, summary->repositories);
  add_groups (text, summary->teams);
  return g_string_free (text, FALSE);
}

void
engine_test_decide (EngineTest *self,
                    const char *incident,
                    DdLink      link,
                    const char *deployment)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_workspaces_decide_async (self->engine, NULL, incident, link, deployment, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  dd_workspaces_decide_finish (self->engine, result, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
exec_job (DdDb         *db,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  dd_db_exec (db, data, error);
  return NULL;
}

void
engine_test_exec (EngineTest *self,
                  const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dd_engine_run_async (self->engine, exec_job, g_strdup (sql), g_free, NULL, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  dd_engine_run_finish (self->engine, result, &error);
  g_assert_no_error (error);
}

static gpointer
ask_job (DdDb         *db,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db->handle, data, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      for (int i = 0; i < sqlite3_column_count (rows); i++)
        {
          const char *value = (const char *) sqlite3_column_text (rows, i);

          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", value != NULL ? value : "-");
        }
    }
  sqlite3_finalize (rows);
  return g_string_free (text, FALSE);
}

void
engine_test_assert (EngineTest *self,
                    const char *sql,
                    const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *answer = NULL;

  dd_engine_run_async (self->engine, ask_job, g_strdup (sql), g_free, g_free, NULL, engine_test_keep_cb, &result);
  engine_test_wait (&result);
  answer = dd_engine_run_finish (self->engine, result, NULL);
  g_assert_cmpstr (answer, ==, expected);
}
