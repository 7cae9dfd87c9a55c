/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-settings-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"
#include "dd-join.h"
#include "dd-settings.h"

/* An object or a list that has begun and not ended. */
typedef struct
{
  guint       line;
  GHashTable *keys; /* of char *: members so far */
} OpenValue;

static void
free_open_value (gpointer data)
{
  OpenValue *open = data;

  g_hash_table_unref (open->keys);
  g_free (open);
}

static void
start_cb (JsonParser       *parser,
          DdSettingsReader *reader)
{
  OpenValue *open = g_new0 (OpenValue, 1);

  open->line = json_parser_get_current_line (parser);
  open->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (reader->open, open);
}

/* @value is a JsonObject or a JsonArray. The line of its start is what people look for, and only now it is known what started. */
static void
end_cb (JsonParser       *parser,
        gpointer          value,
        DdSettingsReader *reader)
{
  OpenValue *open = g_ptr_array_index (reader->open, reader->open->len - 1);

  g_hash_table_insert (reader->lines, value, GUINT_TO_POINTER (open->line));
  g_ptr_array_set_size (reader->open, (int) reader->open->len - 1);
}

static void
member_cb (JsonParser       *parser,
           JsonObject       *object,
           const char       *member,
           DdSettingsReader *reader)
{
  OpenValue *open = g_ptr_array_index (reader->open, reader->open->len - 1);
  guint line = json_parser_get_current_line (parser);

  g_hash_table_insert (reader->lines, json_object_get_member (object, member), GUINT_TO_POINTER (line));
  if (!g_hash_table_add (open->keys, g_strdup (member)) && reader->error == NULL)
    reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, _("%s:%u: %s: is given twice"), reader->file_name, line, member);
}

static void
element_cb (JsonParser       *parser,
            JsonArray        *array,
            int               index,
            DdSettingsReader *reader)
{
  g_hash_table_insert (reader->lines, json_array_get_element (array, (guint) index),
                       GUINT_TO_POINTER (json_parser_get_current_line (parser)));
}

static guint
count_lines (const char *start,
             const char *end)
{
  guint lines = 1;

  for (const char *c = start; c < end; c++)
    lines += *c == '\n';
  return lines;
}

/* The parser names its input "<data>" before line and column; the user knows it by its name. */
static void
complain_of_text (DdSettingsReader *reader,
                  const char       *message)
{
  const char *place = g_str_has_prefix (message, "<data>:") ? message + strlen ("<data>:") : NULL;

  if (place != NULL)
    reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, _("%s:%s (this is not JSON)"), reader->file_name, place);
  else
    reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, _("%s: %s (this is not JSON)"), reader->file_name, message);
}

JsonNode *
dd_settings_reader_parse (DdSettingsReader *reader,
                          const char       *json,
                          const char       *file_name)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  const char *end;

  *reader = (DdSettingsReader) { .file_name = file_name };
  reader->lines = g_hash_table_new (NULL, NULL);
  reader->open = g_ptr_array_new_with_free_func (free_open_value);
  /* Some editors begin a file with a byte order mark. */
  if (g_str_has_prefix (json, "\xef\xbb\xbf"))
    json += 3;
  if (!g_utf8_validate (json, -1, &end))
    {
      reader->error = g_error_new (DD_ERROR, DD_ERROR_INVALID, _("%s:%u: this is not UTF-8 text"), file_name, count_lines (json, end));
      return NULL;
    }
  g_signal_connect (parser, "object-start", G_CALLBACK (start_cb), reader);
  g_signal_connect (parser, "object-end", G_CALLBACK (end_cb), reader);
  g_signal_connect (parser, "object-member", G_CALLBACK (member_cb), reader);
  g_signal_connect (parser, "array-start", G_CALLBACK (start_cb), reader);
  g_signal_connect (parser, "array-end", G_CALLBACK (end_cb), reader);
  g_signal_connect (parser, "array-element", G_CALLBACK (element_cb), reader);
  if (!json_parser_load_from_data (parser, json, -1, &error))
    {
      g_clear_error (&reader->error);
      complain_of_text (reader, error->message);
      return NULL;
    }
  if (reader->error == NULL && json_parser_get_root (parser) == NULL)
    complain_of_text (reader, _("it is empty"));
  return reader->error == NULL ? json_parser_steal_root (parser) : NULL;
}

void
dd_settings_reader_clear (DdSettingsReader *reader)
{
  g_clear_pointer (&reader->lines, g_hash_table_unref);
  g_clear_pointer (&reader->open, g_ptr_array_unref);
  g_clear_error (&reader->error);
}

/* 0 where it is not known. */
static guint
line_of (DdSettingsReader *reader,
         JsonNode         *node)
{
  gpointer value = node;

  if (node == NULL)
    return 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    value = json_node_get_object (node);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    value = json_node_get_array (node);
  return GPOINTER_TO_UINT (g_hash_table_lookup (reader->lines, value));
}

void
dd_settings_reader_complain (DdSettingsReader *reader,
                             JsonNode         *node,
                             const char       *path,
                             const char       *format,
                             ...)
{
  g_autofree char *text = NULL;
  guint line = line_of (reader, node);
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

static double
number_of (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_INT64 ? (double) json_node_get_int (node) : json_node_get_double (node);
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
  number = number_of (node);
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

void
dd_settings_reader_numbers (DdSettingsReader *reader,
                            JsonObject       *object,
                            const char       *path,
                            const char       *key,
                            guint             n,
                            double           *values)
{
  JsonArray *array = dd_settings_reader_array (reader, object, path, key);
  g_autofree char *full = join_path (path, key);

  if (array == NULL)
    return;
  if (json_array_get_length (array) != n)
    {
      dd_settings_reader_complain (reader, json_object_get_member (object, key), full,
                                   ngettext ("must be a list of %u number", "must be a list of %u numbers", n), n);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (is_number (node))
        values[i] = number_of (node);
      else
        dd_settings_reader_complain (reader, node, full,
                                     ngettext ("must be a list of %u number", "must be a list of %u numbers", n), n);
    }
}

int
dd_settings_reader_word (DdSettingsReader   *reader,
                         JsonObject         *object,
                         const char         *path,
                         const char         *key,
                         const char * const *words,
                         int                 fallback)
{
  g_autofree char *word = NULL;
  g_autofree char *list = NULL;
  g_autofree char *full = join_path (path, key);

  dd_settings_reader_string (reader, object, path, key, &word);
  if (word == NULL)
    return fallback;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  list = dd_join_items (words);
  dd_settings_reader_complain (reader, json_object_get_member (object, key), full, _("“%s” must be one of %s"), word, list);
  return fallback;
}
