/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

GArray *
dd_link_streaks (const DdLinkDeployment *deployments,
                 guint                   n,
                 const DdLinkRules      *rules)
{
  /* environment → the failure that began the streak that runs there */
  g_autoptr (GHashTable) failing = g_hash_table_new (NULL, NULL);
  GArray *streaks = g_array_new (FALSE, FALSE, sizeof (DdStreak));

  for (guint i = 0; i < n; i++)
    {
      const DdLinkDeployment *deployment = &deployments[i];
      gpointer environment = GUINT_TO_POINTER (deployment->environment);
      const DdLinkDeployment *first = g_hash_table_lookup (failing, environment);
      DdStreak streak;

      if (deployment->rule != DD_RULE_COUNTED)
        continue;
      if (deployment->result == DD_RESULT_FAILURE)
        {
          if (first == NULL)
            g_hash_table_insert (failing, environment, (gpointer) deployment);
          continue;
        }
      if (deployment->result != DD_RESULT_SUCCESS || first == NULL)
        continue;
      streak.deployment = first->id;
      streak.started = first->finished;
      streak.ended = deployment->finished;
      streak.duration = dd_calendar_measure (rules->calendar, streak.started, streak.ended);
      g_array_append_val (streaks, streak);
      g_hash_table_remove (failing, environment);
    }
  return streaks;
}
