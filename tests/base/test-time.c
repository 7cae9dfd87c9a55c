/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-time.h"

#include <locale.h>
#include <math.h>

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64      expected;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "1969-12-31T23:59:59.999999Z", -1 },
    { "2026-11-09T08:30:00Z", 1794213000 * DD_SECOND },
    { "2026-11-09t08:30:00z", 1794213000 * DD_SECOND },
    { "2026-11-09 08:30:00Z", 1794213000 * DD_SECOND },
    { "2026-11-09T09:30:00+01:00", 1794213000 * DD_SECOND },
    { "2026-11-09T09:30:00+0100", 1794213000 * DD_SECOND },
    { "2026-11-09T05:00:00-03:30", 1794213000 * DD_SECOND },
    { "2026-11-09T08:30:00.5Z", 1794213000 * DD_SECOND + 500000 },
    { "2026-11-09T08:30:00.123456789Z", 1794213000 * DD_SECOND + 123456 },
    { "2024-02-29T00:00:00Z", 1709164800 * DD_SECOND },
    { "2016-12-31T23:59:60Z", 1483228800 * DD_SECOND },
    { "0001-01-01T00:00:00Z", -62135596800 * DD_SECOND },
    { "9999-12-31T23:59:59Z", 253402300799 * DD_SECOND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = 42;

      g_test_message ("%s", cases[i].text);
      g_assert_true (dd_time_parse (cases[i].text, &time));
      g_assert_cmpint (time, ==, cases[i].expected);
    }
}

static void
test_parse_refuses (void)
{
  static const char * const cases[] = {
    NULL, "", "yesterday", "2026-11-09", "2026-11-09T08:30:00", "2026-11-09T08:30Z", "2026-11-09T08:30:00Z ",
    " 2026-11-09T08:30:00Z", "2026-13-09T08:30:00Z", "2026-00-09T08:30:00Z", "2026-11-31T08:30:00Z",
    "2025-02-29T08:30:00Z", "2026-11-09T24:00:00Z", "2026-11-09T08:60:00Z", "2026-11-09T08:30:61Z",
    "2026-11-09T08:30:00.Z", "2026-11-09T08:30:00+1:00", "2026-11-09T08:30:00+24:00", "2026-11-09T08:30:00+01:60",
    "0000-01-01T00:00:00Z", "12026-11-09T08:30:00Z", "-026-11-09T08:30:00Z", "1794213000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = 42;

      g_test_message ("%s", cases[i] != NULL ? cases[i] : "(null)");
      g_assert_false (dd_time_parse (cases[i], &time));
      g_assert_cmpint (time, ==, 42);
    }
}

static void
test_format (void)
{
  static const struct
  {
    gint64      time;
    const char *zone;
    const char *expected;
  } cases[] = {
    { 0, NULL, "1970-01-01T00:00:00Z" },
    { 0, "UTC", "1970-01-01T00:00:00+00:00" },
    { -1, NULL, "1969-12-31T23:59:59.999999Z" },
    { 1794213000 * DD_SECOND, NULL, "2026-11-09T08:30:00Z" },
    { 1794213000 * DD_SECOND, "Europe/Berlin", "2026-11-09T09:30:00+01:00" },
    { 1794213000 * DD_SECOND, "America/New_York", "2026-11-09T03:30:00-05:00" },
    { 1794213000 * DD_SECOND, "Asia/Kolkata", "2026-11-09T14:00:00+05:30" },
    { 1794213000 * DD_SECOND, "America/St_Johns", "2026-11-09T05:00:00-03:30" },
    { 1794213000 * DD_SECOND + 500000, NULL, "2026-11-09T08:30:00.500Z" },
    { 1794213000 * DD_SECOND + 1, NULL, "2026-11-09T08:30:00.000001Z" },
    { -62135596800 * DD_SECOND, NULL, "0001-01-01T00:00:00Z" },
    { 253402300799 * DD_SECOND, NULL, "9999-12-31T23:59:59Z" },
    { 253402300799 * DD_SECOND, "Europe/Berlin", NULL },
    { 253402300800 * DD_SECOND, NULL, NULL },
    { -62135596800 * DD_SECOND - 1, NULL, NULL },
    { DD_TIME_NONE, NULL, NULL },
    { DD_TIME_NONE, "Europe/Berlin", NULL },
    { G_MAXINT64, "Europe/Berlin", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = cases[i].zone != NULL ? dd_time_zone_new (cases[i].zone, NULL) : NULL;
      g_autofree char *text = dd_time_format (cases[i].time, zone);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* What is written reads back to the same instant, through all offsets that a zone ever had. */
static void
test_round_trip (void)
{
  static const char * const names[] = { "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Africa/Monrovia" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (names[i], NULL);

      for (gint64 time = -120 * 365 * DD_DAY; time < 90 * 365 * DD_DAY; time += 37 * DD_DAY + 12345678901)
        {
          g_autofree char *text = dd_time_format (time, zone);
          gint64 again;

          g_assert_true (dd_time_parse (text, &again));
          g_assert_cmpint (again, ==, time);
        }
    }
}

/* @first is the first instant of the day that holds @time, in UTC. */
static void
test_midnight (void)
{
  static const struct
  {
    const char *zone;
    const char *time;
    int         days;
    const char *first;
  } cases[] = {
    { "UTC", "2026-11-09T23:59:59.999999Z", 0, "2026-11-09T00:00:00Z" },
    { "UTC", "2026-11-09T00:00:00Z", 0, "2026-11-09T00:00:00Z" },
    { "UTC", "1969-12-31T23:59:59.999999Z", 0, "1969-12-31T00:00:00Z" },
    { "UTC", "2026-03-01T12:00:00Z", -1, "2026-02-28T00:00:00Z" },
    { "Asia/Kolkata", "2026-11-08T18:29:59Z", 0, "2026-11-07T18:30:00Z" },
    { "Asia/Kolkata", "2026-11-08T18:30:00Z", 0, "2026-11-08T18:30:00Z" },
    /* Clocks go forward on 29 March and back on 25 October: days of 23 and of 25 hours. */
    { "Europe/Berlin", "2026-03-29T12:00:00Z", 0, "2026-03-28T23:00:00Z" },
    { "Europe/Berlin", "2026-03-29T12:00:00Z", 1, "2026-03-29T22:00:00Z" },
    { "Europe/Berlin", "2026-10-25T12:00:00Z", 0, "2026-10-24T22:00:00Z" },
    { "Europe/Berlin", "2026-10-25T12:00:00Z", 1, "2026-10-25T23:00:00Z" },
    { "America/New_York", "2026-03-08T12:00:00Z", 0, "2026-03-08T05:00:00Z" },
    { "America/New_York", "2026-03-08T12:00:00Z", 1, "2026-03-09T04:00:00Z" },
    { "America/New_York", "2026-11-01T12:00:00Z", 1, "2026-11-02T05:00:00Z" },
    /* 4 November 2018 began at one o'clock, and 17 February's last hour came twice. */
    { "America/Sao_Paulo", "2018-11-04T12:00:00Z", 0, "2018-11-04T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T12:00:00Z", -1, "2018-11-03T03:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T12:00:00Z", 1, "2018-11-05T02:00:00Z" },
    { "America/Sao_Paulo", "2018-02-18T02:30:00Z", 0, "2018-02-17T02:00:00Z" },
    { "America/Sao_Paulo", "2018-02-18T02:30:00Z", 1, "2018-02-18T03:00:00Z" },
    /* One o'clock became midnight again: the first midnight begins the day. */
    { "America/Havana", "2026-11-01T12:00:00Z", 0, "2026-11-01T04:00:00Z" },
    { "America/Havana", "2026-11-01T05:00:00Z", 0, "2026-11-01T04:00:00Z" },
    /* One minute past midnight became 23:01 of the day before. */
    { "America/St_Johns", "2010-11-07T12:00:00Z", 0, "2010-11-07T02:30:00Z" },
    /* Samoa left out 30 December 2011. */
    { "Pacific/Apia", "2011-12-30T09:59:59Z", 0, "2011-12-29T10:00:00Z" },
    { "Pacific/Apia", "2011-12-30T09:59:59Z", 1, "2011-12-30T10:00:00Z" },
    { "Pacific/Apia", "2011-12-30T09:59:59Z", 2, "2011-12-30T10:00:00Z" },
    { "Pacific/Apia", "2011-12-30T10:00:00Z", 0, "2011-12-30T10:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (cases[i].zone, NULL);
      g_autofree char *text = NULL;
      gint64 time;

      g_test_message ("%s %s %+d", cases[i].zone, cases[i].time, cases[i].days);
      g_assert_true (dd_time_parse (cases[i].time, &time));
      text = dd_time_format (dd_time_local_midnight (time, zone, cases[i].days), NULL);
      g_assert_cmpstr (text, ==, cases[i].first);
    }
}

/* Whatever a clock does, the days of a zone follow each other without a gap, and each instant lies in its own. */
static void
test_days_partition (void)
{
  static const char * const names[] = { "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Africa/Cairo", "Australia/Lord_Howe" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (names[i], NULL);
      gint64 midnight = dd_time_from_date (zone, 2005, 1, 1);

      for (int day = 0; day < 20 * 365; day++)
        {
          gint64 next = dd_time_local_midnight (midnight, zone, 1);
          gboolean skipped = i == 2 && next == midnight + 2 * DD_DAY;

          /* A skipped day is empty: it begins where the next one does. */
          g_assert_true (skipped || (next - midnight >= 23 * DD_HOUR && next - midnight <= 25 * DD_HOUR));
          g_assert_cmpint (dd_time_local_midnight (midnight, zone, 0), ==, midnight);
          g_assert_cmpint (dd_time_local_midnight (next - 1, zone, 0), ==, midnight);
          midnight = next;
        }
    }
}

static void
test_from_date (void)
{
  static const struct
  {
    const char *zone;
    int         year, month, day;
    const char *first;
  } cases[] = {
    { "UTC", 2024, 2, 29, "2024-02-29T00:00:00Z" },
    { "UTC", 1900, 3, 1, "1900-03-01T00:00:00Z" },
    { "Europe/Berlin", 2026, 7, 1, "2026-06-30T22:00:00Z" },
    { "America/Sao_Paulo", 2018, 11, 4, "2018-11-04T03:00:00Z" },
    { "Pacific/Apia", 2011, 12, 30, "2011-12-30T10:00:00Z" },
    { "Pacific/Apia", 2011, 12, 31, "2011-12-30T10:00:00Z" },
    /* At half past eleven in the evening it was half past midnight. */
    { "America/Toronto", 1919, 3, 31, "1919-03-31T04:30:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (cases[i].zone, NULL);
      g_autofree char *text = dd_time_format (dd_time_from_date (zone, cases[i].year, cases[i].month, cases[i].day), NULL);

      g_assert_cmpstr (text, ==, cases[i].first);
    }
}

static void
test_zones (void)
{
  static const char * const good[] = { "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "GMT", "America/Port-au-Prince" };
  static const char * const bad[] = { NULL, "", "Europe/Berln", "Mars/Olympus", "Berlin5", "+02:00", "../zoneinfo/UTC", "/etc/localtime", "Europe" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTimeZone) zone = dd_time_zone_new (good[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (zone);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTimeZone) zone = dd_time_zone_new (bad[i], &error);

      g_test_message ("%s", bad[i] != NULL ? bad[i] : "(null)");
      g_assert_null (zone);
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
      if (bad[i] != NULL)
        g_assert_nonnull (g_strstr_len (error->message, -1, bad[i]));
    }
}

static void
test_system_zone (void)
{
  g_autofree char *name = dd_time_zone_system_name ();
  g_autoptr (GTimeZone) zone = dd_time_zone_new (name, NULL);

  g_assert_nonnull (zone);
}

static void
test_duration (void)
{
  static const struct
  {
    double      seconds;
    const char *expected;
  } cases[] = {
    { 0, "0 s" },
    { 0.4, "0 s" },
    { -0.4, "0 s" },
    { 48, "48 s" },
    { 59.4, "59 s" },
    { 59.6, "1 min" },
    { 38 * 60, "38 min" },
    { 59 * 60 + 31, "1 h" },
    { 3600, "1 h" },
    { 70 * 60, "1 h 10 min" },
    { 23 * 3600 + 59 * 60 + 40, "1 d" },
    { 26 * 3600, "1 d 2 h" },
    { 9 * 86400 + 23 * 3600 + 1800, "10 d" },
    { 12 * 86400 + 3600, "12 d" },
    { 12 * 86400 + 13 * 3600, "13 d" },
    { -70 * 60, "−1 h 10 min" },
    { NAN, "–" },
    { INFINITY, "–" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = dd_duration_format (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse-refuses", test_parse_refuses);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/round-trip", test_round_trip);
  g_test_add_func ("/time/midnight", test_midnight);
  g_test_add_func ("/time/days-partition", test_days_partition);
  g_test_add_func ("/time/from-date", test_from_date);
  g_test_add_func ("/time/zones", test_zones);
  g_test_add_func ("/time/system-zone", test_system_zone);
  g_test_add_func ("/time/duration", test_duration);
  return g_test_run ();
}
