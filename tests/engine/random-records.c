/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-records.h"

#define HOURS (120 * 24)

/* "billing" has no deployments at all, and "docs" none to production. */
static const char * const repositories[] = { "shop", "cart", "docs", "billing" };

static const char *
pick (GRand              *chance,
      const char * const *words,
      int                 n)
{
  return words[g_rand_int_range (chance, 0, n)];
}

#define PICK(chance, words) pick (chance, words, G_N_ELEMENTS (words))

/* So many hours before now; nothing for a negative number. */
static void
add_time (GString *text,
          double   hours_ago)
{
  g_autofree char *time = hours_ago < 0 ? NULL : dd_time_format (ENGINE_TEST_NOW - (gint64) (hours_ago * 3600) * DD_SECOND, NULL);

  g_string_append_printf (text, ",%s", time != NULL ? time : "");
}

static char *
make_deployments (GRand *chance)
{
  static const char * const environments[] = { "production", "production", "Live-EU", "staging" };
  static const char * const results[] = { "success", "success", "success", "failure", "cancelled", "running" };
  static const char * const refs[] = { "main", "main", "main", "hotfix/pay", "release-1" };
  GString *text = g_string_new ("id,repository,environment,ref,result,created,finished\n");

  for (int i = 0; i < 160; i++)
    {
      const char *repository = pick (chance, repositories, 3);
      const char *environment = g_str_equal (repository, "docs") ? "staging" : PICK (chance, environments);
      const char *result = PICK (chance, results);
      double ago = g_rand_double_range (chance, 1, HOURS * 0.7);

      g_string_append_printf (text, "d%d,%s,%s,%s,%s", i, repository, environment, PICK (chance, refs), result);
      add_time (text, ago + 0.2);
      add_time (text, g_str_equal (result, "running") ? -1 : ago);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static char *
make_changes (GRand *chance)
{
  static const char * const titles[] = { "Add a button", "Mend the cart", "Revert the button", "Words" };
  static const char * const authors[] = { "mara", "jo", "renovate[bot]", "deploybot" };
  GString *text = g_string_new ("id,repository,number,title,author,bot,first_commit,opened,first_review,merged\n");

  for (int i = 0; i < 200; i++)
    {
      const char *author = PICK (chance, authors);
      double merged = g_rand_double_range (chance, 1, HOURS);
      double review = merged + g_rand_double_range (chance, -1, 30);
      double opened = merged + g_rand_double_range (chance, 0, 60);
      double first = g_rand_int_range (chance, 0, 15) == 0 ? merged - 200 : opened + g_rand_double_range (chance, 0, 60);

      g_string_append_printf (text, "c%d,%s,%d,%s,%s,%s", i, PICK (chance, repositories), i, PICK (chance, titles), author,
                              g_str_has_suffix (author, "[bot]") ? "true" : "false");
      add_time (text, first);
      add_time (text, opened);
      add_time (text, g_rand_boolean (chance) ? review : -1);
      add_time (text, merged);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static char *
make_incidents (GRand *chance)
{
  static const char * const severities[] = { "high", "low", "" };
  static const char * const owners[] = { "shop", "cart", "docs", "", "", "nobody" };
  GString *text = g_string_new ("id,title,repository,severity,deployment,started,resolved\n");

  for (int i = 0; i < 90; i++)
    {
      double started = g_rand_double_range (chance, 1, HOURS);
      double lasts = g_rand_double_range (chance, -2, 300);

      g_string_append_printf (text, "i%d,Outage %d,%s,%s,", i, i, PICK (chance, owners), PICK (chance, severities));
      if (g_rand_int_range (chance, 0, 5) == 0)
        g_string_append_printf (text, "d%d", g_rand_int_range (chance, 0, 160));
      add_time (text, started);
      add_time (text, started - lasts);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

void
random_records_import (EngineTest *test,
                       const char *workspace,
                       guint32     seed)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);
  g_autofree char *deployments = make_deployments (chance);
  g_autofree char *changes = make_changes (chance);
  g_autofree char *incidents = make_incidents (chance);

  engine_test_import_file (test, workspace, "deployments", deployments);
  engine_test_import_file (test, workspace, "changes", changes);
  engine_test_import_file (test, workspace, "incidents", incidents);
}
