/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-cron.h"
#include "dd-error.h"

static void
test_matches (void)
{
  /* @weekday: 0 is Sunday. 9 November 2026 is a Monday. */
  static const struct
  {
    const char *text;
    int         minute, hour, day, month, weekday;
    gboolean    matches;
  } cases[] = {
    { "* * * * *", 17, 3, 9, 11, 1, TRUE },
    { "0 8 * * 1", 0, 8, 9, 11, 1, TRUE },
    { "0 8 * * 1", 1, 8, 9, 11, 1, FALSE },
    { "0 8 * * 1", 0, 9, 9, 11, 1, FALSE },
    { "0 8 * * 1", 0, 8, 10, 11, 2, FALSE },
    { "  0\t8  * * 1 ", 0, 8, 9, 11, 1, TRUE },
    { "*/15 * * * *", 45, 3, 9, 11, 1, TRUE },
    { "*/15 * * * *", 46, 3, 9, 11, 1, FALSE },
    { "5/20 * * * *", 45, 3, 9, 11, 1, TRUE },
    { "5/20 * * * *", 40, 3, 9, 11, 1, FALSE },
    { "0 8-18/5 * * *", 0, 13, 9, 11, 1, TRUE },
    { "0 8-18/5 * * *", 0, 14, 9, 11, 1, FALSE },
    { "0 8,12,20-22 * * *", 0, 21, 9, 11, 1, TRUE },
    { "0 8,12,20-22 * * *", 0, 19, 9, 11, 1, FALSE },
    { "0 0 1 1 *", 0, 0, 1, 1, 5, TRUE },
    { "0 0 1 1 *", 0, 0, 1, 2, 0, FALSE },
    { "0 0 * * 7", 0, 0, 8, 11, 0, TRUE },
    { "0 0 * * 0", 0, 0, 8, 11, 0, TRUE },
    { "0 0 * * 5-7", 0, 0, 8, 11, 0, TRUE },
    { "0 0 * * 5-7", 0, 0, 9, 11, 1, FALSE },
    /* Where both days are restricted, either will do. */
    { "0 0 13 * 5", 0, 0, 13, 11, 3, TRUE },
    { "0 0 13 * 5", 0, 0, 14, 11, 5, TRUE },
    { "0 0 13 * 5", 0, 0, 14, 11, 4, FALSE },
    { "59 23 31 12 *", 59, 23, 31, 12, 4, TRUE },
    { "0 0 29 2 *", 0, 0, 29, 2, 4, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DdCron cron;

      g_test_message ("%s", cases[i].text);
      g_assert_true (dd_cron_parse (cases[i].text, &cron, &error));
      g_assert_no_error (error);
      g_assert_cmpint (dd_cron_matches (&cron, cases[i].minute, cases[i].hour, cases[i].day, cases[i].month, cases[i].weekday), ==,
                       cases[i].matches);
    }
}

static void
test_refuses (void)
{
  static const char * const cases[] = {
    "", " ", "* * * *", "* * * * * *", "@weekly", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *",
    "* * * * 8", "-1 * * * *", "a * * * *", "* * * jan *", "* * * * mon", "1- * * * *", "-5 * * * *", "5-1 * * * *", "1-2-3 * * * *",
    ", * * * *", "1, * * * *", ",1 * * * *", "*/0 * * * *", "*/ * * * *", "*/-2 * * * *", "** * * * *", "*-5 * * * *", "1.5 * * * *",
    "99999999999999999999 * * * *", "0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      DdCron cron;

      g_test_message ("%s", cases[i]);
      g_assert_false (dd_cron_parse (cases[i], &cron, &error));
      g_assert_error (error, DD_ERROR, DD_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cron/matches", test_matches);
  g_test_add_func ("/cron/refuses", test_refuses);
  return g_test_run ();
}
