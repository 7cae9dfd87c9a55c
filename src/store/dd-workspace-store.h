/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-fact.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Workspaces, their sources, and what users decided. A workspace is its row id; 0 is none. */

/* Replaces the settings of the workspace of that name, or makes it; what it fetched is kept. @json is what @settings were read
 * from. 0 with an error. */
gint64     dd_workspace_store_save (DdDb *db, const DdSettings *settings, const char *json, gboolean sample, GError **error);

/* TRUE for an example's workspace. */
gboolean   dd_workspace_store_is_sample (DdDb *db, gint64 workspace);

/* (element-type utf8): names in alphabetical order. */
GPtrArray *dd_workspace_store_list (DdDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The settings as JSON, and the workspace's id. Where @name is NULL, the only one there is. DD_ERROR_NOT_FOUND names what there is. */
char      *dd_workspace_store_load (DdDb *db, const char *name, gint64 *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* With all its records. */
gboolean   dd_workspace_store_remove (DdDb *db, const char *name, GError **error);

/* Row id of a source of the settings; 0 where it is not there. */
gint64     dd_workspace_store_source (DdDb *db, gint64 workspace, const DdSourceSettings *source);

/* How a sync of a source ended; @message NULL: it succeeded at @now. */
gboolean   dd_workspace_store_source_done (DdDb *db, gint64 source, const char *message, gint64 now, GError **error);

/* (element-type DdSourceState): those of the settings, in their order. */
GPtrArray *dd_workspace_store_source_states (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "scope\nstream" → value. */
GHashTable *dd_workspace_store_cursors (DdDb *db, gint64 source, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A decision about an incident, found by its name without case ("OPS-12"): @link is BY_HAND with a deployment's key or its number in
 * the list, UNLINKED, EXCLUDED, or NONE to take a decision back. DD_ERROR_NOT_FOUND where the incident or deployment is not known. */
gboolean   dd_workspace_store_decide (DdDb *db, gint64 workspace, const char *incident, DdLink link, const char *deployment,
                                      GError **error);

/* What was decided about an incident: DD_LINK_NONE for nothing; @deployment: (out): "repository/key" where it is linked by hand, else NULL. */
gboolean   dd_workspace_store_decision (DdDb *db, gint64 workspace, const char *incident, DdLink *link, char **deployment,
                                        GError **error);

G_END_DECLS
