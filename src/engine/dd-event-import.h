/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-event-log.h"

G_BEGIN_DECLS

/* Reads event logs (JSON lines) into the workspace, or beside all where there is none. What was read before is not added again;
 * a file that is not there is an empty log. @paths: NULL-terminated. @permille (nullable): how much of the file that is being read
 * was; made by g_atomic_rc_box_new0 (int), and held until the end. Look with g_atomic_int_get(). */
void              dd_event_import_async (DdEngine *engine, const char *workspace, const char * const *paths, int *permille,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (element-type DdEventImport), one for each path. */
GPtrArray        *dd_event_import_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What came of one file. */
typedef struct
{
  char            *path;
  gboolean         missing;
  DdEventLogCounts counts;
} DdEventImport;

/* Where the orchestrator of this computer keeps its logs, as its environment says (ORCH_EVENTS_PATH, STATE_STORE_PATH); empty
 * where it does not. */
char **dd_event_import_default_paths (void) G_GNUC_WARN_UNUSED_RESULT;

/* The program's own runs of a workspace as a log of the same form, the earliest first. */
void   dd_event_export_async (DdEngine *engine, const char *workspace, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
char  *dd_event_export_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
