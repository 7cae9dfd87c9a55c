/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-save.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What waits for the user to choose a file. */
typedef struct
{
  GtkWidget *widget;
  GBytes    *bytes;
  void     (*saved) (gpointer data);
  gpointer   data;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->widget);
  g_bytes_unref (save->bytes);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

void
dd_say (GtkWidget  *widget,
        const char *title)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (escaped));
}

/* What stands in the way of a file, in words; GIO's own are for programmers. */
static const char *
why_not (const GError *cause)
{
  if (cause->domain != G_IO_ERROR)
    return cause->message;
  switch (cause->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return _("the disk is full.");
    case G_IO_ERROR_PERMISSION_DENIED:
      return _("you may not write to its folder.");
    case G_IO_ERROR_READ_ONLY:
      return _("its disk can only be read.");
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      return _("there is no such folder.");
    case G_IO_ERROR_IS_DIRECTORY:
      return _("it is a folder.");
    default:
      return cause->message;
    }
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *words = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      words = g_strdup_printf (_("%s cannot be written: %s"), shown, why_not (error));
    }
  else
    {
      /* Translators: %s is the name of a file. */
      words = g_strdup_printf (_("%s saved"), shown);
      if (save->saved != NULL)
        save->saved (save->data);
    }
  dd_say (save->widget, words);
}

static Save *
save_new (GtkWidget *widget,
          GBytes    *bytes,
          void     (*saved) (gpointer data),
          gpointer   data)
{
  Save *save = g_new0 (Save, 1);

  save->widget = g_object_ref (widget);
  save->bytes = g_bytes_ref (bytes);
  save->saved = saved;
  save->data = data;
  return save;
}

void
dd_save_to (GtkWidget *widget,
            GFile     *file,
            GBytes    *bytes,
            void     (*saved) (gpointer data),
            gpointer   data)
{
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, saved_cb,
                                       save_new (widget, bytes, saved, data));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  g_autoptr (Save) save = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      dd_save_to (save->widget, file, save->bytes, save->saved, save->data);
    }
  g_object_unref (dialog);
}

void
dd_save_bytes (GtkWidget  *widget,
               const char *title,
               const char *name,
               GBytes     *bytes)
{
  dd_save_bytes_and_tell (widget, title, name, bytes, NULL, NULL);
}

void
dd_save_bytes_and_tell (GtkWidget  *widget,
                        const char *title,
                        const char *name,
                        GBytes     *bytes,
                        void      (*saved) (gpointer data),
                        gpointer    data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (widget)),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  Save *save = save_new (widget, bytes, saved, data);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), save);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
