/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-job.h"

#include "dd-incident-rules.h"
#include "dd-incident-store.h"
#include "dd-link-store.h"
#include "dd-record-store.h"

typedef struct
{
  DdDb              *db;
  gint64             workspace;
  const DdSettings  *settings;
  const DdLinkRules *rules;
  GPtrArray         *rows;      /* of DdIncidentRow */
  GPtrArray         *names;     /* of repositories, NULL-terminated */
  DdIncidentView    *views;
  GHashTable        *views_by_id; /* row id → DdIncidentView */
  GArray            *incidents; /* of DdLinkIncident: those that count */
  GArray            *successes; /* of DdLinkSuccess */
} Attribution;

static char **
labels_of (const DdSettings *settings,
           const DdIncident *record,
           int               rank)
{
  if (record->kind != DD_INCIDENT_ISSUE || rank < 0 || (guint) rank >= settings->sources->len)
    return NULL;
  return ((const DdSourceSettings *) g_ptr_array_index (settings->sources, rank))->labels;
}

/* Every record as the rules want to see it, with the decision of its row kept beside it. */
static void
apply_rules (Attribution *attribution,
             GHashTable  *rows_by_id)
{
  attribution->views = g_new0 (DdIncidentView, MAX (1, attribution->rows->len));
  for (guint i = 0; i < attribution->rows->len; i++)
    {
      DdIncidentRow *row = g_ptr_array_index (attribution->rows, i);

      attribution->views[i].id = row->id;
      attribution->views[i].source_rank = (guint) row->source_rank;
      attribution->views[i].incident_labels = labels_of (attribution->settings, row->record, row->source_rank);
      attribution->views[i].record = row->record;
      g_hash_table_insert (rows_by_id, &row->id, row);
    }
  dd_incident_rules_apply (attribution->views, attribution->rows->len, (const char * const *) attribution->names->pdata,
                           &attribution->settings->metrics);
  for (guint i = 0; i < attribution->rows->len; i++)
    g_hash_table_insert (attribution->views_by_id, &attribution->views[i].id, &attribution->views[i]);
}

static void
add_success_cb (gint64   id,
                gint64   finished,
                gint64   repository,
                gpointer data)
{
  Attribution *attribution = data;
  DdLinkSuccess success = { .id = id, .finished = finished, .repository = (guint32) repository };

  g_array_append_val (attribution->successes, success);
}

/* The incidents that count, and the deployments that they can be attributed to. */
static gboolean
collect (Attribution *attribution,
         GHashTable  *rows_by_id,
         GError     **error)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < attribution->rows->len; i++)
    {
      DdIncidentView *view = &attribution->views[i];
      DdIncidentRow *row = g_hash_table_lookup (rows_by_id, &view->id);
      DdLinkIncident incident = { .id = view->id, .started = view->started };

      if (!dd_incident_store_set_rule (attribution->db, view->id, view->rule, view->belongs_to, error))
        return FALSE;
      if (view->rule != DD_RULE_COUNTED || view->started == DD_TIME_NONE)
        continue;
      incident.repository_unknown = view->repository_unknown;
      if (view->repository != NULL && !view->repository_unknown)
        incident.repository = (guint32) dd_incident_store_repository (attribution->db, attribution->workspace, view->repository);
      if (view->record->deployment != NULL)
        incident.named_deployment = dd_incident_store_deployment (attribution->db, attribution->workspace, view->record->deployment);
      incident.decision = row->decision;
      incident.decided_deployment = row->decided_deployment;
      first = MIN (first, view->started);
      g_array_append_val (attribution->incidents, incident);
    }
  if (first == G_MAXINT64)
    return TRUE;
  first -= (gint64) (attribution->rules->attribution_hours * (double) DD_HOUR) + DD_HOUR;
  return dd_incident_store_each_success (attribution->db, attribution->workspace, first, add_success_cb, attribution, error);
}

static gboolean
write_incident (Attribution          *attribution,
                const DdLinkIncident *incident,
                GError              **error)
{
  const DdIncidentView *view = g_hash_table_lookup (attribution->views_by_id, &incident->id);
  const DdCalendar *calendar = attribution->rules->calendar;
  DdRecoveryFact fact = {
    .kind = DD_EVENT_INCIDENT,
    .id = incident->id,
    .repository = incident->repository,
    .started = view->started,
    .ended = view->resolved,
    .failed_started = DD_TIME_NONE,
    .duration = DD_TIME_NONE,
    .failed_duration = DD_TIME_NONE,
    .deployment = incident->deployment,
    .link = incident->link,
  };

  if (incident->deployment != 0)
    fact.failed_started = dd_incident_store_deployment_finished (attribution->db, incident->deployment);
  if (fact.ended != DD_TIME_NONE)
    {
      fact.duration = dd_calendar_measure (calendar, fact.started, fact.ended);
      if (fact.failed_started != DD_TIME_NONE)
        fact.failed_duration = dd_calendar_measure (calendar, fact.failed_started, fact.ended);
    }
  return dd_link_store_add_recovery (attribution->db, attribution->workspace, &fact, error);
}

/* Deployments carry a mark that an incident is attributed to them: those that lost theirs and those that have one now. */
static gboolean
write_marks (Attribution  *attribution,
             const GArray *before,
             GError      **error)
{
  for (guint i = 0; i < before->len; i++)
    if (!dd_incident_store_mark (attribution->db, attribution->workspace, g_array_index (before, gint64, i), FALSE, error))
      return FALSE;
  for (guint i = 0; i < attribution->incidents->len; i++)
    {
      const DdLinkIncident *incident = &g_array_index (attribution->incidents, DdLinkIncident, i);

      if (incident->deployment != 0 &&
          !dd_incident_store_mark (attribution->db, attribution->workspace, incident->deployment, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
attribute (Attribution *attribution,
           GHashTable  *rows_by_id,
           GError     **error)
{
  g_autoptr (GArray) before = NULL;

  apply_rules (attribution, rows_by_id);
  if (!collect (attribution, rows_by_id, error))
    return FALSE;
  dd_link_incidents ((DdLinkIncident *) attribution->incidents->data, attribution->incidents->len,
                     (const DdLinkSuccess *) attribution->successes->data, attribution->successes->len, attribution->rules);
  before = dd_incident_store_take_attributed (attribution->db, attribution->workspace, error);
  if (before == NULL)
    return FALSE;
  for (guint i = 0; i < attribution->incidents->len; i++)
    if (!write_incident (attribution, &g_array_index (attribution->incidents, DdLinkIncident, i), error))
      return FALSE;
  return write_marks (attribution, before, error) && dd_incident_store_done (attribution->db, attribution->workspace, error);
}

static gboolean
run (DdDb              *db,
     gint64             workspace,
     const DdSettings  *settings,
     const DdLinkRules *rules,
     GError           **error)
{
  g_autoptr (GPtrArray) rows = dd_incident_store_all (db, workspace, error);
  g_autoptr (GPtrArray) names = rows != NULL ? dd_record_store_repositories (db, workspace, error) : NULL;
  g_autoptr (GArray) incidents = g_array_new (FALSE, FALSE, sizeof (DdLinkIncident));
  g_autoptr (GArray) successes = g_array_new (FALSE, FALSE, sizeof (DdLinkSuccess));
  g_autoptr (GHashTable) rows_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) views_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  Attribution attribution = {
    .db = db,
    .workspace = workspace,
    .settings = settings,
    .rules = rules,
    .rows = rows,
    .names = names,
    .views_by_id = views_by_id,
    .incidents = incidents,
    .successes = successes,
  };
  gboolean done;

  if (names == NULL)
    return FALSE;
  g_ptr_array_add (names, NULL);
  done = attribute (&attribution, rows_by_id, error);
  g_free (attribution.views);
  return done;
}

gboolean
dd_incident_job_run (DdDb              *db,
                     gint64             workspace,
                     const DdSettings  *settings,
                     const DdLinkRules *rules,
                     GError           **error)
{
  /* Also what is read is read inside, so that the mark of what another process writes meanwhile stays. */
  if (!dd_db_begin (db, error))
    return FALSE;
  if (run (db, workspace, settings, rules, error) && dd_db_commit (db, error))
    return TRUE;
  dd_db_rollback (db);
  return FALSE;
}
