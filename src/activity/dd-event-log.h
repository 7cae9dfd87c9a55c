/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-event-line.h"

G_BEGIN_DECLS

/* How many numbers of broken lines are kept; more are only counted. */
#define DD_EVENT_LOG_BROKEN_SHOWN 20

/* What was made of a log. */
typedef struct
{
  guint64 lines;  /* that are not empty */
  guint64 events; /* that were read */
  guint64 added;  /* that were not known before */
  guint64 broken;
  GArray *broken_lines; /* of guint64, from 1 on: the first ones */
} DdEventLogCounts;

void dd_event_log_counts_init (DdEventLogCounts *counts);
void dd_event_log_counts_clear (DdEventLogCounts *counts);

/* FALSE stops the reading. */
typedef gboolean (*DdEventFunc) (const DdEvent *event, gpointer user_data, GError **error);

/**
 * DdEventLog:
 *
 * A log that comes in pieces of any size, cut anywhere. A line that is longer than a log's lines can be is broken, and takes no
 * memory.
 */
typedef struct _DdEventLog DdEventLog;

/* @counts outlives the log; it is counted on from where it stands. */
DdEventLog *dd_event_log_new (DdEventFunc func, gpointer user_data, DdEventLogCounts *counts) G_GNUC_WARN_UNUSED_RESULT;
void        dd_event_log_free (DdEventLog *log);
gboolean    dd_event_log_feed (DdEventLog *log, const char *bytes, gsize length, GError **error);
/* Goes on behind @lines that were read at another time. */
void        dd_event_log_go_on_behind (DdEventLog *log, guint64 lines);
guint64     dd_event_log_get_line (DdEventLog *log);
/* The last line, where none ends it. */
gboolean    dd_event_log_finish (DdEventLog *log, GError **error);
/* How many of the bytes fed belong to a line that has not ended yet. */
gsize       dd_event_log_pending (DdEventLog *log);

/* Tells runs apart whose events do not name theirs, given one name's events in the order of time: TRUE where another run begins
 * with an event of @kind. @open is FALSE at first. */
gboolean    dd_event_log_run_begins (DdLogKind kind, gboolean *open);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdEventLog, dd_event_log_free)

G_END_DECLS
