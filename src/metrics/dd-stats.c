/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-stats.h"

#include <math.h>

static void
swap (gint64 *a,
      gint64 *b)
{
  gint64 kept = *a;

  *a = *b;
  *b = kept;
}

static void
sift_down (gint64 *values,
           gsize   root,
           gsize   n)
{
  for (;;)
    {
      gsize child = 2 * root + 1;

      if (child >= n)
        return;
      if (child + 1 < n && values[child + 1] > values[child])
        child++;
      if (values[root] >= values[child])
        return;
      swap (&values[root], &values[child]);
      root = child;
    }
}

/* In place and never worse than n log n: what selection falls back to. */
static void
heap_sort (gint64 *values,
           gsize   n)
{
  for (gsize i = n / 2; i > 0; i--)
    sift_down (values, i - 1, n);
  for (gsize last = n; last > 1; last--)
    {
      swap (&values[0], &values[last - 1]);
      sift_down (values, 0, last - 1);
    }
}

static gint64
median_of_three (gint64 a,
                 gint64 b,
                 gint64 c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* Moves the values below @pivot to the front and tells how many they are. There is no branch on a value, which no
 * processor could foresee: this is where a report's time goes. */
static gsize
move_below (gint64 *values,
            gsize   n,
            gint64  pivot)
{
  gsize below = 0;

  for (gsize i = 0; i < n; i++)
    {
      gint64 value = values[i];

      values[i] = values[below];
      values[below] = value;
      below += value < pivot;
    }
  return below;
}

/* As above, with those equal to @pivot. */
static gsize
move_up_to (gint64 *values,
            gsize   n,
            gint64  pivot)
{
  return pivot < G_MAXINT64 ? move_below (values, n, pivot + 1) : n;
}

/* Puts the order statistic @k in its place, smaller values before it and larger ones behind. */
static void
select_rank (gint64 *values,
             gsize   n,
             gsize   k)
{
  int rounds = 4 * (int) (g_bit_storage (n) + 1);

  while (n > 1)
    {
      gint64 pivot;
      gsize below, up_to;

      if (rounds-- == 0)
        {
          heap_sort (values, n);
          return;
        }
      pivot = median_of_three (values[0], values[n / 2], values[n - 1]);
      below = move_below (values, n, pivot);
      if (k < below)
        {
          n = below;
          continue;
        }
      up_to = below + move_up_to (values + below, n - below, pivot);
      if (k < up_to)
        return;
      values += up_to;
      n -= up_to;
      k -= up_to;
    }
}

double
dd_stats_percentile (gint64 *values,
                     gsize   n,
                     double  p)
{
  double place, fraction;
  gsize rank;
  gint64 next;

  if (n == 0)
    return NAN;
  place = p * (double) (n - 1);
  rank = MIN ((gsize) place, n - 1);
  fraction = place - (double) rank;
  select_rank (values, n, rank);
  if (fraction <= 0 || rank + 1 >= n)
    return (double) values[rank];
  next = values[rank + 1];
  for (gsize i = rank + 2; i < n; i++)
    next = MIN (next, values[i]);
  return (double) values[rank] + fraction * (double) (next - values[rank]);
}

double
dd_stats_mean (const gint64 *values,
               gsize         n)
{
  __int128 sum = 0;

  if (n == 0)
    return NAN;
  for (gsize i = 0; i < n; i++)
    sum += values[i];
  return (double) ((long double) sum / (long double) n);
}
