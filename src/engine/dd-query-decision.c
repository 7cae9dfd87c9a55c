/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-query-decision.h"

#include "dd-engine-private.h"
#include "dd-query-private.h"
#include "dd-workspace-store.h"

typedef struct
{
  DdQuery query;
  char   *workspace, *period, *repository, *team;
  char   *incident;
  DdLink  link;
  char   *deployment;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->workspace);
  g_free (question->period);
  g_free (question->repository);
  g_free (question->team);
  g_free (question->incident);
  g_free (question->deployment);
  g_free (question);
}

static DdSummary *
summarize_decided (DdDb           *db,
                   const Question *question,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr (DdWorkspace) workspace = dd_workspace_load (db, question->query.workspace, error);
  DdSummary *summary = NULL;
  DdAsked asked;

  if (workspace == NULL ||
      !dd_workspace_store_decide (db, workspace->id, question->incident, question->link, question->deployment, error))
    return NULL;
  if (dd_asked_init (&asked, db, &question->query, cancellable, error))
    summary = dd_query_summarize (db, &asked, FALSE, cancellable, error);
  dd_asked_clear (&asked);
  return summary;
}

static gpointer
decision_job (DdDb         *db,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  DdSummary *summary;

  if (!dd_db_begin (db, error))
    return NULL;
  summary = summarize_decided (db, data, cancellable, error);
  dd_db_rollback (db);
  return summary;
}

void
dd_query_decision_async (DdEngine           *engine,
                         const DdQuery      *query,
                         const char         *incident,
                         DdLink              link,
                         const char         *deployment,
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
  question->incident = g_strdup (incident);
  question->link = link;
  question->deployment = g_strdup (deployment);
  dd_engine_ask_async (engine, decision_job, question, question_free, (GDestroyNotify) dd_summary_free, cancellable, callback,
                       user_data);
}

DdSummary *
dd_query_decision_finish (DdEngine     *engine,
                          GAsyncResult *result,
                          GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
