/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-link-store.h"
#include "dd-total.h"

G_BEGIN_DECLS

/* Running totals. They are written with the facts that they come from, in one transaction. */

/* A record that is in the totals. */
typedef struct
{
  gint64   id;
  DdResult result; /* deployments: the one that it is counted under */
} DdCounted;

/* (element-type DdCounted): what the facts of a range hold of deployments, and of deployed changes. In no order. */
GArray    *dd_total_store_deployments (DdDb *db, const DdLinkedRange *range, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GArray    *dd_total_store_changes (DdDb *db, const DdLinkedRange *range, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is no longer among the facts is in the totals all the same, and is kept in mind for when it comes again. */
gboolean   dd_total_store_keep_deployment (DdDb *db, const DdCounted *counted, GError **error);
gboolean   dd_total_store_keep_change (DdDb *db, const DdCounted *counted, GError **error);
/* It is among them again; @was_kept: (out): FALSE for what is new. */
gboolean   dd_total_store_take_deployment (DdDb *db, const DdCounted *counted, gboolean *was_kept, GError **error);
gboolean   dd_total_store_take_change (DdDb *db, const DdCounted *counted, gboolean *was_kept, GError **error);
/* FALSE where nothing is kept at all, so that none need be taken. */
gboolean   dd_total_store_keeps_any (DdDb *db);

/* Adds what is new to a repository's totals; its last deployments are those of @news, whatever was known before. */
gboolean   dd_total_store_add (DdDb *db, const DdTotals *news, GError **error);

/* (element-type DdTotals): of the workspace's repositories that have any, by row id. */
GArray    *dd_total_store_read (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdErrorTotal): by subsystem; @workspace: 0 for errors of no workspace. */
GPtrArray *dd_total_store_errors (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
