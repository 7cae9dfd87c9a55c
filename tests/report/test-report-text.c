/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "dd-clean.h"
#include "dd-data-health.h"
#include "dd-page.h"
#include "report-fixture.h"

static const int widths[] = { 40, 41, 59, 60, 79, 80, 81, 100, 120, 200 };

/* No line too wide, no character that moves the cursor or turns a line around; colours as asked for only. */
static void
check_page (const char *text,
            gboolean    colour,
            gboolean    utf8,
            int         columns)
{
  g_autoptr (GRegex) styles = g_regex_new ("\033\\[[0-9]+m", 0, 0, NULL);
  g_autofree char *plain = g_regex_replace_literal (styles, text, -1, 0, "", 0, NULL);
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);

  g_assert_true (g_str_has_suffix (text, "\n"));
  if (!colour)
    g_assert_cmpstr (plain, ==, text);
  else
    g_assert_cmpstr (plain, !=, text);
  if (!utf8)
    g_assert_true (g_str_is_ascii (plain));
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_assert_false (g_str_has_suffix (lines[i], " "));
      if (columns > 0)
        g_assert_cmpint (dd_page_width (lines[i]), <=, columns);
      for (const char *c = lines[i]; *c != '\0'; c = g_utf8_next_char (c))
        {
          gunichar character = g_utf8_get_char (c);

          g_assert_false (g_unichar_iscntrl (character));
          g_assert_true (character == 0x200c || character == 0x200d || g_unichar_type (character) != G_UNICODE_FORMAT);
        }
    }
}

static void
test_widths (void)
{
  for (int kind = 0; kind < 3; kind++)
    {
      g_autoptr (DdReport) report = dd_report_new (kind == 0   ? fixture_nothing ()
                                                    : kind == 1 ? fixture_whole ()
                                                                : fixture_hostile ());

      for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
        for (int how = 0; how < 4; how++)
          {
            g_autofree char *text = dd_report_to_text (report, how & 1, how & 2, widths[i]);

            check_page (text, how & 1, how & 2, widths[i]);
          }
    }
}

/* Less than 40 columns are taken as 40, and none as lines without an end. */
static void
test_odd_widths (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_whole ());
  g_autofree char *narrow = dd_report_to_text (report, FALSE, TRUE, 1);
  g_autofree char *least = dd_report_to_text (report, FALSE, TRUE, 40);
  g_autofree char *endless = dd_report_to_text (report, FALSE, TRUE, 0);

  g_assert_cmpstr (narrow, ==, least);
  check_page (endless, FALSE, TRUE, 0);
  g_assert_nonnull (strstr (endless, "Linear refused the token. Its data is as of Wed 18 Nov 2026, 09:00.\n"));
}

static void
test_figures (void)
{
  g_autoptr (DdReport) report = dd_report_new (fixture_whole ());
  g_autofree char *text = dd_report_to_text (report, FALSE, TRUE, 100);
  g_autofree char *ascii = dd_report_to_text (report, FALSE, FALSE, 80);
  static const char * const wanted[] = {
    "Northwind · week 46, 9 – 15 November 2026\nHigh performance · all 4 rated metrics, mean 3.25 of 4\n",
    "Deployment frequency   5.1 a day",
    "Elite  12 % worse",
    "36 deployments on 5 days",
    "Lead time for changes  17 h 42 min",
    "41 changes, 1 as merged",
    "6 of 42 deployments",
    "6 events, 1 open",
    "50 % better",
    "Checkout is down",
    "12 deployments: ",
    "Bots left out",
    "repository-001",
    "Payments",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (text, wanted[i]) == NULL)
      g_error ("“%s” is not in:\n%s", wanted[i], text);
  g_assert_nonnull (strstr (ascii, "Northwind | week 46, 9 - 15 November 2026\n"));
  g_assert_nonnull (strstr (ascii, "#### Elite"));
  g_assert_null (strchr (ascii, '?'));
}

/* A rate of nothing is never 0, and no tier. */
static void
test_nothing (void)
{
  static const int columns[] = { 40, 100 };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (DdReport) report = dd_report_new (fixture_nothing ());
      g_autofree char *text = dd_report_to_text (report, FALSE, TRUE, columns[i]);
      g_auto (GStrv) parts = g_strsplit (text, "No data", -1);

      g_assert_cmpuint (g_strv_length (parts), ==, 1 + DD_N_METRICS);
      g_assert_null (strstr (text, "Elite"));
      g_assert_null (strstr (text, "Low"));
      g_assert_null (strstr (text, "0.0"));
      g_assert_null (strstr (text, "nan"));
      g_assert_null (strstr (text, "0 s"));
      g_assert_nonnull (strstr (text, "Nothing could be rated"));
      g_assert_nonnull (strstr (text, "Connect a source"));
    }
}

static void
test_small_sample (void)
{
  DdSummary *summary = fixture_whole ();
  g_autoptr (DdReport) report = NULL;
  g_autofree char *text = NULL;

  summary->metrics.recovery_time.incidents = 2;
  summary->metrics.recovery_time.failed_deployments = 0;
  report = dd_report_new (summary);
  text = dd_report_to_text (report, FALSE, TRUE, 100);
  g_assert_nonnull (strstr (text, "2 events, 1 open, small sample"));
}

static void
test_records (void)
{
  g_autoptr (GPtrArray) rows = fixture_rows ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *endless = dd_records_write (rows, "text", zone, TRUE, 0);
  g_auto (GStrv) lines = g_strsplit (endless, "\n", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int utf8 = 0; utf8 < 2; utf8++)
      {
        g_autofree char *text = dd_records_write (rows, "text", zone, utf8, widths[i]);

        check_page (text, FALSE, utf8, widths[i]);
      }
  check_page (endless, FALSE, TRUE, 0);
  /* A line each, the sum, and what is after the last line's end. */
  g_assert_cmpuint (g_strv_length (lines), ==, rows->len + 2);
  g_assert_true (g_str_has_prefix (lines[0], "+ Fri 13 Nov 2026, 15:40  1 h 30 min   OPS-12 · shop · Release 45 ["));
  g_assert_true (g_str_has_prefix (lines[1], "  Fri"));
  g_assert_true (g_str_has_prefix (lines[2], "  –"));
}

static void
add_step (GPtrArray  *steps,
          const char *rule,
          guint       records,
          guint       left_out)
{
  DdHealthStep *step = g_new0 (DdHealthStep, 1);

  step->step = g_strdup ("deployments: fetched");
  step->records = records;
  step->left_out = left_out;
  step->rule = rule;
  step->describe = g_strdup ("its environment is not production: none of prod*, production*, live*");
  step->setting = rule != NULL ? "metrics.environments" : NULL;
  g_ptr_array_add (steps, step);
}

static void
test_health (void)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_health_step_free);
  g_autofree char *text = NULL;

  add_step (steps, NULL, 156, 0);
  add_step (steps, "not-production", 144, 12);
  add_step (steps, NULL, 123456789, 0);
  text = dd_health_write (steps, FALSE, TRUE, 0);
  g_assert_cmpstr (text, ==,
                   "    156  deployments: fetched\n"
                   "      −12  its environment is not production: none of prod*, production*, live* "
                   "(setting metrics.environments)\n"
                   "123456789  deployments: fetched\n");
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (int utf8 = 0; utf8 < 2; utf8++)
      {
        g_autofree char *page = dd_health_write (steps, FALSE, utf8, widths[i]);

        check_page (page, FALSE, utf8, widths[i]);
      }
}

/* Fields end where the line does, and a word that no line can hold goes on over several. */
static void
test_page (void)
{
  g_autofree char *text = NULL;
  DdPage page;

  dd_page_init (&page, FALSE, TRUE, 40);
  dd_page_field (&page, "ten of ten and more", 10, DD_STYLE_PLAIN);
  dd_page_field (&page, "日本語日本語", 8, DD_STYLE_PLAIN);
  dd_page_field (&page, "as far as the line goes and no further", 100, DD_STYLE_PLAIN);
  dd_page_field (&page, "nothing", 7, DD_STYLE_PLAIN);
  dd_page_end_line (&page);
  dd_page_item (&page, "one 0123456789012345678901234567890123456789 two", DD_STYLE_PLAIN);
  text = dd_page_finish (&page);
  g_assert_cmpstr (text, ==,
                   "ten of te…日本語… as far as the line go…\n"
                   "  • one\n"
                   "    012345678901234567890123456789012345\n"
                   "    6789 two\n");
}

static void
test_page_ascii (void)
{
  g_autofree char *text = NULL;
  DdPage page;

  dd_page_init (&page, TRUE, FALSE, 40);
  dd_page_field (&page, "ten of ten and more", 10, DD_STYLE_BOLD);
  dd_page_field (&page, "", 4, DD_STYLE_BAD);
  dd_page_field (&page, "“a – b” · 日", 20, DD_STYLE_PLAIN);
  dd_page_end_line (&page);
  text = dd_page_finish (&page);
  g_assert_cmpstr (text, ==, "\033[1mten of ...\033[0m    \"a - b\" | ?\n");
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text;
    guint       longest;
    const char *wanted;
  } rows[] = {
    { NULL, 0, "" },
    { "", 5, "" },
    { "  one \n\t two  ", 0, "one two" },
    { "one two", 7, "one two" },
    { "one two", 6, "one t…" },
    { "one two", 4, "one…" },
    { "one two   ", 7, "one two" },
    { "\033[31mred", 0, "[31mred" },
    { "a\xe2\x80\xae" "b\xe2\x80\x8b" "c\xef\xbb\xbf", 0, "abc" },
    { "a\xff" "b", 0, "a\xef\xbf\xbd" "b" },
    { "日本語", 2, "日…" },
    { "a\xe2\x80\x8d" "b", 0, "a\xe2\x80\x8d" "b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = dd_clean (rows[i].text, rows[i].longest);

      g_assert_cmpstr (clean, ==, rows[i].wanted);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report-text/clean", test_clean);
  g_test_add_func ("/report-text/page", test_page);
  g_test_add_func ("/report-text/page-ascii", test_page_ascii);
  g_test_add_func ("/report-text/widths", test_widths);
  g_test_add_func ("/report-text/odd-widths", test_odd_widths);
  g_test_add_func ("/report-text/figures", test_figures);
  g_test_add_func ("/report-text/nothing", test_nothing);
  g_test_add_func ("/report-text/small-sample", test_small_sample);
  g_test_add_func ("/report-text/records", test_records);
  g_test_add_func ("/report-text/health", test_health);
  return g_test_run ();
}
