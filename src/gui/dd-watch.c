/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-watch.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* A frame of a screen that shows 60 a second. */
#define MOST_HELD (16 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  gint64 clock;  /* microseconds, as spans are */
  gint64 queued; /* how long this thread has stood in line for a processor that others had */
} Moment;

static struct
{
  gboolean  watching;
  gboolean  has_content;
  gboolean  content_said;
  GPollFunc poll;
  int       schedule; /* the kernel's account of this thread; -1 for none */
  Moment    woke;    /* when the loop last came back from waiting; 0 before that */
  Moment    begun;   /* the layout and drawing under way; 0 for none */
  Moment    drawing_begun;
  gint64    layout;  /* spent in this turn on each */
  gint64    drawing;
} watch;

static Moment
now (void)
{
  gint64 running, queued = 0;
  char text[64];
  gssize length = watch.schedule >= 0 ? pread (watch.schedule, text, sizeof text - 1, 0) : 0;

  text[MAX (length, 0)] = '\0';
  if (sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &running, &queued) < 2)
    queued = 0;
  return (Moment) { g_get_monotonic_time (), queued / 1000 };
}

/* What other programs had of the processor meanwhile is not the window's. */
static gint64
span (const Moment *from,
      const Moment *to)
{
  return from->clock == 0 ? 0 : to->clock - from->clock - (to->queued - from->queued);
}

static double
milliseconds (gint64 microseconds)
{
  return (double) microseconds / G_TIME_SPAN_MILLISECOND;
}

static int
poll_cb (GPollFD *fds,
         guint    n,
         int      timeout)
{
  Moment end = now ();
  gint64 held = span (&watch.woke, &end);
  int result;

  if (held > MOST_HELD)
    fprintf (stderr, "watch: held %.1f ms at %.3f: own %.1f, layout %.1f, drawing %.1f\n", milliseconds (held),
             (double) end.clock / G_TIME_SPAN_SECOND, MAX (milliseconds (held - watch.layout - watch.drawing), 0), milliseconds (watch.layout),
             milliseconds (watch.drawing));
  watch.layout = watch.drawing = 0;
  result = watch.poll (fds, n, timeout);
  watch.woke = now ();
  return result;
}

static void
begun_cb (void)
{
  watch.begun = now ();
}

static void
laid_out_cb (void)
{
  watch.drawing_begun = now ();
  watch.layout += span (&watch.begun, &watch.drawing_begun);
  watch.begun.clock = 0;
}

static void
painted_cb (void)
{
  Moment end = now ();

  watch.drawing += span (&watch.drawing_begun, &end);
  watch.drawing_begun.clock = 0;
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
  watch.schedule = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
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
