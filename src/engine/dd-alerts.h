/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-alert.h"
#include "dd-engine.h"

G_BEGIN_DECLS

/* As a payload for Slack. @alerts: (element-type DdAlert) */
typedef char *(*DdAlertsToSlack) (const char *workspace, const GPtrArray *alerts);

/* What the workspace wants to be told and was not told yet; it is told from now on, and posted to Slack where the settings say so. A
 * post that fails is not tried again, and stands among the errors: nothing is ever told twice. (element-type DdAlert), mostly empty. */
void       dd_alerts_check_async (DdEngine *engine, const char *workspace, gint64 now, DdAlertsToSlack to_slack, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *dd_alerts_check_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
