/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-query.h"

#include <glib/gi18n-lib.h>

#include "dd-data-health.h"
#include "dd-engine-private.h"
#include "dd-error.h"
#include "dd-fact-store.h"
#include "dd-link-job.h"
#include "dd-list-store.h"
#include "dd-query-private.h"

/* A question with strings of its own, on its way to the worker. */
typedef struct
{
  DdQuery  query;
  char    *workspace, *period, *repository, *team;
  DdMetric metric;
} Question;

static Question *
question_new (const DdQuery *query,
              DdMetric       metric)
{
  Question *question = g_new0 (Question, 1);

  question->query = *query;
  question->query.workspace = question->workspace = g_strdup (query->workspace);
  question->query.period = question->period = g_strdup (query->period);
  question->query.repository = question->repository = g_strdup (query->repository);
  question->query.team = question->team = g_strdup (query->team);
  question->metric = metric;
  return question;
}

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

/* DD_ERROR_NOT_FOUND with what was likely meant. */
static void
fail_unknown (const char *format,
              const char *format_near,
              const char *name,
              GPtrArray  *names,
              GError    **error)
{
  const char *near;

  g_ptr_array_add (names, NULL);
  near = dd_suggest (name, (const char * const *) names->pdata);
  if (near != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, format_near, name, near);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND, format, name);
}

static gboolean
narrow_to_repository (DdAsked    *asked,
                      const char *name,
                      GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < asked->repositories->len; i++)
    {
      DdRepositoryInfo *info = g_ptr_array_index (asked->repositories, i);

      if (g_ascii_strcasecmp (info->name, name) == 0)
        {
          asked->repository = info->id;
          asked->scope = g_strdup (info->name);
          g_ptr_array_add (asked->measured.repositories, info);
          return TRUE;
        }
      g_ptr_array_add (names, info->name);
    }
  fail_unknown (_("There is no repository “%s”."), _("There is no repository “%s”; did you mean “%s”?"), name, names, error);
  return FALSE;
}

static gboolean
team_has (const DdTeam *team,
          const char   *repository)
{
  for (guint i = 0; team->repositories[i] != NULL; i++)
    {
      const char *slash = strrchr (team->repositories[i], '/');

      if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : team->repositories[i], repository) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
narrow_to_team (DdAsked    *asked,
                const char *name,
                GError    **error)
{
  GPtrArray *teams = asked->workspace->settings->teams;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < teams->len; i++)
    {
      const DdTeam *team = g_ptr_array_index (teams, i);

      g_ptr_array_add (names, team->name);
      if (g_ascii_strcasecmp (team->name, name) != 0)
        continue;
      asked->scope = g_strdup (team->name);
      for (guint j = 0; j < asked->repositories->len; j++)
        {
          DdRepositoryInfo *info = g_ptr_array_index (asked->repositories, j);

          if (team_has (team, info->name))
            g_ptr_array_add (asked->measured.repositories, info);
        }
      return TRUE;
    }
  fail_unknown (_("There is no team “%s”."), _("There is no team “%s”; did you mean “%s”?"), name, names, error);
  return FALSE;
}

gboolean
dd_asked_init (DdAsked       *asked,
               DdDb          *db,
               const DdQuery *query,
               GCancellable  *cancellable,
               GError       **error)
{
  *asked = (DdAsked) { .now = query->now };
  asked->workspace = dd_workspace_load (db, query->workspace, error);
  if (asked->workspace == NULL)
    return FALSE;
  asked->zone = dd_time_zone_new (asked->workspace->settings->timezone, error);
  if (asked->zone == NULL || !dd_period_parse (query->period, query->now, asked->zone, &asked->period, error) ||
      !dd_link_job_run (db, asked->workspace->id, asked->workspace->settings, cancellable, error))
    return FALSE;
  if (query->back > 0)
    asked->period = dd_period_before (&asked->period, asked->zone, (int) MIN (query->back, DD_QUERY_MOST_BACK));
  asked->repositories = dd_fact_store_repositories (db, asked->workspace->id, error);
  if (asked->repositories == NULL)
    return FALSE;
  asked->measured.repositories = g_ptr_array_new ();
  if (query->repository != NULL)
    return narrow_to_repository (asked, query->repository, error);
  if (query->team != NULL)
    return narrow_to_team (asked, query->team, error);
  asked->measured.whole = TRUE;
  for (guint i = 0; i < asked->repositories->len; i++)
    g_ptr_array_add (asked->measured.repositories, g_ptr_array_index (asked->repositories, i));
  return TRUE;
}

void
dd_asked_clear (DdAsked *asked)
{
  g_clear_pointer (&asked->measured.repositories, g_ptr_array_unref);
  g_clear_pointer (&asked->repositories, g_ptr_array_unref);
  g_clear_pointer (&asked->zone, g_time_zone_unref);
  g_clear_pointer (&asked->workspace, dd_workspace_free);
  g_clear_pointer (&asked->scope, g_free);
}

static gpointer
summary_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  Question *question = data;
  DdAsked asked;
  DdSummary *summary = NULL;

  if (dd_asked_init (&asked, db, &question->query, cancellable, error))
    summary = dd_query_summarize (db, &asked, question->query.brief, cancellable, error);
  dd_asked_clear (&asked);
  return summary;
}

void
dd_query_summary_async (DdEngine           *engine,
                        const DdQuery      *query,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  dd_engine_ask_async (engine, summary_job, question_new (query, 0), question_free, (GDestroyNotify) dd_summary_free, cancellable,
                      callback, user_data);
}

DdSummary *
dd_query_summary_finish (DdEngine     *engine,
                         GAsyncResult *result,
                         GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

void
dd_record_list_free (DdRecordList *list)
{
  if (list == NULL)
    return;
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_clear_pointer (&list->zone, g_time_zone_unref);
  g_free (list);
}

gboolean
dd_asked_is_team (const DdAsked *asked)
{
  return !asked->measured.whole && asked->repository == 0;
}

void
dd_asked_keep_scope (const DdAsked *asked,
                     GPtrArray     *rows)
{
  g_autoptr (GHashTable) names = NULL;

  if (!dd_asked_is_team (asked))
    return;
  names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < asked->measured.repositories->len; i++)
    g_hash_table_add (names, ((DdRepositoryInfo *) g_ptr_array_index (asked->measured.repositories, i))->name);
  for (guint i = rows->len; i > 0; i--)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i - 1);

      if (row->repository == NULL || !g_hash_table_contains (names, row->repository))
        g_ptr_array_remove_index (rows, i - 1);
    }
}

static void
add_counts (GPtrArray *to,
            GPtrArray *counts)
{
  for (guint i = 0; i < counts->len; i++)
    {
      const DdRuleCount *count = g_ptr_array_index (counts, i);
      guint j = 0;

      for (; j < to->len; j++)
        {
          DdRuleCount *sum = g_ptr_array_index (to, j);

          if (sum->rule != count->rule || strcmp (sum->kind, count->kind) != 0)
            continue;
          sum->n += count->n;
          break;
        }
      if (j == to->len)
        g_ptr_array_add (to, g_memdup2 (count, sizeof *count));
    }
}

GPtrArray *
dd_asked_rule_counts (const DdAsked *asked,
                      DdDb          *db,
                      gboolean       counted,
                      GError       **error)
{
  gint64 workspace = asked->workspace->id, start = asked->period.start, end = asked->period.end;
  g_autoptr (GPtrArray) sums = NULL;
  gboolean excluded = FALSE;

  for (guint i = 0; i < asked->repositories->len && !excluded; i++)
    excluded = ((DdRepositoryInfo *) g_ptr_array_index (asked->repositories, i))->excluded;
  if (!dd_asked_is_team (asked))
    return dd_fact_store_rule_counts (db, workspace, start, end, asked->repository, excluded, counted, error);
  sums = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < asked->measured.repositories->len; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (asked->measured.repositories, i);
      g_autoptr (GPtrArray) counts = dd_fact_store_rule_counts (db, workspace, start, end, info->id, excluded, counted, error);

      if (counts == NULL)
        return NULL;
      add_counts (sums, counts);
    }
  return g_steal_pointer (&sums);
}

GPtrArray *
dd_asked_rule_names (const DdAsked *asked,
                     DdDb          *db,
                     GError       **error)
{
  gint64 workspace = asked->workspace->id, start = asked->period.start, end = asked->period.end;
  g_autoptr (GPtrArray) all = NULL;

  if (!dd_asked_is_team (asked))
    return dd_fact_store_rule_names (db, workspace, start, end, asked->repository, error);
  all = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_rule_name_free);
  for (guint i = 0; i < asked->measured.repositories->len; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (asked->measured.repositories, i);
      GPtrArray *names = dd_fact_store_rule_names (db, workspace, start, end, info->id, error);

      if (names == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, names);
    }
  return g_steal_pointer (&all);
}

static GPtrArray *
read_rows (DdDb          *db,
           const DdAsked *asked,
           DdMetric       metric,
           GError       **error)
{
  const DdMetricSettings *metrics = &asked->workspace->settings->metrics;
  DdListWindow window = {
    .workspace = asked->workspace->id,
    .from = asked->period.start,
    .to = asked->period.end,
    .repository = asked->repository,
  };
  DdProfile profile;

  switch (metric)
    {
    case DD_METRIC_LEAD_TIME:
      return dd_list_store_changes (db, &window, error);
    case DD_METRIC_RECOVERY_TIME:
      dd_profile_resolve (metrics, &profile);
      return dd_list_store_recoveries (db, &window, profile.recovery == DD_RECOVERY_FAILED_DEPLOYMENT,
                                       metrics->signal_deployments, error);
    case DD_METRIC_CHANGE_FAILURE_RATE:
      return dd_list_store_deployments (db, &window, DD_LIST_FAILURES, metrics->signal_incidents, metrics->signal_deployments,
                                        error);
    case DD_METRIC_REWORK_RATE:
      return dd_list_store_deployments (db, &window, DD_LIST_REWORK, FALSE, FALSE, error);
    case DD_METRIC_DEPLOYMENT_FREQUENCY:
    default:
      return dd_list_store_deployments (db, &window, DD_LIST_FREQUENCY, FALSE, FALSE, error);
    }
}

static gpointer
records_job (DdDb         *db,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  Question *question = data;
  g_autoptr (DdRecordList) list = g_new0 (DdRecordList, 1);
  DdAsked asked;

  if (dd_asked_init (&asked, db, &question->query, cancellable, error))
    list->rows = read_rows (db, &asked, question->metric, error);
  if (list->rows != NULL)
    {
      dd_asked_keep_scope (&asked, list->rows);
      list->zone = g_time_zone_ref (asked.zone);
    }
  dd_asked_clear (&asked);
  return list->rows != NULL ? g_steal_pointer (&list) : NULL;
}

void
dd_query_records_async (DdEngine           *engine,
                        const DdQuery      *query,
                        DdMetric            metric,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  dd_engine_ask_async (engine, records_job, question_new (query, metric), question_free, (GDestroyNotify) dd_record_list_free,
                      cancellable, callback, user_data);
}

DdRecordList *
dd_query_records_finish (DdEngine     *engine,
                         GAsyncResult *result,
                         GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}

static gpointer
health_job (DdDb         *db,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Question *question = data;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GPtrArray) names = NULL;
  GPtrArray *steps = NULL;
  DdAsked asked;

  if (dd_asked_init (&asked, db, &question->query, cancellable, error))
    counts = dd_asked_rule_counts (&asked, db, TRUE, error);
  if (counts != NULL)
    names = dd_asked_rule_names (&asked, db, error);
  if (names != NULL)
    steps = dd_data_health (counts, names, &asked.workspace->settings->metrics);
  dd_asked_clear (&asked);
  return steps;
}

void
dd_query_health_async (DdEngine           *engine,
                       const DdQuery      *query,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  dd_engine_ask_async (engine, health_job, question_new (query, 0), question_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                      callback, user_data);
}

GPtrArray *
dd_query_health_finish (DdEngine     *engine,
                        GAsyncResult *result,
                        GError      **error)
{
  return dd_engine_run_finish (engine, result, error);
}
