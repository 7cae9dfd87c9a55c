/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-application.h"

#include <glib/gi18n-lib.h>

#include "dd-engine.h"
#include "dd-errand.h"
#include "dd-search-provider.h"
#include "dd-watch.h"
#include "dd-window.h"

struct _DdApplication
{
  AdwApplication parent;

  char             *database;
  gboolean          background; /* the window that is made next is not shown */
  DdEngine         *engine;
  DdSearchProvider *search;
  DdSession        *session; /* of the first window, until it is there */
  guint             waiting; /* source that opens it without its figures */
};

/* Milliseconds. Figures that come sooner are in the first frame, rather than a frame before it without them. */
#define LONGEST_WAIT 100

G_DEFINE_FINAL_TYPE (DdApplication, dd_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_window (window,
                         "application-name", _("DoraDash"),
                         "application-icon", "com.example.DoraDash",
                         "version", DD_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("How often you deliver, how fast, and how safely"),
                         "developer-name", _("The DoraDash contributors"),
                         NULL);
}

/* What a notification stands for. */
static void
open_file_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autofree char *uri = g_filename_to_uri (g_variant_get_string (parameter, NULL), NULL, NULL);

  g_application_activate (G_APPLICATION (user_data));
  if (uri != NULL)
    gtk_show_uri (gtk_application_get_active_window (GTK_APPLICATION (user_data)), uri, GDK_CURRENT_TIME);
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *window;

  g_application_activate (G_APPLICATION (user_data));
  window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show", parameter);
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
dd_application_startup (GApplication *application)
{
  DdApplication *self = DD_APPLICATION (application);
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_cb },
    { .name = "open-file", .activate = open_file_cb, .parameter_type = "s" },
    { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
    { .name = "quit", .activate = quit_cb },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } shortcuts[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.sync", { "<Control>r", "F5" } },
    { "win.send-report", { "<Control>m" } },
    { "win.preferences", { "<Control>comma" } },
    { "win.shortcuts", { "<Control>question" } },
    { "win.help('')", { "F1" } },
    { "win.sidebar", { "F9" } },
    { "win.menu", { "F10" } },
    { "win.search", { "<Control>f" } },
    { "win.period-before", { "<Alt>Left" } },
    { "win.period-after", { "<Alt>Right" } },
  };

  /* The store is read while GTK starts. */
  self->engine = dd_engine_new (self->database);
  self->session = dd_session_new (self->engine);
  dd_session_load (self->session);
  dd_watch_start ();
  G_APPLICATION_CLASS (dd_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  dd_errand_add_actions (GTK_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action, shortcuts[i].keys);
}

/* There from the start, which comes before any question. */
static DdEngine *
get_engine (GtkApplication *application)
{
  return DD_APPLICATION (application)->engine;
}

static gboolean
dd_application_dbus_register (GApplication    *application,
                              GDBusConnection *connection,
                              const char      *object_path,
                              GError         **error)
{
  DdApplication *self = DD_APPLICATION (application);

  if (!G_APPLICATION_CLASS (dd_application_parent_class)->dbus_register (application, connection, object_path, error))
    return FALSE;
  self->search = dd_search_provider_new (GTK_APPLICATION (application), get_engine);
  return dd_search_provider_export (self->search, connection, error);
}

static void
dd_application_dbus_unregister (GApplication    *application,
                                GDBusConnection *connection,
                                const char      *object_path)
{
  DdApplication *self = DD_APPLICATION (application);

  if (self->search != NULL)
    dd_search_provider_unexport (self->search);
  g_clear_object (&self->search);
  G_APPLICATION_CLASS (dd_application_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
open_window (DdApplication *self)
{
  GtkWidget *window = dd_window_new_with_session (GTK_APPLICATION (self), self->session);

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  if (!self->background)
    gtk_window_present (GTK_WINDOW (window));
  self->background = FALSE;
}

static void
stop_waiting (DdApplication *self)
{
  g_clear_handle_id (&self->waiting, g_source_remove);
  open_window (self);
  g_application_release (G_APPLICATION (self));
}

static gboolean
waited_cb (gpointer user_data)
{
  stop_waiting (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_for_figures (DdApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  self->waiting = g_timeout_add (LONGEST_WAIT, waited_cb, self);
  g_signal_connect_swapped (self->session, "report-changed", G_CALLBACK (stop_waiting), self);
}

static void
dd_application_activate (GApplication *application)
{
  DdApplication *self = DD_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (self->waiting != 0)
    return;
  if (self->session == NULL)
    self->session = dd_session_new (self->engine);
  dd_session_load (self->session);
  if (dd_session_get_report (self->session) == NULL && dd_session_is_loading (self->session))
    wait_for_figures (self);
  else
    open_window (self);
}

static void
dd_application_finalize (GObject *object)
{
  DdApplication *self = DD_APPLICATION (object);

  g_clear_object (&self->search);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);
  g_free (self->database);
  G_OBJECT_CLASS (dd_application_parent_class)->finalize (object);
}

static void
dd_application_class_init (DdApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dd_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = dd_application_startup;
  G_APPLICATION_CLASS (klass)->activate = dd_application_activate;
  G_APPLICATION_CLASS (klass)->dbus_register = dd_application_dbus_register;
  G_APPLICATION_CLASS (klass)->dbus_unregister = dd_application_dbus_unregister;
}

static void
dd_application_init (DdApplication *self)
{
}

DdApplication *
dd_application_new (const char *database,
                    gboolean    background)
{
  /* A window on another database is a program of its own. */
  DdApplication *self = g_object_new (DD_TYPE_APPLICATION,
                                      "application-id", "com.example.DoraDash",
                                      "resource-base-path", "/com/example/DoraDash",
                                      "flags", database != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS,
                                      NULL);

  self->database = g_strdup (database);
  self->background = background;
  return self;
}
