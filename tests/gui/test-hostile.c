/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-file-import.h"
#include "dd-preferences-window.h"
#include "dd-window.h"
#include "dd-workspaces.h"
#include "gui-fixture.h"

#define LONG 10000

/* What strangers write: markup, direction marks, line breaks, control characters, and far too much of it. */
static const char hostile[] = "<b>&amp;\n\xe2\x80\xae\xe2\x81\xa6 %s \"quoted\" \t\x1b[31m _under | pipe";

typedef struct
{
  GuiFixture fixture;
  GtkWidget *window;
  char      *name; /* of everything that has one */
} Test;

static gboolean
is_loaded (gpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (((Test *) data)->window));

  return dd_session_get_report (session) != NULL && !dd_session_is_loading (session);
}

static gboolean
is_done (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* As a field of CSV. */
static char *
quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);

  g_string_replace (quoted, "\"", "\"\"", 0);
  return g_strdup_printf ("\"%s\"", quoted->str);
}

static void
import (Test       *test,
        const char *workspace,
        const char *kind,
        const char *text)
{
  g_autofree char *path = g_build_filename (test->fixture.folder, "hostile.csv", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  dd_file_import_async (test->fixture.engine, workspace, kind, path, NULL, ready_cb, &result);
  gui_wait_until (is_done, &result);
  g_assert_cmpint (dd_file_import_finish (test->fixture.engine, result, &error), >, 0);
  g_assert_no_error (error);
}

static void
set_up (Test         *test,
        gconstpointer data)
{
  g_autofree char *more = g_strnfill (LONG, 'w');
  g_autofree char *name = g_strconcat (hostile, more, NULL);
  g_autofree char *quoted = quote (name);
  g_autofree char *at = gui_time_ago (2, 10);
  g_autofree char *later = gui_time_ago (1, 12);
  g_autofree char *staging = quote ("<i>&lt; staging");
  g_autofree char *deployments = g_strdup_printf ("id,repository,environment,ref,created,finished,result\n%s,%s,production,%s,%s,%s,failure\n"
                                                  "d2,%s,%s,v2,%s,%s,success\n", quoted, quoted, quoted, at, at, quoted, staging, at, at);
  g_autofree char *changes = g_strdup_printf ("id,repository,title,author,first_commit,opened,merged\nc1,%s,%s,%s,%s,%s,%s\n", quoted,
                                              quoted, quoted, at, at, later);
  g_autofree char *incidents = g_strdup_printf ("id,title,repository,severity,started\n%s,%s,%s,%s,%s\n", quoted, quoted, quoted,
                                                quoted, later);

  gui_fixture_set_up (&test->fixture, NULL);
  test->name = g_strdup (hostile);
  import (test, "<b>&amp; A & B</b>", "deployments", deployments);
  import (test, "<b>&amp; A & B</b>", "changes", changes);
  import (test, "<b>&amp; A & B</b>", "incidents", incidents);
  test->window = dd_window_new (NULL, test->fixture.engine);
  gtk_window_set_default_size (GTK_WINDOW (test->window), GPOINTER_TO_INT (data), 820);
  gtk_window_present (GTK_WINDOW (test->window));
  gui_wait_until (is_loaded, test);
  dd_session_set_workspace (dd_window_get_session (DD_WINDOW (test->window)), "<b>&amp; A & B</b>");
  gui_wait_until (is_loaded, test);
}

static void
tear_down (Test         *test,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->window));
  g_free (test->name);
  gui_fixture_tear_down (&test->fixture, NULL);
}

static gboolean
says_it (GtkWidget *widget)
{
  const char *text = GTK_IS_LABEL (widget)         ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                                                   : NULL;

  if (text != NULL && strstr (text, "<b>&amp;") != NULL && strstr (text, "_under | pipe") != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says_it (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_said (gpointer data)
{
  Test *test = data;

  return is_loaded (test) && says_it (test->window);
}

/* Every page shows it as text, and warns of nothing. */
static void
test_pages (Test         *test,
            gconstpointer data)
{
  static const char * const pages[] = { "overview", "deployment_frequency", "lead_time", "change_failure_rate", "recovery_time",
                                        "rework_rate", "incidents", "health" };

  dd_session_set_period (dd_window_get_session (DD_WINDOW (test->window)), "last-7-days", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (test->window, "win.show", "s", pages[i]);
      gui_wait_until (is_said, test);
    }
  g_assert_nonnull (gui_find_label (test->window, "<b>&amp; A & B</b>"));
}

/* Narrowed to it, and in the preferences. */
static void
test_elsewhere (Test         *test,
                gconstpointer data)
{
  DdSession *session = dd_window_get_session (DD_WINDOW (test->window));
  const DdReport *report = dd_session_get_report (session);
  g_autofree char *repository = NULL;
  GtkWidget *preferences;

  g_assert_cmpuint (report->summary->repositories->len, ==, 1);
  repository = g_strdup (((DdGroup *) g_ptr_array_index (report->summary->repositories, 0))->name);
  dd_session_narrow (session, repository, NULL);
  gui_wait_until (is_loaded, test);
  preferences = dd_preferences_window_new (GTK_WINDOW (test->window), session);
  gtk_window_present (GTK_WINDOW (preferences));
  gui_wait_until (is_loaded, test);
  gtk_window_destroy (GTK_WINDOW (preferences));
  gtk_widget_activate_action (test->window, "win.decide", "(siss)", test->name, 99, "", "");
  gui_wait_until (is_loaded, test);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/hostile/pages", Test, GINT_TO_POINTER (1280), set_up, test_pages, tear_down);
  g_test_add ("/hostile/pages/narrow", Test, GINT_TO_POINTER (360), set_up, test_pages, tear_down);
  g_test_add ("/hostile/elsewhere", Test, GINT_TO_POINTER (1280), set_up, test_elsewhere, tear_down);
  return g_test_run ();
}
