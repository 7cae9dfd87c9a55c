/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-standing.h"

typedef struct
{
  const char *name;
  const char *tier;
  const char *repositories;
} TeamRow;

/* In the order of the workspace file, which is not the one that counts. */
static const TeamRow rows[] = {
  { "Web", "3", "shop northwind/blog" },
  { "Payments", "1", "Shop billing" },
  { "Data", NULL, "shop lake" },
  { "Core", "", "billing" },
};

typedef struct
{
  const char *repository;
  const char *tier;
} TierCase;

static const TierCase cases[] = {
  { "shop", "1" },    /* Payments comes before Web, and Data gives none */
  { "SHOP", "1" },
  { "billing", "1" }, /* Core comes first and gives none */
  { "blog", "3" },    /* named in full */
  { "lake", "" },
  { "unknown", "" },
};

static void
test_tier (void)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_team_free);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DdTeam *team = g_new0 (DdTeam, 1);

      team->name = g_strdup (rows[i].name);
      team->tier = g_strdup (rows[i].tier);
      team->repositories = g_strsplit (rows[i].repositories, " ", -1);
      g_ptr_array_add (teams, team);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (dd_standing_tier (teams, cases[i].repository), ==, cases[i].tier);
}

/* A label stands once: of two sources of a type, the one that is further behind. */
static void
test_ages (void)
{
  g_autoptr (DdStanding) standing = dd_standing_new ("Northwind");
  g_autoptr (GString) text = g_string_new (NULL);

  dd_standing_add_age (standing, "linear", 5);
  dd_standing_add_age (standing, "github", 3);
  dd_standing_add_age (standing, "woodpecker", 1);
  dd_standing_add_age (standing, "github", 9);
  dd_standing_add_age (standing, "linear", 2);
  for (guint i = 0; i < standing->ages->len; i++)
    {
      const DdSourceAge *age = g_ptr_array_index (standing->ages, i);

      g_string_append_printf (text, "%s %d;", age->source, (int) age->age);
    }
  g_assert_cmpstr (text->str, ==, "github 9;linear 5;woodpecker 1;");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/standing/tier", test_tier);
  g_test_add_func ("/standing/ages", test_ages);
  return g_test_run ();
}
