/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-calendar.h"

struct _DdCalendar
{
  gboolean    workdays[7]; /* Monday first */
  double      from_hour;
  double      to_hour;
  GHashTable *holidays;    /* of Julian day numbers */
  GTimeZone  *zone;
};

/* "2026-12-25" and nothing else: g_date_set_parse() would ask the locale what it means. */
static gboolean
read_date (const char *text,
           GDate      *date)
{
  g_autofree char *instant = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (instant, NULL);

  if (time == NULL)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return TRUE;
}

DdCalendar *
dd_calendar_new (const DdCalendarSettings *settings,
                 GTimeZone                *zone)
{
  DdCalendar *calendar;

  if (!settings->enabled)
    return NULL;
  calendar = g_new0 (DdCalendar, 1);
  for (int i = 0; i < 7; i++)
    calendar->workdays[i] = settings->workdays[i];
  calendar->from_hour = settings->from_hour;
  calendar->to_hour = settings->to_hour;
  calendar->holidays = g_hash_table_new (NULL, NULL);
  calendar->zone = g_time_zone_ref (zone);
  for (int i = 0; settings->holidays[i] != NULL; i++)
    {
      GDate date;

      if (read_date (settings->holidays[i], &date))
        g_hash_table_add (calendar->holidays, GUINT_TO_POINTER (g_date_get_julian (&date)));
    }
  return calendar;
}

void
dd_calendar_free (DdCalendar *calendar)
{
  if (calendar == NULL)
    return;
  g_hash_table_unref (calendar->holidays);
  g_time_zone_unref (calendar->zone);
  g_free (calendar);
}

static gboolean
is_workday (const DdCalendar *calendar,
            const GDate      *date)
{
  return calendar->workdays[g_date_get_weekday (date) - 1] &&
         !g_hash_table_contains (calendar->holidays, GUINT_TO_POINTER (g_date_get_julian (date)));
}

/* The instant at which a local clock shows @hour of the day from @midnight to @next_midnight; a clock that moved is
 * respected. */
static gint64
at_hour (const DdCalendar *calendar,
         const GDate      *date,
         gint64            midnight,
         gint64            next_midnight,
         double            hour)
{
  int minutes = (int) (hour * 60 + 0.5);
  g_autoptr (GDateTime) local = NULL;

  if (minutes <= 0)
    return midnight;
  if (minutes >= 24 * 60)
    return next_midnight;
  local = g_date_time_new (calendar->zone, g_date_get_year (date), g_date_get_month (date), g_date_get_day (date),
                           minutes / 60, minutes % 60, 0);
  return local != NULL ? CLAMP (g_date_time_to_unix (local) * DD_SECOND, midnight, next_midnight) : next_midnight;
}

static gint64
measure_forward (const DdCalendar *calendar,
                 gint64            from,
                 gint64            to)
{
  gint64 seconds = from / DD_SECOND - (from % DD_SECOND < 0), midnight, sum = 0;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, calendar->zone) : NULL;
  GDate date;

  /* No calendar reaches before the year 1. */
  if (local == NULL)
    return to - from;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  midnight = dd_time_from_date (calendar->zone, g_date_time_get_year (local), g_date_time_get_month (local),
                                g_date_time_get_day_of_month (local));
  while (midnight < to)
    {
      GDate next = date;
      gint64 next_midnight;

      g_date_add_days (&next, 1);
      next_midnight =
          dd_time_from_date (calendar->zone, g_date_get_year (&next), g_date_get_month (&next), g_date_get_day (&next));
      if (is_workday (calendar, &date))
        {
          gint64 start = MAX (from, at_hour (calendar, &date, midnight, next_midnight, calendar->from_hour));
          gint64 end = MIN (to, at_hour (calendar, &date, midnight, next_midnight, calendar->to_hour));

          sum += MAX (0, end - start);
        }
      date = next;
      midnight = next_midnight;
    }
  return sum;
}

gint64
dd_calendar_measure (const DdCalendar *calendar,
                     gint64            from,
                     gint64            to)
{
  if (calendar == NULL)
    return to - from;
  return to >= from ? measure_forward (calendar, from, to) : -measure_forward (calendar, to, from);
}
