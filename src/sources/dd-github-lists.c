/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-lists.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-github-judge.h"
#include "dd-github-queries.h"
#include "dd-github-records.h"
#include "dd-json.h"

/* A page is not made smaller than this. */
#define SMALLEST_PAGE 5

typedef struct
{
  const char *stream;
  const char *step;
  const char *field;
  const char *path;
  const char *query;
  guint       page;
  gint64      overlap;
} ListKind;

static const ListKind kinds[DD_GITHUB_N_LISTS] = {
  [DD_GITHUB_DEPLOYMENTS] = {
    "deployments", N_("deployments"), "deployments", "data.repository.deployments", dd_github_query_deployments,
    DD_GITHUB_PAGE, DD_HOUR
  },
  [DD_GITHUB_CHANGES] = {
    "changes", N_("changes"), "pullRequests", "data.repository.pullRequests", dd_github_query_changes,
    DD_GITHUB_PULL_REQUEST_PAGE, DD_HOUR
  },
  [DD_GITHUB_RELEASES] = {
    "releases", N_("releases"), "releases", "data.repository.releases", dd_github_query_releases,
    DD_GITHUB_PAGE, DD_HOUR
  },
  [DD_GITHUB_TAGS] = {
    "tags", N_("tags"), "refs", "data.repository.refs", dd_github_query_tags,
    DD_GITHUB_PAGE, DD_HOUR
  },
  /* Ordered by ancestry: the walk ends at a commit that is known. */
  [DD_GITHUB_COMMITS] = {
    "commits", N_("commits"), "history", "data.repository.object.history", dd_github_query_commits,
    DD_GITHUB_PAGE, 0
  },
};

const char *
dd_github_list_stream (DdGithubList list)
{
  return kinds[list].stream;
}

const char *
dd_github_list_field (DdGithubList list)
{
  return kinds[list].field;
}

void
dd_github_list_load (DdGithubSync             *sync,
                     const DdGithubRepository *repository,
                     DdGithubList              list,
                     DdPosition               *position)
{
  const char *text = dd_sink_get_cursor (sync->sink, repository->name, kinds[list].stream);

  /* A change is listed by when it was last updated, and a history only from its head on: older ones are not all behind those that are
   * known. */
  if (list == DD_GITHUB_DEPLOYMENTS || list == DD_GITHUB_RELEASES)
    dd_position_load_deep (position, text, sync->since, sync->full, dd_sink_now (sync->sink), TRUE);
  else
    dd_position_load (position, text, sync->since, sync->full, dd_sink_now (sync->sink));
}

void
dd_github_list_save (const DdGithubRepository *repository,
                     DdGithubList              list,
                     const DdPosition         *position,
                     DdBatch                  *batch)
{
  g_autofree char *text = dd_position_format (position);

  dd_batch_add_cursor (batch, repository->name, kinds[list].stream, text);
}

/* Which patterns a production deployment was found by: other patterns may find none. */
static char *
join_environments (const DdGithubSync *sync)
{
  return g_strjoinv ("\n", (char **) sync->environments);
}

static void
note_found (const DdGithubSync *sync,
            DdPosition         *position)
{
  g_free (position->found);
  position->found = join_environments (sync);
}

static void
take_deployment (DdGithubSync *sync,
                 DdDeployment *record,
                 DdPosition   *position,
                 DdBatch      *batch)
{
  if (record->kind != DD_KIND_DEPLOYMENT
      || dd_patterns_match ((char **) sync->environments, record->environment))
    note_found (sync, position);
  g_ptr_array_add (batch->deployments, record);
}

static void
take_change (DdGithubSync             *sync,
             const DdGithubRepository *repository,
             JsonObject               *node,
             DdBatch                  *batch)
{
  const char *base = dd_json_string (node, "baseRefName");
  g_autoptr (DdChange) record = NULL;

  /* Asked for only where the list is not narrowed to the default branch. */
  if (base != NULL && g_strcmp0 (base, repository->branch) != 0)
    return;
  record = dd_github_change_record (node, repository->name);
  if (record != NULL && record->merged >= sync->since)
    g_ptr_array_add (batch->changes, g_steal_pointer (&record));
}

static gint64
get_order_time (DdGithubList list,
                JsonObject  *node)
{
  switch (list)
    {
    case DD_GITHUB_DEPLOYMENTS:
    case DD_GITHUB_RELEASES:
      return dd_json_time (node, "createdAt");
    case DD_GITHUB_CHANGES:
      return dd_json_time (node, "updatedAt");
    case DD_GITHUB_TAGS:
      return dd_github_tag_time (node);
    case DD_GITHUB_COMMITS:
    case DD_GITHUB_N_LISTS:
    default:
      return dd_json_time (node, "committedDate");
    }
}

gint64
dd_github_list_take (DdGithubSync             *sync,
                     const DdGithubRepository *repository,
                     DdGithubList              list,
                     JsonObject               *node,
                     gint64                    from,
                     DdPosition               *position,
                     DdBatch                  *batch)
{
  gint64 time = get_order_time (list, node);
  DdDeployment *deployment = NULL;
  DdCommit *commit;

  dd_position_see (position, time, dd_sink_now (sync->sink));
  if (time != DD_TIME_NONE && time < from)
    return time;
  switch (list)
    {
    case DD_GITHUB_DEPLOYMENTS:
      deployment = dd_github_deployment_record (node, repository->name);
      break;
    case DD_GITHUB_RELEASES:
      deployment = dd_github_release_record (node, repository->name);
      break;
    case DD_GITHUB_TAGS:
      deployment = dd_github_tag_record (node, repository->name, repository->url);
      break;
    case DD_GITHUB_CHANGES:
      take_change (sync, repository, node, batch);
      break;
    case DD_GITHUB_COMMITS:
      commit = dd_github_commit_record (node);
      if (commit != NULL)
        g_ptr_array_add (batch->commits, commit);
      break;
    case DD_GITHUB_N_LISTS:
    default:
      break;
    }
  if (deployment != NULL)
    take_deployment (sync, deployment, position, batch);
  return time;
}

gint64
dd_github_list_until (DdGithubList      list,
                      const DdPosition *position)
{
  if (list == DD_GITHUB_COMMITS)
    return DD_TIME_NONE;
  return dd_position_until (position, kinds[list].overlap);
}

gboolean
dd_github_list_needs_next (DdGithubSync             *sync,
                           const DdGithubRepository *repository,
                           DdGithubList              list,
                           const DdPosition         *position)
{
  g_autofree char *environments = join_environments (sync);

  return repository->from == NULL && (list == DD_GITHUB_DEPLOYMENTS || list == DD_GITHUB_RELEASES)
         && g_strcmp0 (position->found, environments) != 0;
}

/* A walk over one list of one repository. */
typedef struct
{
  DdGithubSync       *sync;
  DdGithubRepository *repository;
  DdGithubList        list;
  DdPosition          position;
  guint               page;    /* its size now */
  gboolean            resumed; /* it goes on where another sync stopped */
  gboolean            ended;
} ListWalk;

static void
list_walk_free (gpointer data)
{
  ListWalk *self = data;

  dd_position_clear (&self->position);
  g_free (self);
}

static DdHttpRequest *
list_walk_next (DdWalk  *walk,
                gpointer state)
{
  ListWalk *self = state;
  const ListKind *kind = &kinds[self->list];
  DdGithubRepository *repository = self->repository;
  JsonObject *variables;

  if (self->ended)
    return NULL;
  variables = json_object_new ();
  json_object_set_string_member (variables, "owner", repository->owner);
  json_object_set_string_member (variables, "name", repository->own_name);
  json_object_set_int_member (variables, "first", self->page);
  if (self->position.after != NULL)
    json_object_set_string_member (variables, "after", self->position.after);
  if (self->list == DD_GITHUB_CHANGES)
    json_object_set_string_member (variables, "base", repository->branch);
  if (self->list == DD_GITHUB_COMMITS)
    {
      g_autofree char *since = dd_time_format (self->position.since, NULL);

      json_object_set_string_member (variables, "head", repository->head);
      json_object_set_string_member (variables, "since", since);
    }
  return dd_github_server_ask (self->sync->server, kind->query, variables,
                               self->page > SMALLEST_PAGE ? dd_github_judge_query : dd_github_judge);
}

/* Takes all nodes of a page; FALSE where it reached what is known. */
static gboolean
take_nodes (ListWalk  *self,
            JsonArray *nodes,
            DdBatch   *batch)
{
  gint64 until = dd_github_list_until (self->list, &self->position);
  gboolean more = TRUE;

  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      JsonObject *node = dd_json_element (nodes, i);
      gint64 time;

      if (node == NULL)
        continue;
      time = dd_github_list_take (self->sync, self->repository, self->list, node, until, &self->position, batch);
      if (time != DD_TIME_NONE && time < until)
        more = FALSE;
      if (self->list == DD_GITHUB_COMMITS && self->position.reached_mark != NULL
          && g_strcmp0 (dd_json_string (node, "oid"), self->position.reached_mark) == 0)
        more = FALSE;
    }
  return more;
}

/* TRUE where the page can be asked for again, with less in it. */
static gboolean
make_smaller (ListWalk *self)
{
  if (self->page <= SMALLEST_PAGE)
    return FALSE;
  self->page = MAX (self->page / 2, SMALLEST_PAGE);
  return TRUE;
}

/* The connection that was asked for; NULL with an error, and NULL without where the request is to be sent
 * again in another form. */
static JsonObject *
find_connection (ListWalk          *self,
                 const DdHttpReply *reply,
                 GError           **error)
{
  JsonObject *connection;

  if (dd_github_reply_is_too_heavy (reply))
    {
      if (!make_smaller (self))
        g_set_error_literal (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                             _("GitHub takes too long to answer; try again later."));
      return NULL;
    }
  if (!dd_github_reply_check_rights (reply, error))
    return NULL;
  /* A cursor that was kept may have grown too old. */
  if (self->resumed && self->position.after != NULL && dd_github_reply_is_bad_cursor (reply))
    {
      g_clear_pointer (&self->position.after, g_free);
      self->resumed = FALSE;
      return NULL;
    }
  if (!dd_github_reply_check_data (reply, error))
    return NULL;
  connection = dd_json_path (reply->json, kinds[self->list].path);
  if (connection == NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                 /* Translators: owner and repository. */
                 _("GitHub lists nothing of the repository %s/%s any more; it may have been renamed or removed."),
                 self->repository->owner, self->repository->own_name);
  return connection;
}

/* Moves on to the page at @after, or ends. */
static void
turn_page (ListWalk   *self,
           const char *after)
{
  gboolean deep = self->position.known != DD_TIME_NONE;

  if (after != NULL)
    {
      dd_position_go_on (&self->position, after, dd_sink_now (self->sync->sink));
      /* What was too heavy once need not stay so. */
      self->page = MIN (self->page + kinds[self->list].page / 10, kinds[self->list].page);
      return;
    }
  dd_position_end (&self->position);
  /* What came in while the walk lay still is above its first page: one more walk, down to that. One that went further down than what
   * is known leaves that to the next sync. */
  self->ended = !self->resumed || deep || self->list == DD_GITHUB_COMMITS;
  self->resumed = FALSE;
}

static void
walk_next_list (ListWalk *self)
{
  DdGithubList next = self->list == DD_GITHUB_DEPLOYMENTS ? DD_GITHUB_RELEASES : DD_GITHUB_TAGS;

  if (!self->repository->planned[next]
      && dd_github_list_needs_next (self->sync, self->repository, self->list, &self->position))
    dd_github_list_walk (self->sync, self->repository, next);
}

static gboolean
list_walk_page (DdWalk            *walk,
                const DdHttpReply *reply,
                gpointer           state,
                GError           **error)
{
  ListWalk *self = state;
  GError *failure = NULL;
  JsonObject *connection = find_connection (self, reply, &failure);
  g_autofree char *after = NULL;
  DdBatch *batch;

  if (connection == NULL || !dd_github_connection_turn (connection, &after, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  batch = dd_batch_new ();
  if (self->list == DD_GITHUB_COMMITS)
    batch->repository = g_strdup (self->repository->name);
  /* The same page again would be one without end. */
  if (!take_nodes (self, dd_json_array (connection, "nodes"), batch) || g_strcmp0 (after, self->position.after) == 0)
    g_clear_pointer (&after, g_free);
  turn_page (self, after);
  dd_github_list_save (self->repository, self->list, &self->position, batch);
  dd_walk_put (walk, batch);
  if (self->ended)
    walk_next_list (self);
  return TRUE;
}

/* A request that timed out is tried once more with the smallest page. */
static gboolean
list_walk_failed (DdWalk       *walk,
                  const GError *error,
                  gpointer      state)
{
  ListWalk *self = state;

  if (!g_error_matches (error, DD_ERROR, DD_ERROR_UNAVAILABLE) || self->page <= SMALLEST_PAGE)
    return FALSE;
  self->page = SMALLEST_PAGE;
  return TRUE;
}

void
dd_github_list_walk (DdGithubSync       *sync,
                     DdGithubRepository *repository,
                     DdGithubList        list)
{
  ListWalk *self = g_new0 (ListWalk, 1);
  DdWalkKind kind = {
    .source = "github",
    .scope = repository->name,
    .step = kinds[list].step,
    .next = list_walk_next,
    .page = list_walk_page,
    .failed = list_walk_failed,
  };
  DdWalk *walk;

  self->sync = sync;
  self->repository = repository;
  self->list = list;
  self->page = kinds[list].page;
  dd_github_list_load (sync, repository, list, &self->position);
  /* A history goes on only from the commit that it began with. */
  if (list == DD_GITHUB_COMMITS && g_strcmp0 (self->position.newest_mark, repository->head) != 0)
    {
      g_clear_pointer (&self->position.after, g_free);
      g_free (self->position.newest_mark);
      self->position.newest_mark = g_strdup (repository->head);
    }
  self->resumed = self->position.after != NULL;
  repository->planned[list] = TRUE;
  walk = dd_walk_new (sync->server->http, sync->sink, &kind, self, list_walk_free);
  dd_github_sync_add_walk_of (sync, walk, repository);
}
