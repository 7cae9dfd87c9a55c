/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-chart-view.h"

#include <adwaita.h>
#include <math.h>

#include "dd-chart-view-private.h"
#include "dd-chart-words.h"

#define LEAST_WIDTH 220
#define NATURAL_WIDTH 640
#define BODY_TEXT 14.67 /* pixels of a window's text at 100 % */
#define CLOSEST 0.05    /* of the whole time: the least that is shown */

enum
{
  ACTIVATED,
  RANGE_CHANGED,
  CURSOR_MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdChartView, dd_chart_view, GTK_TYPE_WIDGET)

static DdTheme
find_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? DD_THEME_DARK_CONTRAST : DD_THEME_LIGHT_CONTRAST;
  return dark ? DD_THEME_DARK : DD_THEME_LIGHT;
}

/* How large the user wants text, as the window's own shows it. */
static double
find_text_scale (PangoContext *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  return size > 0 ? size / BODY_TEXT : 1;
}

static DdChartLook
find_look (DdChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  return (DdChartLook) {
    .palette = dd_palette_get (find_theme ()),
    .text_scale = find_text_scale (context),
    .rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL,
    .context = context,
  };
}

static void
draw_again (DdChartView *self)
{
  g_clear_pointer (&self->layout, dd_chart_layout_free);
  gtk_widget_queue_draw (self->plot);
  gtk_widget_queue_draw (self->overlay);
}

static void
look_changed_cb (DdChartView *self)
{
  draw_again (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
draw_plot_cb (GtkDrawingArea *area,
              cairo_t        *cr,
              int             width,
              int             height,
              gpointer        user_data)
{
  DdChartLayout *layout = dd_chart_view_get_layout (user_data);

  if (layout != NULL)
    dd_chart_layout_draw (layout, cr);
}

static void
draw_cursor_cb (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  DdChartView *self = user_data;
  DdChartLayout *layout = dd_chart_view_get_layout (self);

  if (layout != NULL)
    dd_chart_draw_cursor (layout, cr, &self->cursor);
}

static void
describe (DdChartView *self)
{
  g_autofree char *words = NULL;

  if (self->spec != NULL && self->by_keys && self->cursor.point >= 0)
    words = dd_chart_words_point (self->spec, self->cursor.point);
  else if (self->spec != NULL)
    words = dd_chart_words_summary (self->spec);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "", -1);
}

DdChartLayout *
dd_chart_view_get_layout (DdChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->layout == NULL && self->spec != NULL && width > 0 && height > 0)
    {
      DdChartLook look = find_look (self);

      self->layout = dd_chart_layout_new (self->spec, &look, width, height);
    }
  return self->layout;
}

void
dd_chart_view_cursor_moved (DdChartView *self)
{
  gtk_widget_queue_draw (self->overlay);
  describe (self);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

gboolean
dd_chart_view_has_time (DdChartView *self)
{
  return self->spec != NULL && (self->spec->kind == DD_CHART_TREND || self->spec->kind == DD_CHART_SCATTER);
}

int
dd_chart_view_n_points (DdChartView *self)
{
  if (self->spec == NULL)
    return 0;
  if (self->spec->kind == DD_CHART_SCATTER)
    return self->spec->series->len > 0 ? (int) ((DdChartSeries *) g_ptr_array_index (self->spec->series, 0))->n : 0;
  return (int) (dd_chart_view_has_time (self) ? self->spec->points->len : self->spec->bars->len);
}

gint64
dd_chart_view_time_of (DdChartView *self,
                       int          point)
{
  if (self->spec->kind == DD_CHART_SCATTER)
    return dd_chart_series_time (self->spec, g_ptr_array_index (self->spec->series, 0), (guint) point);
  return dd_chart_point_middle (self->spec, point);
}

void
dd_chart_view_activate (DdChartView *self,
                        int          point)
{
  if (point >= 0 && point < dd_chart_view_n_points (self))
    g_signal_emit (self, signals[ACTIVATED], 0, point);
}

void
dd_chart_view_zoom (DdChartView *self,
                    double       factor,
                    gint64       about)
{
  double before, after;

  if (!dd_chart_view_has_time (self))
    return;
  before = (double) (about - self->spec->from) * factor;
  after = (double) (self->spec->to - about) * factor;
  dd_chart_view_set_range (self, about - (gint64) before, about + (gint64) after);
}

static void
dd_chart_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  DdChartLook look;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  *minimum = 0;
  if (self->spec != NULL)
    {
      look = find_look (self);
      *minimum = (int) dd_chart_natural_height (self->spec, &look, for_size > 0 ? for_size : NATURAL_WIDTH);
    }
  *natural = *minimum;
}

static GtkSizeRequestMode
dd_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dd_chart_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  DdChartView *self = DD_CHART_VIEW (widget);

  g_clear_pointer (&self->layout, dd_chart_layout_free);
  gtk_widget_size_allocate (self->plot, &(GtkAllocation) { 0, 0, width, height }, -1);
  gtk_widget_size_allocate (self->overlay, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
dd_chart_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dd_chart_view_parent_class)->css_changed (widget, change);
  if (DD_CHART_VIEW (widget)->plot != NULL)
    draw_again (DD_CHART_VIEW (widget));
}

static void
dd_chart_view_direction_changed (GtkWidget       *widget,
                                 GtkTextDirection before)
{
  GTK_WIDGET_CLASS (dd_chart_view_parent_class)->direction_changed (widget, before);
  if (DD_CHART_VIEW (widget)->plot != NULL)
    draw_again (DD_CHART_VIEW (widget));
}

static void
dd_chart_view_dispose (GObject *object)
{
  DdChartView *self = DD_CHART_VIEW (object);

  g_clear_pointer (&self->plot, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_pointer (&self->layout, dd_chart_layout_free);
  g_clear_pointer (&self->spec, dd_chart_spec_free);
  G_OBJECT_CLASS (dd_chart_view_parent_class)->dispose (object);
}

static void
dd_chart_view_class_init (DdChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_chart_view_dispose;
  widget_class->measure = dd_chart_view_measure;
  widget_class->get_request_mode = dd_chart_view_get_request_mode;
  widget_class->size_allocate = dd_chart_view_size_allocate;
  widget_class->css_changed = dd_chart_view_css_changed;
  widget_class->direction_changed = dd_chart_view_direction_changed;
  signals[ACTIVATED] = g_signal_new ("activated", DD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[RANGE_CHANGED] = g_signal_new ("range-changed", DD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", DD_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "dd-chart-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  dd_chart_view_add_keys (widget_class);
}

static GtkWidget *
add_layer (DdChartView           *self,
           GtkDrawingAreaDrawFunc draw)
{
  GtkWidget *layer = gtk_drawing_area_new ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (layer), draw, self, NULL);
  gtk_widget_set_can_target (layer, FALSE);
  gtk_widget_set_parent (layer, GTK_WIDGET (self));
  return layer;
}

static void
dd_chart_view_init (DdChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->cursor = DD_CHART_CURSOR_NONE;
  self->plot = add_layer (self, draw_plot_cb);
  self->overlay = add_layer (self, draw_cursor_cb);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  dd_chart_view_add_pointer (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
dd_chart_view_new (void)
{
  return g_object_new (DD_TYPE_CHART_VIEW, NULL);
}

static void
keep_hidden (const DdChartSpec *before,
             DdChartSpec       *spec)
{
  for (guint i = 0; i < before->series->len; i++)
    for (guint j = 0; j < spec->series->len; j++)
      {
        const DdChartSeries *old = g_ptr_array_index (before->series, i);
        DdChartSeries *series = g_ptr_array_index (spec->series, j);

        if (old->hidden && g_str_equal (old->name, series->name))
          series->hidden = TRUE;
      }
}

void
dd_chart_view_take (DdChartView *self,
                    DdChartSpec *spec)
{
  if (self->spec != NULL && spec != NULL)
    keep_hidden (self->spec, spec);
  g_clear_pointer (&self->layout, dd_chart_layout_free);
  g_clear_pointer (&self->spec, dd_chart_spec_free);
  self->spec = spec;
  self->cursor = DD_CHART_CURSOR_NONE;
  self->by_keys = FALSE;
  if (spec != NULL)
    {
      self->whole_from = spec->from;
      self->whole_to = spec->to;
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spec != NULL ? spec->title : "", -1);
  dd_chart_view_cursor_moved (self);
  look_changed_cb (self);
}

const DdChartSpec *
dd_chart_view_get_spec (DdChartView *self)
{
  return self->spec;
}

void
dd_chart_view_show_series (DdChartView *self,
                           guint        series,
                           gboolean     shown)
{
  g_return_if_fail (self->spec != NULL && series < self->spec->series->len);
  ((DdChartSeries *) g_ptr_array_index (self->spec->series, series))->hidden = !shown;
  draw_again (self);
  describe (self);
}

void
dd_chart_view_set_point (DdChartView *self,
                         int          point)
{
  self->cursor = DD_CHART_CURSOR_NONE;
  self->by_keys = point >= 0 && point < dd_chart_view_n_points (self);
  if (self->by_keys)
    {
      self->cursor.point = point;
      self->cursor.tip = TRUE;
      self->cursor.pointer_x = self->cursor.pointer_y = NAN;
    }
  dd_chart_view_cursor_moved (self);
}

int
dd_chart_view_get_point (DdChartView *self)
{
  return self->cursor.point;
}

void
dd_chart_view_set_range (DdChartView *self,
                         gint64       from,
                         gint64       to)
{
  gint64 least = (gint64) ((double) (self->whole_to - self->whole_from) * CLOSEST);

  if (!dd_chart_view_has_time (self))
    return;
  from = CLAMP (from, self->whole_from, MAX (self->whole_to - least, self->whole_from));
  to = CLAMP (to, MIN (from + least, self->whole_to), self->whole_to);
  if (from == self->spec->from && to == self->spec->to)
    return;
  self->spec->from = from;
  self->spec->to = to;
  draw_again (self);
  g_signal_emit (self, signals[RANGE_CHANGED], 0);
}

void
dd_chart_view_reset_range (DdChartView *self)
{
  dd_chart_view_set_range (self, self->whole_from, self->whole_to);
}

gboolean
dd_chart_view_is_zoomed (DdChartView *self)
{
  return self->spec != NULL && (self->spec->from != self->whole_from || self->spec->to != self->whole_to);
}

/* What the cursor stands on: a moment or a period. */
static gboolean
find_cursor_time (DdChartView *self,
                  gint64      *from,
                  gint64      *to)
{
  int point = self->cursor.point;

  if (!dd_chart_view_has_time (self) || point < 0 || point >= dd_chart_view_n_points (self))
    return FALSE;
  *from = *to = dd_chart_view_time_of (self, point);
  if (self->spec->kind == DD_CHART_TREND)
    {
      *from = g_array_index (self->spec->points, DdChartPoint, point).start;
      *to = g_array_index (self->spec->points, DdChartPoint, point).end;
    }
  return TRUE;
}

static void
shared_moved_cb (DdChartView *self,
                 DdChartView *other)
{
  if (!find_cursor_time (other, &self->cursor.shared_from, &self->cursor.shared_to))
    self->cursor.shared_from = self->cursor.shared_to = 0;
  gtk_widget_queue_draw (self->overlay);
}

void
dd_chart_view_share (DdChartView *self,
                     DdChartView *other)
{
  g_signal_connect_object (other, "cursor-moved", G_CALLBACK (shared_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "cursor-moved", G_CALLBACK (shared_moved_cb), other, G_CONNECT_SWAPPED);
}

gboolean
dd_chart_view_get_shared (DdChartView *self,
                          gint64      *from,
                          gint64      *to)
{
  *from = self->cursor.shared_from;
  *to = self->cursor.shared_to;
  return *to > 0;
}
