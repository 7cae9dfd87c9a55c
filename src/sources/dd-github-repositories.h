/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"

G_BEGIN_DECLS

/* Adds the walk that finds the repositories of the settings and plans what is read of each. */
void dd_github_repositories_walk (DdGithubSync *sync);

G_END_DECLS
