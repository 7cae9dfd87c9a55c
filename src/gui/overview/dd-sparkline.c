/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-sparkline.h"

#include <math.h>

#define HEIGHT 44
#define MARK 3.5

struct _DdSparkline
{
  GtkWidget parent;

  double values[DD_TREND_PERIODS]; /* NAN: none */
};

G_DEFINE_FINAL_TYPE (DdSparkline, dd_sparkline, GTK_TYPE_WIDGET)

static void
dd_sparkline_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 60;
}

static gboolean
find_range (DdSparkline *self,
            double      *least,
            double      *most)
{
  *least = INFINITY;
  *most = -INFINITY;
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    if (!isnan (self->values[i]))
      {
        *least = MIN (*least, self->values[i]);
        *most = MAX (*most, self->values[i]);
      }
  return *least <= *most;
}

/* One unbroken stretch of periods with data, from @first to @last. */
static void
draw_stretch (cairo_t        *cr,
              const graphene_point_t *points,
              int             first,
              int             last,
              double          bottom,
              const GdkRGBA  *colour)
{
  cairo_move_to (cr, points[first].x, bottom);
  for (int i = first; i <= last; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_line_to (cr, points[last].x, bottom);
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, 0.1);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  if (first == last)
    {
      cairo_arc (cr, points[first].x, points[first].y, 1.5, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }
  for (int i = first; i <= last; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_stroke (cr);
}

static void
dd_sparkline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  DdSparkline *self = DD_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_point_t points[DD_TREND_PERIODS];
  double least, most;
  GdkRGBA colour;
  cairo_t *cr;

  if (!find_range (self, &least, &most))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      double part = most > least ? (self->values[i] - least) / (most - least) : 0.5;

      points[i].x = (float) (MARK + (width - 2 * MARK) * i / (DD_TREND_PERIODS - 1));
      points[i].y = (float) (height - MARK - 4 - (height - 2 * MARK - 4) * part);
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_line_width (cr, 1.8);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    {
      int first = i;

      if (isnan (self->values[i]))
        continue;
      while (i + 1 < DD_TREND_PERIODS && !isnan (self->values[i + 1]))
        i++;
      draw_stretch (cr, points, first, i, height, &colour);
    }
  if (!isnan (self->values[DD_TREND_PERIODS - 1]))
    {
      cairo_arc (cr, points[DD_TREND_PERIODS - 1].x, points[DD_TREND_PERIODS - 1].y, MARK, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
dd_sparkline_class_init (DdSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = dd_sparkline_measure;
  widget_class->snapshot = dd_sparkline_snapshot;
  gtk_widget_class_set_css_name (widget_class, "dd-sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dd_sparkline_init (DdSparkline *self)
{
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    self->values[i] = NAN;
}

void
dd_sparkline_set_trend (DdSparkline     *self,
                        DdMetric         metric,
                        const DdSummary *summary)
{
  for (int i = 0; i < DD_TREND_PERIODS; i++)
    self->values[i] = dd_metrics_value (&summary->trend[i].metrics, metric, summary->aggregate);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
