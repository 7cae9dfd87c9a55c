/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-repositories.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-github-judge.h"
#include "dd-github-queries.h"
#include "dd-json.h"

typedef struct
{
  DdGithubSync *sync;
  char         *after;   /* of the owner's list */
  guint         next;    /* first one of the named ones that is not asked for */
  guint         asked;   /* how many of them were asked for just now */
  gboolean      ended;
  GError       *failure; /* of the first one that cannot be read: told when the others are planned */
} Finder;

static void
finder_free (gpointer data)
{
  Finder *self = data;

  g_free (self->after);
  g_clear_error (&self->failure);
  g_free (self);
}

/* "owner/shop", or "shop" of the organization. */
static const char *
split_name (const DdSourceSettings *settings,
            const char             *text,
            char                  **owner)
{
  const char *slash = strchr (text, '/');

  if (slash == NULL)
    {
      *owner = g_strdup (settings->organization != NULL ? settings->organization : "");
      return text;
    }
  *owner = g_strndup (text, slash - text);
  return slash + 1;
}

static DdHttpRequest *
finder_next_named (Finder *self)
{
  const DdSourceSettings *settings = self->sync->settings;
  guint n = g_strv_length (settings->repositories);
  g_autofree char *query = NULL;
  JsonObject *variables;

  self->asked = MIN (n - self->next, DD_GITHUB_NAMED_PAGE);
  query = dd_github_query_named (self->asked);
  variables = json_object_new ();
  for (guint i = 0; i < self->asked; i++)
    {
      g_autofree char *owner = NULL;
      const char *name = split_name (settings, settings->repositories[self->next + i], &owner);
      g_autofree char *owner_variable = g_strdup_printf ("o%u", i);
      g_autofree char *name_variable = g_strdup_printf ("n%u", i);

      json_object_set_string_member (variables, owner_variable, owner);
      json_object_set_string_member (variables, name_variable, name);
    }
  return dd_github_server_ask (self->sync->server, query, variables, dd_github_judge);
}

static DdHttpRequest *
finder_next (DdWalk  *walk,
             gpointer state)
{
  Finder *self = state;
  const DdSourceSettings *settings = self->sync->settings;
  JsonObject *variables;

  if (self->ended)
    return NULL;
  if (*settings->repositories != NULL)
    return finder_next_named (self);
  variables = json_object_new ();
  json_object_set_string_member (variables, "login", settings->organization != NULL ? settings->organization : "");
  if (self->after != NULL)
    json_object_set_string_member (variables, "after", self->after);
  return dd_github_server_ask (self->sync->server, dd_github_query_repositories, variables, dd_github_judge);
}

static void
put_and_plan (Finder    *self,
              DdWalk    *walk,
              GPtrArray *found,
              DdBatch   *batch)
{
  dd_walk_put (walk, batch);
  if (!self->sync->list_only)
    dd_github_sync_plan (self->sync, found);
}

static void
add_found (Finder     *self,
           JsonObject *node,
           gboolean    named,
           GPtrArray  *found,
           DdBatch    *batch)
{
  DdGithubRepository *repository = dd_github_sync_add_repository (self->sync, node, named, batch);

  if (repository != NULL)
    g_ptr_array_add (found, repository);
}

/* One that is not there is told, and the others go on. */
static gboolean
finder_page_named (Finder            *self,
                   DdWalk            *walk,
                   const DdHttpReply *reply,
                   GError           **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const DdSourceSettings *settings = self->sync->settings;
  JsonObject *data = dd_json_path (reply->json, "data");
  DdBatch *batch;

  if (self->failure == NULL && !dd_github_reply_check_data (reply, error))
    return FALSE;
  batch = dd_batch_new ();
  for (guint i = 0; i < self->asked; i++)
    {
      g_autofree char *alias = g_strdup_printf ("r%u", i);
      JsonObject *node = dd_json_object (data, alias);

      if (node != NULL)
        add_found (self, node, TRUE, found, batch);
      else if (self->failure == NULL)
        {
          g_autofree char *owner = NULL;
          const char *name = split_name (settings, settings->repositories[self->next + i], &owner);

          g_set_error (&self->failure, DD_ERROR, DD_ERROR_NOT_FOUND,
                       /* Translators: owner and repository. */
                       _("GitHub has no repository %s/%s that the token can see; check its name and the token’s "
                         "rights."),
                       owner, name);
        }
    }
  self->next += self->asked;
  self->ended = settings->repositories[self->next] == NULL;
  put_and_plan (self, walk, found, batch);
  return TRUE;
}

static gboolean
finder_page_owned (Finder            *self,
                   DdWalk            *walk,
                   const DdHttpReply *reply,
                   GError           **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  JsonObject *list = dd_json_path (reply->json, "data.repositoryOwner.repositories");
  JsonArray *nodes = dd_json_array (list, "nodes");
  g_autofree char *after = NULL;
  DdBatch *batch;

  if (list == NULL && self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (!dd_github_reply_check_data (reply, error))
    return FALSE;
  if (list == NULL)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_NOT_FOUND,
                   _("GitHub has no organization or user “%s” that the token can see; check its name and the token’s "
                     "rights."),
                   self->sync->settings->organization);
      return FALSE;
    }
  if (!dd_github_connection_turn (list, &after, error))
    return FALSE;
  batch = dd_batch_new ();
  for (guint i = 0; i < dd_json_length (nodes); i++)
    add_found (self, dd_json_element (nodes, i), FALSE, found, batch);
  g_free (self->after);
  self->after = g_steal_pointer (&after);
  self->ended = self->after == NULL;
  put_and_plan (self, walk, found, batch);
  return TRUE;
}

static gboolean
finder_page (DdWalk            *walk,
             const DdHttpReply *reply,
             gpointer           state,
             GError           **error)
{
  Finder *self = state;

  if (dd_github_reply_is_too_heavy (reply))
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_UNAVAILABLE,
                           _("GitHub takes too long to answer; try again later."));
      return FALSE;
    }
  /* Where the token lacks a right to some, the others go on all the same. */
  if (self->failure == NULL)
    dd_github_reply_check_rights (reply, &self->failure);
  if (!(*self->sync->settings->repositories != NULL ? finder_page_named (self, walk, reply, error)
                                                    : finder_page_owned (self, walk, reply, error)))
    return FALSE;
  if (!self->ended || self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

void
dd_github_repositories_walk (DdGithubSync *sync)
{
  static const DdWalkKind kind = {
    .source = "github",
    .scope = "",
    .step = N_("repositories"),
    .next = finder_next,
    .page = finder_page,
  };
  Finder *self = g_new0 (Finder, 1);

  self->sync = sync;
  dd_walk_group_add (sync->group, dd_walk_new (sync->server->http, sync->sink, &kind, self, finder_free));
}
