/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-choice-group.h"

#include <glib/gi18n-lib.h>

#include "dd-preferences-private.h"
#include "dd-seen.h"

/* More would be a list that nobody reads; what is not shown can be typed. */
#define MOST_ROWS 40

struct _DdChoiceGroup
{
  AdwPreferencesGroup parent;

  gboolean   empty_is_all;
  gboolean   filling;
  char     **words;
  GPtrArray *names; /* of DdSeenName */
  GPtrArray *rows;  /* of GtkWidget, beside the first names */
  GPtrArray *checks;
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (DdChoiceGroup, dd_choice_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_chosen (DdChoiceGroup *self,
           const char    *name)
{
  return dd_patterns_match (self->words, name) || (self->empty_is_all && self->words[0] == NULL);
}

static void
show_words (DdChoiceGroup *self)
{
  g_autofree char *joined = g_strjoinv (", ", self->words);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), joined);
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i),
                                 is_chosen (self, ((DdSeenName *) g_ptr_array_index (self->names, i))->name));
  self->filling = FALSE;
}

static void
toggled_cb (DdChoiceGroup  *self,
            GtkCheckButton *check)
{
  const char *name = g_object_get_data (G_OBJECT (check), "dd-name");
  char **words;

  if (self->filling)
    return;
  words = dd_seen_choose (self->words, self->names, name, gtk_check_button_get_active (check), self->empty_is_all);
  g_strfreev (self->words);
  self->words = words;
  show_words (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
applied_cb (DdChoiceGroup *self)
{
  g_strfreev (self->words);
  self->words = dd_preferences_split (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  show_words (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A row of a name, a bar against the most frequent one, and the count. */
static void
add_row (DdChoiceGroup    *self,
         const DdSeenName *name,
         guint             most)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, most);
  g_autofree char *count = g_strdup_printf ("%'u", name->n);
  GtkWidget *label = gtk_label_new (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name->name, -1);
  g_object_set_data_full (G_OBJECT (check), "dd-name", g_strdup (name->name), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled_cb), self);
  /* The count says the same in figures. */
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), name->n);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), NULL);
  gtk_widget_set_size_request (bar, 80, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How many of all"), -1);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->checks, check);
}

static void
dd_choice_group_dispose (GObject *object)
{
  DdChoiceGroup *self = DD_CHOICE_GROUP (object);

  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (dd_choice_group_parent_class)->dispose (object);
}

static void
dd_choice_group_finalize (GObject *object)
{
  DdChoiceGroup *self = DD_CHOICE_GROUP (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->names);
  g_strfreev (self->words);
  G_OBJECT_CLASS (dd_choice_group_parent_class)->finalize (object);
}

static void
dd_choice_group_class_init (DdChoiceGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_choice_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_choice_group_finalize;
  signals[CHANGED] = g_signal_new ("changed", DD_TYPE_CHOICE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dd_choice_group_init (DdChoiceGroup *self)
{
  self->words = g_new0 (char *, 1);
  self->names = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  self->entry = adw_entry_row_new ();
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->entry);
}

GtkWidget *
dd_choice_group_new (const char *title,
                     const char *description,
                     const char *entry,
                     gboolean    empty_is_all)
{
  DdChoiceGroup *self = g_object_new (DD_TYPE_CHOICE_GROUP, "title", title, "description", description, NULL);

  self->empty_is_all = empty_is_all;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), entry);
  return GTK_WIDGET (self);
}

void
dd_choice_group_set (DdChoiceGroup *self,
                     char         **words,
                     GPtrArray     *names)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->checks, 0);
  g_strfreev (self->words);
  self->words = g_strdupv (words);
  g_ptr_array_unref (self->names);
  self->names = g_ptr_array_ref (names);
  self->filling = TRUE;
  for (guint i = 0; i < MIN (names->len, MOST_ROWS); i++)
    add_row (self, g_ptr_array_index (names, i), ((DdSeenName *) g_ptr_array_index (names, 0))->n);
  self->filling = FALSE;
  show_words (self);
}

char **
dd_choice_group_get_words (DdChoiceGroup *self)
{
  return g_strdupv (self->words);
}
