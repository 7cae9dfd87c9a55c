/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"

G_BEGIN_DECLS

/* Adds the walk over the workflow runs that the repository's setting ("workflow:PATTERN") chooses. */
void dd_github_runs_walk (DdGithubSync       *sync,
                          DdGithubRepository *repository);

G_END_DECLS
