/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-event.h"

G_BEGIN_DECLS

/**
 * DdEventWriter:
 *
 * Puts events of logs into the database, many in one transaction. An event that is there already changes nothing, so that
 * any order and any number of readings come to the same. Between two transactions another process has its turn.
 */
typedef struct _DdEventWriter DdEventWriter;

/* @workspace: 0 for none. */
DdEventWriter *dd_event_writer_new (DdDb *db, gint64 workspace) G_GNUC_WARN_UNUSED_RESULT;
void           dd_event_writer_free (DdEventWriter *writer);

/* Copies what it needs. An event of a run that does not name it becomes part of one with dd_event_writer_assign(). */
gboolean       dd_event_writer_add (DdEventWriter *writer, const DdEvent *event, GError **error);
/* What was added last. */
gboolean       dd_event_writer_flush (DdEventWriter *writer, GError **error);
/* How many were new. */
guint64        dd_event_writer_get_added (DdEventWriter *writer);

/* A name with events that are not yet part of any run, since they do not tell theirs; @at: the first one's time. NULL with no
 * error where there is none. */
char          *dd_event_writer_next_loose (DdEventWriter *writer, gint64 *at, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Such runs are told apart anew from @at on, and from the start of the run that it lies in. Forgets those runs, and tells
 * where to begin. */
gboolean       dd_event_writer_forget_loose (DdEventWriter *writer, const char *name, gint64 *at, GError **error);

/* Where reading such events stands. */
typedef struct
{
  gint64      at;
  DdLogKind kind;
  gint64      hash;
} DdLoosePosition;

typedef struct
{
  DdLoosePosition position;
  char           *line;
} DdLooseEvent;

/* The next @limit behind @position, in the order of time: (element-type DdLooseEvent). */
GPtrArray     *dd_event_writer_read_loose (DdEventWriter *writer, const char *name, const DdLoosePosition *position, guint limit,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Makes @event part of the run of that name that began at @start. */
gboolean       dd_event_writer_assign (DdEventWriter *writer, const DdEvent *event, gint64 start, GError **error);

/* Events are this database's own where their run's id begins so. */
char          *dd_event_store_own_prefix (DdDb *db) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdEventWriter, dd_event_writer_free)

G_END_DECLS
