/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-fixture.h"

#include <glib/gstdio.h>

#include "dd-connect-window.h"
#include "dd-service-row.h"
#include "dd-settings-file.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
connect_fixture_set_up (ConnectFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture->folder = g_dir_make_tmp ("dd-connect-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->database = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->server = dd_demo_server_new (g_get_real_time (), &error);
  g_assert_no_error (error);
  fixture->engine = dd_engine_new (fixture->database);
  fixture->session = dd_session_new (fixture->engine);
  dd_session_start_async (fixture->session, ready_cb, &result);
  gui_wait_until (is_set, &result);
  dd_session_start_finish (fixture->session, result);
  fixture->syncer = dd_syncer_new (fixture->session);
  fixture->window = dd_connect_window_new (NULL, fixture->session, fixture->syncer);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
connect_fixture_tear_down (ConnectFixture *fixture,
                           gconstpointer   data)
{
  gpointer session = fixture->session;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  gui_wait_until (is_gone, &fixture->window);
  g_object_add_weak_pointer (G_OBJECT (session), &session);
  g_clear_object (&fixture->syncer);
  g_clear_object (&fixture->session);
  gui_wait_until (is_gone, &session);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->database);
  g_free (fixture->folder);
}

GtkWidget *
connect_find_row (GtkWidget  *widget,
                  const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = connect_find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
connect_find_button (GtkWidget  *widget,
                     const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = connect_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
connect_type (GtkWidget  *widget,
              const char *row,
              const char *text)
{
  GtkWidget *entry = connect_find_row (widget, row);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

void
connect_press (GtkWidget  *widget,
               const char *button)
{
  GtkWidget *found = connect_find_button (widget, button);

  g_assert_nonnull (found);
  g_assert_true (gtk_widget_is_sensitive (found));
  g_signal_emit_by_name (found, "clicked");
}

static GtkWidget *
find_tooltip (GtkWidget  *widget,
              const char *tooltip)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tooltip (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
connect_press_tooltip (GtkWidget  *widget,
                       const char *tooltip)
{
  GtkWidget *found = find_tooltip (widget, tooltip);

  g_assert_nonnull (found);
  g_signal_emit_by_name (found, "clicked");
}

typedef struct
{
  GtkWidget  *widget;
  const char *text;
} Wanted;

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *label = gui_find_label (wanted->widget, wanted->text);

  return label != NULL && gtk_widget_get_child_visible (label);
}

void
connect_wait_for (GtkWidget  *widget,
                  const char *text)
{
  Wanted wanted = { widget, text };

  gui_wait_until (is_there, &wanted);
}

void
connect_give_github (ConnectFixture *fixture,
                     const char     *token)
{
  GtkWidget *row = connect_find_row (fixture->window, "GitHub");
  g_autofree char *url = g_strconcat (dd_demo_server_get_url (fixture->server), "/github", NULL);

  connect_type (row, "Address", url);
  connect_type (row, "Organization or user", "lindholm");
  connect_type (row, "Personal access token", token != NULL ? token : dd_demo_server_get_token (fixture->server));
  dd_service_row_check (DD_SERVICE_ROW (row));
}

DdSettings *
connect_read_settings (DdEngine   *engine,
                       const char *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  DdSettings *settings;

  dd_workspaces_export_async (engine, workspace, NULL, ready_cb, &result);
  gui_wait_until (is_set, &result);
  json = dd_workspaces_export_finish (engine, result, &error);
  g_assert_no_error (error);
  settings = dd_settings_file_parse (json, workspace, &error);
  g_assert_no_error (error);
  return settings;
}
