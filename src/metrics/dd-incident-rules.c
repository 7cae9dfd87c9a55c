/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-rules.h"

#include <string.h>

/* The whole while the rules are applied. Names and addresses are folded, so that they are compared without case. */
typedef struct
{
  DdIncidentView *views;
  guint           n;
  GHashTable     *by_name;      /* folded name → the first view of it that is no postmortem */
  GHashTable     *same;         /* view → the one of another source that counts for it */
  GHashTable     *repositories; /* folded name → name as it is known */
  const DdMetricSettings *settings;
} Rules;

static char *
fold (const char *text)
{
  return g_utf8_casefold (text, -1);
}

/* By source, then by age, so that of two that tell of the same incident the same one counts each time. */
static int
compare_views (gconstpointer a,
               gconstpointer b)
{
  const DdIncidentView *left = a, *right = b;

  if (left->source_rank != right->source_rank)
    return left->source_rank < right->source_rank ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

static gboolean
has_incident_label (const DdIncidentView *view)
{
  if (view->record->labels == NULL)
    return FALSE;
  for (int i = 0; view->record->labels[i] != NULL; i++)
    {
      g_autofree char *label = fold (view->record->labels[i]);

      for (int j = 0; view->incident_labels[j] != NULL; j++)
        {
          g_autofree char *wanted = fold (view->incident_labels[j]);

          if (strcmp (label, wanted) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* What the record is by itself, before others are looked at. */
static DdRule
own_rule (const DdIncidentView *view)
{
  switch (view->record->state)
    {
    case DD_INCIDENT_CANCELLED:
      return DD_RULE_ISSUE_CANCELLED;
    case DD_INCIDENT_TEST:
      return DD_RULE_TEST_INCIDENT;
    case DD_INCIDENT_LIVE:
    default:
      break;
    }
  if (view->record->kind == DD_INCIDENT_ISSUE && view->incident_labels != NULL && !has_incident_label (view))
    return DD_RULE_NO_INCIDENT_LABEL;
  return DD_RULE_COUNTED;
}

/* The rest of a label "repo:NAME" or "service:NAME"; NULL for other labels. */
static const char *
named_by_label (const char *label)
{
  static const char * const prefixes[] = { "repo:", "service:" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (label, prefixes[i], strlen (prefixes[i])) == 0)
      return label + strlen (prefixes[i]);
  return NULL;
}

static const char *
known_repository (const Rules *rules,
                  const char  *name)
{
  const char *slash = strrchr (name, '/');
  g_autofree char *folded = fold (slash != NULL ? slash + 1 : name);

  return g_hash_table_lookup (rules->repositories, folded);
}

static void
find_repository (const Rules    *rules,
                 DdIncidentView *view)
{
  const char *named = view->record->repository;

  for (int i = 0; named == NULL && view->record->labels != NULL && view->record->labels[i] != NULL; i++)
    named = named_by_label (view->record->labels[i]);
  if (named != NULL)
    {
      const char *known = known_repository (rules, named);

      view->repository = known != NULL ? known : named;
      view->repository_unknown = known == NULL;
      return;
    }
  for (int i = 0; view->repository == NULL && view->record->labels != NULL && view->record->labels[i] != NULL; i++)
    view->repository = known_repository (rules, view->record->labels[i]);
}

static void
look_at_each (Rules *rules)
{
  for (guint i = 0; i < rules->n; i++)
    {
      DdIncidentView *view = &rules->views[i];

      view->started = view->record->started;
      view->resolved = view->record->resolved;
      view->severity = view->record->severity;
      view->rule = own_rule (view);
      find_repository (rules, view);
      if (view->record->kind != DD_INCIDENT_POSTMORTEM && view->record->name != NULL)
        {
          g_autofree char *name = fold (view->record->name);

          if (!g_hash_table_contains (rules->by_name, name))
            g_hash_table_insert (rules->by_name, g_steal_pointer (&name), view);
        }
    }
}

/* What the second tells and the first does not know. */
static void
fill_in (DdIncidentView       *first,
         const DdIncidentView *second)
{
  if (first->resolved == DD_TIME_NONE)
    first->resolved = second->resolved;
  if (first->severity == NULL)
    first->severity = second->severity;
  if (first->repository == NULL)
    {
      first->repository = second->repository;
      first->repository_unknown = second->repository_unknown;
    }
  if (first->record->deployment == NULL && second->record->deployment != NULL)
    first->record->deployment = g_strdup (second->record->deployment);
}

static DdIncidentView *
look_up (GHashTable *owners,
         const char *address)
{
  g_autofree char *folded = address != NULL && *address != '\0' ? fold (address) : NULL;

  return folded != NULL ? g_hash_table_lookup (owners, folded) : NULL;
}

static void
note_owner (GHashTable     *owners,
            const char     *address,
            DdIncidentView *view)
{
  if (address != NULL && *address != '\0' && look_up (owners, address) == NULL)
    g_hash_table_insert (owners, fold (address), view);
}

/* The incident seen before that has the same name or address, or links to this one, or that this one links to. */
static DdIncidentView *
find_same (GHashTable           *identities,
           GHashTable           *linked,
           const DdIncidentView *view,
           char                **links)
{
  const char *own[] = { view->record->url, view->record->name };
  DdIncidentView *same = NULL;

  for (gsize i = 0; same == NULL && i < G_N_ELEMENTS (own); i++)
    if ((same = look_up (identities, own[i])) == NULL)
      same = look_up (linked, own[i]);
  for (int i = 0; same == NULL && links[i] != NULL; i++)
    same = look_up (identities, links[i]);
  return same;
}

/* Two sources can tell of one incident. */
static void
join_same (Rules *rules)
{
  g_autoptr (GHashTable) identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rules->n; i++)
    {
      DdIncidentView *view = &rules->views[i], *same;
      g_auto (GStrv) links = NULL;

      if (view->rule != DD_RULE_COUNTED || view->record->kind == DD_INCIDENT_POSTMORTEM)
        continue;
      links = g_strsplit (view->record->links != NULL ? view->record->links : "", " ", -1);
      same = find_same (identities, linked, view, links);
      if (same != NULL && same->source_rank != view->source_rank)
        {
          view->rule = DD_RULE_SAME_INCIDENT;
          view->belongs_to = same->id;
          g_hash_table_insert (rules->same, view, same);
          fill_in (same, view);
          continue;
        }
      note_owner (identities, view->record->url, view);
      note_owner (identities, view->record->name, view);
      for (int j = 0; links[j] != NULL; j++)
        note_owner (linked, links[j], view);
    }
}

static void
take_postmortem (DdIncidentView       *incident,
                 const DdIncidentView *postmortem)
{
  if (postmortem->record->started != DD_TIME_NONE)
    incident->started = postmortem->record->started;
  if (postmortem->record->resolved != DD_TIME_NONE)
    incident->resolved = postmortem->record->resolved;
  if (postmortem->record->severity != NULL)
    incident->severity = postmortem->record->severity;
}

static void
settle_postmortem (Rules          *rules,
                   DdIncidentView *postmortem)
{
  g_autofree char *name = postmortem->record->name != NULL ? fold (postmortem->record->name) : NULL;
  DdIncidentView *incident = name != NULL ? g_hash_table_lookup (rules->by_name, name) : NULL;

  if (incident == NULL)
    {
      /* It names nothing that is known: an incident of its own, if it gives both times. */
      if (postmortem->started == DD_TIME_NONE || postmortem->resolved == DD_TIME_NONE)
        postmortem->rule = DD_RULE_DOCUMENT;
      else if (name != NULL)
        g_hash_table_insert (rules->by_name, g_steal_pointer (&name), postmortem);
      return;
    }
  postmortem->rule = DD_RULE_DOCUMENT;
  postmortem->belongs_to = incident->id;
  if (incident->rule == DD_RULE_SAME_INCIDENT)
    incident = g_hash_table_lookup (rules->same, incident);
  if (incident->rule == DD_RULE_COUNTED)
    take_postmortem (incident, postmortem);
}

static gboolean
severity_counts (const DdMetricSettings *settings,
                 const char             *severity)
{
  if (settings->severities[0] == NULL)
    return TRUE;
  for (int i = 0; severity != NULL && settings->severities[i] != NULL; i++)
    {
      g_autofree char *wanted = fold (settings->severities[i]);
      g_autofree char *folded = fold (severity);

      if (strcmp (wanted, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

void
dd_incident_rules_apply (DdIncidentView         *views,
                         guint                   n,
                         const char * const     *known,
                         const DdMetricSettings *settings)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) repositories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) same = g_hash_table_new (NULL, NULL);
  Rules rules = { .views = views, .n = n, .by_name = by_name, .same = same, .repositories = repositories, .settings = settings };

  for (int i = 0; known != NULL && known[i] != NULL; i++)
    g_hash_table_insert (repositories, fold (known[i]), (gpointer) known[i]);
  if (n > 1)
    qsort (views, n, sizeof (DdIncidentView), compare_views);
  look_at_each (&rules);
  join_same (&rules);
  for (guint i = 0; i < n; i++)
    if (views[i].record->kind == DD_INCIDENT_POSTMORTEM && views[i].rule == DD_RULE_COUNTED)
      settle_postmortem (&rules, &views[i]);
  for (guint i = 0; i < n; i++)
    if (views[i].rule == DD_RULE_COUNTED && !severity_counts (settings, views[i].severity))
      views[i].rule = DD_RULE_SEVERITY;
}
