/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-incidentio-records.h"

#include <string.h>

#include "dd-json.h"

/* Nothing lasts longer, 300 years in seconds: what a server says beyond is nonsense, and would not fit a time. */
#define LONGEST_SECONDS 1e10

static gboolean
contains_any (const char *name,
              char      **parts)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (int i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = g_utf8_casefold (parts[i], -1);

      if (*part != '\0' && strstr (folded, part) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gint64
read_timestamp (JsonObject *object,
                char      **names)
{
  JsonArray *values = dd_json_array (object, "incident_timestamp_values");

  for (guint i = 0; i < dd_json_length (values); i++)
    {
      JsonObject *value = dd_json_element (values, i);
      const char *name = dd_json_string (dd_json_object (value, "incident_timestamp"), "name");
      gint64 time = dd_json_time (dd_json_object (value, "value"), "value");

      if (name != NULL && time != DD_TIME_NONE && contains_any (name, names))
        return time;
    }
  return DD_TIME_NONE;
}

static gint64
read_duration (JsonObject *object)
{
  JsonArray *metrics = dd_json_array (object, "duration_metrics");

  for (guint i = 0; i < dd_json_length (metrics); i++)
    {
      JsonObject *metric = dd_json_element (metrics, i);
      double seconds = dd_json_double (metric, "value_seconds", -1);

      if (g_strcmp0 (dd_json_string (metric, "status"), "success") == 0 && seconds >= 0 && seconds < LONGEST_SECONDS)
        return (gint64) (seconds * DD_SECOND);
    }
  return DD_TIME_NONE;
}

static DdIncidentState
read_state (JsonObject *object)
{
  const char *mode = dd_json_string (object, "mode");
  const char *category = dd_json_string (dd_json_object (object, "incident_status"), "category");

  if (g_strcmp0 (mode, "test") == 0 || g_strcmp0 (mode, "tutorial") == 0)
    return DD_INCIDENT_TEST;
  if (g_strcmp0 (category, "declined") == 0 || g_strcmp0 (category, "merged") == 0 || g_strcmp0 (category, "canceled") == 0)
    return DD_INCIDENT_CANCELLED;
  return DD_INCIDENT_LIVE;
}

/* Where it is found here, and the issue in another tracker that it was exported to. */
static char *
read_links (JsonObject *object)
{
  JsonObject *issue = dd_json_object (object, "external_issue_reference");
  const char *links[] = {
    dd_json_string (object, "permalink"), dd_json_string (issue, "issue_permalink"), dd_json_string (issue, "issue_name"),
  };
  g_autoptr (GString) text = g_string_new (NULL);

  /* Spaces are what separates links. */
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    if (links[i] != NULL && *links[i] != '\0' && strpbrk (links[i], " \t\r\n") == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", links[i]);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

DdIncident *
dd_incidentio_read_incident (JsonObject *object,
                             char      **started,
                             char      **resolved)
{
  const char *id = dd_json_string (object, "id");
  gint64 duration = read_duration (object);
  DdIncident *incident;

  if (id == NULL)
    return NULL;
  incident = g_new0 (DdIncident, 1);
  incident->kind = DD_INCIDENT_INCIDENT;
  incident->state = read_state (object);
  incident->key = g_strdup (id);
  incident->name = g_strdup (dd_json_string (object, "reference"));
  incident->title = g_strdup (dd_json_string (object, "name"));
  incident->url = g_strdup (dd_json_string (object, "permalink"));
  incident->links = read_links (object);
  incident->severity = g_strdup (dd_json_string (dd_json_object (object, "severity"), "name"));
  incident->updated = dd_json_time (object, "updated_at");
  incident->started = read_timestamp (object, started);
  if (incident->started == DD_TIME_NONE)
    incident->started = dd_json_time (object, "created_at");
  incident->resolved = read_timestamp (object, resolved);
  if (incident->resolved == DD_TIME_NONE && incident->started != DD_TIME_NONE && duration != DD_TIME_NONE)
    incident->resolved = incident->started + duration;
  return incident;
}
