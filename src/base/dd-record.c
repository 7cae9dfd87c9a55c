/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record.h"

const char *
dd_deployment_kind_name (DdDeploymentKind kind)
{
  switch (kind)
    {
    case DD_KIND_DEPLOYMENT:
      return "deployments";
    case DD_KIND_WOODPECKER:
      return "woodpecker";
    case DD_KIND_FILE:
      return "files";
    case DD_KIND_RELEASE:
      return "releases";
    case DD_KIND_TAG:
      return "tags";
    case DD_KIND_WORKFLOW:
      return "workflow";
    case DD_KIND_NONE:
    default:
      return "none";
    }
}

const char *
dd_result_name (DdResult result)
{
  switch (result)
    {
    case DD_RESULT_SUCCESS:
      return "success";
    case DD_RESULT_FAILURE:
      return "failure";
    case DD_RESULT_CANCELLED:
      return "cancelled";
    case DD_RESULT_RUNNING:
    default:
      return "running";
    }
}

void
dd_repository_free (DdRepository *repository)
{
  if (repository == NULL)
    return;
  g_free (repository->key);
  g_free (repository->name);
  g_free (repository->full_name);
  g_free (repository->url);
  g_free (repository->head);
  g_free (repository);
}

void
dd_deployment_free (DdDeployment *deployment)
{
  if (deployment == NULL)
    return;
  g_free (deployment->key);
  g_free (deployment->repository);
  g_free (deployment->environment);
  g_free (deployment->commit);
  g_free (deployment->ref);
  g_free (deployment->label);
  g_free (deployment->event);
  g_free (deployment->url);
  g_clear_pointer (&deployment->statuses, g_array_unref);
  g_free (deployment);
}

void
dd_change_free (DdChange *change)
{
  if (change == NULL)
    return;
  g_free (change->key);
  g_free (change->repository);
  g_free (change->title);
  g_free (change->author);
  g_free (change->head);
  g_free (change->merge_commit);
  g_free (change->url);
  g_free (change);
}

void
dd_commit_free (DdCommit *commit)
{
  if (commit == NULL)
    return;
  g_free (commit->sha);
  g_free (commit->parent);
  g_free (commit);
}

void
dd_incident_free (DdIncident *incident)
{
  if (incident == NULL)
    return;
  g_free (incident->key);
  g_free (incident->name);
  g_free (incident->title);
  g_free (incident->url);
  g_free (incident->links);
  g_strfreev (incident->labels);
  g_free (incident->repository);
  g_free (incident->severity);
  g_free (incident->deployment);
  g_free (incident);
}

static void
clear_status (gpointer data)
{
  g_free (((DdDeploymentStatus *) data)->state);
}

void
dd_deployment_add_status (DdDeployment *deployment,
                          const char   *state,
                          gint64        at)
{
  DdDeploymentStatus status = { .state = g_ascii_strdown (state, -1), .at = at };

  if (deployment->statuses == NULL)
    {
      deployment->statuses = g_array_new (FALSE, FALSE, sizeof (DdDeploymentStatus));
      g_array_set_clear_func (deployment->statuses, clear_status);
    }
  g_array_append_val (deployment->statuses, status);
}

void
dd_deployment_settle (DdDeployment *deployment)
{
  const DdDeploymentStatus *earliest = NULL;
  gboolean inactive = FALSE;

  for (guint i = 0; deployment->statuses != NULL && i < deployment->statuses->len; i++)
    {
      const DdDeploymentStatus *status = &g_array_index (deployment->statuses, DdDeploymentStatus, i);

      if (g_strcmp0 (status->state, "inactive") == 0)
        inactive = TRUE;
      if ((g_strcmp0 (status->state, "success") == 0 || g_strcmp0 (status->state, "failure") == 0 ||
           g_strcmp0 (status->state, "error") == 0) &&
          status->at != DD_TIME_NONE && (earliest == NULL || status->at < earliest->at))
        earliest = status;
    }
  deployment->result = DD_RESULT_RUNNING;
  deployment->finished = DD_TIME_NONE;
  if (earliest != NULL)
    {
      deployment->result = g_strcmp0 (earliest->state, "success") == 0 ? DD_RESULT_SUCCESS : DD_RESULT_FAILURE;
      deployment->finished = earliest->at;
    }
  else if (inactive)
    {
      deployment->result = DD_RESULT_SUCCESS;
      deployment->finished = deployment->created;
    }
}
