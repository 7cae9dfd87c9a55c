/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-fixture.h"
#include "dd-auto-sync.h"
#include "dd-auto-sync-group.h"
#include "dd-sidebar.h"
#include "dd-time.h"
#include "dd-window-settings.h"
#include "gui-fixture.h"

/* A network that is there or not, as the test says. */
#define TEST_TYPE_NETWORK (test_network_get_type ())
G_DECLARE_FINAL_TYPE (TestNetwork, test_network, TEST, NETWORK, GObject)

struct _TestNetwork
{
  GObject parent;

  gboolean available;
};

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void test_network_initable (GInitableIface *iface);
static void test_network_monitor (GNetworkMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestNetwork, test_network, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_network_initable)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, test_network_monitor))

static gboolean
test_network_init_really (GInitable    *initable,
                          GCancellable *cancellable,
                          GError      **error)
{
  return TRUE;
}

static void
test_network_initable (GInitableIface *iface)
{
  iface->init = test_network_init_really;
}

static void
test_network_monitor (GNetworkMonitorInterface *iface)
{
}

static void
test_network_get_property (GObject    *object,
                           guint       property,
                           GValue     *value,
                           GParamSpec *spec)
{
  if (property == PROP_AVAILABLE)
    g_value_set_boolean (value, TEST_NETWORK (object)->available);
  else if (property == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
}

static void
test_network_class_init (TestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_network_init (TestNetwork *self)
{
  self->available = TRUE;
}

static gboolean
is_synced (gpointer data)
{
  return dd_syncer_get_result (data) != NULL && !dd_syncer_is_running (data);
}

static gboolean
is_idle (gpointer data)
{
  return !dd_syncer_is_running (data);
}

static gboolean
is_running (gpointer data)
{
  return dd_syncer_is_running (data);
}

static gboolean
is_answered (gpointer data)
{
  return dd_session_get_report (data) != NULL && !dd_session_is_loading (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* A workspace that was synced once, of the server that sample data comes from. */
static void
make_workspace (ConnectFixture *fixture)
{
  connect_give_github (fixture, NULL);
  connect_wait_for (fixture->window, "Mara Lindqvist (maralind)");
  connect_press (fixture->window, "_Next");
  connect_wait_for (fixture->window, "18 of 18");
  connect_press (fixture->window, "_Start Sync");
  gui_wait_until (is_gone, &fixture->window);
  gui_wait_until (is_synced, fixture->syncer);
  gui_wait_until (is_answered, fixture->session);
}

static void
wait_for_sync (ConnectFixture *fixture)
{
  gui_wait_until (is_idle, fixture->syncer);
  gui_wait_until (is_answered, fixture->session);
}

static void
switch_on (DdSession *session,
           gboolean   on_start,
           guint      every)
{
  GSettings *settings = dd_session_get_settings (session);

  g_assert_true (g_settings_set_boolean (settings, DD_SETTING_SYNC_ON_START, on_start));
  g_assert_true (g_settings_set_uint (settings, DD_SETTING_SYNC_EVERY, every));
}

/* Nothing by itself unless it was switched on; then when it is due, and not before. */
static void
test_every (ConnectFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (TestNetwork) network = g_object_new (TEST_TYPE_NETWORK, NULL);
  g_autoptr (DdAutoSync) automatic = NULL;
  gint64 now;

  make_workspace (fixture);
  automatic = dd_auto_sync_new (fixture->session, fixture->syncer, G_NETWORK_MONITOR (network));
  now = g_get_real_time ();
  dd_auto_sync_look (automatic, now + DD_DAY);
  g_assert_false (dd_syncer_is_running (fixture->syncer));

  switch_on (fixture->session, FALSE, 15);
  dd_auto_sync_look (automatic, now + 10 * DD_MINUTE);
  g_assert_false (dd_syncer_is_running (fixture->syncer));
  dd_auto_sync_look (automatic, now + 16 * DD_MINUTE);
  g_assert_true (dd_syncer_is_running (fixture->syncer));
  /* One at a time. */
  dd_auto_sync_look (automatic, now + 60 * DD_MINUTE);
  wait_for_sync (fixture);
  g_assert_false (dd_sync_result_any_failed (dd_syncer_get_result (fixture->syncer)));
  dd_auto_sync_look (automatic, now + 17 * DD_MINUTE);
  g_assert_false (dd_syncer_is_running (fixture->syncer));

  dd_auto_sync_stop (automatic);
}

/* Without a network it waits, and the foot of the sidebar says why; the next turn with one makes up for it. */
static void
test_offline (ConnectFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (TestNetwork) network = g_object_new (TEST_TYPE_NETWORK, NULL);
  g_autoptr (DdAutoSync) automatic = NULL;
  GtkWidget *sidebar;
  gint64 later;

  make_workspace (fixture);
  sidebar = g_object_ref_sink (dd_sidebar_new (fixture->session, fixture->syncer));
  automatic = dd_auto_sync_new (fixture->session, fixture->syncer, G_NETWORK_MONITOR (network));
  network->available = FALSE;
  later = g_get_real_time () + DD_HOUR;
  switch_on (fixture->session, FALSE, 15);
  dd_auto_sync_look (automatic, later);
  g_assert_false (dd_syncer_is_running (fixture->syncer));
  g_assert_true (dd_syncer_is_offline (fixture->syncer));
  g_assert_nonnull (gui_find_label (sidebar, "Offline"));
  g_assert_null (dd_syncer_get_error (fixture->syncer));

  network->available = TRUE;
  dd_auto_sync_look (automatic, later + DD_MINUTE);
  g_assert_true (dd_syncer_is_running (fixture->syncer));
  g_assert_false (dd_syncer_is_offline (fixture->syncer));
  wait_for_sync (fixture);
  g_assert_null (gui_find_label (sidebar, "Offline"));
  g_object_unref (sidebar);
}

/* Where another process syncs, or has just done so, nothing is asked twice. */
static void
test_elsewhere (ConnectFixture *fixture,
                gconstpointer   data)
{
  const DdSyncResult *result;
  gint64 now;

  make_workspace (fixture);
  result = dd_syncer_get_result (fixture->syncer);
  now = g_get_real_time ();
  dd_syncer_start_unless (fixture->syncer, now - DD_HOUR);
  gui_wait_until (is_idle, fixture->syncer);
  /* What the last one said still stands. */
  g_assert_true (dd_syncer_get_result (fixture->syncer) == result);
  g_assert_null (dd_syncer_get_error (fixture->syncer));
  dd_syncer_start_unless (fixture->syncer, now);
  gui_wait_until (is_idle, fixture->syncer);
  g_assert_true (dd_syncer_get_result (fixture->syncer) != result);
}

/* When the window opens, once, where that is wanted. */
static void
test_start (ConnectFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (TestNetwork) network = g_object_new (TEST_TYPE_NETWORK, NULL);
  g_autoptr (DdAutoSync) automatic = NULL;

  g_assert_false (dd_session_is_first_sync (fixture->session));
  dd_session_set_syncing (fixture->session, TRUE);
  g_assert_true (dd_session_is_first_sync (fixture->session));
  dd_session_set_syncing (fixture->session, FALSE);
  make_workspace (fixture);
  dd_session_set_syncing (fixture->session, TRUE);
  /* A second one is not a first one. */
  g_assert_false (dd_session_is_first_sync (fixture->session));
  dd_session_set_syncing (fixture->session, FALSE);
  switch_on (fixture->session, TRUE, 0);
  automatic = dd_auto_sync_new (fixture->session, fixture->syncer, G_NETWORK_MONITOR (network));
  dd_session_refresh (fixture->session);
  gui_wait_until (is_running, fixture->syncer);
  wait_for_sync (fixture);
  dd_auto_sync_look (automatic, g_get_real_time () + DD_DAY);
  g_assert_false (dd_syncer_is_running (fixture->syncer));
}

/* Sample data and files have nobody to ask. */
static void
test_files (GuiFixture   *fixture,
            gconstpointer data)
{
  g_autoptr (TestNetwork) network = g_object_new (TEST_TYPE_NETWORK, NULL);
  g_autoptr (DdSyncer) syncer = NULL;
  g_autoptr (DdAutoSync) automatic = NULL;

  gui_fixture_start (fixture);
  syncer = dd_syncer_new (fixture->session);
  automatic = dd_auto_sync_new (fixture->session, syncer, G_NETWORK_MONITOR (network));
  switch_on (fixture->session, TRUE, 5);
  dd_auto_sync_look (automatic, g_get_real_time () + DD_DAY);
  g_assert_false (dd_syncer_is_running (syncer));
}

static GtkWidget *
control_of (GtkWidget  *group,
            const char *row)
{
  return adw_action_row_get_activatable_widget (ADW_ACTION_ROW (connect_find_row (group, row)));
}

/* Off at first; what is switched on is there after a restart. */
static void
test_preferences (GuiFixture   *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", "keyfile", NULL);
  g_autofree char *text = NULL;
  GtkWidget *group;

  gui_fixture_start (fixture);
  group = g_object_ref_sink (dd_auto_sync_group_new (fixture->session));
  gtk_test_accessible_assert_property (control_of (group, "While it runs"), GTK_ACCESSIBLE_PROPERTY_LABEL, "While it runs");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (control_of (group, "When the window opens"))));
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (control_of (group, "While it runs"))), ==, 0);
  gtk_switch_set_active (GTK_SWITCH (control_of (group, "When the window opens")), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control_of (group, "While it runs")), 30);
  g_settings_sync ();
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "sync-every=30"));
  g_assert_finalize_object (G_OBJECT (group));

  g_clear_object (&fixture->session);
  fixture->session = dd_session_new (fixture->engine);
  gui_fixture_start (fixture);
  g_assert_true (dd_session_get_sync_on_start (fixture->session));
  g_assert_cmpuint (dd_session_get_sync_every (fixture->session), ==, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("GITHUB_TOKEN");
  adw_init ();
#define ADD(name, function) g_test_add (name, ConnectFixture, NULL, connect_fixture_set_up, function, connect_fixture_tear_down)
  ADD ("/auto-sync/every", test_every);
  ADD ("/auto-sync/offline", test_offline);
  ADD ("/auto-sync/elsewhere", test_elsewhere);
  ADD ("/auto-sync/start", test_start);
#undef ADD
#define ADD(name, function) g_test_add (name, GuiFixture, NULL, gui_fixture_set_up, function, gui_fixture_tear_down)
  ADD ("/auto-sync/files", test_files);
  ADD ("/auto-sync/preferences", test_preferences);
  return g_test_run ();
}
