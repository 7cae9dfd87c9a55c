/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-files-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dd-service-info.h"

#define N_KINDS 3

static const char * const kinds[N_KINDS + 1] = { "deployments", "changes", "incidents", NULL };

static const char * const titles[N_KINDS] = { N_("Deployments"), N_("Changes"), N_("Incidents") };

struct _DdFilesRow
{
  AdwExpanderRow parent;

  AdwActionRow         *rows[N_KINDS];
  char                 *paths[N_KINDS];
  GtkFileChooserNative *chooser;
  guint                 choosing; /* index of the kind that the chooser is for */
};

G_DEFINE_FINAL_TYPE (DdFilesRow, dd_files_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
find_kind (const char *kind)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (strcmp (kinds[i], kind) == 0)
      return i;
  g_return_val_if_reached (0);
}

static void
response_cb (DdFilesRow *self,
             int         response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    dd_files_row_set_path (self, kinds[self->choosing], path);
}

static void
choose_cb (GtkButton  *button,
           DdFilesRow *self)
{
  if (self->chooser != NULL)
    return;
  self->choosing = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "dd-kind"));
  self->chooser = gtk_file_chooser_native_new (_(titles[self->choosing]), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
dd_files_row_dispose (GObject *object)
{
  DdFilesRow *self = DD_FILES_ROW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (dd_files_row_parent_class)->dispose (object);
}

static void
dd_files_row_finalize (GObject *object)
{
  for (guint i = 0; i < N_KINDS; i++)
    g_free (DD_FILES_ROW (object)->paths[i]);
  G_OBJECT_CLASS (dd_files_row_parent_class)->finalize (object);
}

static void
dd_files_row_class_init (DdFilesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dd_files_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dd_files_row_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", DD_TYPE_FILES_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dd_files_row_init (DdFilesRow *self)
{
  const DdServiceInfo *info = dd_service_info_find ("files");
  GtkWidget *letter = gtk_label_new (info->letter);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Files of Records"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _(info->gives));
  gtk_widget_add_css_class (letter, "dd-letter");
  gtk_widget_set_size_request (letter, 32, 32);
  gtk_widget_set_valign (letter, GTK_ALIGN_CENTER);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), letter);
  for (guint i = 0; i < N_KINDS; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_button_new_with_mnemonic (_("Choose File…"));
      g_autofree char *label = g_strdup_printf (_("Choose a file of: %s"), _(titles[i]));

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(titles[i]));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_object_set_data (G_OBJECT (button), "dd-kind", GUINT_TO_POINTER (i));
      g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      self->rows[i] = ADW_ACTION_ROW (row);
    }
}

GtkWidget *
dd_files_row_new (void)
{
  return g_object_new (DD_TYPE_FILES_ROW, NULL);
}

const char * const *
dd_files_row_kinds (void)
{
  return kinds;
}

const char *
dd_files_row_get_path (DdFilesRow *self,
                       const char *kind)
{
  return self->paths[find_kind (kind)];
}

void
dd_files_row_set_path (DdFilesRow *self,
                       const char *kind,
                       const char *path)
{
  guint i = find_kind (kind);
  g_autofree char *name = g_filename_display_basename (path);

  g_free (self->paths[i]);
  self->paths[i] = g_strdup (path);
  dd_files_row_say (self, kind, name, FALSE);
  g_signal_emit (self, signals[CHOSEN], 0, kind);
}

void
dd_files_row_say (DdFilesRow *self,
                  const char *kind,
                  const char *words,
                  gboolean    trouble)
{
  GtkWidget *row = GTK_WIDGET (self->rows[find_kind (kind)]);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (trouble)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}
