/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The GraphQL that is asked of GitHub. GitHub charges connections and not page sizes: a list costs one
 * point a page while it asks for no more than about 150 connections, which is why pull requests (two
 * each) come 50 a page and all else 100.
 */

enum
{
  DD_GITHUB_PAGE = 100,
  DD_GITHUB_PULL_REQUEST_PAGE = 50,
  DD_GITHUB_NAMED_PAGE = 50,   /* repositories by name */
  DD_GITHUB_CHANGED_PAGE = 25, /* repositories in one look for what is new */
  DD_GITHUB_CHANGED_FIRST = 10, /* deployments and pull requests of each */
};

extern const char dd_github_query_viewer[];       /* $login, $named */
extern const char dd_github_query_repositories[]; /* $login, $after */
extern const char dd_github_query_deployments[];  /* lists: $owner, $name, $first, $after */
extern const char dd_github_query_outline[];  /* lists: $owner, $name, $first, $after */
extern const char dd_github_query_changes[];      /* and $base */
extern const char dd_github_query_commits[];      /* and $head, $since */
extern const char dd_github_query_releases[];
extern const char dd_github_query_tags[];
extern const char dd_github_query_changed[];      /* $ids of repositories, $releases, $tags */
extern const char dd_github_query_refresh[];      /* $ids of deployments */

/* Repositories by name, under the aliases r0, r1, …: $o0, $n0, $o1, $n1, … */
char *dd_github_query_named (guint n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
