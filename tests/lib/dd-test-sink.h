/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-source.h"

G_BEGIN_DECLS

/**
 * DdTestSink:
 *
 * A sink that keeps what it is given, so that a test can look at it: batches in their order, cursors as the last batch that
 * named them left them, tasks as they ended. What it answers is in its fields, for the test to set.
 */
#define DD_TYPE_TEST_SINK (dd_test_sink_get_type ())
G_DECLARE_FINAL_TYPE (DdTestSink, dd_test_sink, DD, TEST_SINK, GObject)

struct _DdTestSink
{
  GObject     parent_instance;
  GPtrArray  *batches;      /* of DdBatch */
  GHashTable *cursors;      /* "scope/stream" → value */
  GPtrArray  *tasks;        /* of DdTaskRecord */
  GHashTable *unsettled;    /* repository → GStrv of keys */
  char      **repositories; /* NULL: none */
  gint64      now;          /* 2026-11-20T12:00:00Z unless set */
  guint       done;         /* of the last progress */
  guint       total;
};

DdTestSink *dd_test_sink_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* A cursor as a sync before left it. */
void dd_test_sink_set_cursor (DdTestSink *self,
                              const char *scope,
                              const char *stream,
                              const char *value);

/* The deployments of @repository that had not finished; @keys ends with NULL. */
void dd_test_sink_set_unsettled (DdTestSink         *self,
                                 const char         *repository,
                                 const char * const *keys);

/* Records of all batches together. */
guint dd_test_sink_count (DdTestSink *self);

/* The task of one step, NULL where none ended. */
DdTaskRecord *dd_test_sink_find_task (DdTestSink *self,
                                      const char *scope,
                                      const char *step);

G_END_DECLS
