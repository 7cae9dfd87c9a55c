/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "dd-demo-world.h"

G_BEGIN_DECLS

/* Answers to the queries of DoraDash's own sources, by the query's name. NULL for others. */
JsonNode *dd_demo_answer_github (const DdDemoWorld *world, const char *query, JsonObject *variables) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *dd_demo_answer_linear (const DdDemoWorld *world, const char *query, JsonObject *variables) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *dd_demo_answer_slab (const DdDemoWorld *world, const char *query, JsonObject *variables) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE where @query is the one of that name. */
gboolean  dd_demo_query_is (const char *query, const char *name);

/* Members for answers. */
void      dd_demo_add_string (JsonBuilder *builder, const char *name, const char *value);
void      dd_demo_add_time (JsonBuilder *builder, const char *name, gint64 time);
void      dd_demo_add_bool (JsonBuilder *builder, const char *name, gboolean value);

/* A page of @total items, newest first, from cursor @after on: calls @func for each with its place from the newest. */
typedef void (*DdDemoItem) (JsonBuilder *builder, guint place, gpointer data);
void      dd_demo_add_connection (JsonBuilder *builder, const char *name, guint total, guint first, const char *after, DdDemoItem func,
                                  gpointer data);

G_END_DECLS
