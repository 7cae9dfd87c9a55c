/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-workspace-store.h"

#include <glib/gi18n-lib.h>

#include "dd-db-private.h"
#include "dd-error.h"
#include "dd-join.h"

static gboolean
save_sources (DdDb             *db,
              gint64            workspace,
              const DdSettings *settings,
              GError          **error)
{
  if (!dd_db_run (db, error, "UPDATE source SET rank = -1 WHERE workspace_id = ?", "i", workspace))
    return FALSE;
  for (guint i = 0; i < settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (settings->sources, i);

      if (!dd_db_run (db, error,
                      "INSERT INTO source (workspace_id, type, url, organization, rank) VALUES (?, ?, ?, ?, ?)"
                      " ON CONFLICT (workspace_id, type, url, organization) DO UPDATE SET rank = excluded.rank",
                      "isssn", workspace, source->type, source->url != NULL ? source->url : "",
                      source->organization != NULL ? source->organization : "", (int) i))
        return FALSE;
    }
  return TRUE;
}

gint64
dd_workspace_store_save (DdDb             *db,
                         const DdSettings *settings,
                         const char       *json,
                         gboolean          sample,
                         GError          **error)
{
  gint64 workspace;

  if (!dd_db_begin (db, error))
    return 0;
  if (!dd_db_run (db, error,
                  "INSERT INTO workspace (name, settings, sample) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
                  " SET name = excluded.name, settings = excluded.settings, sample = excluded.sample, dirty = 1",
                  "ssn", settings->name, json, sample))
    goto fail;
  workspace = dd_db_int (db, 0, "SELECT id FROM workspace WHERE name = ?", "s", settings->name);
  /* Settings say which records count, so that all facts are worked out anew. */
  if (!dd_db_run (db, error, "UPDATE repository SET dirty = 1 WHERE workspace_id = ?", "i", workspace) ||
      !save_sources (db, workspace, settings, error) || !dd_db_commit (db, error))
    goto fail;
  return workspace;

fail:
  dd_db_rollback (db);
  return 0;
}

gboolean
dd_workspace_store_is_sample (DdDb  *db,
                              gint64 workspace)
{
  return dd_db_int (db, 0, "SELECT sample FROM workspace WHERE id = ?", "i", workspace) != 0;
}

GPtrArray *
dd_workspace_store_list (DdDb    *db,
                         GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT name FROM workspace ORDER BY name", error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, dd_db_column_dup (rows, 0));
    }
  return NULL;
}

/* One sentence that says what there is instead. */
static void
fail_unknown (DdDb       *db,
              const char *name,
              GError    **error)
{
  g_autoptr (GPtrArray) names = dd_workspace_store_list (db, error);
  g_autofree char *list = NULL;
  const char *near;

  if (names == NULL)
    return;
  g_ptr_array_add (names, NULL);
  list = dd_join_items ((const char * const *) names->pdata);
  if (names->len == 1)
    g_set_error_literal (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                         _("There is no workspace yet; make one with “doradash workspace import FILE”, or look around with "
                           "“doradash demo”."));
  else if (name == NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There are several workspaces; choose one with --workspace: %s."), list);
  else if ((near = dd_suggest (name, (const char * const *) names->pdata)) != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("There is no workspace “%s”; did you mean “%s”?"), name, near);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, _("There is no workspace “%s”; there is %s."), name, list);
}

char *
dd_workspace_store_load (DdDb       *db,
                         const char *name,
                         gint64     *workspace,
                         GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT id, settings FROM workspace WHERE ?1 IS NULL OR name = ?1 LIMIT 2", error);
  g_autofree char *settings = NULL;
  gboolean row, more = FALSE;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "s", name);
  if (!dd_db_step (db, rows, &row, error))
    return NULL;
  if (row)
    {
      *workspace = sqlite3_column_int64 (rows, 0);
      settings = dd_db_column_dup (rows, 1);
      if (!dd_db_step (db, rows, &more, error))
        return NULL;
    }
  sqlite3_reset (rows);
  if (settings != NULL && !more)
    return g_steal_pointer (&settings);
  fail_unknown (db, name, error);
  return NULL;
}

gboolean
dd_workspace_store_remove (DdDb       *db,
                           const char *name,
                           GError    **error)
{
  gint64 workspace;
  g_autofree char *settings = dd_workspace_store_load (db, name, &workspace, error);

  if (settings == NULL || !dd_db_begin (db, error))
    return FALSE;
  if (dd_db_run (db, error, "DELETE FROM deployment_fact WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM change_fact WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM recovery_fact WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM error_event WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM log_event WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM log_run WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM error_total WHERE workspace_id = ?", "i", workspace) &&
      dd_db_run (db, error, "DELETE FROM workspace WHERE id = ?", "i", workspace) && dd_db_commit (db, error))
    return TRUE;
  dd_db_rollback (db);
  return FALSE;
}

gint64
dd_workspace_store_source (DdDb                   *db,
                           gint64                  workspace,
                           const DdSourceSettings *source)
{
  return dd_db_int (db, 0,
                    "SELECT id FROM source WHERE workspace_id = ? AND type = ? AND url = ? AND organization = ?", "isss",
                    workspace, source->type, source->url != NULL ? source->url : "",
                    source->organization != NULL ? source->organization : "");
}

gboolean
dd_workspace_store_source_done (DdDb       *db,
                                gint64      source,
                                const char *message,
                                gint64      now,
                                GError    **error)
{
  /* Counted here, once a sync, so that a report need not. */
  if (!dd_db_run (db, error,
                  "UPDATE source SET records = (SELECT count(*) FROM deployment WHERE source_id = ?1)"
                  " + (SELECT count(*) FROM change WHERE source_id = ?1) + (SELECT count(*) FROM incident WHERE source_id = ?1)"
                  " WHERE id = ?1", "i", source))
    return FALSE;
  if (message != NULL)
    return dd_db_run (db, error, "UPDATE source SET status = 'failed', message = ? WHERE id = ?", "si", message, source);
  return dd_db_run (db, error, "UPDATE source SET status = 'ok', message = NULL, last_sync = ? WHERE id = ?", "ti", now, source);
}

GPtrArray *
dd_workspace_store_source_states (DdDb    *db,
                                  gint64   workspace,
                                  GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT type, status, last_sync, message, records"
                                      " FROM source WHERE workspace_id = ? AND rank >= 0 ORDER BY rank", error);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_source_state_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      DdSourceState *state;

      if (!row)
        return g_steal_pointer (&states);
      state = g_new0 (DdSourceState, 1);
      state->type = dd_db_column_dup (rows, 0);
      state->status = dd_db_column_dup (rows, 1);
      state->last_sync = dd_db_column_time (rows, 2);
      state->message = dd_db_column_dup (rows, 3);
      state->records = (guint) sqlite3_column_int64 (rows, 4);
      g_ptr_array_add (states, state);
    }
  return NULL;
}

GHashTable *
dd_workspace_store_cursors (DdDb    *db,
                            gint64   source,
                            GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT scope || char(10) || stream, value FROM cursor WHERE source_id = ?", error);
  g_autoptr (GHashTable) cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", source);
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&cursors);
      g_hash_table_insert (cursors, dd_db_column_dup (rows, 0), dd_db_column_dup (rows, 1));
    }
  return NULL;
}

/* By its key, by "repository/key" or by what people call it; -1 where it is not known. */
static gint64
find_deployment (DdDb       *db,
                 gint64      workspace,
                 const char *name)
{
  return dd_db_int (db, -1,
                    "SELECT d.id FROM deployment d JOIN repository r ON r.id = d.repository_id"
                    " WHERE r.workspace_id = ?1 AND (d.key = ?2 OR r.name || '/' || d.key = ?2"
                    " OR r.name || ' ' || d.label = ?2 OR d.url = ?2) ORDER BY d.finished DESC LIMIT 1",
                    "is", workspace, name);
}

/* What decisions about the incident are filed under: its name, or its key where it has none. NULL where it is not known. */
static char *
find_incident (DdDb       *db,
               gint64      workspace,
               const char *name,
               GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (name, key) FROM incident WHERE workspace_id = ?1"
                                      " AND (name = ?2 COLLATE NOCASE OR key = ?2) ORDER BY name IS NULL, id LIMIT 1", error);
  char *found = NULL;
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "is", workspace, name);
  if (!dd_db_step (db, rows, &row, error))
    return NULL;
  if (row)
    found = dd_db_column_dup (rows, 0);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                 _("There is no incident “%s”; “doradash records recovery_time” lists them."), name);
  sqlite3_reset (rows);
  return found;
}

gboolean
dd_workspace_store_decision (DdDb       *db,
                             gint64      workspace,
                             const char *incident,
                             DdLink     *link,
                             char      **deployment,
                             GError    **error)
{
  g_autofree char *filed = find_incident (db, workspace, incident, error);
  sqlite3_stmt *rows;
  gboolean row;

  *link = DD_LINK_NONE;
  *deployment = NULL;
  if (filed == NULL)
    return FALSE;
  rows = dd_db_prepare (db, "SELECT c.link, r.name || '/' || d.key FROM decision c LEFT JOIN deployment d"
                            " ON d.id = c.deployment_id LEFT JOIN repository r ON r.id = d.repository_id"
                            " WHERE c.workspace_id = ? AND c.incident = ?", error);
  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "is", workspace, filed);
  if (!dd_db_step (db, rows, &row, error))
    return FALSE;
  if (row)
    {
      *link = sqlite3_column_int (rows, 0);
      *deployment = dd_db_column_dup (rows, 1);
    }
  sqlite3_reset (rows);
  return TRUE;
}

gboolean
dd_workspace_store_decide (DdDb       *db,
                           gint64      workspace,
                           const char *incident,
                           DdLink      link,
                           const char *deployment,
                           GError    **error)
{
  g_autofree char *filed = find_incident (db, workspace, incident, error);
  gint64 deployment_id = 0;

  if (filed == NULL)
    return FALSE;
  if (link == DD_LINK_BY_HAND && (deployment_id = find_deployment (db, workspace, deployment)) < 0)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                   _("There is no deployment “%s”; “doradash records deployment_frequency” lists them."), deployment);
      return FALSE;
    }
  if (!dd_db_begin (db, error))
    return FALSE;
  if ((link == DD_LINK_NONE
         ? dd_db_run (db, error, "DELETE FROM decision WHERE workspace_id = ? AND incident = ?", "is", workspace, filed)
         : dd_db_run (db, error, "INSERT OR REPLACE INTO decision (workspace_id, incident, link, deployment_id) VALUES (?, ?, ?, ?)",
                      "isni", workspace, filed, (int) link, deployment_id)) &&
      dd_db_run (db, error, "UPDATE workspace SET dirty = 1 WHERE id = ?", "i", workspace) && dd_db_commit (db, error))
    return TRUE;
  dd_db_rollback (db);
  return FALSE;
}
