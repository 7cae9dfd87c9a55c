/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-batch.h"
#include "dd-db-private.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* What tests of the store have in common: a database in a folder of its own, with the workspace "Northwind" and its source. */
typedef struct
{
  char  *folder;
  char  *path;
  DdDb  *db;
  gint64 workspace;
  gint64 source;
} StoreTest;

/* 2026-11-20T12:00:00Z */
#define STORE_TEST_NOW (G_GINT64_CONSTANT (1795176000) * DD_SECOND)
#define STORE_TEST_HOUR(n) (STORE_TEST_NOW + (n) * DD_HOUR)

void store_test_init (StoreTest *self);
void store_test_clear (StoreTest *self);

/* Closes, and opens again as the program does after a restart. */
void store_test_reopen (StoreTest *self);

/* Another workspace, with a source of type `files`. */
gint64 store_test_add_workspace (StoreTest  *self,
                                 const char *name,
                                 gint64     *source);

/* Times are hours from STORE_TEST_NOW. */
DdDeployment *store_test_deployment (const char *key,
                                     const char *repository,
                                     int         hour,
                                     DdResult    result) G_GNUC_WARN_UNUSED_RESULT;
DdChange     *store_test_change (const char *key,
                                 const char *repository,
                                 int         hour) G_GNUC_WARN_UNUSED_RESULT;
DdIncident   *store_test_incident (const char *key,
                                   const char *repository,
                                   int         hour) G_GNUC_WARN_UNUSED_RESULT;

/* @batch: (transfer full): written, and known to be. */
void  store_test_put (StoreTest *self,
                      DdBatch   *batch);

/* What a question answers: columns joined by "|", rows by a space, null as "-". */
char *store_test_ask (DdDb       *db,
                      const char *sql) G_GNUC_WARN_UNUSED_RESULT;
void  store_test_assert (DdDb       *db,
                         const char *sql,
                         const char *expected);

/* Runs @func in a process of its own, which ends with what it returns. SQLite forbids to take an open database along. */
typedef int (*StoreTestFunc) (gpointer data);
GPid store_test_fork (StoreTestFunc func,
                      gpointer      data);
/* Its exit status, or minus the signal that ended it. */
int  store_test_join (GPid pid);

/* A line between two processes. */
typedef struct
{
  int ends[2];
} StoreTestPipe;

void     store_test_pipe_init (StoreTestPipe *self);
void     store_test_pipe_clear (StoreTestPipe *self);
void     store_test_pipe_tell (StoreTestPipe *self);
/* FALSE where nobody will tell any more. */
gboolean store_test_pipe_wait (StoreTestPipe *self);

G_END_DECLS
