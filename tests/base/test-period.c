/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-error.h"
#include "dd-period.h"
#include "dd-time.h"

#include <locale.h>

typedef struct
{
  const char *zone;
  const char *now;
  const char *text;
  const char *start;
  const char *end;
  int         days;
  const char *kind;
} ParseCase;

static const ParseCase parse_cases[] = {
  /* Monday 9 November 2026 is the first day of a week that has not ended. */
  { "UTC", "2026-11-09T00:00:00Z", "weekly", "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z", 7, "weekly" },
  { "UTC", "2026-11-08T23:59:59Z", "weekly", "2026-10-26T00:00:00Z", "2026-11-02T00:00:00Z", 7, "weekly" },
  { "UTC", "2026-01-01T12:00:00Z", "weekly", "2025-12-22T00:00:00Z", "2025-12-29T00:00:00Z", 7, "weekly" },
  { "UTC", "2026-01-01T12:00:00Z", "monthly", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z", 31, "monthly" },
  { "UTC", "2024-03-31T12:00:00Z", "monthly", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", 29, "monthly" },
  { "UTC", "2026-03-31T12:00:00Z", "quarterly", "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z", 92, "quarterly" },
  { "UTC", "2026-04-01T00:00:00Z", "quarterly", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", 90, "quarterly" },
  { "UTC", "2026-11-09T08:00:00Z", "last-7-days", "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z", 7, "last-7-days" },
  { "UTC", "2026-11-09T08:00:00Z", "last-1-days", "2026-11-08T00:00:00Z", "2026-11-09T00:00:00Z", 1, "last-1-days" },
  { "UTC", "2026-11-09T08:00:00Z", "last-36500-days", "1926-12-04T00:00:00Z", "2026-11-09T00:00:00Z", 36500, "last-36500-days" },
  { "UTC", "2026-11-09T08:00:00Z", "2026-01-01..2026-03-31", "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z", 90, "custom" },
  { "UTC", "2026-11-09T08:00:00Z", "2026-02-28..2026-02-28", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z", 1, "custom" },

  /* In Kolkata it is tomorrow already. */
  { "Asia/Kolkata", "2026-11-08T18:30:00Z", "weekly", "2026-11-01T18:30:00Z", "2026-11-08T18:30:00Z", 7, "weekly" },
  { "Asia/Kolkata", "2026-11-08T18:29:59Z", "weekly", "2026-10-25T18:30:00Z", "2026-11-01T18:30:00Z", 7, "weekly" },

  /* A week has seven days also where it has 167 or 169 hours. */
  { "Europe/Berlin", "2026-03-30T10:00:00Z", "weekly", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z", 7, "weekly" },
  { "Europe/Berlin", "2026-10-26T10:00:00Z", "weekly", "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z", 7, "weekly" },
  { "Europe/Berlin", "2026-04-15T10:00:00Z", "monthly", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", 31, "monthly" },
  { "Europe/Berlin", "2026-04-15T10:00:00Z", "quarterly", "2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z", 90, "quarterly" },
  { "America/New_York", "2026-03-09T12:00:00Z", "last-7-days", "2026-03-02T05:00:00Z", "2026-03-09T04:00:00Z", 7, "last-7-days" },
  { "America/New_York", "2026-11-02T12:00:00Z", "last-1-days", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 1, "last-1-days" },

  /* A Sunday that began at one o'clock. */
  { "America/Sao_Paulo", "2018-11-05T12:00:00Z", "last-1-days", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z", 1, "last-1-days" },
  { "America/Sao_Paulo", "2018-12-05T12:00:00Z", "2018-11-04..2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z", 1, "custom" },

  /* Samoa's last week of 2011 has seven calendar days, one of which did not happen. */
  { "Pacific/Apia", "2012-01-02T12:00:00Z", "weekly", "2011-12-26T10:00:00Z", "2012-01-01T10:00:00Z", 7, "weekly" },
  { "Pacific/Apia", "2012-01-02T12:00:00Z", "2011-12-29..2011-12-31", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 3, "custom" },
};

static DdPeriod
parse (const char *text,
       const char *now,
       GTimeZone  *zone)
{
  g_autoptr (GError) error = NULL;
  DdPeriod period;
  gint64 time;

  g_assert_true (dd_time_parse (now, &time));
  g_assert_true (dd_period_parse (text, time, zone, &period, &error));
  g_assert_no_error (error);
  return period;
}

static void
assert_bounds (const DdPeriod *period,
               const char     *start,
               const char     *end,
               int             days)
{
  g_autofree char *start_text = dd_time_format (period->start, NULL);
  g_autofree char *end_text = dd_time_format (period->end, NULL);

  g_assert_cmpstr (start_text, ==, start);
  g_assert_cmpstr (end_text, ==, end);
  g_assert_cmpint (period->days, ==, days);
}

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      const ParseCase *row = &parse_cases[i];
      g_autoptr (GTimeZone) zone = dd_time_zone_new (row->zone, NULL);
      g_autofree char *kind = NULL;
      DdPeriod period;

      g_test_message ("%s %s %s", row->zone, row->now, row->text);
      period = parse (row->text, row->now, zone);
      assert_bounds (&period, row->start, row->end, row->days);
      kind = dd_period_kind_name (&period);
      g_assert_cmpstr (kind, ==, row->kind);
    }
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "wekly", "weekly" },
    { "Weekly", "weekly" },
    { "week", "weekly" },
    { "month", "monthly" },
    { "quaterly", "quarterly" },
    { "last-7days", "last-7-days" },
    { "last-0-days", "last-" },
    { "last-36501-days", "last-" },
    { "last-99999999999999999999-days", "last-" },
    { "last--7-days", "last-" },
    { "last-7-days ", "last-7-days" },
    { "", "last-N-days" },
    { "the other day", "FROM..TO" },
    { "2026-03-01..2026-02-28", "earlier" },
    { "2026-02-01..2026-02-29", "2026-02-01..2026-02-29" },
    { "2026-2-1..2026-2-28", "dates" },
    { "2026-02-01..", "dates" },
    { "..2026-02-01", "dates" },
    { "..", "dates" },
    { "2026-02-01..2026-02-03..2026-02-05", "dates" },
    { "0000-01-01..2026-02-05", "dates" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DdPeriod period;

      g_test_message ("%s", cases[i].text);
      g_assert_false (dd_period_parse (cases[i].text, 0, zone, &period, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
      g_assert_nonnull (g_strstr_len (error->message, -1, cases[i].says));
    }
}

static void
test_before (void)
{
  static const struct
  {
    const char *zone;
    const char *now;
    const char *text;
    int         steps;
    const char *start;
    const char *end;
    int         days;
  } cases[] = {
    { "UTC", "2026-11-09T08:00:00Z", "weekly", 0, "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z", 7 },
    { "UTC", "2026-11-09T08:00:00Z", "weekly", 1, "2026-10-26T00:00:00Z", "2026-11-02T00:00:00Z", 7 },
    { "UTC", "2026-11-09T08:00:00Z", "weekly", 11, "2026-08-17T00:00:00Z", "2026-08-24T00:00:00Z", 7 },
    { "UTC", "2026-04-09T08:00:00Z", "monthly", 1, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", 28 },
    { "UTC", "2026-04-09T08:00:00Z", "monthly", 12, "2025-03-01T00:00:00Z", "2025-04-01T00:00:00Z", 31 },
    { "UTC", "2026-04-09T08:00:00Z", "quarterly", 1, "2025-10-01T00:00:00Z", "2026-01-01T00:00:00Z", 92 },
    { "UTC", "2026-04-09T08:00:00Z", "quarterly", 2, "2025-07-01T00:00:00Z", "2025-10-01T00:00:00Z", 92 },
    { "UTC", "2026-04-09T08:00:00Z", "last-30-days", 1, "2026-02-08T00:00:00Z", "2026-03-10T00:00:00Z", 30 },
    { "UTC", "2026-04-09T08:00:00Z", "2026-01-01..2026-01-10", 1, "2025-12-22T00:00:00Z", "2026-01-01T00:00:00Z", 10 },
    { "UTC", "2026-04-09T08:00:00Z", "2026-01-01..2026-01-31", 1, "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z", 31 },
    /* Across the change of the clock. */
    { "Europe/Berlin", "2026-04-06T10:00:00Z", "weekly", 1, "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z", 7 },
    { "Europe/Berlin", "2026-04-06T10:00:00Z", "weekly", 2, "2026-03-15T23:00:00Z", "2026-03-22T23:00:00Z", 7 },
    { "Europe/Berlin", "2026-05-06T10:00:00Z", "monthly", 1, "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", 31 },
    { "America/New_York", "2026-11-09T10:00:00Z", "last-7-days", 1, "2026-10-26T04:00:00Z", "2026-11-02T05:00:00Z", 7 },
    { "America/Sao_Paulo", "2018-11-06T12:00:00Z", "last-1-days", 1, "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z", 1 },
    { "America/Sao_Paulo", "2018-11-06T12:00:00Z", "last-1-days", 2, "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z", 1 },
    { "Pacific/Apia", "2012-01-09T12:00:00Z", "weekly", 1, "2011-12-26T10:00:00Z", "2012-01-01T10:00:00Z", 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (cases[i].zone, NULL);
      DdPeriod period, before;

      g_test_message ("%s %s %s before %d", cases[i].zone, cases[i].now, cases[i].text, cases[i].steps);
      period = parse (cases[i].text, cases[i].now, zone);
      before = dd_period_before (&period, zone, cases[i].steps);
      assert_bounds (&before, cases[i].start, cases[i].end, cases[i].days);
      g_assert_cmpint (before.kind, ==, period.kind);
    }
}

/* A trend's periods join without a gap, at any time of the year. */
static void
test_before_joins (void)
{
  static const char * const kinds[] = { "weekly", "monthly", "quarterly", "last-30-days", "2026-01-03..2026-01-23", "last-36500-days" };
  static const char * const names[] = { "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata" };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (names[n], NULL);
      gint64 first = dd_time_from_date (zone, 2017, 1, 1);

      for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
        for (int day = 0; day < 3 * 365; day += 11)
          {
            DdPeriod period;

            g_assert_true (dd_period_parse (kinds[k], dd_time_local_midnight (first, zone, day), zone, &period, NULL));
            for (int steps = 1; steps <= 12; steps++)
              {
                DdPeriod later = dd_period_before (&period, zone, steps - 1);
                DdPeriod before = dd_period_before (&period, zone, steps);

                g_assert_cmpint (before.end, ==, later.start);
                g_assert_cmpint (before.start, <, before.end);
                g_assert_cmpint (before.days, ==, (before.end - before.start + DD_HOUR * 12) / DD_DAY);
              }
          }
    }
}

static void
test_label (void)
{
  static const struct
  {
    const char *zone;
    const char *text;
    const char *expected;
  } cases[] = {
    { "UTC", "weekly", "9 – 15 November 2026" },
    { "Asia/Kolkata", "weekly", "9 – 15 November 2026" },
    { "Europe/Berlin", "2026-10-26..2026-11-01", "26 October – 1 November 2026" },
    { "America/New_York", "2025-12-29..2026-01-04", "29 December 2025 – 4 January 2026" },
    { "UTC", "2026-11-01..2026-11-01", "1 November 2026" },
    { "America/Sao_Paulo", "2018-11-03..2018-11-04", "3 – 4 November 2018" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = dd_time_zone_new (cases[i].zone, NULL);
      DdPeriod period = parse (cases[i].text, "2026-11-18T08:00:00Z", zone);
      g_autofree char *label = dd_period_label (&period, zone);

      g_assert_cmpstr (label, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/period/parse", test_parse);
  g_test_add_func ("/period/parse-refuses", test_parse_refuses);
  g_test_add_func ("/period/before", test_before);
  g_test_add_func ("/period/before-joins", test_before_joins);
  g_test_add_func ("/period/label", test_label);
  return g_test_run ();
}
