/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsecret/secret.h>

#include "dd-token-store.h"
#include "dd-window.h"
#include "trouble-fixture.h"

/*
 * What the window says when the keyring keeps a token to itself. Run twice, as the first argument says: with a real daemon that is
 * locked (see tests/lib/with-keyring), and with none.
 */

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

/* A sync that fails for want of a token asks the service nothing. */
static void
assert_said (Trouble    *t,
             const char *sentence)
{
  const char *action;

  trouble_connect (t, "linear", t->server->url);
  trouble_sync (t);
  g_assert_cmpstr (trouble_read_banner (t->window, &action), ==, sentence);
  g_assert_cmpstr (action, ==, "win.sync");
  g_assert_cmpuint (t->server->requests->len, ==, 0);
  trouble_assert_calm (t);
}

static void
test_absent (Trouble      *t,
             gconstpointer data)
{
  assert_said (t, "Linear: There is no keyring that could keep tokens; start one, or set the token in the environment.");
}

static void
test_locked (Trouble      *t,
             gconstpointer data)
{
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GError) error = NULL;
  GList *collections;

  dd_token_store_save_async ("Shop", "linear", "a-token", NULL, ready_cb, &saved);
  gui_wait_until (is_set, &saved);
  dd_token_store_save_finish (saved, &error);
  g_assert_no_error (error);
  service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  g_assert_no_error (error);
  collections = secret_service_get_collections (service);
  secret_service_lock_sync (service, collections, NULL, NULL, &error);
  g_assert_no_error (error);
  g_list_free_full (collections, g_object_unref);
  assert_said (t, "Linear: The keyring is locked; unlock it, or set the token in the environment.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("LINEAR_API_KEY");
  g_setenv ("DORADASH_PATIENCE", "0.02", TRUE);
  if (argc > 1 && g_str_equal (argv[1], "locked"))
    {
      g_test_add ("/keyring/locked", Trouble, NULL, trouble_set_up, test_locked, trouble_tear_down);
    }
  else
    {
      /* Without a bus there is no keyring. */
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
      g_test_add ("/keyring/absent", Trouble, NULL, trouble_set_up, test_absent, trouble_tear_down);
    }
  adw_init ();
  return g_test_run ();
}
