/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-save.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "dd-file.h"

/* What waits for the user to choose a file. */
typedef struct
{
  GtkWidget *widget;
  GBytes    *bytes;
  GFile     *file; /* NULL until it is chosen */
  void     (*saved) (gpointer data);
  gpointer   data;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->widget);
  g_bytes_unref (save->bytes);
  g_clear_object (&save->file);
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

/* To where there is no path, as a share of the network: by GIO, which also replaces a file as a whole. */
static gboolean
write_file (GFile   *file,
            GBytes  *bytes,
            GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return path != NULL ? dd_file_write (path, data, size, error)
                      : g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;

  if (write_file (save->file, save->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Save *save = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (save->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *words = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      /* Translators: %s is the name of a file. */
      words = g_strdup_printf (_("%s saved"), shown);
      if (save->saved != NULL)
        save->saved (save->data);
    }
  dd_say (GTK_WIDGET (source), words != NULL ? words : error->message);
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

static void
start (Save  *save,
       GFile *file)
{
  g_autoptr (GTask) task = g_task_new (save->widget, NULL, saved_cb, NULL);

  save->file = g_object_ref (file);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, write_thread);
}

void
dd_save_to_file (GtkWidget *widget,
                 GFile     *file,
                 GBytes    *bytes,
                 void     (*saved) (gpointer data),
                 gpointer   data)
{
  start (save_new (widget, bytes, saved, data), file);
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

      start (g_steal_pointer (&save), file);
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

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), save_new (widget, bytes, saved, data));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
