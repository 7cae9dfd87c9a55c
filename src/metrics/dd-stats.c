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

/* Puts the order statistic @k in its place, smaller values before it and larger ones behind. */
static void
select_rank (gint64 *values,
             gsize   n,
             gsize   k)
{
  gsize low = 0, high = n - 1;
  int rounds = 4 * (int) (g_bit_storage (n) + 1);

  while (high > low)
    {
      gint64 pivot;
      gsize i = low, j = high;

      if (rounds-- == 0)
        {
          heap_sort (values + low, high - low + 1);
          return;
        }
      pivot = median_of_three (values[low], values[low + (high - low) / 2], values[high]);
      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i > j)
            break;
          swap (&values[i], &values[j]);
          i++;
          if (j == 0)
            break;
          j--;
        }
      if (k <= j)
        high = j;
      else if (k >= i)
        low = i;
      else
        return;
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
