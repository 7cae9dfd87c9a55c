/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-query-incidents.h"

#include "dd-engine-private.h"
#include "dd-incident-list.h"
#include "dd-query-private.h"

typedef struct
{
  DdQuery query;
  char   *workspace, *period, *repository, *team;
} Question;

typedef struct
{
  char  *workspace;
  gint64 started;
  char  *words;
  guint  limit;
} Causes;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question->period);
  g_free (question->repository);
  g_free (question->team);
  g_free (question);
}

static void
causes_free (gpointer data)
{
  Causes *causes = data;

  g_free (causes->workspace);
  g_free (causes->words);
  g_free (causes);
}

void
dd_incident_list_free (DdIncidentList *list)
{
  if (list == NULL)
    return;
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_clear_pointer (&list->zone, g_time_zone_unref);
  g_free (list);
}

static gboolean
has (GHashTable *names,
     const char *repository)
{
  return repository != NULL && g_hash_table_contains (names, repository);
}

/* What is of a team is so by the incident's repository or by its deployment's; what counts, by the latter. */
static void
keep_scope (const DdAsked *asked,
            GPtrArray     *rows)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (!dd_asked_is_team (asked))
    return;
  for (guint i = 0; i < asked->measured.repositories->len; i++)
    g_hash_table_add (names, ((DdRepositoryInfo *) g_ptr_array_index (asked->measured.repositories, i))->name);
  for (guint i = rows->len; i > 0; i--)
    {
      DdIncidentEvent *row = g_ptr_array_index (rows, i - 1);
      gboolean of_deployment = row->deployment != NULL && has (names, row->deployment->repository);

      if (row->effect == DD_EFFECT_FAILURE && !row->failed_deployment && !of_deployment)
        row->effect = DD_EFFECT_ELSEWHERE;
      if (!of_deployment && !has (names, row->repository))
        g_ptr_array_remove_index (rows, i - 1);
    }
}

static gpointer
incidents_job (DdDb         *db,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  Question *question = data;
  g_autoptr (DdIncidentList) list = g_new0 (DdIncidentList, 1);
  DdAsked asked;

  if (dd_asked_init (&asked, db, &question->query, cancellable, error))
    {
      const DdMetricSettings *metrics = &asked.workspace->settings->metrics;
      DdListWindow window = { asked.workspace->id, asked.period.start, asked.period.end, asked.repository };

      list->rows = dd_incident_list_events (db, &window, (DdSignals) { metrics->signal_incidents, metrics->signal_deployments }, error);
    }
  if (list->rows != NULL)
    {
      keep_scope (&asked, list->rows);
      list->attribution_hours = asked.workspace->settings->metrics.attribution_hours;
      list->zone = g_time_zone_ref (asked.zone);
    }
  dd_asked_clear (&asked);
  return list->rows != NULL ? g_steal_pointer (&list) : NULL;
}

void
dd_query_incidents_async (DdEngine           *engine,
                          const DdQuery      *query,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->query = *query;
  question->query.workspace = question->workspace = g_strdup (query->workspace);
  question->query.period = question->period = g_strdup (query->period);
  question->query.repository = question->repository = g_strdup (query->repository);
  question->query.team = question->team = g_strdup (query->team);
  dd_engine_ask_async (engine, incidents_job, question, question_free, (GDestroyNotify) dd_incident_list_free, cancellable, callback,
                       user_data);
}

DdIncidentList *
dd_query_incidents_finish (DdEngine     *engine,
                           GAsyncResult *result,
                           GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
causes_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Causes *causes = data;
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, causes->workspace, error);

  if (workspace == NULL)
    return NULL;
  return dd_incident_list_causes (db, workspace->id, causes->started - DD_CAUSES_DAYS * DD_DAY, causes->started, causes->words,
                                  causes->limit, error);
}

void
dd_query_causes_async (DdEngine           *engine,
                       const char         *workspace,
                       gint64              started,
                       const char         *words,
                       guint               limit,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  Causes *causes = g_new0 (Causes, 1);

  causes->workspace = g_strdup (workspace);
  causes->started = started;
  causes->words = g_strdup (words);
  causes->limit = limit;
  dd_engine_ask_async (engine, causes_job, causes, causes_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
dd_query_causes_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
