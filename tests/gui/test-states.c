/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window.h"
#include "gui-fixture.h"

static gboolean
search_has_focus (gpointer data)
{
  GtkWidget *focus;

  gtk_widget_activate_action (data, "win.search", NULL);
  focus = gtk_window_get_focus (GTK_WINDOW (data));
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL;
}

/* Each page that has a search is searched by the same key. */
static void
test_search (GuiFixture   *fixture,
             gconstpointer data)
{
  static const char *const pages[] = { "overview", "lead_time", "incidents" };
  GtkWidget *window = dd_window_new (NULL, fixture->engine);

  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_window_set_focus (GTK_WINDOW (window), NULL);
      gtk_widget_activate_action (window, "win.show", "s", pages[i]);
      gui_wait_until (search_has_focus, window);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/states/search", GuiFixture, NULL, gui_fixture_set_up, test_search, gui_fixture_tear_down);
  return g_test_run ();
}
