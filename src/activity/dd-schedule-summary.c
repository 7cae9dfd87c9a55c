/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-summary.h"

#include <string.h>

#define ALL_HOURS 0xffffffu

/* 29 February skips a year that cannot be divided by 400. */
#define FARTHEST_DAYS (9 * 366)

/* Something that was to begin, until it does. */
typedef struct
{
  gint64 at;
  char  *job;
} Waiting;

typedef struct
{
  DdScheduleSummary *summary;
  GArray            *waiting; /* of Waiting */
  gint64             first;   /* its first start that is known */
  GArray            *starts;  /* of gint64, in the window */
} Counted;

struct _DdScheduleTally
{
  gint64      start, end;
  GHashTable *schedules; /* id → Counted */
};

void
dd_schedule_summary_free (DdScheduleSummary *schedule)
{
  if (schedule == NULL)
    return;
  g_free (schedule->id);
  g_free (schedule->rule);
  g_free (schedule);
}

static void
waiting_clear (gpointer data)
{
  g_free (((Waiting *) data)->job);
}

static void
counted_free (gpointer data)
{
  Counted *counted = data;

  dd_schedule_summary_free (counted->summary);
  g_array_unref (counted->waiting);
  g_array_unref (counted->starts);
  g_free (counted);
}

static gint64
offset_at (GTimeZone *zone,
           gint64     instant)
{
  gint64 second = instant / DD_SECOND;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, second);

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

  if (offset_at (zone, early) == local - early && (early > after || (late != early && !each_hour)))
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

/* The first that matches on the day that begins at @midnight (as if it was UTC). */
static gint64
first_of_day (const DdCron *cron,
              GTimeZone    *zone,
              gint64        midnight,
              gint64        after)
{
  gboolean each_hour = (cron->hours & ALL_HOURS) == ALL_HOURS;
  gint64 first = DD_TIME_NONE;

  for (int hour = 0; hour < 24; hour++)
    for (int minute = 0; cron->hours >> hour & 1 && minute < 60; minute++)
      {
        gint64 instant;

        if (!(cron->minutes >> minute & 1))
          continue;
        instant = instant_of (zone, midnight + hour * DD_HOUR + minute * DD_MINUTE, each_hour, after);
        if (instant == DD_TIME_NONE)
          continue;
        first = first == DD_TIME_NONE ? instant : MIN (first, instant);
        if (!each_hour)
          return first;
      }
  return first;
}

gint64
dd_schedule_next (const DdCron *cron,
                  GTimeZone    *zone,
                  gint64        after)
{
  gint64 local = after + offset_at (zone, after);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (local / DD_SECOND - (local % DD_SECOND < 0));
  g_autoptr (GDateTime) day = NULL;

  if (utc == NULL)
    return DD_TIME_NONE;
  day = g_date_time_new_utc (g_date_time_get_year (utc), g_date_time_get_month (utc), g_date_time_get_day_of_month (utc), 0, 0, 0);
  for (int i = 0; day != NULL && i < FARTHEST_DAYS; i++)
    {
      int of_month = g_date_time_get_day_of_month (day), month = g_date_time_get_month (day);
      int weekday = g_date_time_get_day_of_week (day) % 7;
      DdCron any_time = *cron;
      GDateTime *next;
      gint64 instant;

      any_time.minutes = any_time.hours = 1;
      if (dd_cron_matches (&any_time, 0, 0, of_month, month, weekday))
        {
          instant = first_of_day (cron, zone, g_date_time_to_unix (day) * DD_SECOND, after);
          if (instant != DD_TIME_NONE)
            return instant;
        }
      next = g_date_time_add_days (day, 1);
      g_date_time_unref (day);
      day = next;
    }
  return DD_TIME_NONE;
}

DdScheduleTally *
dd_schedule_tally_new (gint64 start,
                       gint64 end)
{
  DdScheduleTally *tally = g_new0 (DdScheduleTally, 1);

  tally->start = start;
  tally->end = end;
  tally->schedules = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, counted_free);
  return tally;
}

void
dd_schedule_tally_free (DdScheduleTally *tally)
{
  if (tally == NULL)
    return;
  g_hash_table_unref (tally->schedules);
  g_free (tally);
}

static Counted *
find (DdScheduleTally *tally,
      const char      *id)
{
  Counted *counted = g_hash_table_lookup (tally->schedules, id);

  if (counted != NULL)
    return counted;
  counted = g_new0 (Counted, 1);
  counted->summary = g_new0 (DdScheduleSummary, 1);
  counted->summary->id = g_strdup (id);
  counted->summary->last_run = counted->summary->next_run = counted->first = DD_TIME_NONE;
  counted->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  counted->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_set_clear_func (counted->waiting, waiting_clear);
  g_hash_table_insert (tally->schedules, counted->summary->id, counted);
  return counted;
}

/* What began is no longer waited for: the one of its job, or the first where a log does not tell. */
static void
stop_waiting (Counted    *counted,
              const char *job,
              gint64      at)
{
  for (guint i = 0; i < counted->waiting->len; i++)
    {
      const Waiting *waiting = &g_array_index (counted->waiting, Waiting, i);

      if (job != NULL && waiting->job != NULL && strcmp (job, waiting->job) != 0)
        continue;
      if (at - waiting->at > DD_SCHEDULE_PATIENCE && job == NULL)
        continue;
      counted->summary->missed += at - waiting->at > DD_SCHEDULE_PATIENCE;
      g_array_remove_index (counted->waiting, i);
      return;
    }
}

void
dd_schedule_tally_add (const DdScheduleMark *mark,
                       gpointer              data)
{
  static const char * const words[] = { NULL, "success", "failed", "retry" };
  DdScheduleTally *tally = data;
  Counted *counted = find (tally, mark->schedule);
  DdScheduleSummary *summary = counted->summary;
  gboolean inside = mark->at >= tally->start && mark->at < tally->end;
  Waiting waiting = { mark->at, NULL };

  switch (mark->kind)
    {
    case DD_EVENT_SCHEDULE_ENQUEUED:
      if (!inside)
        return;
      summary->enqueued++;
      waiting.job = g_strdup (mark->job);
      g_array_append_val (counted->waiting, waiting);
      return;
    case DD_EVENT_SCHEDULE_STARTED:
      if (counted->first == DD_TIME_NONE)
        counted->first = mark->at;
      if (summary->last_run == DD_TIME_NONE || mark->at >= summary->last_run)
        {
          summary->last_run = mark->at;
          summary->last_status = "running";
        }
      if (!inside)
        return;
      summary->started++;
      g_array_append_val (counted->starts, mark->at);
      stop_waiting (counted, mark->job, mark->at);
      return;
    case DD_EVENT_SCHEDULE_FINISHED:
      summary->last_status = words[CLAMP (mark->status, DD_EVENT_STATUS_NONE, DD_EVENT_STATUS_RETRY)];
      if (summary->last_run == DD_TIME_NONE)
        summary->last_run = mark->at;
      summary->succeeded += inside && mark->status == DD_EVENT_STATUS_SUCCESS;
      summary->failed += inside && mark->status == DD_EVENT_STATUS_FAILED;
      return;
    default:
      return;
    }
}

/* Times of the rule, since the schedule first ran, at which nothing began. */
static void
count_missed (DdScheduleTally *tally,
              Counted         *counted,
              const DdCron    *cron,
              GTimeZone       *zone)
{
  gint64 at = MAX (tally->start, counted->first) - 1;

  if (counted->first == DD_TIME_NONE)
    return;
  while ((at = dd_schedule_next (cron, zone, at)) != DD_TIME_NONE && at + DD_SCHEDULE_PATIENCE <= tally->end)
    {
      gboolean began = FALSE;

      for (guint i = 0; !began && i < counted->starts->len; i++)
        {
          gint64 start = g_array_index (counted->starts, gint64, i);

          began = start >= at && start <= at + DD_SCHEDULE_PATIENCE;
        }
      counted->summary->missed += !began;
    }
}

void
dd_schedule_tally_rule (DdScheduleTally *tally,
                        const char      *id,
                        const char      *rule,
                        GTimeZone       *zone,
                        gint64           now)
{
  Counted *counted = find (tally, id);
  DdCron cron;

  g_free (counted->summary->rule);
  counted->summary->rule = g_strdup (rule);
  if (!dd_cron_parse (rule, &cron, NULL))
    return;
  counted->summary->next_run = dd_schedule_next (&cron, zone, now);
  if (counted->summary->enqueued == 0)
    {
      count_missed (tally, counted, &cron, zone);
      counted->summary->enqueued = counted->summary->started;
    }
}

static int
compare_schedules (gconstpointer a,
                   gconstpointer b)
{
  return g_strcmp0 ((*(DdScheduleSummary * const *) a)->id, (*(DdScheduleSummary * const *) b)->id);
}

GPtrArray *
dd_schedule_tally_finish (DdScheduleTally *tally)
{
  GPtrArray *schedules = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_schedule_summary_free);
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, tally->schedules);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Counted *counted = data;

      for (guint i = 0; i < counted->waiting->len; i++)
        counted->summary->missed += g_array_index (counted->waiting, Waiting, i).at + DD_SCHEDULE_PATIENCE <= tally->end;
      g_ptr_array_add (schedules, g_steal_pointer (&counted->summary));
      g_hash_table_iter_remove (&iter);
    }
  g_ptr_array_sort (schedules, compare_schedules);
  return schedules;
}
