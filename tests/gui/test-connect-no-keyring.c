/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-fixture.h"
#include "gui-fixture.h"

static gboolean
is_synced (gpointer data)
{
  return dd_syncer_get_result (data) != NULL && !dd_syncer_is_running (data);
}

/* It is said, nothing is kept, and the tokens can be held for this session. */
static void
test_no_keyring (ConnectFixture *fixture,
                 gconstpointer   data)
{
  connect_give_github (fixture, NULL);
  connect_wait_for (fixture->window, "Mara Lindqvist (maralind)");
  connect_press (fixture->window, "_Next");
  connect_wait_for (fixture->window, "18 of 18");
  g_assert_false (gtk_widget_get_visible (connect_find_button (fixture->window, "For This _Session Only")));
  connect_press (fixture->window, "_Start Sync");
  connect_wait_for (fixture->window, "There is no keyring that could keep tokens; start one, or set the token in the environment.");
  g_assert_cmpuint (g_strv_length ((char **) dd_session_get_workspaces (fixture->session)), ==, 0);

  g_assert_true (gtk_widget_get_visible (connect_find_button (fixture->window, "For This _Session Only")));
  connect_press (fixture->window, "For This _Session Only");
  gui_wait_until (is_synced, fixture->syncer);
  g_assert_false (dd_sync_result_any_failed (dd_syncer_get_result (fixture->syncer)));
  g_assert_null (fixture->window);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("GITHUB_TOKEN");
  /* Without a bus there is no keyring. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  adw_init ();
  g_test_add ("/connect/no-keyring", ConnectFixture, NULL, connect_fixture_set_up, test_no_keyring, connect_fixture_tear_down);
  return g_test_run ();
}
