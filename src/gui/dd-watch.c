/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-watch.h"

#include <stdio.h>

/* A frame of a screen that shows 60 a second. */
#define MOST_HELD (16 * G_TIME_SPAN_MILLISECOND)

static struct
{
  gboolean  watching;
  gboolean  has_content;
  gboolean  content_said;
  GPollFunc poll;
  gint64    woke;        /* when the loop last came back from waiting; 0 before that */
  gint64    frame_start; /* of the layout and drawing under way */
  gint64    drawing_start;
  gint64    layout;      /* spent in this turn on each */
  gint64    drawing;
} watch;

static double
milliseconds (gint64 span)
{
  return (double) span / G_TIME_SPAN_MILLISECOND;
}

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  gint64 now = g_get_monotonic_time ();
  gint64 held = watch.woke != 0 ? now - watch.woke : 0;
  int result;

  if (held > MOST_HELD)
    fprintf (stderr, "watch: held %.1f ms at %.3f: own %.1f, layout %.1f, drawing %.1f\n", milliseconds (held), (double) now / G_TIME_SPAN_SECOND,
             milliseconds (held - watch.layout - watch.drawing), milliseconds (watch.layout), milliseconds (watch.drawing));
  watch.layout = watch.drawing = 0;
  result = watch.poll (fds, n, timeout);
  watch.woke = g_get_monotonic_time ();
  return result;
}

static void
begun_cb (void)
{
  watch.frame_start = g_get_monotonic_time ();
}

static void
laid_out_cb (void)
{
  watch.drawing_start = g_get_monotonic_time ();
  if (watch.frame_start != 0)
    watch.layout += watch.drawing_start - watch.frame_start;
  watch.frame_start = 0;
}

static void
painted_cb (void)
{
  if (watch.drawing_start != 0)
    watch.drawing += g_get_monotonic_time () - watch.drawing_start;
  watch.drawing_start = 0;
}

static void
after_paint_cb (void)
{
  if (!watch.has_content || watch.content_said)
    return;
  watch.content_said = TRUE;
  fprintf (stderr, "watch: content at %.6f\n", (double) g_get_monotonic_time () / G_TIME_SPAN_SECOND);
}

static void
realize_cb (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  /* Each when all others are through with that part of a frame, whenever they were connected. */
  g_signal_connect_after (clock, "update", G_CALLBACK (begun_cb), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), NULL);
  g_signal_connect_after (clock, "paint", G_CALLBACK (painted_cb), NULL);
  g_signal_connect (clock, "before-paint", G_CALLBACK (begun_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

void
dd_watch_start (void)
{
  if (g_strcmp0 (g_getenv ("DORADASH_WATCH"), "1") != 0 || watch.watching)
    return;
  watch.watching = TRUE;
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

void
dd_watch_add_window (GtkWidget *window)
{
  if (watch.watching)
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}

void
dd_watch_has_content (void)
{
  watch.has_content = TRUE;
}
