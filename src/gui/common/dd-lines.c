/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-lines.h"

#include <math.h>

/* Made in one frame, at most. */
#define LINES_A_FRAME 8
/* More than any window shows: of longer lists, the height that would be natural says no more. */
#define MOST_NATURAL 1000
#define NOTHING G_MAXUINT

struct _DdLines
{
  GtkWidget parent;

  GtkAdjustment      *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  DdLineMake          make;
  DdLineBind          bind;
  gpointer            data;
  GPtrArray          *lines;
  GArray             *bound;  /* of guint: the position that each line shows; NOTHING for none */
  guint               n_lines;
  guint               cursor;
  guint               growing; /* source that makes more lines */
  gboolean            selects;
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static guint activate_signal, moved_signal;

G_DEFINE_FINAL_TYPE_WITH_CODE (DdLines, dd_lines, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static int
line_height (DdLines *self)
{
  int natural = 0;

  if (self->lines->len > 0)
    gtk_widget_measure (g_ptr_array_index (self->lines, 0), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return MAX (natural, 1);
}

static double
top (DdLines *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

static guint
first_position (DdLines *self)
{
  return (guint) floor (top (self) / line_height (self));
}

/* The line that shows @position; NULL where none does. */
static GtkWidget *
line_at (DdLines *self,
         guint    position)
{
  guint slot = self->lines->len > 0 ? position % self->lines->len : 0;

  return slot < self->lines->len && g_array_index (self->bound, guint, slot) == position ? g_ptr_array_index (self->lines, slot) : NULL;
}

static void
fill (DdLines *self,
      guint    slot,
      guint    position)
{
  GtkWidget *line = g_ptr_array_index (self->lines, slot);

  gtk_widget_set_focusable (line, position == self->cursor);
  if (self->selects && position == self->cursor)
    gtk_widget_set_state_flags (line, GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (line, GTK_STATE_FLAG_SELECTED);
  if (g_array_index (self->bound, guint, slot) == position)
    return;
  g_array_index (self->bound, guint, slot) = position;
  if (position == NOTHING)
    return;
  self->bind (line, position, self->data);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) MIN (position, G_MAXINT - 1) + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) MIN (self->n_lines, G_MAXINT), -1);
}

/* Fills what is seen. A focus that has moved out of sight goes to the next line in sight. */
static void
fill_lines (DdLines *self)
{
  guint first = first_position (self);
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  guint least = (guint) ceil (top (self) / line_height (self));
  guint most = least + MAX (1, (guint) (gtk_widget_get_height (GTK_WIDGET (self)) / line_height (self))) - 1;

  /* What is selected stays so, also where it is not seen. */
  if (focused && self->n_lines > 0 && !self->selects)
    self->cursor = MIN (CLAMP (self->cursor, least, most), self->n_lines - 1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      guint position = first + i;

      fill (self, position % self->lines->len, position < self->n_lines ? position : NOTHING);
    }
  if (focused && line_at (self, self->cursor) != NULL)
    gtk_widget_grab_focus (line_at (self, self->cursor));
}

static void
value_changed_cb (DdLines *self)
{
  fill_lines (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
add_line (DdLines *self)
{
  GtkWidget *line = self->make (self->data);
  guint nothing = NOTHING;

  gtk_widget_add_css_class (line, "dd-line");
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  g_ptr_array_add (self->lines, line);
  g_array_append_val (self->bound, nothing);
}

static guint
wanted_lines (DdLines *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  return MIN (self->n_lines, (guint) (height / line_height (self)) + 2);
}

/* Which line shows which position goes by how many there are. */
static void
forget_filled (DdLines *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    g_array_index (self->bound, guint, i) = NOTHING;
}

static gboolean
grow_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  DdLines *self = DD_LINES (widget);
  guint wanted = wanted_lines (self);

  for (guint i = 0; i < LINES_A_FRAME && self->lines->len < wanted; i++)
    add_line (self);
  forget_filled (self);
  fill_lines (self);
  gtk_widget_queue_allocate (widget);
  if (self->lines->len < wanted)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

static void
dd_lines_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  DdLines *self = DD_LINES (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = line_height (self);
      *natural = (int) CLAMP (self->n_lines, 1, MOST_NATURAL) * line_height (self);
    }
  else if (self->lines->len > 0)
    {
      gtk_widget_measure (g_ptr_array_index (self->lines, 0), orientation, -1, minimum, natural, NULL, NULL);
    }
}

static void
configure (DdLines *self,
           int      height)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int step = line_height (self);
  double upper = MAX ((double) self->n_lines * step, height);

  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, MIN (gtk_adjustment_get_value (adjustment), upper - height), 0, upper, step, MAX (step, height - step),
                              height);
}

static void
dd_lines_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  DdLines *self = DD_LINES (widget);
  int step = line_height (self);

  configure (self, height);
  if (self->lines->len < wanted_lines (self) && self->growing == 0)
    self->growing = gtk_widget_add_tick_callback (widget, grow_cb, NULL, NULL);
  for (guint i = 0; i < self->lines->len; i++)
    {
      GtkWidget *line = g_ptr_array_index (self->lines, i);
      guint position = g_array_index (self->bound, guint, i);

      gtk_widget_set_child_visible (line, position != NOTHING);
      gtk_widget_measure (line, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      if (position != NOTHING)
        gtk_widget_size_allocate (line, &(GtkAllocation) { 0, (int) ((double) position * step - top (self)), width, step }, -1);
    }
}

void
dd_lines_move_to (DdLines *self,
                  guint    position)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int step = line_height (self);
  guint before = self->cursor;
  GtkWidget *line;

  if (self->n_lines == 0)
    return;
  self->cursor = MIN (position, self->n_lines - 1);
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, (double) self->cursor * step, (double) (self->cursor + 1) * step);
  fill_lines (self);
  line = line_at (self, self->cursor);
  if (line != NULL)
    gtk_widget_grab_focus (line);
  if (self->cursor != before)
    g_signal_emit (self, moved_signal, 0, self->cursor);
}

void
dd_lines_set_selects (DdLines *self,
                      gboolean selects)
{
  self->selects = selects;
}

void
dd_lines_select (DdLines *self,
                 guint    position)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int step = line_height (self);

  self->cursor = position;
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, (double) position * step, (double) (position + 1) * step);
  fill_lines (self);
}

guint
dd_lines_get_position (DdLines *self)
{
  return self->cursor;
}

static gboolean
key_cb (DdLines        *self,
        guint           key,
        guint           code,
        GdkModifierType modifiers)
{
  guint page = MAX (1, (guint) (gtk_widget_get_height (GTK_WIDGET (self)) / line_height (self)));

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || self->n_lines == 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      dd_lines_move_to (self, self->cursor > 0 ? self->cursor - 1 : 0);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      dd_lines_move_to (self, self->cursor + 1);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      dd_lines_move_to (self, self->cursor > page ? self->cursor - page : 0);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      dd_lines_move_to (self, self->cursor + page);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      dd_lines_move_to (self, 0);
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      dd_lines_move_to (self, self->n_lines - 1);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      g_signal_emit (self, activate_signal, 0, self->cursor);
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

static void
released_cb (DdLines *self,
             int      n_press,
             double   x,
             double   y)
{
  guint position = (guint) floor ((y + top (self)) / line_height (self));

  if (position >= self->n_lines)
    return;
  dd_lines_move_to (self, position);
  if (n_press == (self->selects ? 1 : 2))
    g_signal_emit (self, activate_signal, 0, position);
}

/* Tab goes to one line and out again; arrows go from line to line. */
static gboolean
dd_lines_focus (GtkWidget        *widget,
                GtkDirectionType  direction)
{
  DdLines *self = DD_LINES (widget);
  guint first = (guint) ceil (top (self) / line_height (self));

  if (gtk_widget_get_focus_child (widget) != NULL || self->n_lines == 0)
    return FALSE;
  dd_lines_move_to (self, line_at (self, self->cursor) != NULL ? self->cursor : first);
  return gtk_widget_get_focus_child (widget) != NULL;
}

void
dd_lines_show (DdLines *self,
               guint    n_lines)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  self->n_lines = n_lines;
  self->cursor = 0;
  while (self->lines->len < MIN (n_lines, LINES_A_FRAME))
    add_line (self);
  forget_filled (self);
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, 0);
  fill_lines (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
set_adjustment (DdLines       *self,
                GtkOrientation orientation,
                GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
dd_lines_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *spec)
{
  DdLines *self = DD_LINES (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, id == PROP_HADJUSTMENT ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
  else
    self->policies[id == PROP_HSCROLL_POLICY ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
}

static void
dd_lines_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *spec)
{
  DdLines *self = DD_LINES (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[id == PROP_HADJUSTMENT ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL]);
  else
    g_value_set_enum (value, self->policies[id == PROP_HSCROLL_POLICY ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL]);
}

static void
dd_lines_dispose (GObject *object)
{
  DdLines *self = DD_LINES (object);

  for (guint i = 0; i < self->lines->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  g_array_set_size (self->bound, 0);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  G_OBJECT_CLASS (dd_lines_parent_class)->dispose (object);
}

static void
dd_lines_finalize (GObject *object)
{
  g_ptr_array_unref (DD_LINES (object)->lines);
  g_array_unref (DD_LINES (object)->bound);
  G_OBJECT_CLASS (dd_lines_parent_class)->finalize (object);
}

static void
dd_lines_class_init (DdLinesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = dd_lines_set_property;
  object_class->get_property = dd_lines_get_property;
  object_class->dispose = dd_lines_dispose;
  object_class->finalize = dd_lines_finalize;
  widget_class->measure = dd_lines_measure;
  widget_class->size_allocate = dd_lines_size_allocate;
  widget_class->focus = dd_lines_focus;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  moved_signal = g_signal_new ("moved", DD_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  activate_signal = g_signal_new ("activate", DD_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "dd-lines");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
dd_lines_init (DdLines *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->lines = g_ptr_array_new ();
  self->bound = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
dd_lines_new (DdLineMake make,
              DdLineBind bind,
              gpointer   data)
{
  DdLines *self = g_object_new (DD_TYPE_LINES, NULL);

  self->make = make;
  self->bind = bind;
  self->data = data;
  /* The one that all are measured by. */
  add_line (self);
  return GTK_WIDGET (self);
}
