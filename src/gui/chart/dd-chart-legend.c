/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-legend.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "dd-chart-draw.h"

#define KEY_WIDTH 26
#define KEY_HEIGHT 12
#define SPACING 6

struct _DdChartLegend
{
  GtkWidget parent;

  DdChartView *view;
};

G_DEFINE_FINAL_TYPE (DdChartLegend, dd_chart_legend, GTK_TYPE_WIDGET)

static void
draw_key_cb (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        user_data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  DdTheme theme = dark ? DD_THEME_DARK : DD_THEME_LIGHT;

  if (adw_style_manager_get_high_contrast (manager))
    theme = dark ? DD_THEME_DARK_CONTRAST : DD_THEME_LIGHT_CONTRAST;
  dd_chart_draw_key (cr, dd_palette_get (theme), (DdRole) GPOINTER_TO_INT (user_data), &(DdChartBox) { 0, 0, width, height });
}

static void
name_button (GtkToggleButton     *button,
             const DdChartSeries *series)
{
  /* Translators: %s is the name of a series of a chart, "Median". */
  g_autofree char *name = g_strdup_printf (series->hidden ? _("%s, hidden") : _("%s, shown"), series->name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
toggled_cb (GtkToggleButton *button,
            DdChartLegend   *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "dd-series"));
  const DdChartSpec *spec = dd_chart_view_get_spec (self->view);

  if (spec == NULL || index >= spec->series->len)
    return;
  dd_chart_view_show_series (self->view, index, gtk_toggle_button_get_active (button));
  name_button (button, g_ptr_array_index (spec->series, index));
}

static void
add_series (DdChartLegend       *self,
            const DdChartSeries *series,
            guint                index)
{
  GtkWidget *button = gtk_toggle_button_new (), *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = gtk_drawing_area_new (), *name = gtk_label_new (series->name);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (key), draw_key_cb, GINT_TO_POINTER (series->role), NULL);
  gtk_widget_set_size_request (key, KEY_WIDTH, KEY_HEIGHT);
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), key);
  gtk_box_append (GTK_BOX (content), name);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "dd-legend");
  g_object_set_data (G_OBJECT (button), "dd-series", GUINT_TO_POINTER (index));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !series->hidden);
  name_button (GTK_TOGGLE_BUTTON (button), series);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

static void
clear (DdChartLegend *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/* Buttons in lines as words are, from the side where reading begins. Returns the height of all lines; @place: put them there. */
static int
flow (DdChartLegend *self,
      int            width,
      gboolean       place)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition least, natural;
      int wanted;

      gtk_widget_get_preferred_size (child, &least, &natural);
      wanted = CLAMP (natural.width, least.width, MAX (width, least.width));
      if (x > 0 && x + wanted > width)
        {
          y += line + SPACING;
          x = line = 0;
        }
      if (place)
        gtk_widget_size_allocate (child, &(GtkAllocation) { rtl ? width - x - wanted : x, y, wanted, natural.height }, -1);
      x += wanted + SPACING;
      line = MAX (line, natural.height);
    }
  return y + line;
}

static void
dd_chart_legend_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition least, wanted;

      gtk_widget_get_preferred_size (child, &least, &wanted);
      *minimum = MAX (*minimum, least.width);
      *natural += wanted.width + (*natural > 0 ? SPACING : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = flow (DD_CHART_LEGEND (widget), for_size >= 0 ? for_size : G_MAXINT / 2, FALSE);
}

static GtkSizeRequestMode
dd_chart_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dd_chart_legend_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  flow (DD_CHART_LEGEND (widget), width, TRUE);
}

static void
dd_chart_legend_dispose (GObject *object)
{
  DdChartLegend *self = DD_CHART_LEGEND (object);

  clear (self);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (dd_chart_legend_parent_class)->dispose (object);
}

static void
dd_chart_legend_class_init (DdChartLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_chart_legend_dispose;
  widget_class->measure = dd_chart_legend_measure;
  widget_class->get_request_mode = dd_chart_legend_get_request_mode;
  widget_class->size_allocate = dd_chart_legend_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dd_chart_legend_init (DdChartLegend *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Legend"), -1);
}

void
dd_chart_legend_fill (DdChartLegend *self,
                      DdChartView   *view)
{
  const DdChartSpec *spec = dd_chart_view_get_spec (view);
  guint n = spec != NULL ? spec->series->len : 0;

  g_set_object (&self->view, view);
  clear (self);
  for (guint i = 0; n > 1 && i < n; i++)
    add_series (self, g_ptr_array_index (spec->series, i), i);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
}
