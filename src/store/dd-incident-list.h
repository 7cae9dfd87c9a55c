/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-incident-event.h"
#include "dd-list-store.h"

G_BEGIN_DECLS

/* The signals of the change failure rate. */
typedef struct
{
  gboolean incidents;
  gboolean deployments;
} DdSignals;

/**
 * dd_incident_list_events:
 *
 * What happened in a window, the latest first: incidents that were open in it or whose deployment finished in it, and, where the
 * signal is on, the deployments that failed in it. Incidents that count in nothing, such as duplicates, are not among them.
 *
 * Returns: (element-type DdIncidentEvent)
 */
GPtrArray *dd_incident_list_events (DdDb *db, const DdListWindow *window, DdSignals signals, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * dd_incident_list_causes:
 * @words: (nullable): only deployments whose repository, name, ref or environment contains them, whatever their case
 *
 * Production deployments that finished between two instants, both included, the latest first.
 *
 * Returns: (element-type DdDeploymentName): at most @limit
 */
GPtrArray *dd_incident_list_causes (DdDb *db, gint64 workspace, gint64 from, gint64 to, const char *words, guint limit,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
