/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "dd-chart-export.h"
#include "dd-chart-words.h"

#define WEEK (7 * DD_DAY)
#define HOURS 3600.0

static void
add_point (DdChartSpec *spec,
           const char  *label,
           gint64       start,
           guint        count,
           DdTier       tier)
{
  DdChartPoint point = {
    .start = start,
    .end = start + WEEK,
    .label = g_strdup (label),
    .long_label = g_strdup_printf ("Week %s", label),
    .events = g_strdup_printf ("%u changes", count),
    .count = count,
    .tier = tier,
    .small = count < DD_SMALL_SAMPLE,
  };

  g_array_append_val (spec->points, point);
}

/* Three weeks: a day, nothing, half a day; an incident in the third. */
static DdChartSpec *
make_trend (void)
{
  const double values[] = { 24 * HOURS, NAN, 12 * HOURS };
  DdChartSpec *spec = dd_chart_spec_new (DD_CHART_TREND, DD_UNIT_DURATION, "Lead time for changes", NULL);

  spec->metric = DD_METRIC_LEAD_TIME;
  spec->scale = DD_SCALE_LOG;
  add_point (spec, "W1", 0, 9, DD_TIER_MEDIUM);
  add_point (spec, "W2", WEEK, 0, DD_TIER_NONE);
  add_point (spec, "W3", 2 * WEEK, 3, DD_TIER_HIGH);
  dd_chart_spec_add_series (spec, "Median", DD_ROLE_BLUE, 3, values, NULL);
  dd_chart_spec_reset_range (spec);
  dd_chart_spec_add_incident (spec, "OPS-1", "Line\nbreak \342\200\256and <b>markup</b>", 2 * WEEK + DD_HOUR, 2 * WEEK + 2 * DD_HOUR);
  return spec;
}

static void
test_sentences (void)
{
  g_autoptr (DdChartSpec) spec = make_trend ();
  g_autofree char *summary = dd_chart_words_summary (spec);
  g_autofree char *gap = dd_chart_words_point (spec, 1);
  g_autofree char *last = dd_chart_words_point (spec, 2);
  g_autofree char *none = dd_chart_words_point (spec, 3);
  g_autofree char *incident = dd_chart_words_incident (spec, 0);

  g_assert_cmpstr (summary, ==, "Lead time for changes, 3 periods: 12 h now, falling; best 12 h in W3, worst 1 d in W1; High");
  g_assert_cmpstr (gap, ==, "Week W2: Median No data; 0 changes");
  g_assert_cmpstr (last, ==, "Week W3: Median 12 h; 3 changes; High; 1 incident; small sample");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (incident, ==, "OPS-1, Line break and <b>markup</b>: 15 Jan, 01:00, lasted 1 h");
}

static void
test_no_data (void)
{
  g_autoptr (DdChartSpec) spec = dd_chart_spec_new (DD_CHART_TREND, DD_UNIT_SHARE, "Change failure rate", NULL);
  g_autofree char *summary = NULL;

  add_point (spec, "W1", 0, 0, DD_TIER_NONE);
  dd_chart_spec_add_series (spec, "Rate", DD_ROLE_BLUE, 1, (const double[]) { NAN }, NULL);
  summary = dd_chart_words_summary (spec);
  g_assert_cmpstr (summary, ==, "Change failure rate, 1 period: no data.");
}

/* The table, the file and the sentences say the same. */
static void
test_table (void)
{
  g_autoptr (DdChartSpec) spec = make_trend ();
  static const char * const cells[3][5] = {
    { "Week W1", "1 d", "9", "Medium", "0" },
    { "Week W2", "No data", "0", "", "0" },
    { "Week W3", "12 h", "3", "High", "1" },
  };
  g_autofree char *csv = dd_chart_to_csv (spec);

  g_assert_cmpuint (dd_chart_table_rows (spec), ==, 3);
  g_assert_cmpuint (dd_chart_table_columns (spec), ==, 5);
  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 5; column++)
      {
        g_autofree char *cell = dd_chart_table_cell (spec, row, column);

        g_assert_cmpstr (cell, ==, cells[row][column]);
      }
  g_assert_false (dd_chart_table_is_number (spec, 0));
  g_assert_true (dd_chart_table_is_number (spec, 1));
  g_assert_false (dd_chart_table_is_number (spec, 3));
  g_assert_cmpstr (csv, ==,
                   "Period,From,Until,Median,Events,Tier,Incidents\n"
                   "W1,1970-01-01T00:00:00+00:00,1970-01-08T00:00:00+00:00,86400,9,medium,0\n"
                   "W2,1970-01-08T00:00:00+00:00,1970-01-15T00:00:00+00:00,,0,,0\n"
                   "W3,1970-01-15T00:00:00+00:00,1970-01-22T00:00:00+00:00,43200,3,high,1\n");
}

static void
test_export (void)
{
  static const struct
  {
    DdExportFormat format;
    const char    *begins;
  } cases[] = {
    { DD_EXPORT_PNG, "\x89PNG" },
    { DD_EXPORT_SVG, "<?xml" },
    { DD_EXPORT_PDF, "%PDF-" },
  };
  g_autoptr (DdChartSpec) spec = make_trend ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = dd_chart_export (spec, cases[i].format, 800, 400, i % 2 == 1, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 1000);
      g_assert_true (memcmp (g_bytes_get_data (bytes, NULL), cases[i].begins, strlen (cases[i].begins)) == 0);
    }
  g_assert_null (dd_chart_export (spec, DD_EXPORT_PNG, 1e6, 400, FALSE, &error));
  g_assert_nonnull (error);
}

/* A cursor at every place of a small picture, with and without a pointer: nothing is drawn out of order. */
static void
test_cursor (void)
{
  g_autoptr (DdChartSpec) spec = make_trend ();
  DdChartLook look = { .palette = dd_palette_get (DD_THEME_DARK), .text_scale = 2 };

  for (int rtl = 0; rtl < 2; rtl++)
    {
      g_autoptr (DdChartLayout) layout = NULL;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 240, 180);
      cairo_t *cr = cairo_create (surface);

      look.rtl = rtl;
      layout = dd_chart_layout_new (spec, &look, 240, 180);
      for (int point = -1; point < 3; point++)
        {
          DdChartCursor cursor = { .point = point, .series = 0, .incident = point < 0 ? 0 : -1, .tip = TRUE, .pointer_x = point < 1 ? NAN : 100, .pointer_y = 90 };

          dd_chart_draw_cursor (layout, cr, &cursor);
          cursor.selecting = TRUE;
          cursor.select_from = 0;
          cursor.select_to = WEEK;
          dd_chart_draw_cursor (layout, cr, &cursor);
        }
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

/* Whether a cursor leaves a mark on an empty picture. */
static gboolean
leaves_mark (const DdChartSpec *spec,
             gint64             from,
             gint64             to)
{
  DdChartLook look = { .palette = dd_palette_get (DD_THEME_LIGHT), .text_scale = 1 };
  DdChartCursor cursor = { .point = -1, .series = -1, .incident = -1, .shared_from = from, .shared_to = to };
  g_autoptr (DdChartLayout) layout = dd_chart_layout_new (spec, &look, 240, 180);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 240, 180);
  cairo_t *cr = cairo_create (surface);
  gboolean marked = FALSE;

  dd_chart_draw_cursor (layout, cr, &cursor);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int i = 0; i < cairo_image_surface_get_stride (surface) * 180; i++)
    marked = marked || cairo_image_surface_get_data (surface)[i] != 0;
  cairo_surface_destroy (surface);
  return marked;
}

/* Where another chart of the page is, as far as it is of this one's time. */
static void
test_shared_cursor (void)
{
  const double hours[] = { 3, 5 };
  const gint64 times[] = { WEEK + DD_HOUR, WEEK + 30 * DD_HOUR };
  g_autoptr (DdChartSpec) trend = make_trend ();
  g_autoptr (DdChartSpec) scatter = dd_chart_spec_new (DD_CHART_SCATTER, DD_UNIT_DURATION, "Single changes", NULL);

  dd_chart_spec_add_series (scatter, "Changes", DD_ROLE_BLUE, G_N_ELEMENTS (hours), hours, times);
  scatter->from = WEEK;
  scatter->to = 2 * WEEK;
  g_assert_false (leaves_mark (trend, 0, 0));
  g_assert_true (leaves_mark (trend, trend->from + DD_DAY, trend->from + DD_DAY));
  g_assert_false (leaves_mark (trend, trend->to + DD_DAY, trend->to + DD_DAY));
  g_assert_true (leaves_mark (scatter, WEEK + DD_DAY, WEEK + DD_DAY));
  g_assert_true (leaves_mark (scatter, WEEK, 2 * WEEK));
  g_assert_false (leaves_mark (scatter, 3 * WEEK, 3 * WEEK));
  g_assert_false (leaves_mark (scatter, 3 * WEEK, 4 * WEEK));
}

/* What an axis begins with has no sign. */
static void
test_zero (void)
{
  for (DdUnit unit = DD_UNIT_DURATION; unit <= DD_UNIT_COUNT; unit++)
    {
      DdScale scale = { .kind = DD_SCALE_LINEAR };
      g_autoptr (GPtrArray) ticks = NULL;

      dd_scale_fit (&scale, unit, NAN, unit == DD_UNIT_SHARE ? 0.13 : 13);
      ticks = dd_scale_ticks (&scale, unit, 4);
      g_assert_cmpuint (ticks->len, >, 1);
      g_assert_false (g_str_has_prefix (((DdTick *) ticks->pdata[0])->label, "-"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/chart-words/sentences", test_sentences);
  g_test_add_func ("/chart-words/no-data", test_no_data);
  g_test_add_func ("/chart-words/table", test_table);
  g_test_add_func ("/chart-words/export", test_export);
  g_test_add_func ("/chart-words/cursor", test_cursor);
  g_test_add_func ("/chart-words/cursor/shared", test_shared_cursor);
  g_test_add_func ("/chart-words/zero", test_zero);
  return g_test_run ();
}
