/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "dd-db.h"

G_BEGIN_DECLS

/* How the store's own files speak to SQLite. */

/* How long a write waits for another process that holds the database. */
#define DD_DB_BUSY_MILLISECONDS 10000

struct _DdDb
{
  sqlite3    *handle;
  char       *path;
  GHashTable *statements; /* SQL text (static) → sqlite3_stmt */
  int         depth;      /* of transactions */
  guint       dropped;    /* errors that could not be noted */
  int         failure;    /* of a dd_db_int(), whose caller went on with the fallback: nothing more is committed */
};

/* A statement made once and kept; @sql must be a string literal. Reset and without bindings. NULL with DD_ERROR_STORE. */
sqlite3_stmt *dd_db_prepare (DdDb *db, const char *sql, GError **error);

/**
 * dd_db_bind:
 * @types: a letter a value: i gint64, n int, d double, s text (NULL: null), t instant or duration (DD_TIME_NONE: null), z text where 0 bytes are null
 */
void          dd_db_bind (sqlite3_stmt *statement, const char *types, ...);

/* One step: TRUE with @row set where there is one. */
gboolean      dd_db_step (DdDb *db, sqlite3_stmt *statement, gboolean *row, GError **error);

/* Prepare, bind and run to the end what answers no rows. */
gboolean      dd_db_run (DdDb *db, GError **error, const char *sql, const char *types, ...);

/* Where @insert inserts nothing, because such a row is there already, @update with the same values: SQLite's own
 * INSERT … DO UPDATE takes half as long again for each new row. Afterwards sqlite3_changes() tells whether anything changed. */
gboolean      dd_db_put (DdDb *db, GError **error, const char *insert, const char *update, const char *types, ...);

/* Plain text, several statements at once. */
gboolean      dd_db_exec (DdDb *db, const char *sql, GError **error);

/* The first column of the first row; @fallback where there is none or an error, with which the transaction and the job end. */
gint64        dd_db_int (DdDb *db, gint64 fallback, const char *sql, const char *types, ...);

/* Null columns give DD_TIME_NONE and NULL. */
gint64        dd_db_column_time (sqlite3_stmt *statement, int column);
char         *dd_db_column_dup (sqlite3_stmt *statement, int column);

/* DD_ERROR_STORE with a sentence for the user (disk full, locked, damaged, not writable). Always FALSE. */
gboolean      dd_db_fail (DdDb *db, int code, GError **error);

/* A copy of the whole file as @path, made by SQLite itself so that it is whole even while another process writes. SQLite's code. */
int           dd_db_copy (DdDb *db, const char *path);

DdDb         *dd_db_open (const char *path, GError **error);
void          dd_db_close (DdDb *db);

/* Brings the schema to this version; backs the file up before it changes one. */
gboolean      dd_migrations_run (DdDb *db, GError **error);

/* The same with other steps than the program's own. */
gboolean      dd_migrations_apply (DdDb *db, const char * const *migrations, guint n, GError **error);

G_END_DECLS
