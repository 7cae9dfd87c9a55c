/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-background.h"
#include "dd-error.h"
#include "dd-window.h"
#include "dd-window-settings.h"
#include "gui-fixture.h"

static const char interface[] =
  "<node><interface name='org.freedesktop.portal.Background'>"
  "<method name='RequestBackground'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "</interface></node>";

/* A portal on the test's own bus, which answers as it is told. */
typedef struct
{
  GDBusConnection *bus;
  GDBusNodeInfo   *info;
  guint            object;
  guint            name;
  gboolean         owned;
  gboolean         allows;
  gboolean         autostart; /* what was asked for last */
  GAsyncResult    *result;
} Portal;

static void
answer_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface_name,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Portal *portal = user_data;
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *who = g_strdup (sender + 1);
  g_autofree char *request = NULL;
  const char *token = NULL;
  GVariantBuilder results;

  g_variant_lookup (options, "handle_token", "&s", &token);
  g_variant_lookup (options, "autostart", "b", &portal->autostart);
  g_strdelimit (who, ".", '_');
  request = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", who, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (portal->allows));
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (portal->allows && portal->autostart));
  g_dbus_connection_emit_signal (bus, sender, request, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", portal->allows ? 0 : 1, &results), NULL);
}

static void
owned_cb (GDBusConnection *bus,
          const char      *name,
          gpointer         user_data)
{
  ((Portal *) user_data)->owned = TRUE;
}

static gboolean
is_owned (gpointer data)
{
  return ((Portal *) data)->owned;
}

static void
open_portal (Portal *portal)
{
  static const GDBusInterfaceVTable table = { .method_call = answer_cb };
  g_autoptr (GError) error = NULL;

  portal->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  portal->info = g_dbus_node_info_new_for_xml (interface, NULL);
  portal->object = g_dbus_connection_register_object (portal->bus, "/org/freedesktop/portal/desktop", portal->info->interfaces[0], &table, portal,
                                                      NULL, &error);
  g_assert_no_error (error);
  portal->name = g_bus_own_name_on_connection (portal->bus, "org.freedesktop.portal.Desktop",
                                               G_BUS_NAME_OWNER_FLAGS_REPLACE, owned_cb, NULL, portal, NULL);
  gui_wait_until (is_owned, portal);
}

static void
close_portal (Portal *portal)
{
  g_bus_unown_name (portal->name);
  g_dbus_connection_unregister_object (portal->bus, portal->object);
  g_dbus_node_info_unref (portal->info);
  g_object_unref (portal->bus);
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ((Portal *) user_data)->result = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return ((Portal *) data)->result != NULL;
}

static gboolean
request (Portal   *portal,
         gboolean  autostart,
         gboolean *granted,
         GError  **error)
{
  gboolean done;

  dd_background_request_async (autostart, NULL, ready_cb, portal);
  gui_wait_until (has_result, portal);
  done = dd_background_request_finish (portal->result, granted, error);
  g_clear_object (&portal->result);
  return done;
}

/* The user's word is taken; a no is told with what can be done about it. */
static void
test_portal (void)
{
  Portal portal = { .allows = TRUE };
  g_autoptr (GError) error = NULL;
  gboolean autostart;

  open_portal (&portal);
  g_assert_true (request (&portal, TRUE, &autostart, &error));
  g_assert_no_error (error);
  g_assert_true (autostart && portal.autostart);
  g_assert_true (request (&portal, FALSE, &autostart, &error));
  g_assert_false (autostart || portal.autostart);
  portal.allows = FALSE;
  g_assert_false (request (&portal, TRUE, &autostart, &error));
  g_assert_error (error, DD_ERROR, DD_ERROR_PERMISSION);
  close_portal (&portal);
}

/* With it on, closing hides the window, and it shows again as it was. */
static void
test_close (GuiFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (GtkApplication) application = gtk_application_new ("com.example.DoraDash.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  gpointer gone;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = dd_window_new (application, fixture->engine);
  gone = window;
  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_present (GTK_WINDOW (window));
  g_settings_set_boolean (dd_session_get_settings (dd_window_get_session (DD_WINDOW (window))), DD_SETTING_BACKGROUND, TRUE);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_nonnull (gone);
  g_assert_false (gtk_widget_get_visible (window));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_get_visible (window));
  g_settings_set_boolean (dd_session_get_settings (dd_window_get_session (DD_WINDOW (window))), DD_SETTING_BACKGROUND, FALSE);
  gtk_window_close (GTK_WINDOW (window));
  while (gone != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/background/portal", test_portal);
  g_test_add ("/background/close", GuiFixture, NULL, gui_fixture_set_up, test_close, gui_fixture_tear_down);
  return g_test_run ();
}
