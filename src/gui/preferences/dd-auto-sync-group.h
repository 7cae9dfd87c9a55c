/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-session.h"

G_BEGIN_DECLS

/**
 * DdAutoSyncGroup:
 *
 * Whether the window syncs by itself: when it opens, and how often.
 */
#define DD_TYPE_AUTO_SYNC_GROUP (dd_auto_sync_group_get_type ())
G_DECLARE_FINAL_TYPE (DdAutoSyncGroup, dd_auto_sync_group, DD, AUTO_SYNC_GROUP, AdwPreferencesGroup)

GtkWidget *dd_auto_sync_group_new (DdSession *session);

G_END_DECLS
