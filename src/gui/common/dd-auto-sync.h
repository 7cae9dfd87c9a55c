/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "dd-syncer.h"

G_BEGIN_DECLS

/**
 * DdAutoSync:
 *
 * Syncs by itself, as the session says: when the window shows its first report, and every so many minutes while it lives, which it
 * counts from the last sync on, whoever began that. Where there is no network it waits for the next minute without a word but the
 * syncer's `offline`.
 */
#define DD_TYPE_AUTO_SYNC (dd_auto_sync_get_type ())
G_DECLARE_FINAL_TYPE (DdAutoSync, dd_auto_sync, DD, AUTO_SYNC, GObject)

/* @monitor NULL: the system's, which is asked for when a sync is due. */
DdAutoSync *dd_auto_sync_new (DdSession *session, DdSyncer *syncer, GNetworkMonitor *monitor) G_GNUC_WARN_UNUSED_RESULT;

/* What is looked for each minute: begins a sync where one is due at @now. */
void        dd_auto_sync_look (DdAutoSync *self, gint64 now);

/* Nothing more is begun. */
void        dd_auto_sync_stop (DdAutoSync *self);

G_END_DECLS
