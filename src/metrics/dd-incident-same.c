/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-same.h"

/* Who was seen so far, by names and addresses, folded so that they are compared without case. */
typedef struct
{
  GHashTable *identities; /* of its own: name, URL → DdIncidentView */
  GHashTable *linked;     /* that it links to → DdIncidentView */
  GHashTable *same;
} Seen;

static void
note (GHashTable     *owners,
      const char     *address,
      DdIncidentView *view)
{
  g_autofree char *folded = address != NULL && *address != '\0' ? g_utf8_casefold (address, -1) : NULL;

  /* The first one stays: it is of the earliest source. */
  if (folded != NULL && !g_hash_table_contains (owners, folded))
    g_hash_table_insert (owners, g_steal_pointer (&folded), view);
}

/* The incident that counts for the owner of an address; NULL where that is none, or one that the view's own source
 * tells apart. */
static DdIncidentView *
look_up (const Seen           *seen,
         GHashTable           *owners,
         const char           *address,
         const DdIncidentView *view)
{
  g_autofree char *folded = address != NULL && *address != '\0' ? g_utf8_casefold (address, -1) : NULL;
  DdIncidentView *owner = folded != NULL ? g_hash_table_lookup (owners, folded) : NULL;
  DdIncidentView *counted;

  if (owner == NULL || owner->source_rank == view->source_rank)
    return NULL;
  counted = g_hash_table_lookup (seen->same, owner);
  return counted != NULL ? counted : owner;
}

static DdIncidentView *
earlier (DdIncidentView *a,
         DdIncidentView *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return MIN (a, b);
}

/* The earliest one that has the view's name or address, or links to it, or that it links to. */
static DdIncidentView *
find_same (const Seen           *seen,
           const DdIncidentView *view,
           char                **links)
{
  const char *own[] = { view->record->name, view->record->url };
  DdIncidentView *same = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      same = earlier (same, look_up (seen, seen->identities, own[i], view));
      same = earlier (same, look_up (seen, seen->linked, own[i], view));
    }
  for (int i = 0; links[i] != NULL; i++)
    same = earlier (same, look_up (seen, seen->identities, links[i], view));
  return same;
}

/* What the second tells and the first does not know. */
static void
fill_in (DdIncidentView       *first,
         const DdIncidentView *second)
{
  if (first->started == DD_TIME_NONE)
    first->started = second->started;
  if (first->resolved == DD_TIME_NONE)
    first->resolved = second->resolved;
  if (first->severity == NULL)
    first->severity = second->severity;
  if (first->repository == NULL)
    {
      first->repository = second->repository;
      first->repository_unknown = second->repository_unknown;
    }
  if (first->record->deployment == NULL)
    first->record->deployment = g_strdup (second->record->deployment);
}

void
dd_incident_same_join (DdIncidentView *views,
                       guint           n,
                       GHashTable     *same)
{
  g_autoptr (GHashTable) identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Seen seen = { .identities = identities, .linked = linked, .same = same };

  for (guint i = 0; i < n; i++)
    {
      DdIncidentView *view = &views[i], *first;
      g_auto (GStrv) links = NULL;

      if (view->rule != DD_RULE_COUNTED)
        continue;
      links = g_strsplit (view->record->links != NULL ? view->record->links : "", " ", -1);
      first = find_same (&seen, view, links);
      if (first != NULL)
        {
          view->rule = DD_RULE_SAME_INCIDENT;
          view->belongs_to = first->id;
          g_hash_table_insert (same, view, first);
          fill_in (first, view);
        }
      /* Also those of one that does not count, so that a third source may know the incident by them. */
      note (identities, view->record->name, view);
      note (identities, view->record->url, view);
      for (int j = 0; links[j] != NULL; j++)
        note (linked, links[j], view);
    }
}
