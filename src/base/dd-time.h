/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An instant is a gint64: microseconds since the Unix epoch, UTC. A duration is a gint64 of microseconds. */

#define DD_SECOND G_GINT64_CONSTANT (1000000)
#define DD_MINUTE (60 * DD_SECOND)
#define DD_HOUR (60 * DD_MINUTE)
#define DD_DAY (24 * DD_HOUR)

/* An instant or a duration that is not known. */
#define DD_TIME_NONE G_MININT64

/* Reads RFC 3339 (any fraction, "Z" or an offset with or without its colon). FALSE leaves @time untouched. @text may be NULL. */
gboolean dd_time_parse (const char *text,
                        gint64     *time);

/* RFC 3339 with the offset of @zone at that time ("Z" where @zone is NULL); fractions only where there are any. NULL for DD_TIME_NONE,
 * and for years that RFC 3339 cannot write. */
char *dd_time_format (gint64     time,
                      GTimeZone *zone) G_GNUC_WARN_UNUSED_RESULT;

/* Midnight (the first instant) of the local day @days after the local day that holds @time. */
gint64 dd_time_local_midnight (gint64     time,
                               GTimeZone *zone,
                               int        days);

/* The first instant of a local date; right also where midnight does not exist because a clock moved over it. */
gint64 dd_time_from_date (GTimeZone *zone,
                          int        year,
                          int        month,
                          int        day);

/* The zone of an IANA name, or NULL and DD_ERROR_INVALID where there is no such zone. */
GTimeZone *dd_time_zone_new (const char *name,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The system's IANA zone name, "UTC" where it cannot be told. */
char *dd_time_zone_system_name (void) G_GNUC_WARN_UNUSED_RESULT;

/* For people, translated: "48 s", "38 min", "1 h 10 min", "1 d 2 h", "12 d"; "0 s" for 0; a minus sign where negative;
 * "–" where there is no number. */
char *dd_duration_format (double seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
