/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-period.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "dd-error.h"
#include "dd-settings.h"
#include "dd-time.h"

/* Periods are counted in calendar days, so that a week has seven also where a clock changes. */
static GDate
local_date (gint64     time,
            GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / DD_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  return date;
}

static void
move_days (GDate *date,
           int    days)
{
  if (days >= 0)
    g_date_add_days (date, (guint) days);
  else
    g_date_subtract_days (date, (guint) -days);
}

static void
move_months (GDate *date,
             int    months)
{
  if (months >= 0)
    g_date_add_months (date, (guint) months);
  else
    g_date_subtract_months (date, (guint) -months);
}

/* @last is the first day that is no longer in it. */
static DdPeriod
period_between (DdPeriodKind kind,
                const GDate *first,
                const GDate *last,
                GTimeZone   *zone)
{
  return (DdPeriod) {
    .kind = kind,
    .start = dd_time_from_date (zone, g_date_get_year (first), g_date_get_month (first), g_date_get_day (first)),
    .end = dd_time_from_date (zone, g_date_get_year (last), g_date_get_month (last), g_date_get_day (last)),
    .days = g_date_days_between (first, last),
  };
}

/* The last full one before @today. */
static DdPeriod
last_full (DdPeriodKind kind,
           GDate        today,
           GTimeZone   *zone)
{
  GDate first = today, last;

  if (kind == DD_PERIOD_WEEKLY)
    {
      move_days (&first, -(g_date_get_weekday (&today) - 1) - 7);
      last = first;
      move_days (&last, 7);
      return period_between (kind, &first, &last, zone);
    }
  g_date_set_day (&first, 1);
  if (kind == DD_PERIOD_QUARTERLY)
    move_months (&first, -((g_date_get_month (&today) - 1) % 3));
  last = first;
  move_months (&first, kind == DD_PERIOD_QUARTERLY ? -3 : -1);
  return period_between (kind, &first, &last, zone);
}

static gboolean
parse_last_days (const char *text,
                 int        *days)
{
  const char *digits = text + strlen ("last-");
  char *end;

  if (!g_str_has_prefix (text, "last-") || !g_ascii_isdigit (*digits))
    return FALSE;
  *days = (int) CLAMP (g_ascii_strtoll (digits, &end, 10), 0, 100000);
  return (strcmp (end, "-days") == 0 || strcmp (end, "-day") == 0) && *days >= 1 && *days <= 36500;
}

static gboolean
parse_date (const char *text,
            gsize       length,
            GDate      *date)
{
  int year, month, day;

  if (length != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;
  year = (int) g_ascii_strtoll (text, NULL, 10);
  month = (int) g_ascii_strtoll (text + 5, NULL, 10);
  day = (int) g_ascii_strtoll (text + 8, NULL, 10);
  if (year < 1900 || !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, month, (GDateYear) year);
  return TRUE;
}

static gboolean
parse_custom (const char *text,
              GTimeZone  *zone,
              DdPeriod   *period,
              GError    **error)
{
  const char *dots = strstr (text, "..");
  GDate first, last;

  g_date_clear (&first, 1);
  g_date_clear (&last, 1);
  if (!parse_date (text, (gsize) (dots - text), &first) || !parse_date (dots + 2, strlen (dots + 2), &last))
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                   _("“%s” is not a period; write two dates that exist, like 2026-01-01..2026-03-31."), text);
      return FALSE;
    }
  if (g_date_compare (&first, &last) > 0)
    {
      g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("The period “%s” ends before it starts; write the earlier date first."),
                   text);
      return FALSE;
    }
  move_days (&last, 1);
  *period = period_between (DD_PERIOD_CUSTOM, &first, &last, zone);
  return TRUE;
}

gboolean
dd_period_parse (const char *text,
                 gint64      now,
                 GTimeZone  *zone,
                 DdPeriod   *period,
                 GError    **error)
{
  static const char * const words[] = { "weekly", "monthly", "quarterly", "last-7-days", "last-30-days", "last-90-days", NULL };
  GDate today = local_date (now, zone), first = today;
  const char *near;
  int days;

  for (int kind = DD_PERIOD_WEEKLY; kind <= DD_PERIOD_QUARTERLY; kind++)
    if (strcmp (text, words[kind]) == 0)
      {
        *period = last_full (kind, today, zone);
        return TRUE;
      }
  if (parse_last_days (text, &days))
    {
      move_days (&first, -days);
      *period = period_between (DD_PERIOD_LAST_DAYS, &first, &today, zone);
      return TRUE;
    }
  if (strstr (text, "..") != NULL)
    return parse_custom (text, zone, period, error);
  near = dd_suggest (text, words);
  if (near != NULL)
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID, _("There is no period “%s”; did you mean “%s”?"), text, near);
  else
    g_set_error (error, DD_ERROR, DD_ERROR_INVALID,
                 _("There is no period “%s”; write weekly, monthly, quarterly, last-N-days or FROM..TO."), text);
  return FALSE;
}

DdPeriod
dd_period_before (const DdPeriod *period,
                  GTimeZone      *zone,
                  int             steps)
{
  GDate first = local_date (period->start, zone), last;

  switch (period->kind)
    {
    case DD_PERIOD_MONTHLY:
    case DD_PERIOD_QUARTERLY:
      move_months (&first, -steps * (period->kind == DD_PERIOD_MONTHLY ? 1 : 3));
      last = first;
      move_months (&last, period->kind == DD_PERIOD_MONTHLY ? 1 : 3);
      break;
    case DD_PERIOD_WEEKLY:
    case DD_PERIOD_LAST_DAYS:
    case DD_PERIOD_CUSTOM:
    default:
      /* Before the first year that dates can name there is nothing. */
      if ((gint64) steps * period->days >= (gint64) g_date_get_julian (&first))
        return (DdPeriod) { .kind = period->kind, .start = period->start, .end = period->start, .days = period->days };
      move_days (&first, -steps * period->days);
      last = first;
      move_days (&last, period->days);
      break;
    }
  return period_between (period->kind, &first, &last, zone);
}

char *
dd_period_kind_name (const DdPeriod *period)
{
  switch (period->kind)
    {
    case DD_PERIOD_WEEKLY:
      return g_strdup ("weekly");
    case DD_PERIOD_MONTHLY:
      return g_strdup ("monthly");
    case DD_PERIOD_QUARTERLY:
      return g_strdup ("quarterly");
    case DD_PERIOD_LAST_DAYS:
      return g_strdup_printf ("last-%d-days", period->days);
    case DD_PERIOD_CUSTOM:
    default:
      return g_strdup ("custom");
    }
}

char *
dd_period_label (const DdPeriod *period,
                 GTimeZone      *zone)
{
  GDate first = local_date (period->start, zone), last = local_date (period->end, zone);
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  move_days (&last, -1);
  from = g_date_time_new_utc (g_date_get_year (&first), g_date_get_month (&first), g_date_get_day (&first), 0, 0, 0);
  to = g_date_time_new_utc (g_date_get_year (&last), g_date_get_month (&last), g_date_get_day (&last), 0, 0, 0);
  /* Translators: a day, as the end of a period. */
  end = g_date_time_format (to, _("%-d %B %Y"));
  if (period->days <= 1)
    return g_steal_pointer (&end);
  if (g_date_get_year (&first) != g_date_get_year (&last))
    start = g_date_time_format (from, _("%-d %B %Y"));
  else if (g_date_get_month (&first) != g_date_get_month (&last))
    /* Translators: a day of the same year as the end of the period. */
    start = g_date_time_format (from, _("%-d %B"));
  else
    /* xgettext:no-c-format
     * Translators: a day of the same month as the end of the period. */
    start = g_date_time_format (from, _("%-d"));
  return g_strdup_printf ("%s – %s", start, end);
}
