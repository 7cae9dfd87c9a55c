/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-engine.h"

G_BEGIN_DECLS

/* What reports can be narrowed to, in all workspaces. */
typedef struct
{
  char    *workspace;
  char    *name;
  gboolean team; /* or a repository */
} DdName;

void       dd_names_async (DdEngine *engine, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (element-type DdName): by workspace, teams first. */
GPtrArray *dd_names_finish (DdEngine *engine, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
