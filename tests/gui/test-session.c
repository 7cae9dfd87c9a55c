/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui-fixture.h"

static void
count_cb (int *n)
{
  (*n)++;
}

static gboolean
has_answer (gpointer data)
{
  return !dd_session_is_loading (data);
}

static void
test_start (GuiFixture   *fixture,
            gconstpointer data)
{
  int lists = 0;

  g_signal_connect_swapped (fixture->session, "workspaces-changed", G_CALLBACK (count_cb), &lists);
  gui_fixture_start (fixture);
  g_assert_cmpint (lists, ==, 1);
  g_assert_cmpstr (dd_session_get_workspace (fixture->session), ==, "Shop");
  g_assert_cmpstr (dd_session_get_report (fixture->session)->summary->workspace, ==, "Shop");
  g_assert_false (dd_session_is_sample (fixture->session));
}

static void
test_narrow (GuiFixture   *fixture,
             gconstpointer data)
{
  guint all;

  gui_fixture_start (fixture);
  dd_session_set_period (fixture->session, "last-30-days", 0);
  gui_wait_until (has_answer, fixture->session);
  all = dd_session_get_report (fixture->session)->summary->metrics.deployment_frequency.deployments;
  dd_session_narrow (fixture->session, "api", NULL);
  gui_wait_until (has_answer, fixture->session);
  g_assert_cmpuint (dd_session_get_report (fixture->session)->summary->metrics.deployment_frequency.deployments, ==, 12);
  g_assert_cmpuint (all, ==, 30 + 12);
}

/* A period back and forward again is the same one. */
static void
test_back (GuiFixture   *fixture,
           gconstpointer data)
{
  DdPeriod now, before;

  gui_fixture_start (fixture);
  now = dd_session_get_report (fixture->session)->summary->period;
  dd_session_set_period (fixture->session, "weekly", 1);
  gui_wait_until (has_answer, fixture->session);
  before = dd_session_get_report (fixture->session)->summary->period;
  g_assert_cmpint (before.end, ==, now.start);
  dd_session_set_period (fixture->session, "weekly", 0);
  gui_wait_until (has_answer, fixture->session);
  g_assert_cmpint (dd_session_get_report (fixture->session)->summary->period.start, ==, now.start);
}

static gboolean
is_kept (gpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "doradash", "window.ini", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, data) != NULL;
}

static void
test_restart (GuiFixture   *fixture,
              gconstpointer data)
{
  gui_fixture_start (fixture);
  dd_session_set_period (fixture->session, "monthly", 1);
  dd_session_narrow (fixture->session, "shop", NULL);
  dd_session_set_page (fixture->session, "lead_time");
  gui_wait_until (is_kept, "lead_time");
  gui_wait_until (has_answer, fixture->session);
  g_clear_object (&fixture->session);

  fixture->session = dd_session_new (fixture->engine);
  gui_fixture_start (fixture);
  g_assert_cmpstr (dd_session_get_period (fixture->session), ==, "monthly");
  g_assert_cmpuint (dd_session_get_back (fixture->session), ==, 1);
  g_assert_cmpstr (dd_session_get_repository (fixture->session), ==, "shop");
  g_assert_cmpstr (dd_session_get_page (fixture->session), ==, "lead_time");
}

/* A repository that is gone is an error in words, and leaving it mends that. */
static void
test_error (GuiFixture   *fixture,
            gconstpointer data)
{
  gui_fixture_start (fixture);
  dd_session_narrow (fixture->session, "shopp", NULL);
  gui_wait_until (has_answer, fixture->session);
  g_assert_null (dd_session_get_report (fixture->session));
  g_assert_cmpstr (dd_session_get_error (fixture->session)->message, ==, "There is no repository “shopp”; did you mean “shop”?");
  dd_session_narrow (fixture->session, NULL, NULL);
  gui_wait_until (has_answer, fixture->session);
  g_assert_null (dd_session_get_error (fixture->session));
  g_assert_nonnull (dd_session_get_report (fixture->session));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, GuiFixture, NULL, gui_fixture_set_up, function, gui_fixture_tear_down)
  ADD ("/session/start", test_start);
  ADD ("/session/narrow", test_narrow);
  ADD ("/session/back", test_back);
  ADD ("/session/restart", test_restart);
  ADD ("/session/error", test_error);
  return g_test_run ();
}
