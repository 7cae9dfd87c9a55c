/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"

G_BEGIN_DECLS

/* The years before a workspace's history, fetched a slice at a time: each is a sync that goes further back, so that a stop loses no more
 * than one, and what is there already is not fetched again where a service's lists allow it. */

#define DD_BACKFILL_MOST_YEARS 20

/* So many days are one slice. */
#define DD_BACKFILL_SLICE 91

typedef struct
{
  char  *workspace;
  int    days;     /* of history now */
  int    target;   /* of history then; @days where all of it is there */
  guint  slices;
  gint64 since;    /* what the last slice goes back to */
  guint  requests; /* about so many, by what the longest sync took; 0 where there was none to go by */
  double seconds;  /* about; NAN where there is nothing to go by */
} DdBackfillPlan;

void            dd_backfill_plan_free (DdBackfillPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdBackfillPlan, dd_backfill_plan_free)

void            dd_backfill_plan_async (DdEngine *engine, const char *workspace, int years, gint64 now, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
DdBackfillPlan *dd_backfill_plan_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How much history there is when the slice @n (from 0) is fetched. */
int             dd_backfill_plan_days (const DdBackfillPlan *plan, guint n);

/* So much history is there from now on: the next backfill goes on from it. */
void            dd_backfill_keep_async (DdEngine *engine, const char *workspace, int days, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean        dd_backfill_keep_finish (DdEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
