/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-error.h"

#define LEAP_YEAR 2000

typedef struct
{
  const char *name;
  int         low;
  int         high;
} Field;

static const Field fields[] = {
  { N_("minute"), 0, 59 }, { N_("hour"), 0, 23 }, { N_("day of month"), 1, 31 }, { N_("month"), 1, 12 }, { N_("day of week"), 0, 7 },
};

static gboolean
read_number (const char **cursor,
             int         *number)
{
  if (!g_ascii_isdigit (**cursor))
    return FALSE;
  *number = 0;
  for (; g_ascii_isdigit (**cursor) && *number < 1000; (*cursor)++)
    *number = *number * 10 + (**cursor - '0');
  return TRUE;
}

/* One of a list: `*`, `5`, `1-5`, each with `/2` behind it. */
static gboolean
read_part (const char *part,
           const Field *field,
           guint64     *bits)
{
  const char *cursor = part;
  int low = field->low, high = field->high, step = 1;

  if (*cursor == '*')
    cursor++;
  else
    {
      if (!read_number (&cursor, &low))
        return FALSE;
      high = low;
      if (*cursor == '-' && (cursor++, !read_number (&cursor, &high)))
        return FALSE;
    }
  if (*cursor == '/')
    {
      cursor++;
      if (!read_number (&cursor, &step) || step < 1)
        return FALSE;
      /* "5/15": from five on. */
      if (low == high && part[0] != '*' && strchr (part, '-') == NULL)
        high = field->high;
    }
  if (*cursor != '\0' || low < field->low || high > field->high || low > high)
    return FALSE;
  for (int value = low; value <= high; value += step)
    *bits |= G_GUINT64_CONSTANT (1) << value;
  return TRUE;
}

static gboolean
read_field (const char  *text,
            const Field *field,
            guint64     *bits,
            GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  *bits = 0;
  for (int i = 0; parts[i] != NULL; i++)
    if (!read_part (parts[i], field, bits))
      {
        g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("“%s” is no %s of a schedule (%d to %d, *, lists, ranges, steps)"), text,
                     _(field->name), field->low, field->high);
        return FALSE;
      }
  return TRUE;
}

/* A schedule that never comes would be waited for without end: its days must exist in one of its months. */
static gboolean
ever_comes (const DdCron *cron)
{
  for (int month = 1; month <= 12; month++)
    {
      int last = g_date_get_days_in_month ((GDateMonth) month, LEAP_YEAR);

      if (cron->months >> month & 1 && cron->days & ((G_GUINT64_CONSTANT (2) << last) - 1))
        return TRUE;
    }
  return !cron->any_weekday;
}

gboolean
dd_cron_parse (const char *text,
               DdCron     *cron,
               GError    **error)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_auto (GStrv) words = g_regex_split_simple ("[ \t]+", copy, 0, 0);
  guint64 bits[G_N_ELEMENTS (fields)];

  if (g_strv_length (words) != G_N_ELEMENTS (fields))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                   _("“%s” is no schedule: it takes minute, hour, day of month, month and day of week, like 0 8 * * 1"), text);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!read_field (words[i], &fields[i], &bits[i], error))
      return FALSE;
  cron->minutes = bits[0];
  cron->hours = (guint32) bits[1];
  cron->days = (guint32) bits[2];
  cron->months = (guint32) bits[3];
  cron->weekdays = (guint32) ((bits[4] | bits[4] >> 7) & 0x7f);
  cron->any_day = strcmp (words[2], "*") == 0;
  cron->any_weekday = strcmp (words[4], "*") == 0;
  if (!ever_comes (cron))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("The schedule “%s” never comes: its months have no such day"), text);
      return FALSE;
    }
  return TRUE;
}

gboolean
dd_cron_matches (const DdCron *cron,
                 int           minute,
                 int           hour,
                 int           day,
                 int           month,
                 int           weekday)
{
  gboolean day_matches = cron->days >> day & 1, weekday_matches = cron->weekdays >> weekday & 1;

  if (!(cron->minutes >> minute & 1) || !(cron->hours >> hour & 1) || !(cron->months >> month & 1))
    return FALSE;
  if (!cron->any_day && !cron->any_weekday)
    return day_matches || weekday_matches;
  return day_matches && weekday_matches;
}
