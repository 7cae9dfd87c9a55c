/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

static int
compare_deployments (gconstpointer a,
                     gconstpointer b)
{
  const DdLinkDeployment *left = a, *right = b;
  gint64 left_time = left->finished != DD_TIME_NONE ? left->finished : G_MAXINT64;
  gint64 right_time = right->finished != DD_TIME_NONE ? right->finished : G_MAXINT64;

  if (left_time != right_time)
    return left_time < right_time ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

void
dd_link_sort (DdLinkDeployment *deployments,
              guint             n)
{
  if (n > 1)
    qsort (deployments, n, sizeof (DdLinkDeployment), compare_deployments);
}

/*
 * Which deployment contains a change first? Deployments stand in the order of their finish. For each way of telling
 * whether one contains a change there is a column of running maxima, which never fall: the first place that reaches the
 * change's own value is found by halving.
 */
typedef struct
{
  guint   n;
  guint  *places;     /* of the deployments that deploy anything */
  gint64 *positions;  /* running maximum of known positions; -1 before the first */
  gint64 *thresholds; /* of the thresholds of those without a position */
  gint64 *any_thresholds; /* of all thresholds */
} Ladder;

/* A deployment holds all that was merged at or before this. */
static gint64
threshold_of (const DdLinkDeployment *deployment)
{
  return deployment->committed != DD_TIME_NONE ? deployment->committed : deployment->created;
}

static void
ladder_init (Ladder                 *ladder,
             const DdLinkDeployment *deployments,
             guint                   n)
{
  gint64 position = DD_NO_POSITION, threshold = G_MININT64, any = G_MININT64;

  *ladder = (Ladder) { 0 };
  ladder->places = g_new (guint, MAX (1, n));
  ladder->positions = g_new (gint64, MAX (1, n));
  ladder->thresholds = g_new (gint64, MAX (1, n));
  ladder->any_thresholds = g_new (gint64, MAX (1, n));
  for (guint i = 0; i < n; i++)
    {
      const DdLinkDeployment *deployment = &deployments[i];

      if (deployment->rule != DD_RULE_COUNTED || deployment->result != DD_RESULT_SUCCESS)
        continue;
      if (deployment->position != DD_NO_POSITION)
        position = MAX (position, deployment->position);
      else
        threshold = MAX (threshold, threshold_of (deployment));
      any = MAX (any, threshold_of (deployment));
      ladder->places[ladder->n] = i;
      ladder->positions[ladder->n] = position;
      ladder->thresholds[ladder->n] = threshold;
      ladder->any_thresholds[ladder->n] = any;
      ladder->n++;
    }
}

static void
ladder_clear (Ladder *ladder)
{
  g_free (ladder->places);
  g_free (ladder->positions);
  g_free (ladder->thresholds);
  g_free (ladder->any_thresholds);
}

/* The first step of a column that reaches @value; n where none does. */
static guint
first_reaching (const gint64 *column,
                guint         n,
                gint64        value)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (column[middle] >= value)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static DdLinkDeployment *
first_containing (const Ladder       *ladder,
                  DdLinkDeployment   *deployments,
                  const DdLinkChange *change)
{
  guint step;

  if (change->position == DD_NO_POSITION)
    step = first_reaching (ladder->any_thresholds, ladder->n, change->merged);
  else
    step = MIN (first_reaching (ladder->positions, ladder->n, change->position),
                first_reaching (ladder->thresholds, ladder->n, change->merged));
  return step < ladder->n ? &deployments[ladder->places[step]] : NULL;
}

/* A stage has a length only where both its ends are known and in order. */
static gint64
stage (const DdLinkRules *rules,
       gint64             from,
       gint64             to)
{
  if (from == DD_TIME_NONE || to == DD_TIME_NONE || to < from)
    return DD_TIME_NONE;
  return dd_calendar_measure (rules->calendar, from, to);
}

static void
leave_out (DdLinkChange *change,
           DdRule        rule)
{
  change->rule = rule;
  change->at = change->merged;
  change->lead = change->coding = change->pickup = change->review = change->deploy = DD_TIME_NONE;
}

/* Changes merged before this are left out. The bounds keep any setting within what an instant can hold. */
static gint64
earliest_merge (const Ladder           *ladder,
                const DdLinkDeployment *deployments,
                const DdLinkRules      *rules)
{
  if (ladder->n == 0)
    return G_MININT64;
  return deployments[ladder->places[0]].created -
         (gint64) (CLAMP (rules->first_deployment_days, 0, 1e6) * (double) DD_DAY);
}

/* Lead time and stages up to @end, which is the deployment's finish or, by merge, the merge itself. */
static void
measure (DdLinkChange      *change,
         const DdLinkRules *rules,
         gint64             end)
{
  gint64 start = change->first_commit != DD_TIME_NONE ? change->first_commit : change->opened;

  change->coding = stage (rules, change->first_commit, change->opened);
  change->pickup = stage (rules, change->opened, change->first_review);
  change->review = stage (rules, change->first_review, change->merged);
  change->deploy = rules->by_merge ? DD_TIME_NONE : stage (rules, change->merged, end);
  if (start != DD_TIME_NONE && end < start)
    {
      leave_out (change, DD_RULE_NEGATIVE);
      return;
    }
  change->at = end;
  /* Where not even the opening is known, the change counts and its lead time does not exist: the merge is no start. */
  change->lead = start != DD_TIME_NONE ? dd_calendar_measure (rules->calendar, start, end) : DD_TIME_NONE;
  change->rule = rules->by_merge ? DD_RULE_COUNTED_BY_MERGE : DD_RULE_COUNTED;
}

void
dd_link_changes (DdLinkDeployment  *deployments,
                 guint              n_deployments,
                 DdLinkChange      *changes,
                 guint              n_changes,
                 const DdLinkRules *rules)
{
  gint64 earliest;
  Ladder ladder;

  ladder_init (&ladder, deployments, n_deployments);
  earliest = earliest_merge (&ladder, deployments, rules);
  for (guint i = 0; i < n_changes; i++)
    {
      DdLinkChange *change = &changes[i];
      DdLinkDeployment *deployment = NULL;

      change->deployment = 0;
      if (rules->by_merge)
        measure (change, rules, change->merged);
      else if (change->merged < earliest)
        leave_out (change, DD_RULE_BEFORE_FIRST_DEPLOYMENT);
      else if ((deployment = first_containing (&ladder, deployments, change)) == NULL)
        leave_out (change, DD_RULE_WAITING);
      else
        {
          change->deployment = deployment->id;
          if (change->unplanned)
            deployment->unplanned = TRUE;
          measure (change, rules, deployment->finished);
        }
      if (change->bot)
        change->rule = DD_RULE_BOT;
    }
  ladder_clear (&ladder);
}
