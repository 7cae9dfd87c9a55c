/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* A workspace as it is in the store. */
typedef struct
{
  gint64      id;
  DdSettings *settings;
} DdWorkspace;

/* For store jobs. Where @name is NULL, the only workspace there is; where there is none at all and the environment names an
 * organization (GITHUB_ORG, GITHUB_REPOS), one is made of that. */
DdWorkspace *dd_workspace_load (DdDb *db, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void         dd_workspace_free (DdWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdWorkspace, dd_workspace_free)

/* Reads a workspace file and keeps it; the name of the workspace. */
char        *dd_workspace_import (DdDb *db, const char *json, const char *file_name, gboolean sample, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The source of type `files`, made for the workspace where it has none. */
gint64       dd_workspace_files_source (DdDb *db, DdWorkspace *workspace, GError **error);

G_END_DECLS
