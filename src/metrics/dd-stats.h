/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Type 7 of Hyndman and Fan (Excel's PERCENTILE.INC, NumPy's default): linear between order statistics. @p from 0 to 1.
 * @values is reordered, not sorted: O(n). NAN where @n is 0. */
double dd_stats_percentile (gint64 *values, gsize n, double p);

/* NAN where @n is 0. Exact: summed in 128 bits. */
double dd_stats_mean (const gint64 *values, gsize n);

G_END_DECLS
