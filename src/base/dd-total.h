/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-record.h"
#include "dd-time.h"

G_BEGIN_DECLS

/*
 * Running totals: what was ever counted of a repository. They only grow, also where a record is removed, comes again or
 * changes; whoever watches them over time takes a smaller number for a new beginning.
 */

#define DD_N_RESULTS (DD_RESULT_CANCELLED + 1)

/* Lead times are counted by how long they took: up to each of these durations, and longer than the last. Stored by their place:
 * never reorder. */
#define DD_LEAD_BOUNDS 6
extern const gint64 dd_lead_bounds[DD_LEAD_BOUNDS];

/* The place of a lead time: that of the first bound that it does not exceed, DD_LEAD_BOUNDS above them all. */
guint dd_lead_bucket (gint64 lead);

typedef struct
{
  gint64 repository;                  /* row id */
  gint64 deployments[DD_N_RESULTS];   /* finished ones in production, each once for every result that it was seen with */
  gint64 last[DD_N_RESULTS];          /* when the latest of them finished, of those that there are now; DD_TIME_NONE for none */
  gint64 leads[DD_LEAD_BOUNDS + 1];   /* deployed changes, each once, by dd_lead_bucket() */
  double lead_seconds;                /* the sum of their lead times */
} DdTotals;

void dd_totals_init (DdTotals *totals, gint64 repository);

/* A subsystem's errors. */
typedef struct
{
  char  *subsystem;
  gint64 n;
} DdErrorTotal;

void dd_error_total_free (DdErrorTotal *total);

G_END_DECLS
