/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-csv-text.h"
#include "dd-data-health.h"
#include "dd-join.h"
#include "dd-json-text.h"
#include "dd-page.h"
#include "dd-report.h"
#include "dd-words.h"

#define LONGEST_ID 40
#define LONGEST_NAME 60
#define LONGEST_TITLE 120

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
    dd_json_add_string (builder, value);
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

/* A line each; where lines end, what does not fit goes on below it. */
static char *
records_text (const GPtrArray *rows,
              GTimeZone       *zone,
              gboolean         utf8,
              int              columns)
{
  g_autofree char *sum = NULL;
  guint counted = 0;
  DdPage page;

  dd_page_init (&page, FALSE, utf8, columns);
  for (guint i = 0; i < rows->len; i++)
    {
      const DdRecordRow *row = g_ptr_array_index (rows, i);
      g_autofree char *time = dd_words_time (row->time, zone);
      g_autofree char *value = row->value != DD_TIME_NONE ? dd_duration_format (seconds_of (row)) : g_strdup ("");
      g_autofree char *id = dd_clean (row->id, LONGEST_ID);
      g_autofree char *repository = dd_clean (row->repository, LONGEST_NAME);
      g_autofree char *title = dd_clean (row->title, LONGEST_TITLE);
      g_autofree char *note = dd_clean (row->note, LONGEST_TITLE);
      g_autoptr (GString) why = g_string_new (dd_rule_describe (row->rule));
      g_autofree char *words = NULL;

      if (*note != '\0')
        dd_join_clause (why, note);
      words = g_strdup_printf ("%s · %s · %s [%s]", id, *repository != '\0' ? repository : "–", title, why->str);
      counted += row->counted;
      dd_page_field (&page, row->counted ? "+" : "", 2, DD_STYLE_PLAIN);
      dd_page_field (&page, time, dd_page_widen (&page, 24, time), DD_STYLE_PLAIN);
      dd_page_field (&page, value, dd_page_widen (&page, 13, value), DD_STYLE_PLAIN);
      dd_page_words (&page, words, 4, DD_STYLE_PLAIN);
    }
  sum = g_strdup_printf (ngettext ("%u of %u record counts.", "%u of %u records count.", rows->len), counted,
                         rows->len);
  dd_page_words (&page, sum, 0, DD_STYLE_PLAIN);
  return dd_page_finish (&page);
}

char *
dd_records_write (const GPtrArray *rows,
                  const char      *format,
                  GTimeZone       *zone,
                  gboolean         utf8,
                  int              columns)
{
  if (strcmp (format, "json") == 0)
    return records_json (rows, zone);
  if (strcmp (format, "csv") == 0)
    return records_csv (rows, zone);
  return records_text (rows, zone, utf8, columns);
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
      add_string (builder, "detail", step->detail);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return builder_text (builder);
}

char *
dd_health_write (const GPtrArray *steps,
                 gboolean         json,
                 gboolean         utf8,
                 int              columns)
{
  DdPage page;

  if (json)
    return health_json (steps);
  dd_page_init (&page, FALSE, utf8, columns);
  for (guint i = 0; i < steps->len; i++)
    {
      const DdHealthStep *step = g_ptr_array_index (steps, i);
      gboolean whole = step->rule == NULL;
      g_autofree char *number = g_strdup_printf (whole ? "%u" : _("−%u"), whole ? step->records : step->left_out);
      g_autofree char *words = !whole && step->setting != NULL
                                 /* Translators: why records are left out, and the setting that would change it. */
                                 ? g_strdup_printf (_("%s (setting %s)"), step->describe, step->setting)
                                 : g_strdup (whole ? step->step : step->describe);
      int width = dd_page_width (number);

      dd_page_field (&page, "", (whole ? 7 : 9) - MIN (width, 7), DD_STYLE_PLAIN);
      dd_page_field (&page, number, width, DD_STYLE_PLAIN);
      dd_page_field (&page, "", 2, DD_STYLE_PLAIN);
      dd_page_words (&page, words, whole ? 9 : 11, DD_STYLE_PLAIN);
      if (step->detail != NULL)
        {
          dd_page_field (&page, "", 13, DD_STYLE_PLAIN);
          dd_page_words (&page, step->detail, 13, DD_STYLE_PLAIN);
        }
    }
  return dd_page_finish (&page);
}
