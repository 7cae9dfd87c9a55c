/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron-simple.h"

#define ALL_MONTHS 0x1ffe
#define ALL_DAYS 0xfffffffeu
#define ALL_WEEKDAYS 0x7f

/* The only one of @bits; -1 where there are others too. */
static int
only (guint64 bits)
{
  int first = g_bit_nth_lsf (bits, -1);

  return first >= 0 && bits == G_GUINT64_CONSTANT (1) << first ? first : -1;
}

DdCronSimple
dd_cron_simple_read (const char *text)
{
  DdCronSimple simple = { .kind = DD_CRON_OTHER };
  DdCron cron;
  gboolean each_day, each_weekday;

  if (!dd_cron_parse (text, &cron, NULL))
    return simple;
  simple.minute = only (cron.minutes);
  simple.hour = only (cron.hours);
  if (simple.minute < 0 || simple.hour < 0 || cron.months != ALL_MONTHS)
    return simple;
  each_day = cron.days == ALL_DAYS;
  each_weekday = cron.weekdays == ALL_WEEKDAYS;
  if (each_day && each_weekday)
    simple.kind = DD_CRON_DAILY;
  else if (each_day && cron.any_day && (simple.day = only (cron.weekdays)) >= 0)
    simple.kind = DD_CRON_WEEKLY;
  else if (each_weekday && cron.any_weekday && (simple.day = only (cron.days)) >= 0)
    simple.kind = DD_CRON_MONTHLY;
  return simple;
}

char *
dd_cron_simple_write (const DdCronSimple *simple)
{
  switch (simple->kind)
    {
    case DD_CRON_DAILY:
      return g_strdup_printf ("%d %d * * *", simple->minute, simple->hour);
    case DD_CRON_WEEKLY:
      return g_strdup_printf ("%d %d * * %d", simple->minute, simple->hour, simple->day);
    case DD_CRON_MONTHLY:
      return g_strdup_printf ("%d %d %d * *", simple->minute, simple->hour, simple->day);
    case DD_CRON_OTHER:
    default:
      return NULL;
    }
}
