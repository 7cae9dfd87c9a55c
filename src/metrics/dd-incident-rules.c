/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-rules.h"

#include <string.h>

#include "dd-incident-same.h"

/* The whole while the rules are applied. Names and addresses are folded, so that they are compared without case. */
typedef struct
{
  DdIncidentView *views;
  guint           n;
  GHashTable     *by_name;      /* folded name → the view that postmortems mean by it */
  GHashTable     *named;        /* postmortem → the view that it names */
  GHashTable     *same;         /* view → the one of another source that counts for it */
  GHashTable     *repositories; /* folded name → name as it is known */
  GHashTable     *label_sets;   /* incident_labels of a source → set of folded labels */
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

/* Folded words; the labels of a source are folded once for all of its issues. */
static GHashTable *
fold_set (char **words)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; words[i] != NULL; i++)
    g_hash_table_add (set, fold (words[i]));
  return set;
}

static gboolean
set_has (GHashTable *set,
         const char *text)
{
  g_autofree char *folded = fold (text);

  return g_hash_table_contains (set, folded);
}

static gboolean
has_incident_label (const Rules          *rules,
                    const DdIncidentView *view)
{
  GHashTable *set = g_hash_table_lookup (rules->label_sets, view->incident_labels);

  if (set == NULL)
    {
      set = fold_set (view->incident_labels);
      g_hash_table_insert (rules->label_sets, view->incident_labels, set);
    }
  for (int i = 0; view->record->labels != NULL && view->record->labels[i] != NULL; i++)
    if (set_has (set, view->record->labels[i]))
      return TRUE;
  return FALSE;
}

/* What the record is by itself, before others are looked at. */
static DdRule
own_rule (const Rules          *rules,
          const DdIncidentView *view)
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
  if (view->record->kind == DD_INCIDENT_ISSUE && view->incident_labels != NULL && !has_incident_label (rules, view))
    return DD_RULE_NO_INCIDENT_LABEL;
  return DD_RULE_COUNTED;
}

/* The name in a label "repo:NAME" or "service:NAME"; NULL for other labels. */
static const char *
named_by_label (const char *label)
{
  static const char * const prefixes[] = { "repo:", "service:" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (label, prefixes[i], strlen (prefixes[i])) == 0 && label[strlen (prefixes[i])] != '\0')
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

/* A postmortem that gives a name means the incident of that name before anything else that has it. */
static void
note_name (Rules          *rules,
           DdIncidentView *view)
{
  g_autofree char *name = view->record->name != NULL ? fold (view->record->name) : NULL;
  const DdIncidentView *known = name != NULL ? g_hash_table_lookup (rules->by_name, name) : NULL;

  if (name != NULL && (known == NULL || (known->rule != DD_RULE_COUNTED && view->rule == DD_RULE_COUNTED)))
    g_hash_table_replace (rules->by_name, g_steal_pointer (&name), view);
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
      view->repository = NULL;
      view->repository_unknown = FALSE;
      view->belongs_to = 0;
      view->rule = own_rule (rules, view);
      find_repository (rules, view);
      if (view->record->kind != DD_INCIDENT_POSTMORTEM)
        note_name (rules, view);
    }
}

/* A postmortem is a document where it names what is known, or lacks a time; else it is an incident of its own. */
static void
sort_out_postmortem (Rules          *rules,
                     DdIncidentView *postmortem)
{
  g_autofree char *name = postmortem->record->name != NULL ? fold (postmortem->record->name) : NULL;
  DdIncidentView *known = name != NULL ? g_hash_table_lookup (rules->by_name, name) : NULL;

  if (known != NULL)
    g_hash_table_insert (rules->named, postmortem, known);
  if (known != NULL || postmortem->started == DD_TIME_NONE || postmortem->resolved == DD_TIME_NONE)
    postmortem->rule = DD_RULE_DOCUMENT;
  else
    note_name (rules, postmortem);
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

/* What postmortems say of the incidents that they name; the latest one has the last word. */
static void
apply_postmortems (Rules *rules)
{
  for (guint i = 0; i < rules->n; i++)
    {
      DdIncidentView *postmortem = &rules->views[i];
      DdIncidentView *incident = g_hash_table_lookup (rules->named, postmortem);

      if (incident == NULL)
        continue;
      if (incident->rule == DD_RULE_SAME_INCIDENT)
        incident = g_hash_table_lookup (rules->same, incident);
      postmortem->belongs_to = incident->id;
      if (incident->rule == DD_RULE_COUNTED)
        take_postmortem (incident, postmortem);
    }
}

/* An incident whose severity nobody tells is not among those that count, where there is a list of these. */
static void
apply_severities (Rules  *rules,
                  char  **severities)
{
  g_autoptr (GHashTable) set = fold_set (severities);

  if (g_hash_table_size (set) == 0)
    return;
  for (guint i = 0; i < rules->n; i++)
    {
      DdIncidentView *view = &rules->views[i];

      if (view->rule == DD_RULE_COUNTED && (view->severity == NULL || !set_has (set, view->severity)))
        view->rule = DD_RULE_SEVERITY;
    }
}

void
dd_incident_rules_apply (DdIncidentView         *views,
                         guint                   n,
                         const char * const     *known,
                         const DdMetricSettings *settings)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) same = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) repositories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) label_sets = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  Rules rules = {
    .views = views,
    .n = n,
    .by_name = by_name,
    .named = named,
    .same = same,
    .repositories = repositories,
    .label_sets = label_sets,
  };

  for (int i = 0; known != NULL && known[i] != NULL; i++)
    g_hash_table_insert (repositories, fold (known[i]), (gpointer) known[i]);
  if (n > 1)
    qsort (views, n, sizeof (DdIncidentView), compare_views);
  look_at_each (&rules);
  for (guint i = 0; i < n; i++)
    if (views[i].record->kind == DD_INCIDENT_POSTMORTEM && views[i].rule == DD_RULE_COUNTED)
      sort_out_postmortem (&rules, &views[i]);
  dd_incident_same_join (views, n, same);
  apply_postmortems (&rules);
  apply_severities (&rules, settings->severities);
}
