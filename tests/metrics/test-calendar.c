/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-calendar.h"

static gint64
at (const char *text)
{
  gint64 time = DD_TIME_NONE;

  g_assert_true (dd_time_parse (text, &time));
  return time;
}

typedef struct
{
  const char *name;
  const char *zone;
  const char *workdays; /* Monday first, x for a day of work */
  double      from_hour, to_hour;
  const char *holiday;  /* NULL for none */
  const char *from, *to;
  gint64      minutes;
} CalendarCase;

static const CalendarCase cases[] = {
  { "within-a-day", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T10:00:00Z", "2026-11-16T11:30:00Z", 90 },
  { "before-hours", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T06:00:00Z", "2026-11-16T10:00:00Z", 60 },
  { "after-hours", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T18:00:00Z", "2026-11-16T23:00:00Z", 0 },
  { "over-night", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T16:00:00Z", "2026-11-17T10:00:00Z", 120 },
  { "over-a-weekend", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-13T16:00:00Z", "2026-11-16T10:00:00Z", 120 },
  { "in-a-weekend", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-14T00:00:00Z", "2026-11-15T23:00:00Z", 0 },
  { "whole-days", "UTC", "xxxxx--", 0, 24, NULL, "2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z", 5 * 24 * 60 },
  { "sunday-to-thursday", "UTC", "xxxx--x", 0, 24, NULL, "2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z", 5 * 24 * 60 },
  { "half-hours", "UTC", "xxxxx--", 8.5, 12.25, NULL, "2026-11-16T00:00:00Z", "2026-11-17T00:00:00Z", 225 },
  { "holiday", "UTC", "xxxxx--", 9, 17, "2026-12-25", "2026-12-24T16:00:00Z", "2026-12-28T10:00:00Z", 120 },
  { "holiday-is-local", "Pacific/Auckland", "xxxxxxx", 0, 24, "2026-12-25", "2026-12-24T11:00:00Z",
    "2026-12-25T11:00:00Z", 0 },
  { "no-holiday", "UTC", "xxxxx--", 9, 17, "nonsense", "2026-12-24T16:00:00Z", "2026-12-28T10:00:00Z", 600 },
  { "local-hours", "America/New_York", "xxxxx--", 9, 17, NULL, "2026-11-16T12:00:00Z", "2026-11-16T16:00:00Z", 120 },
  { "local-weekend", "Pacific/Auckland", "xxxxx--", 0, 24, NULL, "2026-11-13T10:00:00Z", "2026-11-13T20:00:00Z", 60 },
  /* Berlin loses an hour on 2026-03-29 and has one twice on 2026-10-25, both Sundays. */
  { "clock-forward", "Europe/Berlin", "xxxxxxx", 0, 24, NULL, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23 * 60 },
  { "clock-back", "Europe/Berlin", "xxxxxxx", 0, 24, NULL, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25 * 60 },
  { "clock-forward-hours", "Europe/Berlin", "xxxxxxx", 1, 4, NULL, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
    120 },
  { "clock-back-hours", "Europe/Berlin", "xxxxxxx", 1, 4, NULL, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 240 },
  /* São Paulo had no midnight on 2018-11-04. */
  { "no-midnight", "America/Sao_Paulo", "xxxxxxx", 0, 24, NULL, "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z",
    23 * 60 },
  { "no-half-past-midnight", "America/Sao_Paulo", "xxxxxxx", 0.5, 24, NULL, "2018-11-04T01:00:00Z",
    "2018-11-05T02:00:00Z", 25 * 60 },
  { "backwards", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T11:30:00Z", "2026-11-16T10:00:00Z", -90 },
  { "nothing", "UTC", "xxxxx--", 9, 17, NULL, "2026-11-16T10:00:00Z", "2026-11-16T10:00:00Z", 0 },
  { "before-the-epoch", "UTC", "xxxxxxx", 0, 24, NULL, "1969-12-31T23:59:00Z", "1970-01-01T00:01:00Z", 2 },
  { "before-all-calendars", "UTC", "xxxxxxx", 0, 24, NULL, "0001-01-01T00:00:00+01:00", "0001-01-01T01:00:00Z", 120 },
};

static DdCalendar *
calendar_of (const CalendarCase *c)
{
  const char *holidays[] = { c->holiday, NULL };
  DdCalendarSettings settings = {
    .enabled = TRUE,
    .from_hour = c->from_hour,
    .to_hour = c->to_hour,
    .holidays = (char **) holidays,
  };
  g_autoptr (GTimeZone) zone = dd_time_zone_new (c->zone, NULL);

  for (int i = 0; i < 7; i++)
    settings.workdays[i] = c->workdays[i] == 'x';
  return dd_calendar_new (&settings, zone);
}

static void
test_measure (gconstpointer data)
{
  const CalendarCase *c = data;
  g_autoptr (DdCalendar) calendar = calendar_of (c);

  g_assert_cmpint (dd_calendar_measure (calendar, at (c->from), at (c->to)), ==, c->minutes * DD_MINUTE);
}

static void
test_plain (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  DdCalendarSettings settings = { .enabled = FALSE };

  g_assert_null (dd_calendar_new (&settings, utc));
  g_assert_cmpint (dd_calendar_measure (NULL, 5, 12), ==, 7);
  g_assert_cmpint (dd_calendar_measure (NULL, 12, 5), ==, -7);
}

/* Half a second before the epoch, a Thursday, is still Wednesday. */
static void
test_fraction (void)
{
  static const CalendarCase no_thursdays = { "", "UTC", "xxx-xxx", 0, 24, NULL, NULL, NULL, 0 };
  g_autoptr (DdCalendar) calendar = calendar_of (&no_thursdays);

  g_assert_cmpint (dd_calendar_measure (calendar, -DD_SECOND / 2, DD_MINUTE), ==, DD_SECOND / 2);
}

/* An interval is as long as its parts, and a calendar in which all is work is plain time. */
static void
test_parts (void)
{
  static const CalendarCase always = { "", "Europe/Berlin", "xxxxxxx", 0, 24, NULL, NULL, NULL, 0 };
  static const CalendarCase office = { "", "America/New_York", "xxxxx--", 9, 17.5, "2026-07-03", NULL, NULL, 0 };
  g_autoptr (DdCalendar) plain = calendar_of (&always);
  g_autoptr (DdCalendar) working = calendar_of (&office);
  gint64 start = at ("2026-01-01T00:00:00Z");

  for (int i = 0; i < 300; i++)
    {
      gint64 from = start + g_test_rand_int_range (0, 365 * 24 * 60) * DD_MINUTE;
      gint64 middle = from + g_test_rand_int_range (0, 20 * 24 * 60) * DD_MINUTE;
      gint64 to = middle + g_test_rand_int_range (0, 20 * 24 * 60) * DD_MINUTE;

      g_assert_cmpint (dd_calendar_measure (plain, from, to), ==, to - from);
      g_assert_cmpint (dd_calendar_measure (working, from, to), ==,
                       dd_calendar_measure (working, from, middle) + dd_calendar_measure (working, middle, to));
      g_assert_cmpint (dd_calendar_measure (working, from, to), <=, to - from);
      g_assert_cmpint (dd_calendar_measure (working, to, from), ==, -dd_calendar_measure (working, from, to));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/calendar/measure/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_measure);
    }
  g_test_add_func ("/calendar/plain", test_plain);
  g_test_add_func ("/calendar/fraction", test_fraction);
  g_test_add_func ("/calendar/parts", test_parts);
  return g_test_run ();
}
