/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidentio.h"

#include <glib/gi18n-lib.h>

#include "dd-error.h"
#include "dd-incidentio-records.h"
#include "dd-json.h"
#include "dd-plain-source.h"
#include "dd-position.h"

/* The most that is allowed. */
#define PAGE 250
/* Oldest first, so that pages do not move; tests and tutorials too, so that an incident is seen that becomes one. */
#define LIST "v2/incidents?sort_by=created_at_oldest_first" \
  "&mode%5Bone_of%5D=standard&mode%5Bone_of%5D=retrospective&mode%5Bone_of%5D=test&mode%5Bone_of%5D=tutorial"

/* A limit's end is a date in the body. */
static DdVerdict
judge_limit (const DdHttpReply *reply,
             gint64             now,
             gint64            *wait,
             GError           **error)
{
  const char *after = dd_json_string (dd_json_path (reply->json, "rate_limit"), "retry_after");
  g_autoptr (GHashTable) headers = NULL;
  DdHttpReply dated = *reply;

  if (after == NULL)
    return dd_http_judge (reply, now, wait, error);
  headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (headers, (gpointer) "retry-after", (gpointer) after);
  dated.headers = headers;
  return dd_http_judge (&dated, now, wait, error);
}

static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *first = dd_json_element (dd_json_array (dd_json_path (reply->json, ""), "errors"), 0);
  g_autofree char *words = NULL;

  if (reply->status == 429)
    return judge_limit (reply, now, wait, error);
  if (first == NULL || dd_json_string (first, "message") == NULL || (reply->status != 403 && reply->status != 422))
    return dd_http_judge (reply, now, wait, error);
  words = dd_plain_source_tidy (dd_json_string (first, "message"));
  if (reply->status == 403)
    g_set_error (error, DD_ERROR, DD_ERROR_PERMISSION,
                 /* Translators: %s is a sentence by incident.io. */
                 _("incident.io refuses this to the key (“%s”); give it the right to view data."), words);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                 _("incident.io could not answer (“%s”); update DoraDash if this goes on."), words);
  return DD_VERDICT_FAIL;
}

static DdHttpRequest *
request_new (DdPlainSource *source,
             const char    *path)
{
  const char *base = dd_plain_source_get_settings (source)->url;
  g_autofree char *url = g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", path, NULL);
  DdHttpRequest *request = dd_http_request_new ("incident.io", url);

  request->authorization = g_strconcat ("Bearer ", dd_plain_source_get_token (source), NULL);
  request->judge = judge;
  return request;
}

/* ---- the check ---- */

static DdHttpRequest *
ask_who (DdPlainSource *source)
{
  return request_new (source, "v1/identity");
}

/* Not every server in between lets it through, and one incident tells as well that the key is good. */
static DdHttpRequest *
ask_for_one (DdPlainSource *source,
             const GError  *error)
{
  if (error->code == DD_ERROR_AUTH || error->code == DD_ERROR_UNAVAILABLE || error->code == DD_ERROR_RATE_LIMITED)
    return NULL;
  return request_new (source, "v2/incidents?page_size=1");
}

static gboolean
has_role (JsonArray  *roles,
          const char *role)
{
  for (guint i = 0; i < dd_json_length (roles); i++)
    {
      JsonNode *node = json_array_get_element (roles, i);

      if (JSON_NODE_HOLDS_VALUE (node) && g_strcmp0 (json_node_get_string (node), role) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
read_who (DdPlainSource     *source,
          const DdHttpReply *reply,
          DdSourceCheck     *check)
{
  JsonObject *identity = dd_json_path (reply->json, "identity");
  JsonArray *roles = dd_json_array (identity, "roles");
  gint64 total = dd_json_int (dd_json_path (reply->json, "pagination_meta"), "total_record_count", -1);
  const char *name = dd_json_string (identity, "name");

  check->who = name != NULL ? g_strdup_printf (_("API key “%s”"), name) : g_strdup (_("an API key of incident.io"));
  check->detail = g_strdup (dd_json_string (identity, "dashboard_url"));
  if (check->detail == NULL && total >= 0)
    check->detail = g_strdup_printf (ngettext ("%d incident", "%d incidents", (gulong) total), (int) MIN (total, G_MAXINT));
  if (roles != NULL && !has_role (roles, "viewer") && !has_role (roles, "global_access"))
    g_ptr_array_add (check->missing, g_strdup (_("The key lacks the right to view data: incidents cannot be read.")));
}

/* ---- the walk ---- */

typedef struct
{
  DdPlainSource *source;
  DdPosition     position;
  gint64         now;
  gboolean       resumed; /* the next page is where a walk before was stopped */
  gboolean       done;
} Incidents;

static void
incidents_free (gpointer data)
{
  Incidents *incidents = data;

  dd_position_clear (&incidents->position);
  g_object_unref (incidents->source);
  g_free (incidents);
}

static DdHttpRequest *
next_page (DdWalk  *walk,
           gpointer state)
{
  Incidents *incidents = state;
  const DdPosition *position = &incidents->position;
  gboolean deep = position->known != DD_TIME_NONE, again = position->reached != DD_TIME_NONE && !deep;
  g_autofree char *time = NULL;
  g_autoptr (GString) query = NULL;

  if (incidents->done)
    return NULL;
  /* The filter knows days only: the day of the newest is read again. */
  time = dd_time_format (again ? position->reached : position->since, NULL);
  query = g_string_new (LIST);
  g_string_append_printf (query, "&page_size=%d&%s", PAGE, again ? "updated_at" : "created_at");
  g_string_append_uri_escaped (query, "[gte]", NULL, FALSE);
  g_string_append_printf (query, "=%.10s", time);
  if (deep)
    {
      g_autofree char *known = dd_time_format (position->known, NULL);

      g_string_append (query, "&created_at");
      g_string_append_uri_escaped (query, "[lte]", NULL, FALSE);
      g_string_append_printf (query, "=%.10s", known);
    }
  if (position->after != NULL)
    {
      g_string_append (query, "&after=");
      g_string_append_uri_escaped (query, position->after, NULL, FALSE);
    }
  return request_new (incidents->source, query->str);
}

/* The last page names no next one, or is shorter than what the server says its pages are. */
static gboolean
turn_page (Incidents  *incidents,
           JsonObject *meta,
           guint       n,
           GError    **error)
{
  const char *after = dd_json_string (meta, "after");

  if (after == NULL || n < dd_json_int (meta, "page_size", 1))
    {
      dd_position_end (&incidents->position);
      incidents->done = TRUE;
      return TRUE;
    }
  if (g_strcmp0 (after, incidents->position.after) == 0)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY,
                           _("incident.io does not say where its list of incidents goes on; sync again later."));
      return FALSE;
    }
  dd_position_go_on (&incidents->position, after, incidents->now);
  return TRUE;
}

static gboolean
take_page (DdWalk            *walk,
           const DdHttpReply *reply,
           gpointer           state,
           GError           **error)
{
  Incidents *incidents = state;
  const DdSourceSettings *settings = dd_plain_source_get_settings (incidents->source);
  JsonArray *list = dd_json_array (dd_json_path (reply->json, ""), "incidents");
  g_autoptr (DdBatch) batch = dd_batch_new ();
  g_autofree char *cursor = NULL;

  if (list == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("incident.io answered without incidents; check its URL."));
      return FALSE;
    }
  for (guint i = 0; i < dd_json_length (list); i++)
    {
      DdIncident *incident = dd_incidentio_read_incident (dd_json_element (list, i), settings->started, settings->resolved);

      if (incident == NULL)
        continue;
      dd_position_see (&incidents->position, incident->updated, incidents->now);
      g_ptr_array_add (batch->incidents, incident);
    }
  if (!turn_page (incidents, dd_json_path (reply->json, "pagination_meta"), dd_json_length (list), error))
    return FALSE;
  incidents->resumed = FALSE;
  cursor = dd_position_format (&incidents->position);
  dd_batch_add_cursor (batch, "", "incidents", cursor);
  dd_walk_put (walk, g_steal_pointer (&batch));
  return TRUE;
}

/* The incident at which a walk was stopped may be gone: then the walk begins again. */
static gboolean
begin_again (DdWalk       *walk,
             const GError *error,
             gpointer      state)
{
  Incidents *incidents = state;

  if (!incidents->resumed ||
      !(g_error_matches (error, DD_ERROR, DD_ERROR_BAD_REPLY) || g_error_matches (error, DD_ERROR, DD_ERROR_NOT_FOUND)))
    return FALSE;
  incidents->resumed = FALSE;
  g_clear_pointer (&incidents->position.after, g_free);
  return TRUE;
}

static void
add_walks (DdPlainSource *source,
           DdWalkGroup   *group,
           DdSink        *sink)
{
  static const DdWalkKind kind = {
    .source = "incidentio", .scope = "", .step = "incidents", .next = next_page, .page = take_page, .failed = begin_again,
  };
  Incidents *incidents = g_new0 (Incidents, 1);

  incidents->source = g_object_ref (source);
  incidents->now = dd_sink_now (sink);
  dd_position_load_deep (&incidents->position, dd_sink_get_cursor (sink, "", "incidents"), dd_plain_source_get_since (source),
                         dd_plain_source_get_full (source), incidents->now, FALSE);
  incidents->resumed = incidents->position.after != NULL;
  dd_walk_group_add (group, dd_walk_new (dd_plain_source_get_http (source), sink, &kind, incidents, incidents_free));
}

DdSource *
dd_incidentio_new (const DdSourceSetup *setup)
{
  static const DdPlainService service = {
    .ask_who = ask_who, .ask_again = ask_for_one, .read_who = read_who, .add_walks = add_walks,
  };

  return dd_plain_source_new (&service, setup);
}
