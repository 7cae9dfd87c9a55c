/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-total.h"

G_BEGIN_DECLS

/* Running totals. They are written with the facts that they come from, in one transaction. */

/* Notes that a deployment is counted under a result, or a deployed change; @first: (out): it was not before. */
gboolean   dd_total_store_note_deployment (DdDb *db, gint64 id, DdResult result, gboolean *first, GError **error);
gboolean   dd_total_store_note_change (DdDb *db, gint64 id, gboolean *first, GError **error);

/* Adds what is new to a repository's totals; its last deployments are those of @news, whatever was known before. */
gboolean   dd_total_store_add (DdDb *db, const DdTotals *news, GError **error);

/* (element-type DdTotals): of the workspace's repositories that have any, by row id. */
GArray    *dd_total_store_read (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdErrorTotal): by subsystem; @workspace: 0 for errors of no workspace. */
GPtrArray *dd_total_store_errors (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
