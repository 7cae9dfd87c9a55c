/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incident-event.h"

void
dd_deployment_name_free (DdDeploymentName *deployment)
{
  if (deployment == NULL)
    return;
  g_free (deployment->id);
  g_free (deployment->repository);
  g_free (deployment->name);
  g_free (deployment->environment);
  g_free (deployment->url);
  g_free (deployment);
}

void
dd_incident_event_free (DdIncidentEvent *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->source);
  g_free (row->title);
  g_free (row->repository);
  g_free (row->severity);
  g_free (row->url);
  dd_deployment_name_free (row->deployment);
  g_free (row);
}
