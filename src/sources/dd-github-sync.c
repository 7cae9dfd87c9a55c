/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-sync.h"

#include <string.h>

#include "dd-github-changed.h"
#include "dd-github-judge.h"
#include "dd-github-lists.h"
#include "dd-github-records.h"
#include "dd-github-repositories.h"
#include "dd-github-runs.h"
#include "dd-json.h"

#define SERVICE "GitHub"

/* Enterprise Server has GraphQL beside the version of its REST interface, not below it. */
static char *
make_graphql_url (const char *rest_url)
{
  if (g_str_has_suffix (rest_url, "/api/v3"))
    return g_strdup_printf ("%.*s/graphql", (int) (strlen (rest_url) - strlen ("/v3")), rest_url);
  return g_strconcat (rest_url, "/graphql", NULL);
}

void
dd_github_server_init (DdGithubServer *server,
                       DdHttp         *http,
                       const char     *url,
                       const char     *token)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;
  server->http = g_object_ref (http);
  server->rest_url = g_strndup (url, length);
  server->graphql_url = make_graphql_url (server->rest_url);
  server->authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
}

void
dd_github_server_clear (DdGithubServer *server)
{
  g_clear_object (&server->http);
  g_clear_pointer (&server->rest_url, g_free);
  g_clear_pointer (&server->graphql_url, g_free);
  g_clear_pointer (&server->authorization, g_free);
}

DdHttpRequest *
dd_github_server_ask (const DdGithubServer *server,
                      const char           *query,
                      JsonObject           *variables,
                      DdHttpJudge           judge)
{
  DdHttpRequest *request = dd_http_request_new (SERVICE, server->graphql_url);

  request->body = dd_json_graphql (query, variables);
  request->authorization = g_strdup (server->authorization);
  request->judge = judge;
  return request;
}

DdHttpRequest *
dd_github_server_get (const DdGithubServer *server,
                      const char           *url)
{
  static const char * const headers[] = { "X-GitHub-Api-Version: 2022-11-28", NULL };
  DdHttpRequest *request = dd_http_request_new (SERVICE, url);

  request->authorization = g_strdup (server->authorization);
  request->accept = g_strdup ("application/vnd.github+json");
  request->headers = g_strdupv ((char **) headers);
  request->judge = dd_github_judge;
  return request;
}

static void
repository_free (gpointer data)
{
  DdGithubRepository *repository = data;

  g_free (repository->id);
  g_free (repository->owner);
  g_free (repository->own_name);
  g_free (repository->name);
  g_free (repository->url);
  g_free (repository->branch);
  g_free (repository->head);
  g_free (repository);
}

static void
report_progress (DdGithubSync *sync)
{
  dd_sink_progress (sync->sink, "repositories", sync->done, sync->repositories->len);
}

static void
walk_ended_cb (DdWalkGroup  *group,
               DdWalk       *walk,
               const GError *error,
               gpointer      user_data)
{
  DdGithubSync *sync = user_data;
  GPtrArray *repositories = g_hash_table_lookup (sync->by_walk, walk);
  guint done = sync->done;

  for (guint i = 0; repositories != NULL && i < repositories->len; i++)
    {
      DdGithubRepository *repository = repositories->pdata[i];

      if (--repository->walks == 0)
        sync->done++;
    }
  g_hash_table_remove (sync->by_walk, walk);
  if (sync->done != done)
    report_progress (sync);
}

DdGithubSync *
dd_github_sync_new (const DdGithubServer *server,
                    const DdSourceSetup  *setup,
                    DdSink               *sink)
{
  static const char * const none[] = { NULL };
  DdGithubSync *sync = g_new0 (DdGithubSync, 1);

  sync->server = server;
  sync->settings = setup->settings;
  sync->environments = setup->environments != NULL ? setup->environments : none;
  sync->since = setup->since;
  sync->full = setup->full;
  sync->list_only = setup->list_only;
  sync->sink = g_object_ref (sink);
  sync->group = dd_walk_group_new (walk_ended_cb, sync);
  sync->repositories = g_ptr_array_new_with_free_func (repository_free);
  sync->names = g_hash_table_new (g_str_hash, g_str_equal);
  sync->by_walk = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  return sync;
}

void
dd_github_sync_free (DdGithubSync *sync)
{
  g_object_unref (sync->group);
  g_object_unref (sync->sink);
  g_hash_table_unref (sync->by_walk);
  g_hash_table_unref (sync->names);
  g_ptr_array_unref (sync->repositories);
  g_free (sync);
}

void
dd_github_sync_start (DdGithubSync *sync)
{
  dd_github_repositories_walk (sync);
}

void
dd_github_sync_add_walk (DdGithubSync *sync,
                         DdWalk       *walk,
                         GPtrArray    *repositories)
{
  for (guint i = 0; i < repositories->len; i++)
    {
      DdGithubRepository *repository = repositories->pdata[i];

      repository->walks++;
    }
  g_hash_table_insert (sync->by_walk, walk, repositories);
  dd_walk_group_add (sync->group, walk);
}

void
dd_github_sync_add_walk_of (DdGithubSync       *sync,
                            DdWalk             *walk,
                            DdGithubRepository *repository)
{
  GPtrArray *repositories = g_ptr_array_new ();

  g_ptr_array_add (repositories, repository);
  dd_github_sync_add_walk (sync, walk, repositories);
}

static gboolean
is_wanted (DdGithubSync       *sync,
           const DdRepository *record,
           JsonObject         *node,
           gboolean            named)
{
  const DdSourceSettings *settings = sync->settings;

  if (dd_patterns_match (settings->exclude, record->name)
      || (record->full_name != NULL && dd_patterns_match (settings->exclude, record->full_name)))
    return FALSE;
  if (named)
    return TRUE;
  return (settings->include_archived || !record->archived)
         && (settings->include_forks || !dd_json_bool (node, "isFork", FALSE))
         && !dd_json_bool (node, "isDisabled", FALSE);
}

static const char *
find_setting (const DdSourceSettings *settings,
              const DdRepository     *record)
{
  const char *from;

  if (settings->deployments_from == NULL)
    return NULL;
  from = g_hash_table_lookup (settings->deployments_from, record->name);
  if (from == NULL && record->full_name != NULL)
    from = g_hash_table_lookup (settings->deployments_from, record->full_name);
  return from;
}

DdGithubRepository *
dd_github_sync_add_repository (DdGithubSync *sync,
                               JsonObject   *node,
                               gboolean      named,
                               DdBatch      *batch)
{
  g_autoptr (DdRepository) record = dd_github_repository_record (node);
  DdGithubRepository *repository;
  const char *slash;

  if (record == NULL || record->full_name == NULL || !is_wanted (sync, record, node, named))
    return NULL;
  slash = strchr (record->full_name, '/');
  /* Two of one name under different owners are told apart by the full name; the same one twice is one. */
  repository = g_hash_table_lookup (sync->names, record->name);
  if (slash == NULL || (repository != NULL && g_str_equal (repository->id, record->key))
      || g_hash_table_contains (sync->names, record->full_name))
    return NULL;

  if (repository != NULL)
    {
      g_free (record->name);
      record->name = g_strdup (record->full_name);
    }
  repository = g_new0 (DdGithubRepository, 1);
  repository->id = g_strdup (record->key);
  repository->owner = g_strndup (record->full_name, slash - record->full_name);
  repository->own_name = g_strdup (slash + 1);
  repository->name = g_strdup (record->name);
  repository->url = g_strdup (record->url);
  repository->branch = g_strdup (dd_json_string (dd_json_object (node, "defaultBranchRef"), "name"));
  repository->head = g_strdup (record->head);
  repository->from = find_setting (sync->settings, record);
  g_ptr_array_add (sync->repositories, repository);
  g_hash_table_insert (sync->names, repository->name, repository);
  g_ptr_array_add (batch->repositories, g_steal_pointer (&record));
  return repository;
}

/* Releases and tags only where the setting asks for them, or where nothing is set and they have to stand
 * for deployments. */
static gboolean
wants_list (DdGithubSync       *sync,
            DdGithubRepository *repository,
            DdGithubList        list)
{
  const char *stream = dd_github_list_stream (list);
  DdGithubList before = list == DD_GITHUB_RELEASES ? DD_GITHUB_DEPLOYMENTS : DD_GITHUB_RELEASES;
  g_auto (DdPosition) position = { 0 };

  if (list != DD_GITHUB_RELEASES && list != DD_GITHUB_TAGS)
    return TRUE;
  if (repository->from != NULL)
    return g_str_equal (repository->from, stream);
  if (!sync->full && dd_sink_get_cursor (sync->sink, repository->name, stream) != NULL)
    return TRUE;
  dd_github_list_load (sync, repository, before, &position);
  return dd_position_is_complete (&position) && dd_github_list_needs_next (sync, repository, before, &position);
}

/* Lists that have to be walked get a walk; others only may have something new. */
static void
plan_list (DdGithubSync       *sync,
           DdGithubRepository *repository,
           DdGithubList        list)
{
  g_auto (DdPosition) position = { 0 };

  if (!wants_list (sync, repository, list))
    return;
  repository->planned[list] = TRUE;
  dd_github_list_load (sync, repository, list, &position);
  if (!dd_position_is_complete (&position)
      || (list == DD_GITHUB_COMMITS && g_strcmp0 (position.reached_mark, repository->head) != 0))
    dd_github_list_walk (sync, repository, list);
}

void
dd_github_sync_plan (DdGithubSync *sync,
                     GPtrArray    *repositories)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < repositories->len; i++)
    {
      DdGithubRepository *repository = repositories->pdata[i];

      /* Without a default branch there is nothing in it. */
      if (repository->branch == NULL || repository->head == NULL)
        {
          sync->done++;
          continue;
        }
      for (DdGithubList list = 0; list < DD_GITHUB_N_LISTS; list++)
        plan_list (sync, repository, list);
      if (repository->from != NULL && g_str_has_prefix (repository->from, "workflow:"))
        dd_github_runs_walk (sync, repository);
      g_ptr_array_add (known, repository);
    }
  dd_github_changed_walk (sync, known);
  report_progress (sync);
}
