/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db-private.h"
#include "dd-event-store.h"

G_BEGIN_DECLS

struct _DdEventWriter
{
  DdDb         *db;
  gint64        workspace;
  char         *own_prefix;
  GArray       *events;  /* of DdEvent, not yet written */
  GStringChunk *strings; /* theirs */
  GHashTable   *runs;    /* key → EventRun: those that came last */
  GPtrArray    *touched; /* of EventRun: what of them is not yet written */
  guint64       added;
};

/* Puts what @event tells of its run to the rest; the run is written with the batch. 0 with an error. */
gint64   dd_event_writer_run_id (DdEventWriter *writer, gboolean loose, const char *key, gpointer *run, GError **error);
void     dd_event_writer_merge (DdEventWriter *writer, gpointer run, const DdEvent *event);
gboolean dd_event_writer_write_runs (DdEventWriter *writer, GError **error);

G_END_DECLS
