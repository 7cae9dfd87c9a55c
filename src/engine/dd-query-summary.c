/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-fact-store.h"
#include "dd-join.h"
#include "dd-list-store.h"
#include "dd-query-private.h"
#include "dd-workspace-store.h"

#define OPEN_INCIDENTS 20

/* The summary while it is made: period by period and kind by kind, so that little of the facts is in memory at a time. */
typedef struct
{
  DdDb             *db;
  DdAsked          *asked;
  DdSummary        *summary;
  DdFacts           facts;
  DdRecoveryColumns across;  /* incidents open at an end of a period */
  GPtrArray        *members; /* a team's indexes into the scope's repositories (GArray of guint) */
  DdMetrics        *each;
  DdMetrics        *each_before;
  DdMetrics        *team;
  DdMetrics        *team_before;
} Making;

/* Where each team's repositories stand in the scope. */
static void
find_members (Making *making)
{
  GPtrArray *teams = making->asked->workspace->settings->teams;
  GPtrArray *repositories = making->asked->measured.repositories;
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  making->members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  if (teams->len == 0)
    return;
  for (guint i = 0; i < repositories->len; i++)
    g_hash_table_insert (index, g_ascii_strdown (((DdRepositoryInfo *) g_ptr_array_index (repositories, i))->name, -1),
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < teams->len; i++)
    {
      const DdTeam *team = g_ptr_array_index (teams, i);
      GArray *members = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint j = 0; team->repositories[j] != NULL; j++)
        {
          const char *slash = strrchr (team->repositories[j], '/');
          g_autofree char *name = g_ascii_strdown (slash != NULL ? slash + 1 : team->repositories[j], -1);
          guint place = GPOINTER_TO_UINT (g_hash_table_lookup (index, name));

          if (place > 0)
            {
              place--;
              g_array_append_val (members, place);
            }
        }
      g_ptr_array_add (making->members, members);
    }
}

/* Adds the incidents that are open at the period's end and do not end in it: those that do are read with the window. */
static void
add_open (Making         *making,
          const DdPeriod *period)
{
  DdRecoveryColumns *to = &making->facts.recoveries;
  const DdRecoveryColumns *from = &making->across;

  for (guint i = 0; i < from->n; i++)
    {
      if (from->started[i] >= period->end || (from->ended[i] != DD_TIME_NONE && from->ended[i] < period->end))
        continue;
      if (to->n == to->size)
        dd_recovery_columns_reserve (to, 1);
      to->repository[to->n] = from->repository[i];
      to->kind[to->n] = from->kind[i];
      to->started[to->n] = from->started[i];
      to->ended[to->n] = from->ended[i];
      to->failed_started[to->n] = from->failed_started[i];
      to->duration[to->n] = from->duration[i];
      to->failed_duration[to->n] = from->failed_duration[i];
      to->n++;
    }
}

/* Reads and measures one kind of facts after the other. */
static gboolean
measure (Making         *making,
         const DdPeriod *period,
         DdMetrics      *all,
         DdMetrics      *each,
         DdMetrics      *teams,
         GError        **error)
{
  gint64 workspace = making->asked->workspace->id, repository = making->asked->repository;
  DdFacts *facts = &making->facts;
  g_autoptr (DdMeasure) measuring = NULL;

  measuring = dd_measure_new (period, making->asked->zone, &making->asked->workspace->settings->metrics, &making->asked->measured,
                              all, each, teams != NULL ? making->members : NULL, teams);
  if (!dd_fact_store_deployments (making->db, workspace, period->start, period->end, repository, &facts->deployments, error))
    return FALSE;
  dd_measure_deployments (measuring, &facts->deployments);
  dd_deployment_columns_empty (&facts->deployments);
  if (!dd_fact_store_changes (making->db, workspace, period->start, period->end, repository, &facts->changes, error))
    return FALSE;
  dd_measure_changes (measuring, &facts->changes);
  dd_change_columns_empty (&facts->changes);
  if (!dd_fact_store_recoveries (making->db, workspace, period->start, period->end, repository, &facts->recoveries, error))
    return FALSE;
  add_open (making, period);
  dd_measure_recoveries (measuring, &facts->recoveries);
  dd_recovery_columns_empty (&facts->recoveries);
  dd_measure_finish (g_steal_pointer (&measuring));
  return TRUE;
}

/* Oldest first; the last two, this period and the one before it, also by repository and team. */
static gboolean
measure_trend (Making       *making,
               GCancellable *cancellable,
               GError      **error)
{
  DdSummary *summary = making->summary;
  gint64 ends[DD_TREND_PERIODS];
  int first = summary->brief ? DD_TREND_PERIODS - 2 : 0;

  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      summary->trend[i].period = dd_period_before (&making->asked->period, making->asked->zone, DD_TREND_PERIODS - 1 - i);
      ends[i] = summary->trend[i].period.end;
    }
  if (!dd_fact_store_open_across (making->db, making->asked->workspace->id, ends, DD_TREND_PERIODS, making->asked->repository,
                                  &making->across, error))
    return FALSE;
  for (int i = first; i < DD_TREND_PERIODS; i++)
    {
      gboolean last = i == DD_TREND_PERIODS - 1, before = i == DD_TREND_PERIODS - 2;
      DdMetrics *metrics = &summary->trend[i].metrics;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !measure (making, &summary->trend[i].period, metrics, last ? making->each : before ? making->each_before : NULL,
                    last ? making->team : before ? making->team_before : NULL, error))
        return FALSE;
      if (i > first)
        dd_metrics_compare (metrics, &summary->trend[i - 1].metrics, summary->aggregate);
    }
  summary->metrics = summary->trend[DD_TREND_PERIODS - 1].metrics;
  summary->before = summary->trend[DD_TREND_PERIODS - 2].metrics;
  return TRUE;
}

static DdGroup *
group_new (const char      *name,
           const DdMetrics *now,
           const DdMetrics *before,
           DdAggregate      aggregate)
{
  DdGroup *group = g_new0 (DdGroup, 1);

  group->name = g_strdup (name);
  group->now = *now;
  group->before = *before;
  dd_metrics_compare (&group->now, before, aggregate);
  return group;
}

static void
add_groups (Making *making)
{
  GPtrArray *repositories = making->asked->measured.repositories;
  GPtrArray *teams = making->asked->workspace->settings->teams;
  g_autofree gboolean *active = g_new0 (gboolean, MAX (1, repositories->len));

  for (guint i = 0; i < repositories->len; i++)
    {
      const DdRepositoryInfo *info = g_ptr_array_index (repositories, i);
      DdGroup *group;

      active[i] = !info->excluded && info->known;
      if (!active[i])
        continue;
      group = group_new (info->name, &making->each[i], &making->each_before[i], making->summary->aggregate);
      group->kind = info->kind;
      group->reason = g_strdup (info->reason);
      group->active = TRUE;
      g_ptr_array_add (making->summary->repositories, group);
    }
  for (guint i = 0; making->asked->measured.whole && i < teams->len; i++)
    {
      const GArray *members = g_ptr_array_index (making->members, i);
      gboolean any = FALSE;

      for (guint j = 0; j < members->len; j++)
        any |= active[g_array_index (members, guint, j)];
      if (any)
        g_ptr_array_add (making->summary->teams,
                         group_new (((DdTeam *) g_ptr_array_index (teams, i))->name, &making->team[i], &making->team_before[i],
                                    making->summary->aggregate));
    }
}

static gboolean
add_context (Making  *making,
             GError **error)
{
  DdSummary *summary = making->summary;
  DdListWindow window = {
    .workspace = making->asked->workspace->id,
    .from = summary->period.start,
    .to = summary->period.end,
    .repository = making->asked->repository,
  };

  summary->sources = dd_workspace_store_source_states (making->db, window.workspace, error);
  if (summary->sources == NULL)
    return FALSE;
  summary->left_out = dd_asked_rule_counts (making->asked, making->db, FALSE, error);
  if (summary->left_out == NULL)
    return FALSE;
  summary->open_incidents = dd_list_store_open_incidents (making->db, &window,
                                                          dd_asked_is_team (making->asked) ? G_MAXINT : OPEN_INCIDENTS, error);
  if (summary->open_incidents == NULL)
    return FALSE;
  dd_asked_keep_scope (making->asked, summary->open_incidents);
  if (summary->open_incidents->len > OPEN_INCIDENTS)
    g_ptr_array_set_size (summary->open_incidents, OPEN_INCIDENTS);
  return TRUE;
}

static void
begin_summary (Making *making)
{
  const DdSettings *settings = making->asked->workspace->settings;
  DdSummary *summary = making->summary = g_new0 (DdSummary, 1);

  summary->workspace = g_strdup (settings->name);
  summary->timezone = g_strdup (settings->timezone);
  summary->sample = dd_workspace_store_is_sample (making->db, making->asked->workspace->id);
  summary->scope = g_strdup (making->asked->scope);
  summary->now = making->asked->now;
  summary->period = making->asked->period;
  dd_profile_resolve (&settings->metrics, &summary->profile);
  summary->aggregate = settings->metrics.aggregate;
  summary->recovery = summary->profile.recovery;
  summary->repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  summary->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_group_free);
  summary->narrowed = dd_query_narrowed (settings);
}

DdSummary *
dd_query_summarize (DdDb         *db,
                    DdAsked      *asked,
                    gboolean      brief,
                    GCancellable *cancellable,
                    GError      **error)
{
  Making making = { .db = db, .asked = asked };
  guint n = asked->measured.repositories->len, teams = asked->workspace->settings->teams->len;
  DdFacts across = { 0 };
  gboolean done;

  begin_summary (&making);
  making.summary->brief = brief;
  find_members (&making);
  dd_facts_init (&making.facts);
  making.each = g_new0 (DdMetrics, MAX (1, n));
  making.each_before = g_new0 (DdMetrics, MAX (1, n));
  making.team = g_new0 (DdMetrics, MAX (1, teams));
  making.team_before = g_new0 (DdMetrics, MAX (1, teams));
  done = dd_db_begin_reading (db, error) && measure_trend (&making, cancellable, error) && add_context (&making, error) &&
         dd_db_commit (db, error);
  if (done)
    add_groups (&making);
  else
    dd_db_rollback (db);
  dd_facts_clear (&making.facts);
  across.recoveries = making.across;
  dd_facts_clear (&across);
  g_ptr_array_unref (making.members);
  g_free (making.each);
  g_free (making.each_before);
  g_free (making.team);
  g_free (making.team_before);
  if (!done)
    g_clear_pointer (&making.summary, dd_summary_free);
  return making.summary;
}

gboolean
dd_query_measure (DdDb           *db,
                  DdAsked        *asked,
                  const DdPeriod *period,
                  DdMetrics      *all,
                  DdMetrics      *each,
                  GError        **error)
{
  Making making = { .db = db, .asked = asked };
  DdFacts across = { 0 };
  gboolean done;

  dd_facts_init (&making.facts);
  done = dd_fact_store_open_across (db, asked->workspace->id, &period->end, 1, asked->repository, &making.across, error) &&
         measure (&making, period, all, each, NULL, error);
  dd_facts_clear (&making.facts);
  across.recoveries = making.across;
  dd_facts_clear (&across);
  return done;
}

GPtrArray *
dd_query_narrowed (const DdSettings *settings)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  const DdMetricSettings *metrics = &settings->metrics;

  if (metrics->exclude_bots)
    g_ptr_array_add (list, g_strdup (_("Bots left out")));
  if (metrics->calendar.enabled)
    g_ptr_array_add (list, g_strdup (_("Durations in working hours")));
  if (metrics->severities[0] != NULL)
    {
      g_autofree char *names = dd_join_items ((const char * const *) metrics->severities);

      g_ptr_array_add (list, g_strdup_printf (_("Severities %s"), names));
    }
  for (guint i = 0; i < settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (settings->sources, i);

      if (source->exclude[0] != NULL)
        {
          g_autofree char *names = dd_join_items ((const char * const *) source->exclude);

          g_ptr_array_add (list, g_strdup_printf (_("Without %s"), names));
        }
    }
  return list;
}
