/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-check.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "dd-github-judge.h"
#include "dd-github-queries.h"
#include "dd-json.h"

typedef struct
{
  DdGithubServer *server;
  char           *organization;
  DdSourceCheck  *check;
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  g_free (self->organization);
  g_clear_pointer (&self->check, dd_source_check_free);
  g_free (self);
}

static gboolean
has_scope (char      **scopes,
           const char *scope)
{
  for (guint i = 0; scopes[i] != NULL; i++)
    if (g_str_equal (g_strstrip (scopes[i]), scope))
      return TRUE;
  return FALSE;
}

void
dd_github_check_scopes (const char *scopes,
                        GPtrArray  *missing)
{
  g_auto (GStrv) given = g_strsplit (scopes, ",", -1);

  if (!has_scope (given, "repo"))
    g_ptr_array_add (missing, g_strdup (has_scope (given, "repo_deployment")
                                          ? _("The token lacks the scope “repo”: private repositories and their "
                                              "changes cannot be read.")
                                          : _("The token lacks the scope “repo” (or “repo_deployment”): private "
                                              "repositories and deployments cannot be read.")));
  if (!has_scope (given, "read:org") && !has_scope (given, "write:org") && !has_scope (given, "admin:org"))
    g_ptr_array_add (missing, g_strdup (_("The token lacks the scope “read:org”: repositories that only members of "
                                          "the organization see may be missing.")));
}

static void
user_received_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (DdHttpReply) reply = NULL;
  GError *error = NULL;
  const char *scopes;

  reply = dd_http_send_finish (DD_HTTP (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Fine-grained tokens have no scopes and send no such header. */
  scopes = reply->headers != NULL ? g_hash_table_lookup (reply->headers, "x-oauth-scopes") : NULL;
  if (scopes != NULL)
    dd_github_check_scopes (scopes, self->check->missing);
  g_task_return_pointer (task, g_steal_pointer (&self->check), (GDestroyNotify) dd_source_check_free);
}

static void
read_viewer (Check             *self,
             const DdHttpReply *reply)
{
  JsonObject *viewer = dd_json_path (reply->json, "data.viewer");
  JsonObject *owner = dd_json_path (reply->json, "data.repositoryOwner");
  JsonObject *repositories = dd_json_object (owner, "repositories");
  const char *login = dd_json_string (viewer, "login");
  const char *name = dd_json_string (viewer, "name");
  gint64 n = dd_json_int (repositories, "totalCount", 0);
  g_autoptr (GError) error = NULL;

  /* Translators: name and account. */
  self->check->who = login != NULL && name != NULL && *name != '\0' ? g_strdup_printf (_("%s (%s)"), name, login)
                                                   : g_strdup (login);
  if (owner != NULL)
    self->check->detail = g_strdup_printf (ngettext ("Organization %s, %" PRId64 " repository",
                                                     "Organization %s, %" PRId64 " repositories",
                                                     (gulong) n),
                                           dd_json_string (owner, "login"), n);
  else if (!dd_github_reply_check_rights (reply, &error))
    g_ptr_array_add (self->check->missing, g_strdup (error->message));
  else if (self->organization != NULL)
    g_ptr_array_add (self->check->missing,
                     g_strdup_printf (_("GitHub has no organization or user “%s” that the token can see."),
                                      self->organization));
}

static void
viewer_received_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (DdHttpReply) reply = NULL;
  g_autofree char *url = NULL;
  GError *error = NULL;

  reply = dd_http_send_finish (DD_HTTP (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  read_viewer (self, reply);
  url = g_strconcat (self->server->rest_url, "/user", NULL);
  dd_http_send_async (self->server->http, dd_github_server_get (self->server, url), cancellable, user_received_cb,
                      g_steal_pointer (&task));
}

void
dd_github_check_async (DdGithubServer     *server,
                       const char         *organization,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);
  JsonObject *variables = json_object_new ();

  g_task_set_source_tag (task, dd_github_check_async);
  g_task_set_task_data (task, self, check_free);
  self->server = server;
  self->organization = g_strdup (organization);
  self->check = g_new0 (DdSourceCheck, 1);
  self->check->missing = g_ptr_array_new_with_free_func (g_free);
  json_object_set_string_member (variables, "login", organization != NULL ? organization : "");
  json_object_set_boolean_member (variables, "named", organization != NULL);
  dd_http_send_async (server->http, dd_github_server_ask (server, dd_github_query_viewer, variables, dd_github_judge),
                      cancellable, viewer_received_cb, task);
}

DdSourceCheck *
dd_github_check_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
