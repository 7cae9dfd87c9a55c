/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-session.h"
#include "dd-sync.h"

G_BEGIN_DECLS

/**
 * DdSyncer:
 *
 * The window's syncs of the session's workspace, one at a time: how far it is, in words, and how the last one ended. When one ends,
 * the session is refreshed. Signal `changed`: anything of it is another.
 */
#define DD_TYPE_SYNCER (dd_syncer_get_type ())
G_DECLARE_FINAL_TYPE (DdSyncer, dd_syncer, DD, SYNCER, GObject)

DdSyncer *dd_syncer_new (DdSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* Does nothing while one is running. */
void      dd_syncer_start (DdSyncer *self);

/* The same, by itself: only where no other one runs, in whatever process, or began after @since. */
void      dd_syncer_start_unless (DdSyncer *self, gint64 since);

/* What is fetched is kept. */
void      dd_syncer_cancel (DdSyncer *self);

gboolean  dd_syncer_is_running (DdSyncer *self);

/* "13 of 19 repositories", "Calculating…"; NULL while none is running. */
const char *dd_syncer_get_words (DdSyncer *self);

/* 0 to 1 over all sources that said how much they have; negative where none did. */
double      dd_syncer_get_fraction (DdSyncer *self);

/* Whether there is no network, so that a sync that is due waits for its next turn. */
void        dd_syncer_set_offline (DdSyncer *self, gboolean offline);
gboolean    dd_syncer_is_offline (DdSyncer *self);

/* How the last sync of this workspace ended, NULL where there was none since the start or it failed as a whole. */
const DdSyncResult *dd_syncer_get_result (DdSyncer *self);
const GError       *dd_syncer_get_error (DdSyncer *self);

/* The first of that result's sources that failed, or NULL. */
const DdSyncSourceResult *dd_syncer_get_failed (DdSyncer *self);

G_END_DECLS
