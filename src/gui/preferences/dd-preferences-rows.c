/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-preferences-private.h"

#include <glib/gi18n-lib.h>

/* What a toast with a button comes to. */
typedef struct
{
  DdSettingsEditor *editor;
  DdPreferencesDone done;
  gpointer          data;
  GDestroyNotify    destroy;
  gboolean          undone;
} Event;

static void
event_free (gpointer  data,
            GClosure *closure)
{
  Event *event = data;

  if (event->destroy != NULL)
    event->destroy (event->data);
  g_object_unref (event->editor);
  g_free (event);
}

static void
undo_cb (AdwToast *toast,
         Event    *event)
{
  event->undone = TRUE;
  dd_settings_editor_undo (event->editor);
}

static void
dismissed_cb (AdwToast *toast,
              Event    *event)
{
  if (event->done != NULL)
    event->done (event->undone, event->data);
}

void
dd_preferences_toast (GtkWidget        *page,
                      DdSettingsEditor *editor,
                      const char       *title,
                      gboolean          undo,
                      DdPreferencesDone done,
                      gpointer          data,
                      GDestroyNotify    destroy)
{
  GtkWidget *window = gtk_widget_get_ancestor (page, ADW_TYPE_PREFERENCES_WINDOW);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);
  Event *event = g_new0 (Event, 1);

  event->editor = g_object_ref (editor);
  event->done = done;
  event->data = data;
  event->destroy = destroy;
  if (undo)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      /* It does not wait behind news that nobody has to act on. */
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), event);
    }
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), event, event_free, 0);
  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), toast);
  else
    g_object_unref (toast);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          GtkWidget  *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

GtkWidget *
dd_preferences_switch_row (const char *title,
                           const char *subtitle,
                           GCallback   changed,
                           gpointer    data,
                           GtkSwitch **control)
{
  GtkWidget *toggle = gtk_switch_new ();

  if (changed != NULL)
    g_signal_connect_object (toggle, "notify::active", changed, data, G_CONNECT_SWAPPED);
  *control = GTK_SWITCH (toggle);
  return make_row (title, subtitle, toggle);
}

GtkWidget *
dd_preferences_spin_row (const char     *title,
                         const char     *subtitle,
                         double          least,
                         double          most,
                         double          step,
                         guint           digits,
                         GCallback       changed,
                         gpointer        data,
                         GtkSpinButton **control)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, step);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), digits);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 6);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  if (changed != NULL)
    g_signal_connect_object (spin, "value-changed", changed, data, G_CONNECT_SWAPPED);
  *control = GTK_SPIN_BUTTON (spin);
  return make_row (title, subtitle, spin);
}

GtkWidget *
dd_preferences_entry_row (const char *title,
                          GCallback   applied,
                          gpointer    data)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", applied, data, G_CONNECT_SWAPPED);
  return row;
}

char **
dd_preferences_split (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_strv_builder_add (builder, words[i]);
  return g_strv_builder_end (builder);
}
