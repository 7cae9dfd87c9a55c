/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-query.h"

G_BEGIN_DECLS

/**
 * dd_query_decision_async:
 * @incident, @link, @deployment: as dd_workspaces_decide_async() takes them
 *
 * The summary of @query as it would be after the decision: worked out as after a real one, in a transaction that is taken back.
 */
void       dd_query_decision_async (DdEngine *engine, const DdQuery *query, const char *incident, DdLink link,
                                    const char *deployment, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
DdSummary *dd_query_decision_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
