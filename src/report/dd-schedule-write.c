/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-schedule-write.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "dd-json-text.h"
#include "dd-page.h"
#include "dd-words.h"

#define INDENT 2
#define LABEL 12

const char *
dd_words_schedule_action (const char *action)
{
  if (strcmp (action, "sync") == 0)
    return _("Sync");
  if (strcmp (action, "report") == 0)
    return _("Save a report");
  if (strcmp (action, "send") == 0)
    return _("Send to Slack");
  return _("Sync, report and send");
}

const char *
dd_words_schedule_status (const char *status)
{
  if (strcmp (status, "success") == 0)
    return _("done");
  if (strcmp (status, "failed") == 0)
    return _("failed");
  if (strcmp (status, "cancelled") == 0)
    return _("stopped");
  if (strcmp (status, "running") == 0)
    return _("running");
  return _("interrupted");
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
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time,
          GTimeZone   *zone)
{
  g_autofree char *text = time != DD_TIME_NONE ? dd_time_format (time, zone) : NULL;

  add_string (builder, name, text);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

char *
dd_schedules_to_json (const DdScheduleList *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "workspace", list->workspace);
  add_string (builder, "timezone", list->timezone);
  json_builder_set_member_name (builder, "schedules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdScheduleStanding *row = g_ptr_array_index (list->rows, i);

      json_builder_begin_object (builder);
      add_string (builder, "id", row->settings->id);
      add_string (builder, "cron", row->settings->cron);
      add_string (builder, "action", row->settings->action);
      add_string (builder, "period", row->settings->period);
      add_string (builder, "folder", row->settings->folder);
      add_time (builder, "next_run", row->next_run, list->zone);
      add_time (builder, "last_run", row->last_run, list->zone);
      add_time (builder, "last_due", row->last_due, list->zone);
      add_string (builder, "last_status", row->last_status);
      add_boolean (builder, "late", row->late);
      add_boolean (builder, "installed", row->installed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/* All labels in a column, wide enough for each. */
static int
label_width (const DdPage *page)
{
  const char * const labels[] = { _("Does"), _("When"), _("Folder"), _("Next"), _("Last"), _("Timer") };
  int width = LABEL;

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    width = dd_page_widen (page, width, labels[i]);
  return width;
}

static void
add_line (DdPage     *page,
          const char *label,
          const char *text)
{
  int width = label_width (page);

  dd_page_field (page, "", INDENT, DD_STYLE_PLAIN);
  dd_page_field (page, label, width, DD_STYLE_DIM);
  dd_page_words (page, text, INDENT + width, DD_STYLE_PLAIN);
}

static char *
last_words (const DdScheduleStanding *row,
            GTimeZone           *zone)
{
  g_autofree char *start = NULL;
  g_autofree char *due = NULL;

  if (row->last_run == DD_TIME_NONE)
    return g_strdup (_("never"));
  start = dd_words_time (row->last_run, zone);
  if (!row->late)
    return g_strdup_printf ("%s, %s", start, dd_words_schedule_status (row->last_status));
  due = dd_words_time (row->last_due, zone);
  /* Translators: a time, how it ended ("done"), and another time. */
  return g_strdup_printf (_("%s, %s; late: it was due %s"), start, dd_words_schedule_status (row->last_status), due);
}

char *
dd_schedules_to_text (const DdScheduleList *list,
                      gboolean              utf8,
                      int                   columns)
{
  DdPage page;

  dd_page_init (&page, FALSE, utf8, columns);
  if (list->rows->len == 0)
    dd_page_words (&page, _("The workspace has no schedules. Add some in the preferences of the window, or to its file."), 0, DD_STYLE_DIM);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DdScheduleStanding *row = g_ptr_array_index (list->rows, i);
      g_autofree char *what = NULL;
      g_autofree char *rule = g_strdup_printf ("%s (%s)", row->settings->cron, list->timezone);
      g_autofree char *next = row->next_run != DD_TIME_NONE ? dd_words_time (row->next_run, list->zone) : g_strdup (_("never"));
      g_autofree char *last = last_words (row, list->zone);

      what = strcmp (row->settings->action, "sync") == 0 ? g_strdup (dd_words_schedule_action ("sync"))
                                                         : g_strdup_printf ("%s (%s)", dd_words_schedule_action (row->settings->action),
                                                                            row->settings->period);
      dd_page_heading (&page, row->settings->id);
      add_line (&page, _("Does"), what);
      add_line (&page, _("When"), rule);
      if (row->settings->folder != NULL)
        add_line (&page, _("Folder"), row->settings->folder);
      add_line (&page, _("Next"), next);
      add_line (&page, _("Last"), last);
      add_line (&page, _("Timer"), row->installed ? _("installed") : _("not installed; “doradash schedule install” does it"));
    }
  return dd_page_finish (&page);
}
