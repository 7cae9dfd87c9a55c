/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-task-summary.h"

#include <math.h>

#define PERCENTILE 0.95

typedef struct
{
  guint64  runs, started, succeeded, failed, measured;
  __int128 sum;
} Count;

struct _DdTaskTally
{
  gint64      workspace;
  GHashTable *loads;     /* name → Count */
  Count       own;
  guint64     retried;
  GArray     *durations; /* of gint64 */
};

void
dd_load_free (DdLoad *load)
{
  g_free (load->name);
  g_free (load);
}

DdTaskTally *
dd_task_tally_new (gint64 workspace)
{
  DdTaskTally *tally = g_new0 (DdTaskTally, 1);

  tally->workspace = workspace;
  tally->loads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tally->durations = g_array_new (FALSE, FALSE, sizeof (gint64));
  return tally;
}

void
dd_task_tally_free (DdTaskTally *tally)
{
  if (tally == NULL)
    return;
  g_hash_table_unref (tally->loads);
  g_array_unref (tally->durations);
  g_free (tally);
}

/* How long it took, where its start is known and lies before its end. */
static gboolean
measure (const DdTaskMark *mark,
         gint64           *duration)
{
  return mark->start != DD_TIME_NONE && mark->start <= mark->at && !__builtin_sub_overflow (mark->at, mark->start, duration);
}

static void
count (Count            *count_,
       const DdTaskMark *mark)
{
  gint64 duration;

  switch (mark->kind)
    {
    case DD_EVENT_RUN_START:
      count_->runs++;
      return;
    case DD_EVENT_TASK_START:
      count_->started++;
      return;
    case DD_EVENT_TASK_OK:
      count_->succeeded++;
      break;
    case DD_EVENT_TASK_FAIL:
      count_->failed++;
      break;
    default:
      return;
    }
  if (measure (mark, &duration))
    {
      count_->measured++;
      count_->sum += duration;
    }
}

void
dd_task_tally_add (const DdTaskMark *mark,
                   gpointer          data)
{
  DdTaskTally *tally = data;
  Count *load = g_hash_table_lookup (tally->loads, mark->load);
  gint64 duration;

  if (load == NULL)
    {
      load = g_new0 (Count, 1);
      g_hash_table_insert (tally->loads, g_strdup (mark->load), load);
    }
  count (load, mark);
  if (mark->workspace != tally->workspace)
    return;
  count (&tally->own, mark);
  if (mark->kind == DD_EVENT_TASK_RETRY)
    tally->retried += mark->times;
  else if ((mark->kind == DD_EVENT_TASK_OK || mark->kind == DD_EVENT_TASK_FAIL) && measure (mark, &duration))
    g_array_append_val (tally->durations, duration);
}

static double
mean_of (const Count *counted)
{
  if (counted->measured == 0)
    return NAN;
  return (double) ((long double) counted->sum / (long double) counted->measured / (long double) DD_SECOND);
}

static double
error_rate_of (const Count *counted)
{
  guint64 ended = counted->succeeded + counted->failed;

  return ended > 0 ? (double) counted->failed / (double) ended : NAN;
}

static int
compare_durations (gconstpointer a,
                   gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

/* Type 7 of Hyndman and Fan, as with the metrics. @durations are in order. */
static double
percentile (const GArray *durations,
            double        p)
{
  double place = p * (double) (durations->len - 1);
  guint rank = (guint) place;
  gint64 low = g_array_index (durations, gint64, rank);
  gint64 high = rank + 1 < durations->len ? g_array_index (durations, gint64, rank + 1) : low;

  return ((double) low + (place - rank) * (double) (high - low)) / (double) DD_SECOND;
}

void
dd_task_tally_summarize (DdTaskTally   *tally,
                         DdTaskSummary *summary)
{
  *summary = (DdTaskSummary) {
    .started = tally->own.started,
    .succeeded = tally->own.succeeded,
    .failed = tally->own.failed,
    .retried = tally->retried,
    .mean = mean_of (&tally->own),
    .median = NAN,
    .p95 = NAN,
    .error_rate = error_rate_of (&tally->own),
  };
  if (tally->durations->len == 0)
    return;
  g_array_sort (tally->durations, compare_durations);
  summary->median = percentile (tally->durations, 0.5);
  summary->p95 = percentile (tally->durations, PERCENTILE);
}

static int
compare_loads (gconstpointer a,
               gconstpointer b)
{
  const DdLoad *left = *(DdLoad * const *) a, *right = *(DdLoad * const *) b;

  if (left->runs != right->runs)
    return left->runs > right->runs ? -1 : 1;
  if (left->tasks != right->tasks)
    return left->tasks > right->tasks ? -1 : 1;
  return g_strcmp0 (left->name, right->name);
}

GPtrArray *
dd_task_tally_load (DdTaskTally *tally)
{
  GPtrArray *loads = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_load_free);
  GHashTableIter iter;
  gpointer name, data;

  g_hash_table_iter_init (&iter, tally->loads);
  while (g_hash_table_iter_next (&iter, &name, &data))
    {
      const Count *counted = data;
      DdLoad *load = g_new0 (DdLoad, 1);

      load->name = g_strdup (name);
      load->runs = counted->runs;
      load->tasks = counted->started;
      load->mean = mean_of (counted);
      load->error_rate = error_rate_of (counted);
      g_ptr_array_add (loads, load);
    }
  g_ptr_array_sort (loads, compare_loads);
  return loads;
}
