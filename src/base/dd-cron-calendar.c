/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"

#include "dd-time.h"

#define YEARS_AHEAD 5

static char *
list_values (guint64 bits,
             int     low,
             int     high)
{
  GString *list = g_string_new (NULL);
  gboolean all = TRUE;

  for (int value = low; value <= high; value++)
    if (bits >> value & 1)
      g_string_append_printf (list, "%s%02d", list->len > 0 ? "," : "", value);
    else
      all = FALSE;
  if (all)
    g_string_assign (list, "*");
  return g_string_free (list, FALSE);
}

static char *
list_weekdays (const DdCron *cron)
{
  static const char * const names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
  GString *list = g_string_new (NULL);

  for (int day = 0; day < 7; day++)
    if (cron->weekdays >> day & 1)
      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", names[day]);
  g_string_append_c (list, ' ');
  return g_string_free (list, FALSE);
}

static void
add_rule (GStrvBuilder *rules,
          const DdCron *cron,
          const char   *weekdays,
          guint32       days,
          const char   *zone_name)
{
  g_autofree char *months = list_values (cron->months, 1, 12);
  g_autofree char *of_month = list_values (days, 1, 31);
  g_autofree char *hours = list_values (cron->hours, 0, 23);
  g_autofree char *minutes = list_values (cron->minutes, 0, 59);
  g_autofree char *rule = g_strdup_printf ("%s*-%s-%s %s:%s:00 %s", weekdays, months, of_month, hours, minutes, zone_name);

  g_strv_builder_add (rules, rule);
}

/* Due times whose own time the clock on the wall never shows. */
static void
add_left_out (GStrvBuilder *rules,
              const DdCron *cron,
              GTimeZone    *zone,
              gint64        from)
{
  gint64 end = from + YEARS_AHEAD * 366 * DD_DAY;

  for (gint64 day = from; day < end; day += DD_DAY)
    {
      gint64 due = day;

      if (g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, day / DD_SECOND)) ==
          g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, (day + DD_DAY) / DD_SECOND)))
        continue;
      while ((due = dd_cron_next (cron, zone, due)) != DD_TIME_NONE && due <= day + DD_DAY)
        {
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (due / DD_SECOND);
          g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
          g_autofree char *once = NULL;

          if (dd_cron_matches (cron, g_date_time_get_minute (local), g_date_time_get_hour (local), g_date_time_get_day_of_month (local),
                               g_date_time_get_month (local), g_date_time_get_day_of_week (local) % 7))
            continue;
          once = g_date_time_format (utc, "%Y-%m-%d %H:%M:%S UTC");
          g_strv_builder_add (rules, once);
        }
    }
}

char **
dd_cron_to_calendar (const DdCron *cron,
                     GTimeZone    *zone,
                     const char   *zone_name,
                     gint64        from)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();
  g_autofree char *weekdays = list_weekdays (cron);
  const guint32 all_days = 0xfffffffe;

  /* Where both days are restricted, either will do. */
  if (!cron->any_day && !cron->any_weekday)
    {
      add_rule (rules, cron, "", cron->days, zone_name);
      add_rule (rules, cron, weekdays, all_days, zone_name);
    }
  else
    add_rule (rules, cron, (cron->weekdays & 0x7f) == 0x7f ? "" : weekdays, cron->days, zone_name);
  add_left_out (rules, cron, zone, from);
  return g_strv_builder_end (rules);
}
