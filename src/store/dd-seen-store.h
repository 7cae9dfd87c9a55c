/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-seen.h"

G_BEGIN_DECLS

/* What the services told of, with counts; and the file as a whole. */

/* (element-type DdSeenName): environments of deployments by how many went there, most first. */
GPtrArray *dd_seen_store_environments (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type DdSeenName): labels of issues, whatever their case, and severities of incidents; most first. */
GPtrArray *dd_seen_store_labels (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *dd_seen_store_severities (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type DdSeenRepository): in alphabetical order. */
GPtrArray *dd_seen_store_repositories (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Copies the whole database into a new file; one that is there is replaced. */
gboolean   dd_seen_store_back_up (DdDb *db, const char *path, GError **error);

G_END_DECLS
