/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-query.h"

G_BEGIN_DECLS

/* What would be if a decision about an incident were taken, and what is decided now. */
typedef struct
{
  DdSummary *summary;
  DdLink     link_now;       /* DD_LINK_NONE: the rules decide */
  char      *deployment_now; /* its key where it is linked by hand, else NULL */
} DdDecisionEffect;

void              dd_decision_effect_free (DdDecisionEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdDecisionEffect, dd_decision_effect_free)

/**
 * dd_query_decision_async:
 * @incident, @link, @deployment: as dd_workspaces_decide_async() takes them
 *
 * The summary of @query as it would be after the decision: worked out as after a real one, in a transaction that is taken back.
 */
void              dd_query_decision_async (DdEngine *engine, const DdQuery *query, const char *incident, DdLink link,
                                           const char *deployment, GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer user_data);
DdDecisionEffect *dd_query_decision_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
