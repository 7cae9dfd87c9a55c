/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"

G_BEGIN_DECLS

/* Adds the walks that look for what is new in the lists of @repositories that are known to their end, many
 * repositories to a request, and those that re-read deployments which had not finished. */
void dd_github_changed_walk (DdGithubSync *sync,
                             GPtrArray    *repositories);

G_END_DECLS
