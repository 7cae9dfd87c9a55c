/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-view-private.h"

#define ZOOM_STEP 0.7

/* Zoomed in, the keys stay within what is shown. */
static gboolean
is_shown (DdChartView *self,
          int          point)
{
  gint64 time;

  if (!dd_chart_view_has_time (self))
    return TRUE;
  time = dd_chart_view_time_of (self, point);
  return time >= self->spec->from && time <= self->spec->to;
}

/* The first shown point from @point on in direction @step; -1 for none. */
static int
find_shown (DdChartView *self,
            int          point,
            int          step)
{
  for (int n = dd_chart_view_n_points (self); point >= 0 && point < n; point += step)
    if (is_shown (self, point))
      return point;
  return -1;
}

static int
next_point (DdChartView *self,
            int          step)
{
  int n = dd_chart_view_n_points (self);

  /* The first step leads to the newest point, which is the period in question. */
  if (self->cursor.point < 0)
    return dd_chart_view_has_time (self) || step < 0 ? find_shown (self, n - 1, -1) : find_shown (self, 0, 1);
  return find_shown (self, self->cursor.point + step, step);
}

static void
go_to (DdChartView *self,
       int          point)
{
  int series = self->cursor.series;

  if (point < 0)
    return;
  dd_chart_view_set_point (self, point);
  self->cursor.series = series;
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);

  go_to (self, next_point (self, g_variant_get_int32 (arguments)));
  return self->spec != NULL;
}

static gboolean
end_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  int last = dd_chart_view_n_points (self) - 1;

  go_to (self, g_variant_get_int32 (arguments) < 0 ? find_shown (self, 0, 1) : find_shown (self, last, -1));
  return TRUE;
}

/* The ends of a point's own time, so that a range of points holds all of each. */
static void
get_extent (DdChartView *self,
            int          point,
            gint64      *from,
            gint64      *to)
{
  *from = *to = dd_chart_view_time_of (self, point);
  if (self->spec->kind == DD_CHART_TREND)
    {
      *from = g_array_index (self->spec->points, DdChartPoint, point).start;
      *to = g_array_index (self->spec->points, DdChartPoint, point).end;
    }
}

static gboolean
extend_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  gboolean selecting = self->cursor.selecting;
  gint64 from = self->cursor.select_from, to = self->cursor.select_to, new_from, new_to;
  int step = g_variant_get_int32 (arguments), old = self->cursor.point, point = next_point (self, step);

  if (!dd_chart_view_has_time (self) || point < 0)
    return FALSE;
  if (!selecting)
    get_extent (self, old >= 0 ? old : point, &from, &to);
  get_extent (self, point, &new_from, &new_to);
  go_to (self, point);
  self->cursor.selecting = TRUE;
  self->cursor.select_from = MIN (from, new_from);
  self->cursor.select_to = MAX (to, new_to);
  dd_chart_view_cursor_moved (self);
  return TRUE;
}

static gboolean
series_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  int n, series = self->cursor.series;

  if (self->spec == NULL || self->cursor.point < 0 || !self->by_keys)
    return FALSE;
  n = (int) self->spec->series->len;
  for (int i = 0; i < n; i++)
    {
      series = (series + g_variant_get_int32 (arguments) + n) % n;
      if (!((DdChartSeries *) g_ptr_array_index (self->spec->series, series))->hidden)
        break;
    }
  self->cursor.series = n > 0 ? series : -1;
  dd_chart_view_cursor_moved (self);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  gint64 from = self->cursor.select_from, to = self->cursor.select_to;

  if (self->cursor.point < 0)
    return FALSE;
  if (self->cursor.selecting)
    {
      self->cursor.selecting = FALSE;
      dd_chart_view_set_range (self, from, to);
      dd_chart_view_cursor_moved (self);
    }
  else
    dd_chart_view_activate (self, self->cursor.point);
  return TRUE;
}

/* First lets go of a selection, then of the point; then it is somebody else's key. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);

  if (self->cursor.selecting)
    {
      self->cursor.selecting = FALSE;
      dd_chart_view_cursor_moved (self);
      return TRUE;
    }
  if (self->cursor.point < 0)
    return FALSE;
  dd_chart_view_set_point (self, -1);
  return TRUE;
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  DdChartView *self = DD_CHART_VIEW (widget);
  int step = g_variant_get_int32 (arguments);

  if (!dd_chart_view_has_time (self))
    return FALSE;
  if (step == 0)
    dd_chart_view_reset_range (self);
  else
    dd_chart_view_zoom (self, pow (ZOOM_STEP, step),
                        self->cursor.point >= 0 ? dd_chart_view_time_of (self, self->cursor.point)
                                                : self->spec->from + (self->spec->to - self->spec->from) / 2);
  return TRUE;
}

void
dd_chart_view_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    GtkShortcutFunc function;
    int             argument;
  } keys[] = {
    { GDK_KEY_Left, 0, step_cb, -1 },
    { GDK_KEY_KP_Left, 0, step_cb, -1 },
    { GDK_KEY_Right, 0, step_cb, 1 },
    { GDK_KEY_KP_Right, 0, step_cb, 1 },
    { GDK_KEY_Home, 0, end_cb, -1 },
    { GDK_KEY_KP_Home, 0, end_cb, -1 },
    { GDK_KEY_End, 0, end_cb, 1 },
    { GDK_KEY_KP_End, 0, end_cb, 1 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, extend_cb, -1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, extend_cb, 1 },
    { GDK_KEY_Up, 0, series_cb, -1 },
    { GDK_KEY_Down, 0, series_cb, 1 },
    { GDK_KEY_Return, 0, activate_cb, 0 },
    { GDK_KEY_KP_Enter, 0, activate_cb, 0 },
    { GDK_KEY_space, 0, activate_cb, 0 },
    { GDK_KEY_Escape, 0, escape_cb, 0 },
    { GDK_KEY_plus, 0, zoom_cb, 1 },
    { GDK_KEY_KP_Add, 0, zoom_cb, 1 },
    { GDK_KEY_minus, 0, zoom_cb, -1 },
    { GDK_KEY_KP_Subtract, 0, zoom_cb, -1 },
    { GDK_KEY_0, 0, zoom_cb, 0 },
    { GDK_KEY_KP_0, 0, zoom_cb, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, keys[i].function, "i", keys[i].argument);
}
