/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-total-job.h"

#include "dd-total-store.h"

struct _DdTotalJob
{
  DdDb    *db;
  GArray  *deployments; /* of DdCounted: what the facts held until now */
  GArray  *changes;
  gboolean keeps_any;
};

/* A record that the facts hold now, and may not have held before. */
typedef struct
{
  DdCounted counted;
  DdTotals *totals; /* of its repository */
  gint64    lead;   /* changes */
} Candidate;

typedef gboolean (*KeepFunc) (DdDb *db, const DdCounted *counted, GError **error);
typedef gboolean (*TakeFunc) (DdDb *db, const DdCounted *counted, gboolean *was_kept, GError **error);

static int
compare (const DdCounted *left,
         const DdCounted *right)
{
  if (left->id != right->id)
    return left->id < right->id ? -1 : 1;
  return (int) left->result - (int) right->result;
}

/* Also of a Candidate, which begins with one. */
static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return compare (a, b);
}

/* DD_RESULT_RUNNING for what is no finished deployment to production. */
static DdResult
result_of (const DdDeploymentFact *fact)
{
  if (fact->rule == DD_RULE_CANCELLED)
    return DD_RESULT_CANCELLED;
  if (fact->rule != DD_RULE_COUNTED)
    return DD_RESULT_RUNNING;
  return fact->flags & DD_DEPLOYMENT_SUCCEEDED ? DD_RESULT_SUCCESS : DD_RESULT_FAILURE;
}

static GArray *
collect_deployments (const DdLinkedFacts *facts,
                     GHashTable          *totals)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < facts->deployments->len; i++)
    {
      const DdDeploymentFact *fact = &g_array_index (facts->deployments, DdDeploymentFact, i);
      Candidate candidate = { .counted = { fact->id, result_of (fact) } };
      gint64 *last;

      if (candidate.counted.result == DD_RESULT_RUNNING)
        continue;
      candidate.totals = g_hash_table_lookup (totals, &fact->repository);
      last = &candidate.totals->last[candidate.counted.result];
      *last = *last == DD_TIME_NONE ? fact->at : MAX (*last, fact->at);
      g_array_append_val (candidates, candidate);
    }
  return candidates;
}

static GArray *
collect_changes (const DdLinkedFacts *facts,
                 GHashTable          *totals)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < facts->changes->len; i++)
    {
      const DdChangeFact *fact = &g_array_index (facts->changes, DdChangeFact, i);
      Candidate candidate = { .counted = { .id = fact->id }, .lead = fact->lead };

      /* Where merged stands for deployed, nothing was. */
      if (fact->rule != DD_RULE_COUNTED || fact->lead == DD_TIME_NONE)
        continue;
      candidate.totals = g_hash_table_lookup (totals, &fact->repository);
      g_array_append_val (candidates, candidate);
    }
  return candidates;
}

/* Leaves those of @candidates that were never counted; what is among @before and not among them is kept in mind. */
static gboolean
leave_new (DdTotalJob *job,
           GArray     *before,
           GArray     *candidates,
           KeepFunc    keep,
           TakeFunc    take,
           GError    **error)
{
  guint at = 0, left = 0;

  g_array_sort (before, compare_cb);
  g_array_sort (candidates, compare_cb);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      gboolean counted = FALSE;

      for (; at < before->len && compare (&g_array_index (before, DdCounted, at), &candidate->counted) < 0; at++)
        if (!keep (job->db, &g_array_index (before, DdCounted, at), error))
          return FALSE;
      if (at < before->len && compare (&g_array_index (before, DdCounted, at), &candidate->counted) == 0)
        {
          at++;
          continue;
        }
      if (job->keeps_any && !take (job->db, &candidate->counted, &counted, error))
        return FALSE;
      if (!counted)
        g_array_index (candidates, Candidate, left++) = *candidate;
    }
  g_array_set_size (candidates, left);
  for (; at < before->len; at++)
    if (!keep (job->db, &g_array_index (before, DdCounted, at), error))
      return FALSE;
  return TRUE;
}

static gboolean
count (DdTotalJob          *job,
       const DdLinkedFacts *facts,
       GHashTable          *totals,
       GError             **error)
{
  g_autoptr (GArray) deployments = collect_deployments (facts, totals);
  g_autoptr (GArray) changes = collect_changes (facts, totals);

  if (!leave_new (job, job->deployments, deployments, dd_total_store_keep_deployment, dd_total_store_take_deployment, error) ||
      !leave_new (job, job->changes, changes, dd_total_store_keep_change, dd_total_store_take_change, error))
    return FALSE;
  for (guint i = 0; i < deployments->len; i++)
    {
      const Candidate *candidate = &g_array_index (deployments, Candidate, i);

      candidate->totals->deployments[candidate->counted.result]++;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const Candidate *candidate = &g_array_index (changes, Candidate, i);

      candidate->totals->leads[dd_lead_bucket (candidate->lead)]++;
      candidate->totals->lead_seconds += (double) candidate->lead / (double) DD_SECOND;
    }
  return TRUE;
}

DdTotalJob *
dd_total_job_new (DdDb                *db,
                  const DdLinkedRange *range,
                  GError             **error)
{
  g_autoptr (DdTotalJob) job = g_new0 (DdTotalJob, 1);

  job->db = db;
  job->deployments = dd_total_store_deployments (db, range, error);
  job->changes = job->deployments != NULL ? dd_total_store_changes (db, range, error) : NULL;
  if (job->changes == NULL)
    return NULL;
  job->keeps_any = dd_total_store_keeps_any (db);
  return g_steal_pointer (&job);
}

void
dd_total_job_free (DdTotalJob *job)
{
  if (job == NULL)
    return;
  g_clear_pointer (&job->deployments, g_array_unref);
  g_clear_pointer (&job->changes, g_array_unref);
  g_free (job);
}

gboolean
dd_total_job_run (DdTotalJob                *job,
                  DdDirtyRepository * const *repositories,
                  guint                      n,
                  const DdLinkedFacts       *facts,
                  GError                   **error)
{
  g_autofree DdTotals *each = g_new (DdTotals, MAX (1, n));
  g_autoptr (GHashTable) totals = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    {
      dd_totals_init (&each[i], repositories[i]->id);
      g_hash_table_insert (totals, &each[i].repository, &each[i]);
    }
  if (!count (job, facts, totals, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!dd_total_store_add (job->db, &each[i], error))
      return FALSE;
  return TRUE;
}
