/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cron-due/five-years", test_five_years);
  g_test_add_func ("/cron-due/last", test_last);
  return g_test_run ();
}
