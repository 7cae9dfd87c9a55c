/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity.h"
#include "dd-engine.h"

G_BEGIN_DECLS

/* How well the pipeline itself runs. */
typedef struct
{
  const char *workspace; /* NULL: the only one, or none where there is none */
  int         hours;     /* of the window */
  gint64      until;     /* its end; DD_TIME_NONE: now */
  gint64      now;
} DdActivityQuery;

void        dd_query_activity_async (DdEngine *engine, const DdActivityQuery *query, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
DdActivity *dd_query_activity_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What pages, charts and reports are used, on this computer only and off until it is switched on. Errors are nobody's concern:
 * these are sent off and forgotten. @session: one start of the program. @type: one of those that the store lists. */
void        dd_engagement_note (DdEngine *engine, const char *session, const char *type);
void        dd_engagement_enable (DdEngine *engine, gboolean enable);
void        dd_engagement_erase (DdEngine *engine);

/**
 * dd_error_note:
 * @subsystem: "gui", "report", "schedule", …
 * @workspace: (nullable): its name
 *
 * An error for the page of activity. Sent off and forgotten: the caller never waits and never fails for it.
 */
void        dd_error_note (DdEngine *engine, const char *workspace, const char *subsystem, const char *operation, const GError *error);

G_END_DECLS
