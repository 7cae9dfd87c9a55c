/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "dd-lines.h"
#include "gui-fixture.h"

#define MANY 1000000

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  DdLines   *lines;
  guint      made;
  guint      activated;
  const char *expected;
} Test;

static GtkWidget *
make (gpointer data)
{
  GtkWidget *line = adw_bin_new ();

  ((Test *) data)->made++;
  adw_bin_set_child (ADW_BIN (line), gtk_label_new (NULL));
  gtk_widget_set_size_request (line, -1, 40);
  return line;
}

static void
bind (GtkWidget *line,
      guint      position,
      gpointer   data)
{
  g_autofree char *text = g_strdup_printf ("line %u", position);

  gtk_label_set_text (GTK_LABEL (adw_bin_get_child (ADW_BIN (line))), text);
}

static void
activated_cb (Test *test,
              guint position)
{
  test->activated = position;
}

static gboolean
is_seen (gpointer data)
{
  Test *test = data;
  GtkWidget *label = gui_find_label (GTK_WIDGET (test->lines), test->expected);
  double x, y;

  return label != NULL && gtk_widget_get_mapped (label) && gtk_widget_get_height (label) == 40 &&
         gtk_widget_translate_coordinates (label, test->scroller, 0, 0, &x, &y) && y >= 0 && y + 40 <= gtk_widget_get_height (test->scroller);
}

static void
wait_for (Test       *test,
          const char *text)
{
  test->expected = text;
  gui_wait_until (is_seen, test);
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  test->window = gtk_window_new ();
  test->scroller = gtk_scrolled_window_new ();
  test->lines = DD_LINES (dd_lines_new (make, bind, test));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (test->scroller), GTK_WIDGET (test->lines));
  gtk_window_set_child (GTK_WINDOW (test->window), test->scroller);
  gtk_window_set_default_size (GTK_WINDOW (test->window), 300, 420);
  g_signal_connect_swapped (test->lines, "activate", G_CALLBACK (activated_cb), test);
  dd_lines_show (test->lines, MANY);
  gtk_window_present (GTK_WINDOW (test->window));
  wait_for (test, "line 9");
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
}

/* A million lines are as many widgets as are seen. */
static void
test_many (Test         *test,
           gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (test->scroller));

  g_assert_cmpuint (test->made, <, 20);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, MANY * 40.0);
  gtk_adjustment_set_value (adjustment, 500000 * 40.0 + 7);
  wait_for (test, "line 500001");
  g_assert_null (gui_find_label (GTK_WIDGET (test->lines), "line 3"));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  wait_for (test, "line 999999");
  g_assert_cmpuint (test->made, <, 20);
}

static const char *
focused (Test *test)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (test->window));

  return ADW_IS_BIN (focus) ? gtk_label_get_text (GTK_LABEL (adw_bin_get_child (ADW_BIN (focus)))) : NULL;
}

/* The line that has the focus is always one that is seen; Tab comes to it. */
static void
test_focus (Test         *test,
            gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (test->scroller));

  gtk_window_set_focus (GTK_WINDOW (test->window), NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (test->lines), GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (focused (test), ==, "line 0");
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (test->lines), GTK_DIR_TAB_FORWARD));
  dd_lines_move_to (test->lines, 700000);
  wait_for (test, "line 700000");
  g_assert_cmpstr (focused (test), ==, "line 700000");
  gtk_adjustment_set_value (adjustment, 300 * 40.0);
  wait_for (test, "line 305");
  g_assert_cmpuint (dd_lines_get_position (test->lines), >=, 300);
  g_assert_cmpuint (dd_lines_get_position (test->lines), <, 312);
  g_assert_cmpstr (focused (test), !=, "line 700000");
  dd_lines_move_to (test->lines, MANY + 5);
  wait_for (test, "line 999999");
}

/* Another list begins at its top, and shows no more lines than it has. */
static void
test_short (Test         *test,
            gconstpointer data)
{
  dd_lines_move_to (test->lines, 5000);
  wait_for (test, "line 5000");
  dd_lines_show (test->lines, 3);
  wait_for (test, "line 2");
  test->expected = "line 3";
  g_assert_false (is_seen (test));
  dd_lines_show (test->lines, 0);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (test->lines), GTK_DIR_TAB_FORWARD));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/lines/many", Test, NULL, set_up, test_many, tear_down);
  g_test_add ("/lines/focus", Test, NULL, set_up, test_focus, tear_down);
  g_test_add ("/lines/short", Test, NULL, set_up, test_short, tear_down);
  return g_test_run ();
}
