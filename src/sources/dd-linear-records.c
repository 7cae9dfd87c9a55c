/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-linear-records.h"

#include <string.h>

#include "dd-json.h"

static char **
read_labels (JsonObject *issue)
{
  JsonArray *nodes = dd_json_array (dd_json_object (issue, "labels"), "nodes");
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      const char *name = dd_json_string (dd_json_element (nodes, i), "name");

      if (name != NULL)
        g_strv_builder_add (labels, name);
    }
  return g_strv_builder_end (labels);
}

/* What is attached may be the same incident elsewhere, or its postmortem. */
static char *
read_links (JsonObject *issue)
{
  JsonArray *nodes = dd_json_array (dd_json_object (issue, "attachments"), "nodes");
  g_autoptr (GString) links = g_string_new (NULL);

  for (guint i = 0; i < dd_json_length (nodes); i++)
    {
      const char *url = dd_json_string (dd_json_element (nodes, i), "url");

      /* Spaces are what separates links. */
      if (url != NULL && *url != '\0' && strpbrk (url, " \t\r\n") == NULL)
        g_string_append_printf (links, "%s%s", links->len > 0 ? " " : "", url);
    }
  return links->len > 0 ? g_strdup (links->str) : NULL;
}

DdIncident *
dd_linear_read_issue (JsonObject *issue)
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
  incident->labels = read_labels (issue);
  incident->links = read_links (issue);
  incident->started = dd_json_time (issue, "createdAt");
  incident->updated = dd_json_time (issue, "updatedAt");
  /* A time of completion counts only while the issue is completed. */
  incident->resolved = g_strcmp0 (type, "completed") == 0 ? dd_json_time (issue, "completedAt") : DD_TIME_NONE;
  if (g_strcmp0 (type, "canceled") == 0 || g_strcmp0 (type, "duplicate") == 0 || dd_json_bool (issue, "trashed", FALSE))
    incident->state = DD_INCIDENT_CANCELLED;
  return incident;
}
