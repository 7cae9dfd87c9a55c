/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-fact.h"
#include "dd-record.h"

G_BEGIN_DECLS

/* What attribution of incidents asks of the records. */

typedef struct
{
  gint64      id;
  int         source_rank; /* -1: its source is no longer in the settings */
  DdIncident *record;
  DdLink      decision;
  gint64      decided_deployment;
} DdIncidentRow;

void       dd_incident_row_free (DdIncidentRow *row);

/* (element-type DdIncidentRow): all of a workspace. */
GPtrArray *dd_incident_store_all (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void (*DdSuccessFunc) (gint64 id, gint64 finished, gint64 repository, gpointer data);

/* Successful production deployments in the order of (finished, id), from @since on. */
gboolean   dd_incident_store_each_success (DdDb *db, gint64 workspace, gint64 since, DdSuccessFunc func, gpointer data,
                                           GError **error);

/* Row id of a deployment by the key that an incident names, 0 where it is not known. */
gint64     dd_incident_store_deployment (DdDb *db, gint64 workspace, const char *key);
gint64     dd_incident_store_deployment_finished (DdDb *db, gint64 deployment);
gint64     dd_incident_store_repository (DdDb *db, gint64 workspace, const char *name);

/* (element-type gint64): deployments that incidents were attributed to; removes all incidents' facts. */
GArray    *dd_incident_store_take_attributed (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether an incident is attributed to the deployment. */
gboolean   dd_incident_store_mark (DdDb *db, gint64 workspace, gint64 deployment, gboolean has_incident, GError **error);

gboolean   dd_incident_store_set_rule (DdDb *db, gint64 incident, DdRule rule, gint64 belongs_to, GError **error);

/* The workspace's facts are up to date. */
gboolean   dd_incident_store_done (DdDb *db, gint64 workspace, GError **error);

G_END_DECLS
