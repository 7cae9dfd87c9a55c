/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-link-store.h"
#include "dd-link.h"

G_BEGIN_DECLS

/* One repository while it is linked: takes its records, gives its facts. */
typedef struct _DdLinking DdLinking;

/* The facts of all repositories that are linked together. */
typedef struct
{
  GArray *deployments; /* of DdDeploymentFact */
  GArray *changes;     /* of DdChangeFact */
  GArray *streaks;     /* of DdRecoveryFact */
} DdLinkedFacts;

/* @settings must outlive it, and the calendar of @rules. */
DdLinking *dd_linking_new (const DdDirtyRepository *repository, const DdSettings *settings, const DdLinkRules *rules);
void       dd_linking_free (DdLinking *linking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdLinking, dd_linking_free)

/* Records, in the order of their ids. */
void       dd_linking_add_deployment (DdLinking *linking, const DdDeploymentRow *row);
void       dd_linking_add_change (DdLinking *linking, const DdChangeRow *row);

/* (transfer none): what was found out about the repository. Adds to @facts. */
const DdRepositoryFact *dd_linking_run (DdLinking *linking, DdLinkedFacts *facts);

G_END_DECLS
