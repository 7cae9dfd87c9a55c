/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"

G_BEGIN_DECLS

/* Who the token belongs to, and what it lacks. @organization may be NULL. */
void           dd_github_check_async (DdGithubServer     *server,
                                      const char         *organization,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
DdSourceCheck *dd_github_check_finish (GAsyncResult *result,
                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds what classic tokens lack by their @scopes (a header, "repo, read:org") to @missing, as sentences. */
void           dd_github_check_scopes (const char *scopes,
                                       GPtrArray  *missing);

G_END_DECLS
