/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-decimate.h"
#include "dd-palette.h"
#include "dd-scale.h"

/* Every tick lies on the scale, they rise, are labelled and not more than asked for. */
static void
test_value_ticks (void)
{
  static const struct
  {
    DdUnit      unit;
    DdScaleKind kind;
    double      low, high;
  } cases[] = {
    { DD_UNIT_DURATION, DD_SCALE_LOG, 60, 30 * 86400.0 },
    { DD_UNIT_DURATION, DD_SCALE_LINEAR, 0, 7200 },
    { DD_UNIT_SHARE, DD_SCALE_LINEAR, 0, 0.31 },
    { DD_UNIT_PER_DAY, DD_SCALE_LINEAR, 0, 5.1 },
    { DD_UNIT_COUNT, DD_SCALE_LINEAR, 0, 61 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DdScale scale = { .kind = cases[i].kind, .start = 400, .end = 0 };
      g_autoptr (GPtrArray) ticks = NULL;
      double before = -INFINITY;

      dd_scale_fit (&scale, cases[i].unit, cases[i].low, cases[i].high);
      ticks = dd_scale_ticks (&scale, cases[i].unit, 6);
      g_assert_cmpuint (ticks->len, >=, 2);
      g_assert_cmpuint (ticks->len, <=, 6);
      for (guint n = 0; n < ticks->len; n++)
        {
          const DdTick *tick = g_ptr_array_index (ticks, n);
          double pixel = dd_scale_to_pixel (&scale, tick->value);

          g_assert_cmpfloat (tick->value, >, before);
          g_assert_cmpfloat (pixel, >=, -0.01);
          g_assert_cmpfloat (pixel, <=, 400.01);
          g_assert_cmpstr (tick->label, !=, "");
          before = tick->value;
        }
    }
}

/* Days begin at local midnight, also where one of them has 23 or 25 hours. */
static void
test_time_ticks_over_dst (void)
{
  static const char * const months[] = { "2026-03-26", "2026-10-22" };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");

  g_assert_nonnull (zone);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autofree char *text = g_strdup_printf ("%sT00:00:00", months[i]);
      g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (text, zone);
      g_autoptr (GDateTime) end = g_date_time_add_days (start, 7);
      g_autoptr (GPtrArray) ticks = dd_scale_time_ticks (g_date_time_to_unix (start) * DD_SECOND, g_date_time_to_unix (end) * DD_SECOND, zone, 10);

      g_assert_cmpuint (ticks->len, >=, 7);
      for (guint n = 0; n < ticks->len; n++)
        {
          const DdTick *tick = g_ptr_array_index (ticks, n);
          g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((gint64) (tick->value / DD_SECOND));
          g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

          g_assert_cmpint (g_date_time_get_hour (local), ==, 0);
        }
    }
}

/* No spike is lost, however few the columns; a gap stays one. */
static void
test_decimate_keeps_extremes (void)
{
  enum { MANY = 100000, COLUMNS = 100, SPIKE = 54321, DIP = 12345, GAP = 70000 };
  g_autofree gint64 *times = g_new (gint64, MANY);
  g_autofree double *values = g_new (double, MANY);
  g_autoptr (GArray) columns = NULL;
  gboolean spike = FALSE, dip = FALSE, gap = FALSE;

  for (int i = 0; i < MANY; i++)
    {
      times[i] = i;
      values[i] = i % 7;
    }
  values[SPIKE] = 1000;
  values[DIP] = -1000;
  for (int i = GAP; i < GAP + MANY / COLUMNS * 2; i++)
    values[i] = NAN;
  columns = dd_decimate (times, values, MANY, 0, MANY, COLUMNS);
  g_assert_cmpuint (columns->len, <=, COLUMNS);
  for (guint i = 0; i < columns->len; i++)
    {
      const DdColumn *column = &g_array_index (columns, DdColumn, i);

      spike |= column->greatest == SPIKE;
      dip |= column->least == DIP;
      gap |= column->after_gap && column->first >= GAP;
    }
  g_assert_true (spike);
  g_assert_true (dip);
  g_assert_true (gap);
}

/* WCAG 2: 3 for what is drawn, 4.5 for what is read. */
static void
test_contrast (void)
{
  for (int theme = 0; theme < DD_N_THEMES; theme++)
    {
      const DdPalette *palette = dd_palette_get (theme);
      DdColour text = dd_colour_over (&palette->text, &palette->background);
      DdColour dim = dd_colour_over (&palette->dim, &palette->background);

      g_assert_cmpfloat (dd_colour_contrast (&text, &palette->background), >=, 4.5);
      g_assert_cmpfloat (dd_colour_contrast (&dim, &palette->background), >=, 4.5);
      for (int role = 0; role < DD_N_ROLES; role++)
        {
          DdColour series = dd_colour_over (&palette->series[role], &palette->background);

          g_assert_cmpfloat (dd_colour_contrast (&series, &palette->background), >=, 3);
        }
      for (int tier = DD_TIER_LOW; tier <= DD_TIER_ELITE; tier++)
        g_assert_cmpfloat (dd_colour_contrast (&palette->tier_text[tier], &palette->tiers[tier]), >=, 4.5);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/chart-parts/value-ticks", test_value_ticks);
  g_test_add_func ("/chart-parts/time-ticks-over-dst", test_time_ticks_over_dst);
  g_test_add_func ("/chart-parts/decimate-keeps-extremes", test_decimate_keeps_extremes);
  g_test_add_func ("/chart-parts/contrast", test_contrast);
  return g_test_run ();
}
