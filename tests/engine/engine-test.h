/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine-private.h"
#include "dd-query.h"
#include "dd-sync.h"
#include "dd-test-server.h"

G_BEGIN_DECLS

/* What tests of the engine have in common: an engine over a database in a folder of its own, and a scripted server. */
typedef struct
{
  char         *folder;
  char         *path;
  DdEngine     *engine;
  DdTestServer *server;
} EngineTest;

/* 2026-11-20T12:00:00Z */
#define ENGINE_TEST_NOW (G_GINT64_CONSTANT (1795176000) * DD_SECOND)

void  engine_test_init (EngineTest *self);
void  engine_test_clear (EngineTest *self);

/* Runs the main context until @result is there. */
void  engine_test_wait (GAsyncResult **result);
/* A callback that keeps its result in the GAsyncResult * that the user data points to. */
void  engine_test_keep_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

/* A workspace file, with the server's address for each "@". */
void  engine_test_import (EngineTest *self,
                          const char *json);

/* A file of records into the workspace @name. */
void  engine_test_import_file (EngineTest *self,
                               const char *name,
                               const char *kind,
                               const char *text);

DdSyncResult *engine_test_sync (EngineTest   *self,
                                GCancellable *cancellable,
                                GError      **error);

/* @query: its time is ENGINE_TEST_NOW where it gives none. */
DdSummary    *engine_test_summary (EngineTest *self,
                                   DdQuery     query);
DdRecordList *engine_test_records (EngineTest *self,
                                   DdQuery     query,
                                   DdMetric    metric);

/* Every figure, to be compared as text. */
char *engine_test_describe (const DdMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;
/* Those of the period, of the one before, of each repository and each team. */
char *engine_test_describe_all (const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

/* A decision about an incident of the only workspace. */
void  engine_test_decide (EngineTest *self,
                          const char *incident,
                          DdLink      link,
                          const char *deployment);

/* Statements on the store's own connection. */
void  engine_test_exec (EngineTest *self,
                        const char *sql);
/* What a question answers: columns joined by "|", rows by a space, null as "-". */
void  engine_test_assert (EngineTest *self,
                          const char *sql,
                          const char *expected);

G_END_DECLS
