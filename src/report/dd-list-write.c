/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "dd-csv-text.h"
#include "dd-data-health.h"
#include "dd-report.h"
#include "dd-words.h"

static double
seconds_of (const DdRecordRow *row)
{
  return row->value != DD_TIME_NONE ? (double) row->value / (double) DD_SECOND : NAN;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_record (JsonBuilder       *builder,
            const DdRecordRow *row,
            GTimeZone         *zone)
{
  g_autofree char *time = dd_time_format (row->time, zone);

  json_builder_begin_object (builder);
  add_string (builder, "kind", row->kind);
  add_string (builder, "id", row->id);
  add_string (builder, "repository", row->repository);
  add_string (builder, "title", row->title);
  add_string (builder, "time", time);
  json_builder_set_member_name (builder, "value");
  if (row->value == DD_TIME_NONE)
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, seconds_of (row));
  json_builder_set_member_name (builder, "counted");
  json_builder_add_boolean_value (builder, row->counted);
  add_string (builder, "rule", dd_rule_name (row->rule));
  add_string (builder, "note", row->note);
  add_string (builder, "url", row->url);
  json_builder_end_object (builder);
}

static char *
builder_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

static char *
records_json (const GPtrArray *rows,
              GTimeZone       *zone)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_record (builder, g_ptr_array_index (rows, i), zone);
  json_builder_end_array (builder);
  return builder_text (builder);
}

static char *
records_csv (const GPtrArray *rows,
             GTimeZone       *zone)
{
  g_autoptr (GString) out = g_string_new ("kind,id,repository,title,time,value,counted,rule,note,url\n");

  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i);
      g_autofree char *time = dd_time_format (row->time, zone);

      dd_csv_text (out, row->kind);
      dd_csv_text (out, row->id);
      dd_csv_text (out, row->repository);
      dd_csv_text (out, row->title);
      dd_csv_text (out, time);
      dd_csv_number (out, seconds_of (row));
      dd_csv_text (out, row->counted ? "true" : "false");
      dd_csv_text (out, dd_rule_name (row->rule));
      dd_csv_text (out, row->note);
      dd_csv_text (out, row->url);
      dd_csv_end (out);
    }
  return g_strdup (out->str);
}

static char *
records_text (const GPtrArray *rows,
              GTimeZone       *zone)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint counted = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i);
      g_autofree char *time = row->time != DD_TIME_NONE ? dd_words_time (row->time, zone) : g_strdup ("–");
      g_autofree char *value = row->value != DD_TIME_NONE ? dd_duration_format (seconds_of (row)) : g_strdup ("");
      g_autofree char *id = dd_words_clean (row->id, 24);
      g_autofree char *repository = dd_words_clean (row->repository != NULL ? row->repository : "–", 20);
      g_autofree char *title = dd_words_clean (row->title, 48);
      g_autofree char *note = dd_words_clean (row->note, 60);

      counted += row->counted;
      g_string_append_printf (out, "%s %-22s %-24s %-20s %-12s %s  [%s%s%s]\n", row->counted ? "+" : " ", time, id, repository, value,
                              title, dd_rule_describe (row->rule), *note != '\0' ? "; " : "", note);
    }
  g_string_append_printf (out, _("%u of %u records count.\n"), counted, rows->len);
  return g_strdup (out->str);
}

char *
dd_records_write (const GPtrArray *rows,
                  const char      *format,
                  GTimeZone       *zone)
{
  if (strcmp (format, "json") == 0)
    return records_json (rows, zone);
  if (strcmp (format, "csv") == 0)
    return records_csv (rows, zone);
  return records_text (rows, zone);
}

static char *
health_json (const GPtrArray *steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);

      json_builder_begin_object (builder);
      add_string (builder, "step", step->step);
      json_builder_set_member_name (builder, "records");
      json_builder_add_int_value (builder, step->records);
      json_builder_set_member_name (builder, "left_out");
      json_builder_add_int_value (builder, step->left_out);
      add_string (builder, "rule", step->rule);
      add_string (builder, "setting", step->setting);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return builder_text (builder);
}

char *
dd_health_write (const GPtrArray *steps,
                 gboolean         json)
{
  g_autoptr (GString) out = NULL;

  if (json)
    return health_json (steps);
  out = g_string_new (NULL);
  for (guint i = 0; i < steps->len; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);

      if (step->rule == NULL)
        g_string_append_printf (out, "%7u  %s\n", step->records, step->step);
      else if (step->setting != NULL)
        g_string_append_printf (out, _("  −%6u  %s (setting %s)\n"), step->left_out, step->describe, step->setting);
      else
        g_string_append_printf (out, "  −%6u  %s\n", step->left_out, step->describe);
    }
  return g_strdup (out->str);
}
