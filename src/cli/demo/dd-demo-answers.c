/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-demo-answers.h"

#include <string.h>

#include "dd-time.h"

gboolean
dd_demo_query_is (const char *query,
                  const char *name)
{
  const char *found = strstr (query, name);

  return g_str_has_prefix (query, "query ") && found == query + strlen ("query ") && !g_ascii_isalnum (found[strlen (name)]);
}

void
dd_demo_add_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
dd_demo_add_time (JsonBuilder *builder,
                  const char  *name,
                  gint64       time)
{
  g_autofree char *text = dd_time_format (time, NULL);

  dd_demo_add_string (builder, name, text);
}

void
dd_demo_add_bool (JsonBuilder *builder,
                  const char  *name,
                  gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
dd_demo_add_connection (JsonBuilder *builder,
                        const char  *name,
                        guint        total,
                        guint        first,
                        const char  *after,
                        DdDemoItem   func,
                        gpointer     data)
{
  guint from = after != NULL ? (guint) g_ascii_strtoull (after, NULL, 10) : 0;
  guint to = MIN (total, from + first);
  g_autofree char *cursor = g_strdup_printf ("%u", to);

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "totalCount");
  json_builder_add_int_value (builder, total);
  json_builder_set_member_name (builder, "pageInfo");
  json_builder_begin_object (builder);
  dd_demo_add_bool (builder, "hasNextPage", to < total);
  dd_demo_add_string (builder, "endCursor", cursor);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint place = from; place < to; place++)
    func (builder, place, data);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
