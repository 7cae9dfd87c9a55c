/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-event.h"
#include "dd-task-record.h"

G_BEGIN_DECLS

/* What the store tells of activity, for src/activity to count: the program's own tasks and those of logs alike. */

/* Something that happened to a task. */
typedef struct
{
  DdLogKind kind;      /* of run start, task start, retry, ok and fail */
  gint64      at;
  gint64      start;     /* of a task that ended: when it began; DD_TIME_NONE where nobody tells */
  guint       times;     /* retries: how many */
  gint64      workspace; /* row id; 0 where there is none */
  const char *load;      /* the workspace's name, or a log's tenant; "" where nobody tells */
} DdTaskMark;

typedef void (*DdTaskMarkFunc) (const DdTaskMark *mark, gpointer user_data);

typedef struct
{
  char     *id;
  gint64    start;    /* DD_TIME_NONE where nobody tells */
  gint64    end;
  DdOutcome outcome;
  guint     attempts;
  char     *error;    /* NULL for none; where there were several, a line each */
  guint64   bytes;    /* of the program's own */
  guint     records;
  guint     requests;
} DdActivityTask;

/* A run as its records tell, before anybody says what has become of it. */
typedef struct
{
  char      *id;
  char      *name;
  char      *load;      /* the workspace's name, or a log's tenant */
  gboolean   imported;
  gint64     row;
  gint64     start;
  gint64     end;       /* DD_TIME_NONE where it has not said */
  gint64     last;      /* the latest that is known of it */
  gint64     failed_at; /* its last task that failed */
  gint64     waits_since; /* a checkpoint that nobody has approved; DD_TIME_NONE for none */
  DdOutcome  outcome;   /* of the program's own */
  int        process;
  gint64     told_ok;   /* as the run itself said; -1 where it did not */
  gint64     told_failed;
  GPtrArray *tasks;     /* of DdActivityTask, in the order of their start */
} DdActivityRun;

/* Something that happened to a schedule. */
typedef struct
{
  const char   *schedule;
  DdLogKind   kind;
  gint64        at;
  const char   *job;   /* NULL in older logs */
  DdEventStatus status;
  gint64        due;   /* of a start: when it was to be; 0 where nobody tells */
} DdScheduleMark;

typedef void (*DdScheduleMarkFunc) (const DdScheduleMark *mark, gpointer user_data);

/* What is counted under a name: errors of a subsystem, events of a type. */
typedef struct
{
  char   *name;
  guint64 count;
} DdNameCount;

DdActivityTask *dd_activity_task_new (const char *id) G_GNUC_WARN_UNUSED_RESULT;
void            dd_activity_task_free (DdActivityTask *task);
DdActivityRun  *dd_activity_run_new (void) G_GNUC_WARN_UNUSED_RESULT;
void            dd_activity_run_free (DdActivityRun *run);
DdNameCount    *dd_name_count_new (const char *name, guint64 count) G_GNUC_WARN_UNUSED_RESULT;
void            dd_name_count_free (DdNameCount *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdActivityTask, dd_activity_task_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdActivityRun, dd_activity_run_free)

G_END_DECLS
