/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-log-import.h"

#include <glib/gi18n-lib.h>

#include "dd-activity-write.h"
#include "dd-event-import.h"
#include "dd-query-activity.h"

/* How often is looked at how much was read. */
#define LOOK_MILLISECONDS 100

struct _DdLogImport
{
  AdwBin parent;

  DdSession            *session;
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable; /* of what is being read */
  int                  *permille;    /* shared with the reading */
  guint                 look;

  GtkLabel       *words;
  GtkProgressBar *progress;
  GtkWidget      *stop_button;
  GtkWidget      *close_button;
};

G_DEFINE_FINAL_TYPE (DdLogImport, dd_log_import, ADW_TYPE_BIN)

static void
show (DdLogImport *self,
      const char  *words)
{
  gboolean reading = self->cancellable != NULL;

  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), reading);
  gtk_widget_set_visible (self->stop_button, reading);
  gtk_widget_set_visible (self->close_button, !reading);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
end_reading (DdLogImport *self)
{
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_pointer (&self->permille, g_atomic_rc_box_release);
  g_clear_object (&self->cancellable);
}

static gboolean
look_cb (gpointer user_data)
{
  DdLogImport *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (self->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DdLogImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imports = dd_event_import_finish (DD_ENGINE (source), result, &error);
  g_autoptr (GString) words = g_string_new (NULL);

  end_reading (self);
  for (guint i = 0; imports != NULL && i < imports->len; i++)
    {
      const DdEventImport *import = g_ptr_array_index (imports, i);
      g_autofree char *name = g_filename_display_basename (import->path);
      g_autofree char *read = dd_words_events_read (name, import->missing, &import->counts);
      g_autofree char *broken = dd_words_broken_lines (name, &import->counts);

      g_string_append_printf (words, "%s%s%s%s", i > 0 ? "\n" : "", read, broken != NULL ? "\n" : "", broken != NULL ? broken : "");
    }
  if (imports == NULL)
    g_string_append (words, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("Stopped. What was read before is kept.")
                                                                                       : error->message);
  if (self->session == NULL)
    return;
  if (imports == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dd_error_note (DD_ENGINE (source), dd_session_get_workspace (self->session), "gui", "import", error);
  show (self, words->str);
  dd_session_refresh (self->session);
}

void
dd_log_import_read (DdLogImport *self,
                    GSList      *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *name = NULL, *words = NULL;
  guint n;

  if (self->cancellable != NULL)
    return;
  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  n = g_strv_length (paths);
  if (n == 0)
    {
      show (self, _("Only files of this computer can be read."));
      return;
    }
  name = g_filename_display_basename (paths[0]);
  self->cancellable = g_cancellable_new ();
  self->permille = g_atomic_rc_box_new0 (int);
  self->look = g_timeout_add (LOOK_MILLISECONDS, look_cb, self);
  words = n == 1 ? g_strdup_printf (_("Reading %s…"), name) : g_strdup_printf (ngettext ("Reading %u file…", "Reading %u files…", n), n);
  gtk_progress_bar_set_fraction (self->progress, 0);
  show (self, words);
  dd_event_import_async (dd_session_get_engine (self->session), dd_session_get_workspace (self->session), (const char * const *) paths,
                         self->permille, self->cancellable, read_cb, g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           DdLogImport     *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
      GSList *files = NULL;

      for (guint i = g_list_model_get_n_items (chosen); i > 0; i--)
        files = g_slist_prepend (files, g_list_model_get_item (chosen, i - 1));
      dd_log_import_read (self, files);
      g_slist_free_full (files, g_object_unref);
    }
  g_clear_object (&self->chooser);
}

static void
add_filter (DdLogImport        *self,
            const char         *name,
            const char * const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; *patterns != NULL; patterns++)
    gtk_file_filter_add_pattern (filter, *patterns);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
}

void
dd_log_import_choose (DdLogImport *self)
{
  static const char * const logs[] = { "*.jsonl", "*.ndjson", "*.json", "*.log", NULL };
  static const char * const all[] = { "*", NULL };

  if (self->chooser != NULL || self->cancellable != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Import Event Logs"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  add_filter (self, _("Event logs (JSON lines)"), logs);
  add_filter (self, _("All files"), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         DdLogImport   *self)
{
  GSList *files;

  if (self->session == NULL || self->cancellable != NULL)
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  dd_log_import_read (self, files);
  g_slist_free (files);
  return TRUE;
}

void
dd_log_import_accept_drops (DdLogImport *self,
                            GtkWidget   *target)
{
  GtkDropTarget *drops = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (drops, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drops));
}

static void
stop_cb (DdLogImport *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
close_cb (DdLogImport *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
dd_log_import_dispose (GObject *object)
{
  DdLogImport *self = DD_LOG_IMPORT (object);

  /* What was begun is read to its end: closing a window takes nothing back. */
  end_reading (self);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), DD_TYPE_LOG_IMPORT);
  G_OBJECT_CLASS (dd_log_import_parent_class)->dispose (object);
}

static void
dd_log_import_class_init (DdLogImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_log_import_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/activity/dd-log-import.ui");
  gtk_widget_class_bind_template_child (widget_class, DdLogImport, words);
  gtk_widget_class_bind_template_child (widget_class, DdLogImport, progress);
  gtk_widget_class_bind_template_child (widget_class, DdLogImport, stop_button);
  gtk_widget_class_bind_template_child (widget_class, DdLogImport, close_button);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
dd_log_import_init (DdLogImport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dd_log_import_set_session (DdLogImport *self,
                           DdSession   *session)
{
  g_set_object (&self->session, session);
}
