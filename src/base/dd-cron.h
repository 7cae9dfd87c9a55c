/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The five fields of cli.md's `cron`: minute, hour, day of month, month, day of week (0 and 7 are Sunday); bit n is value n. */
typedef struct
{
  guint64  minutes;
  guint32  hours;
  guint32  days;
  guint32  months;
  guint32  weekdays;  /* bit 0 is Sunday */
  gboolean any_day;   /* day of month is `*` */
  gboolean any_weekday;
} DdCron;

/* `*`, numbers, lists, ranges and steps. DD_ERROR_INVALID names the field. */
gboolean dd_cron_parse (const char *text, DdCron *cron, GError **error);

/* As cron does: where both days are restricted, either will do. @weekday: 0 is Sunday. */
gboolean dd_cron_matches (const DdCron *cron, int minute, int hour, int day, int month, int weekday);

/* The first time after @after that @cron matches in @zone. Where a clock is put forward over it, it comes as soon as the clock
 * goes on; where it is put back, it comes once, unless the rule is for every hour. DD_TIME_NONE where it never comes. */
gint64   dd_cron_next (const DdCron *cron, GTimeZone *zone, gint64 after);

/* The last of those times after @after that is not after @until; DD_TIME_NONE where there is none. */
gint64   dd_cron_last (const DdCron *cron, GTimeZone *zone, gint64 after, gint64 until);

/* The same as systemd's OnCalendar= says it, in @zone of the name @zone_name; what a clock is put forward over in the five years after
 * @from is told one by one, because systemd passes over it. NULL-terminated. */
char   **dd_cron_to_calendar (const DdCron *cron, GTimeZone *zone, const char *zone_name, gint64 from) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
