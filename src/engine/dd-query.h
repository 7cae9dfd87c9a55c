/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-engine.h"
#include "dd-summary.h"

G_BEGIN_DECLS

/* Questions to the store whose answers are numbers. All run on its worker, and first work out facts that are not up to date. */

/* So far back no data reaches, and time still does. */
#define DD_QUERY_MOST_BACK 2000

typedef struct
{
  const char *workspace; /* NULL: the only one */
  const char *period;    /* as dd_period_parse() wants it */
  guint       back;      /* how many such periods before that; at most DD_QUERY_MOST_BACK */
  const char *repository; /* narrows to one; NULL: all */
  const char *team;      /* narrows to one; NULL: all */
  gint64      now;
  gboolean    brief;     /* a summary leaves out what takes longest: the trend before the period before */
} DdQuery;

void       dd_query_summary_async (DdEngine *engine, const DdQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
DdSummary *dd_query_summary_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The list behind a metric and how the workspace's times are to be shown. */
typedef struct
{
  GPtrArray *rows; /* of DdRecordRow */
  GTimeZone *zone;
} DdRecordList;

void          dd_record_list_free (DdRecordList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdRecordList, dd_record_list_free)

void          dd_query_records_async (DdEngine *engine, const DdQuery *query, DdMetric metric, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
DdRecordList *dd_query_records_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdHealthStep) */
void          dd_query_health_async (DdEngine *engine, const DdQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray    *dd_query_health_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
