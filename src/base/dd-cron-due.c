/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"

#include "dd-time.h"

#define ALL_HOURS 0xffffffu

/* 29 February skips a year that cannot be divided by 400. */
#define FARTHEST (9 * 366 * DD_DAY)

/* No clock is put back by more than this, but for a whole day: what it shows twice lies no further apart. */
#define MARGIN (3 * DD_HOUR)

/* 1 January 1970 as GDate counts days. */
#define JULIAN_EPOCH 719163

static gint64
offset_at (GTimeZone *zone,
           gint64     instant)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / DD_SECOND - (instant % DD_SECOND < 0));

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) * DD_SECOND : 0;
}

/* When the clock on the wall says @local (microseconds as if it was UTC), after @after. DD_TIME_NONE where it does not any more. */
static gint64
instant_of (GTimeZone *zone,
            gint64     local,
            gboolean   each_hour,
            gint64     after)
{
  gint64 before = offset_at (zone, local - DD_DAY), behind = offset_at (zone, local + DD_DAY);
  gint64 early = local - MAX (before, behind), late = local - MIN (before, behind);

  if (early == late)
    return early > after ? early : DD_TIME_NONE;
  if (offset_at (zone, early) == local - early && (early > after || !each_hour))
    return early > after ? early : DD_TIME_NONE;
  if (offset_at (zone, late) == local - late)
    return late > after ? late : DD_TIME_NONE;
  if (offset_at (zone, early) == local - early)
    return DD_TIME_NONE;
  /* The clock was put forward over it: back to the first minute after that. */
  while (offset_at (zone, late - DD_MINUTE) == behind)
    late -= DD_MINUTE;
  return late > after ? late : DD_TIME_NONE;
}

/* Whether a clock is changed within a day of @instant. */
static gboolean
is_near_change (GTimeZone *zone,
                gint64     instant)
{
  return offset_at (zone, instant - DD_DAY) != offset_at (zone, instant + DD_DAY);
}

static gboolean
day_matches (const DdCron *cron,
             gint64        wall)
{
  DdCron any_time = *cron;
  GDate date;

  any_time.minutes = any_time.hours = 1;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (wall / DD_DAY + JULIAN_EPOCH));
  return dd_cron_matches (&any_time, 0, 0, g_date_get_day (&date), (int) g_date_get_month (&date), (int) g_date_get_weekday (&date) % 7);
}

gint64
dd_cron_next (const DdCron *cron,
              GTimeZone    *zone,
              gint64        after)
{
  gboolean each_hour = (cron->hours & ALL_HOURS) == ALL_HOURS;
  gint64 wall = after + offset_at (zone, after) - (is_near_change (zone, after) ? MARGIN : 0);
  gint64 limit = wall + FARTHEST, first = DD_TIME_NONE, tested = DD_TIME_NONE;

  if (wall < 0)
    return DD_TIME_NONE;
  wall -= wall % DD_MINUTE;
  while (wall < limit)
    {
      gint64 day = wall - wall % DD_DAY, instant;

      if (day != tested && !day_matches (cron, day))
        {
          wall = day + DD_DAY;
          continue;
        }
      tested = day;
      if (!(cron->hours >> (wall - day) / DD_HOUR & 1))
        {
          wall += DD_HOUR - wall % DD_HOUR;
          continue;
        }
      instant = cron->minutes >> wall % DD_HOUR / DD_MINUTE & 1 ? instant_of (zone, wall, each_hour, after) : DD_TIME_NONE;
      if (instant != DD_TIME_NONE && (!each_hour || !is_near_change (zone, instant)))
        return first == DD_TIME_NONE ? instant : MIN (first, instant);
      /* What a clock shows later may come before what it shows again. */
      if (instant != DD_TIME_NONE && first == DD_TIME_NONE)
        limit = MIN (limit, wall + MARGIN);
      if (instant != DD_TIME_NONE)
        first = first == DD_TIME_NONE ? instant : MIN (first, instant);
      wall += DD_MINUTE;
    }
  return first;
}

gint64
dd_cron_last (const DdCron *cron,
              GTimeZone    *zone,
              gint64        after,
              gint64        until)
{
  /* Ever further back, so that neither a rule for every minute nor one for a day of the year takes long. */
  for (gint64 span = DD_HOUR; after < until; span *= 4)
    {
      gint64 last = DD_TIME_NONE, next = MAX (after, until - span);

      while ((next = dd_cron_next (cron, zone, next)) != DD_TIME_NONE && next <= until)
        last = next;
      if (last != DD_TIME_NONE || until - span <= after)
        return last;
    }
  return DD_TIME_NONE;
}
