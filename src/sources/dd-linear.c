/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-linear.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-plain-source.h"
#include "dd-position.h"

/* Linear counts 0.1 a property and 1 an object, times the page: 11 properties, two objects, 20 labels of 1.1 and 5 attachments of 1.1
 * make about 31 an issue; a query may cost 10,000. */
#define PAGE 250
#define OVERLAP (5 * DD_MINUTE)

/* All issues, not only those that have an incident label now: labels are given and taken away, settings change, and a postmortem may
 * name an issue that is no incident. */
static const char query[] =
  "query Issues($first: Int!, $after: String, $filter: IssueFilter) {"
  " issues(first: $first, after: $after, filter: $filter, orderBy: updatedAt, includeArchived: true) {"
  "  pageInfo { hasNextPage endCursor }"
  "  nodes { id identifier title url createdAt updatedAt completedAt canceledAt trashed state { type }"
  "   labels(first: 20) { nodes { name } } attachments(first: 5) { nodes { url } } } } }";

static const char viewer_query[] = "query Viewer { viewer { name email } organization { name urlKey } }";

/* Linear tells of a limit with HTTP 400. */
static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *root = reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
  JsonObject *first = dd_json_element (dd_json_array (root, "errors"), 0);
  JsonObject *extensions = dd_json_object (first, "extensions");
  const char *code = dd_json_string (extensions, "code");
  const char *type = dd_json_string (extensions, "type");
  const char *words = dd_json_string (extensions, "userPresentableMessage");
  const char *reset = g_hash_table_lookup (reply->headers, "x-ratelimit-requests-reset");

  if (g_strcmp0 (code, "RATELIMITED") == 0 || g_strcmp0 (type, "ratelimited") == 0)
    {
      gint64 after = dd_http_retry_after (reply, now);

      if (after >= 0)
        return dd_http_limited (reply, now, now + after, wait, error);
      /* Milliseconds, unlike other services. */
      return dd_http_limited (reply, now, reset != NULL ? g_ascii_strtoll (reset, NULL, 10) * 1000 : now + DD_MINUTE, wait, error);
    }
  if (g_strcmp0 (type, "authentication error") == 0 || g_strcmp0 (code, "AUTHENTICATION_ERROR") == 0)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_AUTH, _("Linear does not know this key; make a new one there and set it here."));
      return DD_VERDICT_FAIL;
    }
  if (g_strcmp0 (type, "forbidden") == 0)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_PERMISSION, _("Linear refuses this: the key needs the right to read."));
      return DD_VERDICT_FAIL;
    }
  if (first != NULL && reply->status < 500)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Linear could not answer: %s"),
                   words != NULL ? words : dd_json_string (first, "message") != NULL ? dd_json_string (first, "message") : "?");
      return DD_VERDICT_FAIL;
    }
  return dd_http_judge (reply, now, wait, error);
}

static DdHttpRequest *
request_new (DdPlainSource *source,
             char          *body)
{
  DdHttpRequest *request = dd_http_request_new ("Linear", dd_plain_source_get_settings (source)->url);
  const char *token = dd_plain_source_get_token (source);

  request->body = body;
  /* A personal key stands alone; only an OAuth token is a bearer's. */
  request->authorization = g_str_has_prefix (token, "lin_api_") ? g_strdup (token) : g_strconcat ("Bearer ", token, NULL);
  request->judge = judge;
  return request;
}

static DdHttpRequest *
ask_who (DdPlainSource *source)
{
  return request_new (source, dd_json_graphql (viewer_query, NULL));
}

static void
read_who (const DdHttpReply *reply,
          DdSourceCheck     *check)
{
  const char *name = dd_json_string (dd_json_path (reply->json, "data.viewer"), "name");
  const char *organization = dd_json_string (dd_json_path (reply->json, "data.organization"), "name");

  check->who = g_strdup (name);
  check->detail = organization != NULL ? g_strdup_printf (_("Workspace %s"), organization) : NULL;
}

/* ---- records ---- */

static void
read_labels (JsonObject *issue,
             DdIncident *incident)
{
  JsonArray *nodes = dd_json_array (dd_json_object (issue, "labels"), "nodes");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      const char *name = dd_json_string (dd_json_element (nodes, i), "name");

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }
  incident->labels = g_strv_builder_end (builder);
}

static void
read_links (JsonObject *issue,
            DdIncident *incident)
{
  JsonArray *nodes = dd_json_array (dd_json_object (issue, "attachments"), "nodes");
  g_autoptr (GString) links = g_string_new (NULL);

  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      const char *url = dd_json_string (dd_json_element (nodes, i), "url");

      if (url != NULL)
        g_string_append_printf (links, "%s%s", links->len > 0 ? " " : "", url);
    }
  if (links->len > 0)
    incident->links = g_strdup (links->str);
}

static DdIncident *
read_issue (JsonObject *issue)
{
  const char *id = dd_json_string (issue, "id");
  const char *type = dd_json_string (dd_json_object (issue, "state"), "type");
  DdIncident *incident;

  if (id == NULL)
    return NULL;
  incident = g_new0 (DdIncident, 1);
  incident->kind = DD_INCIDENT_ISSUE;
  incident->key = g_strdup (id);
  incident->name = g_strdup (dd_json_string (issue, "identifier"));
  incident->title = g_strdup (dd_json_string (issue, "title"));
  incident->url = g_strdup (dd_json_string (issue, "url"));
  incident->started = dd_json_time (issue, "createdAt");
  incident->updated = dd_json_time (issue, "updatedAt");
  incident->resolved = DD_TIME_NONE;
  if (g_strcmp0 (type, "canceled") == 0 || g_strcmp0 (type, "duplicate") == 0 || dd_json_bool (issue, "trashed", FALSE))
    incident->state = DD_INCIDENT_CANCELLED;
  else if (type == NULL || strcmp (type, "completed") == 0)
    incident->resolved = dd_json_time (issue, "completedAt");
  read_labels (issue, incident);
  read_links (issue, incident);
  return incident;
}

/* ---- the walk ---- */

typedef struct
{
  DdPlainSource *source;
  DdPosition     position;
  gint64         now;
  gboolean       done;
} Issues;

static void
issues_free (gpointer data)
{
  Issues *issues = data;

  dd_position_clear (&issues->position);
  g_object_unref (issues->source);
  g_free (issues);
}

static JsonObject *
filter_new (const Issues *issues)
{
  const DdSourceSettings *settings = dd_plain_source_get_settings (issues->source);
  JsonObject *filter = json_object_new (), *updated = json_object_new ();
  gboolean again = issues->position.reached != DD_TIME_NONE;
  g_autofree char *from = dd_time_format (again ? issues->position.reached - OVERLAP : issues->position.since, NULL);

  json_object_set_string_member (updated, again ? "gt" : "gte", from);
  json_object_set_object_member (filter, "updatedAt", updated);
  if (settings->teams[0] != NULL)
    {
      JsonObject *team = json_object_new (), *key = json_object_new ();
      JsonArray *keys = json_array_new ();

      for (int i = 0; settings->teams[i] != NULL; i++)
        json_array_add_string_element (keys, settings->teams[i]);
      json_object_set_array_member (key, "in", keys);
      json_object_set_object_member (team, "key", key);
      json_object_set_object_member (filter, "team", team);
    }
  return filter;
}

static DdHttpRequest *
next_page (DdWalk  *walk,
           gpointer state)
{
  Issues *issues = state;
  JsonObject *variables;

  if (issues->done)
    return NULL;
  variables = json_object_new ();
  json_object_set_int_member (variables, "first", PAGE);
  if (issues->position.after != NULL)
    json_object_set_string_member (variables, "after", issues->position.after);
  json_object_set_object_member (variables, "filter", filter_new (issues));
  return request_new (issues->source, dd_json_graphql (query, variables));
}

static gboolean
take_page (DdWalk            *walk,
           const DdHttpReply *reply,
           gpointer           state,
           GError           **error)
{
  Issues *issues = state;
  JsonObject *connection = dd_json_path (reply->json, "data.issues");
  JsonArray *nodes = dd_json_array (connection, "nodes");
  JsonObject *info = dd_json_object (connection, "pageInfo");
  const char *after = dd_json_string (info, "endCursor");
  g_autofree char *cursor = NULL;
  DdBatch *batch;

  if (nodes == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Linear answered without the issues; check its URL."));
      return FALSE;
    }
  batch = dd_batch_new ();
  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      DdIncident *incident = read_issue (dd_json_element (nodes, i));

      if (incident == NULL)
        continue;
      dd_position_see (&issues->position, incident->updated, issues->now);
      g_ptr_array_add (batch->incidents, incident);
    }
  if (dd_json_bool (info, "hasNextPage", FALSE) && after != NULL)
    dd_position_go_on (&issues->position, after, issues->now);
  else
    {
      dd_position_end (&issues->position);
      issues->done = TRUE;
    }
  cursor = dd_position_format (&issues->position);
  dd_batch_add_cursor (batch, "", "issues", cursor);
  dd_walk_put (walk, batch);
  return TRUE;
}

static void
add_walks (DdPlainSource *source,
           DdWalkGroup   *group,
           DdSink        *sink)
{
  static const DdWalkKind kind = { .source = "linear", .scope = "", .step = "issues", .next = next_page, .page = take_page };
  Issues *issues = g_new0 (Issues, 1);

  issues->source = g_object_ref (source);
  issues->now = dd_sink_now (sink);
  dd_position_load (&issues->position, dd_sink_get_cursor (sink, "", "issues"), dd_plain_source_get_since (source),
                    dd_plain_source_get_full (source), issues->now);
  dd_walk_group_add (group, dd_walk_new (dd_plain_source_get_http (source), sink, &kind, issues, issues_free));
}

DdSource *
dd_linear_new (const DdSourceSetup *setup)
{
  static const DdPlainService service = { "linear", "Linear", ask_who, read_who, add_walks };

  return dd_plain_source_new (&service, setup);
}
