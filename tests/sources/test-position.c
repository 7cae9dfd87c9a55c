/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "dd-position.h"

#define NOW (G_GINT64_CONSTANT (1790000000) * DD_SECOND)
#define SINCE (NOW - 365 * DD_DAY)

static void
test_first_walk (void)
{
  g_auto (DdPosition) position = { 0 };
  g_auto (DdPosition) again = { 0 };
  g_autofree char *text = NULL;

  dd_position_load (&position, NULL, SINCE, FALSE, NOW);
  g_assert_false (dd_position_is_complete (&position));
  g_assert_cmpint (position.since, ==, SINCE);

  dd_position_see (&position, NOW - DD_HOUR, NOW);
  dd_position_see (&position, NOW - DD_DAY, NOW);
  dd_position_see (&position, DD_TIME_NONE, NOW);
  dd_position_go_on (&position, "page \"2\"", NOW);
  text = dd_position_format (&position);

  dd_position_load (&again, text, SINCE + DD_HOUR, FALSE, NOW + DD_HOUR);
  g_assert_cmpstr (again.after, ==, "page \"2\"");
  g_assert_cmpint (again.since, ==, SINCE);
  g_assert_false (dd_position_is_complete (&again));

  dd_position_end (&again);
  g_assert_true (dd_position_is_complete (&again));
  g_assert_cmpint (again.reached, ==, NOW - DD_HOUR);
}

static void
test_stopped_follow_up (void)
{
  g_auto (DdPosition) position = { 0 };

  dd_position_init (&position, SINCE);
  dd_position_see (&position, NOW - DD_DAY, NOW);
  dd_position_end (&position);
  dd_position_see (&position, NOW - DD_HOUR, NOW);
  dd_position_go_on (&position, "x", NOW);
  /* Until it ends, nothing between the two may be taken for known. */
  g_assert_cmpint (position.reached, ==, NOW - DD_DAY);
  g_assert_false (dd_position_is_complete (&position));
}

static void
test_empty_list (void)
{
  g_auto (DdPosition) position = { 0 };

  dd_position_init (&position, SINCE);
  dd_position_end (&position);
  g_assert_true (dd_position_is_complete (&position));
  g_assert_cmpint (position.reached, ==, SINCE);
}

static void
test_wrong_clock (void)
{
  g_auto (DdPosition) position = { 0 };

  dd_position_init (&position, SINCE);
  dd_position_see (&position, NOW + 900 * DD_DAY, NOW);
  dd_position_end (&position);
  g_assert_cmpint (position.reached, ==, NOW);
}

static void
test_what_holds (void)
{
  static const struct
  {
    const char *name;
    gint64 since;
    gboolean full;
    gint64 now;
    gboolean resumed;
    gboolean known;
  } cases[] = {
    { "soon after", SINCE, FALSE, NOW + DD_HOUR, TRUE, TRUE },
    { "a day later", SINCE, FALSE, NOW + DD_DAY + DD_SECOND, FALSE, TRUE },
    { "clock set back", SINCE, FALSE, NOW - DD_SECOND, FALSE, TRUE },
    { "longer history", SINCE - DD_SECOND, FALSE, NOW, FALSE, FALSE },
    { "shorter history", SINCE + DD_DAY, FALSE, NOW, TRUE, TRUE },
    { "full", SINCE, TRUE, NOW, FALSE, FALSE },
  };
  g_auto (DdPosition) position = { 0 };
  g_autofree char *text = NULL;

  dd_position_init (&position, SINCE);
  dd_position_see (&position, NOW - DD_DAY, NOW);
  dd_position_end (&position);
  dd_position_go_on (&position, "x", NOW);
  text = dd_position_format (&position);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (DdPosition) loaded = { 0 };

      g_test_message ("%s", cases[i].name);
      dd_position_load (&loaded, text, cases[i].since, cases[i].full, cases[i].now);
      g_assert_cmpint (loaded.after != NULL, ==, cases[i].resumed);
      g_assert_cmpint (loaded.reached != DD_TIME_NONE, ==, cases[i].known);
    }
}

static void
test_damaged (void)
{
  static const char * const texts[] = {
    "", "x", "[]", "{}", "{\"since\":\"x\",\"after\":7}", "null", "{\"reached\":1"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (DdPosition) position = { 0 };

      dd_position_load (&position, texts[i], SINCE, FALSE, NOW);
      g_assert_cmpint (position.since, ==, SINCE);
      g_assert_cmpint (position.reached, ==, DD_TIME_NONE);
      g_assert_null (position.after);
    }
}

/* A walk that went down to @since and ended on the page "p3". */
static char *
walked (void)
{
  g_auto (DdPosition) position = { 0 };

  dd_position_load_deep (&position, NULL, SINCE, FALSE, NOW, TRUE);
  dd_position_see (&position, NOW - DD_HOUR, NOW);
  dd_position_go_on (&position, "p3", NOW);
  dd_position_end (&position);
  return dd_position_format (&position);
}

static void
test_deeper (void)
{
  const gint64 deeper = SINCE - 91 * DD_DAY, deepest = SINCE - 300 * DD_DAY, later = NOW + 40 * DD_DAY;
  g_autofree char *text = walked ();
  g_autofree char *stopped = NULL;
  g_autofree char *done = NULL;
  g_auto (DdPosition) position = { 0 };
  g_auto (DdPosition) again = { 0 };
  g_auto (DdPosition) newer = { 0 };
  g_auto (DdPosition) range = { 0 };

  /* As far as it went, nothing is to be done. */
  dd_position_load_deep (&newer, text, SINCE, FALSE, later, TRUE);
  g_assert_true (dd_position_is_complete (&newer));
  g_assert_cmpint (dd_position_until (&newer, DD_DAY), ==, NOW - DD_HOUR - DD_DAY);

  dd_position_load_deep (&position, text, deeper, FALSE, later, TRUE);
  g_assert_false (dd_position_is_complete (&position));
  g_assert_cmpstr (position.after, ==, "p3");
  g_assert_cmpint (position.known, ==, SINCE);
  g_assert_cmpint (dd_position_until (&position, DD_DAY), ==, deeper);
  dd_position_see (&position, SINCE - DD_DAY, later);
  dd_position_go_on (&position, "p4", later);
  stopped = dd_position_format (&position);

  /* It was stopped, and is to go further still. */
  dd_position_load_deep (&again, stopped, deepest, FALSE, later + DD_HOUR, TRUE);
  g_assert_cmpstr (again.after, ==, "p4");
  g_assert_cmpint (again.known, ==, SINCE);
  g_assert_cmpint (dd_position_until (&again, 0), ==, deepest);
  dd_position_end (&again);
  g_assert_true (dd_position_is_complete (&again));
  g_assert_cmpint (again.reached, ==, NOW - DD_HOUR);
  g_assert_cmpint (again.since, ==, deepest);
  g_assert_cmpstr (again.tail, ==, "p4");

  /* After a day its page may have moved; that of the walk before has only moved down. */
  dd_position_clear (&again);
  dd_position_load_deep (&again, stopped, deeper, FALSE, later + 2 * DD_DAY, TRUE);
  g_assert_cmpstr (again.after, ==, "p3");
  g_assert_cmpint (again.known, ==, SINCE);

  /* Where a page means nothing, a span of time does. */
  dd_position_load_deep (&range, text, deeper, FALSE, later, FALSE);
  g_assert_null (range.after);
  g_assert_cmpint (range.known, ==, SINCE);
  g_assert_false (dd_position_is_complete (&range));
  dd_position_end (&range);
  done = dd_position_format (&range);
  g_assert_nonnull (done);
  g_assert_true (dd_position_is_complete (&range));

  /* All of it again, where that is asked for. */
  dd_position_clear (&again);
  dd_position_load_deep (&again, text, deeper, TRUE, later, TRUE);
  g_assert_cmpint (again.reached, ==, DD_TIME_NONE);
}

/* What older versions wrote does not say where it ended: there the walk begins anew. */
static void
test_deeper_without_tail (void)
{
  g_auto (DdPosition) position = { 0 };
  g_autofree char *text = g_strdup_printf ("{\"since\":%" G_GINT64_FORMAT ",\"reached\":%" G_GINT64_FORMAT "}", SINCE, NOW);

  dd_position_load_deep (&position, text, SINCE - DD_DAY, FALSE, NOW, TRUE);
  g_assert_cmpint (position.reached, ==, DD_TIME_NONE);
  g_assert_cmpint (position.since, ==, SINCE - DD_DAY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/position/first-walk", test_first_walk);
  g_test_add_func ("/position/stopped-follow-up", test_stopped_follow_up);
  g_test_add_func ("/position/empty-list", test_empty_list);
  g_test_add_func ("/position/wrong-clock", test_wrong_clock);
  g_test_add_func ("/position/what-holds", test_what_holds);
  g_test_add_func ("/position/deeper", test_deeper);
  g_test_add_func ("/position/deeper-without-tail", test_deeper_without_tail);
  g_test_add_func ("/position/damaged", test_damaged);
  return g_test_run ();
}
