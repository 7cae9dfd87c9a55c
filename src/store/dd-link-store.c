/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link-store.h"

#include "dd-db-private.h"

#define REPOSITORIES_OF_RANGE "(SELECT id FROM repository WHERE workspace_id = ?1 AND dirty AND id BETWEEN ?2 AND ?3)"

void
dd_dirty_repository_free (DdDirtyRepository *repository)
{
  if (repository == NULL)
    return;
  g_free (repository->name);
  g_free (repository->head);
  g_free (repository);
}

gboolean
dd_link_store_is_dirty (DdDb  *db,
                        gint64 workspace)
{
  return dd_db_int (db, 1,
                    "SELECT EXISTS (SELECT 1 FROM workspace WHERE id = ?1 AND dirty)"
                    " OR EXISTS (SELECT 1 FROM repository WHERE workspace_id = ?1 AND dirty)", "i", workspace) != 0;
}

GPtrArray *
dd_link_store_dirty_repositories (DdDb    *db,
                                  gint64   workspace,
                                  GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT id, name, head, chain_dirty,"
                                      " (SELECT count(*) FROM deployment WHERE repository_id = r.id) +"
                                      " (SELECT count(*) FROM change WHERE repository_id = r.id)"
                                      " FROM repository r WHERE workspace_id = ? AND dirty ORDER BY id", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_dirty_repository_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      DdDirtyRepository *repository;

      if (!row)
        return g_steal_pointer (&list);
      repository = g_new0 (DdDirtyRepository, 1);
      repository->id = sqlite3_column_int64 (rows, 0);
      repository->name = dd_db_column_dup (rows, 1);
      repository->head = dd_db_column_dup (rows, 2);
      repository->chain_dirty = sqlite3_column_int (rows, 3) != 0;
      repository->records = (guint) sqlite3_column_int64 (rows, 4);
      g_ptr_array_add (list, repository);
    }
  return NULL;
}

GPtrArray *
dd_link_store_commits (DdDb    *db,
                       gint64   repository,
                       GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT sha, parent, committed FROM branch_commit WHERE repository_id = ?", error);
  g_autoptr (GPtrArray) commits = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_commit_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", repository);
  while (dd_db_step (db, rows, &row, error))
    {
      DdCommit *commit;

      if (!row)
        return g_steal_pointer (&commits);
      commit = g_new0 (DdCommit, 1);
      commit->sha = dd_db_column_dup (rows, 0);
      commit->parent = dd_db_column_dup (rows, 1);
      commit->committed = dd_db_column_time (rows, 2);
      g_ptr_array_add (commits, commit);
    }
  return NULL;
}

gboolean
dd_link_store_set_position (DdDb       *db,
                            gint64      repository,
                            const char *sha,
                            int         position,
                            GError    **error)
{
  return dd_db_run (db, error,
                    "UPDATE branch_commit SET position = nullif (?3, -1) WHERE repository_id = ?1 AND sha = ?2"
                    " AND position IS NOT nullif (?3, -1)", "isn", repository, sha, position);
}

static int
column_position (sqlite3_stmt *rows,
                 int           column)
{
  return sqlite3_column_type (rows, column) == SQLITE_NULL ? -1 : sqlite3_column_int (rows, column);
}

static const char *
column_text (sqlite3_stmt *rows,
             int           column)
{
  return (const char *) sqlite3_column_text (rows, column);
}

gboolean
dd_link_store_each_deployment (DdDb                *db,
                               const DdLinkedRange *range,
                               DdDeploymentRowFunc  func,
                               gpointer             data,
                               GError             **error)
{
  /* The repositories' own rows first, in every case: without figures on the tables SQLite may start from the source. Their ids
   * are gathered and sorted, so that the table is read once from its beginning to its end. */
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT d.id, d.kind, d.environment, d.event, d.ref, d.label, d.created, d.finished,"
                                      " ifnull (d.committed, c.committed), c.position, d.result, d.errored, s.rank,"
                                      " d.repository_id"
                                      " FROM deployment d CROSS JOIN source s ON s.id = d.source_id"
                                      " LEFT JOIN branch_commit c ON c.repository_id = d.repository_id AND c.sha = d.sha"
                                      " WHERE d.id IN (SELECT id FROM deployment INDEXED BY deployment_repository"
                                      " WHERE repository_id IN " REPOSITORIES_OF_RANGE ") ORDER BY d.id", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iii", range->workspace, range->first, range->last);
  while (dd_db_step (db, rows, &row, error))
    {
      DdDeploymentRow deployment;

      if (!row)
        return TRUE;
      deployment = (DdDeploymentRow) {
        .id = sqlite3_column_int64 (rows, 0),
        .kind = sqlite3_column_int (rows, 1),
        .environment = column_text (rows, 2),
        .event = column_text (rows, 3),
        .ref = column_text (rows, 4),
        .label = column_text (rows, 5),
        .created = dd_db_column_time (rows, 6),
        .finished = dd_db_column_time (rows, 7),
        .committed = dd_db_column_time (rows, 8),
        .position = column_position (rows, 9),
        .result = sqlite3_column_int (rows, 10),
        .errored = sqlite3_column_int (rows, 11) != 0,
        .source_rank = sqlite3_column_int (rows, 12),
        .repository = sqlite3_column_int64 (rows, 13),
      };
      func (&deployment, data);
    }
  return FALSE;
}

gboolean
dd_link_store_each_change (DdDb                *db,
                           const DdLinkedRange *range,
                           DdChangeRowFunc      func,
                           gpointer             data,
                           GError             **error)
{
  /* A change's source that is no longer in the settings counts no more. */
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT h.id, h.title, h.author, h.head, h.bot, h.first_commit, h.opened, h.first_review,"
                                      " h.merged, c.position, h.repository_id"
                                      " FROM change h CROSS JOIN source s ON s.id = h.source_id"
                                      " LEFT JOIN branch_commit c ON c.repository_id = h.repository_id AND c.sha = h.sha"
                                      " WHERE h.id IN (SELECT id FROM change INDEXED BY change_repository"
                                      " WHERE repository_id IN " REPOSITORIES_OF_RANGE ") AND s.rank >= 0 ORDER BY h.id", error);
  gboolean row;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iii", range->workspace, range->first, range->last);
  while (dd_db_step (db, rows, &row, error))
    {
      DdChangeRow change;

      if (!row)
        return TRUE;
      change = (DdChangeRow) {
        .id = sqlite3_column_int64 (rows, 0),
        .title = column_text (rows, 1),
        .author = column_text (rows, 2),
        .head = column_text (rows, 3),
        .bot = sqlite3_column_int (rows, 4) != 0,
        .first_commit = dd_db_column_time (rows, 5),
        .opened = dd_db_column_time (rows, 6),
        .first_review = dd_db_column_time (rows, 7),
        .merged = dd_db_column_time (rows, 8),
        .position = column_position (rows, 9),
        .repository = sqlite3_column_int64 (rows, 10),
      };
      func (&change, data);
    }
  return FALSE;
}

gboolean
dd_link_store_clear_facts (DdDb                *db,
                           const DdLinkedRange *range,
                           GError             **error)
{
  return dd_db_run (db, error, "DELETE FROM deployment_fact WHERE repository_id IN " REPOSITORIES_OF_RANGE, "iii",
                    range->workspace, range->first, range->last) &&
         dd_db_run (db, error, "DELETE FROM change_fact WHERE repository_id IN " REPOSITORIES_OF_RANGE, "iii",
                    range->workspace, range->first, range->last) &&
         dd_db_run (db, error, "DELETE FROM recovery_fact WHERE workspace_id = ?1 AND kind = 1 AND repository_id IN "
                    REPOSITORIES_OF_RANGE, "iii", range->workspace, range->first, range->last);
}

gboolean
dd_link_store_add_deployment (DdDb                   *db,
                              gint64                  workspace,
                              const DdDeploymentFact *fact,
                              GError                **error)
{
  return dd_db_run (db, error,
                    "INSERT INTO deployment_fact (workspace_id, counted, at, id, repository_id, flags, rule)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    "iniiinn", workspace, (int) dd_rule_counts (fact->rule), fact->at, fact->id, fact->repository, fact->flags,
                    (int) fact->rule);
}

gboolean
dd_link_store_add_change (DdDb               *db,
                          gint64              workspace,
                          const DdChangeFact *fact,
                          GError            **error)
{
  return dd_db_run (db, error,
                    "INSERT INTO change_fact (workspace_id, counted, at, id, repository_id, rule, lead, coding, pickup, review,"
                    " deploy, deployment_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0))",
                    "iniiintttt" "ti", workspace, (int) dd_rule_counts (fact->rule), fact->at, fact->id, fact->repository,
                    (int) fact->rule, fact->lead, fact->coding, fact->pickup, fact->review, fact->deploy, fact->deployment);
}

gboolean
dd_link_store_add_recovery (DdDb                 *db,
                            gint64                workspace,
                            const DdRecoveryFact *fact,
                            GError              **error)
{
  return dd_db_run (db, error,
                    "INSERT INTO recovery_fact (workspace_id, ended, kind, id, repository_id, started, failed_started, duration,"
                    " failed_duration, deployment_id, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?)",
                    "iiniiitttin", workspace, fact->ended == DD_TIME_NONE ? G_MAXINT64 : fact->ended, (int) fact->kind, fact->id,
                    fact->repository, fact->started, fact->failed_started, fact->duration, fact->failed_duration,
                    fact->deployment, (int) fact->link);
}

gboolean
dd_link_store_set_repository (DdDb                   *db,
                              gint64                  repository,
                              const DdRepositoryFact *fact,
                              GError                **error)
{
  /* Incidents are attributed anew after this, also where the program ends in between. */
  return dd_db_run (db, error, "UPDATE workspace SET dirty = 1 WHERE NOT dirty AND id = (SELECT workspace_id FROM repository"
                               " WHERE id = ?)", "i", repository) &&
         dd_db_run (db, error,
                    "UPDATE repository SET kind = ?, reason = ?, deployed = ?, excluded = ?, first_at = ?, last_at = ?, dirty = 0,"
                    " chain_dirty = 0 WHERE id = ?",
                    "nsnntti", fact->kind, fact->reason, (int) fact->deployed, (int) fact->excluded, fact->first_at, fact->last_at,
                    repository);
}
