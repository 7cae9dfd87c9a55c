/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-seen-store.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dd-db-private.h"
#include "dd-error.h"
#include "dd-record.h"

/* Rows of a name and a number. */
static GPtrArray *
read_names (DdDb         *db,
            sqlite3_stmt *rows,
            gint64        workspace,
            GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_name_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &more, error))
    {
      DdSeenName *name;

      if (!more)
        return g_steal_pointer (&names);
      name = g_new0 (DdSeenName, 1);
      name->name = dd_db_column_dup (rows, 0);
      name->n = (guint) sqlite3_column_int64 (rows, 1);
      g_ptr_array_add (names, name);
    }
  return NULL;
}

GPtrArray *
dd_seen_store_environments (DdDb    *db,
                            gint64   workspace,
                            GError **error)
{
  return read_names (db,
                     dd_db_prepare (db,
                                    "SELECT d.environment, count(*) FROM repository r JOIN deployment d ON d.repository_id = r.id"
                                    " WHERE r.workspace_id = ? AND d.environment <> '' GROUP BY d.environment"
                                    " ORDER BY count(*) DESC, d.environment", error),
                     workspace, error);
}

GPtrArray *
dd_seen_store_severities (DdDb    *db,
                          gint64   workspace,
                          GError **error)
{
  return read_names (db,
                     dd_db_prepare (db,
                                    "SELECT severity, count(*) FROM incident WHERE workspace_id = ? AND severity <> ''"
                                    " GROUP BY severity COLLATE NOCASE ORDER BY count(*) DESC, severity", error),
                     workspace, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const DdSeenName *first = *(const DdSeenName * const *) a;
  const DdSeenName *second = *(const DdSeenName * const *) b;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

/* Adds what stands in one issue's labels, a line each. */
static void
count_labels (GHashTable *by_folded,
              GPtrArray  *names,
              const char *labels)
{
  g_auto (GStrv) lines = g_strsplit (labels, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (lines[i], -1);
      DdSeenName *name = g_hash_table_lookup (by_folded, folded);

      if (*lines[i] == '\0')
        continue;
      if (name == NULL)
        {
          name = g_new0 (DdSeenName, 1);
          name->name = g_strdup (lines[i]);
          g_hash_table_insert (by_folded, g_steal_pointer (&folded), name);
          g_ptr_array_add (names, name);
        }
      name->n++;
    }
}

GPtrArray *
dd_seen_store_labels (DdDb    *db,
                      gint64   workspace,
                      GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db, "SELECT labels FROM incident WHERE workspace_id = ? AND labels <> ''", error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_name_free);
  g_autoptr (GHashTable) by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &more, error))
    {
      if (!more)
        {
          g_ptr_array_sort (names, compare_names);
          return g_steal_pointer (&names);
        }
      count_labels (by_folded, names, (const char *) sqlite3_column_text (rows, 0));
    }
  return NULL;
}

GPtrArray *
dd_seen_store_repositories (DdDb    *db,
                            gint64   workspace,
                            GError **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT r.name, r.reason, r.kind, r.excluded, (SELECT count(*) FROM deployment d"
                                      " WHERE d.repository_id = r.id AND d.kind = r.kind) FROM repository r"
                                      " WHERE r.workspace_id = ? ORDER BY r.name", error);
  g_autoptr (GPtrArray) repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_repository_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "i", workspace);
  while (dd_db_step (db, rows, &more, error))
    {
      DdSeenRepository *repository;

      if (!more)
        return g_steal_pointer (&repositories);
      repository = g_new0 (DdSeenRepository, 1);
      repository->name = dd_db_column_dup (rows, 0);
      repository->reason = dd_db_column_dup (rows, 1);
      repository->kind = sqlite3_column_int (rows, 2);
      repository->excluded = sqlite3_column_int (rows, 3);
      repository->deployments = (guint) sqlite3_column_int64 (rows, 4);
      g_ptr_array_add (repositories, repository);
    }
  return NULL;
}

gboolean
dd_seen_store_back_up (DdDb       *db,
                       const char *path,
                       GError    **error)
{
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_autoptr (GFile) original = g_file_new_for_path (db->path);
  int code;

  if (g_file_equal (copy, original))
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_INVALID, _("That is the database itself; choose another file."));
      return FALSE;
    }
  /* SQLite copies into a database that is there, and refuses any other file. */
  g_unlink (path);
  code = dd_db_copy (db, path);
  if (code == SQLITE_OK)
    return TRUE;
  g_set_error (error, DD_ERROR, DD_ERROR_STORE, _("No backup could be made as %s: %s"), path, sqlite3_errstr (code));
  return FALSE;
}
