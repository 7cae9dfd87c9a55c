/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-queries.h"

#define PAGE "pageInfo { hasNextPage endCursor } "

#define REPOSITORY \
  "id name nameWithOwner url isArchived isDisabled isFork defaultBranchRef { name target { oid } } "

#define DEPLOYMENT \
  "id commitOid environment createdAt ref { name } commit { committedDate } latestStatus { logUrl } " \
  "statuses(first: 20) { nodes { state createdAt } } "

/* The first listed commit is not always the earliest authored one, so that all are asked for. */
#define CHANGE \
  "id number title url createdAt updatedAt mergedAt headRefName author { __typename login } mergeCommit { oid } " \
  "commits(first: 100) { nodes { commit { authoredDate } } } " \
  "reviews(first: 10) { nodes { submittedAt author { __typename login } } } "

#define RELEASE \
  "id name tagName isDraft isPrerelease createdAt publishedAt url tagCommit { oid committedDate } "

#define TAG \
  "name target { __typename oid ... on Commit { committedDate } " \
  "... on Tag { tagger { date } target { __typename oid ... on Commit { committedDate } } } } "

#define LIST(name, variables, content) \
  "query " name "($owner: String!, $name: String!, $first: Int!, $after: String" variables ") { " \
  "repository(owner: $owner, name: $name) { " content "} }"

#define NEWEST(field) "orderBy: {field: " field ", direction: DESC}"

const char dd_github_query_viewer[] =
  "query Viewer($login: String!, $named: Boolean!) { viewer { login name } "
  "repositoryOwner(login: $login) @include(if: $named) { __typename login "
  "repositories(first: 1, ownerAffiliations: OWNER) { totalCount } } }";

const char dd_github_query_repositories[] =
  "query Repositories($login: String!, $after: String) { repositoryOwner(login: $login) { "
  "repositories(first: 100, after: $after, ownerAffiliations: OWNER, " NEWEST ("PUSHED_AT") ") { "
  PAGE "nodes { " REPOSITORY "} } } }";

const char dd_github_query_deployments[] =
  LIST ("Deployments", "",
        "deployments(first: $first, after: $after, " NEWEST ("CREATED_AT") ") { " PAGE "nodes { " DEPLOYMENT "} } ");

/* Counts before anything is kept: no statuses, which make the list dear. */
const char dd_github_query_outline[] =
  "query Outline($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { "
  "deployments(first: 100, " NEWEST ("CREATED_AT") ") { totalCount nodes { environment } } "
  "releases(first: 1) { totalCount } "
  "refs(refPrefix: \"refs/tags/\", first: 1, " NEWEST ("TAG_COMMIT_DATE") ") { totalCount nodes { name } } } }";

const char dd_github_query_changes[] =
  LIST ("Changes", ", $base: String",
        "pullRequests(first: $first, after: $after, states: [MERGED], baseRefName: $base, "
        NEWEST ("UPDATED_AT") ") { " PAGE "nodes { " CHANGE "} } ");

const char dd_github_query_commits[] =
  LIST ("Commits", ", $head: GitObjectID!, $since: GitTimestamp",
        "object(oid: $head) { __typename ... on Commit { history(first: $first, after: $after, since: $since) { "
        PAGE "nodes { oid committedDate parents(first: 1) { nodes { oid } } } } } } ");

const char dd_github_query_releases[] =
  LIST ("Releases", "",
        "releases(first: $first, after: $after, " NEWEST ("CREATED_AT") ") { " PAGE "nodes { " RELEASE "} } ");

const char dd_github_query_tags[] =
  LIST ("Tags", "",
        "refs(refPrefix: \"refs/tags/\", first: $first, after: $after, " NEWEST ("TAG_COMMIT_DATE") ") { "
        PAGE "nodes { " TAG "} } ");

const char dd_github_query_changed[] =
  "query Changed($ids: [ID!]!, $releases: Boolean!, $tags: Boolean!) { "
  "nodes(ids: $ids) { __typename ... on Repository { id "
  "deployments(first: 10, " NEWEST ("CREATED_AT") ") { " PAGE "nodes { " DEPLOYMENT "} } "
  "pullRequests(first: 10, states: [MERGED], " NEWEST ("UPDATED_AT") ") { " PAGE "nodes { baseRefName " CHANGE "} } "
  "releases(first: 20, " NEWEST ("CREATED_AT") ") @include(if: $releases) { " PAGE "nodes { " RELEASE "} } "
  "refs(refPrefix: \"refs/tags/\", first: 20, " NEWEST ("TAG_COMMIT_DATE") ") @include(if: $tags) { "
  PAGE "nodes { " TAG "} } } } }";

const char dd_github_query_refresh[] =
  "query Refresh($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Deployment { " DEPLOYMENT "} } }";

char *
dd_github_query_named (guint n)
{
  GString *query = g_string_new ("query Named(");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (query, "$o%u: String!, $n%u: String!, ", i, i);
  g_string_append (query, ") { ");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (query, "r%u: repository(owner: $o%u, name: $n%u) { ...R } ", i, i, i);
  g_string_append (query, "} fragment R on Repository { " REPOSITORY "}");
  return g_string_free (query, FALSE);
}
