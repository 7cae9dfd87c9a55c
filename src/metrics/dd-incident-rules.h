/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-record.h"
#include "dd-rule.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Makes incidents out of what Linear, Slab, incident.io and files tell (metrics.md, "Records"). */

typedef struct
{
  gint64      id;          /* row id */
  guint       source_rank; /* order of its source in the workspace */
  char      **incident_labels; /* of its source; NULL where labels do not matter */
  DdIncident *record;
  /* out */
  DdRule   rule;        /* DD_RULE_COUNTED for an incident, open or not; else why it is none */
  gint64   started;     /* after a postmortem's times, and what another source knows better */
  gint64   resolved;
  const char *severity; /* points into a record */
  const char *repository; /* name: points into a record or into @known; NULL for none */
  gboolean repository_unknown;
  gint64   belongs_to;  /* id of the incident that this one is, or belongs to; 0 */
} DdIncidentView;

/* @known: names of the workspace's repositories. @views may be reordered. */
void dd_incident_rules_apply (DdIncidentView *views, guint n, const char * const *known, const DdMetricSettings *settings);

G_END_DECLS
