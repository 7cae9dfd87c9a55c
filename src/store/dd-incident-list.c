/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-list.h"

#include "dd-db-private.h"
#include "dd-fact.h"

/* What a deployment (d, of repository n) is told by; read_deployment() reads them. */
#define DEPLOYMENT_COLUMNS \
  " n.name || '/' || d.key, n.name, ifnull (d.label, ifnull (substr (d.sha, 1, 7), ifnull (d.ref, d.key))), d.environment, d.url"

static DdDeploymentName *
read_deployment (sqlite3_stmt *rows,
                 int           column,
                 gint64        finished,
                 gboolean      failed)
{
  DdDeploymentName *deployment;

  if (sqlite3_column_type (rows, column) == SQLITE_NULL)
    return NULL;
  deployment = g_new0 (DdDeploymentName, 1);
  deployment->id = dd_db_column_dup (rows, column);
  deployment->repository = dd_db_column_dup (rows, column + 1);
  deployment->name = dd_db_column_dup (rows, column + 2);
  deployment->environment = dd_db_column_dup (rows, column + 3);
  deployment->url = dd_db_column_dup (rows, column + 4);
  deployment->finished = finished;
  deployment->failed = failed;
  return deployment;
}

static DdIncidentEvent *
read_incident (sqlite3_stmt       *rows,
               const DdListWindow *window,
               DdSignals           signals)
{
  DdIncidentEvent *row = g_new0 (DdIncidentEvent, 1);
  gint64 ended = dd_db_column_time (rows, 7), finished = dd_db_column_time (rows, 11), counted = dd_db_column_time (rows, 12);

  row->id = dd_db_column_dup (rows, 0);
  row->source = dd_db_column_dup (rows, 1);
  row->title = dd_db_column_dup (rows, 2);
  row->repository = dd_db_column_dup (rows, 3);
  row->severity = dd_db_column_dup (rows, 4);
  row->url = dd_db_column_dup (rows, 5);
  row->started = dd_db_column_time (rows, 6);
  /* One that began only after the period is told of as it is now. */
  row->open = ended == G_MAXINT64 || (ended >= window->to && row->started < window->to);
  row->duration = row->open ? DD_TIME_NONE : dd_db_column_time (rows, 8);
  row->link = sqlite3_column_int (rows, 9);
  if (!signals.incidents || counted == DD_TIME_NONE)
    row->effect = DD_EFFECT_NONE;
  else if (counted >= window->from && counted < window->to && sqlite3_column_int (rows, 10) != 0)
    row->effect = DD_EFFECT_FAILURE;
  else
    row->effect = DD_EFFECT_ELSEWHERE;
  row->deployment = read_deployment (rows, 13, finished, FALSE);
  return row;
}

/* A deployment counts when its fact does; where it is not in production, it has none that counts. */
static gboolean
add_incidents (DdDb               *db,
               const DdListWindow *window,
               DdSignals           signals,
               GPtrArray          *events,
               GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT ifnull (i.name, i.key), s.type, i.title, ifnull (r.name, i.repository), i.severity, i.url, f.started, f.ended,"
                                      " f.duration, f.link, ?4 = 0 OR d.repository_id = ?4, f.failed_started, c.at," DEPLOYMENT_COLUMNS
                                      " FROM recovery_fact f JOIN incident i ON i.id = f.id JOIN source s ON s.id = i.source_id"
                                      " LEFT JOIN repository r ON r.id = f.repository_id"
                                      " LEFT JOIN deployment d ON d.id = f.deployment_id"
                                      " LEFT JOIN repository n ON n.id = d.repository_id"
                                      " LEFT JOIN deployment_fact c ON c.workspace_id = f.workspace_id AND c.counted = 1"
                                      " AND c.at = f.failed_started AND c.id = f.deployment_id"
                                      " WHERE f.workspace_id = ?1 AND f.kind = 0 AND ((f.ended >= ?2 AND f.started < ?3)"
                                      " OR (f.failed_started >= ?2 AND f.failed_started < ?3))"
                                      " AND (?4 = 0 OR f.repository_id = ?4 OR d.repository_id = ?4)", error);
  gboolean more;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iiii", window->workspace, window->from, window->to, window->repository);
  while (dd_db_step (db, rows, &more, error))
    {
      if (!more)
        return TRUE;
      g_ptr_array_add (events, read_incident (rows, window, signals));
    }
  return FALSE;
}

static DdIncidentEvent *
read_failure (sqlite3_stmt       *rows,
              const DdListWindow *window)
{
  DdIncidentEvent *row = g_new0 (DdIncidentEvent, 1);
  gint64 ended = dd_db_column_time (rows, 6);

  row->failed_deployment = TRUE;
  row->id = dd_db_column_dup (rows, 0);
  row->source = dd_db_column_dup (rows, 1);
  row->title = dd_db_column_dup (rows, 2);
  row->repository = dd_db_column_dup (rows, 3);
  row->url = dd_db_column_dup (rows, 4);
  row->started = dd_db_column_time (rows, 5);
  row->open = ended == DD_TIME_NONE || ended >= window->to;
  row->duration = row->open ? DD_TIME_NONE : dd_db_column_time (rows, 7);
  row->effect = DD_EFFECT_FAILURE;
  row->deployment = row->open ? NULL : read_deployment (rows, 8, ended, FALSE);
  return row;
}

/* Each with the success that followed it in its environment; only the first of a streak has a duration of its own. */
static gboolean
add_failures (DdDb               *db,
              const DdListWindow *window,
              GPtrArray          *events,
              GError            **error)
{
  sqlite3_stmt *rows = dd_db_prepare (
      db,
      "SELECT r.name || '/' || b.key, s.type, ifnull (b.label, ifnull (substr (b.sha, 1, 7), ifnull (b.ref, b.key))), r.name, b.url,"
      " b.at, c.at, k.duration," DEPLOYMENT_COLUMNS
      " FROM (SELECT d.*, f.at, f.workspace_id AS workspace, (SELECT e.id FROM deployment_fact e JOIN deployment g ON g.id = e.id"
      "  WHERE e.repository_id = f.repository_id AND e.workspace_id = f.workspace_id AND e.counted = 1 AND e.at >= f.at"
      "  AND (e.at > f.at OR e.id > f.id) AND e.flags & 1"
      "  AND ifnull (g.environment, '') = ifnull (d.environment, '') COLLATE NOCASE ORDER BY e.at, e.id LIMIT 1) AS next"
      "  FROM deployment_fact f JOIN deployment d ON d.id = f.id WHERE f.workspace_id = ?1 AND f.counted = 1 AND f.at >= ?2"
      "  AND f.at < ?3 AND f.flags & 2 AND (?4 = 0 OR f.repository_id = ?4)) b"
      " JOIN repository r ON r.id = b.repository_id JOIN source s ON s.id = b.source_id"
      " LEFT JOIN deployment d ON d.id = b.next LEFT JOIN repository n ON n.id = d.repository_id"
      " LEFT JOIN deployment_fact c ON c.workspace_id = b.workspace AND c.counted = 1 AND c.at = d.finished AND c.id = d.id"
      " LEFT JOIN recovery_fact k ON k.workspace_id = b.workspace AND k.ended = c.at AND k.kind = 1 AND k.id = b.id",
      error);
  gboolean more;

  if (rows == NULL)
    return FALSE;
  dd_db_bind (rows, "iiii", window->workspace, window->from, window->to, window->repository);
  while (dd_db_step (db, rows, &more, error))
    {
      if (!more)
        return TRUE;
      g_ptr_array_add (events, read_failure (rows, window));
    }
  return FALSE;
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const DdIncidentEvent *first = *(DdIncidentEvent * const *) a, *second = *(DdIncidentEvent * const *) b;

  if (first->started != second->started)
    return first->started > second->started ? -1 : 1;
  return g_strcmp0 (first->id, second->id);
}

GPtrArray *
dd_incident_list_events (DdDb               *db,
                         const DdListWindow *window,
                         DdSignals           signals,
                         GError            **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_incident_event_free);

  G_STATIC_ASSERT (DD_DEPLOYMENT_SUCCEEDED == 1 && DD_DEPLOYMENT_FAILED == 2);
  if (!add_incidents (db, window, signals, events, error) ||
      (signals.deployments && !add_failures (db, window, events, error)))
    return NULL;
  g_ptr_array_sort (events, compare_events);
  return g_steal_pointer (&events);
}

/* A pattern for LIKE that finds @words anywhere, with nothing special in them. */
static char *
pattern_of (const char *words)
{
  g_autoptr (GString) pattern = g_string_new (words);

  g_string_replace (pattern, "\\", "\\\\", 0);
  g_string_replace (pattern, "%", "\\%", 0);
  g_string_replace (pattern, "_", "\\_", 0);
  g_string_prepend_c (pattern, '%');
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

GPtrArray *
dd_incident_list_causes (DdDb       *db,
                         gint64      workspace,
                         gint64      from,
                         gint64      to,
                         const char *words,
                         guint       limit,
                         GError    **error)
{
  sqlite3_stmt *rows = dd_db_prepare (db,
                                      "SELECT f.at, f.flags & 2," DEPLOYMENT_COLUMNS
                                      " FROM deployment_fact f JOIN deployment d ON d.id = f.id"
                                      " JOIN repository n ON n.id = f.repository_id"
                                      " WHERE f.workspace_id = ?1 AND f.counted = 1 AND f.at >= ?2 AND f.at <= ?3"
                                      " AND (n.name || ' ' || ifnull (d.label, '') || ' ' || ifnull (d.sha, '') || ' '"
                                      " || ifnull (d.ref, '') || ' ' || ifnull (d.environment, '')) LIKE ?4 ESCAPE '\\'"
                                      " ORDER BY f.at DESC, f.id DESC LIMIT ?5", error);
  g_autofree char *pattern = pattern_of (words != NULL ? words : "");
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_deployment_name_free);
  gboolean more;

  if (rows == NULL)
    return NULL;
  dd_db_bind (rows, "iiisn", workspace, from, to, pattern, (int) limit);
  while (dd_db_step (db, rows, &more, error))
    {
      if (!more)
        return g_steal_pointer (&result);
      g_ptr_array_add (result, read_deployment (rows, 2, dd_db_column_time (rows, 0), sqlite3_column_int (rows, 1) != 0));
    }
  return NULL;
}
