/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-incident-rules.h"

G_BEGIN_DECLS

/* Two sources can tell of one incident (metrics.md, "Records"): of views in the order of (source, id), the first one
 * counts, and each other becomes DD_RULE_SAME_INCIDENT after it gave what the first does not know. @same: (out): view →
 * the one that counts. */
void dd_incident_same_join (DdIncidentView *views, guint n, GHashTable *same);

G_END_DECLS
