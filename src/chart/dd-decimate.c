/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-decimate.h"

#include <math.h>

guint
dd_decimate_find (const gint64 *times,
                  guint         n,
                  gint64        time)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (times[middle] < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

GArray *
dd_decimate (const gint64 *times,
             const double *values,
             guint         n,
             gint64        from,
             gint64        to,
             int           columns)
{
  GArray *result = g_array_new (FALSE, FALSE, sizeof (DdColumn));
  double factor = to > from ? columns / (double) (to - from) : 0;
  gboolean gap = TRUE;
  DdColumn column = { 0 };

  for (guint i = dd_decimate_find (times, n, from); i < n && times[i] <= to; i++)
    {
      int at = MIN ((int) ((double) (times[i] - from) * factor), columns - 1);

      if (isnan (values[i]))
        {
          gap = TRUE;
          continue;
        }
      if (gap || at != column.column)
        {
          if (column.n > 0)
            g_array_append_val (result, column);
          column = (DdColumn) { .column = at, .first = i, .least = i, .greatest = i, .last = i, .after_gap = gap };
          gap = FALSE;
        }
      column.last = i;
      column.n++;
      if (values[i] < values[column.least])
        column.least = i;
      if (values[i] > values[column.greatest])
        column.greatest = i;
    }
  if (column.n > 0)
    g_array_append_val (result, column);
  return result;
}
