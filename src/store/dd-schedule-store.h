/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-task-record.h"

G_BEGIN_DECLS

/* What has become of schedules' due times, and which alerts were told. */

/* Since when a schedule is waited for, and the last due time that somebody took: what came before is nobody's any more. */
typedef struct
{
  gint64 since;
  gint64 handled;
} DdScheduleState;

/* A schedule that is seen for the first time, or under another rule, is waited for from @now on; what was due before is not made up
 * for. @rule: its cron and zone. */
gboolean dd_schedule_store_note (DdDb *db, gint64 workspace, const char *id, const char *rule, gint64 now, DdScheduleState *state,
                                 GError **error);

/* As noted; FALSE where it never was, and with an error. */
gboolean dd_schedule_store_find (DdDb *db, gint64 workspace, const char *id, DdScheduleState *state, GError **error);

/* Forgets all schedules but @ids (NULL-terminated). */
gboolean dd_schedule_store_keep (DdDb *db, gint64 workspace, const char * const *ids, GError **error);

/* Takes a due time for a run that begins, of which there is one for each due time whatever happens to it. @run: its row id; 0 where
 * another has taken it. In a transaction of the caller's. */
gboolean dd_schedule_store_claim (DdDb *db, gint64 workspace, const char *id, const char *name, gint64 due, gint64 now, int process,
                                  gint64 *run, GError **error);

/* A schedule's last run. */
typedef struct
{
  gint64    start; /* DD_TIME_NONE: never */
  gint64    end;
  gint64    due;   /* DD_TIME_NONE where nobody tells */
  DdOutcome outcome;
  int       process;
} DdScheduleRun;

gboolean dd_schedule_store_last_run (DdDb *db, gint64 workspace, const char *id, DdScheduleRun *run, GError **error);

/* TRUE where @subject was not told yet, and is from now on. */
gboolean dd_alert_store_tell (DdDb *db, gint64 workspace, const char *subject, gint64 now, GError **error);

G_END_DECLS
