/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A strict reader of JSON for people: each complaint names the file, the line and the key, and the first one ends it. */
typedef struct
{
  const char *file_name;
  GHashTable *lines; /* JsonNode → line of a member or an element, JsonObject and JsonArray → line where it starts */
  GPtrArray  *open;  /* what has begun and not ended, while parsing */
  GError     *error; /* the first complaint */
} DdSettingsReader;

/* Parses @json and remembers where each value stands. NULL with an error. */
JsonNode   *dd_settings_reader_parse (DdSettingsReader *reader, const char *json, const char *file_name);
void        dd_settings_reader_clear (DdSettingsReader *reader);

/* Complains about @node at @path: "FILE:LINE: PATH: …". Later complaints are passed over. */
void        dd_settings_reader_complain (DdSettingsReader *reader, JsonNode *node, const char *path, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* Complains about members of @object that are not in @known, with a suggestion. */
void        dd_settings_reader_check_keys (DdSettingsReader *reader, JsonObject *object, const char *path, const char * const *known);

/* Each reads a member into @value where it is there, and complains where it is of another kind. Null leaves @value. */
JsonObject *dd_settings_reader_object (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key);
JsonArray  *dd_settings_reader_array (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key);
void        dd_settings_reader_string (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key, char **value);
void        dd_settings_reader_bool (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key, gboolean *value);
void        dd_settings_reader_number (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key, double least,
                                       double most, double *value);
void        dd_settings_reader_strings (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key, char ***value);
/* All @n numbers of a list. */
void        dd_settings_reader_numbers (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key, guint n,
                                        double *values);
/* The index in @words; @fallback where it is not there or is none of them. */
int         dd_settings_reader_word (DdSettingsReader *reader, JsonObject *object, const char *path, const char *key,
                                     const char * const *words, int fallback);

G_END_DECLS
