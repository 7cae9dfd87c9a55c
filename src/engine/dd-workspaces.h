/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"
#include "dd-rule.h"

G_BEGIN_DECLS

/* What is done to workspaces. Where a name is NULL, the only workspace there is. */

/* Reads a workspace file; the workspace's name. @file_name: for errors. */
void       dd_workspaces_import_async (DdEngine *engine, const char *json, const char *file_name, gboolean sample,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char      *dd_workspaces_import_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type utf8) */
void       dd_workspaces_list_async (DdEngine *engine, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *dd_workspaces_list_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The settings as JSON. */
void       dd_workspaces_export_async (DdEngine *engine, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
char      *dd_workspaces_export_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void       dd_workspaces_remove_async (DdEngine *engine, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @remark: (out) (optional): a sentence where something of it is left that the user should know of; else NULL. */
gboolean   dd_workspaces_remove_finish (DdEngine *engine, GAsyncResult *result, char **remark, GError **error);

/* A decision about an incident: see dd_workspace_store_decide(). */
void       dd_workspaces_decide_async (DdEngine *engine, const char *workspace, const char *incident, DdLink link,
                                       const char *deployment, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @link_before, @deployment_before: (out) (optional): what was decided until now, as another decision puts it back. */
gboolean   dd_workspaces_decide_finish (DdEngine *engine, GAsyncResult *result, DdLink *link_before, char **deployment_before,
                                        GError **error);

G_END_DECLS
