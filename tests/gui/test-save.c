/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "dd-save.h"
#include "gui-fixture.h"

typedef struct
{
  char      *folder;
  char      *path;
  GtkWidget *window;
  GtkWidget *overlay;
  gboolean   saved;
  char      *expected;
} Test;

static void
set_up (Test         *test,
        gconstpointer data)
{
  test->folder = g_dir_make_tmp (NULL, NULL);
  test->path = g_build_filename (test->folder, "report.pdf", NULL);
  g_assert_true (g_file_set_contents (test->path, "old", -1, NULL));
  test->overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (test->overlay), gtk_label_new ("A page"));
  test->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (test->window), 900, 300);
  adw_window_set_content (ADW_WINDOW (test->window), test->overlay);
  gtk_window_present (GTK_WINDOW (test->window));
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  g_remove (test->path);
  g_rmdir (test->folder);
  g_free (test->path);
  g_free (test->folder);
  g_free (test->expected);
}

static gboolean
says (GtkWidget  *widget,
      const char *beginning)
{
  if (GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), beginning))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, beginning))
      return TRUE;
  return FALSE;
}

static gboolean
is_said (gpointer data)
{
  Test *test = data;

  return says (test->window, test->expected);
}

static void
saved_cb (gpointer data)
{
  ((Test *) data)->saved = TRUE;
}

static void
save (Test       *test,
      const char *path,
      gsize       size,
      char       *expected)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (size, 'x'), size);

  g_free (test->expected);
  test->expected = expected;
  test->saved = FALSE;
  dd_save_to_file (gtk_widget_get_first_child (test->overlay), file, bytes, saved_cb, test);
  gui_wait_until (is_said, test);
}

static void
assert_content (Test       *test,
                const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (test->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_saved (Test         *test,
            gconstpointer data)
{
  save (test, test->path, 3, g_strdup ("report.pdf saved"));
  g_assert_true (test->saved);
  assert_content (test, "xxx");
}

static void
test_no_folder (Test         *test,
                gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (test->folder, "nowhere", "report.pdf", NULL);

  save (test, nowhere, 3, g_strdup_printf ("%s cannot be written: there is no such folder.", nowhere));
  g_assert_false (test->saved);
}

static void
test_a_folder (Test         *test,
               gconstpointer data)
{
  save (test, test->folder, 3, g_strdup_printf ("%s cannot be written: it is a folder.", test->folder));
  g_assert_false (test->saved);
}

/* A file that may be no longer is as a disk that has no more room: what was there is whole. */
static void
test_no_room (Test         *test,
              gconstpointer data)
{
  struct rlimit before, least;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  least = (struct rlimit) { 1000, before.rlim_max };
  setrlimit (RLIMIT_FSIZE, &least);
  save (test, test->path, 100000, g_strdup_printf ("%s cannot be written: ", test->path));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_false (test->saved);
  assert_content (test, "old");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/save/saved", Test, NULL, set_up, test_saved, tear_down);
  g_test_add ("/save/no-folder", Test, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/save/a-folder", Test, NULL, set_up, test_a_folder, tear_down);
  g_test_add ("/save/no-room", Test, NULL, set_up, test_no_room, tear_down);
  return g_test_run ();
}
