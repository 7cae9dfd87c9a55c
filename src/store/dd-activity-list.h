/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity-mark.h"
#include "dd-db.h"

G_BEGIN_DECLS

/* What is known of activity in a window of time, for src/activity to count. Only rows of the window are read. */
typedef struct
{
  gint64 workspace; /* row id; 0 where there is none */
  gint64 start;
  gint64 end;       /* the first instant after it */
} DdActivityWindow;

/* All workspaces' marks, in no order: the program's own tasks, and those of logs. */
gboolean   dd_activity_list_marks (DdDb *db, const DdActivityWindow *window, DdTaskMarkFunc func, gpointer user_data, GError **error);

/* The @limit latest runs that began in the window, with their tasks as they were at its end; @total: how many there are. */
GPtrArray *dd_activity_list_runs (DdDb *db, const DdActivityWindow *window, guint limit, guint *total, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The program's own runs of a workspace behind the row @after, in the order of their rows, with their tasks. */
GPtrArray *dd_activity_list_own_runs (DdDb *db, gint64 workspace, gint64 after, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One run of either kind, with its tasks. */
GPtrArray *dd_activity_list_tasks (DdDb *db, gboolean imported, gint64 run, gint64 until, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The scheduler's events, a schedule's after another's, each in the order of time; of every schedule also the latest start and
 * end before the window. The program's own runs by schedule are told in the same way. */
gboolean   dd_activity_list_schedules (DdDb *db, const DdActivityWindow *window, DdScheduleMarkFunc func, gpointer user_data,
                                       GError **error);

/* Errors by subsystem: this workspace's, and those of none. (element-type DdNameCount) */
GPtrArray *dd_activity_list_errors (DdDb *db, const DdActivityWindow *window, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many workspaces there are, and how many had a run that completed until @until. */
gboolean   dd_activity_list_activation (DdDb *db, gint64 until, guint *activated, guint *total, GError **error);

/* Engagement by type, and how many sessions that is. (element-type DdNameCount) */
GPtrArray *dd_activity_list_engagement (DdDb *db, const DdActivityWindow *window, guint *sessions, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
