/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-either.h"

struct _DdEither
{
  GtkWidget parent;

  GtkWidget *wide;
  GtkWidget *narrow;
};

G_DEFINE_FINAL_TYPE (DdEither, dd_either, GTK_TYPE_WIDGET)

static GtkWidget *
find_fitting (DdEither *self,
              int       width)
{
  int least;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least <= width ? self->wide : self->narrow;
}

static GtkSizeRequestMode
dd_either_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dd_either_measure (GtkWidget     *widget,
                   GtkOrientation orientation,
                   int            for_size,
                   int           *minimum,
                   int           *natural,
                   int           *minimum_baseline,
                   int           *natural_baseline)
{
  DdEither *self = DD_EITHER (widget);
  int wished;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->narrow, orientation, -1, minimum, natural, NULL, NULL);
      gtk_widget_measure (self->wide, orientation, -1, NULL, &wished, NULL, NULL);
      *natural = MAX (*natural, wished);
    }
  else
    gtk_widget_measure (for_size < 0 ? self->wide : find_fitting (self, for_size), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
dd_either_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  DdEither *self = DD_EITHER (widget);
  GtkWidget *shown = find_fitting (self, width);

  gtk_widget_set_child_visible (self->wide, shown == self->wide);
  gtk_widget_set_child_visible (self->narrow, shown == self->narrow);
  gtk_widget_size_allocate (shown, &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static void
dd_either_dispose (GObject *object)
{
  DdEither *self = DD_EITHER (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  G_OBJECT_CLASS (dd_either_parent_class)->dispose (object);
}

static void
dd_either_class_init (DdEitherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_either_dispose;
  widget_class->get_request_mode = dd_either_get_request_mode;
  widget_class->measure = dd_either_measure;
  widget_class->size_allocate = dd_either_size_allocate;
}

static void
dd_either_init (DdEither *self)
{
}

GtkWidget *
dd_either_new (GtkWidget *wide,
               GtkWidget *narrow)
{
  DdEither *self = g_object_new (DD_TYPE_EITHER, NULL);

  self->wide = wide;
  self->narrow = narrow;
  gtk_widget_set_parent (wide, GTK_WIDGET (self));
  gtk_widget_set_parent (narrow, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
