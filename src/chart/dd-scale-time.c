/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-scale.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STEP_DAYS,
  STEP_WEEKS,
  STEP_MONTHS,
} StepKind;

/* Finest first. A week begins on Monday, a quarter in January, April, July or October. */
static const struct
{
  StepKind kind;
  int      n;
  double   days; /* about how long it is */
} steps[] = {
  { STEP_DAYS, 1, 1 },      { STEP_DAYS, 2, 2 },      { STEP_WEEKS, 1, 7 },      { STEP_WEEKS, 2, 14 },
  { STEP_MONTHS, 1, 30.4 }, { STEP_MONTHS, 2, 60.9 }, { STEP_MONTHS, 3, 91.3 },  { STEP_MONTHS, 6, 182.6 },
  { STEP_MONTHS, 12, 365.2 }, { STEP_MONTHS, 24, 730.5 }, { STEP_MONTHS, 60, 1826 }, { STEP_MONTHS, 120, 3652 },
};

/* The first date of a step at or before @date. */
static void
align (GDate   *date,
       StepKind kind,
       int      n)
{
  int months;

  switch (kind)
    {
    case STEP_DAYS:
      g_date_subtract_days (date, (g_date_get_julian (date) - 1) % (guint) n);
      break;
    case STEP_WEEKS:
      /* Day 1 of GDate is a Monday. */
      g_date_subtract_days (date, (g_date_get_julian (date) - 1) % (guint) (7 * n));
      break;
    case STEP_MONTHS:
    default:
      months = g_date_get_year (date) * 12 + g_date_get_month (date) - 1;
      months -= months % n;
      g_date_set_dmy (date, 1, (GDateMonth) (months % 12 + 1), (GDateYear) (months / 12));
      break;
    }
}

static void
advance (GDate   *date,
         StepKind kind,
         int      n)
{
  if (kind == STEP_MONTHS)
    g_date_add_months (date, (guint) n);
  else
    g_date_add_days (date, (guint) (kind == STEP_WEEKS ? 7 * n : n));
}

static char *
label_of (const GDate *date,
          StepKind     kind,
          int          n)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 0, 0, 0);

  if (day == NULL)
    return g_strdup ("–");
  if (kind != STEP_MONTHS)
    /* Translators: a day, short. */
    return g_date_time_format (day, _("%-d %b"));
  if (n >= 12)
    return g_date_time_format (day, "%Y");
  /* Translators: the short name of a month, as strftime writes it; in January with its year. */
  return g_date_time_format (day, g_date_get_month (date) == 1 ? _("%b %Y") : _("%b"));
}

GPtrArray *
dd_scale_time_ticks (gint64     from,
                     gint64     to,
                     GTimeZone *zone,
                     guint      most)
{
  GPtrArray *ticks = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_tick_free);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *used = zone != NULL ? zone : utc;
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (from / DD_SECOND);
  g_autoptr (GDateTime) local = start != NULL ? g_date_time_to_timezone (start, used) : NULL;
  double days = (double) (to - from) / DD_DAY;
  guint step = 0;
  GDate date;

  if (local == NULL || to <= from || most == 0)
    return ticks;
  while (step + 1 < G_N_ELEMENTS (steps) && days / steps[step].days + 1 > most)
    step++;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  for (align (&date, steps[step].kind, steps[step].n); ticks->len < most; advance (&date, steps[step].kind, steps[step].n))
    {
      gint64 at;
      DdTick *tick;

      if (g_date_get_year (&date) > 9998)
        break;
      at = dd_time_from_date (used, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
      if (at > to)
        break;
      if (at < from)
        continue;
      tick = g_new0 (DdTick, 1);
      tick->value = (double) at;
      tick->label = label_of (&date, steps[step].kind, steps[step].n);
      g_ptr_array_add (ticks, tick);
    }
  return ticks;
}
