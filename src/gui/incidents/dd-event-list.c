/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-event-list.h"

#include <glib/gi18n-lib.h>

#include "dd-event-row.h"

/* Rows that a frame has time for; events that it has time to look at. */
#define ROWS_A_FRAME 3
#define EVENTS_A_FRAME 2000
/* What is shown before somebody asks for more, and more of it then. */
#define PAGE 50

struct _DdEventList
{
  AdwBin parent;

  GtkListBox           *box;
  GtkWidget            *more;
  GtkWidget            *none;
  const DdIncidentList *list;
  char                 *words;    /* folded; "" for all */
  char                 *selected; /* the event that is, or is to be, by its id; across new lists */
  guint                 next;     /* event to look at */
  guint                 n_rows;   /* filled so far */
  guint                 limit;
  guint                 filling;  /* source of the next frame */
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DdEventList, dd_event_list, ADW_TYPE_BIN)

static DdEventRow *
row_at (DdEventList *self,
        guint        index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->box, (int) index);

  return row != NULL ? DD_EVENT_ROW (row) : NULL;
}

static void
add_row (DdEventList           *self,
         const DdIncidentEvent *event)
{
  DdEventRow *row = row_at (self, self->n_rows);

  if (row == NULL)
    {
      row = DD_EVENT_ROW (dd_event_row_new ());
      gtk_list_box_append (self->box, GTK_WIDGET (row));
    }
  dd_event_row_set_event (row, event, self->list);
  gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
  self->n_rows++;
  if (g_strcmp0 (event->id, self->selected) == 0)
    gtk_list_box_select_row (self->box, GTK_LIST_BOX_ROW (row));
}

static gboolean
is_done (DdEventList *self)
{
  return self->list == NULL || self->next >= self->list->rows->len || self->n_rows >= self->limit;
}

static void
finish (DdEventList *self)
{
  DdEventRow *row;

  for (guint i = self->n_rows; (row = row_at (self, i)) != NULL; i++)
    {
      dd_event_row_set_event (row, NULL, NULL);
      gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
    }
  gtk_widget_set_visible (self->more, self->list != NULL && self->next < self->list->rows->len);
  gtk_widget_set_visible (self->none, self->n_rows == 0 && *self->words != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->box), self->n_rows > 0);
}

static void
fill (DdEventList *self)
{
  guint looked_at = 0, last = self->n_rows + ROWS_A_FRAME;

  for (; !is_done (self) && self->n_rows < last && looked_at < EVENTS_A_FRAME; looked_at++)
    {
      const DdIncidentEvent *event = g_ptr_array_index (self->list->rows, self->next++);

      if (dd_event_matches (event, self->words))
        add_row (self, event);
    }
  if (is_done (self))
    finish (self);
}

static gboolean
fill_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  DdEventList *self = DD_EVENT_LIST (widget);

  fill (self);
  if (!is_done (self))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
go_on (DdEventList *self)
{
  fill (self);
  if (!is_done (self) && self->filling == 0)
    self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static void
start (DdEventList *self)
{
  DdEventRow *row;

  self->next = self->n_rows = 0;
  /* They still show what was, but stand for nothing. */
  for (guint i = 0; (row = row_at (self, i)) != NULL; i++)
    dd_event_row_forget_event (row);
  /* One that is to be browsed lets go of its selection in no other way. */
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_BROWSE);
  gtk_widget_set_visible (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_visible (self->none, FALSE);
  go_on (self);
}

/* What is to be selected: what was, or the latest incident. */
static const char *
choose (const DdIncidentList *list,
        const char           *selected)
{
  const DdIncidentEvent *first = NULL;

  for (guint i = 0; list != NULL && i < list->rows->len; i++)
    {
      const DdIncidentEvent *event = g_ptr_array_index (list->rows, i);

      if (g_strcmp0 (event->id, selected) == 0)
        return event->id;
      if (first == NULL || (first->failed_deployment && !event->failed_deployment))
        first = event;
    }
  return first != NULL ? first->id : NULL;
}

/* One that comes late in a long list is worth showing it that far, within reason. */
static guint
rank_of (const DdIncidentList *list,
         const char           *id)
{
  guint rank = 0;

  while (list != NULL && rank < list->rows->len && g_strcmp0 (((const DdIncidentEvent *) g_ptr_array_index (list->rows, rank))->id, id) != 0)
    rank++;
  return rank;
}

void
dd_event_list_show (DdEventList          *self,
                    const DdIncidentList *list)
{
  const char *chosen = choose (list, self->selected);
  gboolean same = g_strcmp0 (chosen, self->selected) == 0;
  guint rank = rank_of (list, chosen);

  self->list = list;
  g_free (self->selected);
  self->selected = g_strdup (chosen);
  self->limit = same ? MAX (self->limit, PAGE) : PAGE;
  if (rank >= self->limit)
    self->limit = (MIN (rank, 10 * PAGE) / PAGE + 1) * PAGE;
  start (self);
}

void
dd_event_list_search (DdEventList *self,
                      const char  *words)
{
  g_free (self->words);
  self->words = g_utf8_casefold (words, -1);
  self->limit = PAGE;
  start (self);
}

static DdEventRow *
selected_row (DdEventList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->box);

  return row != NULL ? DD_EVENT_ROW (row) : NULL;
}

const DdIncidentEvent *
dd_event_list_get_selected (DdEventList *self)
{
  DdEventRow *row = selected_row (self);

  return row != NULL ? dd_event_row_get_event (row) : NULL;
}

gboolean
dd_event_list_has_focus (DdEventList *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->box)) != NULL;
}

void
dd_event_list_grab_focus (DdEventList *self)
{
  DdEventRow *row = selected_row (self);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
selected_cb (DdEventList *self)
{
  const DdIncidentEvent *event = dd_event_list_get_selected (self);

  if (event == NULL)
    return;
  g_free (self->selected);
  self->selected = g_strdup (event->id);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
activated_cb (DdEventList *self)
{
  if (dd_event_list_get_selected (self) != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
more_cb (DdEventList *self)
{
  self->limit += PAGE;
  go_on (self);
}

static void
dd_event_list_finalize (GObject *object)
{
  g_free (DD_EVENT_LIST (object)->words);
  g_free (DD_EVENT_LIST (object)->selected);
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
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->words = g_strdup ("");
  self->limit = PAGE;
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "dd-events");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Incidents"), -1);
  self->none = gtk_label_new (_("No incident contains these words."));
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_margin_top (self->none, 24);
  self->more = gtk_button_new_with_label (_("Show More"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "pill");
  gtk_widget_set_visible (self->none, FALSE);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->box, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->box, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (column), self->none);
  gtk_box_append (GTK_BOX (column), self->more);
  gtk_widget_set_valign (column, GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), column);
}
