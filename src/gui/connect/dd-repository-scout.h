/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-engine.h"
#include "dd-repository-list.h"

G_BEGIN_DECLS

/**
 * DdRepositoryScout:
 *
 * Which environments are production, picked before the first sync from what the repositories in view have: each is asked for once,
 * as it comes near the screen, and its row says what would stand for its deployments.
 */
#define DD_TYPE_REPOSITORY_SCOUT (dd_repository_scout_get_type ())
G_DECLARE_FINAL_TYPE (DdRepositoryScout, dd_repository_scout, DD, REPOSITORY_SCOUT, GtkBox)

GtkWidget *dd_repository_scout_new (DdEngine *engine, const DdSourceSettings *source, const char *token, DdRepositoryList *list,
                                    char **environments);

/* The patterns of production, as the user has left them. */
char     **dd_repository_scout_get_environments (DdRepositoryScout *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
