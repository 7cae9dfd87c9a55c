/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-link-job.h"

#include "dd-incident-job.h"
#include "dd-link-store.h"
#include "dd-link.h"
#include "dd-time.h"

/* Facts that are written before they are committed: small repositories share a transaction, because each costs a write to the disk. */
#define COMMIT_FACTS 20000

/* One repository while it is linked. */
typedef struct
{
  DdDb              *db;
  gint64             workspace;
  const DdSettings  *settings;
  DdDirtyRepository *repository;
  const char        *chosen;  /* deployments_from by hand, NULL for none */
  GHashTable        *environments; /* casefolded name → number */
  GArray            *rows;    /* of Row */
  GArray            *deployments; /* of DdLinkDeployment */
  GArray            *changes; /* of DdLinkChange */
  DdKindsSeen        seen;
  gboolean           any_deployment_event; /* of Woodpecker */
  DdDeploymentKind   kind;
  DdRepositoryFact   fact;
  DdLinkRules        rules;
} Linking;

/* What is needed of a deployment until the repository's kind is known. */
typedef struct
{
  DdDeploymentKind kind;
  gboolean         production;
  gboolean         is_deployment_event;
  gboolean         wanted;    /* by the source's settings */
} Row;

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
environment_number (Linking    *linking,
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
           const Linking         *linking)
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

static void
add_deployment_cb (const DdDeploymentRow *row,
                   gpointer               data)
{
  Linking *linking = data;
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
settle_pipelines (Linking *linking)
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
deployment_rule (const Linking          *linking,
                 const Row              *row,
                 const DdLinkDeployment *deployment)
{
  if (linking->fact.excluded)
    return DD_RULE_REPOSITORY_EXCLUDED;
  if (row->kind != linking->kind || !row->wanted)
    return DD_RULE_OTHER_SOURCE;
  if (!row->production)
    return DD_RULE_NOT_PRODUCTION;
  if (deployment->result == DD_RESULT_RUNNING || deployment->finished == DD_TIME_NONE)
    return DD_RULE_RUNNING;
  if (deployment->result == DD_RESULT_CANCELLED)
    return DD_RULE_CANCELLED;
  return DD_RULE_COUNTED;
}

static gboolean
read_deployments (Linking *linking,
                  GError **error)
{
  if (!dd_link_store_each_deployment (linking->db, linking->repository->id, add_deployment_cb, linking, error))
    return FALSE;
  settle_pipelines (linking);
  linking->kind = dd_link_choose_kind (&linking->seen, linking->chosen, &linking->fact.reason);
  linking->fact.kind = linking->kind;
  for (guint i = 0; i < linking->deployments->len; i++)
    {
      DdLinkDeployment *deployment = &g_array_index (linking->deployments, DdLinkDeployment, i);

      deployment->rule = deployment_rule (linking, &g_array_index (linking->rows, Row, i), deployment);
      linking->fact.deployed |= deployment->rule == DD_RULE_COUNTED;
    }
  return TRUE;
}

static void
add_change_cb (const DdChangeRow *row,
               gpointer           data)
{
  Linking *linking = data;
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

static gboolean
write_deployments (Linking *linking,
                   GError **error)
{
  for (guint i = 0; i < linking->deployments->len; i++)
    {
      const DdLinkDeployment *deployment = &g_array_index (linking->deployments, DdLinkDeployment, i);
      DdDeploymentFact fact = {
        .at = deployment->finished != DD_TIME_NONE ? deployment->finished : deployment->created,
        .id = deployment->id,
        .repository = linking->repository->id,
        .rule = deployment->rule,
      };

      if (fact.at == DD_TIME_NONE)
        continue;
      if (deployment->rule == DD_RULE_COUNTED)
        fact.flags = (deployment->result == DD_RESULT_SUCCESS ? DD_DEPLOYMENT_SUCCEEDED : DD_DEPLOYMENT_FAILED) |
                     (deployment->unplanned ? DD_DEPLOYMENT_UNPLANNED : 0);
      note_time (&linking->fact, fact.at);
      if (!dd_link_store_add_deployment (linking->db, linking->workspace, &fact, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_changes (Linking *linking,
               GError **error)
{
  for (guint i = 0; i < linking->changes->len; i++)
    {
      const DdLinkChange *change = &g_array_index (linking->changes, DdLinkChange, i);
      DdChangeFact fact = {
        .at = change->at,
        .id = change->id,
        .repository = linking->repository->id,
        .rule = linking->fact.excluded ? DD_RULE_REPOSITORY_EXCLUDED : change->rule,
        .lead = change->lead,
        .coding = change->coding,
        .pickup = change->pickup,
        .review = change->review,
        .deploy = change->deploy,
        .deployment = change->deployment,
      };

      note_time (&linking->fact, fact.at);
      if (!dd_link_store_add_change (linking->db, linking->workspace, &fact, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_streaks (Linking *linking,
               GError **error)
{
  g_autoptr (GArray) streaks = dd_link_streaks ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len,
                                                &linking->rules);

  for (guint i = 0; i < streaks->len; i++)
    {
      const DdStreak *streak = &g_array_index (streaks, DdStreak, i);
      DdRecoveryFact fact = {
        .kind = DD_EVENT_STREAK,
        .id = streak->deployment,
        .repository = linking->repository->id,
        .started = streak->started,
        .ended = streak->ended,
        .failed_started = streak->started,
        .duration = streak->duration,
        .failed_duration = streak->duration,
        .deployment = streak->deployment,
      };

      if (!dd_link_store_add_recovery (linking->db, linking->workspace, &fact, error))
        return FALSE;
    }
  return TRUE;
}

/* Positions are counted along first parents from the tip, so that any new commit may move all of them. */
static gboolean
write_positions (Linking *linking,
                 GError **error)
{
  g_autoptr (GPtrArray) commits = NULL;
  g_autofree gint32 *positions = NULL;

  if (!linking->repository->chain_dirty)
    return TRUE;
  commits = dd_link_store_commits (linking->db, linking->repository->id, error);
  if (commits == NULL)
    return FALSE;
  positions = g_new0 (gint32, MAX (1, commits->len));
  dd_link_positions ((DdCommit * const *) commits->pdata, commits->len, linking->repository->head, positions);
  for (guint i = 0; i < commits->len; i++)
    {
      const DdCommit *commit = g_ptr_array_index (commits, i);

      if (!dd_link_store_set_position (linking->db, linking->repository->id, commit->sha, positions[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
link_records (Linking *linking,
              GError **error)
{
  if (!write_positions (linking, error) || !read_deployments (linking, error) ||
      !dd_link_store_each_change (linking->db, linking->repository->id, add_change_cb, linking, error))
    return FALSE;
  linking->rules.by_merge = !linking->fact.deployed;
  dd_link_sort ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len);
  dd_link_changes ((DdLinkDeployment *) linking->deployments->data, linking->deployments->len,
                   (DdLinkChange *) linking->changes->data, linking->changes->len, &linking->rules);
  return dd_link_store_clear_facts (linking->db, linking->workspace, linking->repository->id, error) &&
         write_deployments (linking, error) && write_changes (linking, error) && write_streaks (linking, error) &&
         dd_link_store_set_repository (linking->db, linking->repository->id, &linking->fact, error);
}

static gboolean
link_repository (Linking *linking,
                 guint   *facts,
                 GError **error)
{
  gboolean done;

  linking->chosen = find_chosen (linking->settings, linking->repository->name);
  linking->environments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  linking->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  linking->deployments = g_array_new (FALSE, FALSE, sizeof (DdLinkDeployment));
  linking->changes = g_array_new (FALSE, FALSE, sizeof (DdLinkChange));
  linking->fact.excluded = is_excluded (linking->settings, linking->repository->name);
  linking->fact.first_at = linking->fact.last_at = DD_TIME_NONE;
  done = link_records (linking, error);
  *facts += linking->rows->len + linking->changes->len;
  g_hash_table_unref (linking->environments);
  g_array_unref (linking->rows);
  g_array_unref (linking->deployments);
  g_array_unref (linking->changes);
  g_free (linking->fact.reason);
  return done;
}

/* As many repositories as go into one transaction. What is to be linked is read inside of it: another process may write records
 * until it begins, and marks them. @more: (out): there are others. */
static gboolean
link_some (DdDb              *db,
           gint64             workspace,
           const DdSettings  *settings,
           const DdLinkRules *rules,
           GCancellable      *cancellable,
           gboolean          *more,
           GError           **error)
{
  g_autoptr (GPtrArray) repositories = NULL;
  guint facts = 0, i = 0;

  if (!dd_db_begin (db, error))
    return FALSE;
  repositories = dd_link_store_dirty_repositories (db, workspace, error);
  if (repositories == NULL)
    return FALSE;
  for (; i < repositories->len && facts < COMMIT_FACTS; i++)
    {
      Linking linking = {
        .db = db,
        .workspace = workspace,
        .settings = settings,
        .repository = g_ptr_array_index (repositories, i),
        .rules = *rules,
      };

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !link_repository (&linking, &facts, error))
        return FALSE;
    }
  *more = i < repositories->len;
  return dd_db_commit (db, error);
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
  gboolean more = TRUE;

  if (!dd_link_store_is_dirty (db, workspace))
    return TRUE;
  zone = dd_time_zone_new (settings->timezone, error);
  if (zone == NULL)
    return FALSE;
  calendar = dd_calendar_new (&settings->metrics.calendar, zone);
  rules.calendar = calendar;
  while (more)
    if (!link_some (db, workspace, settings, &rules, cancellable, &more, error))
      {
        dd_db_rollback (db);
        return FALSE;
      }
  return dd_incident_job_run (db, workspace, settings, &rules, error);
}
