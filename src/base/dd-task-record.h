/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-time.h"

G_BEGIN_DECLS

/* How a task or a run ended. Stored: never renumber. */
typedef enum
{
  DD_OUTCOME_RUNNING = 0,
  DD_OUTCOME_OK = 1,
  DD_OUTCOME_FAILED = 2,
  DD_OUTCOME_CANCELLED = 3,
} DdOutcome;

/* One step of a sync on one list of one service ("github", "shop", "changes"), as it is recorded for the activity page. */
typedef struct
{
  char     *source;   /* type of the source */
  char     *scope;    /* repository, "" for the source as a whole */
  char     *step;     /* what is fetched */
  gint64    start;
  gint64    end;
  guint     attempts; /* at least 1 */
  guint     retries;  /* requests that were sent again */
  guint     requests;
  guint64   bytes;
  guint     records;
  DdOutcome outcome;
  char     *error;      /* NULL unless failed; one sentence, no token in it */
  GPtrArray *retry_errors; /* of char *: why requests were sent again */
} DdTaskRecord;

DdTaskRecord *dd_task_record_new (const char *source,
                                  const char *scope,
                                  const char *step,
                                  gint64      start) G_GNUC_WARN_UNUSED_RESULT;
void          dd_task_record_free (DdTaskRecord *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdTaskRecord, dd_task_record_free)

G_END_DECLS
