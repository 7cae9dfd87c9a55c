/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-error.h"

#define ZONE_NAME_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/_+-"

/* Whatever is longer is shown as this, so that its days fit an int. */
#define MAX_SECONDS (86400.0 * G_MAXINT32)

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

static gint64
divide_down (gint64 number,
             gint64 by)
{
  return number / by - (number % by < 0);
}

/* The other way round from days_from_date(). */
static void
date_from_days (gint64  days,
                gint64 *year,
                int    *month,
                int    *day)
{
  gint64 shifted = days + 719468;
  gint64 era = divide_down (shifted, 146097);
  gint64 of_era = shifted - era * 146097;
  gint64 years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * years + years / 4 - years / 100);
  gint64 from_march = (5 * of_year + 2) / 153;

  *day = (int) (of_year - (153 * from_march + 2) / 5 + 1);
  *month = (int) (from_march < 10 ? from_march + 3 : from_march - 9);
  *year = era * 400 + years + (*month <= 2);
}

/* The offset of @zone at an instant, in seconds. */
static gint64
offset_at (GTimeZone *zone,
           gint64     seconds)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return g_time_zone_get_offset (zone, MAX (interval, 0));
}

char *
dd_time_format (gint64     time,
                GTimeZone *zone)
{
  gint64 seconds = divide_down (time, DD_SECOND);
  int fraction = (int) (time - seconds * DD_SECOND);
  /* RFC 3339 has no seconds in an offset, which zones had before there was a standard time. */
  int offset = zone != NULL ? (int) (offset_at (zone, seconds) / 60) : 0;
  gint64 wall = seconds + offset * 60, date = divide_down (wall, 86400), year;
  int of_day = (int) (wall - date * 86400), month, day;
  char digits[8] = "", suffix[8] = "Z";

  date_from_days (date, &year, &month, &day);
  if (time == DD_TIME_NONE || year < 1 || year > 9999)
    return NULL;
  if (fraction % 1000 != 0)
    g_snprintf (digits, sizeof digits, ".%06d", fraction);
  else if (fraction != 0)
    g_snprintf (digits, sizeof digits, ".%03d", fraction / 1000);
  if (zone != NULL)
    g_snprintf (suffix, sizeof suffix, "%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 60 % 100, ABS (offset) % 60);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%s%s", (int) year, month, day, of_day / 3600, of_day / 60 % 60,
                          of_day % 60, digits, suffix);
}

/* The local day that holds an instant (in seconds), counted from 1970-01-01. */
static gint64
local_day (GTimeZone *zone,
           gint64     seconds)
{
  return divide_down (seconds + offset_at (zone, seconds), 86400);
}

/* The first instant of a local day, counted from 1970-01-01. */
static gint64
first_instant (GTimeZone *zone,
               gint64     date)
{
  gint64 wall = date * 86400, before = wall - 2 * 86400, after = wall + 2 * 86400;
  int first = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, before);
  int last = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, after);

  /* A clock that is put back can show midnight twice: the earlier one begins the day. */
  for (int interval = MAX (first, 0); interval <= last; interval++)
    {
      gint64 midnight = wall - g_time_zone_get_offset (zone, (guint) interval);

      if (g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, midnight) == interval)
        return midnight * DD_SECOND;
    }
  /* A clock was put forward over it, so that the day begins later, or not at all. */
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
dd_time_from_date (GTimeZone *zone,
                   int        year,
                   int        month,
                   int        day)
{
  return first_instant (zone, days_from_date (year, month, day));
}

gint64
dd_time_local_midnight (gint64     time,
                        GTimeZone *zone,
                        int        days)
{
  return first_instant (zone, local_day (zone, divide_down (time, DD_SECOND)) + days);
}

/* GLib reads a name that is no zone's as a POSIX rule ("Berlin5" is five hours behind), or as a path, and a mistyped name would
 * not be noticed. Rules have a digit in them; names have one only behind a slash ("Etc/GMT+5"), and in these. */
static gboolean
is_zone_name (const char *name)
{
  static const char * const old_names[] = { "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "GMT0", "GMT+0", "GMT-0", NULL };

  if (!g_ascii_isalpha (*name) || strspn (name, ZONE_NAME_CHARACTERS) != strlen (name))
    return FALSE;
  return strpbrk (name, "0123456789") == NULL || strchr (name, '/') != NULL || g_strv_contains (old_names, name);
}

GTimeZone *
dd_time_zone_new (const char *name,
                  GError    **error)
{
  GTimeZone *zone = name != NULL && is_zone_name (name) ? g_time_zone_new_identifier (name) : NULL;

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
  g_autoptr (GTimeZone) known = dd_time_zone_new (name, NULL);

  return g_strdup (known != NULL ? name : "UTC");
}

char *
dd_duration_format (double seconds)
{
  gint64 whole = isfinite (seconds) ? (gint64) floor (MIN (fabs (seconds), MAX_SECONDS) + 0.5) : 0;
  const char *sign = seconds < 0 && whole > 0 ? "−" : "";
  gint64 minutes = (whole + 30) / 60, hours = minutes / 60, days;

  if (!isfinite (seconds))
    return g_strdup ("–");
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
