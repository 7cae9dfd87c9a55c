/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-funnel-bar.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 14
#define WIDTH 330
#define STRIPE 6

struct _DdFunnelBar
{
  GtkWidget parent;

  double   left; /* parts of the whole */
  double   gone;
  gboolean end;
};

G_DEFINE_FINAL_TYPE (DdFunnelBar, dd_funnel_bar, GTK_TYPE_WIDGET)

static void
dd_funnel_bar_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
}

/* Stripes over a part, clipped to the bar by the caller. */
static void
draw_stripes (GtkSnapshot   *snapshot,
              float          x,
              float          width,
              const GdkRGBA *colour)
{
  GskColorStop stops[4];
  GdkRGBA none = { 0, 0, 0, 0 };

  stops[0] = (GskColorStop) { 0, *colour };
  stops[1] = (GskColorStop) { 0.4f, *colour };
  stops[2] = (GskColorStop) { 0.4f, none };
  stops[3] = (GskColorStop) { 1, none };
  gtk_snapshot_append_repeating_linear_gradient (snapshot, &GRAPHENE_RECT_INIT (x, 0, width, HEIGHT), &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (STRIPE, STRIPE), stops, G_N_ELEMENTS (stops));
}

static void
dd_funnel_bar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  DdFunnelBar *self = DD_FUNNEL_BAR (widget);
  float width = (float) gtk_widget_get_width (widget), left = (float) self->left * width, gone = (float) self->gone * width;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect shape;
  GdkRGBA colour, ground;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  ground = (GdkRGBA) { 0.5f, 0.5f, 0.5f, 0.18f };
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, width, HEIGHT), 4);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &shape.bounds);
  if (!self->end)
    colour.alpha *= self->gone > 0 ? 0.35f : 0.6f;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (mirrored ? width - left : 0, 0, left, HEIGHT));
  colour = (GdkRGBA) { 0.4f, 0.4f, 0.4f, 1 };
  if (gone > 0)
    draw_stripes (snapshot, mirrored ? width - left - gone : left, gone, &colour);
  gtk_snapshot_pop (snapshot);
}

static void
dd_funnel_bar_class_init (DdFunnelBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = dd_funnel_bar_measure;
  widget_class->snapshot = dd_funnel_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "dd-funnel-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dd_funnel_bar_init (DdFunnelBar *self)
{
}

GtkWidget *
dd_funnel_bar_new (guint    left,
                   guint    gone,
                   guint    whole,
                   gboolean end)
{
  DdFunnelBar *self = g_object_new (DD_TYPE_FUNNEL_BAR, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *label = g_strdup_printf (_("%u of %u are left"), left, whole);

  self->left = whole > 0 ? (double) left / whole : 0;
  self->gone = whole > 0 ? (double) gone / whole : 0;
  self->end = end;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}
