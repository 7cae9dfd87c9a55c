/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link.h"

static int
compare_incidents (gconstpointer a,
                   gconstpointer b)
{
  const DdLinkIncident *left = a, *right = b;

  if (left->started != right->started)
    return left->started < right->started ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

/* What a person decided, and what the incident itself says, stand above the search. */
static gboolean
is_settled (DdLinkIncident *incident)
{
  incident->deployment = 0;
  incident->link = DD_LINK_NONE;
  switch (incident->decision)
    {
    case DD_LINK_BY_HAND:
      incident->deployment = incident->decided_deployment;
      incident->link = DD_LINK_BY_HAND;
      return TRUE;
    case DD_LINK_UNLINKED:
    case DD_LINK_EXCLUDED:
      incident->link = incident->decision;
      return TRUE;
    case DD_LINK_NONE:
    case DD_LINK_NAMED:
    case DD_LINK_REPOSITORY:
    case DD_LINK_ANY:
    default:
      break;
    }
  if (incident->named_deployment != 0)
    {
      incident->deployment = incident->named_deployment;
      incident->link = DD_LINK_NAMED;
      return TRUE;
    }
  return incident->repository_unknown;
}

void
dd_link_incidents (DdLinkIncident      *incidents,
                   guint                n_incidents,
                   const DdLinkSuccess *successes,
                   guint                n_successes,
                   const DdLinkRules   *rules)
{
  /* repository → its latest success so far. Both lists are walked once, in order of time. */
  g_autoptr (GHashTable) latest = g_hash_table_new (NULL, NULL);
  const DdLinkSuccess *latest_of_any = NULL;
  gint64 window = (gint64) (CLAMP (rules->attribution_hours, 0, 1e7) * (double) DD_HOUR);
  guint next = 0;

  if (n_incidents > 1)
    qsort (incidents, n_incidents, sizeof (DdLinkIncident), compare_incidents);
  for (guint i = 0; i < n_incidents; i++)
    {
      DdLinkIncident *incident = &incidents[i];
      const DdLinkSuccess *success;

      for (; next < n_successes && successes[next].finished <= incident->started; next++)
        {
          latest_of_any = &successes[next];
          g_hash_table_insert (latest, GUINT_TO_POINTER (latest_of_any->repository), (gpointer) latest_of_any);
        }
      if (is_settled (incident))
        continue;
      success = incident->repository != 0 ? g_hash_table_lookup (latest, GUINT_TO_POINTER (incident->repository))
                                          : latest_of_any;
      if (success == NULL || success->finished < incident->started - window)
        continue;
      incident->deployment = success->id;
      incident->link = incident->repository != 0 ? DD_LINK_REPOSITORY : DD_LINK_ANY;
    }
}
