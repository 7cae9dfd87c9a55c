/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-task-record.h"

G_BEGIN_DECLS

/* The program's own runs, as they happen. */

/* A run that begins; its row id, 0 with an error. @process tells a run that ended without saying so from one under way.
 * @schedule: the id of the one that asked for it; NULL for none. */
gint64   dd_activity_store_begin_run (DdDb *db, gint64 workspace, const char *name, const char *schedule, gint64 start, int process,
                                      GError **error);
gboolean dd_activity_store_end_run (DdDb *db, gint64 run, DdOutcome outcome, gint64 end, GError **error);

/* A task that ended; one that failed is an error event too. */
gboolean dd_activity_store_add_task (DdDb *db, gint64 workspace, gint64 run, const DdTaskRecord *task, GError **error);

/* @message is cut at 500 characters, and what looks like a token is left out. */
gboolean dd_activity_store_add_error (DdDb *db, gint64 workspace, gint64 run, const char *subsystem, const char *operation,
                                      const char *type, const char *message, gint64 at, GError **error);

/* A run that asks the services. */
typedef struct
{
  gint64 start;
  int    process;
} DdSyncRun;

/* (element-type DdSyncRun): those of a workspace that began after @since, and those that have not told their end. */
GPtrArray *dd_activity_store_syncs_since (DdDb *db, gint64 workspace, gint64 since, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the run of a workspace that asked its services most often took: FALSE where there was none, and with an error. */
gboolean dd_activity_store_longest_run (DdDb *db, gint64 workspace, guint *requests, gint64 *duration, GError **error);

G_END_DECLS
