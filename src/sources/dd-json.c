/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-json.h"

#include <math.h>
#include <string.h>

#include "dd-time.h"

/* json-glib's own getters raise a critical where a member has another type than expected, and servers do send such. */
static JsonNode *
value_node (JsonObject *object,
            const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
dd_json_string (JsonObject *object,
                const char *member)
{
  JsonNode *node = value_node (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
dd_json_int (JsonObject *object,
             const char *member,
             gint64      fallback)
{
  JsonNode *node = value_node (object, member);
  double number;

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;
  number = json_node_get_double (node);
  return isfinite (number) && fabs (number) < 9e18 ? llround (number) : fallback;
}

double
dd_json_double (JsonObject *object,
                const char *member,
                double      fallback)
{
  JsonNode *node = value_node (object, member);

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return (double) json_node_get_int (node);
  return json_node_get_value_type (node) == G_TYPE_DOUBLE ? json_node_get_double (node) : fallback;
}

gboolean
dd_json_bool (JsonObject *object,
              const char *member,
              gboolean    fallback)
{
  JsonNode *node = value_node (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : fallback;
}

JsonObject *
dd_json_object (JsonObject *object,
                const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
dd_json_array (JsonObject *object,
               const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gint64
dd_json_time (JsonObject *object,
              const char *member)
{
  gint64 time = DD_TIME_NONE;

  dd_time_parse (dd_json_string (object, member), &time);
  return time;
}

JsonObject *
dd_json_path (JsonNode   *node,
              const char *path)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_auto (GStrv) members = g_strsplit (path, ".", -1);

  for (int i = 0; object != NULL && members[i] != NULL; i++)
    object = dd_json_object (object, members[i]);
  return object;
}

guint
dd_json_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

JsonObject *
dd_json_element (JsonArray *array,
                 guint      index)
{
  JsonNode *node = index < dd_json_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
dd_json_graphql (const char *query,
                 JsonObject *variables)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "query", query);
  if (variables != NULL)
    json_object_set_object_member (object, "variables", variables);
  json_node_set_object (root, object);
  return json_to_string (root, FALSE);
}
