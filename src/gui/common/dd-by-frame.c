/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-by-frame.h"

#define QUEUE "dd-parts-by-frame"

typedef struct
{
  GtkWidget  *widget; /* weak: NULL when it is gone */
  DdFramePart part;
} Waiting;

/* Of one window. */
typedef struct
{
  GQueue   waiting;
  gboolean begun; /* a frame has begun since the first was added; it is drawn when the next begins */
} Queue;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_weak_pointer (&waiting->widget);
  g_free (waiting);
}

static void
queue_free (gpointer data)
{
  Queue *queue = data;

  g_queue_clear_full (&queue->waiting, waiting_free);
  g_free (queue);
}

static gboolean
tick_cb (GtkWidget     *root,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Queue *queue = g_object_get_data (G_OBJECT (root), QUEUE);
  Waiting *next;

  if (!queue->begun)
    {
      queue->begun = TRUE;
      return G_SOURCE_CONTINUE;
    }
  next = g_queue_pop_head (&queue->waiting);
  if (next->widget != NULL)
    next->part (next->widget);
  waiting_free (next);
  if (!g_queue_is_empty (&queue->waiting))
    return G_SOURCE_CONTINUE;
  g_object_set_data (G_OBJECT (root), QUEUE, NULL);
  return G_SOURCE_REMOVE;
}

static Queue *
get_queue (GtkWidget *root)
{
  Queue *queue = g_object_get_data (G_OBJECT (root), QUEUE);

  if (queue != NULL)
    return queue;
  queue = g_new0 (Queue, 1);
  g_queue_init (&queue->waiting);
  g_object_set_data_full (G_OBJECT (root), QUEUE, queue, queue_free);
  gtk_widget_add_tick_callback (root, tick_cb, NULL, NULL);
  return queue;
}

void
dd_by_frame_add (GtkWidget  *widget,
                 DdFramePart part)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Queue *queue;
  Waiting *waiting;

  if (root == NULL)
    return;
  queue = get_queue (GTK_WIDGET (root));
  for (GList *i = queue->waiting.head; i != NULL; i = i->next)
    {
      waiting = i->data;
      if (waiting->widget == widget && waiting->part == part)
        return;
    }
  waiting = g_new0 (Waiting, 1);
  g_set_weak_pointer (&waiting->widget, widget);
  waiting->part = part;
  g_queue_push_tail (&queue->waiting, waiting);
}
