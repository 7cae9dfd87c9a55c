/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Getters that never raise: a member that is missing, null or of another type gives the fallback. @object may be NULL. */
const char *dd_json_string (JsonObject *object, const char *member);             /* NULL */
gint64      dd_json_int (JsonObject *object, const char *member, gint64 fallback); /* doubles are rounded */
double      dd_json_double (JsonObject *object, const char *member, double fallback);
gboolean    dd_json_bool (JsonObject *object, const char *member, gboolean fallback);
JsonObject *dd_json_object (JsonObject *object, const char *member);             /* NULL */
JsonArray  *dd_json_array (JsonObject *object, const char *member);              /* NULL */
gint64      dd_json_time (JsonObject *object, const char *member);               /* RFC 3339; DD_TIME_NONE */

/* The object at a path of members ("data.organization.repositories"); NULL where any is missing. */
JsonObject *dd_json_path (JsonNode *node, const char *path);

/* Element @index where it is an object, else NULL. @array may be NULL: its length is then 0. */
guint       dd_json_length (JsonArray *array);
JsonObject *dd_json_element (JsonArray *array, guint index);

/* {"query": …, "variables": {…}} as text. @variables: (transfer full) (nullable). */
char       *dd_json_graphql (const char *query, JsonObject *variables) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
