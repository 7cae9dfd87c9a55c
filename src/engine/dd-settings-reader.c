/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-settings-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "dd-error.h"
#include "dd-settings.h"

static void
note_member_cb (JsonParser *parser,
                JsonObject *object,
                const char *member,
                gpointer    lines)
{
  g_hash_table_insert (lines, json_object_get_member (object, member), GUINT_TO_POINTER (json_parser_get_current_line (parser)));
}

static void
note_element_cb (JsonParser *parser,
                 JsonArray  *array,
                 int         index,
                 gpointer    lines)
{
  g_hash_table_insert (lines, json_array_get_element (array, (guint) index), GUINT_TO_POINTER (json_parser_get_current_line (parser)));
}

JsonNode *
dd_settings_reader_parse (DdSettingsReader *reader,
                          const char       *json,
                          const char       *file_name)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  *reader = (DdSettingsReader) { .file_name = file_name };
  reader->lines = g_hash_table_new (NULL, NULL);
  g_signal_connect (parser, "object-member", G_CALLBACK (note_member_cb), reader->lines);
  g_signal_connect (parser, "array-element", G_CALLBACK (note_element_cb), reader->lines);
  if (json_parser_load_from_data (parser, json, -1, &error) && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, _("%s:%u: this is no JSON: %s"), file_name,
                               json_parser_get_current_line (parser), error != NULL ? error->message : _("it is empty"));
  return NULL;
}

void
dd_settings_reader_clear (DdSettingsReader *reader)
{
  g_clear_pointer (&reader->lines, g_hash_table_unref);
  g_clear_error (&reader->error);
}

void
dd_settings_reader_complain (DdSettingsReader *reader,
                             JsonNode         *node,
                             const char       *path,
                             const char       *format,
                             ...)
{
  g_autofree char *text = NULL;
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (reader->lines, node));
  va_list values;

  if (reader->error != NULL)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  if (line > 0)
    reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, "%s:%u: %s: %s", reader->file_name, line, path, text);
  else
    reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, "%s: %s: %s", reader->file_name, path, text);
}

static char *
join_path (const char *path,
           const char *key)
{
  return *path == '\0' ? g_strdup (key) : g_strconcat (path, ".", key, NULL);
}

void
dd_settings_reader_check_keys (DdSettingsReader   *reader,
                               JsonObject         *object,
                               const char         *path,
                               const char * const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL && reader->error == NULL; l = l->next)
    {
      g_autofree char *full = join_path (path, l->data);
      const char *near;

      if (g_strv_contains (known, l->data))
        continue;
      near = dd_suggest (l->data, known);
      if (near != NULL)
        dd_settings_reader_complain (reader, json_object_get_member (object, l->data), full, _("unknown key; did you mean “%s”?"),
                                     near);
      else
        dd_settings_reader_complain (reader, json_object_get_member (object, l->data), full, _("unknown key"));
    }
}

/* NULL where it is not there or null. Otherwise complains unless @fits. */
static JsonNode *
member (DdSettingsReader *reader,
        JsonObject       *object,
        const char       *path,
        const char       *key,
        gboolean        (*fits) (JsonNode *node),
        const char       *wanted)
{
  JsonNode *node = json_object_get_member (object, key);
  g_autofree char *full = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (fits (node))
    return node;
  full = join_path (path, key);
  dd_settings_reader_complain (reader, node, full, _("must be %s"), wanted);
  return NULL;
}

static gboolean
is_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
is_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_bool (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

JsonObject *
dd_settings_reader_object (DdSettingsReader *reader,
                           JsonObject       *object,
                           const char       *path,
                           const char       *key)
{
  JsonNode *node = member (reader, object, path, key, is_object, _("an object"));

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
dd_settings_reader_array (DdSettingsReader *reader,
                          JsonObject       *object,
                          const char       *path,
                          const char       *key)
{
  JsonNode *node = member (reader, object, path, key, is_array, _("a list"));

  return node != NULL ? json_node_get_array (node) : NULL;
}

void
dd_settings_reader_string (DdSettingsReader *reader,
                           JsonObject       *object,
                           const char       *path,
                           const char       *key,
                           char            **value)
{
  JsonNode *node = member (reader, object, path, key, is_string, _("text"));

  if (node == NULL)
    return;
  g_free (*value);
  *value = g_strdup (json_node_get_string (node));
}

void
dd_settings_reader_bool (DdSettingsReader *reader,
                         JsonObject       *object,
                         const char       *path,
                         const char       *key,
                         gboolean         *value)
{
  JsonNode *node = member (reader, object, path, key, is_bool, _("true or false"));

  if (node != NULL)
    *value = json_node_get_boolean (node);
}

void
dd_settings_reader_number (DdSettingsReader *reader,
                           JsonObject       *object,
                           const char       *path,
                           const char       *key,
                           double            least,
                           double            most,
                           double           *value)
{
  JsonNode *node = member (reader, object, path, key, is_number, _("a number"));
  g_autofree char *full = NULL;
  double number;

  if (node == NULL)
    return;
  number = json_node_get_value_type (node) == G_TYPE_INT64 ? (double) json_node_get_int (node) : json_node_get_double (node);
  if (number >= least && number <= most)
    {
      *value = number;
      return;
    }
  full = join_path (path, key);
  dd_settings_reader_complain (reader, node, full, _("must be from %g to %g"), least, most);
}

void
dd_settings_reader_strings (DdSettingsReader *reader,
                            JsonObject       *object,
                            const char       *path,
                            const char       *key,
                            char           ***value)
{
  JsonArray *array = dd_settings_reader_array (reader, object, path, key);
  g_autoptr (GStrvBuilder) builder = NULL;

  if (array == NULL)
    return;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *full = join_path (path, key);

      if (is_string (node))
        g_strv_builder_add (builder, json_node_get_string (node));
      else
        dd_settings_reader_complain (reader, node, full, _("must be a list of texts"));
    }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
}
