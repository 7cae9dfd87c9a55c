/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-summary.h"

#include <string.h>

/* Something that was to begin, until it does. */
typedef struct
{
  gint64 at;
  char  *job;
} Waiting;

typedef struct
{
  gint64   at;
  gint64   due;   /* @at where nobody tells */
  gboolean known;
} Start;

typedef struct
{
  DdScheduleSummary *summary;
  GArray            *waiting; /* of Waiting */
  gint64             first;   /* its first start that is known */
  GArray            *starts;  /* of Start, in the window */
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
  counted->starts = g_array_new (FALSE, FALSE, sizeof (Start));
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
  Start start = { mark->at, mark->due != 0 ? mark->due : mark->at, mark->due != 0 };

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
      g_array_append_val (counted->starts, start);
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

/* Times of the rule, since the schedule is known, at which nothing began. */
static void
count_missed (DdScheduleTally *tally,
              Counted         *counted,
              const DdCron    *cron,
              GTimeZone       *zone)
{
  gint64 at = MAX (tally->start, counted->first) - 1;
  guint i = 0;

  if (counted->first == DD_TIME_NONE)
    return;
  while ((at = dd_cron_next (cron, zone, at)) != DD_TIME_NONE && at + DD_SCHEDULE_PATIENCE <= tally->end)
    {
      const Start *start;

      /* Both go on in time, so that none is looked at twice. */
      while (i < counted->starts->len && g_array_index (counted->starts, Start, i).due < at)
        i++;
      start = i < counted->starts->len ? &g_array_index (counted->starts, Start, i) : NULL;
      counted->summary->missed += start == NULL || start->at > at + DD_SCHEDULE_PATIENCE || (start->known && start->due != at);
    }
}

void
dd_schedule_tally_since (DdScheduleTally *tally,
                         const char      *id,
                         gint64           since)
{
  Counted *counted = find (tally, id);

  counted->first = counted->first == DD_TIME_NONE ? since : MIN (counted->first, since);
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
  counted->summary->next_run = dd_cron_next (&cron, zone, now);
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
