/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-record.h"

G_BEGIN_DECLS

/*
 * What GitHub's replies say, as records: one node or object each. NULL where it lacks what a record
 * cannot be without; @node may be NULL. @repository is the short name.
 */

DdRepository *dd_github_repository_record (JsonObject *node);
DdDeployment *dd_github_deployment_record (JsonObject *node,
                                           const char *repository);
/* NULL for one that is not merged. */
DdChange     *dd_github_change_record (JsonObject *node,
                                       const char *repository);
DdCommit     *dd_github_commit_record (JsonObject *node);
/* NULL for drafts and pre-releases. */
DdDeployment *dd_github_release_record (JsonObject *node,
                                        const char *repository);
/* NULL for tags that name no version. @url: the repository's, for a link; NULL for none. */
DdDeployment *dd_github_tag_record (JsonObject *node,
                                    const char *repository,
                                    const char *url);
/* An object of REST's workflow runs; NULL for one that has not completed. */
DdDeployment *dd_github_run_record (JsonObject *object,
                                    const char *repository);

/* The time by which tags are ordered: their commit's. DD_TIME_NONE where the tag is of no commit. */
gint64        dd_github_tag_time (JsonObject *node);

/* `v` or nothing, then two or more numbers joined by dots, and nothing else. */
gboolean      dd_github_is_version (const char *tag);

/* Releases, tags and runs have keys of their own kind, since they are not re-read one by one as
 * deployments are. */
gboolean      dd_github_key_is_deployment (const char *key);

G_END_DECLS
