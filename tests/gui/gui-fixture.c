/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-fixture.h"

#include <glib/gstdio.h>

#include "dd-file-import.h"

#define PATIENCE (90 * G_USEC_PER_SEC)
#define DAYS 60

void
gui_wait_until (gboolean (*condition) (gpointer),
                gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_thread_yield ();
    }
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
gui_fixture_import (GuiFixture *fixture,
                    const char *kind,
                    const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "records.csv", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  dd_file_import_async (fixture->engine, "Shop", kind, path, NULL, ready_cb, &result);
  gui_wait_until (has_result, &result);
  g_assert_cmpint (dd_file_import_finish (fixture->engine, result, &error), >, 0);
  g_assert_no_error (error);
  g_unlink (path);
}

char *
gui_time_ago (int days,
              int hours)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) noon = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                                                    g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) then = g_date_time_add_hours (noon, hours - 24 * days);

  return g_date_time_format_iso8601 (then);
}

/* Each of the last days, "shop" deploys a change of the day before; "api" does on even days, and fails on every tenth. */
static void
import_all (GuiFixture *fixture)
{
  g_autoptr (GString) deployments = g_string_new ("id,repository,environment,created,finished,result\n");
  g_autoptr (GString) changes = g_string_new ("id,repository,number,title,author,first_commit,opened,first_review,merged\n");
  g_autoptr (GString) incidents = g_string_new ("id,title,repository,started,resolved,deployment\n");
  g_autofree char *started = gui_time_ago (9, 14);
  g_autofree char *ended = gui_time_ago (9, 16);

  for (int day = 1; day <= DAYS; day++)
    {
      g_autofree char *at = gui_time_ago (day, 12);
      g_autofree char *begun = gui_time_ago (day + 1, 8);
      g_autofree char *merged = gui_time_ago (day, 9);

      g_string_append_printf (deployments, "shop-%d,shop,production,%s,%s,success\n", day, at, at);
      if (day % 2 == 0)
        g_string_append_printf (deployments, "api-%d,api,production,%s,%s,%s\n", day, at, at, day % 10 == 0 ? "failure" : "success");
      g_string_append_printf (changes, "c-%d,shop,%d,\"<b>&amp; change %d\",mara,%s,%s,%s,%s\n", day, day, day, begun, begun, begun,
                              merged);
    }
  g_string_append_printf (incidents, "i-1,\"Checkout <i>fails</i>\",shop,%s,%s,shop-9\n", started, ended);
  gui_fixture_import (fixture, "deployments", deployments->str);
  gui_fixture_import (fixture, "changes", changes->str);
  gui_fixture_import (fixture, "incidents", incidents->str);
}

static void
reset_settings (DdSession *session)
{
  GSettings *settings = dd_session_get_settings (session);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_assert_nonnull (settings);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (int i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

void
gui_fixture_set_up (GuiFixture   *fixture,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;

  /* What an earlier test has left; the folder is the tests' own (lib/with-display). */
  state = g_build_filename (g_get_user_state_dir (), "doradash", "window.ini", NULL);
  g_unlink (state);
  fixture->folder = g_dir_make_tmp ("dd-gui-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->database = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->engine = dd_engine_new (fixture->database);
  import_all (fixture);
  fixture->session = dd_session_new (fixture->engine);
  reset_settings (fixture->session);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
gui_fixture_tear_down (GuiFixture   *fixture,
                       gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  gpointer session = fixture->session;
  const char *name;

  /* What it still writes is not for the next test. */
  if (session != NULL)
    g_object_add_weak_pointer (G_OBJECT (session), &session);
  g_clear_object (&fixture->session);
  gui_wait_until (is_gone, &session);
  g_clear_object (&fixture->engine);
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

static gboolean
has_report (gpointer data)
{
  return dd_session_get_report (data) != NULL && !dd_session_is_loading (data);
}

void
gui_fixture_start (GuiFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  dd_session_start_async (fixture->session, ready_cb, &result);
  gui_wait_until (has_result, &result);
  dd_session_start_finish (fixture->session, result);
  gui_wait_until (has_report, fixture->session);
}

GtkWidget *
gui_find_label (GtkWidget  *widget,
                const char *text)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gui_find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}
