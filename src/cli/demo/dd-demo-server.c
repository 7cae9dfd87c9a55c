/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-demo-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "dd-demo-answers.h"
#include "dd-time.h"

struct _DdDemoServer
{
  GObject      parent_instance;
  SoupServer  *server;
  DdDemoWorld *world;
  char        *url;
  char        *token;
};

G_DEFINE_FINAL_TYPE (DdDemoServer, dd_demo_server, G_TYPE_OBJECT)

typedef JsonNode *(*AnswerFunc) (const DdDemoWorld *world, const char *query, JsonObject *variables);

static const struct
{
  const char *path;
  AnswerFunc  answer;
} services[] = {
  { "/github/graphql", dd_demo_answer_github },
  { "/linear/graphql", dd_demo_answer_linear },
  { "/slab/v1/graphql", dd_demo_answer_slab },
};

static void
send (SoupServerMessage *message,
      guint              status,
      const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

/* Bare, or as a bearer's: each service has its own way. */
static gboolean
is_known (DdDemoServer      *self,
          SoupServerMessage *message)
{
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (authorization != NULL && g_str_has_prefix (authorization, "Bearer "))
    authorization += strlen ("Bearer ");
  return g_strcmp0 (authorization, self->token) == 0;
}

static JsonNode *
answer (DdDemoServer *self,
        AnswerFunc    func,
        const char   *body,
        gsize         length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *root, *variables;
  const char *query;

  if (!json_parser_load_from_data (parser, body, (gssize) length, NULL) || json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  query = json_object_get_string_member_with_default (root, "query", NULL);
  variables = json_object_has_member (root, "variables") ? json_object_get_object_member (root, "variables") : none;
  return query != NULL ? func (self->world, query, variables) : NULL;
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  DdDemoServer *self = DD_DEMO_SERVER (user_data);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

  if (!is_known (self, message))
    {
      send (message, SOUP_STATUS_UNAUTHORIZED, "{\"message\":\"Bad credentials\"}");
      return;
    }
  /* What a check of GitHub's token asks beside the query. */
  if (strcmp (path, "/github/user") == 0)
    {
      send (message, SOUP_STATUS_OK, "{\"login\":\"maralind\"}");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    if (strcmp (services[i].path, path) == 0)
      {
        g_autoptr (JsonNode) node = answer (self, services[i].answer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

        if (text != NULL)
          send (message, SOUP_STATUS_OK, text);
        else
          send (message, SOUP_STATUS_BAD_REQUEST, "{\"message\":\"The example organization does not answer this.\"}");
        return;
      }
  send (message, SOUP_STATUS_NOT_FOUND, "{\"message\":\"Not Found\"}");
}

static void
dd_demo_server_finalize (GObject *object)
{
  DdDemoServer *self = DD_DEMO_SERVER (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->world, dd_demo_world_free);
  g_free (self->url);
  g_free (self->token);
  G_OBJECT_CLASS (dd_demo_server_parent_class)->finalize (object);
}

static void
dd_demo_server_class_init (DdDemoServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_demo_server_finalize;
}

static void
dd_demo_server_init (DdDemoServer *self)
{
}

DdDemoServer *
dd_demo_server_new (gint64   now,
                    GError **error)
{
  g_autoptr (DdDemoServer) self = g_object_new (DD_TYPE_DEMO_SERVER, NULL);
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new ("server-header", "DoraDash-demo ", NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  soup_server_add_handler (self->server, NULL, asked_cb, self, NULL);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  self->token = g_uuid_string_random ();
  self->world = dd_demo_world_new (now);
  return g_steal_pointer (&self);
}

const char *
dd_demo_server_get_url (DdDemoServer *self)
{
  g_return_val_if_fail (DD_IS_DEMO_SERVER (self), NULL);
  return self->url;
}

const char *
dd_demo_server_get_token (DdDemoServer *self)
{
  g_return_val_if_fail (DD_IS_DEMO_SERVER (self), NULL);
  return self->token;
}

static void
add_source (JsonBuilder *builder,
            const char  *type,
            const char  *url,
            const char  *path)
{
  g_autofree char *address = g_strconcat (url, path, NULL);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "type", type);
  dd_demo_add_string (builder, "url", address);
  if (strcmp (type, "github") == 0)
    dd_demo_add_string (builder, "organization", "lindholm");
  json_builder_end_object (builder);
}

static void
add_team (JsonBuilder       *builder,
          const DdDemoWorld *world,
          const char        *team)
{
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", team);
  dd_demo_add_string (builder, "tier", dd_demo_team_tier (team));
  json_builder_set_member_name (builder, "repositories");
  json_builder_begin_array (builder);
  for (guint i = 0; i < world->repositories->len; i++)
    {
      const DdDemoRepository *repository = g_ptr_array_index (world->repositories, i);

      if (g_strcmp0 (repository->team, team) == 0)
        json_builder_add_string_value (builder, repository->name);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
dd_demo_server_settings (DdDemoServer *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char * const *teams = dd_demo_teams ();

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", "Demo");
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  add_source (builder, "github", self->url, "/github");
  add_source (builder, "linear", self->url, "/linear/graphql");
  add_source (builder, "slab", self->url, "/slab/v1/graphql");
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "teams");
  json_builder_begin_array (builder);
  for (int i = 0; teams[i] != NULL; i++)
    add_team (builder, self->world, teams[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
