/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link-job.h"

#include "dd-incident-job.h"
#include "dd-linking.h"
#include "dd-time.h"
#include "dd-total-job.h"

/*
 * Records come in by time, and facts are clustered by time, but links are made within a repository. To walk the tables once
 * a repository would touch every page for each; so repositories are linked in groups, which are read in the order of the
 * tables and written in the order of the facts. A group has about as many records as this, to be held in memory at a time
 * and written in one transaction.
 */
#define GROUP_RECORDS 250000

typedef struct
{
  DdDb              *db;
  gint64             workspace;
  const DdSettings  *settings;
  const DdLinkRules *rules;
} Job;

/* Repositories that are linked together. */
typedef struct
{
  const Job     *job;
  DdDirtyRepository **repositories; /* in the order of their ids */
  guint          n;
  DdLinkedRange  range;
  GHashTable    *linkings; /* repository id → DdLinking */
  DdLinkedFacts  facts;
} Group;

/* Positions are counted along first parents from the tip, so that any new commit may move all of them. */
static gboolean
write_positions (DdDb                    *db,
                 const DdDirtyRepository *repository,
                 GError                 **error)
{
  g_autoptr (GPtrArray) commits = NULL;
  g_autofree gint32 *positions = NULL;

  if (!repository->chain_dirty)
    return TRUE;
  commits = dd_link_store_commits (db, repository->id, error);
  if (commits == NULL)
    return FALSE;
  positions = g_new0 (gint32, MAX (1, commits->len));
  dd_link_positions ((DdCommit * const *) commits->pdata, commits->len, repository->head, positions);
  for (guint i = 0; i < commits->len; i++)
    {
      const DdCommit *commit = g_ptr_array_index (commits, i);

      if (!dd_link_store_set_position (db, repository->id, commit->sha, positions[i], error))
        return FALSE;
    }
  return TRUE;
}

static void
add_deployment_cb (const DdDeploymentRow *row,
                   gpointer               data)
{
  dd_linking_add_deployment (g_hash_table_lookup (((Group *) data)->linkings, &row->repository), row);
}

static void
add_change_cb (const DdChangeRow *row,
               gpointer           data)
{
  dd_linking_add_change (g_hash_table_lookup (((Group *) data)->linkings, &row->repository), row);
}

static gboolean
read_records (Group   *group,
              GError **error)
{
  for (guint i = 0; i < group->n; i++)
    if (!write_positions (group->job->db, group->repositories[i], error))
      return FALSE;
  return dd_link_store_each_deployment (group->job->db, &group->range, add_deployment_cb, group, error) &&
         dd_link_store_each_change (group->job->db, &group->range, add_change_cb, group, error);
}

static gboolean
link_each (Group        *group,
           GCancellable *cancellable,
           GError      **error)
{
  /* The marks that say which repositories are in the group are cleared here, so nothing is read by them any more. */
  for (guint i = 0; i < group->n; i++)
    {
      gint64 id = group->repositories[i]->id;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !dd_link_store_set_repository (group->job->db, id,
                                         dd_linking_run (g_hash_table_lookup (group->linkings, &id), &group->facts), error))
        return FALSE;
      g_hash_table_remove (group->linkings, &id);
    }
  return TRUE;
}

static int
compare_times (gboolean left_counts,
               gint64   left_at,
               gint64   left_id,
               gboolean right_counts,
               gint64   right_at,
               gint64   right_id)
{
  if (left_counts != right_counts)
    return left_counts ? 1 : -1;
  if (left_at != right_at)
    return left_at < right_at ? -1 : 1;
  return left_id < right_id ? -1 : left_id > right_id;
}

static int
compare_deployments (gconstpointer a,
                     gconstpointer b)
{
  const DdDeploymentFact *left = a, *right = b;

  return compare_times (dd_rule_counts (left->rule), left->at, left->id, dd_rule_counts (right->rule), right->at, right->id);
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const DdChangeFact *left = a, *right = b;

  return compare_times (dd_rule_counts (left->rule), left->at, left->id, dd_rule_counts (right->rule), right->at, right->id);
}

static int
compare_streaks (gconstpointer a,
                 gconstpointer b)
{
  const DdRecoveryFact *left = a, *right = b;

  return compare_times (TRUE, left->ended, left->id, TRUE, right->ended, right->id);
}

static gboolean
write_facts (Group   *group,
             GError **error)
{
  const DdLinkedFacts *facts = &group->facts;
  gint64 workspace = group->job->workspace;
  DdDb *db = group->job->db;

  g_array_sort (facts->deployments, compare_deployments);
  for (guint i = 0; i < facts->deployments->len; i++)
    if (!dd_link_store_add_deployment (db, workspace, &g_array_index (facts->deployments, DdDeploymentFact, i), error))
      return FALSE;
  g_array_sort (facts->changes, compare_changes);
  for (guint i = 0; i < facts->changes->len; i++)
    if (!dd_link_store_add_change (db, workspace, &g_array_index (facts->changes, DdChangeFact, i), error))
      return FALSE;
  g_array_sort (facts->streaks, compare_streaks);
  for (guint i = 0; i < facts->streaks->len; i++)
    if (!dd_link_store_add_recovery (db, workspace, &g_array_index (facts->streaks, DdRecoveryFact, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
link_group (const Job          *job,
            DdDirtyRepository **repositories,
            guint               n,
            GCancellable       *cancellable,
            GError            **error)
{
  Group group = {
    .job = job,
    .repositories = repositories,
    .n = n,
    .range = { .workspace = job->workspace, .first = repositories[0]->id, .last = repositories[n - 1]->id },
    .linkings = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) dd_linking_free),
    .facts = {
      .deployments = g_array_new (FALSE, FALSE, sizeof (DdDeploymentFact)),
      .changes = g_array_new (FALSE, FALSE, sizeof (DdChangeFact)),
      .streaks = g_array_new (FALSE, FALSE, sizeof (DdRecoveryFact)),
    },
  };
  g_autoptr (DdTotalJob) totals = NULL;
  gboolean done;

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (group.linkings, &repositories[i]->id, dd_linking_new (repositories[i], job->settings, job->rules));
  done = read_records (&group, error) && (totals = dd_total_job_new (job->db, &group.range, error)) != NULL &&
         dd_link_store_clear_facts (job->db, &group.range, error) && link_each (&group, cancellable, error) &&
         write_facts (&group, error) && dd_total_job_run (totals, repositories, n, &group.facts, error);
  g_hash_table_unref (group.linkings);
  g_array_unref (group.facts.deployments);
  g_array_unref (group.facts.changes);
  g_array_unref (group.facts.streaks);
  return done;
}

/* As many repositories as go into one transaction. What is to be linked is read inside of it: another process may write records
 * until it begins, and marks them. @more: (out): there are others. */
static gboolean
link_some (const Job    *job,
           GCancellable *cancellable,
           gboolean     *more,
           GError      **error)
{
  g_autoptr (GPtrArray) repositories = NULL;
  guint records = 0, n = 0;

  if (!dd_db_begin (job->db, error))
    return FALSE;
  repositories = dd_link_store_dirty_repositories (job->db, job->workspace, error);
  if (repositories == NULL)
    return FALSE;
  while (n < repositories->len && records < GROUP_RECORDS)
    records += ((DdDirtyRepository *) g_ptr_array_index (repositories, n++))->records;
  *more = n < repositories->len;
  if (n > 0 && !link_group (job, (DdDirtyRepository **) repositories->pdata, n, cancellable, error))
    return FALSE;
  return dd_db_commit (job->db, error);
}

gboolean
dd_link_job_run (DdDb             *db,
                 gint64            workspace,
                 const DdSettings *settings,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (DdCalendar) calendar = NULL;
  DdLinkRules rules = {
    .first_deployment_days = settings->metrics.first_deployment_days,
    .attribution_hours = settings->metrics.attribution_hours,
  };
  Job job = { .db = db, .workspace = workspace, .settings = settings, .rules = &rules };
  gboolean more = TRUE;

  if (!dd_link_store_is_dirty (db, workspace))
    return TRUE;
  zone = dd_time_zone_new (settings->timezone, error);
  if (zone == NULL)
    return FALSE;
  calendar = dd_calendar_new (&settings->metrics.calendar, zone);
  rules.calendar = calendar;
  while (more)
    if (!link_some (&job, cancellable, &more, error))
      {
        dd_db_rollback (db);
        return FALSE;
      }
  return dd_incident_job_run (db, workspace, settings, &rules, error);
}
