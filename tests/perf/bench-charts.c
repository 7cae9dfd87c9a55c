/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "dd-chart-draw.h"

/*
 * How long a chart of very many points takes to be laid out and drawn, and what follows the pointer on it: medians, on a picture
 * in memory, as the window draws without a graphics card. Ends with 1 where a budget is exceeded.
 */

#define TIMES 9
#define WIDTH 1000
#define HEIGHT 320
#define HOVERS 50

static int
compare (const void *one,
         const void *other)
{
  double a = *(const double *) one, b = *(const double *) other;

  return a < b ? -1 : a > b;
}

static DdChartSpec *
make_spec (DdChartKind kind,
           guint       n)
{
  DdChartSpec *spec = dd_chart_spec_new (kind, DD_UNIT_DURATION, "Lead time", NULL);
  g_autofree double *values = g_new (double, n);
  g_autofree gint64 *times = g_new (gint64, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      values[i] = exp (g_rand_double_range (random, 4, 15));
      times[i] = (gint64) i * 60 * G_USEC_PER_SEC;
    }
  spec->scale = DD_SCALE_LOG;
  dd_chart_spec_add_series (spec, "Changes", DD_ROLE_BLUE, n, values, times);
  dd_chart_spec_reset_range (spec);
  return spec;
}

static gboolean
measure (guint  n,
         double most)
{
  g_autoptr (DdChartSpec) spec = make_spec (DD_CHART_SCATTER, n);
  DdChartLook look = { .palette = dd_palette_get (DD_THEME_LIGHT), .text_scale = 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  double draws[TIMES], hovers[TIMES];
  const double most_hover = 1;

  for (int i = 0; i < TIMES; i++)
    {
      cairo_t *cr = cairo_create (surface);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (DdChartLayout) layout = dd_chart_layout_new (spec, &look, WIDTH, HEIGHT);

      dd_chart_layout_draw (layout, cr);
      draws[i] = (double) (g_get_monotonic_time () - start) / 1000;
      start = g_get_monotonic_time ();
      for (int k = 0; k < HOVERS; k++)
        {
          DdChartCursor cursor = DD_CHART_CURSOR_NONE;

          cursor.point = (int) ((gint64) n * k / HOVERS);
          cursor.tip = TRUE;
          cursor.pointer_x = cursor.pointer_y = NAN;
          dd_chart_draw_cursor (layout, cr, &cursor);
        }
      hovers[i] = (double) (g_get_monotonic_time () - start) / 1000 / HOVERS;
      cairo_destroy (cr);
    }
  cairo_surface_destroy (surface);
  qsort (draws, TIMES, sizeof (double), compare);
  qsort (hovers, TIMES, sizeof (double), compare);
  g_print ("chart of %u points: drawn in %.1f ms (at most %.0f ms), the pointer's part in %.2f ms (at most %.0f ms)\n", n, draws[TIMES / 2], most,
           hovers[TIMES / 2], most_hover);
  return draws[TIMES / 2] <= most && hovers[TIMES / 2] <= most_hover;
}

int
main (void)
{
  gboolean kept = measure (100000, 8);

  kept = measure (1000000, 12) && kept;
  return kept ? EXIT_SUCCESS : EXIT_FAILURE;
}
