/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-db.h"
#include "dd-event-log.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* For store jobs. Reads a file into @workspace (0: none) from @position on, and sets it to where the last whole line ended.
 * @whole: a last line without an end is one too, as with a file that does not grow any more. A file that is not there is an
 * empty log: @missing. @position: NULL is the beginning; what it says is dd_event_reader's own. @permille (nullable): how much of
 * the file was read, to be looked at by others with g_atomic_int_get(). */
gboolean dd_event_reader_read (DdDb *db, gint64 workspace, const char *path, gboolean whole, char **position, gboolean *missing,
                               DdEventLogCounts *counts, int *permille, GCancellable *cancellable, GError **error);

/* What is new in the logs of a source of type `events`; how many events that are. -1 with an error. */
gint64   dd_event_reader_sync (DdDb *db, gint64 workspace, gint64 source, const DdSourceSettings *settings, GHashTable *cursors,
                               GCancellable *cancellable, GError **error);

/* A workspace by its name for what needs none: where there is no workspace at all and none is named, 0. */
gboolean dd_event_reader_workspace (DdDb *db, const char *name, gint64 *workspace, DdSettings **settings, GError **error);

G_END_DECLS
