/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-changed.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-github-judge.h"
#include "dd-github-lists.h"
#include "dd-github-queries.h"
#include "dd-github-records.h"
#include "dd-json.h"

/* A walk over things that are known by their ids. */
typedef struct
{
  DdGithubSync *sync;
  GPtrArray    *ids;          /* of char * */
  GPtrArray    *repositories; /* of DdGithubRepository: whose thing each of @ids is */
  gboolean      refresh;      /* they are deployments; else the repositories themselves */
  guint         at;
  guint         n;            /* asked for just now */
  guint         page;         /* how many at once */
  gboolean      lacking;      /* a list that is followed was not in the reply */
} NodeWalk;

static NodeWalk *
node_walk_new (DdGithubSync *sync,
               gboolean      refresh)
{
  NodeWalk *self = g_new0 (NodeWalk, 1);

  self->sync = sync;
  self->refresh = refresh;
  self->page = refresh ? DD_GITHUB_PAGE : DD_GITHUB_CHANGED_PAGE;
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->repositories = g_ptr_array_new ();
  return self;
}

static void
node_walk_free (gpointer data)
{
  NodeWalk *self = data;

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->repositories);
  g_free (self);
}

/* TRUE where the list is known to its end and no walk of its own is under way. */
static gboolean
is_followed (DdGithubSync       *sync,
             DdGithubRepository *repository,
             DdGithubList        list,
             DdPosition         *position)
{
  if (!repository->planned[list] || list == DD_GITHUB_COMMITS)
    return FALSE;
  dd_github_list_load (sync, repository, list, position);
  return dd_position_is_complete (position);
}

static gboolean
any_follows (NodeWalk    *self,
             DdGithubList list)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_auto (DdPosition) position = { 0 };

      if (is_followed (self->sync, self->repositories->pdata[self->at + i], list, &position))
        return TRUE;
    }
  return FALSE;
}

static DdHttpRequest *
node_walk_next (DdWalk  *walk,
                gpointer state)
{
  NodeWalk *self = state;
  const char *query = self->refresh ? dd_github_query_refresh : dd_github_query_changed;
  JsonObject *variables;
  JsonArray *ids;

  if (self->at >= self->ids->len)
    return NULL;
  self->n = MIN (self->ids->len - self->at, self->page);
  ids = json_array_new ();
  for (guint i = 0; i < self->n; i++)
    json_array_add_string_element (ids, self->ids->pdata[self->at + i]);
  variables = json_object_new ();
  json_object_set_array_member (variables, "ids", ids);
  if (!self->refresh)
    {
      json_object_set_boolean_member (variables, "releases", any_follows (self, DD_GITHUB_RELEASES));
      json_object_set_boolean_member (variables, "tags", any_follows (self, DD_GITHUB_TAGS));
    }
  return dd_github_server_ask (self->sync->server, query, variables,
                               self->page > 1 ? dd_github_judge_query : dd_github_judge);
}

/* What is new at the head of one list. Where that is more than was asked for, a walk fetches the rest. */
static void
take_head (NodeWalk           *self,
           DdGithubRepository *repository,
           JsonObject         *node,
           DdGithubList        list,
           DdBatch            *batch)
{
  DdGithubSync *sync = self->sync;
  JsonObject *connection = dd_json_object (node, dd_github_list_field (list));
  JsonArray *nodes = dd_json_array (connection, "nodes");
  gboolean more = dd_json_bool (dd_json_object (connection, "pageInfo"), "hasNextPage", TRUE);
  g_auto (DdPosition) position = { 0 };
  gint64 reached, until;

  if (!is_followed (sync, repository, list, &position))
    return;
  if (connection == NULL)
    {
      self->lacking = TRUE;
      return;
    }
  reached = position.reached;
  until = dd_github_list_until (list, &position);
  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      JsonObject *one = dd_json_element (nodes, i);
      gint64 time = one != NULL
                    ? dd_github_list_take (sync, repository, list, one, until, &position, batch)
                    : DD_TIME_NONE;

      if (time != DD_TIME_NONE && time < reached)
        more = FALSE;
    }
  if (more)
    {
      dd_github_list_walk (sync, repository, list);
      return;
    }
  dd_position_end (&position);
  if (position.reached != reached)
    dd_github_list_save (repository, list, &position, batch);
}

static void
take_changed (NodeWalk          *self,
              const DdHttpReply *reply,
              JsonArray         *nodes,
              DdBatch           *batch)
{
  for (guint i = 0; i < self->n; i++)
    for (DdGithubList list = 0; list < DD_GITHUB_N_LISTS; list++)
      take_head (self, self->repositories->pdata[self->at + i], dd_json_element (nodes, i), list, batch);
}

static void
take_refreshed (NodeWalk          *self,
                const DdHttpReply *reply,
                JsonArray         *nodes,
                DdBatch           *batch)
{
  for (guint i = 0; i < self->n; i++)
    {
      DdGithubRepository *repository = self->repositories->pdata[self->at + i];
      DdDeployment *record = dd_github_deployment_record (dd_json_element (nodes, i), repository->name);

      if (record != NULL)
        g_ptr_array_add (batch->deployments, record);
      else if (dd_github_reply_lacks_node (reply, i))
        g_ptr_array_add (batch->gone, g_strdup (self->ids->pdata[self->at + i]));
    }
}

/* FALSE: the reply lacks what was asked for. */
static gboolean
fail_page (const DdHttpReply *reply,
           GError           **error)
{
  if (dd_github_reply_check_rights (reply, error))
    g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                         _("GitHub answered something else than it was asked; try again later."));
  return FALSE;
}

static gboolean
node_walk_page (DdWalk            *walk,
                const DdHttpReply *reply,
                gpointer           state,
                GError           **error)
{
  NodeWalk *self = state;
  JsonArray *nodes;
  DdBatch *batch;

  if (dd_github_reply_is_too_heavy (reply))
    {
      if (self->page > 1)
        {
          self->page /= 2;
          return TRUE;
        }
      g_set_error_literal (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                           _("GitHub takes too long to answer; try again later."));
      return FALSE;
    }
  nodes = dd_json_array (dd_json_path (reply->json, "data"), "nodes");
  if (dd_json_length (nodes) != self->n)
    return fail_page (reply, error);
  batch = dd_batch_new ();
  if (self->refresh)
    take_refreshed (self, reply, nodes, batch);
  else
    take_changed (self, reply, nodes, batch);
  self->at += self->n;
  dd_walk_put (walk, batch);
  /* A right to one kind of list may be missing while the others are read. */
  return !self->lacking || fail_page (reply, error);
}

static void
add_node_walk (NodeWalk *self)
{
  static const DdWalkKind changed = {
    .source = "github",
    .scope = "",
    .step = N_("what is new"),
    .next = node_walk_next,
    .page = node_walk_page,
  };
  static const DdWalkKind refreshed = {
    .source = "github",
    .scope = "",
    .step = N_("unfinished deployments"),
    .next = node_walk_next,
    .page = node_walk_page,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *repositories;
  DdWalk *walk;

  if (self->ids->len == 0)
    {
      node_walk_free (self);
      return;
    }
  repositories = g_ptr_array_new ();
  for (guint i = 0; i < self->repositories->len; i++)
    if (g_hash_table_add (seen, self->repositories->pdata[i]))
      g_ptr_array_add (repositories, self->repositories->pdata[i]);
  walk = dd_walk_new (self->sync->server->http, self->sync->sink, self->refresh ? &refreshed : &changed,
                      self, node_walk_free);
  dd_github_sync_add_walk (self->sync, walk, repositories);
}

static gboolean
follows_any (DdGithubSync       *sync,
             DdGithubRepository *repository)
{
  for (DdGithubList list = 0; list < DD_GITHUB_N_LISTS; list++)
    {
      g_auto (DdPosition) position = { 0 };

      if (is_followed (sync, repository, list, &position))
        return TRUE;
    }
  return FALSE;
}

static void
add_unsettled (NodeWalk           *self,
               DdGithubRepository *repository)
{
  g_autoptr (GPtrArray) keys = dd_sink_get_unsettled (self->sync->sink, repository->name);

  for (guint i = 0; i < keys->len; i++)
    if (dd_github_key_is_deployment (keys->pdata[i]))
      {
        g_ptr_array_add (self->ids, g_strdup (keys->pdata[i]));
        g_ptr_array_add (self->repositories, repository);
      }
}

void
dd_github_changed_walk (DdGithubSync *sync,
                        GPtrArray    *repositories)
{
  NodeWalk *changed = node_walk_new (sync, FALSE);
  NodeWalk *refreshed = node_walk_new (sync, TRUE);

  for (guint i = 0; i < repositories->len; i++)
    {
      DdGithubRepository *repository = repositories->pdata[i];
      g_auto (DdPosition) position = { 0 };

      if (is_followed (sync, repository, DD_GITHUB_DEPLOYMENTS, &position))
        add_unsettled (refreshed, repository);
      if (!follows_any (sync, repository))
        continue;
      g_ptr_array_add (changed->ids, g_strdup (repository->id));
      g_ptr_array_add (changed->repositories, repository);
      if (changed->ids->len == DD_GITHUB_CHANGED_PAGE)
        {
          add_node_walk (changed);
          changed = node_walk_new (sync, FALSE);
        }
    }
  add_node_walk (changed);
  add_node_walk (refreshed);
}
