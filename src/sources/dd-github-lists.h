/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-github-sync.h"

G_BEGIN_DECLS

/* What the cursor of a repository's list is called: "deployments". */
const char *dd_github_list_stream (DdGithubList list);

/* The list's name in a repository's object of a reply: "pullRequests". */
const char *dd_github_list_field (DdGithubList list);

void        dd_github_list_load (DdGithubSync             *sync,
                                 const DdGithubRepository *repository,
                                 DdGithubList              list,
                                 DdPosition               *position);
void        dd_github_list_save (const DdGithubRepository *repository,
                                 DdGithubList              list,
                                 const DdPosition         *position,
                                 DdBatch                  *batch);

/* Puts the record of @node in @batch if it is as new as @from, and lets @position see it. Returns the time
 * by which the list is ordered, DD_TIME_NONE where it is not known. */
gint64      dd_github_list_take (DdGithubSync             *sync,
                                 const DdGithubRepository *repository,
                                 DdGithubList              list,
                                 JsonObject               *node,
                                 gint64                    from,
                                 DdPosition               *position,
                                 DdBatch                  *batch);

/* Up to where a walk has to go back: over the last one's end by as much as GitHub's lists lag behind. */
gint64      dd_github_list_until (DdGithubList      list,
                                  const DdPosition *position);

/* Adds a walk over the whole list, down to what is known of it. */
void        dd_github_list_walk (DdGithubSync       *sync,
                                 DdGithubRepository *repository,
                                 DdGithubList        list);

/* TRUE where the deployments (or releases) of @repository are known as far as @position says, and its
 * releases (or tags) have to stand for deployments. */
gboolean    dd_github_list_needs_next (DdGithubSync             *sync,
                                       const DdGithubRepository *repository,
                                       DdGithubList              list,
                                       const DdPosition         *position);

G_END_DECLS
