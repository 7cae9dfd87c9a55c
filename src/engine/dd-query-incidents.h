/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-incident-event.h"
#include "dd-query.h"

G_BEGIN_DECLS

/* The incidents of a period and what may have caused one. */
typedef struct
{
  GPtrArray *rows; /* of DdIncidentEvent, the latest first */
  GTimeZone *zone;
  double     attribution_hours; /* a deployment is found by a rule so long before an incident */
} DdIncidentList;

void            dd_incident_list_free (DdIncidentList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdIncidentList, dd_incident_list_free)

/* Incidents open in the period or whose deployment finished in it, and deployments that failed in it where they count. */
void            dd_query_incidents_async (DdEngine *engine, const DdQuery *query, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
DdIncidentList *dd_query_incidents_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* So far before an incident a deployment is looked for. */
#define DD_CAUSES_DAYS 30

/**
 * dd_query_causes_async:
 * @started: when the incident did
 * @words: (nullable): narrows to deployments that contain them
 *
 * Production deployments of the workspace before an incident, the latest first, at most @limit: (element-type DdDeploymentName).
 */
void            dd_query_causes_async (DdEngine *engine, const char *workspace, gint64 started, const char *words, guint limit,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray      *dd_query_causes_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
