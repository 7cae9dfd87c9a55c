/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-time.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "dd-error.h"

static gboolean
read_digits (const char **cursor,
             int          n,
             int         *value)
{
  *value = 0;
  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*cursor)[i]))
        return FALSE;
      *value = *value * 10 + ((*cursor)[i] - '0');
    }
  *cursor += n;
  return TRUE;
}

static gboolean
read_mark (const char **cursor,
           const char  *marks)
{
  if (**cursor == '\0' || strchr (marks, **cursor) == NULL)
    return FALSE;
  (*cursor)++;
  return TRUE;
}

/* Any number of digits; those beyond microseconds are dropped. */
static gboolean
read_fraction (const char **cursor,
               int         *microseconds)
{
  int scale = 100000;

  *microseconds = 0;
  if (**cursor != '.' && **cursor != ',')
    return TRUE;
  (*cursor)++;
  if (!g_ascii_isdigit (**cursor))
    return FALSE;
  for (; g_ascii_isdigit (**cursor); (*cursor)++, scale /= 10)
    *microseconds += (**cursor - '0') * scale;
  return TRUE;
}

/* "Z", "+01:00" or "+0100", in seconds. */
static gboolean
read_offset (const char **cursor,
             int         *offset)
{
  int sign, hours, minutes;

  *offset = 0;
  if (read_mark (cursor, "Zz"))
    return TRUE;
  sign = **cursor == '-' ? -1 : 1;
  if (!read_mark (cursor, "+-") || !read_digits (cursor, 2, &hours))
    return FALSE;
  read_mark (cursor, ":");
  if (!read_digits (cursor, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar. */
static gint64
days_from_date (int year,
                int month,
                int day)
{
  gint64 shifted = month > 2 ? year : year - 1;
  gint64 era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  gint64 of_era = shifted - era * 400;
  gint64 of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

gboolean
dd_time_parse (const char *text,
               gint64     *time)
{
  int year, month, day, hour, minute, second, microseconds, offset;
  const char *cursor = text;

  if (text == NULL || !read_digits (&cursor, 4, &year) || !read_mark (&cursor, "-") || !read_digits (&cursor, 2, &month) ||
      !read_mark (&cursor, "-") || !read_digits (&cursor, 2, &day) || !read_mark (&cursor, "Tt ") ||
      !read_digits (&cursor, 2, &hour) || !read_mark (&cursor, ":") || !read_digits (&cursor, 2, &minute) ||
      !read_mark (&cursor, ":") || !read_digits (&cursor, 2, &second) || !read_fraction (&cursor, &microseconds) ||
      !read_offset (&cursor, &offset) || *cursor != '\0')
    return FALSE;
  /* 24:00:00 is no RFC 3339; a leap second (60) is, and is the next second here. */
  if (year == 0 || month < 1 || month > 12 || day < 1 || !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year) ||
      hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *time = (days_from_date (year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset) * DD_SECOND + microseconds;
  return TRUE;
}

/* Whole seconds, rounded down, so that a fraction is never negative. */
static gint64
whole_seconds (gint64 time)
{
  return time >= 0 ? time / DD_SECOND : -((-time + DD_SECOND - 1) / DD_SECOND);
}

static GDateTime *
local_time (gint64     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (whole_seconds (time));

  if (utc == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_steal_pointer (&utc);
}

char *
dd_time_format (gint64     time,
                GTimeZone *zone)
{
  g_autoptr (GDateTime) local = time != DD_TIME_NONE ? local_time (time, zone) : NULL;
  g_autofree char *stem = NULL;
  g_autofree char *offset = NULL;
  int fraction;

  if (local == NULL)
    return NULL;
  stem = g_date_time_format (local, "%Y-%m-%dT%H:%M:%S");
  offset = zone != NULL ? g_date_time_format (local, "%:z") : g_strdup ("Z");
  fraction = (int) (time - whole_seconds (time) * DD_SECOND);
  if (fraction == 0)
    return g_strconcat (stem, offset, NULL);
  if (fraction % 1000 == 0)
    return g_strdup_printf ("%s.%03d%s", stem, fraction / 1000, offset);
  return g_strdup_printf ("%s.%06d%s", stem, fraction, offset);
}

/* The local day that holds an instant (in seconds), counted from 1970-01-01. */
static gint64
local_day (GTimeZone *zone,
           gint64     seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 wall = seconds + g_time_zone_get_offset (zone, MAX (interval, 0));

  return wall >= 0 ? wall / 86400 : -((-wall + 86399) / 86400);
}

gint64
dd_time_from_date (GTimeZone *zone,
                   int        year,
                   int        month,
                   int        day)
{
  gint64 date = days_from_date (year, month, day);
  gint64 wall = date * 86400, before = wall - 2 * 86400, after = wall + 2 * 86400;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_STANDARD, wall);
  gint64 guess = wall - g_time_zone_get_offset (zone, MAX (interval, 0));

  if (local_day (zone, guess) == date && local_day (zone, guess - 1) < date)
    return guess * DD_SECOND;
  /* A clock moved over this midnight: the first instant of the date or of a later one. Local dates never go back. */
  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (local_day (zone, middle) >= date)
        after = middle;
      else
        before = middle;
    }
  return after * DD_SECOND;
}

gint64
dd_time_local_midnight (gint64     time,
                        GTimeZone *zone,
                        int        days)
{
  g_autoptr (GDateTime) local = local_time (time, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  return dd_time_from_date (zone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

GTimeZone *
dd_time_zone_new (const char *name,
                  GError    **error)
{
  GTimeZone *zone = name != NULL && *name != '\0' ? g_time_zone_new_identifier (name) : NULL;

  if (zone == NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                 _("There is no time zone “%s”; write one like Europe/Berlin or UTC."), name != NULL ? name : "");
  return zone;
}

char *
dd_time_zone_system_name (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);
  g_autoptr (GTimeZone) known = name != NULL ? g_time_zone_new_identifier (name) : NULL;

  return g_strdup (known != NULL && name[0] != ':' ? name : "UTC");
}

char *
dd_duration_format (double seconds)
{
  const char *sign = seconds < 0 ? "−" : "";
  gint64 whole = (gint64) floor (fabs (seconds) + 0.5);
  gint64 minutes = (whole + 30) / 60, hours = minutes / 60, days;

  if (whole < 60)
    return g_strdup_printf (_("%s%d s"), sign, (int) whole);
  if (minutes < 60)
    return g_strdup_printf (_("%s%d min"), sign, (int) minutes);
  if (hours < 24)
    return minutes % 60 == 0 ? g_strdup_printf (_("%s%d h"), sign, (int) hours)
                             : g_strdup_printf (_("%s%d h %d min"), sign, (int) hours, (int) (minutes % 60));
  hours = (minutes + 30) / 60;
  days = hours / 24;
  if (days >= 10)
    return g_strdup_printf (_("%s%d d"), sign, (int) ((hours + 12) / 24));
  return hours % 24 == 0 ? g_strdup_printf (_("%s%d d"), sign, (int) days)
                         : g_strdup_printf (_("%s%d d %d h"), sign, (int) days, (int) (hours % 24));
}
