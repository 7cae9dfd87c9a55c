/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-batch.h"
#include "dd-db.h"

G_BEGIN_DECLS

/* Records as the services told them. */

/* Writes a page and its cursors in one transaction: new records are added, known ones (by the vendor's id) updated. Repositories
 * whose records changed are marked for linking. */
gboolean    dd_record_store_put (DdDb *db, gint64 workspace, gint64 source, const DdBatch *batch, GError **error);

/* Repository name → GPtrArray of keys of deployments that have not finished, or were created after @young. */
GHashTable *dd_record_store_unsettled (DdDb *db, gint64 source, gint64 young, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type utf8): short names, alphabetical. */
GPtrArray  *dd_record_store_repositories (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
