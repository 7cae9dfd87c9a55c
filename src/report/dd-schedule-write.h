/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-schedule-list.h"

G_BEGIN_DECLS

/* A workspace's schedules, for scripts and for people; no line of the text is longer than @columns (0: no limit). */
char *dd_schedules_to_json (const DdScheduleList *list) G_GNUC_WARN_UNUSED_RESULT;
char *dd_schedules_to_text (const DdScheduleList *list, gboolean utf8, int columns) G_GNUC_WARN_UNUSED_RESULT;

/* "Sync", "Report", …, translated. */
const char *dd_words_schedule_action (const char *action);
/* How a run of it ended ("failed"), translated. */
const char *dd_words_schedule_status (const char *status);

G_END_DECLS
