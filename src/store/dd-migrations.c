/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "dd-db-private.h"
#include "dd-error.h"

/* "DDsh" in ASCII: tells the program's own files from other databases. */
#define APPLICATION_ID 0x44447368

/*
 * Each entry takes the schema one version up and is never changed once released. Instants and durations are microseconds.
 *
 * Records are as the services told them. Facts are what they come to under the workspace's settings: rewritten whenever
 * either changes (repository.dirty, workspace.dirty), and all that a report reads. Facts are clustered by time, because a
 * report reads a window of it; `counted` comes first, so that what does not count is not read.
 */
/* A due time has one run and no more, whoever takes it. What was told of alerts is not told again. */
static const char schedules[] =
  "ALTER TABLE run ADD COLUMN due INTEGER;"
  "CREATE UNIQUE INDEX run_due ON run (workspace_id, schedule, due) WHERE due IS NOT NULL;"
  "CREATE TABLE schedule ("
  "  workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE, id TEXT NOT NULL, rule TEXT NOT NULL,"
  "  since INTEGER NOT NULL, handled INTEGER NOT NULL, PRIMARY KEY (workspace_id, id)) WITHOUT ROWID;"
  "CREATE TABLE alert ("
  "  workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE, subject TEXT NOT NULL, told INTEGER NOT NULL,"
  "  PRIMARY KEY (workspace_id, subject)) WITHOUT ROWID;";

static const char * const own_migrations[] = {
  "CREATE TABLE workspace ("
  "  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, settings TEXT NOT NULL,"
  "  sample INTEGER NOT NULL DEFAULT 0, dirty INTEGER NOT NULL DEFAULT 1);"
  "CREATE TABLE source ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE,"
  "  type TEXT NOT NULL, url TEXT NOT NULL, organization TEXT NOT NULL, rank INTEGER NOT NULL," /* -1: no longer in the settings */
  "  status TEXT NOT NULL DEFAULT 'never', message TEXT, last_sync INTEGER, records INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (workspace_id, type, url, organization));"
  "CREATE TABLE cursor ("
  "  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, scope TEXT NOT NULL, stream TEXT NOT NULL,"
  "  value TEXT NOT NULL, PRIMARY KEY (source_id, scope, stream)) WITHOUT ROWID;"
  "CREATE TABLE repository ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE,"
  "  name TEXT NOT NULL COLLATE NOCASE, full_name TEXT, key TEXT, url TEXT, head TEXT, archived INTEGER NOT NULL DEFAULT 0,"
  "  kind INTEGER NOT NULL DEFAULT 0, reason TEXT, deployed INTEGER NOT NULL DEFAULT 0, excluded INTEGER NOT NULL DEFAULT 0,"
  "  first_at INTEGER, last_at INTEGER, dirty INTEGER NOT NULL DEFAULT 1, chain_dirty INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (workspace_id, name));"
  "CREATE INDEX repository_dirty ON repository (workspace_id) WHERE dirty;"
  "CREATE TABLE deployment ("
  "  id INTEGER PRIMARY KEY, repository_id INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE,"
  "  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, kind INTEGER NOT NULL, key TEXT NOT NULL,"
  "  environment TEXT, sha TEXT, ref TEXT, label TEXT, event TEXT, url TEXT, created INTEGER, finished INTEGER,"
  "  committed INTEGER, result INTEGER NOT NULL, errored INTEGER NOT NULL DEFAULT 0, UNIQUE (source_id, key));"
  "CREATE INDEX deployment_repository ON deployment (repository_id);"
  "CREATE INDEX deployment_running ON deployment (source_id) WHERE result = 0;"
  "CREATE TABLE deployment_status ("
  "  deployment_id INTEGER NOT NULL REFERENCES deployment ON DELETE CASCADE, number INTEGER NOT NULL,"
  "  state TEXT NOT NULL, at INTEGER, PRIMARY KEY (deployment_id, number)) WITHOUT ROWID;"
  "CREATE TABLE change ("
  "  id INTEGER PRIMARY KEY, repository_id INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE,"
  "  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, key TEXT NOT NULL, number INTEGER, title TEXT,"
  "  author TEXT, bot INTEGER NOT NULL DEFAULT 0, head TEXT, sha TEXT, url TEXT, first_commit INTEGER, opened INTEGER,"
  "  first_review INTEGER, merged INTEGER NOT NULL, UNIQUE (source_id, key));"
  "CREATE INDEX change_repository ON change (repository_id);"
  "CREATE TABLE branch_commit ("
  "  repository_id INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE, sha TEXT NOT NULL, parent TEXT,"
  "  committed INTEGER, position INTEGER, PRIMARY KEY (repository_id, sha)) WITHOUT ROWID;"
  "CREATE TABLE incident ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE,"
  "  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE, kind INTEGER NOT NULL, state INTEGER NOT NULL,"
  "  key TEXT NOT NULL, name TEXT, title TEXT, url TEXT, links TEXT, labels TEXT, repository TEXT, severity TEXT,"
  "  deployment TEXT, started INTEGER, resolved INTEGER, updated INTEGER,"
  "  rule INTEGER NOT NULL DEFAULT 0, belongs_to INTEGER, UNIQUE (source_id, key));"
  "CREATE INDEX incident_started ON incident (workspace_id, started);"
  "CREATE TABLE decision ("
  "  workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE, incident TEXT NOT NULL COLLATE NOCASE,"
  "  link INTEGER NOT NULL, deployment_id INTEGER, PRIMARY KEY (workspace_id, incident)) WITHOUT ROWID;"
  "CREATE TABLE deployment_fact ("
  "  workspace_id INTEGER NOT NULL, counted INTEGER NOT NULL, at INTEGER NOT NULL, id INTEGER NOT NULL,"
  "  repository_id INTEGER NOT NULL, flags INTEGER NOT NULL, rule INTEGER NOT NULL,"
  "  PRIMARY KEY (workspace_id, counted, at, id)) WITHOUT ROWID;"
  "CREATE INDEX deployment_fact_repository ON deployment_fact (repository_id);"
  "CREATE TABLE change_fact ("
  "  workspace_id INTEGER NOT NULL, counted INTEGER NOT NULL, at INTEGER NOT NULL, id INTEGER NOT NULL,"
  "  repository_id INTEGER NOT NULL, rule INTEGER NOT NULL, lead INTEGER, coding INTEGER, pickup INTEGER, review INTEGER,"
  "  deploy INTEGER, deployment_id INTEGER, PRIMARY KEY (workspace_id, counted, at, id)) WITHOUT ROWID;"
  "CREATE INDEX change_fact_repository ON change_fact (repository_id);"
  /* Streaks have their first failing deployment's id. What is open has an end that never comes. */
  "CREATE TABLE recovery_fact ("
  "  workspace_id INTEGER NOT NULL, ended INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT NULL,"
  "  repository_id INTEGER NOT NULL, started INTEGER NOT NULL, failed_started INTEGER, duration INTEGER,"
  "  failed_duration INTEGER, deployment_id INTEGER, link INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (workspace_id, ended, kind, id)) WITHOUT ROWID;"
  "CREATE INDEX recovery_fact_kind ON recovery_fact (workspace_id, kind, repository_id);"
  "CREATE TABLE snapshot ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE, made INTEGER NOT NULL,"
  "  period TEXT NOT NULL, period_start INTEGER NOT NULL, period_end INTEGER NOT NULL, report TEXT NOT NULL);"
  "CREATE TABLE run ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER REFERENCES workspace ON DELETE CASCADE, name TEXT NOT NULL,"
  "  start INTEGER NOT NULL, end INTEGER, outcome INTEGER NOT NULL DEFAULT 0, process INTEGER NOT NULL);"
  "CREATE INDEX run_start ON run (start);"
  "CREATE TABLE task ("
  "  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, source TEXT NOT NULL,"
  "  scope TEXT NOT NULL, step TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER, attempts INTEGER NOT NULL,"
  "  retries INTEGER NOT NULL, requests INTEGER NOT NULL, bytes INTEGER NOT NULL, records INTEGER NOT NULL,"
  "  outcome INTEGER NOT NULL, error TEXT, retry_errors TEXT);"
  "CREATE INDEX task_run ON task (run_id);"
  "CREATE INDEX task_start ON task (start);"
  "CREATE TABLE error_event ("
  "  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, subsystem TEXT NOT NULL, operation TEXT NOT NULL, type TEXT NOT NULL,"
  "  message TEXT NOT NULL, workspace_id INTEGER, run_id INTEGER);"
  "CREATE INDEX error_event_at ON error_event (at, workspace_id, subsystem);",
  /* A record that comes under another repository (one that was renamed) takes its facts from the one before. */
  "CREATE TRIGGER deployment_moved AFTER UPDATE OF repository_id ON deployment WHEN NEW.repository_id != OLD.repository_id"
  " BEGIN UPDATE repository SET dirty = 1 WHERE id = OLD.repository_id; END;"
  "CREATE TRIGGER change_moved AFTER UPDATE OF repository_id ON change WHEN NEW.repository_id != OLD.repository_id"
  " BEGIN UPDATE repository SET dirty = 1 WHERE id = OLD.repository_id; END;",
  /* Running totals, which nothing takes back: of what the facts hold, and of what they held once (`past_`). A row of `error_event`
   * may go one day, what it counted for does not. All repositories are linked anew once, which counts what is there. */
  "CREATE TABLE deployment_total ("
  "  repository_id INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE, result INTEGER NOT NULL, total INTEGER NOT NULL,"
  "  last INTEGER, PRIMARY KEY (repository_id, result)) WITHOUT ROWID;"
  "CREATE TABLE lead_total ("
  "  repository_id INTEGER NOT NULL REFERENCES repository ON DELETE CASCADE, bucket INTEGER NOT NULL, total INTEGER NOT NULL,"
  "  seconds REAL NOT NULL, PRIMARY KEY (repository_id, bucket)) WITHOUT ROWID;"
  "CREATE TABLE past_deployment (id INTEGER NOT NULL, result INTEGER NOT NULL, PRIMARY KEY (id, result)) WITHOUT ROWID;"
  "CREATE TABLE past_change (id INTEGER PRIMARY KEY);"
  /* A row's number may be given to another record, which is then to be counted. */
  "CREATE TRIGGER deployment_gone AFTER DELETE ON deployment BEGIN"
  " DELETE FROM deployment_fact WHERE repository_id = OLD.repository_id AND id = OLD.id;"
  " DELETE FROM past_deployment WHERE id = OLD.id; END;"
  "CREATE TRIGGER change_gone AFTER DELETE ON change BEGIN"
  " DELETE FROM change_fact WHERE repository_id = OLD.repository_id AND id = OLD.id;"
  " DELETE FROM past_change WHERE id = OLD.id; END;"
  "DELETE FROM deployment_fact; DELETE FROM change_fact;"
  "CREATE TABLE error_total ("
  "  workspace_id INTEGER NOT NULL, subsystem TEXT NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (workspace_id, subsystem))"
  "  WITHOUT ROWID;"
  "INSERT INTO error_total SELECT ifnull (workspace_id, 0), subsystem, count(*) FROM error_event GROUP BY 1, 2;"
  "CREATE TRIGGER error_counted AFTER INSERT ON error_event BEGIN"
  " INSERT INTO error_total VALUES (ifnull (NEW.workspace_id, 0), NEW.subsystem, 1)"
  " ON CONFLICT DO UPDATE SET total = total + 1; END;"
  "UPDATE repository SET dirty = 1;",
  /*
   * Events of logs are clustered by time, because a window of them is read; a run's are found by its tasks. `task` is the
   * schedule's id with the scheduler's events. Workspace 0 is none. `line` is kept where it tells more than the columns do.
   */
  "CREATE TABLE log_event ("
  "  at INTEGER NOT NULL, workspace_id INTEGER NOT NULL, hash INTEGER NOT NULL, kind INTEGER NOT NULL, run_id INTEGER,"
  "  task TEXT, job TEXT, ref TEXT, attempt INTEGER, status INTEGER NOT NULL DEFAULT 0, error TEXT, loose_name TEXT, line TEXT,"
  "  PRIMARY KEY (at, workspace_id, hash)) WITHOUT ROWID;"
  "CREATE INDEX log_event_run ON log_event (run_id, task, kind, at) WHERE run_id IS NOT NULL;"
  "CREATE INDEX log_event_schedule ON log_event (workspace_id, task, at, kind) WHERE kind >= 16;"
  "CREATE INDEX log_event_loose ON log_event (workspace_id, loose_name, at, kind, hash) WHERE loose_name IS NOT NULL;"
  "CREATE INDEX log_event_unassigned ON log_event (workspace_id, loose_name, at) WHERE loose_name IS NOT NULL AND run_id IS NULL;"
  "CREATE TABLE log_run ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL, loose INTEGER NOT NULL, key TEXT NOT NULL, name TEXT, tenant TEXT,"
  "  start INTEGER, first_at INTEGER, last_at INTEGER, done_at INTEGER, failed_at INTEGER, pending_at INTEGER,"
  "  approved_at INTEGER, ok INTEGER, failed INTEGER, UNIQUE (workspace_id, loose, key));"
  "CREATE INDEX log_run_start ON log_run (workspace_id, ifnull (start, first_at));"
  "CREATE INDEX log_run_loose ON log_run (workspace_id, name, first_at) WHERE loose;"
  "CREATE INDEX task_end ON task (end, outcome, start, retries, run_id);"
  "CREATE INDEX run_workspace ON run (workspace_id, start);"
  "ALTER TABLE run ADD COLUMN schedule TEXT;"
  "CREATE INDEX run_schedule ON run (workspace_id, schedule, start) WHERE schedule IS NOT NULL;"
  "CREATE TABLE engagement (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, session TEXT NOT NULL, type TEXT NOT NULL);"
  "CREATE INDEX engagement_at ON engagement (at, type, session);"
  "CREATE TABLE activity_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
  "INSERT INTO activity_state VALUES ('store', abs (random () / 2)), ('engagement', 0), ('dropped', 0);",
  /* What a report said is shown again as it was. */
  "ALTER TABLE snapshot ADD COLUMN scope TEXT;"
  "ALTER TABLE snapshot ADD COLUMN title TEXT;"
  "ALTER TABLE snapshot ADD COLUMN outcome TEXT;"
  "ALTER TABLE snapshot ADD COLUMN markdown TEXT;"
  "ALTER TABLE snapshot ADD COLUMN slack TEXT;"
  "ALTER TABLE snapshot ADD COLUMN document BLOB;"
  "CREATE INDEX snapshot_made ON snapshot (workspace_id, made);",
  schedules,
  /* Written before a post goes out, as one of unknown outcome. */
  "CREATE TABLE send ("
  "  id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspace ON DELETE CASCADE, what TEXT NOT NULL,"
  "  part INTEGER NOT NULL, channel TEXT, at INTEGER NOT NULL, outcome INTEGER NOT NULL DEFAULT 0, message TEXT);"
  "CREATE INDEX send_what ON send (workspace_id, what, part);",
};

static gboolean
read_int (DdDb       *db,
          const char *sql,
          gint64     *value,
          GError    **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db->handle, sql, -1, &statement, NULL);

  if (code == SQLITE_OK && (code = sqlite3_step (statement)) == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW || dd_db_fail (db, code, error);
}

static gboolean
back_up (DdDb    *db,
         gint64   version,
         GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.backup-%" G_GINT64_FORMAT, db->path, version);
  int code = dd_db_copy (db, copy);

  if (code == SQLITE_OK)
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_STORE,
               _("No backup could be made as %s, so the database was left as it is: %s"), copy, sqlite3_errstr (code));
  return FALSE;
}

static gboolean
migrate (DdDb               *db,
         const char * const *migrations,
         guint               n,
         GError            **error)
{
  gint64 from = 0;

  if (!dd_db_begin (db, error))
    return FALSE;
  /* Another process may have done it while this one waited. */
  if (!read_int (db, "PRAGMA user_version", &from, error))
    goto fail;
  for (guint i = (guint) from; i < n; i++)
    {
      g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d", i + 1, APPLICATION_ID);

      if (!dd_db_exec (db, migrations[i], error) || !dd_db_exec (db, stamp, error))
        goto fail;
    }
  return dd_db_commit (db, error);

fail:
  dd_db_rollback (db);
  return FALSE;
}

/* What the file says of itself, read as one: another process may be making it just now. */
static gboolean
read_version (DdDb    *db,
              gint64  *version,
              GError **error)
{
  gint64 id = 0, tables = 0;
  gboolean done;

  if (!dd_db_exec (db, "BEGIN", error))
    return FALSE;
  done = read_int (db, "SELECT count(*) FROM sqlite_master", &tables, error) &&
         read_int (db, "PRAGMA user_version", version, error) && read_int (db, "PRAGMA application_id", &id, error);
  sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  if (done && (id != APPLICATION_ID || *version < 0) && (tables > 0 || *version != 0))
    return dd_db_fail (db, SQLITE_NOTADB, error);
  return done;
}

/* Where several processes make the file at once, SQLite refuses this at once instead of waiting. */
static gboolean
use_log (DdDb    *db,
         GError **error)
{
  const int step = 20;
  int code = SQLITE_BUSY;

  for (int waited = 0; (code & 0xff) == SQLITE_BUSY && waited < DD_DB_BUSY_MILLISECONDS; waited += step)
    {
      code = sqlite3_exec (db->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
      if ((code & 0xff) == SQLITE_BUSY)
        sqlite3_sleep (step);
    }
  return code == SQLITE_OK || dd_db_fail (db, code, error);
}

gboolean
dd_migrations_apply (DdDb               *db,
                     const char * const *migrations,
                     guint               n,
                     GError            **error)
{
  gint64 version = 0;

  if (!read_version (db, &version, error))
    return FALSE;
  if (version > (gint64) n)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_NEWER_STORE,
                   _("The database %s was made by a newer version of DoraDash (format %d, this one knows %d); update "
                     "DoraDash, or name another file with --database. Nothing was changed."),
                   db->path, (int) version, (int) n);
      return FALSE;
    }
  if (!use_log (db, error) ||
      !dd_db_exec (db, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2048;"
                       "PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (version == (gint64) n)
    return TRUE;
  if (version > 0 && !back_up (db, version, error))
    return FALSE;
  return migrate (db, migrations, n, error);
}

gboolean
dd_migrations_run (DdDb    *db,
                   GError **error)
{
  return dd_migrations_apply (db, own_migrations, G_N_ELEMENTS (own_migrations), error);
}
