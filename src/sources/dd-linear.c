/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-linear.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-linear-records.h"
#include "dd-plain-source.h"
#include "dd-position.h"

/* Linear counts 1 for an object and 0.1 for a property, times the page: an issue of 1.8, its state of 1.1, 20 labels and 5 attachments
 * of 1.1 each make 30.4, a page 7,600; a query may cost 10,000. */
#define PAGE 250
/* What changes while a page is made can be older than what was seen on it. */
#define OVERLAP (5 * DD_MINUTE)
/* Where a limit does not say when it ends. */
#define USUAL_LIMIT DD_MINUTE

/* All issues, not only those that have an incident label now: labels are given and taken away, settings change, and a postmortem may
 * name an issue that is no incident. Archived ones too, since Linear archives what was closed some months ago. */
static const char query[] =
  "query Issues($first: Int!, $after: String, $filter: IssueFilter) {"
  " issues(first: $first, after: $after, filter: $filter, orderBy: updatedAt, includeArchived: true) {"
  "  pageInfo { hasNextPage endCursor }"
  "  nodes { id identifier title url createdAt updatedAt completedAt trashed state { type }"
  "   labels(first: 20) { nodes { name } } attachments(first: 5) { nodes { url } } } } }";

static const char viewer_query[] =
  "query Viewer { viewer { name } organization { name } teams(first: 250) { pageInfo { hasNextPage } nodes { key name } } }";

/* ---- what it answers ---- */

static gint64
read_reset (const DdHttpReply *reply,
            const char        *header,
            gint64             fallback)
{
  const char *text = g_hash_table_lookup (reply->headers, header);
  gint64 milliseconds;

  /* Milliseconds, unlike other services. */
  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64 / 1000, &milliseconds, NULL))
    return fallback;
  return milliseconds * 1000;
}

static DdVerdict
judge_limit (const DdHttpReply *reply,
             gint64             now,
             gint64            *wait,
             GError           **error)
{
  const char *left = g_hash_table_lookup (reply->headers, "x-ratelimit-requests-remaining");
  gint64 after = dd_http_retry_after (reply, now);
  gint64 until = read_reset (reply, "x-ratelimit-requests-reset", now + USUAL_LIMIT);

  /* Requests are left, so that it is the other budget that is spent. */
  if (left != NULL && strcmp (left, "0") != 0)
    until = read_reset (reply, "x-ratelimit-complexity-reset", until);
  if (after >= 0)
    until = now + after;
  else if (until <= now)
    /* A wrong clock, here or there: not again and again at once. */
    until = now + DD_SECOND;
  return dd_http_limited (reply, now, until, wait, error);
}

/* One of the errors that come with any status, also with 200 beside half of the data. */
static DdVerdict
judge_error (JsonObject *first,
             GError    **error)
{
  static const char * const passing[] = { "internal error", "lock timeout", "network error", "bootstrap error", NULL };
  JsonObject *extensions = dd_json_object (first, "extensions");
  const char *code = dd_json_string (extensions, "code");
  const char *type = dd_json_string (extensions, "type");
  const char *said = dd_json_string (extensions, "userPresentableMessage");
  g_autofree char *words = dd_plain_source_tidy (said != NULL ? said : dd_json_string (first, "message"));

  if (g_strcmp0 (type, "authentication error") == 0 || g_strcmp0 (code, "AUTHENTICATION_ERROR") == 0)
    g_set_error (error, DD_ERROR, DD_ERROR_AUTH,
                 /* Translators: %s is a sentence by Linear. */
                 _("Linear does not accept this key (“%s”); set another with “doradash token set linear”."), words);
  else if (g_strcmp0 (type, "forbidden") == 0 || g_strcmp0 (code, "FORBIDDEN") == 0)
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 _("Linear refuses this to the key (“%s”); give it the right to read, for all teams that matter."), words);
  else if (type != NULL && g_strv_contains (passing, type))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("Linear is in trouble (“%s”); sync again later."), words);
      return DD_VERDICT_RETRY;
    }
  else
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Linear could not answer (“%s”); update DoraDash if this goes on."), words);
  return DD_VERDICT_FAIL;
}

/* Linear tells of a limit with HTTP 400. */
static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *root = dd_json_path (reply->json, "");
  JsonObject *first = dd_json_element (dd_json_array (root, "errors"), 0);
  JsonObject *extensions = dd_json_object (first, "extensions");

  if (g_strcmp0 (dd_json_string (extensions, "code"), "RATELIMITED") == 0 ||
      g_strcmp0 (dd_json_string (extensions, "type"), "ratelimited") == 0 || reply->status == 429)
    return judge_limit (reply, now, wait, error);
  if (first != NULL && reply->status < 500)
    return judge_error (first, error);
  return dd_http_judge (reply, now, wait, error);
}

/* ---- the check ---- */

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

static gboolean
is_team (JsonArray  *teams,
         const char *wanted)
{
  for (guint i = 0; i < dd_json_length (teams); i++)
    {
      JsonObject *team = dd_json_element (teams, i);

      if (g_strcmp0 (dd_json_string (team, "key"), wanted) == 0 || g_strcmp0 (dd_json_string (team, "name"), wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
read_who (DdPlainSource     *source,
          const DdHttpReply *reply,
          DdSourceCheck     *check)
{
  const char *organization = dd_json_string (dd_json_path (reply->json, "data.organization"), "name");
  JsonObject *teams = dd_json_path (reply->json, "data.teams");
  char **wanted = dd_plain_source_get_settings (source)->teams;

  check->who = g_strdup (dd_json_string (dd_json_path (reply->json, "data.viewer"), "name"));
  check->detail = organization != NULL ? g_strdup_printf (_("Workspace %s"), organization) : NULL;
  /* Only where the list is whole does it tell what is not there. */
  if (teams == NULL || dd_json_bool (dd_json_object (teams, "pageInfo"), "hasNextPage", TRUE))
    return;
  for (int i = 0; wanted[i] != NULL; i++)
    if (!is_team (dd_json_array (teams, "nodes"), wanted[i]))
      g_ptr_array_add (check->missing, g_strdup_printf (_("The key sees no team “%s”: its issues are missing."), wanted[i]));
}

/* ---- the walk ---- */

typedef struct
{
  DdPlainSource *source;
  char          *stream;
  DdPosition     position;
  gint64         now;
  gboolean       resumed; /* the next page is where a walk before was stopped */
  gboolean       done;
} Issues;

static void
issues_free (gpointer data)
{
  Issues *issues = data;

  dd_position_clear (&issues->position);
  g_object_unref (issues->source);
  g_free (issues->stream);
  g_free (issues);
}

/* Where a walk stands holds for its teams alone: those chosen later have a past of their own. */
static char *
stream_of (const DdSourceSettings *settings)
{
  g_autofree char *teams = g_strjoinv (",", settings->teams);

  return *teams != '\0' ? g_strconcat ("issues of ", teams, NULL) : g_strdup ("issues");
}

/* {"key" or "name": {"in": [ … ]}} */
static JsonObject *
team_filter_new (char      **teams,
                 const char *member)
{
  JsonObject *filter = json_object_new (), *comparator = json_object_new ();
  JsonArray *list = json_array_new ();

  for (int i = 0; teams[i] != NULL; i++)
    json_array_add_string_element (list, teams[i]);
  json_object_set_array_member (comparator, "in", list);
  json_object_set_object_member (filter, member, comparator);
  return filter;
}

static JsonObject *
filter_new (const Issues *issues)
{
  const DdSourceSettings *settings = dd_plain_source_get_settings (issues->source);
  JsonObject *filter = json_object_new (), *updated = json_object_new ();
  gboolean deep = issues->position.known != DD_TIME_NONE, again = issues->position.reached != DD_TIME_NONE && !deep;
  g_autofree char *from = dd_time_format (again ? issues->position.reached - OVERLAP : issues->position.since, NULL);

  json_object_set_string_member (updated, again ? "gt" : "gte", from);
  if (deep)
    {
      g_autofree char *known = dd_time_format (issues->position.known, NULL);

      json_object_set_string_member (updated, "lt", known);
    }
  json_object_set_object_member (filter, "updatedAt", updated);
  if (settings->teams[0] != NULL)
    {
      JsonObject *team = json_object_new ();
      JsonArray *either = json_array_new ();

      json_array_add_object_element (either, team_filter_new (settings->teams, "key"));
      json_array_add_object_element (either, team_filter_new (settings->teams, "name"));
      json_object_set_array_member (team, "or", either);
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

/* A page that does not say where it ends is never taken for the last one, and one that leads back to itself would have no end. */
static gboolean
turn_page (Issues     *issues,
           JsonObject *info,
           GError    **error)
{
  const char *after = dd_json_string (info, "endCursor");

  if (info != NULL && !dd_json_bool (info, "hasNextPage", TRUE))
    {
      dd_position_end (&issues->position);
      issues->done = TRUE;
      return TRUE;
    }
  if (after == NULL || g_strcmp0 (after, issues->position.after) == 0)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                           _("Linear does not say where its list of issues goes on; sync again later."));
      return FALSE;
    }
  dd_position_go_on (&issues->position, after, issues->now);
  return TRUE;
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
  g_autoptr (DdBatch) batch = dd_batch_new ();
  g_autofree char *cursor = NULL;

  if (nodes == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("Linear answered without the issues; check its URL."));
      return FALSE;
    }
  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      DdIncident *incident = dd_linear_read_issue (dd_json_element (nodes, i));

      if (incident == NULL)
        continue;
      dd_position_see (&issues->position, incident->updated, issues->now);
      g_ptr_array_add (batch->incidents, incident);
    }
  if (!turn_page (issues, dd_json_object (connection, "pageInfo"), error))
    return FALSE;
  issues->resumed = FALSE;
  cursor = dd_position_format (&issues->position);
  dd_batch_add_cursor (batch, "", issues->stream, cursor);
  dd_walk_put (walk, g_steal_pointer (&batch));
  return TRUE;
}

/* A page of an earlier sync may be known no more: then the walk begins again. */
static gboolean
begin_again (DdWalk       *walk,
             const GError *error,
             gpointer      state)
{
  Issues *issues = state;

  if (!issues->resumed || !g_error_matches (error, DD_ERROR, DD_ERROR_BAD_REPLY))
    return FALSE;
  issues->resumed = FALSE;
  g_clear_pointer (&issues->position.after, g_free);
  return TRUE;
}

static void
add_walks (DdPlainSource *source,
           DdWalkGroup   *group,
           DdSink        *sink)
{
  static const DdWalkKind kind = {
    .source = "linear", .scope = "", .step = "issues", .next = next_page, .page = take_page, .failed = begin_again,
  };
  Issues *issues = g_new0 (Issues, 1);

  issues->source = g_object_ref (source);
  issues->stream = stream_of (dd_plain_source_get_settings (source));
  issues->now = dd_sink_now (sink);
  dd_position_load_deep (&issues->position, dd_sink_get_cursor (sink, "", issues->stream), dd_plain_source_get_since (source),
                         dd_plain_source_get_full (source), issues->now, FALSE);
  issues->resumed = issues->position.after != NULL;
  dd_walk_group_add (group, dd_walk_new (dd_plain_source_get_http (source), sink, &kind, issues, issues_free));
}

DdSource *
dd_linear_new (const DdSourceSetup *setup)
{
  static const DdPlainService service = { .ask_who = ask_who, .read_who = read_who, .add_walks = add_walks };

  return dd_plain_source_new (&service, setup);
}
