/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-query-incidents.h"

G_BEGIN_DECLS

/**
 * DdEventRow:
 *
 * An incident or a failed deployment in a list: what and when, the deployment and the rule that linked it, and what it does to the
 * change failure rate. It looks at an event of a list, which must outlive it.
 */
#define DD_TYPE_EVENT_ROW (dd_event_row_get_type ())
G_DECLARE_FINAL_TYPE (DdEventRow, dd_event_row, DD, EVENT_ROW, AdwBin)

GtkWidget             *dd_event_row_new (void);
void                   dd_event_row_set_event (DdEventRow *self, const DdIncidentEvent *event, const DdIncidentList *list);
const DdIncidentEvent *dd_event_row_get_event (DdEventRow *self);

/* Whether a name or title of it contains @folded, a text in the case of g_utf8_casefold(). */
gboolean               dd_event_matches (const DdIncidentEvent *event, const char *folded);

/* "billing 877": how a deployment is called. */
char                  *dd_event_deployment_name (const DdDeploymentName *deployment) G_GNUC_WARN_UNUSED_RESULT;
/* How an event is called where it stands for itself: its title, or which deployment failed. */
char                  *dd_event_title (const DdIncidentEvent *event) G_GNUC_WARN_UNUSED_RESULT;
/* Why it has its deployment or none: "latest of shop, 1 h 12 min before". */
char                  *dd_event_rule (const DdIncidentEvent *event, double attribution_hours) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
