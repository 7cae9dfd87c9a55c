/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-health-page.h"
#include "dd-preferences-window.h"
#include "dd-window.h"
#include "gui-fixture.h"

typedef struct
{
  GtkWidget  *window;
  const char *text;
} Shown;

static gboolean
has_text (gpointer data)
{
  Shown *shown = data;
  GtkWidget *label = gui_find_label (shown->window, shown->text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
wait_for (Shown      *shown,
          const char *text)
{
  shown->text = text;
  gui_wait_until (has_text, shown);
}

static gboolean
is_loaded (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (data));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static gboolean
has_preferences (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (DD_IS_PREFERENCES_WINDOW (l->data))
      {
        *(GtkWidget **) data = l->data;
        return TRUE;
      }
  return FALSE;
}

/* What is left out names the rule, where it came from, and the setting, to which a button leads. */
static void
test_left_out (GuiFixture   *fixture,
               gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("id,repository,environment,created,finished,result\n");
  GtkWidget *button, *preferences = NULL;
  Shown shown = { 0 };

  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *at = gui_time_ago (i, 6);

      g_string_append_printf (text, "st-%d,shop,%s,%s,%s,success\n", i, i == 1 ? "<b>&amp;" : "staging", at, at);
    }
  gui_fixture_import (fixture, "deployments", text->str);
  shown.window = dd_window_new (NULL, fixture->engine);
  gtk_window_present (GTK_WINDOW (shown.window));
  gui_wait_until (is_loaded, shown.window);
  dd_session_set_period (dd_window_get_session (DD_WINDOW (shown.window)), "last-30-days", 0);
  gtk_widget_activate_action (shown.window, "win.show", "s", "health");
  wait_for (&shown, "3 staging, 1 <b>&amp;");
  g_assert_nonnull (gui_find_label (shown.window, "45 of 49 count"));
  g_assert_nonnull (gui_find_label (shown.window, "By repository: files in 2"));
  g_assert_nonnull (gui_find_label (shown.window, "−4"));
  g_assert_nonnull (gui_find_label (shown.window, "Its environment is not production (prod*, production*, live*)"));
  button = gtk_widget_get_ancestor (gui_find_label (shown.window, "Production Environments…"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  gui_wait_until (has_preferences, &preferences);
  g_assert_cmpstr (adw_preferences_page_get_title (adw_preferences_window_get_visible_page (ADW_PREFERENCES_WINDOW (preferences))), ==,
                   "Metrics");
  gtk_window_destroy (GTK_WINDOW (preferences));
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/health/left-out", GuiFixture, NULL, gui_fixture_set_up, test_left_out, gui_fixture_tear_down);
  return g_test_run ();
}
