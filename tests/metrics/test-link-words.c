/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dd-link.h"

typedef struct
{
  const char *text;
  gboolean    expected;
} WordCase;

static const WordCase unplanned_cases[] = {
  { NULL, FALSE },
  { "", FALSE },
  { "hotfix", TRUE },
  { "Hotfix: totals", TRUE },
  { "HOTFIX/login", TRUE },
  { "hotfixes for tax", TRUE },
  { "fix/hotfix-12", TRUE },
  { "release_rollback", TRUE },
  { "Rollback of 2.1", TRUE },
  { "Roll back to 2.0", TRUE },
  { "roll  back to 2.0", FALSE },
  { "roll-back to 2.0", FALSE },
  { "Revert \"Add cart\"", TRUE },
  { "reverted the cart", TRUE },
  { "[revert] cart", TRUE },
  { "unrevert", FALSE },
  { "myhotfix", FALSE },
  { "2hotfix", FALSE },
  { "éhotfix", FALSE },
  { "—hotfix", TRUE },
  { "日本hotfix", FALSE },
  { "🔥hotfix", TRUE },
  { "\xff" "hotfix", TRUE },
  { "irreverent hot fix", FALSE },
  { "noroll back, then revert", TRUE },
  { "rev", FALSE },
  { "add hotfi", FALSE },
};

static void
test_unplanned (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unplanned_cases); i++)
    {
      if (dd_text_is_unplanned (unplanned_cases[i].text) != unplanned_cases[i].expected)
        g_error ("“%s” should be %s", unplanned_cases[i].text, unplanned_cases[i].expected ? "unplanned" : "planned");
    }
}

static const WordCase version_cases[] = {
  { NULL, FALSE },     { "", FALSE },        { "v", FALSE },        { "45", FALSE },      { "v45", FALSE },
  { "45.0", TRUE },    { "v1.2.3", TRUE },   { "1.2.3.4", TRUE },   { "v0.1", TRUE },     { "46.rc", FALSE },
  { "46.0-rc1", FALSE }, { "1.2.", FALSE },  { ".1.2", FALSE },     { "1..2", FALSE },    { "V1.2", FALSE },
  { "vv1.2", FALSE },  { "1.2 ", FALSE },    { "release-1.2", FALSE }, { "2024.10.01", TRUE }, { "v1.2\n", FALSE },
};

static void
test_version (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (version_cases); i++)
    {
      if (dd_text_is_version (version_cases[i].text) != version_cases[i].expected)
        g_error ("“%s” should %sbe a version", version_cases[i].text, version_cases[i].expected ? "" : "not ");
    }
}

typedef struct
{
  const char *name;
  const char *commits[8][2]; /* sha, first parent */
  const char *head;
  gint32      expected[8];
} PositionCase;

static const PositionCase position_cases[] = {
  { "line", { { "c", "b" }, { "a", NULL }, { "b", "a" } }, "c", { 2, 0, 1 } },
  { "side", { { "m", "a" }, { "a", NULL }, { "side", "a" } }, "m", { 1, 0, DD_NO_POSITION } },
  { "cut", { { "d", "c" }, { "c", "b" } }, "d", { 1, 0 } },
  { "tip-unknown", { { "d", "c" }, { "c", "b" } }, "x", { DD_NO_POSITION, DD_NO_POSITION } },
  { "no-tip", { { "d", "c" } }, NULL, { DD_NO_POSITION } },
  { "older-tip", { { "d", "c" }, { "c", "b" }, { "b", NULL } }, "c", { DD_NO_POSITION, 1, 0 } },
  { "circle", { { "a", "b" }, { "b", "a" }, { "x", NULL }, { "y", NULL } }, "a",
    { 1, 0, DD_NO_POSITION, DD_NO_POSITION } },
  { "own-parent", { { "a", "a" } }, "a", { 0 } },
};

static void
test_positions (gconstpointer data)
{
  const PositionCase *c = data;
  DdCommit commits[8], *pointers[8];
  gint32 out[8];
  guint n = 0;

  for (; n < 8 && c->commits[n][0] != NULL; n++)
    {
      commits[n] = (DdCommit) { .sha = (char *) c->commits[n][0], .parent = (char *) c->commits[n][1] };
      pointers[n] = &commits[n];
    }
  dd_link_positions (pointers, n, c->head, out);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (out[i], ==, c->expected[i]);
}

typedef struct
{
  const char      *name;
  DdDeploymentKind seen[6];
  const char      *chosen;
  DdDeploymentKind expected;
  const char      *reason; /* what it has to say; NULL: anything */
} KindCase;

static const KindCase kind_cases[] = {
  { "nothing", { 0 }, NULL, DD_KIND_NONE, "merged" },
  { "deployments-first", { DD_KIND_TAG, DD_KIND_RELEASE, DD_KIND_WOODPECKER, DD_KIND_DEPLOYMENT }, NULL,
    DD_KIND_DEPLOYMENT, NULL },
  { "then-woodpecker", { DD_KIND_TAG, DD_KIND_RELEASE, DD_KIND_WOODPECKER }, NULL, DD_KIND_WOODPECKER, "Woodpecker" },
  { "then-files", { DD_KIND_TAG, DD_KIND_RELEASE, DD_KIND_FILE }, NULL, DD_KIND_FILE, NULL },
  { "then-releases", { DD_KIND_TAG, DD_KIND_RELEASE }, NULL, DD_KIND_RELEASE, "releases" },
  { "then-tags", { DD_KIND_TAG }, NULL, DD_KIND_TAG, "tags" },
  { "runs-never-by-themselves", { DD_KIND_WORKFLOW }, NULL, DD_KIND_NONE, NULL },
  { "by-hand", { DD_KIND_DEPLOYMENT, DD_KIND_TAG }, "tags", DD_KIND_TAG, "tags" },
  { "by-hand-though-empty", { DD_KIND_DEPLOYMENT }, "releases", DD_KIND_RELEASE, "by hand" },
  { "by-hand-none", { DD_KIND_DEPLOYMENT }, "none", DD_KIND_NONE, "by hand" },
  { "by-hand-workflow", { DD_KIND_DEPLOYMENT }, "workflow:Deploy*", DD_KIND_WORKFLOW, "workflow:Deploy*" },
  { "by-hand-nonsense", { DD_KIND_TAG }, "tag", DD_KIND_TAG, "tags stand" },
};

static void
test_kind (gconstpointer data)
{
  const KindCase *c = data;
  DdKindsSeen seen = { { FALSE } };
  g_autofree char *reason = NULL;

  for (int i = 0; i < 6; i++)
    seen.any[c->seen[i]] = c->seen[i] != DD_KIND_NONE;
  g_assert_cmpint (dd_link_choose_kind (&seen, c->chosen, &reason), ==, c->expected);
  g_assert_nonnull (reason);
  g_assert_cmpstr (reason, !=, "");
  if (c->reason != NULL)
    g_assert_nonnull (strstr (reason, c->reason));
}

static void
test_production (void)
{
  static const struct { const char *environment; gboolean expected; } cases[] = {
    { NULL, TRUE },          { "production", TRUE }, { "Production", TRUE },   { "prod-eu", TRUE }, { "PROD", TRUE },
    { "live", TRUE },        { "live-2", TRUE },     { "staging", FALSE },     { "", FALSE },
    { "preprod", FALSE },
    { "production / shop", TRUE }, { "non-live", FALSE },
  };
  g_autoptr (DdSettings) settings = dd_settings_new ("Northwind");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (dd_link_is_production (&settings->metrics, cases[i].environment), ==, cases[i].expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/link/unplanned", test_unplanned);
  g_test_add_func ("/link/version", test_version);
  for (gsize i = 0; i < G_N_ELEMENTS (position_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/link/positions/%s", position_cases[i].name);

      g_test_add_data_func (path, &position_cases[i], test_positions);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/link/kind/%s", kind_cases[i].name);

      g_test_add_data_func (path, &kind_cases[i], test_kind);
    }
  g_test_add_func ("/link/production", test_production);
  return g_test_run ();
}
