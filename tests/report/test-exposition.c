/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-exposition.h"

#include <math.h>

static const DdFamily gauge = { "app_size_bytes", DD_FAMILY_GAUGE, "bytes", "How big: \"C:\\\"\nas it is." };
static const DdFamily counter = { "app_errors_total", DD_FAMILY_COUNTER, NULL, "Errors." };
static const DdFamily histogram = { "app_time_seconds", DD_FAMILY_HISTOGRAM, "seconds", "Time." };

typedef struct
{
  double      value;
  const char *text;
} NumberCase;

static const NumberCase number_cases[] = {
  { 0, "0" },
  { -0.5, "-0.5" },
  { 41, "41" },
  { 1795176000, "1795176000" },
  { 1795176000.123456, "1795176000.123456" },
  { 0.1, "0.1" },
  { 1.0 / 3, "0.3333333333333333" },
  { 41.0 / 7, "5.857142857142857" },
  { 9007199254740991.0, "9007199254740991" },
  { 1e300, "1e+300" },
  { INFINITY, "+Inf" },
  { -INFINITY, "-Inf" },
  { NAN, "NaN" },
};

static void
test_numbers (void)
{
  static const DdFamily bare = { "x", DD_FAMILY_GAUGE, NULL, "X." };

  for (gsize i = 0; i < G_N_ELEMENTS (number_cases); i++)
    {
      DdExposition *exposition = dd_exposition_new (DD_EXPOSITION_TEXT);
      g_autofree char *wanted = g_strdup_printf ("# HELP x X.\n# TYPE x gauge\nx %s\n", number_cases[i].text);
      g_autofree char *text = NULL;

      dd_exposition_begin (exposition, &bare);
      dd_exposition_add (exposition, NULL, 0, number_cases[i].value);
      text = dd_exposition_finish (exposition);
      g_assert_cmpstr (text, ==, wanted);
      /* Nothing is lost on the way. */
      if (isfinite (number_cases[i].value))
        g_assert_cmpfloat (g_ascii_strtod (number_cases[i].text, NULL), ==, number_cases[i].value);
    }
}

typedef struct
{
  const char *value;
  const char *text;
} LabelCase;

static const LabelCase label_cases[] = {
  { "", "" },
  { "shop", "shop" },
  { "say \"hi\"", "say \\\"hi\\\"" },
  { "C:\\new", "C:\\\\new" },
  { "two\nlines", "two\\nlines" },
  { "\\n", "\\\\n" },
  { "Zahlungs­wesen – 支付 🚀", "Zahlungs­wesen – 支付 🚀" },
  { "tab\tand } , =", "tab\tand } , =" },
  { "latin \xe9", "latin \xef\xbf\xbd" },
};

static void
test_labels (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (label_cases); i++)
    {
      DdExposition *exposition = dd_exposition_new (DD_EXPOSITION_TEXT);
      const DdLabel labels[] = { { "a", label_cases[i].value }, { "b", "2" } };
      g_autofree char *wanted = g_strdup_printf ("# HELP app_errors_total Errors.\n# TYPE app_errors_total counter\n"
                                                 "app_errors_total{a=\"%s\",b=\"2\"} 1\n", label_cases[i].text);
      g_autofree char *text = NULL;

      dd_exposition_begin (exposition, &counter);
      dd_exposition_add (exposition, labels, G_N_ELEMENTS (labels), 1);
      text = dd_exposition_finish (exposition);
      g_assert_cmpstr (text, ==, wanted);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static char *
write_all (DdExpositionFormat format)
{
  DdExposition *exposition = dd_exposition_new (format);
  const DdLabel one[] = { { "repo", "a" } }, two[] = { { "repo", "b" } };
  const double bounds[] = { 1, 2.5 };
  const gint64 counts[] = { 3, 0, 2 }, nothing[] = { 0, 0, 0 };
  static const DdFamily silent = { "app_silent", DD_FAMILY_GAUGE, NULL, "Never said." };

  dd_exposition_begin (exposition, &gauge);
  dd_exposition_add (exposition, NULL, 0, 5);
  dd_exposition_begin (exposition, &silent);
  dd_exposition_begin (exposition, &counter);
  dd_exposition_add (exposition, one, 1, 7);
  dd_exposition_add (exposition, two, 1, 0);
  dd_exposition_begin (exposition, &histogram);
  dd_exposition_add_histogram (exposition, one, 1, bounds, counts, 2, 12.5);
  dd_exposition_add_histogram (exposition, NULL, 0, bounds, nothing, 2, 0);
  return dd_exposition_finish (exposition);
}

/* Samples of a family follow each other under one head; buckets add up. */
static void
test_text (void)
{
  g_autofree char *text = write_all (DD_EXPOSITION_TEXT);

  g_assert_cmpstr (text, ==,
                   "# HELP app_size_bytes How big: \"C:\\\\\"\\nas it is.\n# TYPE app_size_bytes gauge\napp_size_bytes 5\n"
                   "# HELP app_errors_total Errors.\n# TYPE app_errors_total counter\n"
                   "app_errors_total{repo=\"a\"} 7\napp_errors_total{repo=\"b\"} 0\n"
                   "# HELP app_time_seconds Time.\n# TYPE app_time_seconds histogram\n"
                   "app_time_seconds_bucket{repo=\"a\",le=\"1\"} 3\napp_time_seconds_bucket{repo=\"a\",le=\"2.5\"} 3\n"
                   "app_time_seconds_bucket{repo=\"a\",le=\"+Inf\"} 5\napp_time_seconds_sum{repo=\"a\"} 12.5\n"
                   "app_time_seconds_count{repo=\"a\"} 5\n"
                   "app_time_seconds_bucket{le=\"1\"} 0\napp_time_seconds_bucket{le=\"2.5\"} 0\n"
                   "app_time_seconds_bucket{le=\"+Inf\"} 0\napp_time_seconds_sum 0\napp_time_seconds_count 0\n");
}

static void
test_openmetrics (void)
{
  g_autofree char *text = write_all (DD_EXPOSITION_OPENMETRICS);

  g_assert_cmpstr (text, ==,
                   "# HELP app_size_bytes How big: \\\"C:\\\\\\\"\\nas it is.\n# TYPE app_size_bytes gauge\n"
                   "# UNIT app_size_bytes bytes\napp_size_bytes 5\n"
                   "# HELP app_errors Errors.\n# TYPE app_errors counter\n"
                   "app_errors_total{repo=\"a\"} 7\napp_errors_total{repo=\"b\"} 0\n"
                   "# HELP app_time_seconds Time.\n# TYPE app_time_seconds histogram\n# UNIT app_time_seconds seconds\n"
                   "app_time_seconds_bucket{repo=\"a\",le=\"1.0\"} 3\napp_time_seconds_bucket{repo=\"a\",le=\"2.5\"} 3\n"
                   "app_time_seconds_bucket{repo=\"a\",le=\"+Inf\"} 5\napp_time_seconds_sum{repo=\"a\"} 12.5\n"
                   "app_time_seconds_count{repo=\"a\"} 5\n"
                   "app_time_seconds_bucket{le=\"1.0\"} 0\napp_time_seconds_bucket{le=\"2.5\"} 0\n"
                   "app_time_seconds_bucket{le=\"+Inf\"} 0\napp_time_seconds_sum 0\napp_time_seconds_count 0\n# EOF\n");
}

static void
test_empty (void)
{
  g_autofree char *text = dd_exposition_finish (dd_exposition_new (DD_EXPOSITION_TEXT));
  g_autofree char *open = dd_exposition_finish (dd_exposition_new (DD_EXPOSITION_OPENMETRICS));

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (open, ==, "# EOF\n");
  g_assert_cmpstr (dd_exposition_content_type (DD_EXPOSITION_TEXT), ==, "text/plain; version=0.0.4; charset=utf-8");
  g_assert_cmpstr (dd_exposition_content_type (DD_EXPOSITION_OPENMETRICS), ==,
                   "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/exposition/numbers", test_numbers);
  g_test_add_func ("/exposition/labels", test_labels);
  g_test_add_func ("/exposition/text", test_text);
  g_test_add_func ("/exposition/openmetrics", test_openmetrics);
  g_test_add_func ("/exposition/empty", test_empty);
  return g_test_run ();
}
