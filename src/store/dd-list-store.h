/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-fact.h"

G_BEGIN_DECLS

/* The lists behind the numbers: rows of DdRecordRow in order of time, what does not count among them with its rule. */

typedef struct
{
  gint64 workspace;
  gint64 from;       /* half-open window over the time at which a record counts */
  gint64 to;
  gint64 repository; /* 0: all */
} DdListWindow;

/* Deployments: successes are counted for frequency and rework, successes and failures for the failure rate. */
typedef enum
{
  DD_LIST_FREQUENCY,
  DD_LIST_FAILURES, /* counted: T; note: why it failed */
  DD_LIST_REWORK,   /* note: unplanned */
} DdDeploymentList;

GPtrArray *dd_list_store_deployments (DdDb *db, const DdListWindow *window, DdDeploymentList list, gboolean signal_incidents,
                                      gboolean signal_deployments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *dd_list_store_changes (DdDb *db, const DdListWindow *window, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Incidents that ended in it, are open at its end, or started in it and count in nothing; streaks where @signal_deployments. */
GPtrArray *dd_list_store_recoveries (DdDb *db, const DdListWindow *window, gboolean failed_deployment, gboolean signal_deployments,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Incidents open at the window's end, oldest first, at most @limit. */
GPtrArray *dd_list_store_open_incidents (DdDb *db, const DdListWindow *window, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
