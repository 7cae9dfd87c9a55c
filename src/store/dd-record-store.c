/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-store.h"

#include "dd-db-private.h"
#include "dd-settings.h"

/* One page on its way in. */
typedef struct
{
  DdDb   *db;
  gint64  workspace;
  gint64  source;
  GHashTable *repositories; /* name → Target */
  struct _Target *target;   /* of the record at hand */
} Writer;

/* A repository that records of the page belong to. */
typedef struct _Target
{
  gint64   id;
  gboolean marked; /* for linking already */
} Target;

/* The repository's id; made where it is not known yet (a service may tell of a deployment before its repository). 0 with an error. */
static gint64
find_repository (Writer     *writer,
                 const char *name,
                 GError    **error)
{
  if (name == NULL)
    name = "";
  writer->target = g_hash_table_lookup (writer->repositories, name);
  if (writer->target != NULL)
    return writer->target->id;
  if (!dd_db_run (writer->db, error, "INSERT OR IGNORE INTO repository (workspace_id, name) VALUES (?, ?)", "is",
                  writer->workspace, name))
    return 0;
  writer->target = g_new0 (Target, 1);
  writer->target->id = dd_db_int (writer->db, 0, "SELECT id FROM repository WHERE workspace_id = ? AND name = ?", "is",
                                  writer->workspace, name);
  if (writer->target->id == 0)
    {
      g_clear_pointer (&writer->target, g_free);
      dd_db_fail (writer->db, writer->db->failure, error);
      return 0;
    }
  g_hash_table_insert (writer->repositories, g_strdup (name), writer->target);
  return writer->target->id;
}

/* Where the last statement changed a row, the repository's facts are to be worked out anew. */
static gboolean
mark_repository (Writer  *writer,
                 GError **error)
{
  if (writer->target->marked || sqlite3_changes (writer->db->handle) == 0)
    return TRUE;
  writer->target->marked = TRUE;
  return dd_db_run (writer->db, error, "UPDATE repository SET dirty = 1 WHERE id = ?", "i", writer->target->id);
}

static gboolean
put_repository (Writer             *writer,
                const DdRepository *repository,
                GError            **error)
{
  gint64 id = find_repository (writer, repository->name, error);

  return id != 0 &&
         dd_db_run (writer->db, error,
                    "UPDATE repository SET full_name = ifnull (?, full_name), key = ifnull (?, key), url = ifnull (?, url),"
                    " archived = ?, chain_dirty = chain_dirty OR (?5 IS NOT NULL AND head IS NOT ?5),"
                    " dirty = dirty OR (?5 IS NOT NULL AND head IS NOT ?5), head = ifnull (?5, head) WHERE id = ?",
                    "sssnsi", repository->full_name, repository->key, repository->url, repository->archived, repository->head, id);
}

static gboolean
put_statuses (Writer             *writer,
              const DdDeployment *deployment,
              GError            **error)
{
  gint64 id;

  if (deployment->statuses == NULL || deployment->statuses->len == 0)
    return TRUE;
  id = dd_db_int (writer->db, 0, "SELECT id FROM deployment WHERE source_id = ? AND key = ?", "is", writer->source, deployment->key);
  if (!dd_db_run (writer->db, error, "DELETE FROM deployment_status WHERE deployment_id = ?", "i", id))
    return FALSE;
  for (guint i = 0; i < deployment->statuses->len; i++)
    {
      const DdDeploymentStatus *status = &g_array_index (deployment->statuses, DdDeploymentStatus, i);

      if (!dd_db_run (writer->db, error,
                      "INSERT INTO deployment_status (deployment_id, number, state, at) VALUES (?, ?, ?, ?)", "inst", id,
                      (int) i, status->state != NULL ? status->state : "", status->at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_deployment (Writer             *writer,
                const DdDeployment *deployment,
                GError            **error)
{
  gint64 repository = find_repository (writer, deployment->repository, error);

  if (repository == 0 ||
      !dd_db_put (writer->db, error,
                  "INSERT INTO deployment (repository_id, source_id, kind, key, environment, sha, ref, label, event, url, created,"
                  " finished, committed, result, errored) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (source_id, key) DO NOTHING",
                  "UPDATE deployment SET repository_id = ?1, kind = ?3, environment = ?5, sha = ?6, ref = ?7, label = ?8,"
                  " event = ?9, url = ?10, created = ?11, finished = ?12, committed = ifnull (?13, committed), result = ?14,"
                  " errored = ?15 WHERE source_id = ?2 AND key = ?4 AND (repository_id IS NOT ?1 OR kind IS NOT ?3"
                  " OR environment IS NOT ?5 OR sha IS NOT ?6 OR ref IS NOT ?7 OR label IS NOT ?8 OR event IS NOT ?9"
                  " OR url IS NOT ?10 OR created IS NOT ?11 OR finished IS NOT ?12 OR result IS NOT ?14"
                  " OR errored IS NOT ?15 OR (committed IS NULL AND ?13 IS NOT NULL))",
                  "iinssssssstttnn", repository, writer->source, (int) deployment->kind, deployment->key, deployment->environment,
                  deployment->commit, deployment->ref, deployment->label, deployment->event, deployment->url, deployment->created,
                  deployment->finished, deployment->committed, (int) deployment->result, (int) deployment->errored))
    return FALSE;
  /* A status that comes later can change nothing that was settled, but the history is kept whole. */
  return mark_repository (writer, error) && put_statuses (writer, deployment, error);
}

static gboolean
put_change (Writer         *writer,
            const DdChange *change,
            GError        **error)
{
  gint64 repository = find_repository (writer, change->repository, error);

  return repository != 0 &&
         dd_db_put (writer->db, error,
                    "INSERT INTO change (repository_id, source_id, key, number, title, author, bot, head, sha, url, first_commit,"
                    " opened, first_review, merged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (source_id, key) DO NOTHING",
                    "UPDATE change SET repository_id = ?1, number = ?4, title = ?5, author = ?6, bot = ?7, head = ?8, sha = ?9,"
                    " url = ?10, first_commit = ?11, opened = ?12, first_review = ?13, merged = ?14"
                    " WHERE source_id = ?2 AND key = ?3 AND (repository_id IS NOT ?1 OR number IS NOT ?4 OR title IS NOT ?5 OR author IS NOT ?6"
                    " OR bot IS NOT ?7 OR head IS NOT ?8 OR sha IS NOT ?9 OR url IS NOT ?10 OR first_commit IS NOT ?11 OR opened IS NOT ?12"
                    " OR first_review IS NOT ?13 OR merged IS NOT ?14)",
                    "iisissnssstttt", repository, writer->source, change->key, change->number, change->title, change->author,
                    (int) change->author_is_bot, change->head, change->merge_commit, change->url, change->first_commit,
                    change->opened, change->first_review, change->merged) &&
         mark_repository (writer, error);
}

static gboolean
put_commits (Writer        *writer,
             const DdBatch *batch,
             GError       **error)
{
  gint64 repository;
  gboolean changed = FALSE;

  if (batch->commits->len == 0)
    return TRUE;
  repository = find_repository (writer, batch->repository, error);
  for (guint i = 0; repository != 0 && i < batch->commits->len; i++)
    {
      const DdCommit *commit = g_ptr_array_index (batch->commits, i);

      if (!dd_db_put (writer->db, error,
                      "INSERT INTO branch_commit (repository_id, sha, parent, committed) VALUES (?, ?, ?, ?)"
                      " ON CONFLICT (repository_id, sha) DO NOTHING",
                      "UPDATE branch_commit SET parent = ?3, committed = ?4 WHERE repository_id = ?1 AND sha = ?2"
                      " AND (parent IS NOT ?3 OR committed IS NOT ?4)",
                      "isst", repository, commit->sha, commit->parent, commit->committed))
        return FALSE;
      changed |= sqlite3_changes (writer->db->handle) > 0;
    }
  return repository != 0 &&
         (!changed || dd_db_run (writer->db, error, "UPDATE repository SET dirty = 1, chain_dirty = 1 WHERE id = ?", "i", repository));
}

static gboolean
put_incident (Writer           *writer,
              const DdIncident *incident,
              GError          **error)
{
  g_autofree char *labels = incident->labels != NULL ? g_strjoinv ("\n", incident->labels) : NULL;

  if (!dd_db_put (writer->db, error,
                  "INSERT INTO incident (workspace_id, source_id, kind, state, key, name, title, url, links, labels, repository,"
                  " severity, deployment, started, resolved, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT (source_id, key) DO NOTHING",
                  "UPDATE incident SET kind = ?3, state = ?4, name = ?6, title = ?7, url = ?8, links = ?9, labels = ?10,"
                  " repository = ?11, severity = ?12, deployment = ?13, started = ?14, resolved = ?15, updated = ?16"
                  " WHERE source_id = ?2 AND key = ?5 AND (kind IS NOT ?3 OR state IS NOT ?4 OR name IS NOT ?6 OR title IS NOT ?7 OR url IS NOT ?8"
                  " OR links IS NOT ?9 OR labels IS NOT ?10 OR repository IS NOT ?11 OR severity IS NOT ?12"
                  " OR deployment IS NOT ?13 OR started IS NOT ?14 OR resolved IS NOT ?15)",
                  "iinnsssssssssttt", writer->workspace, writer->source, (int) incident->kind, (int) incident->state, incident->key,
                  incident->name, incident->title, incident->url, incident->links, labels, incident->repository,
                  incident->severity, incident->deployment, incident->started, incident->resolved, incident->updated))
    return FALSE;
  return sqlite3_changes (writer->db->handle) == 0 ||
         dd_db_run (writer->db, error, "UPDATE workspace SET dirty = 1 WHERE id = ? AND NOT dirty", "i", writer->workspace);
}

static gboolean
put_gone (Writer     *writer,
          const char *key,
          GError    **error)
{
  return dd_db_run (writer->db, error,
                    "UPDATE repository SET dirty = 1 WHERE id = (SELECT repository_id FROM deployment WHERE source_id = ? AND key = ?)",
                    "is", writer->source, key) &&
         /* Its row's number may be given to another deployment, to which nobody linked anything. */
         dd_db_run (writer->db, error,
                    "DELETE FROM decision WHERE workspace_id = ? AND deployment_id = (SELECT id FROM deployment WHERE source_id = ?"
                    " AND key = ?)", "iis", writer->workspace, writer->source, key) &&
         dd_db_run (writer->db, error, "DELETE FROM deployment WHERE source_id = ? AND key = ?", "is", writer->source, key);
}

static gboolean
put_cursor (Writer         *writer,
            const DdCursor *cursor,
            GError        **error)
{
  if (cursor->value == NULL)
    return dd_db_run (writer->db, error, "DELETE FROM cursor WHERE source_id = ? AND scope = ? AND stream = ?", "iss",
                      writer->source, cursor->scope, cursor->stream);
  return dd_db_run (writer->db, error, "INSERT OR REPLACE INTO cursor (source_id, scope, stream, value) VALUES (?, ?, ?, ?)", "isss",
                    writer->source, cursor->scope, cursor->stream, cursor->value);
}

static gboolean
put_all (Writer        *writer,
         const DdBatch *batch,
         GError       **error)
{
  for (guint i = 0; i < batch->repositories->len; i++)
    if (!put_repository (writer, g_ptr_array_index (batch->repositories, i), error))
      return FALSE;
  for (guint i = 0; i < batch->deployments->len; i++)
    if (!put_deployment (writer, g_ptr_array_index (batch->deployments, i), error))
      return FALSE;
  for (guint i = 0; i < batch->changes->len; i++)
    if (!put_change (writer, g_ptr_array_index (batch->changes, i), error))
      return FALSE;
  if (!put_commits (writer, batch, error))
    return FALSE;
  for (guint i = 0; i < batch->incidents->len; i++)
    if (!put_incident (writer, g_ptr_array_index (batch->incidents, i), error))
      return FALSE;
  for (guint i = 0; i < batch->gone->len; i++)
    if (!put_gone (writer, g_ptr_array_index (batch->gone, i), error))
      return FALSE;
  for (guint i = 0; i < batch->cursors->len; i++)
    if (!put_cursor (writer, &g_array_index (batch->cursors, DdCursor, i), error))
      return FALSE;
  return TRUE;
}

gboolean
dd_record_store_put (DdDb          *db,
                     gint64         workspace,
                     gint64         source,
                     const DdBatch *batch,
                     GError       **error)
{
  Writer writer = { .db = db, .workspace = workspace, .source = source };
  gboolean done;

  if (!dd_db_begin (db, error))
    return FALSE;
  writer.repositories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = put_all (&writer, batch, error) && dd_db_commit (db, error);
  if (!done)
    dd_db_rollback (db);
  g_hash_table_unref (writer.repositories);
  return done;
}

GHashTable *
dd_record_store_unsettled (DdDb    *db,
                           gint64   source,
                           gint64   young,
                           GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT r.name, d.key FROM deployment d JOIN repository r ON r.id = d.repository_id"
                                      " WHERE d.source_id = ?1 AND d.result = 0"
                                      " UNION SELECT r.name, d.key FROM deployment_fact f JOIN deployment d ON d.id = f.id"
                                      " JOIN repository r ON r.id = d.repository_id"
                                      " WHERE f.workspace_id = (SELECT workspace_id FROM source WHERE id = ?1)"
                                      " AND f.counted IN (0, 1) AND f.at > ?2 AND d.source_id = ?1 AND d.created > ?2", error);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "it", source, young);
  while (dd_db_step (db, rows, &row, error))
    {
      GPtrArray *list;

      if (!row)
        return g_steal_pointer (&keys);
      list = g_hash_table_lookup (keys, sqlite3_column_text (rows, 0));
      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (keys, dd_db_column_dup (rows, 0), list);
        }
      g_ptr_array_add (list, dd_db_column_dup (rows, 1));
    }
  return NULL;
}

GPtrArray *
dd_record_store_repositories (DdDb    *db,
                              gint64   workspace,
                              GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT name FROM repository WHERE workspace_id = ? ORDER BY name", error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &row, error))
    {
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, dd_db_column_dup (rows, 0));
    }
  return NULL;
}
