/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "dd-engagement-group.h"
#include "dd-preferences-private.h"
#include "dd-survey.h"
#include "dd-time.h"

/* As far as anybody looks back; the store takes any number. */
#define MOST_HISTORY_DAYS 3650

struct _DdGeneralPage
{
  AdwPreferencesPage parent;

  DdSettingsEditor     *editor;
  GtkFileChooserNative *chooser;
  gboolean              filling;

  GtkWidget     *timezone_row;
  GtkSpinButton *history_spin;
  AdwActionRow  *place_row;
  GtkWidget     *backup_button;
};

G_DEFINE_FINAL_TYPE (DdGeneralPage, dd_general_page, ADW_TYPE_PREFERENCES_PAGE)

static void
timezone_applied_cb (DdGeneralPage *self)
{
  DdSettings *settings = dd_settings_editor_get_settings (self->editor);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->timezone_row))));
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = dd_time_zone_new (name, &error);

  if (zone == NULL)
    {
      gtk_widget_add_css_class (self->timezone_row, "error");
      dd_preferences_toast (GTK_WIDGET (self), self->editor, error->message, FALSE, NULL, NULL, NULL);
      return;
    }
  gtk_widget_remove_css_class (self->timezone_row, "error");
  g_free (settings->timezone);
  settings->timezone = g_steal_pointer (&name);
  dd_settings_editor_commit (self->editor);
}

static void
history_changed_cb (DdGeneralPage *self)
{
  if (self->filling)
    return;
  dd_settings_editor_get_settings (self->editor)->history_days = gtk_spin_button_get_value_as_int (self->history_spin);
  dd_settings_editor_commit (self->editor);
}

static void
open_folder_cb (DdGeneralPage *self)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  g_autofree char *folder = seen != NULL ? g_path_get_dirname (seen->path) : NULL;
  g_autofree char *uri = folder != NULL ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
backed_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DdGeneralPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dd_survey_back_up_finish (DD_ENGINE (object), result, &error);

  gtk_widget_set_sensitive (self->backup_button, TRUE);
  if (self->editor != NULL)
    dd_preferences_toast (GTK_WIDGET (self), self->editor, done ? _("Backup saved") : error->message, FALSE, NULL, NULL, NULL);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           DdGeneralPage   *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      gtk_widget_set_sensitive (self->backup_button, FALSE);
      dd_survey_back_up_async (dd_session_get_engine (dd_settings_editor_get_session (self->editor)), path, NULL, backed_up_cb,
                               g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
back_up_cb (DdGeneralPage *self)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (today, "doradash-%Y-%m-%d.db");

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Back Up"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The window asks before it deletes; the preferences of what is gone make no sense. */
static void
delete_cb (DdGeneralPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWindow *parent = gtk_window_get_transient_for (window);

  gtk_window_close (window);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.remove-workspace", NULL);
}

static void
loaded_cb (DdGeneralPage *self)
{
  const DdSeen *seen = dd_settings_editor_get_seen (self->editor);
  g_autofree char *size = g_format_size (seen->bytes);
  /* Translators: a file and its size. */
  g_autofree char *words = g_strdup_printf (_("%s (%s)"), seen->path, size);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->timezone_row), seen->settings->timezone);
  gtk_spin_button_set_value (self->history_spin, seen->settings->history_days);
  adw_action_row_set_subtitle (self->place_row, words);
  self->filling = FALSE;
}

static void
dd_general_page_dispose (GObject *object)
{
  DdGeneralPage *self = DD_GENERAL_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (dd_general_page_parent_class)->dispose (object);
}

static void
dd_general_page_class_init (DdGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dd_general_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/DoraDash/preferences/dd-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DdGeneralPage, timezone_row);
  gtk_widget_class_bind_template_child (widget_class, DdGeneralPage, history_spin);
  gtk_widget_class_bind_template_child (widget_class, DdGeneralPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, DdGeneralPage, backup_button);
  gtk_widget_class_bind_template_callback (widget_class, timezone_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
dd_general_page_init (DdGeneralPage *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->history_spin, 1, MOST_HISTORY_DAYS);
  gtk_spin_button_set_increments (self->history_spin, 30, 365);
  self->filling = FALSE;
}

GtkWidget *
dd_general_page_new (DdSettingsEditor *editor)
{
  DdGeneralPage *self = g_object_new (DD_TYPE_GENERAL_PAGE, NULL);

  self->editor = g_object_ref (editor);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self),
                            ADW_PREFERENCES_GROUP (dd_engagement_group_new (dd_settings_editor_get_session (editor))));
  g_signal_connect_object (editor, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
