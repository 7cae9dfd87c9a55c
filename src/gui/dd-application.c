/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-application.h"

#include <glib/gi18n-lib.h>

#include "dd-engine.h"
#include "dd-watch.h"
#include "dd-window.h"

struct _DdApplication
{
  AdwApplication parent;

  char     *database;
  DdEngine *engine;
};

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
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_cb },
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
    { "win.preferences", { "<Control>comma" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.sidebar", { "F9" } },
    { "win.menu", { "F10" } },
    { "win.search", { "<Control>f" } },
    { "win.period-before", { "<Alt>Left" } },
    { "win.period-after", { "<Alt>Right" } },
  };

  dd_watch_start ();
  G_APPLICATION_CLASS (dd_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action, shortcuts[i].keys);
}

static void
dd_application_activate (GApplication *application)
{
  DdApplication *self = DD_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (self->engine == NULL)
    self->engine = dd_engine_new (self->database);
  if (window == NULL)
    window = GTK_WINDOW (dd_window_new (GTK_APPLICATION (application), self->engine));
  gtk_window_present (window);
}

static void
dd_application_finalize (GObject *object)
{
  DdApplication *self = DD_APPLICATION (object);

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
}

static void
dd_application_init (DdApplication *self)
{
}

DdApplication *
dd_application_new (const char *database)
{
  /* A window on another database is a program of its own. */
  DdApplication *self = g_object_new (DD_TYPE_APPLICATION,
                                      "application-id", "com.example.DoraDash",
                                      "resource-base-path", "/com/example/DoraDash",
                                      "flags", database != NULL ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS,
                                      NULL);

  self->database = g_strdup (database);
  return self;
}
