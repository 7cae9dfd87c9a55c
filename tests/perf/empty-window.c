/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: empty-window [REDRAWS]: the floor of the window's start, an empty window of libadwaita. Says when its first frame was drawn; then,
 * where asked, draws itself so many times more, says how long one took, the median of them, and ends. */
#include <adwaita.h>
#include <stdio.h>

static struct
{
  guint   redraws;
  gint64  start;
  GArray *spans; /* of gint64, microseconds each */
} drawing;

static int
compare (gconstpointer one,
         gconstpointer other)
{
  gint64 a = *(const gint64 *) one, b = *(const gint64 *) other;

  return a < b ? -1 : a > b;
}

static void
begun_cb (void)
{
  drawing.start = g_get_monotonic_time ();
}

static void
painted_cb (void)
{
  gint64 span = g_get_monotonic_time () - drawing.start;

  g_array_append_val (drawing.spans, span);
}

/* Another colour each time: what is drawn as before is not put on the screen again. */
static void
fill_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  cairo_set_source_rgb (cr, drawing.spans->len % 2, 1, 1);
  cairo_paint (cr);
}

static gboolean
tick_cb (GtkWidget     *area,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  if (drawing.spans->len < drawing.redraws)
    {
      gtk_widget_queue_draw (area);
      return G_SOURCE_CONTINUE;
    }
  g_array_sort (drawing.spans, compare);
  fprintf (stderr, "watch: drawn in %.1f ms\n", (double) g_array_index (drawing.spans, gint64, drawing.spans->len / 2) / G_TIME_SPAN_MILLISECOND);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (area)));
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                GtkWidget     *window)
{
  static gboolean said = FALSE;
  GtkWidget *area;

  if (said)
    return;
  said = TRUE;
  fprintf (stderr, "watch: content at %.6f\n", (double) g_get_monotonic_time () / G_TIME_SPAN_SECOND);
  if (drawing.redraws == 0)
    return;
  drawing.spans = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect_after (clock, "update", G_CALLBACK (begun_cb), NULL);
  g_signal_connect_after (clock, "paint", G_CALLBACK (painted_cb), NULL);
  area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), fill_cb, NULL, NULL);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), area);
  gtk_widget_add_tick_callback (area, tick_cb, NULL, NULL);
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), window);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("com.example.DoraDash.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  if (argc > 1)
    drawing.redraws = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
