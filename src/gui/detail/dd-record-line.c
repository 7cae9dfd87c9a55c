/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-record-line.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-join.h"
#include "dd-words.h"

#define LONGEST_TITLE 200
#define PADDING 14
#define LEAST_HEIGHT 42
#define ABOVE_AND_BELOW 16

/* Widths in letters. Of what a list has to spare, columns take as much as they may, then the first and the last what is left. */
static const struct
{
  DdRecordOrder order;
  const char   *title;
  int           least;
  int           enough;
  int           share;
} columns[DD_RECORD_COLUMNS] = {
  { DD_RECORD_BY_TITLE, N_("Record"), 14, 18, 3 },
  { DD_RECORD_BY_REPOSITORY, N_("Repository"), 9, 12, 0 },
  { DD_RECORD_BY_TIME, N_("When"), 17, 18, 0 },
  { DD_RECORD_BY_VALUE, N_("Duration"), 8, 10, 0 },
  { DD_RECORD_BY_RULE, N_("Counts"), 9, 12, 2 },
};

struct _DdRecordLine
{
  GtkWidget parent;

  GtkWidget   *cells[DD_RECORD_COLUMNS];
  GtkWidget   *arrows[DD_RECORD_COLUMNS]; /* of a head */
  DdRecordSort sort;
  gpointer     data;
};

G_DEFINE_FINAL_TYPE (DdRecordLine, dd_record_line, GTK_TYPE_WIDGET)

DdRecordOrder
dd_record_line_column (guint column)
{
  return columns[column].order;
}

/* Alike for all lines of a list: their letters are. */
static double
letter_width (DdRecordLine *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = MAX (pango_font_metrics_get_approximate_char_width (metrics), pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return (double) width / PANGO_SCALE;
}

static void
share_width (DdRecordLine *self,
             int           width,
             int           widths[DD_RECORD_COLUMNS])
{
  double letter = letter_width (self), spare = width, wanted = 0, part;
  int shares = 0, given = 0;

  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      spare -= columns[i].least * letter + 2 * PADDING;
      wanted += (columns[i].enough - columns[i].least) * letter;
      shares += columns[i].share;
    }
  spare = MAX (spare, 0);
  part = wanted > 0 ? MIN (1, spare / wanted) : 0;
  spare -= part * wanted;
  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      widths[i] = (int) (columns[i].least * letter + 2 * PADDING + part * (columns[i].enough - columns[i].least) * letter +
                         spare * columns[i].share / shares);
      given += widths[i];
    }
  widths[0] += MAX (0, width - given);
}

static void
dd_record_line_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  DdRecordLine *self = DD_RECORD_LINE (widget);
  double letter = letter_width (self), least = 0, enough = 0;
  int around = self->sort != NULL ? 0 : ABOVE_AND_BELOW, height = LEAST_HEIGHT - around;

  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      int cell;

      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_VERTICAL, -1, &cell, NULL, NULL, NULL);
      height = MAX (height, cell);
      least += columns[i].least * letter + 2 * PADDING;
      enough += columns[i].enough * letter + 2 * PADDING;
    }
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? height + around : (int) least + 1;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? height + around : (int) enough + 1;
}

static void
dd_record_line_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  DdRecordLine *self = DD_RECORD_LINE (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL, head = self->sort != NULL;
  int widths[DD_RECORD_COLUMNS], x = 0;

  share_width (self, width, widths);
  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      int inside = head ? widths[i] : MAX (0, widths[i] - 2 * PADDING), least, tall;
      GtkAllocation place;

      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      inside = MAX (inside, least);
      gtk_widget_measure (self->cells[i], GTK_ORIENTATION_VERTICAL, inside, &tall, NULL, NULL, NULL);
      place = (GtkAllocation) { x + (head ? 0 : PADDING), (height - tall) / 2, inside, tall };
      if (from_right)
        place.x = width - place.x - inside;
      gtk_widget_size_allocate (self->cells[i], &place, -1);
      x += widths[i];
    }
}

static void
dd_record_line_dispose (GObject *object)
{
  DdRecordLine *self = DD_RECORD_LINE (object);

  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);
  G_OBJECT_CLASS (dd_record_line_parent_class)->dispose (object);
}

static void
dd_record_line_class_init (DdRecordLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_record_line_dispose;
  widget_class->measure = dd_record_line_measure;
  widget_class->size_allocate = dd_record_line_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "dd-record-line");
}

static void
dd_record_line_init (DdRecordLine *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
dd_record_line_new (void)
{
  DdRecordLine *self = g_object_new (DD_TYPE_RECORD_LINE, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      GtkInscription *text = GTK_INSCRIPTION (gtk_inscription_new (NULL));

      gtk_inscription_set_text_overflow (text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      gtk_inscription_set_min_chars (text, 0);
      gtk_inscription_set_nat_chars (text, 0);
      if (columns[i].order != DD_RECORD_BY_TITLE)
        gtk_widget_add_css_class (GTK_WIDGET (text), "numeric");
      self->cells[i] = GTK_WIDGET (text);
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
  return GTK_WIDGET (self);
}

static char *
cell_text (const DdRecordRow *row,
           DdRecordOrder      column,
           GTimeZone         *zone)
{
  switch (column)
    {
    case DD_RECORD_BY_TITLE:
      return dd_clean (row->title != NULL ? row->title : row->id, LONGEST_TITLE);
    case DD_RECORD_BY_REPOSITORY:
      return g_strdup (row->repository != NULL ? row->repository : "");
    case DD_RECORD_BY_VALUE:
      return row->value == DD_TIME_NONE ? g_strdup ("") : dd_duration_format ((double) row->value / DD_SECOND);
    case DD_RECORD_BY_RULE:
      return row->counted ? g_strdup (_("Yes")) : g_strdup_printf (_("No: %s"), dd_rule_describe (row->rule));
    case DD_RECORD_BY_TIME:
    default:
      return dd_words_time (row->time, zone);
    }
}

void
dd_record_line_set_row (DdRecordLine      *self,
                        const DdRecordRow *row,
                        GTimeZone         *zone)
{
  g_autoptr (GString) label = g_string_new (NULL);
  gboolean from_right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      g_autofree char *text = cell_text (row, columns[i].order, zone);

      gtk_inscription_set_text (GTK_INSCRIPTION (self->cells[i]), text);
      /* Sides, not ends: of GTK's own widgets, this one does not turn around. */
      gtk_inscription_set_xalign (GTK_INSCRIPTION (self->cells[i]), from_right ? 1 : 0);
      gtk_widget_set_tooltip_text (self->cells[i], columns[i].order == DD_RECORD_BY_RULE && row->note != NULL ? row->note : text);
      if (*text != '\0')
        {
          g_autofree char *named = g_strdup_printf (_("%s: %s"), _(columns[i].title), text);

          dd_join_item (label, named);
        }
    }
  if (row->counted)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "left-out");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "left-out");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
clicked_cb (GtkWidget    *button,
            DdRecordLine *self)
{
  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    if (self->cells[i] == button)
      self->sort (self->data, columns[i].order);
}

GtkWidget *
dd_record_head_new (DdRecordSort clicked,
                    gpointer     data)
{
  DdRecordLine *self = g_object_new (DD_TYPE_RECORD_LINE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  self->sort = clicked;
  self->data = data;
  gtk_widget_add_css_class (GTK_WIDGET (self), "head");
  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *title = gtk_label_new (_(columns[i].title));

      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (button, _(columns[i].title));
      self->arrows[i] = gtk_image_new ();
      gtk_box_append (GTK_BOX (box), title);
      gtk_box_append (GTK_BOX (box), self->arrows[i]);
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_widget_add_css_class (button, "flat");
      self->cells[i] = button;
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
    }
  return GTK_WIDGET (self);
}

void
dd_record_head_set_order (DdRecordLine *self,
                          DdRecordOrder order,
                          gboolean      descending)
{
  for (guint i = 0; i < DD_RECORD_COLUMNS; i++)
    {
      gboolean this = columns[i].order == order;
      const char *title = _(columns[i].title);
      g_autofree char *label = NULL;

      /* Translators: %s is the head of a column: "Duration". */
      if (!this)
        label = g_strdup_printf (_("Sort by %s"), title);
      else
        label = g_strdup_printf (descending ? _("%s, sorted from high to low") : _("%s, sorted from low to high"), title);
      gtk_widget_set_visible (self->arrows[i], this);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->arrows[i]), descending ? "pan-down-symbolic" : "pan-up-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cells[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}
