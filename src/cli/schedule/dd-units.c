/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-units.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-cron.h"

#define LONGEST_SLUG 60
#define HASH 8

void
dd_unit_free (DdUnit *unit)
{
  if (unit == NULL)
    return;
  g_free (unit->name);
  g_free (unit->timer);
  g_free (unit->service);
  g_free (unit);
}

/* A value that systemd reads back as it was: no specifier, no variable, no line of its own. */
static char *
quote (const char *text,
       gboolean    of_command)
{
  GString *quoted = g_string_new ("\"");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (quoted, '\\');
      if (*at == '%' || (*at == '$' && of_command))
        g_string_append_c (quoted, *at);
      if (*at == '\n')
        g_string_append (quoted, "\\n");
      else
        g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/* Words for people behind an equals sign. */
static char *
plain (const char *text)
{
  GString *line = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '%')
      g_string_append (line, "%%");
    else
      g_string_append_c (line, (guchar) *at < ' ' || *at == '\\' ? ' ' : *at);
  return g_string_free (line, FALSE);
}

/* Names that people read, told apart by what follows. */
static char *
name_of (const DdUnitOwner *owner,
         const char        *id)
{
  g_autofree char *whole = g_strdup_printf ("%s\n%s\n%s", owner->database, owner->workspace, id);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autoptr (GString) slug = g_string_new ("doradash-");
  g_autofree char *words = g_strconcat (owner->workspace, "-", id, NULL);

  for (const char *at = words; *at != '\0' && slug->len < LONGEST_SLUG; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (slug, g_ascii_tolower (*at));
    else if (slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  hash[HASH] = '\0';
  return g_strdup_printf ("%s%s%s", slug->str, slug->str[slug->len - 1] == '-' ? "" : "-", hash);
}

static char *
mark_of (const DdUnitOwner *owner)
{
  g_autofree char *workspace = g_strescape (owner->workspace, NULL);
  g_autofree char *database = g_strescape (owner->database, NULL);

  return g_strdup_printf ("[X-DoraDash]\nWorkspace=%s\nDatabase=%s\n", workspace, database);
}

static char *
command_of (const DdUnitOwner        *owner,
            const DdScheduleSettings *schedule)
{
  g_autofree char *program = quote (owner->program, TRUE);
  g_autofree char *id = quote (schedule->id, TRUE);
  g_autofree char *workspace = quote (owner->workspace, TRUE);
  g_autofree char *database = quote (owner->database, TRUE);

  if (strcmp (schedule->action, "run") == 0)
    return g_strdup_printf ("%s run %s --schedule %s --workspace %s --database %s", program, schedule->period, id, workspace, database);
  return g_strdup_printf ("%s schedule run %s --workspace %s --database %s", program, id, workspace, database);
}

static char *
paths_of (const DdUnitOwner        *owner,
          const DdScheduleSettings *schedule)
{
  g_autofree char *folder = g_path_get_dirname (owner->database);
  g_autofree char *quoted = quote (folder, FALSE);
  g_autofree char *reports = NULL;

  if (schedule->folder == NULL || *schedule->folder == '\0')
    return g_strdup_printf ("%s -%%C/doradash", quoted);
  reports = quote (schedule->folder, FALSE);
  return g_strdup_printf ("%s -%%C/doradash %s", quoted, reports);
}

static char *
calendar_of (const DdScheduleSettings *schedule,
             GTimeZone                *zone,
             const char               *zone_name,
             gint64                    now)
{
  g_auto (GStrv) rules = NULL;
  g_autofree char *lines = NULL;
  DdCron cron;

  if (!dd_cron_parse (schedule->cron, &cron, NULL))
    return g_strdup ("");
  rules = dd_cron_to_calendar (&cron, zone, zone_name, now);
  lines = g_strjoinv ("\nOnCalendar=", rules);
  return g_strconcat ("OnCalendar=", lines, NULL);
}

/* @words: a mark and what takes its place, ended by NULL. What was put in is not looked at again. */
static char *
fill (const char         *resource,
      const char * const *words)
{
  g_autoptr (GBytes) template = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *at = g_bytes_get_data (template, NULL);
  GString *text = g_string_new (NULL);

  while (*at != '\0')
    {
      int i = 0;

      while (words[i] != NULL && !g_str_has_prefix (at, words[i]))
        i += 2;
      if (words[i] != NULL)
        {
          g_string_append (text, words[i + 1]);
          at += strlen (words[i]);
        }
      else
        g_string_append_c (text, *at++);
    }
  return g_string_free (text, FALSE);
}

DdUnit *
dd_unit_new (const DdUnitOwner        *owner,
             const DdScheduleSettings *schedule,
             GTimeZone                *zone,
             const char               *zone_name,
             gint64                    now)
{
  DdUnit *unit = g_new0 (DdUnit, 1);
  g_autofree char *words = g_strdup_printf ("DORA metrics: %s of %s", schedule->id, owner->workspace);
  g_autofree char *description = plain (words);
  g_autofree char *calendar = calendar_of (schedule, zone, zone_name, now - now % DD_DAY);
  g_autofree char *command = command_of (owner, schedule);
  g_autofree char *paths = paths_of (owner, schedule);
  g_autofree char *mark = mark_of (owner);
  const char * const marks[] = {
    "@DESCRIPTION@", description, "@CALENDAR@", calendar, "@COMMAND@", command, "@PATHS@", paths, "@MARK@\n", mark, NULL,
  };

  unit->name = name_of (owner, schedule->id);
  unit->timer = fill ("/com/example/DoraDash/systemd/schedule.timer.in", marks);
  unit->service = fill ("/com/example/DoraDash/systemd/schedule.service.in", marks);
  return unit;
}

gboolean
dd_unit_is_owned (const char        *text,
                  const DdUnitOwner *owner)
{
  g_autofree char *mark = mark_of (owner);

  return g_str_has_suffix (text, mark);
}
