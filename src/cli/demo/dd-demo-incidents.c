/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-demo-answers.h"
#include "dd-time.h"

static void
add_label (JsonBuilder *builder,
           const char  *name)
{
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", name);
  json_builder_end_object (builder);
}

static gint64
updated_at (const DdDemoIncident *incident)
{
  return incident->resolved != DD_TIME_NONE ? incident->resolved : incident->started;
}

static void
add_issue (JsonBuilder *builder,
           guint        place,
           gpointer     data)
{
  const DdDemoWorld *world = data;
  const DdDemoIncident *incident = g_ptr_array_index (world->incidents, world->incidents->len - 1 - place);
  g_autofree char *url = g_strconcat ("https://linear.example/lindholm/issue/", incident->key, NULL);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "id", incident->key);
  dd_demo_add_string (builder, "identifier", incident->key);
  dd_demo_add_string (builder, "title", incident->title);
  dd_demo_add_string (builder, "url", url);
  dd_demo_add_time (builder, "createdAt", incident->started);
  dd_demo_add_time (builder, "updatedAt", updated_at (incident));
  dd_demo_add_time (builder, "completedAt", incident->resolved);
  dd_demo_add_bool (builder, "trashed", FALSE);
  json_builder_set_member_name (builder, "state");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "type", incident->resolved != DD_TIME_NONE ? "completed" : "started");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "labels");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  add_label (builder, incident->label);
  if (incident->repository != NULL)
    {
      g_autofree char *label = g_strconcat ("repo:", incident->repository, NULL);

      add_label (builder, label);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

JsonNode *
dd_demo_answer_linear (const DdDemoWorld *world,
                       const char        *query,
                       JsonObject        *variables)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean known = dd_demo_query_is (query, "Issues") || dd_demo_query_is (query, "Viewer");

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "viewer");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", "Mara Lindqvist");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "organization");
  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "name", "Lindholm Outfitters");
  json_builder_end_object (builder);
  if (dd_demo_query_is (query, "Issues"))
    dd_demo_add_connection (builder, "issues", world->incidents->len,
                            (guint) CLAMP (json_object_get_int_member_with_default (variables, "first", 50), 1, 250),
                            json_object_get_string_member_with_default (variables, "after", NULL), add_issue, (gpointer) world);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return known ? json_builder_get_root (builder) : NULL;
}

static char *
post_id (const DdDemoIncident *incident)
{
  return g_strconcat ("pm-", incident->key, NULL);
}

static char *
post_text (const DdDemoIncident *incident)
{
  g_autofree char *started = dd_time_format (incident->started, NULL);
  g_autofree char *resolved = dd_time_format (incident->resolved, NULL);

  return g_strdup_printf ("What happened: %s\nSeverity: sev2\nStarted at: %s\n%s%s\nIncident: %s\n", incident->title, started,
                          resolved != NULL ? "Resolved at: " : "Still going on", resolved != NULL ? resolved : "", incident->key);
}

/* The content is a string that holds a Quill Delta as JSON, as on the wire. */
static void
add_content (JsonBuilder          *builder,
             const DdDemoIncident *incident)
{
  g_autoptr (JsonBuilder) delta = json_builder_new ();
  g_autofree char *text = post_text (incident);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *packed = NULL;

  json_builder_begin_array (delta);
  json_builder_begin_object (delta);
  dd_demo_add_string (delta, "insert", text);
  json_builder_end_object (delta);
  json_builder_end_array (delta);
  root = json_builder_get_root (delta);
  packed = json_to_string (root, FALSE);
  dd_demo_add_string (builder, "content", packed);
}

static void
add_post (JsonBuilder          *builder,
          const DdDemoIncident *incident,
          gboolean              whole)
{
  g_autofree char *id = post_id (incident);
  g_autofree char *title = g_strdup_printf ("Postmortem: %s %s", incident->key, incident->title);

  json_builder_begin_object (builder);
  dd_demo_add_string (builder, "id", id);
  dd_demo_add_string (builder, "title", title);
  dd_demo_add_time (builder, "publishedAt", updated_at (incident) + DD_HOUR);
  dd_demo_add_time (builder, "updatedAt", updated_at (incident) + DD_HOUR);
  dd_demo_add_string (builder, "archivedAt", NULL);
  if (whole)
    add_content (builder, incident);
  json_builder_end_object (builder);
}

static gboolean
is_asked_for (const DdDemoIncident *incident,
              JsonArray            *ids)
{
  g_autofree char *id = post_id (incident);

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    if (g_strcmp0 (json_array_get_string_element (ids, i), id) == 0)
      return TRUE;
  return FALSE;
}

JsonNode *
dd_demo_answer_slab (const DdDemoWorld *world,
                     const char        *query,
                     JsonObject        *variables)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean by_ids = dd_demo_query_is (query, "PostsByIds");
  JsonArray *ids = by_ids ? json_object_get_array_member (variables, "ids") : NULL;

  if (!by_ids && !dd_demo_query_is (query, "Posts") && !dd_demo_query_is (query, "Organization"))
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  if (!by_ids)
    {
      json_builder_set_member_name (builder, "organization");
      json_builder_begin_object (builder);
      dd_demo_add_string (builder, "name", "Lindholm Outfitters");
      dd_demo_add_string (builder, "host", "lindholm.slab.example");
    }
  json_builder_set_member_name (builder, "posts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < world->incidents->len; i++)
    {
      const DdDemoIncident *incident = g_ptr_array_index (world->incidents, i);

      if (by_ids ? is_asked_for (incident, ids) : incident->postmortem)
        add_post (builder, incident, by_ids);
    }
  json_builder_end_array (builder);
  if (!by_ids)
    json_builder_end_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
