/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-db-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "dd-error.h"
#include "dd-time.h"

gboolean
dd_db_fail (DdDb    *db,
            int      code,
            GError **error)
{
  const char *detail = db->handle != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (code);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, DD_ERROR, DD_ERROR_STORE, _("The disk is full; make room and try again."));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, DD_ERROR, DD_ERROR_STORE,
                   _("The database %s is in use by another program; try again when it is done."), db->path);
      break;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      g_set_error (error, DD_ERROR, DD_ERROR_STORE,
                   _("The database %s cannot be written; check the folder’s permissions."), db->path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, DD_ERROR, DD_ERROR_STORE,
                   _("The file %s is damaged or is no database of DoraDash; restore a backup or name another."), db->path);
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
      break;
    default:
      g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("The database %s failed: %s"), db->path, detail);
    }
  return FALSE;
}

sqlite3_stmt *
dd_db_prepare (DdDb       *db,
               const char *sql,
               GError    **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (db->statements, sql);
  int code;

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      return statement;
    }
  code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      dd_db_fail (db, code, error);
      return NULL;
    }
  g_hash_table_insert (db->statements, (gpointer) sql, statement);
  return statement;
}

static void
bind_values (sqlite3_stmt *statement,
             const char   *types,
             va_list       values)
{
  g_assert (strlen (types) == (gsize) sqlite3_bind_parameter_count (statement));
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 'i':
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
        break;
      case 'n':
        sqlite3_bind_int (statement, i + 1, va_arg (values, int));
        break;
      case 't':
        {
          gint64 time = va_arg (values, gint64);

          if (time == DD_TIME_NONE)
            sqlite3_bind_null (statement, i + 1);
          else
            sqlite3_bind_int64 (statement, i + 1, time);
        }
        break;
      case 'd':
        sqlite3_bind_double (statement, i + 1, va_arg (values, double));
        break;
      case 's':
        sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1, SQLITE_STATIC);
        break;
      default:
        g_assert_not_reached ();
      }
}

void
dd_db_bind (sqlite3_stmt *statement,
            const char   *types,
            ...)
{
  va_list values;

  va_start (values, types);
  bind_values (statement, types, values);
  va_end (values);
}

gboolean
dd_db_step (DdDb         *db,
            sqlite3_stmt *statement,
            gboolean     *row,
            GError      **error)
{
  int code = sqlite3_step (statement);

  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW)
    return TRUE;
  sqlite3_reset (statement);
  return code == SQLITE_DONE || dd_db_fail (db, code, error);
}

static gboolean
run_values (DdDb       *db,
            const char *sql,
            const char *types,
            va_list     values,
            GError    **error)
{
  sqlite3_stmt *statement = dd_db_prepare (db, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  bind_values (statement, types, values);
  code = sqlite3_step (statement);
  sqlite3_reset (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW || dd_db_fail (db, code, error);
}

gboolean
dd_db_run (DdDb       *db,
           GError    **error,
           const char *sql,
           const char *types,
           ...)
{
  va_list values;
  gboolean done;

  va_start (values, types);
  done = run_values (db, sql, types, values, error);
  va_end (values);
  return done;
}

gboolean
dd_db_put (DdDb       *db,
           GError    **error,
           const char *insert,
           const char *update,
           const char *types,
           ...)
{
  va_list values, again;
  gboolean done;

  va_start (values, types);
  va_copy (again, values);
  done = run_values (db, insert, types, values, error) &&
         (sqlite3_changes (db->handle) > 0 || run_values (db, update, types, again, error));
  va_end (again);
  va_end (values);
  return done;
}

gint64
dd_db_int (DdDb       *db,
           gint64      fallback,
           const char *sql,
           const char *types,
           ...)
{
  sqlite3_stmt *statement = dd_db_prepare (db, sql, NULL);
  gint64 result = fallback;
  va_list values;
  int code;

  if (statement == NULL)
    {
      db->failure = sqlite3_errcode (db->handle);
      return fallback;
    }
  va_start (values, types);
  bind_values (statement, types, values);
  va_end (values);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    result = sqlite3_column_int64 (statement, 0);
  else if (code != SQLITE_ROW && code != SQLITE_DONE)
    db->failure = code;
  sqlite3_reset (statement);
  return result;
}

gboolean
dd_db_exec (DdDb       *db,
            const char *sql,
            GError    **error)
{
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || dd_db_fail (db, code, error);
}

gint64
dd_db_column_time (sqlite3_stmt *statement,
                   int           column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return DD_TIME_NONE;
  return sqlite3_column_int64 (statement, column);
}

char *
dd_db_column_dup (sqlite3_stmt *statement,
                  int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

gboolean
dd_db_begin (DdDb    *db,
             GError **error)
{
  /* IMMEDIATE: a transaction that turns to writing half-way could not wait for another writer. */
  if (db->depth == 0 && !dd_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  db->depth++;
  return TRUE;
}

gboolean
dd_db_begin_reading (DdDb    *db,
                     GError **error)
{
  if (db->depth == 0 && !dd_db_exec (db, "BEGIN", error))
    return FALSE;
  db->depth++;
  return TRUE;
}

gboolean
dd_db_commit (DdDb    *db,
              GError **error)
{
  gboolean done;

  g_assert (db->depth > 0);
  if (db->failure != SQLITE_OK)
    done = dd_db_fail (db, db->failure, error);
  else
    done = db->depth > 1 || dd_db_exec (db, "COMMIT", error);
  if (!done)
    {
      dd_db_rollback (db);
      return FALSE;
    }
  db->depth--;
  return TRUE;
}

void
dd_db_rollback (DdDb *db)
{
  if (db->depth > 0 && !sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  db->depth = 0;
  db->failure = SQLITE_OK;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

int
dd_db_copy (DdDb       *db,
            const char *path)
{
  sqlite3 *target = NULL;
  sqlite3_backup *backup;
  int code = sqlite3_open (path, &target);

  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (target, "main", db->handle, "main");
      code = backup != NULL ? sqlite3_backup_step (backup, -1) : sqlite3_errcode (target);
      if (backup != NULL && sqlite3_backup_finish (backup) == SQLITE_OK && code == SQLITE_DONE)
        code = SQLITE_OK;
    }
  sqlite3_close (target);
  return code;
}

DdDb *
dd_db_open (const char *path,
            GError    **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  gboolean had_log = g_file_test (log, G_FILE_TEST_EXISTS);
  DdDb *db = g_new0 (DdDb, 1);
  int code;

  db->path = g_strdup (path);
  db->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  code = sqlite3_open_v2 (path, &db->handle,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                          NULL);
  if (code != SQLITE_OK)
    {
      dd_db_fail (db, code, error);
      dd_db_close (db);
      return NULL;
    }
  sqlite3_busy_timeout (db->handle, DD_DB_BUSY_MILLISECONDS);
  if (!dd_migrations_run (db, error))
    {
      /* A file that is refused keeps what another program has not yet moved into it from its log. */
      if (had_log)
        sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      dd_db_close (db);
      return NULL;
    }
  return db;
}

void
dd_db_close (DdDb *db)
{
  if (db == NULL)
    return;
  g_hash_table_unref (db->statements);
  sqlite3_close_v2 (db->handle);
  g_free (db->path);
  g_free (db);
}
