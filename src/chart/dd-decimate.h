/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One column of pixels: the indexes of its first, least, greatest and last value. */
typedef struct
{
  int   column;
  guint first, least, greatest, last;
  guint n;
  gboolean after_gap; /* no line leads to it from the column before */
} DdColumn;

/**
 * dd_decimate:
 * @times: rising
 * @from: the time at the left edge of the first column
 * @to: the time at the right edge of the last
 *
 * M4: what is left of values when every column of pixels keeps its first, least, greatest and last one, so that no spike is
 * lost. NAN ends a run: columns on both sides of a gap are kept apart. Columns come in order. O(n).
 *
 * Returns: (transfer full): of DdColumn
 */
GArray *dd_decimate (const gint64 *times,
                     const double *values,
                     guint         n,
                     gint64        from,
                     gint64        to,
                     int           columns);

/* The first index whose time is at or after @time; @n where there is none. */
guint dd_decimate_find (const gint64 *times, guint n, gint64 time);

G_END_DECLS
