/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-github-judge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-time.h"

/* How long to stay away after "You have exceeded a secondary rate limit" without a time; doubled each
 * time. */
#define SECONDARY_WAIT (60 * DD_SECOND)

JsonObject *
dd_github_reply_root (const DdHttpReply *reply)
{
  return reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
}

static JsonArray *
get_errors (const DdHttpReply *reply)
{
  return dd_json_array (dd_github_reply_root (reply), "errors");
}

static const char *
get_header (const DdHttpReply *reply,
            const char        *name)
{
  return reply->headers != NULL ? g_hash_table_lookup (reply->headers, name) : NULL;
}

static gint64
get_number_header (const DdHttpReply *reply,
                   const char        *name)
{
  const char *text = get_header (reply, name);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 / DD_SECOND, &number, NULL))
    return -1;
  return number;
}

static const char *
get_message (const DdHttpReply *reply)
{
  const char *message = dd_json_string (dd_github_reply_root (reply), "message");

  return message != NULL ? message : reply->text;
}

static gboolean
tells_of_limit (const char *message)
{
  g_autofree char *lower = message != NULL ? g_ascii_strdown (message, -1) : NULL;

  return lower != NULL && (strstr (lower, "rate limit") != NULL || strstr (lower, "abuse detection") != NULL);
}

static const char *
get_code (JsonObject *error)
{
  const char *code = dd_json_string (error, "code");

  return code != NULL ? code : dd_json_string (dd_json_object (error, "extensions"), "code");
}

static gboolean
is_limit_error (JsonObject *error)
{
  const char *type = dd_json_string (error, "type");

  return g_strcmp0 (type, "RATE_LIMIT") == 0 || g_strcmp0 (type, "RATE_LIMITED") == 0
         || g_strcmp0 (get_code (error), "graphql_rate_limit") == 0
         || (type == NULL && tells_of_limit (dd_json_string (error, "message")));
}

static gboolean
is_limited (const DdHttpReply *reply)
{
  JsonArray *errors = get_errors (reply);

  if (reply->status == 429)
    return TRUE;
  if (reply->status == 403)
    return get_header (reply, "retry-after") != NULL || get_number_header (reply, "x-ratelimit-remaining") == 0
           || tells_of_limit (get_message (reply));
  if (reply->status != 200)
    return FALSE;
  for (guint i = 0; i < dd_json_length (errors); i++)
    if (is_limit_error (dd_json_element (errors, i)))
      return TRUE;
  return FALSE;
}

/* In the order that GitHub asks for. */
static gint64
find_end_of_limit (const DdHttpReply *reply,
                   gint64             now)
{
  gint64 retry_after = dd_http_retry_after (reply, now);
  gint64 reset = get_number_header (reply, "x-ratelimit-reset");

  if (retry_after >= 0)
    return now + retry_after;
  if (get_number_header (reply, "x-ratelimit-remaining") == 0 && reset >= 0)
    return MAX (reset * DD_SECOND, now) + DD_SECOND;
  return now + (SECONDARY_WAIT << MIN (MAX (reply->tries, 1) - 1, 4));
}

static void
set_forbidden (const DdHttpReply *reply,
               GError           **error)
{
  const char *sso = get_header (reply, "x-github-sso");
  const char *permissions = get_header (reply, "x-accepted-github-permissions");
  const char *scopes = get_header (reply, "x-accepted-oauth-scopes");
  const char *url = sso != NULL ? strstr (sso, "url=") : NULL;

  if (url != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 /* Translators: %s is a link. */
                 _("The organization asks for single sign-on: authorize the GitHub token at %s"),
                 url + strlen ("url="));
  else if (permissions != NULL && *permissions != '\0')
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 /* Translators: %s is GitHub's word for a right: "deployments=read". */
                 _("The GitHub token lacks a right: give it %s."), permissions);
  else if (scopes != NULL && *scopes != '\0')
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 /* Translators: %s is a list of GitHub's scopes: "repo, repo_deployment". */
                 _("The GitHub token lacks a right: give it one of the scopes %s."), scopes);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION, _("GitHub refuses this to the token: %s"),
                 get_message (reply) != NULL ? get_message (reply) : "403");
}

/* Errors that whoever reads the page understands. */
static gboolean
is_for_reader (JsonObject *error)
{
  static const char * const types[] = {
    "NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES", "RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED",
    "INVALID_CURSOR_ARGUMENTS", NULL
  };
  const char *type = dd_json_string (error, "type");

  return type != NULL && g_strv_contains (types, type);
}

static DdVerdict
judge_errors (const DdHttpReply *reply,
              GError           **error)
{
  JsonArray *errors = get_errors (reply);

  for (guint i = 0; i < dd_json_length (errors); i++)
    {
      JsonObject *one = dd_json_element (errors, i);
      const char *message = dd_json_string (one, "message");

      if (is_for_reader (one))
        continue;
      /* An error with a code speaks of the query itself: asking again would not change it. */
      if (get_code (one) != NULL)
        {
          g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("GitHub does not understand what it is asked: %s"),
                       message != NULL ? message : get_code (one));
          return DD_VERDICT_FAIL;
        }
      g_set_error (error, DD_ERROR, DD_ERROR_UNAVAILABLE, _("GitHub could not answer; try again later. It says: %s"),
                   message != NULL ? message : "?");
      return DD_VERDICT_RETRY;
    }
  return DD_VERDICT_OK;
}

DdVerdict
dd_github_judge (const DdHttpReply *reply,
                 gint64             now,
                 gint64            *wait,
                 GError           **error)
{
  if (is_limited (reply))
    return dd_http_limited (reply, now, find_end_of_limit (reply, now), wait, error);
  if (reply->status == 403)
    {
      set_forbidden (reply, error);
      return DD_VERDICT_FAIL;
    }
  if (reply->status == 200 && dd_json_length (get_errors (reply)) > 0)
    return judge_errors (reply, error);
  return dd_http_judge (reply, now, wait, error);
}

DdVerdict
dd_github_judge_query (const DdHttpReply *reply,
                       gint64             now,
                       gint64            *wait,
                       GError           **error)
{
  if ((reply->status == 502 || reply->status == 504) && reply->tries >= 2)
    return DD_VERDICT_OK;
  return dd_github_judge (reply, now, wait, error);
}

static gboolean
has_error_of_type (const DdHttpReply *reply,
                   const char        *type)
{
  JsonArray *errors = get_errors (reply);

  for (guint i = 0; i < dd_json_length (errors); i++)
    if (g_strcmp0 (dd_json_string (dd_json_element (errors, i), "type"), type) == 0)
      return TRUE;
  return FALSE;
}

gboolean
dd_github_reply_is_too_heavy (const DdHttpReply *reply)
{
  return reply->status == 502 || reply->status == 504 || has_error_of_type (reply, "RESOURCE_LIMITS_EXCEEDED")
         || has_error_of_type (reply, "MAX_NODE_LIMIT_EXCEEDED");
}

gboolean
dd_github_reply_is_bad_cursor (const DdHttpReply *reply)
{
  return has_error_of_type (reply, "INVALID_CURSOR_ARGUMENTS");
}

/* The right that a field of a query needs, in GitHub's words. */
static const struct
{
  const char *field;
  const char *right; /* of a fine-grained token */
  const char *scope; /* of a classic one */
} field_rights[] = {
  { "deployments", "Deployments: read", "repo_deployment" },
  { "statuses", "Deployments: read", "repo_deployment" },
  { "pullRequests", "Pull requests: read", "repo" },
  { "reviews", "Pull requests: read", "repo" },
  { "commits", "Pull requests: read", "repo" },
  { "commit", "Contents: read", "repo" },
  { "object", "Contents: read", "repo" },
  { "defaultBranchRef", "Contents: read", "repo" },
  { "releases", "Contents: read", "repo" },
  { "tagCommit", "Contents: read", "repo" },
  { "refs", "Contents: read", "repo" },
  { "repositoryOwner", "Members: read", "read:org" },
};

/* The innermost field of the error's path that has a right of its own; -1 where none has. */
static int
find_field_right (JsonObject *error)
{
  JsonArray *path = dd_json_array (error, "path");

  for (guint i = dd_json_length (path); i > 0; i--)
    {
      JsonNode *step = json_array_get_element (path, i - 1);
      const char *field = JSON_NODE_HOLDS_VALUE (step) ? json_node_get_string (step) : NULL;

      for (guint j = 0; field != NULL && j < G_N_ELEMENTS (field_rights); j++)
        if (g_str_equal (field, field_rights[j].field))
          return (int) j;
    }
  return -1;
}

static void
set_missing_right (JsonObject *forbidden,
                   GError    **error)
{
  const char *message = dd_json_string (forbidden, "message");
  int right = find_field_right (forbidden);

  if (dd_json_bool (dd_json_object (forbidden, "extensions"), "saml_failure", FALSE))
    g_set_error_literal (error, DD_ERROR, DD_ERROR_PERMISSION,
                         _("The organization asks for single sign-on: authorize the GitHub token for it, "
                           "in GitHub’s settings of the token."));
  else if (right >= 0)
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 /* Translators: the first %s is a right such as "Deployments: read", the second a scope
                  * such as "repo". */
                 _("The GitHub token lacks a right: give it “%s”, or the scope “%s” if it is a classic one."),
                 field_rights[right].right, field_rights[right].scope);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION, _("GitHub refuses this to the token: %s"),
                 message != NULL ? message : "FORBIDDEN");
}

gboolean
dd_github_reply_check_rights (const DdHttpReply *reply,
                              GError           **error)
{
  JsonArray *errors = get_errors (reply);

  for (guint i = 0; i < dd_json_length (errors); i++)
    {
      JsonObject *one = dd_json_element (errors, i);
      const char *type = dd_json_string (one, "type");

      if (g_strcmp0 (type, "FORBIDDEN") == 0 || g_strcmp0 (type, "INSUFFICIENT_SCOPES") == 0)
        {
          set_missing_right (one, error);
          return FALSE;
        }
    }
  return TRUE;
}

static void
set_bad_reply (GError **error)
{
  g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                       _("GitHub answered something else than it was asked; try again later."));
}

gboolean
dd_github_reply_check_data (const DdHttpReply *reply,
                            GError           **error)
{
  if (dd_json_path (reply->json, "data") != NULL)
    return TRUE;
  set_bad_reply (error);
  return FALSE;
}

gboolean
dd_github_connection_turn (JsonObject *connection,
                           char      **after,
                           GError    **error)
{
  JsonObject *info = dd_json_object (connection, "pageInfo");
  const char *end = dd_json_string (info, "endCursor");
  gboolean more = dd_json_bool (info, "hasNextPage", TRUE);

  *after = NULL;
  if (dd_json_array (connection, "nodes") == NULL || (more && end == NULL))
    {
      set_bad_reply (error);
      return FALSE;
    }
  if (more)
    *after = g_strdup (end);
  return TRUE;
}

gboolean
dd_github_reply_lacks_node (const DdHttpReply *reply,
                            guint              index)
{
  JsonArray *errors = get_errors (reply);

  for (guint i = 0; i < dd_json_length (errors); i++)
    {
      JsonObject *one = dd_json_element (errors, i);
      JsonArray *path = dd_json_array (one, "path");
      JsonNode *step = dd_json_length (path) == 2 ? json_array_get_element (path, 1) : NULL;

      if (step != NULL && JSON_NODE_HOLDS_VALUE (step) && json_node_get_value_type (step) == G_TYPE_INT64
          && json_node_get_int (step) == (gint64) index
          && g_strcmp0 (dd_json_string (one, "type"), "NOT_FOUND") == 0)
        return TRUE;
    }
  return FALSE;
}
