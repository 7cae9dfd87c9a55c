/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-slab.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-plain-source.h"
#include "dd-slab-records.h"

/* The most that `posts(ids:)` takes. */
#define IDS 100
/* Slab is known to take more than a minute now and then. */
#define TIMEOUT 60

#define ORGANIZATION "organization { host posts { id title publishedAt topics { id } }"

static const char list_query[] = "query Posts { " ORGANIZATION " } }";
/* Names of topics are needed only where the settings choose some. */
static const char topics_query[] = "query Posts { " ORGANIZATION " topics { id name } } }";
static const char posts_query[] =
  "query PostsByIds($ids: [ID!]!) { posts(ids: $ids) { id title content updatedAt publishedAt archivedAt } }";
static const char who_query[] = "query Organization { organization { name host } }";

static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *root = dd_json_path (reply->json, "");
  JsonObject *first = dd_json_element (dd_json_array (root, "errors"), 0);
  g_autofree char *words = NULL;

  /* Beside data, errors tell of posts that are not for this bot. */
  if (first == NULL || dd_json_object (root, "data") != NULL || reply->status >= 300)
    return dd_http_judge (reply, now, wait, error);
  words = dd_plain_source_tidy (dd_json_string (first, "message"));
  g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slab could not answer (“%s”); sync again later."), words);
  return DD_VERDICT_RETRY;
}

static DdHttpRequest *
request_new (DdPlainSource *source,
             char          *body,
             gboolean       bearer)
{
  DdHttpRequest *request = dd_http_request_new ("Slab", dd_plain_source_get_settings (source)->url);
  const char *token = dd_plain_source_get_token (source);

  request->body = body;
  request->authorization = bearer ? g_strconcat ("Bearer ", token, NULL) : g_strdup (token);
  request->timeout = TIMEOUT;
  request->judge = judge;
  return request;
}

/* ---- the check ---- */

static DdHttpRequest *
ask_who (DdPlainSource *source)
{
  return request_new (source, dd_json_graphql (who_query, NULL), FALSE);
}

static DdHttpRequest *
ask_as_bearer (DdPlainSource *source,
               const GError  *error)
{
  if (!g_error_matches (error, DD_ERROR, DD_ERROR_AUTH))
    return NULL;
  return request_new (source, dd_json_graphql (who_query, NULL), TRUE);
}

static void
read_who (DdPlainSource     *source,
          const DdHttpReply *reply,
          DdSourceCheck     *check)
{
  const char *name = dd_json_string (dd_json_path (reply->json, "data.organization"), "name");

  check->who = name != NULL ? g_strdup_printf (_("a bot of %s"), name) : NULL;
}

/* ---- the walk: the list of all posts, then the postmortems among them by their ids ---- */

typedef struct
{
  DdPlainSource *source;
  gboolean       bearer;  /* how this server wants its token */
  gboolean       turned;  /* the other way was tried */
  gboolean       listed;
  char          *host;
  GPtrArray     *ids;     /* of char *: still to be read */
} Posts;

static void
posts_free (gpointer data)
{
  Posts *posts = data;

  g_ptr_array_unref (posts->ids);
  g_object_unref (posts->source);
  g_free (posts->host);
  g_free (posts);
}

static DdHttpRequest *
next_page (DdWalk  *walk,
           gpointer state)
{
  Posts *posts = state;
  gboolean topics = dd_plain_source_get_settings (posts->source)->topics[0] != NULL;
  JsonObject *variables;
  JsonArray *ids;

  if (!posts->listed)
    return request_new (posts->source, dd_json_graphql (topics ? topics_query : list_query, NULL), posts->bearer);
  if (posts->ids->len == 0)
    return NULL;
  variables = json_object_new ();
  ids = json_array_new ();
  for (guint i = 0; i < MIN (posts->ids->len, IDS); i++)
    json_array_add_string_element (ids, g_ptr_array_index (posts->ids, i));
  json_object_set_array_member (variables, "ids", ids);
  return request_new (posts->source, dd_json_graphql (posts_query, variables), posts->bearer);
}

/* The ids of the topics that the settings name, by id or by name. */
static GHashTable *
choose_topics (const DdSourceSettings *settings,
               JsonObject             *organization)
{
  GHashTable *chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *topics = dd_json_array (organization, "topics");

  for (int i = 0; settings->topics[i] != NULL; i++)
    {
      g_autofree char *wanted = g_utf8_casefold (settings->topics[i], -1);

      g_hash_table_add (chosen, g_strdup (settings->topics[i]));
      for (guint j = 0; j < dd_json_length (topics); j++)
        {
          const char *id = dd_json_string (dd_json_element (topics, j), "id");
          const char *name = dd_json_string (dd_json_element (topics, j), "name");
          g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;

          if (id != NULL && g_strcmp0 (folded, wanted) == 0)
            g_hash_table_add (chosen, g_strdup (id));
        }
    }
  return chosen;
}

static gboolean
stands_in (JsonObject *post,
           GHashTable *topics)
{
  JsonArray *own = dd_json_array (post, "topics");

  for (guint i = 0; i < dd_json_length (own); i++)
    {
      const char *id = dd_json_string (dd_json_element (own, i), "id");

      if (id != NULL && g_hash_table_contains (topics, id))
        return TRUE;
    }
  return FALSE;
}

/* Notes which posts are postmortems now, and takes back those that were and are no more. */
static void
put_list (Posts  *posts,
          DdWalk *walk)
{
  DdBatch *batch = dd_batch_new ();
  const char *before = dd_sink_get_cursor (dd_walk_get_sink (walk), "", "postmortems");
  g_auto (GStrv) known = g_strsplit (before != NULL ? before : "", " ", -1);
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GHashTable) now = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < posts->ids->len; i++)
    {
      g_hash_table_add (now, g_ptr_array_index (posts->ids, i));
      g_string_append_printf (list, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (posts->ids, i));
    }
  for (int i = 0; known[i] != NULL; i++)
    if (*known[i] != '\0' && !g_hash_table_contains (now, known[i]))
      g_ptr_array_add (batch->incidents, dd_slab_withdraw_post (known[i]));
  dd_batch_add_cursor (batch, "", "postmortems", list->str);
  dd_batch_add_cursor (batch, "", "authorization", posts->bearer ? "bearer" : NULL);
  dd_walk_put (walk, batch);
}

static gboolean
take_list (Posts             *posts,
           DdWalk            *walk,
           const DdHttpReply *reply,
           GError           **error)
{
  JsonObject *organization = dd_json_path (reply->json, "data.organization");
  JsonArray *list = dd_json_array (organization, "posts");
  g_autoptr (GHashTable) topics = NULL;

  if (list == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slab answered without the posts; check its URL."));
      return FALSE;
    }
  topics = choose_topics (dd_plain_source_get_settings (posts->source), organization);
  posts->host = g_strdup (dd_json_string (organization, "host"));
  for (guint i = 0; i < dd_json_length (list); i++)
    {
      JsonObject *post = dd_json_element (list, i);
      const char *id = dd_json_string (post, "id");

      if (id != NULL && *id != '\0' && dd_json_string (post, "publishedAt") != NULL &&
          (dd_slab_title_is_postmortem (dd_json_string (post, "title")) || stands_in (post, topics)))
        g_ptr_array_add (posts->ids, g_strdup (id));
    }
  posts->listed = TRUE;
  put_list (posts, walk);
  return TRUE;
}

static gboolean
take_page (DdWalk            *walk,
           const DdHttpReply *reply,
           gpointer           state,
           GError           **error)
{
  Posts *posts = state;
  JsonArray *list = dd_json_array (dd_json_path (reply->json, "data"), "posts");
  DdBatch *batch;

  if (!posts->listed)
    return take_list (posts, walk, reply, error);
  if (list == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Slab answered without the posts; sync again later."));
      return FALSE;
    }
  batch = dd_batch_new ();
  for (guint i = 0; i < dd_json_length (list); i++)
    {
      DdIncident *incident = dd_slab_read_post (dd_json_element (list, i), posts->host);

      if (incident != NULL)
        g_ptr_array_add (batch->incidents, incident);
    }
  g_ptr_array_remove_range (posts->ids, 0, MIN (posts->ids->len, IDS));
  dd_walk_put (walk, batch);
  return TRUE;
}

/* Some servers want the token as a bearer's, others do not: each way is tried once, and what worked is remembered. */
static gboolean
turn (DdWalk       *walk,
      const GError *error,
      gpointer      state)
{
  Posts *posts = state;

  if (posts->turned || posts->listed || !g_error_matches (error, DD_ERROR, DD_ERROR_AUTH))
    return FALSE;
  posts->turned = TRUE;
  posts->bearer = !posts->bearer;
  return TRUE;
}

static void
add_walks (DdPlainSource *source,
           DdWalkGroup   *group,
           DdSink        *sink)
{
  static const DdWalkKind kind = {
    .source = "slab", .scope = "", .step = "posts", .next = next_page, .page = take_page, .failed = turn,
  };
  Posts *posts = g_new0 (Posts, 1);

  posts->source = g_object_ref (source);
  posts->ids = g_ptr_array_new_with_free_func (g_free);
  posts->bearer = dd_sink_get_cursor (sink, "", "authorization") != NULL;
  dd_walk_group_add (group, dd_walk_new (dd_plain_source_get_http (source), sink, &kind, posts, posts_free));
}

DdSource *
dd_slab_new (const DdSourceSetup *setup)
{
  static const DdPlainService service = {
    .ask_who = ask_who, .ask_again = ask_as_bearer, .read_who = read_who, .add_walks = add_walks,
  };

  return dd_plain_source_new (&service, setup);
}
