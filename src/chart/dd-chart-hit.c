/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-hit.h"

#include <math.h>

#include "dd-chart-layout-private.h"

int
dd_chart_point_at (const DdChartSpec *spec,
                   gint64             time)
{
  guint low = 0, high = spec->points->len;

  if (high == 0)
    return -1;
  /* The first that ends after @time; the last one where none does. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (spec->points, DdChartPoint, middle).end <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return (int) MIN (low, spec->points->len - 1);
}

/* The first value at or after @time in a series of any kind. */
static guint
find_value (const DdChartSpec   *spec,
            const DdChartSeries *series,
            gint64               time)
{
  int point;

  if (series->times != NULL)
    return dd_decimate_find (series->times, series->n, time);
  point = dd_chart_point_at (spec, time);
  return point < 0 ? 0 : (guint) point;
}

/* Values that stand within reach of @x are compared, from the first of them on. */
static void
hit_series (const DdChartLayout *layout,
            double               x,
            double               y,
            double               reach,
            DdChartHit          *hit)
{
  double nearest = reach;

  for (guint s = 0; s < layout->spec->series->len; s++)
    {
      const DdChartSeries *series = g_ptr_array_index (layout->spec->series, s);
      gboolean scatter = layout->spec->kind == DD_CHART_SCATTER;
      guint i = series->times != NULL ? find_value (layout->spec, series, dd_chart_layout_time_at (layout, x - reach)) : 0;

      if (series->times == NULL && hit->point >= 0)
        i = (guint) hit->point;
      for (; !series->hidden && i < series->n; i++)
        {
          double at = dd_chart_layout_series_x (layout, series, i), distance;

          if (at > x + reach && !(series->times == NULL && i == (guint) hit->point))
            break;
          /* A bucket is as wide as it is: only the height counts. */
          distance = series->times == NULL ? fabs (dd_chart_layout_y_of (layout, series->values[i]) - y)
                                           : hypot (at - x, dd_chart_layout_y_of (layout, series->values[i]) - y);
          if (distance <= nearest)
            {
              nearest = distance;
              hit->series = (int) s;
              hit->point = scatter ? (int) i : hit->point;
            }
          if (series->times == NULL)
            break;
        }
    }
}

static void
hit_marks (const DdChartLayout *layout,
           double               x,
           double               y,
           double               reach,
           DdChartHit          *hit)
{
  double nearest = reach;

  if (!layout->strip || fabs (y - layout->strip_y) > MAX (12, reach / 2))
    return;
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const DdMark *mark = &g_array_index (layout->marks, DdMark, i);
      double distance = x < mark->x ? mark->x - x : x > mark->end ? x - mark->end : 0;

      /* Where lengths lie over each other, the one that began last is meant. */
      if (distance <= nearest)
        {
          nearest = distance;
          hit->incident = (int) mark->first;
        }
    }
}

static gboolean
hit_bars (const DdChartLayout *layout,
          double               x,
          double               y,
          DdChartHit          *hit)
{
  for (guint i = 0; i < layout->bar_boxes->len; i++)
    {
      const DdBarBox *box = &g_array_index (layout->bar_boxes, DdBarBox, i);
      gboolean tall = layout->spec->kind == DD_CHART_HISTOGRAM;
      double top = tall ? layout->plot.y : box->box.y, bottom = tall ? layout->plot.y + layout->plot.height : box->box.y + box->box.height;

      if (x >= box->box.x && x < box->box.x + box->box.width && y >= top && y <= bottom)
        {
          hit->point = (int) box->bar;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
dd_chart_hit (const DdChartLayout *layout,
              double               x,
              double               y,
              double               reach,
              DdChartHit          *hit)
{
  const DdChartBox *plot = &layout->plot;

  *hit = (DdChartHit) { -1, -1, -1 };
  if (layout->spec->kind == DD_CHART_STAGES || layout->spec->kind == DD_CHART_HISTOGRAM)
    return hit_bars (layout, x, y, hit);
  if (x < plot->x || x > plot->x + plot->width)
    return FALSE;
  if (y >= plot->y && y <= plot->y + plot->height)
    {
      if (layout->spec->kind != DD_CHART_SCATTER)
        hit->point = dd_chart_point_at (layout->spec, dd_chart_layout_time_at (layout, x));
      hit_series (layout, x, y, reach, hit);
    }
  else
    hit_marks (layout, x, y, reach, hit);
  return hit->point >= 0 || hit->series >= 0 || hit->incident >= 0;
}
