/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file itself, with less patience: a keyring that never answers is given up. */
#define KEYRING_SECONDS 1
#include "dd-token-store.c"

#include "dd-test-server.h"

static GDBusMessage *
swallow_cb (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_object_unref (message);
  return NULL;
}

typedef struct
{
  gboolean done;
  char    *token;
  GError  *error;
} Answer;

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Answer *answer = user_data;

  answer->token = dd_token_store_lookup_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
own_name (GDBusConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) owned = NULL;

  owned = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow_cb, NULL, NULL);
}

static void
test_stuck (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) keyring = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Answer late = { 0 }, cancelled = { 0 };

  g_test_dbus_up (bus);
  keyring = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  own_name (keyring);

  dd_token_store_lookup_async ("Northwind", "github", NULL, found_cb, &late);
  dd_test_wait (&late.done);
  g_assert_error (late.error, DD_ERROR, DD_ERROR_KEYRING);
  g_assert_cmpstr (late.error->message, ==, "The keyring is locked; unlock it, or set the token in the environment.");

  dd_token_store_lookup_async ("Northwind", "github", cancellable, found_cb, &cancelled);
  dd_test_settle ();
  g_cancellable_cancel (cancellable);
  dd_test_wait (&cancelled.done);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&late.error);
  g_clear_error (&cancelled.error);

  g_dbus_connection_close_sync (keyring, NULL, NULL);
  g_test_dbus_stop (bus);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv ("GITHUB_TOKEN");
  g_test_add_func ("/token-store/stuck", test_stuck);
  return g_test_run ();
}
