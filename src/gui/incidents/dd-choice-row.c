/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-choice-row.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-event-row.h"
#include "dd-time.h"
#include "dd-words.h"

struct _DdChoiceRow
{
  GtkListBoxRow parent;

  GtkGrid        *grid;
  GtkCheckButton *button;
  char           *id;
  char           *name;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (DdChoiceRow, dd_choice_row, GTK_TYPE_LIST_BOX_ROW)

static void
choose_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  dd_choice_row_choose (DD_CHOICE_ROW (widget));
}

static void
toggled_cb (DdChoiceRow *self)
{
  if (gtk_check_button_get_active (self->button))
    g_signal_emit (self, chosen_signal, 0);
}

static void
dd_choice_row_finalize (GObject *object)
{
  DdChoiceRow *self = DD_CHOICE_ROW (object);

  g_free (self->id);
  g_free (self->name);
  G_OBJECT_CLASS (dd_choice_row_parent_class)->finalize (object);
}

static void
dd_choice_row_class_init (DdChoiceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_choice_row_finalize;
  chosen_signal = g_signal_new ("chosen", DD_TYPE_CHOICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "choice.choose", NULL, choose_cb);
}

static void
dd_choice_row_init (DdChoiceRow *self)
{
  /* Not an AdwActionRow: each of its labels is asked how wide it would be for many heights, and there are many rows. */
  self->grid = GTK_GRID (gtk_grid_new ());
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_grid_attach (self->grid, GTK_WIDGET (self->button), 0, 0, 1, 2);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "dd-remark");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->grid));
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
}

static GtkWidget *
label_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* "48 min before", at the end of the row. */
static GtkWidget *
distance_new (const DdDeploymentName *deployment,
              gint64                  started)
{
  g_autofree char *distance = dd_duration_format ((double) (started - deployment->finished) / DD_SECOND);
  /* Translators: a duration before something, "48 min before". */
  g_autofree char *before = g_strdup_printf (_("%s before"), distance);
  GtkWidget *label = gtk_label_new (before);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_tooltip_text (label, before);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

GtkWidget *
dd_choice_row_new (const DdDeploymentName *deployment,
                   gint64                  started,
                   GTimeZone              *zone,
                   DdChoiceRow            *beside)
{
  DdChoiceRow *self = g_object_new (DD_TYPE_CHOICE_ROW, NULL);
  g_autofree char *at = dd_words_time (deployment->finished, zone);
  g_autofree char *environment = deployment->environment != NULL ? dd_clean (deployment->environment, 60) : NULL;
  g_autofree char *about = environment != NULL ? g_strdup_printf (_("%s · %s"), at, environment) : g_strdup (at);
  g_autofree char *subtitle = deployment->failed ? g_strdup_printf (_("%s · failed"), about) : g_strdup (about);
  GtkWidget *about_label;

  self->id = g_strdup (deployment->id);
  self->name = dd_event_deployment_name (deployment);
  gtk_grid_attach (self->grid, label_new (self->name), 1, 0, 1, 1);
  about_label = label_new (subtitle);
  gtk_widget_add_css_class (about_label, "caption");
  gtk_widget_add_css_class (about_label, "dim-label");
  gtk_grid_attach (self->grid, about_label, 1, 1, 1, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
  gtk_grid_attach (self->grid, distance_new (deployment, started), 2, 0, 1, 2);
  if (beside != NULL)
    gtk_check_button_set_group (self->button, beside->button);
  return GTK_WIDGET (self);
}

void
dd_choice_row_choose (DdChoiceRow *self)
{
  gtk_check_button_set_active (self->button, TRUE);
}

const char *
dd_choice_row_get_id (DdChoiceRow *self)
{
  return self->id;
}

const char *
dd_choice_row_get_name (DdChoiceRow *self)
{
  return self->name;
}
