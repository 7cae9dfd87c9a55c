/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A report as it was made: what it said stays, whatever is corrected since. */
typedef struct
{
  gint64  id;       /* in the store; 0 before it is kept */
  gint64  made;
  char   *period;   /* its kind: "weekly" */
  gint64  start;
  gint64  end;      /* the first instant after it */
  char   *scope;    /* the repository or team that it was narrowed to; NULL for all */
  char   *title;    /* of its period, for people: "Week 46" */
  char   *outcome;  /* what was done with it: "saved", "printed", "sent", "copied"; NULL where it is not known */
  char   *report;   /* as JSON */
  char   *markdown; /* these three: NULL in lists, and where a version that did not keep them made it */
  char   *slack;
  GBytes *document; /* as dd_document_open() reads it */
} DdSnapshot;

void dd_snapshot_free (DdSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdSnapshot, dd_snapshot_free)

G_END_DECLS
