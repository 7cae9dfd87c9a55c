/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "dd-chart-hit.h"
#include "dd-chart-view-private.h"

#define DRAG_THRESHOLD 8 /* below it, a drag is a click */
#define SCROLL_STEP 0.85

static double
find_reach (GtkEventController *controller)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (controller);

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN ? DD_CHART_TOUCH_REACH : DD_CHART_REACH;
}

static gint64
time_at (DdChartView *self,
         double       x)
{
  gint64 time = dd_chart_layout_time_at (dd_chart_view_get_layout (self), x);

  return CLAMP (time, self->spec->from, self->spec->to);
}

static void
point_at (DdChartView        *self,
          GtkEventController *controller,
          double              x,
          double              y)
{
  DdChartLayout *layout = dd_chart_view_get_layout (self);
  gboolean selecting = self->cursor.selecting;
  DdChartHit hit;

  if (layout == NULL || selecting)
    return;
  if (!dd_chart_hit (layout, x, y, find_reach (controller), &hit))
    {
      /* Beside the plot, the point that keys have chosen stays. */
      if (!self->by_keys && (self->cursor.point >= 0 || self->cursor.incident >= 0))
        dd_chart_view_set_point (self, -1);
      return;
    }
  self->by_keys = FALSE;
  self->cursor = (DdChartCursor) { .point = hit.point, .series = hit.series, .incident = hit.incident, .tip = TRUE, .pointer_x = x, .pointer_y = y };
  dd_chart_view_cursor_moved (self);
}

static void
motion_cb (GtkEventController *controller,
           double              x,
           double              y,
           DdChartView        *self)
{
  point_at (self, controller, x, y);
}

static void
leave_cb (GtkEventController *controller,
          DdChartView        *self)
{
  if (!self->by_keys && !self->cursor.selecting)
    dd_chart_view_set_point (self, -1);
}

static void
released_cb (GtkGestureClick *click,
             int              n,
             double           x,
             double           y,
             DdChartView     *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n == 2 && dd_chart_view_is_zoomed (self))
    {
      dd_chart_view_reset_range (self);
      return;
    }
  point_at (self, GTK_EVENT_CONTROLLER (click), x, y);
  if (n == 1)
    dd_chart_view_activate (self, self->cursor.point);
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               DdChartView    *self)
{
  self->drag_x = x;
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          x,
                double          y,
                DdChartView    *self)
{
  gint64 one, other;

  if (!dd_chart_view_has_time (self) || dd_chart_view_get_layout (self) == NULL ||
      (!self->cursor.selecting && fabs (x) < DRAG_THRESHOLD))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  one = time_at (self, self->drag_x);
  other = time_at (self, self->drag_x + x);
  self->by_keys = FALSE;
  self->cursor = DD_CHART_CURSOR_NONE;
  self->cursor.selecting = TRUE;
  self->cursor.select_from = MIN (one, other);
  self->cursor.select_to = MAX (one, other);
  dd_chart_view_cursor_moved (self);
}

static void
drag_end_cb (GtkGestureDrag *drag,
             double          x,
             double          y,
             DdChartView    *self)
{
  DdChartCursor cursor = self->cursor;

  if (!cursor.selecting || self->by_keys)
    return;
  dd_chart_view_set_point (self, -1);
  if (fabs (x) >= DRAG_THRESHOLD)
    dd_chart_view_set_range (self, cursor.select_from, cursor.select_to);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           DdChartView              *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  gint64 about;

  /* Without Ctrl, the wheel moves the page. */
  if ((state & GDK_CONTROL_MASK) == 0 || !dd_chart_view_has_time (self) || dd_chart_view_get_layout (self) == NULL)
    return FALSE;
  about = isnan (self->cursor.pointer_x) || self->cursor.point < 0 ? self->spec->from + (self->spec->to - self->spec->from) / 2
                                                                   : time_at (self, self->cursor.pointer_x);
  dd_chart_view_zoom (self, pow (SCROLL_STEP, -dy), about);
  return TRUE;
}

void
dd_chart_view_add_pointer (DdChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
