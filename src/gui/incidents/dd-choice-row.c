/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-choice-row.h"

#include <glib/gi18n-lib.h>

#include "dd-clean.h"
#include "dd-event-row.h"
#include "dd-time.h"
#include "dd-words.h"

struct _DdChoiceRow
{
  AdwActionRow parent;

  GtkCheckButton *button;
  char           *id;
  char           *name;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (DdChoiceRow, dd_choice_row, ADW_TYPE_ACTION_ROW)

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
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
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

  self->id = g_strdup (deployment->id);
  self->name = dd_event_deployment_name (deployment);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), distance_new (deployment, started));
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
