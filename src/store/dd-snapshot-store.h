/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-snapshot.h"

G_BEGIN_DECLS

gboolean    dd_snapshot_store_add (DdDb *db, gint64 workspace, const DdSnapshot *snapshot, GError **error);

/* (element-type DdSnapshot): the last @limit, the latest first, without Markdown, Slack's message and document. */
GPtrArray  *dd_snapshot_store_list (DdDb *db, gint64 workspace, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One, whole; DD_ERROR_NOT_FOUND where it is gone. */
DdSnapshot *dd_snapshot_store_load (DdDb *db, gint64 workspace, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes one; nothing where it is gone already. */
gboolean    dd_snapshot_store_remove (DdDb *db, gint64 workspace, gint64 id, GError **error);

G_END_DECLS
