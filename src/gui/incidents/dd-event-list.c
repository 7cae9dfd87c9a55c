/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-list.h"

#include <glib/gi18n-lib.h>

#include "dd-event-row.h"
#include "dd-lines.h"

/* Events that a frame has time to search. */
#define EVENTS_A_FRAME 2000
#define MOST_HEIGHT 620

struct _DdEventList
{
  AdwBin parent;

  GtkStack             *stack;
  DdLines              *lines;
  const DdIncidentList *list;
  GPtrArray            *found;     /* of DdIncidentEvent, of the list: what is shown */
  GPtrArray            *finding;   /* what is found so far */
  char                 *words;     /* folded; "" for all */
  char                 *selected;  /* the event that is, by its id; across new lists */
  guint                 next;      /* event to look at */
  guint                 searching; /* source of the next frame */
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdEventList, dd_event_list, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer data)
{
  return dd_event_row_new ();
}

static void
bind_row (GtkWidget *row,
          guint      position,
          gpointer   data)
{
  DdEventList *self = data;

  dd_event_row_set_event (DD_EVENT_ROW (row), g_ptr_array_index (self->found, position), self->list);
}

/* Where the event stands that was selected before, or the latest incident: only a failed deployment, where there is none. */
static guint
choose (DdEventList *self)
{
  guint chosen = G_MAXUINT;

  for (guint i = 0; i < self->found->len; i++)
    {
      const DdIncidentEvent *event = g_ptr_array_index (self->found, i);

      if (g_strcmp0 (event->id, self->selected) == 0)
        return i;
      if (chosen == G_MAXUINT && !event->failed_deployment)
        chosen = i;
    }
  return chosen != G_MAXUINT ? chosen : 0;
}

static void
select_event (DdEventList *self,
              guint        position)
{
  const DdIncidentEvent *event = g_ptr_array_index (self->found, position);

  g_free (self->selected);
  self->selected = g_strdup (event->id);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
show_found (DdEventList *self)
{
  guint chosen;

  g_ptr_array_unref (self->found);
  self->found = g_steal_pointer (&self->finding);
  chosen = choose (self);
  dd_lines_show (self->lines, self->found->len);
  gtk_stack_set_visible_child_name (self->stack, self->found->len > 0 || *self->words == '\0' ? "list" : "none");
  if (self->found->len == 0)
    return;
  dd_lines_select (self->lines, chosen);
  select_event (self, chosen);
}

/* Whether there is more to search. */
static gboolean
search (DdEventList *self)
{
  guint last = self->list != NULL ? MIN (self->next + EVENTS_A_FRAME, self->list->rows->len) : 0;

  for (; self->next < last; self->next++)
    {
      DdIncidentEvent *event = g_ptr_array_index (self->list->rows, self->next);

      if (dd_event_matches (event, self->words))
        g_ptr_array_add (self->finding, event);
    }
  if (self->list != NULL && last < self->list->rows->len)
    return TRUE;
  show_found (self);
  return FALSE;
}

static gboolean
search_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  DdEventList *self = DD_EVENT_LIST (widget);

  if (search (self))
    return G_SOURCE_CONTINUE;
  self->searching = 0;
  return G_SOURCE_REMOVE;
}

static void
start (DdEventList *self)
{
  self->next = 0;
  g_clear_pointer (&self->finding, g_ptr_array_unref);
  self->finding = g_ptr_array_new ();
  if (self->searching != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->searching);
  self->searching = 0;
  if (search (self))
    self->searching = gtk_widget_add_tick_callback (GTK_WIDGET (self), search_cb, NULL, NULL);
}

void
dd_event_list_show (DdEventList          *self,
                    const DdIncidentList *list)
{
  self->list = list;
  /* What is shown is of a list that may go now. */
  g_ptr_array_set_size (self->found, 0);
  dd_lines_show (self->lines, 0);
  start (self);
}

void
dd_event_list_search (DdEventList *self,
                      const char  *words)
{
  g_free (self->words);
  self->words = g_utf8_casefold (words, -1);
  start (self);
}

const DdIncidentEvent *
dd_event_list_get_selected (DdEventList *self)
{
  guint position = dd_lines_get_position (self->lines);

  return position < self->found->len ? g_ptr_array_index (self->found, position) : NULL;
}

gboolean
dd_event_list_has_focus (DdEventList *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->lines)) != NULL;
}

void
dd_event_list_grab_focus (DdEventList *self)
{
  dd_lines_move_to (self->lines, dd_lines_get_position (self->lines));
}

static void
activated_cb (DdEventList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
dd_event_list_finalize (GObject *object)
{
  DdEventList *self = DD_EVENT_LIST (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->finding, g_ptr_array_unref);
  g_free (self->words);
  g_free (self->selected);
  G_OBJECT_CLASS (dd_event_list_parent_class)->finalize (object);
}

static void
dd_event_list_class_init (DdEventListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_event_list_finalize;
  signals[SELECTED] = g_signal_new ("selected", DD_TYPE_EVENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", DD_TYPE_EVENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_event_list_init (DdEventList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *card = adw_bin_new ();
  GtkWidget *none = gtk_label_new (_("No incident contains these words."));

  self->words = g_strdup ("");
  self->found = g_ptr_array_new ();
  self->lines = DD_LINES (dd_lines_new (make_row, bind_row, self));
  dd_lines_set_selects (self->lines, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Incidents"), -1);
  g_signal_connect_object (self->lines, "moved", G_CALLBACK (select_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->lines));
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (card, "card");
  adw_bin_set_child (ADW_BIN (card), scroller);
  gtk_label_set_wrap (GTK_LABEL (none), TRUE);
  gtk_widget_add_css_class (none, "dim-label");
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, card, "list");
  gtk_stack_add_named (self->stack, none, "none");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}
