/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-linking.h"

#include "dd-time.h"

/* What is needed of a deployment until the repository's kind is known. */
typedef struct
{
  DdDeploymentKind kind;
  gboolean         production;
  gboolean         is_deployment_event;
  gboolean         wanted;    /* by the source's settings */
} Row;

struct _DdLinking
{
  const DdSettings  *settings;
  gint64             repository;
  const char        *chosen;  /* deployments_from by hand, NULL for none */
  GHashTable        *environments; /* casefolded name → number */
  GArray            *rows;    /* of Row */
  GArray            *deployments; /* of DdLinkDeployment */
  GArray            *changes; /* of DdLinkChange */
  DdKindsSeen        seen;
  gboolean           any_deployment_event; /* of Woodpecker */
  DdRepositoryFact   fact;
  DdLinkRules        rules;
};

static const DdSourceSettings *
find_source (const DdSettings *settings,
             const char       *type)
{
  for (guint i = 0; i < settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (settings->sources, i);

      if (strcmp (source->type, type) == 0)
        return source;
    }
  return NULL;
}

/* What a name-keyed setting says of this repository, without case, by short or by full name. */
static const char *
find_chosen (const DdSettings *settings,
             const char       *repository)
{
  for (guint i = 0; i < settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (settings->sources, i);
      GHashTableIter iter;
      gpointer name, value;

      if (source->deployments_from == NULL)
        continue;
      g_hash_table_iter_init (&iter, source->deployments_from);
      while (g_hash_table_iter_next (&iter, &name, &value))
        {
          const char *slash = strrchr (name, '/');

          if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : name, repository) == 0)
            return value;
        }
    }
  return NULL;
}

static gboolean
is_excluded (const DdSettings *settings,
             const char       *repository)
{
  for (guint i = 0; i < settings->sources->len; i++)
    {
      const DdSourceSettings *source = g_ptr_array_index (settings->sources, i);

      for (guint j = 0; source->exclude[j] != NULL; j++)
        {
          const char *slash = strrchr (source->exclude[j], '/');

          if (g_ascii_strcasecmp (slash != NULL ? slash + 1 : source->exclude[j], repository) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static guint
environment_number (DdLinking  *linking,
                    const char *environment)
{
  g_autofree char *folded = g_utf8_casefold (environment != NULL ? environment : "", -1);
  gpointer number = g_hash_table_lookup (linking->environments, folded);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (linking->environments) + 1);
      g_hash_table_insert (linking->environments, g_steal_pointer (&folded), number);
    }
  return GPOINTER_TO_UINT (number);
}

static DdResult
result_of (const DdDeploymentRow *row,
           const DdSettings      *settings)
{
  const DdSourceSettings *woodpecker;

  if (!row->errored)
    return row->result;
  woodpecker = find_source (settings, "woodpecker");
  return woodpecker != NULL && woodpecker->count_errors ? DD_RESULT_FAILURE : row->result;
}

/* A workflow run is a deployment where its name is the one chosen; a pipeline where its event is among those chosen. */
static gboolean
is_wanted (const DdDeploymentRow *row,
           const DdLinking         *linking)
{
  const DdSourceSettings *source;

  if (row->kind == DD_KIND_WORKFLOW)
    return linking->chosen != NULL && g_str_has_prefix (linking->chosen, "workflow:") &&
           dd_pattern_matches (linking->chosen + strlen ("workflow:"), row->label != NULL ? row->label : "");
  if (row->kind != DD_KIND_WOODPECKER)
    return TRUE;
  source = find_source (linking->settings, "woodpecker");
  return source == NULL || source->events == NULL ||
         (row->event != NULL && g_strv_contains ((const char * const *) source->events, row->event));
}

void
dd_linking_add_deployment (DdLinking             *linking,
                           const DdDeploymentRow *row)
{
  DdLinkDeployment deployment = {
    .id = row->id,
    .created = row->created != DD_TIME_NONE ? row->created : row->finished,
    .finished = row->finished,
    .committed = row->committed,
    .position = row->position,
    .environment = environment_number (linking, row->environment),
    .result = result_of (row, linking->settings),
    .unplanned = dd_text_is_unplanned (row->ref),
  };
  Row note = {
    .kind = row->kind,
    .is_deployment_event = row->kind == DD_KIND_WOODPECKER && g_strcmp0 (row->event, "deployment") == 0,
    .wanted = is_wanted (row, linking),
  };

  if (row->source_rank < 0)
    return;
  note.production = dd_link_is_production (&linking->settings->metrics, row->environment);
  linking->any_deployment_event |= note.is_deployment_event;
  g_array_append_val (linking->rows, note);
  g_array_append_val (linking->deployments, deployment);
}

/* metrics.md: in a repository without pipelines of event `deployment` every pipeline is one. */
static void
settle_pipelines (DdLinking *linking)
{
  for (guint i = 0; i < linking->rows->len; i++)
    {
      Row *row = &g_array_index (linking->rows, Row, i);

      if (row->kind == DD_KIND_WOODPECKER && linking->any_deployment_event && !row->is_deployment_event)
        row->wanted = FALSE;
      if (row->wanted && row->production)
        linking->seen.any[row->kind] = TRUE;
    }
}

static DdRule
deployment_rule (const DdLinking        *linking,
                 const Row              *row,
                 const DdLinkDeployment *deployment)
{
  if (linking->fact.excluded)
    return DD_RULE_REPOSITORY_EXCLUDED;
  if ((int) row->kind != linking->fact.kind || !row->wanted)
    return DD_RULE_OTHER_SOURCE;
  if (!row->production)
    return DD_RULE_NOT_PRODUCTION;
  if (deployment->result == DD_RESULT_RUNNING || deployment->finished == DD_TIME_NONE)
    return DD_RULE_RUNNING;
  if (deployment->result == DD_RESULT_CANCELLED)
    return DD_RULE_CANCELLED;
  return DD_RULE_COUNTED;
}

void
dd_linking_add_change (DdLinking         *linking,
                       const DdChangeRow *row)
{
  const DdMetricSettings *metrics = &linking->settings->metrics;
  DdLinkChange change = {
    .id = row->id,
    .first_commit = row->first_commit,
    .opened = row->opened,
    .first_review = row->first_review,
    .merged = row->merged,
    .position = row->position,
    .bot = metrics->exclude_bots &&
           (row->bot || (row->author != NULL && dd_patterns_match (metrics->bot_patterns, row->author))),
    .unplanned = dd_text_is_unplanned (row->title) || dd_text_is_unplanned (row->head),
  };

  g_array_append_val (linking->changes, change);
}

static void
note_time (DdRepositoryFact *fact,
           gint64            at)
{
  if (fact->first_at == DD_TIME_NONE || at < fact->first_at)
    fact->first_at = at;
  if (fact->last_at == DD_TIME_NONE || at > fact->last_at)
    fact->last_at = at;
}

/* Which kind supplies the repository's deployments, and what that leaves out. */
static void
judge_deployments (DdLinking *linking)
{
  settle_pipelines (linking);
  linking->fact.kind = dd_link_choose_kind (&linking->seen, linking->chosen, &linking->fact.reason);
  for (guint i = 0; i < linking->deployments->len; i++)
    {
      DdLinkDeployment *deployment = &g_array_index (linking->deployments, DdLinkDeployment, i);

      deployment->rule = deployment_rule (linking, &g_array_index (linking->rows, Row, i), deployment);
      linking->fact.deployed |= deployment->rule == DD_RULE_COUNTED;
    }
}

static void
add_deployment_facts (DdLinking     *linking,
                      DdLinkedFacts *facts)
{
  for (guint i = 0; i < linking->deployments->len; i++)
    {
      const DdLinkDeployment *deployment = &g_array_index (linking->deployments, DdLinkDeployment, i);
      DdDeploymentFact fact = {
        .at = deployment->finished != DD_TIME_NONE ? deployment->finished : deployment->created,
        .id = deployment->id,
        .repository = linking->repository,
        .rule = deployment->rule,
      };

      if (fact.at == DD_TIME_NONE)
        continue;
      if (deployment->rule == DD_RULE_COUNTED)
        fact.flags = (deployment->result == DD_RESULT_SUCCESS ? DD_DEPLOYMENT_SUCCEEDED : DD_DEPLOYMENT_FAILED) |
                     (deployment->unplanned ? DD_DEPLOYMENT_UNPLANNED : 0);
      note_time (&linking->fact, fact.at);
      g_array_append_val (facts->deployments, fact);
    }
}

static void
add_change_facts (DdLinking     *linking,
                  DdLinkedFacts *facts)
{
  for (guint i = 0; i < linking->changes->len; i++)
    {
      const DdLinkChange *change = &g_array_index (linking->changes, DdLinkChange, i);
      DdChangeFact fact = {
        .at = change->at,
        .id = change->id,
        .repository = linking->repository,
        .rule = linking->fact.excluded ? DD_RULE_REPOSITORY_EXCLUDED : change->rule,
        .lead = change->lead,
        .coding = change->coding,
        .pickup = change->pickup,
        .review = change->review,
        .deploy = change->deploy,
        .deployment = change->deployment,
      };

      note_time (&linking->fact, fact.at);
      g_array_append_val (facts->changes, fact);
    }
}

static void
add_streak_facts (DdLinking     *linking,
                  DdLinkedFacts *facts)
{
  g_autoptr (GArray) streaks = dd_link_streaks ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len,
                                                &linking->rules);

  for (guint i = 0; i < streaks->len; i++)
    {
      const DdStreak *streak = &g_array_index (streaks, DdStreak, i);
      DdRecoveryFact fact = {
        .kind = DD_EVENT_STREAK,
        .id = streak->deployment,
        .repository = linking->repository,
        .started = streak->started,
        .ended = streak->ended,
        .failed_started = streak->started,
        .duration = streak->duration,
        .failed_duration = streak->duration,
        .deployment = streak->deployment,
      };

      g_array_append_val (facts->streaks, fact);
    }
}

DdLinking *
dd_linking_new (const DdDirtyRepository *repository,
                const DdSettings        *settings,
                const DdLinkRules       *rules)
{
  DdLinking *linking = g_new0 (DdLinking, 1);

  linking->settings = settings;
  linking->repository = repository->id;
  linking->rules = *rules;
  linking->chosen = find_chosen (settings, repository->name);
  linking->environments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  linking->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  linking->deployments = g_array_new (FALSE, FALSE, sizeof (DdLinkDeployment));
  linking->changes = g_array_new (FALSE, FALSE, sizeof (DdLinkChange));
  linking->fact.excluded = is_excluded (settings, repository->name);
  linking->fact.first_at = linking->fact.last_at = DD_TIME_NONE;
  return linking;
}

void
dd_linking_free (DdLinking *linking)
{
  g_hash_table_unref (linking->environments);
  g_array_unref (linking->rows);
  g_array_unref (linking->deployments);
  g_array_unref (linking->changes);
  g_free (linking->fact.reason);
  g_free (linking);
}

const DdRepositoryFact *
dd_linking_run (DdLinking     *linking,
                DdLinkedFacts *facts)
{
  judge_deployments (linking);
  linking->rules.by_merge = !linking->fact.deployed;
  dd_link_sort ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len);
  dd_link_changes ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len,
                   (DdLinkChange *) linking->changes->data, linking->changes->len, &linking->rules);
  add_deployment_facts (linking, facts);
  add_change_facts (linking, facts);
  add_streak_facts (linking, facts);
  return &linking->fact;
}
