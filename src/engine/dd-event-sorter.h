/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-event-log.h"

G_BEGIN_DECLS

/**
 * DdEventSorter:
 *
 * Hands events on in the order of time, whatever order they came in: the database takes those many times as fast, since neighbours
 * in time are neighbours in it. What comes in order is handed on soon. What does not, and is too much for a bounded memory, waits in
 * files that nobody else sees, and is merged. An order of a long log that is better than none is all that is promised.
 */
typedef struct _DdEventSorter DdEventSorter;

DdEventSorter *dd_event_sorter_new (DdEventFunc func, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void           dd_event_sorter_free (DdEventSorter *sorter);

/* So many bytes of events are kept in memory; for tests. */
void           dd_event_sorter_set_room (DdEventSorter *sorter, gsize bytes);

/* A DdEventFunc: copies @event. */
gboolean       dd_event_sorter_add (const DdEvent *event, gpointer sorter, GError **error);
/* Hands on what is left. */
gboolean       dd_event_sorter_finish (DdEventSorter *sorter, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdEventSorter, dd_event_sorter_free)

G_END_DECLS
