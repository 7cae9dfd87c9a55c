/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-seen.h"

static GPtrArray *
names_of (const char *list)
{
  GPtrArray *names = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_seen_name_free);
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      DdSeenName *name = g_new0 (DdSeenName, 1);

      name->name = g_strdup (words[i]);
      g_ptr_array_add (names, name);
    }
  return names;
}

static void
test_choose (void)
{
  static const struct
  {
    const char *patterns;
    const char *name;
    gboolean    chosen;
    gboolean    empty_is_all;
    const char *expected;
  } cases[] = {
    { "prod*,live*", "staging", TRUE, FALSE, "prod*,live*,staging" },
    { "prod*,live*", "prod-eu", TRUE, FALSE, "prod*,live*" },
    { "prod*,live*", "staging", FALSE, FALSE, "prod*,live*" },
    /* What a pattern matches beside it stays. */
    { "prod*,live*", "prod-eu", FALSE, FALSE, "live*,production,prod-us" },
    { "prod*,PROD-*", "prod-eu", FALSE, FALSE, "production,prod-us" },
    { "staging", "staging", FALSE, FALSE, "" },
    { "Staging", "staging", FALSE, FALSE, "" },
    { "", "staging", TRUE, FALSE, "staging" },
    /* None means all. */
    { "", "staging", FALSE, TRUE, "production,prod-eu,prod-us" },
    { "production,prod-eu,prod-us", "staging", TRUE, TRUE, "" },
    { "staging", "prod-eu", TRUE, TRUE, "staging,prod-eu" },
  };
  g_autoptr (GPtrArray) names = names_of ("production,prod-eu,prod-us,staging");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) patterns = g_strsplit (cases[i].patterns, ",", -1);
      g_auto (GStrv) chosen = dd_seen_choose (patterns, names, cases[i].name, cases[i].chosen, cases[i].empty_is_all);
      g_autofree char *joined = g_strjoinv (",", chosen);

      g_assert_cmpstr (joined, ==, cases[i].expected);
    }
}

static void
test_free (void)
{
  dd_seen_free (NULL);
  dd_seen_name_free (NULL);
  dd_seen_repository_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/seen/choose", test_choose);
  g_test_add_func ("/seen/free", test_free);
  return g_test_run ();
}
