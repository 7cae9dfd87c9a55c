/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-total-job.h"

#include "dd-total-store.h"

/* A record that may be new to the totals. */
typedef struct
{
  gint64    id;
  DdTotals *totals; /* of its repository */
  DdResult  result; /* deployments */
  gint64    lead;   /* changes */
} Candidate;

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = ((const Candidate *) a)->id, right = ((const Candidate *) b)->id;

  return left < right ? -1 : left > right;
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

static gboolean
count_deployments (DdDb                *db,
                   const DdLinkedFacts *facts,
                   GHashTable          *totals,
                   GError             **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < facts->deployments->len; i++)
    {
      const DdDeploymentFact *fact = &g_array_index (facts->deployments, DdDeploymentFact, i);
      Candidate candidate = { .id = fact->id, .result = result_of (fact) };

      if (candidate.result == DD_RESULT_RUNNING)
        continue;
      candidate.totals = g_hash_table_lookup (totals, &fact->repository);
      if (candidate.totals->last[candidate.result] == DD_TIME_NONE || fact->at > candidate.totals->last[candidate.result])
        candidate.totals->last[candidate.result] = fact->at;
      g_array_append_val (candidates, candidate);
    }
  /* Written in the order of the table, of which little is in memory at a time. */
  g_array_sort (candidates, compare_ids);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      gboolean first;

      if (!dd_total_store_note_deployment (db, candidate->id, candidate->result, &first, error))
        return FALSE;
      candidate->totals->deployments[candidate->result] += first;
    }
  return TRUE;
}

static gboolean
count_changes (DdDb                *db,
               const DdLinkedFacts *facts,
               GHashTable          *totals,
               GError             **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < facts->changes->len; i++)
    {
      const DdChangeFact *fact = &g_array_index (facts->changes, DdChangeFact, i);
      Candidate candidate = { .id = fact->id, .lead = fact->lead };

      /* Where merged stands for deployed, nothing was. */
      if (fact->rule != DD_RULE_COUNTED || fact->lead == DD_TIME_NONE)
        continue;
      candidate.totals = g_hash_table_lookup (totals, &fact->repository);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_ids);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      gboolean first;

      if (!dd_total_store_note_change (db, candidate->id, &first, error))
        return FALSE;
      if (!first)
        continue;
      candidate->totals->leads[dd_lead_bucket (candidate->lead)]++;
      candidate->totals->lead_seconds += (double) candidate->lead / (double) DD_SECOND;
    }
  return TRUE;
}

gboolean
dd_total_job_run (DdDb                       *db,
                  DdDirtyRepository * const  *repositories,
                  guint                       n,
                  const DdLinkedFacts        *facts,
                  GError                    **error)
{
  g_autofree DdTotals *each = g_new (DdTotals, MAX (1, n));
  g_autoptr (GHashTable) totals = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    {
      dd_totals_init (&each[i], repositories[i]->id);
      g_hash_table_insert (totals, &each[i].repository, &each[i]);
    }
  if (!count_deployments (db, facts, totals, error) || !count_changes (db, facts, totals, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!dd_total_store_add (db, &each[i], error))
      return FALSE;
  return TRUE;
}
