/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-time.h"

G_BEGIN_DECLS

/* What an event of a log is. Stored: never renumber. Events of one instant follow each other in this order. */
typedef enum
{
  DD_EVENT_UNKNOWN = 0,
  DD_EVENT_RUN_START = 1,           /* dag_start */
  DD_EVENT_TASK_START = 2,
  DD_EVENT_TASK_RETRY = 3,
  DD_EVENT_TASK_OK = 4,
  DD_EVENT_TASK_FAIL = 5,
  DD_EVENT_CHECKPOINT_PENDING = 6,
  DD_EVENT_CHECKPOINT_APPROVED = 7,
  DD_EVENT_RUN_DONE = 8,            /* dag_done */
  DD_EVENT_SCHEDULE_ENQUEUED = 16,  /* from here on the scheduler's own */
  DD_EVENT_SCHEDULE_STARTED = 17,   /* run_started */
  DD_EVENT_SCHEDULE_FINISHED = 18,  /* run_finished */
  DD_EVENT_CHECKPOINT_EXPIRED = 19,
} DdLogKind;

/* How a run of a schedule ended. Stored: never renumber. */
typedef enum
{
  DD_EVENT_STATUS_NONE = 0,
  DD_EVENT_STATUS_SUCCESS = 1,
  DD_EVENT_STATUS_FAILED = 2,
  DD_EVENT_STATUS_RETRY = 3,
} DdEventStatus;

/* One line of a log. Its strings are whoever's that made it; NULL and -1 are what the line does not tell. */
typedef struct
{
  DdLogKind   kind;
  gint64        at;
  guint64       hash;   /* of the line: the same line is the same event */
  const char   *run;    /* dag_run_id */
  const char   *name;   /* dag_name */
  const char   *tenant;
  const char   *task;   /* task_id; of the scheduler's events, schedule_id */
  const char   *job;    /* job_id */
  const char   *ref;    /* workflow_ref */
  const char   *error;
  const char   *line;   /* as it was read, where it tells more than stands here; NULL otherwise */
  gint64        attempt;
  gint64        ok;     /* tasks_succeeded */
  gint64        failed; /* tasks_failed */
  gint64        count;  /* task_count */
  DdEventStatus status;
} DdEvent;

/* TRUE for what is part of a run of tasks. */
static inline gboolean
dd_event_is_of_run (const DdEvent *event)
{
  return event->kind >= DD_EVENT_RUN_START && event->kind <= DD_EVENT_RUN_DONE;
}

G_END_DECLS
