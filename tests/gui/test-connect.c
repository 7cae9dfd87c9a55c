/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connect-fixture.h"
#include "dd-connect-window.h"
#include "dd-files-row.h"
#include "dd-repository-list.h"
#include "dd-service-info.h"
#include "dd-service-row.h"
#include "dd-source-trial.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

static void
test_token_pages (void)
{
  static const struct
  {
    const char *type;
    const char *url;
    const char *organization;
    const char *page;
  } cases[] = {
#define FORM "/settings/personal-access-tokens/new?name=DoraDash&actions=read&contents=read&deployments=read&pull_requests=read"
    { "github", "https://api.github.com", NULL, "https://github.com" FORM },
    { "github", "https://api.github.com", "north&wind", "https://github.com" FORM "&target_name=north%26wind" },
    { "github", "https://git.example.com:8443/api/v3", "", "https://git.example.com:8443" FORM },
    { "github", "https://api.northwind.ghe.com", NULL, "https://northwind.ghe.com" FORM },
    { "github", "nonsense", NULL, NULL },
    { "github", "", NULL, NULL },
    { "linear", "https://api.linear.app/graphql", NULL, "https://linear.app/settings/account/security" },
    { "incidentio", "https://api.incident.io", NULL, "https://app.incident.io/settings/api-keys" },
    { "slab", "https://api.slab.com/v1/graphql", NULL, "https://slab.com/" },
    { "woodpecker", "https://ci.example.com", NULL, "https://ci.example.com/user" },
    { "woodpecker", "https://ci.example.com/root/", NULL, "https://ci.example.com/root/user" },
    { "woodpecker", "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *page = dd_service_info_token_page (dd_service_info_find (cases[i].type), cases[i].url, cases[i].organization);

      g_assert_cmpstr (page, ==, cases[i].page);
    }
  g_assert_cmpstr (dd_service_info_find ("files")->letter, ==, "F");
  g_assert_nonnull (dd_service_info_find ("unheard-of"));
}

/* The first one below @widget. */
static GtkCheckButton *
find_check (GtkWidget *widget)
{
  GtkCheckButton *found = GTK_IS_CHECK_BUTTON (widget) ? GTK_CHECK_BUTTON (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_check (child);
  return found;
}

static void
test_repositories (void)
{
  GtkWidget *widget = g_object_ref_sink (dd_repository_list_new ());
  DdRepositoryList *list = DD_REPOSITORY_LIST (widget);
  g_autoptr (DdSourceSettings) source = dd_source_settings_new ("github");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GtkWidget *row;

  g_ptr_array_add (names, "<b>shop</b>");
  g_ptr_array_add (names, "api");
  g_ptr_array_add (names, "docs");
  g_strfreev (source->exclude);
  source->exclude = g_strsplit ("do*", ",", -1);
  g_hash_table_insert (source->deployments_from, g_strdup ("api"), g_strdup ("workflow:Deploy *"));
  g_hash_table_insert (source->deployments_from, g_strdup ("docs"), g_strdup ("tags"));
  dd_repository_list_set_names (list, names, source);
  g_assert_cmpuint (dd_repository_list_get_n (list), ==, 3);
  g_assert_cmpuint (dd_repository_list_get_n_chosen (list), ==, 2);
  g_assert_nonnull (gui_find_label (widget, "<b>shop</b>"));
  g_assert_nonnull (gui_find_label (widget, "2 of 3"));

  row = connect_find_row (widget, "api");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  g_assert_nonnull (gui_find_label (widget, "1 of 3"));
  dd_repository_list_apply (list, source);
  g_assert_cmpuint (g_strv_length (source->exclude), ==, 2);
  g_assert_cmpstr (source->exclude[0], ==, "api");
  g_assert_cmpstr (source->exclude[1], ==, "docs");
  /* What the choice has no word for is left alone. */
  g_assert_cmpstr (g_hash_table_lookup (source->deployments_from, "api"), ==, "workflow:Deploy *");
  g_assert_cmpstr (g_hash_table_lookup (source->deployments_from, "docs"), ==, "tags");
  g_assert_null (g_hash_table_lookup (source->deployments_from, "<b>shop</b>"));
  g_assert_finalize_object (G_OBJECT (widget));
}

static void
test_service_row (ConnectFixture *fixture,
                  gconstpointer   data)
{
  GtkWidget *row = g_object_ref_sink (dd_service_row_new (fixture->engine, "woodpecker"));
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (connect_find_button (row, "_Check"));
  g_assert_null (dd_service_row_get_settings (DD_SERVICE_ROW (row), &error));
  g_assert_cmpstr (error->message, ==, "Give the address of your Woodpecker.");
  dd_service_row_check (DD_SERVICE_ROW (row));
  g_assert_nonnull (gui_find_label (row, "Give the address of your Woodpecker."));
  g_assert_finalize_object (G_OBJECT (row));
}

/* What is wrong is said on the row in one sentence, and nothing goes on. */
static void
test_bad_states (ConnectFixture *fixture,
                 gconstpointer   data)
{
  GtkWidget *row = connect_find_row (fixture->window, "GitHub");

  g_assert_false (gtk_widget_is_sensitive (connect_find_button (fixture->window, "_Start Sync")));
  connect_wait_for (fixture->window, "Choose a service, give its token and check it.");

  connect_give_github (fixture, "wrong");
  connect_wait_for (row, "GitHub does not know this token.");
  g_assert_false (gtk_widget_is_sensitive (connect_find_button (fixture->window, "_Start Sync")));
  connect_wait_for (fixture->window, "Check what you gave for GitHub, or clear its token.");

  connect_type (row, "Organization or user", "");
  dd_service_row_check (DD_SERVICE_ROW (row));
  connect_wait_for (row, "Name the organization or user whose repositories are read.");

  connect_type (row, "Address", "http://git.example.com/api/v3");
  connect_wait_for (row, "Not checked yet");
  dd_service_row_check (DD_SERVICE_ROW (row));
  g_assert_false (dd_service_row_is_accepted (DD_SERVICE_ROW (row)));
  g_assert_null (gui_find_label (row, "Not checked yet"));
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
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
has_trouble (gpointer data)
{
  return gtk_widget_has_css_class (connect_find_row (data, "Deployments"), "error");
}

/* From an empty window to numbers. */
static void
test_flow (ConnectFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (DdSettings) settings = NULL;
  const DdSourceSettings *github;
  GtkWidget *row;

  connect_give_github (fixture, NULL);
  connect_wait_for (fixture->window, "Mara Lindqvist (maralind)");
  /* The organization's name is offered as the workspace's. */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (connect_find_row (fixture->window, "Name of the workspace"))), ==, "lindholm");
  connect_type (fixture->window, "Name of the workspace", " Lindholm ");
  connect_press (fixture->window, "_Next");
  connect_wait_for (fixture->window, "18 of 18");
  row = connect_find_row (fixture->window, "handbook");
  gtk_check_button_set_active (find_check (row), FALSE);
  connect_wait_for (fixture->window, "17 of 18");
  connect_press (fixture->window, "_Start Sync");
  gui_wait_until (is_gone, &fixture->window);
  gui_wait_until (is_synced, fixture->syncer);
  g_assert_false (dd_sync_result_any_failed (dd_syncer_get_result (fixture->syncer)));
  g_assert_cmpstr (dd_session_get_workspace (fixture->session), ==, "Lindholm");
  settings = connect_read_settings (fixture->engine, "Lindholm");
  g_assert_cmpuint (settings->sources->len, ==, 1);
  github = g_ptr_array_index (settings->sources, 0);
  g_assert_cmpstr (github->organization, ==, "lindholm");
  g_assert_cmpstr (github->exclude[0], ==, "handbook");
  g_assert_null (github->exclude[1]);
}

typedef struct
{
  GtkWidget  *window;
  const char *row;
} Row;

static gboolean
is_listed (gpointer data)
{
  return connect_find_row (((Row *) data)->window, ((Row *) data)->row) != NULL;
}

/* What was found says what it would count, and production is picked from the environments that were seen. */
static void
test_environments (ConnectFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (DdSettings) settings = NULL;
  Row row = { fixture->window, "staging" };
  GtkWidget *check;

  connect_give_github (fixture, NULL);
  connect_wait_for (fixture->window, "Mara Lindqvist (maralind)");
  connect_press (fixture->window, "_Next");
  connect_wait_for (fixture->window, "18 of 18");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (connect_find_row (fixture->window, "Patterns, between commas"))), ==,
                   "prod*, production*, live*");
  gui_wait_until (is_listed, &row);
  check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (connect_find_row (fixture->window, "production")));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (connect_find_row (fixture->window, "staging")));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_LABEL, "staging");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  connect_press (fixture->window, "_Start Sync");
  gui_wait_until (is_gone, &fixture->window);
  gui_wait_until (is_synced, fixture->syncer);
  settings = connect_read_settings (fixture->engine, "lindholm");
  g_assert_true (dd_patterns_match (settings->metrics.environments, "production"));
  g_assert_true (dd_patterns_match (settings->metrics.environments, "staging"));
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
has_token (ConnectFixture *fixture,
           const char     *workspace)
{
  g_autoptr (DdSourceSettings) source = dd_source_settings_new ("github");
  g_autoptr (GAsyncResult) result = NULL;
  DdTokenCheck *check;
  gboolean found;

  g_free (source->url);
  source->url = g_strconcat (dd_demo_server_get_url (fixture->server), "/github", NULL);
  source->organization = g_strdup ("lindholm");
  dd_source_trial_check_async (fixture->engine, workspace, source, NULL, NULL, result_cb, &result);
  gui_wait_until (is_there, &result);
  check = dd_source_trial_check_finish (fixture->engine, result, NULL);
  found = check != NULL && check->error == NULL;
  dd_token_check_free (check);
  return found;
}

typedef struct
{
  ConnectFixture *fixture;
  const char     *name;
  gboolean        made;
} Made;

/* There is a token where there is a workspace. The keyring may answer a moment after the window has gone. */
static gboolean
is_whole (gpointer data)
{
  Made *made = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) names = NULL;

  dd_workspaces_list_async (made->fixture->engine, NULL, result_cb, &result);
  gui_wait_until (is_there, &result);
  names = dd_workspaces_list_finish (made->fixture->engine, result, NULL);
  made->made = g_ptr_array_find_with_equal_func (names, made->name, g_str_equal, NULL);
  return has_token (made->fixture, made->name) == made->made;
}

/* Under a sanitizer rounds take long: every third moment there, each of them otherwise. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 3
#else
#define STRIDE 1
#endif

/* Closed at whatever moment of the writing: there is the whole workspace, or nothing of it. */
static void
test_close (ConnectFixture *fixture,
            gconstpointer   data)
{
  guint made = 0, given_up = 0;

  for (int steps = 0; steps < 24; steps += STRIDE)
    {
      g_autofree char *name = g_strdup_printf ("Closed %d", steps);
      Made whole = { fixture, name };

      if (fixture->window == NULL)
        {
          fixture->window = dd_connect_window_new (NULL, fixture->session, fixture->syncer);
          g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
          gtk_window_present (GTK_WINDOW (fixture->window));
        }
      connect_give_github (fixture, NULL);
      connect_wait_for (fixture->window, "Mara Lindqvist (maralind)");
      connect_type (fixture->window, "Name of the workspace", name);
      connect_press (fixture->window, "_Next");
      connect_wait_for (fixture->window, "18 of 18");
      connect_press (fixture->window, "_Start Sync");
      for (int step = 0; step < steps; step++)
        g_main_context_iteration (NULL, FALSE);
      if (fixture->window != NULL)
        gtk_window_close (GTK_WINDOW (fixture->window));
      gui_wait_until (is_gone, &fixture->window);
      gui_wait_until (is_whole, &whole);
      made += whole.made;
      given_up += !whole.made;
    }
  g_assert_cmpuint (given_up, >, 0);
  g_test_message ("%u made, %u given up", made, given_up);
  dd_syncer_cancel (fixture->syncer);
  gui_wait_until (is_idle, fixture->syncer);
}

static gboolean
has_moved (gpointer data)
{
  return g_strcmp0 (dd_session_get_workspace (data), "Own") == 0 && dd_session_get_report (data) != NULL;
}

/* Records of files alone make a workspace too; a file that is wrong says so on its row. */
static void
test_files (ConnectFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "deployments.csv", NULL);
  DdFilesRow *row = DD_FILES_ROW (connect_find_row (fixture->window, "Files of Records"));

  g_file_set_contents (path, "id,repository,finished\n", -1, NULL);
  dd_files_row_set_path (row, "deployments", path);
  connect_wait_for (fixture->window, "deployments.csv");
  connect_wait_for (fixture->window, "Give the workspace a name.");
  connect_type (fixture->window, "Name of the workspace", "Own");
  connect_press (fixture->window, "_Read Files");
  gui_wait_until (has_trouble, row);

  g_file_set_contents (path, "id,repository,finished,result\n1,shop,2026-11-01T10:00:00Z,success\n", -1, NULL);
  connect_press (fixture->window, "_Read Files");
  gui_wait_until (is_gone, &fixture->window);
  gui_wait_until (has_moved, fixture->session);
  g_assert_false (dd_syncer_is_running (fixture->syncer));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("GITHUB_TOKEN");
  adw_init ();
  g_test_add_func ("/connect/token-pages", test_token_pages);
  g_test_add_func ("/connect/repositories", test_repositories);
#define ADD(name, function) g_test_add (name, ConnectFixture, NULL, connect_fixture_set_up, function, connect_fixture_tear_down)
  ADD ("/connect/service-row", test_service_row);
  ADD ("/connect/bad-states", test_bad_states);
  ADD ("/connect/flow", test_flow);
  ADD ("/connect/environments", test_environments);
  ADD ("/connect/close", test_close);
  ADD ("/connect/files", test_files);
  return g_test_run ();
}
