/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-exposition.h"

G_BEGIN_DECLS

/**
 * DdMetricsCache:
 *
 * The exposition as it was last worked out. However often it is asked for, the database is asked once in a while, and by one
 * question at a time; who asks meanwhile waits for that one, and where it takes too long or fails gets the last that is known.
 */
#define DD_TYPE_METRICS_CACHE (dd_metrics_cache_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricsCache, dd_metrics_cache, DD, METRICS_CACHE, GObject)

/* In microseconds, and how many may wait. */
typedef struct
{
  gint64 fresh;    /* so long nothing is asked again */
  gint64 good;     /* so long nobody waits: what is known is given, and asked again behind it */
  gint64 patience; /* so long somebody waits for what is fresh */
  gint64 kept;     /* so old may be what is given in its place */
  guint  waiting;  /* so many wait; others get what there is at once */
} DdMetricsCacheLimits;

void            dd_metrics_cache_limits_init (DdMetricsCacheLimits *limits);

/* What is wrong with the database now; NULL: it answers again. Told once each time that it changes. */
typedef void (*DdMetricsCacheFunc) (const GError *error, gpointer data);

/**
 * dd_metrics_cache_new:
 * @database: (nullable): the user's own
 * @workspace: (nullable): all
 */
DdMetricsCache *dd_metrics_cache_new (const char *database, const char *workspace, const DdMetricsCacheLimits *limits,
                                      DdMetricsCacheFunc changed, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

void            dd_metrics_cache_get_async (DdMetricsCache *self, DdExpositionFormat format, GAsyncReadyCallback callback,
                                            gpointer user_data);
/* @age: (out): in seconds. The error is for the one who runs the program, not for the one who asks it over a network. */
GBytes         *dd_metrics_cache_get_finish (DdMetricsCache *self, GAsyncResult *result, guint *age,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives up a question that is under way. Who waits is answered with what there is. */
void            dd_metrics_cache_stop (DdMetricsCache *self);

G_END_DECLS
