/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "dd-reports-page-private.h"
#include "dd-save.h"
#include "gui-fixture.h"

/* A report's PDF that finds no room, or no way into its folder: one sentence, and the file that was there is whole. */

#define OLD "What was saved last week."

typedef struct
{
  GuiFixture     gui;
  GtkWidget     *window;
  DdReportsPage *page;
  GtkWidget     *toasts;
  gboolean       saved;
} Test;

static gboolean
has_pages (gpointer data)
{
  return dd_preview_get_pages (((Test *) data)->page->preview) != NULL;
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  gui_fixture_set_up (&test->gui, NULL);
  gui_fixture_start (&test->gui);
  test->window = adw_window_new ();
  test->page = DD_REPORTS_PAGE (dd_reports_page_new ());
  test->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (test->toasts), GTK_WIDGET (test->page));
  adw_window_set_content (ADW_WINDOW (test->window), test->toasts);
  dd_page_set_session (DD_PAGE (test->page), test->gui.session);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (has_pages, test);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  gui_fixture_tear_down (&test->gui, NULL);
}

static void
saved_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* The words of the toast; NULL while there is none. */
static const char *
find_toast (GtkWidget *widget)
{
  const char *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_ancestor (widget, DD_TYPE_REPORTS_PAGE) == NULL)
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_toast (child);
  return found;
}

static gboolean
has_toast (gpointer data)
{
  return find_toast (data) != NULL;
}

/* Where the user chose it in the dialog. */
static const char *
save (Test       *test,
      const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) pdf = dd_pages_to_pdf (dd_preview_get_pages (test->page->preview), NULL);

  g_assert_cmpuint (g_bytes_get_size (pdf), >, 8192);
  dd_save_to (GTK_WIDGET (test->page), file, pdf, saved_cb, &test->saved);
  gui_wait_until (has_toast, test->toasts);
  return find_toast (test->toasts);
}

static void
test_saved (Test         *test,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->gui.folder, "report.pdf", NULL);
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (path, OLD, -1, NULL));
  g_assert_cmpstr (save (test, path), ==, "report.pdf saved");
  g_assert_true (test->saved);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF"));
}

static void
assert_old (Test       *test,
            const char *path)
{
  g_autofree char *content = NULL;

  g_assert_false (test->saved);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, OLD);
}

/* A limit of the process, which a write runs into as into the end of a disk. */
static void
test_full (Test         *test,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->gui.folder, "report.pdf", NULL);
  struct rlimit before, small;
  g_autofree char *words = NULL;

  g_assert_true (g_file_set_contents (path, OLD, -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  words = g_strdup (save (test, path));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_test_message ("%s", words);
  assert_old (test, path);
  g_assert_true (g_str_has_prefix (words, "report.pdf cannot be written: "));
  g_assert_null (strchr (words, '\n'));
}

/* A file stands where its folder should: nobody may write there, not even the superuser. */
static void
test_folder (Test         *test,
             gconstpointer data)
{
  g_autofree char *old = g_build_filename (test->gui.folder, "old.pdf", NULL);
  g_autofree char *path = g_build_filename (old, "report.pdf", NULL);

  g_assert_true (g_file_set_contents (old, OLD, -1, NULL));
  g_assert_cmpstr (save (test, path), ==, "report.pdf cannot be written: there is no such folder.");
  assert_old (test, old);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) g_test_add (name, Test, NULL, set_up, function, tear_down)
  ADD ("/save/saved", test_saved);
  ADD ("/save/full", test_full);
  ADD ("/save/folder", test_folder);
  return g_test_run ();
}
