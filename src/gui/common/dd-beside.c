/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-beside.h"

/* Between the two, in pixels. */
#define GAP_ACROSS 12
#define GAP_DOWN 6

struct _DdBeside
{
  GtkWidget parent;

  GtkWidget *text;
  GtkWidget *control;
  int        chars;
};

G_DEFINE_FINAL_TYPE (DdBeside, dd_beside, GTK_TYPE_WIDGET)

/* Of a line of so many characters. */
static int
find_wanted (DdBeside *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int wanted = PANGO_PIXELS_CEIL (self->chars * pango_font_metrics_get_approximate_char_width (metrics));
  int least, wished;

  pango_font_metrics_unref (metrics);
  gtk_widget_measure (self->text, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wished, NULL, NULL);
  return CLAMP (wanted, least, wished);
}

/* The control's own width, and no more than there is. */
static int
find_control_width (DdBeside *self,
                    int       width)
{
  int least, wished;

  gtk_widget_measure (self->control, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wished, NULL, NULL);
  return CLAMP (width, least, wished);
}

/* What is left for the text beside the control; 0 where the control goes below it. */
static int
find_text_width (DdBeside *self,
                 int       width)
{
  int left = width - find_control_width (self, G_MAXINT) - GAP_ACROSS;

  return left >= find_wanted (self) ? left : 0;
}

static GtkSizeRequestMode
dd_beside_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (DdBeside *self,
               int      *minimum,
               int      *natural)
{
  int text_least, text_wished, control_least, control_wished;

  gtk_widget_measure (self->text, GTK_ORIENTATION_HORIZONTAL, -1, &text_least, &text_wished, NULL, NULL);
  gtk_widget_measure (self->control, GTK_ORIENTATION_HORIZONTAL, -1, &control_least, &control_wished, NULL, NULL);
  *minimum = MAX (text_least, control_least);
  *natural = text_wished + GAP_ACROSS + control_wished;
}

static void
measure_height (DdBeside *self,
                int       width,
                int      *minimum,
                int      *natural)
{
  int beside = width < 0 ? -1 : find_text_width (self, width);
  int text_least, text_wished, control_least, control_wished;

  gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, beside != 0 ? beside : width, &text_least, &text_wished, NULL, NULL);
  gtk_widget_measure (self->control, GTK_ORIENTATION_VERTICAL, -1, &control_least, &control_wished, NULL, NULL);
  *minimum = beside != 0 ? MAX (text_least, control_least) : text_least + GAP_DOWN + control_least;
  *natural = beside != 0 ? MAX (text_wished, control_wished) : text_wished + GAP_DOWN + control_wished;
}

static void
dd_beside_measure (GtkWidget     *widget,
                   GtkOrientation orientation,
                   int            for_size,
                   int           *minimum,
                   int           *natural,
                   int           *minimum_baseline,
                   int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (DD_BESIDE (widget), minimum, natural);
  else
    measure_height (DD_BESIDE (widget), for_size, minimum, natural);
}

static void
dd_beside_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  DdBeside *self = DD_BESIDE (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int text_width = find_text_width (self, width);
  int control_width = find_control_width (self, width);
  GtkAllocation text = { 0, 0, text_width, height };
  GtkAllocation control = { width - control_width, 0, control_width, height };

  if (text_width == 0)
    {
      text.width = width;
      gtk_widget_measure (self->control, GTK_ORIENTATION_VERTICAL, control_width, &control.height, NULL, NULL, NULL);
      text.height = height - GAP_DOWN - control.height;
      control.x = 0;
      control.y = height - control.height;
    }
  if (mirrored)
    {
      text.x = width - text.x - text.width;
      control.x = width - control.x - control.width;
    }
  gtk_widget_size_allocate (self->text, &text, -1);
  gtk_widget_size_allocate (self->control, &control, -1);
}

static void
dd_beside_dispose (GObject *object)
{
  DdBeside *self = DD_BESIDE (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->control, gtk_widget_unparent);
  G_OBJECT_CLASS (dd_beside_parent_class)->dispose (object);
}

static void
dd_beside_class_init (DdBesideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_beside_dispose;
  widget_class->get_request_mode = dd_beside_get_request_mode;
  widget_class->measure = dd_beside_measure;
  widget_class->size_allocate = dd_beside_size_allocate;
}

static void
dd_beside_init (DdBeside *self)
{
}

GtkWidget *
dd_beside_new (GtkWidget *text,
               GtkWidget *control,
               int        chars)
{
  DdBeside *self = g_object_new (DD_TYPE_BESIDE, NULL);

  self->text = text;
  self->control = control;
  self->chars = chars;
  gtk_widget_set_parent (text, GTK_WIDGET (self));
  gtk_widget_set_parent (control, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
