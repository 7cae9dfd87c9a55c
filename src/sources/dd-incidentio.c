/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidentio.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-json.h"
#include "dd-plain-source.h"
#include "dd-position.h"

#define PAGE 250

/* A limit's end is a date in the body. */
static DdVerdict
judge (const DdHttpReply *reply,
       gint64             now,
       gint64            *wait,
       GError           **error)
{
  JsonObject *root = reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
  const char *after = dd_json_string (dd_json_object (root, "rate_limit"), "retry_after");
  g_autoptr (GHashTable) headers = NULL;
  DdHttpReply dated = *reply;

  if (reply->status != 429 || after == NULL)
    return dd_http_judge (reply, now, wait, error);
  headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (headers, "retry-after", (gpointer) after);
  dated.headers = headers;
  return dd_http_judge (&dated, now, wait, error);
}

static DdHttpRequest *
request_new (DdPlainSource *source,
             const char    *path)
{
  g_autofree char *url = g_strconcat (dd_plain_source_get_settings (source)->url, path, NULL);
  DdHttpRequest *request = dd_http_request_new ("incident.io", url);

  request->authorization = g_strconcat ("Bearer ", dd_plain_source_get_token (source), NULL);
  request->judge = judge;
  return request;
}

static DdHttpRequest *
ask_who (DdPlainSource *source)
{
  return request_new (source, "/v2/incidents?page_size=1");
}

static void
read_who (const DdHttpReply *reply,
          DdSourceCheck     *check)
{
  gint64 total = dd_json_int (dd_json_path (reply->json, "pagination_meta"), "total_record_count", -1);

  check->who = g_strdup (_("an API key of incident.io"));
  if (total >= 0)
    check->detail = g_strdup_printf (ngettext ("%d incident", "%d incidents", (gulong) total), (int) total);
}

/* ---- records ---- */

static gboolean
is_named_like (const char *name,
               char      **patterns)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (int i = 0; patterns[i] != NULL; i++)
    {
      g_autofree char *pattern = g_utf8_casefold (patterns[i], -1);

      if (strstr (folded, pattern) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The time that stands under a name like one of @patterns; accounts name their own. */
static gint64
read_timestamp (JsonObject *incident,
                char      **patterns)
{
  JsonArray *values = dd_json_array (incident, "incident_timestamp_values");

  for (guint i = 0; i < dd_json_length (values); i++)
    {
      JsonObject *value = dd_json_element (values, i);
      const char *name = dd_json_string (dd_json_object (value, "incident_timestamp"), "name");
      gint64 time = dd_json_time (dd_json_object (value, "value"), "value");

      if (name != NULL && time != DD_TIME_NONE && is_named_like (name, patterns))
        return time;
    }
  return DD_TIME_NONE;
}

static gint64
read_duration (JsonObject *incident)
{
  JsonArray *metrics = dd_json_array (incident, "duration_metrics");

  for (guint i = 0; i < dd_json_length (metrics); i++)
    {
      JsonObject *metric = dd_json_element (metrics, i);
      JsonObject *value = dd_json_object (metric, "value") != NULL ? dd_json_object (metric, "value") : metric;
      double seconds = dd_json_double (value, "value_seconds", -1);

      if (seconds >= 0 && seconds < 1e10)
        return (gint64) (seconds * DD_SECOND);
    }
  return DD_TIME_NONE;
}

static DdIncidentState
read_state (JsonObject *incident)
{
  const char *mode = dd_json_string (incident, "mode");
  const char *category = dd_json_string (dd_json_object (incident, "incident_status"), "category");

  if (g_strcmp0 (mode, "test") == 0 || g_strcmp0 (mode, "tutorial") == 0)
    return DD_INCIDENT_TEST;
  if (g_strcmp0 (category, "declined") == 0 || g_strcmp0 (category, "merged") == 0 || g_strcmp0 (category, "canceled") == 0)
    return DD_INCIDENT_CANCELLED;
  return DD_INCIDENT_LIVE;
}

static DdIncident *
read_incident (JsonObject             *object,
               const DdSourceSettings *settings)
{
  JsonObject *issue = dd_json_object (object, "external_issue_reference");
  const char *id = dd_json_string (object, "id");
  const char *link = dd_json_string (issue, "issue_permalink"), *name = dd_json_string (issue, "issue_name");
  gint64 duration;
  DdIncident *incident;

  if (id == NULL)
    return NULL;
  incident = g_new0 (DdIncident, 1);
  incident->kind = DD_INCIDENT_INCIDENT;
  incident->key = g_strdup (id);
  incident->name = g_strdup (dd_json_string (object, "reference"));
  incident->title = g_strdup (dd_json_string (object, "name"));
  incident->url = g_strdup (dd_json_string (object, "permalink"));
  if (link != NULL || name != NULL)
    incident->links = g_strdup_printf ("%s %s", link != NULL ? link : "", name != NULL ? name : "");
  incident->severity = g_strdup (dd_json_string (dd_json_object (object, "severity"), "name"));
  incident->state = read_state (object);
  incident->started = read_timestamp (object, settings->started);
  if (incident->started == DD_TIME_NONE)
    incident->started = dd_json_time (object, "created_at");
  incident->resolved = read_timestamp (object, settings->resolved);
  duration = incident->resolved == DD_TIME_NONE ? read_duration (object) : DD_TIME_NONE;
  if (duration != DD_TIME_NONE && incident->started != DD_TIME_NONE)
    incident->resolved = incident->started + duration;
  incident->updated = dd_json_time (object, "updated_at");
  return incident;
}

/* ---- the walk ---- */

typedef struct
{
  DdPlainSource *source;
  DdPosition     position;
  gint64         now;
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
  gboolean again = incidents->position.reached != DD_TIME_NONE;
  g_autofree char *time = NULL;
  g_autofree char *path = NULL;

  if (incidents->done)
    return NULL;
  /* The filter knows days only: the day of the newest is read again. */
  time = dd_time_format (again ? incidents->position.reached : incidents->position.since, NULL);
  path = g_strdup_printf ("/v2/incidents?page_size=%d&sort_by=created_at_oldest_first&%s%%5Bgte%%5D=%.10s%s%s", PAGE,
                          again ? "updated_at" : "created_at", time, incidents->position.after != NULL ? "&after=" : "",
                          incidents->position.after != NULL ? incidents->position.after : "");
  return request_new (incidents->source, path);
}

static gboolean
take_page (DdWalk            *walk,
           const DdHttpReply *reply,
           gpointer           state,
           GError           **error)
{
  Incidents *incidents = state;
  JsonObject *root = reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json) ? json_node_get_object (reply->json) : NULL;
  JsonArray *list = dd_json_array (root, "incidents");
  const char *after = dd_json_string (dd_json_object (root, "pagination_meta"), "after");
  g_autofree char *cursor = NULL;
  DdBatch *batch;

  if (list == NULL)
    {
      g_set_error_literal (error, DD_ERROR, DD_ERROR_BAD_REPLY, _("incident.io answered without incidents; check its URL."));
      return FALSE;
    }
  batch = dd_batch_new ();
  for (guint i = 0; i < dd_json_length (list); i++)
    {
      DdIncident *incident = read_incident (dd_json_element (list, i), dd_plain_source_get_settings (incidents->source));

      if (incident == NULL)
        continue;
      dd_position_see (&incidents->position, incident->updated, incidents->now);
      g_ptr_array_add (batch->incidents, incident);
    }
  if (after != NULL && dd_json_length (list) > 0)
    {
      g_autofree char *escaped = g_uri_escape_string (after, NULL, FALSE);

      dd_position_go_on (&incidents->position, escaped, incidents->now);
    }
  else
    {
      dd_position_end (&incidents->position);
      incidents->done = TRUE;
    }
  cursor = dd_position_format (&incidents->position);
  dd_batch_add_cursor (batch, "", "incidents", cursor);
  dd_walk_put (walk, batch);
  return TRUE;
}

static void
add_walks (DdPlainSource *source,
           DdWalkGroup   *group,
           DdSink        *sink)
{
  static const DdWalkKind kind = { .source = "incidentio", .scope = "", .step = "incidents", .next = next_page, .page = take_page };
  Incidents *incidents = g_new0 (Incidents, 1);

  incidents->source = g_object_ref (source);
  incidents->now = dd_sink_now (sink);
  dd_position_load (&incidents->position, dd_sink_get_cursor (sink, "", "incidents"), dd_plain_source_get_since (source),
                    dd_plain_source_get_full (source), incidents->now);
  dd_walk_group_add (group, dd_walk_new (dd_plain_source_get_http (source), sink, &kind, incidents, incidents_free));
}

DdSource *
dd_incidentio_new (const DdSourceSetup *setup)
{
  static const DdPlainService service = { "incidentio", "incident.io", ask_who, read_who, add_walks };

  return dd_plain_source_new (&service, setup);
}
