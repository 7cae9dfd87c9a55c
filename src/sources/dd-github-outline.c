/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-outline.h"

#include <string.h>

#include "dd-github-judge.h"
#include "dd-github-queries.h"
#include "dd-json.h"

static void
count_environment (DdSeenOutline *outline,
                   const char    *name)
{
  DdSeenName *seen;

  if (name == NULL)
    return;
  outline->read++;
  for (guint i = 0; i < outline->environments->len; i++)
    {
      seen = g_ptr_array_index (outline->environments, i);
      if (strcmp (seen->name, name) == 0)
        {
          seen->n++;
          return;
        }
    }
  seen = g_new0 (DdSeenName, 1);
  seen->name = g_strdup (name);
  seen->n = 1;
  g_ptr_array_add (outline->environments, seen);
}

static guint
read_total (JsonObject *connection)
{
  return (guint) CLAMP (dd_json_int (connection, "totalCount", 0), 0, G_MAXINT);
}

static DdSeenOutline *
read_outline (JsonObject *repository)
{
  DdSeenOutline *outline = dd_seen_outline_new ();
  JsonObject *deployments = dd_json_object (repository, "deployments");
  JsonObject *tags = dd_json_object (repository, "refs");
  JsonArray *nodes = dd_json_array (deployments, "nodes");
  JsonObject *tag = dd_json_element (dd_json_array (tags, "nodes"), 0);

  for (guint i = 0; i < dd_json_length (nodes); i++)
    count_environment (outline, dd_json_string (dd_json_element (nodes, i), "environment"));
  outline->deployments = MAX (read_total (deployments), outline->read);
  outline->releases = read_total (dd_json_object (repository, "releases"));
  outline->tags = read_total (tags);
  outline->tag = g_strdup (dd_json_string (tag, "name"));
  return outline;
}

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (DdHttpReply) reply = dd_http_send_finish (DD_HTTP (source), result, &error);

  if (reply == NULL || !dd_github_reply_check_data (reply, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read_outline (dd_json_path (reply->json, "data.repository")), (GDestroyNotify) dd_seen_outline_free);
}

/* One that was named with its owner belongs to that one, all others to the organization. */
static char *
find_owner (const DdSourceSettings *settings,
            const char             *repository)
{
  for (guint i = 0; settings->repositories[i] != NULL; i++)
    {
      const char *slash = strchr (settings->repositories[i], '/');

      if (slash != NULL && g_ascii_strcasecmp (slash + 1, repository) == 0)
        return g_strndup (settings->repositories[i], (gsize) (slash - settings->repositories[i]));
    }
  return g_strdup (settings->organization != NULL ? settings->organization : "");
}

void
dd_github_outline_async (DdGithubServer         *server,
                         const DdSourceSettings *settings,
                         const char             *repository,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *owner = find_owner (settings, repository);
  JsonObject *variables = json_object_new ();

  g_task_set_source_tag (task, dd_github_outline_async);
  json_object_set_string_member (variables, "owner", owner);
  json_object_set_string_member (variables, "name", repository);
  dd_http_send_async (server->http, dd_github_server_ask (server, dd_github_query_outline, variables, dd_github_judge), cancellable,
                      received_cb, task);
}

DdSeenOutline *
dd_github_outline_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
