/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trouble-fixture.h"

#include <string.h>

#include "dd-banner.h"
#include "dd-window.h"
#include "dd-workspaces.h"

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

gboolean
trouble_is_shown (gpointer data)
{
  DdSession *session = dd_window_get_session (data);

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static gboolean
is_synced (gpointer data)
{
  DdSyncer *syncer = dd_window_get_syncer (data);

  return !dd_syncer_is_running (syncer) && (dd_syncer_get_result (syncer) != NULL || dd_syncer_get_error (syncer) != NULL) &&
         trouble_is_shown (data);
}

static GtkWidget *
find_banner (GtkWidget *widget)
{
  GtkWidget *found = DD_IS_BANNER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_banner (child);
  return found;
}

const char *
trouble_read_banner (GtkWidget   *window,
             const char **action)
{
  GtkWidget *revealer = gtk_widget_get_first_child (find_banner (window));
  GtkWidget *box = gtk_revealer_get_child (GTK_REVEALER (revealer));
  GtkWidget *button = gtk_widget_get_last_child (box);

  *action = gtk_widget_get_visible (button) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (button)) : NULL;
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)))
    return NULL;
  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (box)));
}

void
trouble_open (Trouble  *t,
              DdEngine *engine)
{
  t->window = dd_window_new (NULL, engine);
  gtk_window_present (GTK_WINDOW (t->window));
}

void
trouble_connect (Trouble    *t,
                 const char *type,
                 const char *url)
{
  g_autofree char *json = g_strdup_printf ("{\"name\":\"Shop\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"},"
                                           "{\"type\":\"%s\",\"url\":\"%s\"%s}]}",
                                           type, url, strcmp (type, "github") == 0 ? ",\"organization\":\"shop\"" : "");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dd_workspaces_import_async (t->gui.engine, json, "shop.json", FALSE, NULL, ready_cb, &result);
  gui_wait_until (is_set, &result);
  name = dd_workspaces_import_finish (t->gui.engine, result, &error);
  g_assert_no_error (error);
  trouble_open (t, t->gui.engine);
  gui_wait_until (trouble_is_shown, t->window);
}

void
trouble_wait_for_sync (Trouble *t)
{
  gui_wait_until (is_synced, t->window);
}

void
trouble_sync (Trouble *t)
{
  gtk_widget_activate_action (t->window, "win.sync", NULL);
  g_assert_true (dd_syncer_is_running (dd_window_get_syncer (DD_WINDOW (t->window))));
  trouble_wait_for_sync (t);
}

void
trouble_set_up (Trouble      *t,
                gconstpointer data)
{
  gui_fixture_set_up (&t->gui, NULL);
  t->server = dd_test_server_new ();
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
trouble_tear_down (Trouble      *t,
                   gconstpointer data)
{
  gpointer session = t->window != NULL ? dd_window_get_session (DD_WINDOW (t->window)) : NULL;

  /* What the window still writes down would be what the next test's remembers. */
  if (session != NULL)
    {
      g_object_add_weak_pointer (session, &session);
      gtk_window_destroy (GTK_WINDOW (t->window));
      gui_wait_until (is_gone, &session);
    }
  g_clear_pointer (&t->server, dd_test_server_free);
  gui_fixture_tear_down (&t->gui, NULL);
}

void
trouble_assert_calm (Trouble *t)
{
  const DdReport *report = dd_session_get_report (dd_window_get_session (DD_WINDOW (t->window)));

  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->summary->metrics.deployment_frequency.deployments, >, 0);
}
