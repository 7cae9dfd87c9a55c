/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron-simple.h"

#include "dd-time.h"

#define START (G_GINT64_CONSTANT (1735689600) * DD_SECOND) /* 1 January 2025 */
#define YEARS (5 * 365 * DD_DAY)

/* Half-hour changes, changes at midnight and across it, in the south, none at all, and by the moon's calendar. */
static const char * const zones[] = {
  "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
  "America/Havana", "America/Nuuk", "Asia/Kathmandu", "Asia/Beirut", "Pacific/Chatham", "Antarctica/Troll",
};

static const char * const rules[] = {
  "0 8 * * 1", "30 2 * * *", "15 0 * * *", "59 23 28-31 * *", "0 0 1 * *", "45 1,2,3 * * 0", "30 * * * *", "*/20 * * 3,10,11 6,0", "0 0 13 * 5",
};

static gint64
offset_at (GTimeZone *zone,
           gint64     instant)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / DD_SECOND)) * DD_SECOND;
}

static gboolean
wall_matches (const DdCron *cron,
              gint64        wall)
{
  g_autoptr (GDateTime) time = NULL;

  /* What is cheap to see first. */
  if (!(cron->minutes >> wall % DD_HOUR / DD_MINUTE & 1) || !(cron->hours >> wall % DD_DAY / DD_HOUR & 1))
    return FALSE;
  time = g_date_time_new_from_unix_utc (wall / DD_SECOND);
  return dd_cron_matches (cron, g_date_time_get_minute (time), g_date_time_get_hour (time), g_date_time_get_day_of_month (time),
                          g_date_time_get_month (time), g_date_time_get_day_of_week (time) % 7);
}

/* Looks at a clock on the wall, minute after minute, and at what it left out or shows again. */
static GArray *
watch_clock (const DdCron *cron,
             GTimeZone    *zone)
{
  gboolean each_hour = cron->hours == 0xffffff;
  GArray *dues = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 shown = START + offset_at (zone, START) - DD_MINUTE, offset = 0;

  for (gint64 at = START; at < START + YEARS; at += DD_MINUTE)
    {
      gint64 wall;
      gboolean due = FALSE;

      if ((at - START) % (30 * DD_MINUTE) == 0)
        offset = offset_at (zone, at);
      wall = at + offset;
      if (wall > shown || each_hour)
        due = wall_matches (cron, wall);
      for (gint64 left_out = shown + DD_MINUTE; left_out < wall; left_out += DD_MINUTE)
        due = due || wall_matches (cron, left_out);
      if (due)
        g_array_append_val (dues, at);
      shown = each_hour ? wall : MAX (shown, wall);
    }
  return dues;
}

static void
test_five_years (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rules); j++)
      {
        g_autoptr (GTimeZone) zone = dd_time_zone_new (zones[i], NULL);
        g_autoptr (GArray) dues = NULL;
        gint64 at = START - 1;
        DdCron cron;

        g_test_message ("%s %s", zones[i], rules[j]);
        g_assert_nonnull (zone);
        g_assert_true (dd_cron_parse (rules[j], &cron, NULL));
        dues = watch_clock (&cron, zone);
        g_assert_cmpuint (dues->len, >, 7);
        for (guint k = 0; k < dues->len; k++)
          {
            at = dd_cron_next (&cron, zone, at);
            g_assert_cmpint (at, ==, g_array_index (dues, gint64, k));
          }
      }
}

/* What has come up to any moment, however long ago, is what the chain of the next ones comes to. */
static void
test_last (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rules); j++)
      {
        g_autoptr (GTimeZone) zone = dd_time_zone_new (zones[i], NULL);
        gint64 before = START, at;
        DdCron cron;

        dd_cron_parse (rules[j], &cron, NULL);
        at = dd_cron_next (&cron, zone, START);
        for (int k = 0; k < 200; k++)
          {
            gint64 next = dd_cron_next (&cron, zone, at);

            g_assert_cmpint (dd_cron_last (&cron, zone, START, at), ==, at);
            g_assert_cmpint (dd_cron_last (&cron, zone, before, next - 1), ==, at);
            g_assert_cmpint (dd_cron_last (&cron, zone, at, next - 1), ==, DD_TIME_NONE);
            before = at;
            at = next;
          }
      }
}

typedef struct
{
  const char *rule;
  DdCronKind  kind;
  const char *written;
} SimpleCase;

static const SimpleCase simple_cases[] = {
  { "0 8 * * *", DD_CRON_DAILY, "0 8 * * *" },
  { " 05  08 */1 1-12 0-6", DD_CRON_DAILY, "5 8 * * *" },
  { "30 7 * * 1", DD_CRON_WEEKLY, "30 7 * * 1" },
  { "30 7 * * 7", DD_CRON_WEEKLY, "30 7 * * 0" },
  { "0 0 31 * *", DD_CRON_MONTHLY, "0 0 31 * *" },
  { "0 8 1 * 1", DD_CRON_OTHER, NULL },
  { "0 8 * * 1,2", DD_CRON_OTHER, NULL },
  { "0,30 8 * * *", DD_CRON_OTHER, NULL },
  { "0 * * * *", DD_CRON_OTHER, NULL },
  { "0 8 * 6 *", DD_CRON_OTHER, NULL },
  { "nonsense", DD_CRON_OTHER, NULL },
};

static void
test_simple (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (simple_cases); i++)
    {
      DdCronSimple simple = dd_cron_simple_read (simple_cases[i].rule);
      g_autofree char *written = dd_cron_simple_write (&simple);

      g_assert_cmpint (simple.kind, ==, simple_cases[i].kind);
      g_assert_cmpstr (written, ==, simple_cases[i].written);
    }
}

typedef struct
{
  const char *rule;
  const char *zone;
  const char *lines; /* joined by "|" */
} CalendarCase;

static const CalendarCase calendar_cases[] = {
  { "0 8 * * 1", "Europe/Berlin", "Mon *-*-* 08:00:00 Europe/Berlin" },
  { "*/20 9-11 1,15 6 *", "UTC", "*-06-01,15 09,10,11:00,20,40:00 UTC" },
  { "0 0 13 * 5,6", "UTC", "*-*-13 00:00:00 UTC|Fri,Sat *-*-* 00:00:00 UTC" },
  /* Nothing shows 02:30 on those days, and systemd would pass over them. */
  { "30 2 * * *", "Europe/Berlin",
    "*-*-* 02:30:00 Europe/Berlin|2025-03-30 01:00:00 UTC|2026-03-29 01:00:00 UTC|2027-03-28 01:00:00 UTC|2028-03-26 01:00:00 UTC|"
    "2029-03-25 01:00:00 UTC" },
};

static void
test_calendar (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calendar_cases); i++)
    {
      const CalendarCase *c = &calendar_cases[i];
      g_autoptr (GTimeZone) zone = dd_time_zone_new (c->zone, NULL);
      g_auto (GStrv) lines = NULL;
      g_autofree char *joined = NULL;
      DdCron cron;

      g_assert_true (dd_cron_parse (c->rule, &cron, NULL));
      lines = dd_cron_to_calendar (&cron, zone, c->zone, START);
      joined = g_strjoinv ("|", lines);
      g_assert_cmpstr (joined, ==, c->lines);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cron-due/five-years", test_five_years);
  g_test_add_func ("/cron-due/last", test_last);
  g_test_add_func ("/cron-due/simple", test_simple);
  g_test_add_func ("/cron-due/calendar", test_calendar);
  return g_test_run ();
}
