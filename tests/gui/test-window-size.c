/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-window.h"
#include "gui-fixture.h"

static gboolean
is_kept (gpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "doradash", "window.ini", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, data) != NULL;
}

static GtkWidget *
open_window (GuiFixture *fixture)
{
  GtkWidget *window = dd_window_new (NULL, fixture->engine);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* As large as it was left, maximized too; and as large as before that when it no longer is. */
static void
test_size (GuiFixture   *fixture,
           gconstpointer data)
{
  GtkWidget *window = open_window (fixture);
  gpointer session = dd_window_get_session (DD_WINDOW (window));
  int width, height;

  g_object_add_weak_pointer (session, &session);
  gui_wait_until (is_mapped, window);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1280);
  gtk_window_set_default_size (GTK_WINDOW (window), 912, 634);
  gtk_window_close (GTK_WINDOW (window));
  gui_wait_until (is_kept, "width=912");
  g_assert_true (is_kept ("height=634"));
  g_assert_true (is_kept ("maximized=false"));
  /* What it still writes is not for the next one. */
  gui_wait_until (is_gone, &session);

  dd_session_set_size (fixture->session, 912, 634, TRUE);
  gui_wait_until (is_kept, "maximized=true");
  window = dd_window_new (NULL, fixture->engine);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 912);
  g_assert_cmpint (height, ==, 634);
  g_assert_true (gtk_window_is_maximized (GTK_WINDOW (window)));
  gtk_window_close (GTK_WINDOW (window));
}

static gboolean
welcomes (gpointer data)
{
  GtkWidget *label = gui_find_label (data, "Welcome to DoraDash");

  /* What lies behind it is made by and by. */
  return label != NULL && gtk_widget_get_mapped (label) && gui_find_label (data, "All Repositories") != NULL;
}

/* On a telephone, before there is anything that could be seen. */
static void
test_welcome (GuiFixture   *fixture,
              gconstpointer data)
{
  g_autofree char *database = g_build_filename (fixture->folder, "empty.db", NULL);
  g_autoptr (DdEngine) engine = dd_engine_new (database);
  GtkWidget *window = dd_window_new (NULL, engine);
  int least;

  gtk_window_present (GTK_WINDOW (window));
  gui_wait_until (welcomes, window);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, 360);
  gtk_window_close (GTK_WINDOW (window));
}

/* What no screen has is not asked for. */
static void
test_nonsense (GuiFixture   *fixture,
               gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "doradash", NULL);
  g_autofree char *path = g_build_filename (folder, "window.ini", NULL);
  gboolean maximized;
  int width, height;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "[window]\nwidth=-5\nheight=99999999\nmaximized=perhaps\n", -1, NULL);
  gui_fixture_start (fixture);
  g_assert_false (dd_session_get_size (fixture->session, &width, &height, &maximized));
  g_assert_false (maximized);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) g_test_add (name, GuiFixture, NULL, gui_fixture_set_up, function, gui_fixture_tear_down)
  ADD ("/window-size/size", test_size);
  ADD ("/window-size/nonsense", test_nonsense);
  ADD ("/window-size/welcome", test_welcome);
  return g_test_run ();
}
