/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-columns.h"

#define SPACING 12
/* The height that steps are meant for, in pixels: 11 points at 96 dots per inch. */
#define USUAL_LETTERS (11 * 96 / 72.0)

struct _DdColumns
{
  GtkWidget parent;

  const DdColumnStep *steps;
  double              first_weight;
};

static const DdColumnStep one_column[] = { { 0, 1 } };

G_DEFINE_FINAL_TYPE (DdColumns, dd_columns, GTK_TYPE_WIDGET)

/* Children that are not visible take no place. */
static GtkWidget *
shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Where a column begins; the one behind the last begins a spacing beyond the width. */
static double
column_start (DdColumns *self,
              int        width,
              int        columns,
              int        column)
{
  double unit = (width - SPACING * (columns - 1)) / (columns - 1 + self->first_weight);

  return column == 0 ? 0 : unit * (self->first_weight + column - 1) + SPACING * column;
}

static int
column_width (DdColumns *self,
              int        width,
              int        columns,
              int        column)
{
  double end = column_start (self, width, columns, column + 1) - SPACING;

  return MAX (0, (int) end - (int) column_start (self, width, columns, column));
}

/* A text can be longer than the steps foresee, in another language. */
static gboolean
fits (DdColumns *self,
      int        width,
      int        columns)
{
  GtkWidget *child = shown (gtk_widget_get_first_child (GTK_WIDGET (self)));

  for (int i = 0; child != NULL; i++)
    {
      int least;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      if (least > column_width (self, width, columns, i % columns))
        return FALSE;
      child = shown (gtk_widget_get_next_sibling (child));
    }
  return TRUE;
}

static int
count_columns (DdColumns *self,
               int        width)
{
  const DdColumnStep *step = self->steps;
  double letters = dd_columns_letters (GTK_WIDGET (self));

  while (step->width * letters > width || (step->width > 0 && !fits (self, width, step->columns)))
    step++;
  return step->columns;
}

/* Goes over the rows: measures each for @width, and sets it down there where @place. The height of all. */
static int
lay_out (DdColumns *self,
         int        width,
         gboolean   natural,
         gboolean   place)
{
  int columns = count_columns (self, width), y = 0;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *first = shown (gtk_widget_get_first_child (GTK_WIDGET (self)));

  while (first != NULL)
    {
      GtkWidget *child = first;
      int row_height = 0;

      for (int i = 0; i < columns && child != NULL; i++)
        {
          int least, wished;

          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column_width (self, width, columns, i), &least, &wished, NULL, NULL);
          row_height = MAX (row_height, natural ? wished : least);
          child = shown (gtk_widget_get_next_sibling (child));
        }
      for (int i = 0; place && i < columns && first != child; i++)
        {
          int x = (int) column_start (self, width, columns, i), wide = column_width (self, width, columns, i);

          gtk_widget_size_allocate (first, &(GtkAllocation) { mirrored ? width - x - wide : x, y, wide, row_height }, -1);
          first = shown (gtk_widget_get_next_sibling (first));
        }
      first = child;
      y += row_height + SPACING;
    }
  return MAX (0, y - SPACING);
}

static GtkSizeRequestMode
dd_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dd_columns_measure (GtkWidget     *widget,
                    GtkOrientation orientation,
                    int            for_size,
                    int           *minimum,
                    int           *natural,
                    int           *minimum_baseline,
                    int           *natural_baseline)
{
  DdColumns *self = DD_COLUMNS (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* At its narrowest it is one column wide. */
      for (GtkWidget *child = shown (gtk_widget_get_first_child (widget)); child != NULL;
           child = shown (gtk_widget_get_next_sibling (child)))
        {
          int least, wished;

          gtk_widget_measure (child, orientation, -1, &least, &wished, NULL, NULL);
          *minimum = MAX (*minimum, least);
        }
      *natural = MAX (*minimum, (int) (self->steps[0].width * dd_columns_letters (widget)));
      return;
    }
  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  *minimum = lay_out (self, for_size, FALSE, FALSE);
  *natural = lay_out (self, for_size, TRUE, FALSE);
}

static void
dd_columns_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  DdColumns *self = DD_COLUMNS (widget);

  lay_out (self, width, lay_out (self, width, TRUE, FALSE) <= height, TRUE);
}

static void
dd_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (dd_columns_parent_class)->dispose (object);
}

static void
dd_columns_class_init (DdColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_columns_dispose;
  widget_class->get_request_mode = dd_columns_get_request_mode;
  widget_class->measure = dd_columns_measure;
  widget_class->size_allocate = dd_columns_size_allocate;
}

static void
dd_columns_init (DdColumns *self)
{
  self->steps = one_column;
  self->first_weight = 1;
}

GtkWidget *
dd_columns_new (void)
{
  return g_object_new (DD_TYPE_COLUMNS, NULL);
}

void
dd_columns_append (DdColumns *self,
                   GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
dd_columns_set_steps (DdColumns          *self,
                      const DdColumnStep *steps,
                      double              first_weight)
{
  self->steps = steps;
  self->first_weight = first_weight;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
dd_columns_letters (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double height = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    height *= MAX (pango_cairo_context_get_resolution (context), 96) / 72;
  return MAX (height / USUAL_LETTERS, 1);
}
