/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"
#include "dd-seen.h"

G_BEGIN_DECLS

/* What a repository has, by one cheap request: its newest hundred deployments' environments, and how many releases and tags there
 * are. @repository: as the workspace calls it. @settings are those of the source. */
void           dd_github_outline_async (DdGithubServer         *server,
                                        const DdSourceSettings *settings,
                                        const char             *repository,
                                        GCancellable           *cancellable,
                                        GAsyncReadyCallback     callback,
                                        gpointer                user_data);
DdSeenOutline *dd_github_outline_finish (GAsyncResult *result,
                                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
