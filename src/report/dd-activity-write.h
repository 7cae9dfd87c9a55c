/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity.h"
#include "dd-event-log.h"

G_BEGIN_DECLS

/* cli.md, "Activity as JSON". */
char *dd_activity_to_json (const DdActivity *activity) G_GNUC_WARN_UNUSED_RESULT;

/* For people; no line is longer than @columns (0: no limit). */
char *dd_activity_to_text (const DdActivity *activity, gboolean colour, gboolean utf8, int columns) G_GNUC_WARN_UNUSED_RESULT;

/* What ran: "Sync", "Save a report" for runs of this program, a cleaned name from elsewhere for others. */
char       *dd_words_run_name (const DdActivityRun *run) G_GNUC_WARN_UNUSED_RESULT;
/* "completed", … as people read it. */
const char *dd_words_run_status (DdRunStatus status);

/* What came of reading an event log, in a sentence. @name: as the file is called where it is shown. */
char *dd_words_events_read (const char *name, gboolean missing, const DdEventLogCounts *counts) G_GNUC_WARN_UNUSED_RESULT;

/* Which of its lines are broken; NULL where none are. */
char *dd_words_broken_lines (const char *name, const DdEventLogCounts *counts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
