/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-record.h"

G_BEGIN_DECLS

/* "Up to here": where a walk over one list of one source stands. */
typedef struct
{
  char *scope;  /* the repository's name, "" for the source as a whole */
  char *stream; /* "deployments", "changes", … */
  char *value;  /* the source's own; NULL removes it */
} DdCursor;

/**
 * DdBatch:
 *
 * One page of a service: what it told, and the cursors that go with it. The store writes a batch in one transaction, so
 * that a crash or a cancel loses nothing and repeats nothing that was paid for.
 */
typedef struct
{
  char      *repository;   /* owner of @commits; NULL where there are none */
  GPtrArray *repositories; /* of DdRepository */
  GPtrArray *deployments;  /* of DdDeployment */
  GPtrArray *changes;      /* of DdChange */
  GPtrArray *commits;      /* of DdCommit */
  GPtrArray *incidents;    /* of DdIncident */
  GPtrArray *gone;         /* of char *: keys of deployments that the service no longer has */
  GArray    *cursors;      /* of DdCursor */
} DdBatch;

/* All arrays are made, and own what is added. */
DdBatch *dd_batch_new (void) G_GNUC_WARN_UNUSED_RESULT;
void     dd_batch_free (DdBatch *batch);
void     dd_batch_add_cursor (DdBatch    *batch,
                              const char *scope,
                              const char *stream,
                              const char *value);
/* Deployments, changes, commits and incidents in it. */
guint    dd_batch_count (const DdBatch *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdBatch, dd_batch_free)

G_END_DECLS
