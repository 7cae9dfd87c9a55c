/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-db-private.h"
#include "dd-link-job.h"
#include "dd-record-store.h"
#include "dd-settings-file.h"
#include "dd-workspace-store.h"
#include "engine-test.h"

/* Facts that were kept up to date page by page are those that come of all records at once, whatever a page brought: records
 * that are new, other, gone or of another repository, commits that move the branch, decisions. */

#define SETTINGS "{\"name\":\"Northwind\",\"timezone\":\"UTC\",\"sources\":[{\"type\":\"files\"}]}"
#define PAGES 100
#define KEYS 12
#define DAYS 40

static const char * const repositories[] = { "shop", "cart", "docs" };

static const char * const questions[] = {
  "SELECT group_concat (counted || ' ' || at || ' ' || id || ' ' || repository_id || ' ' || flags || ' ' || rule, char (10))"
  " FROM (SELECT * FROM deployment_fact ORDER BY 1, 2, 3, 4)",
  "SELECT group_concat (counted || ' ' || at || ' ' || id || ' ' || repository_id || ' ' || rule || ' ' || ifnull (lead, '-') || ' '"
  " || ifnull (deploy, '-') || ' ' || ifnull (deployment_id, '-'), char (10)) FROM (SELECT * FROM change_fact ORDER BY 1, 2, 3, 4)",
  "SELECT group_concat (kind || ' ' || ended || ' ' || id || ' ' || repository_id || ' ' || started || ' ' || link || ' '"
  " || ifnull (failed_duration, '-') || ' ' || ifnull (deployment_id, '-'), char (10))"
  " FROM (SELECT * FROM recovery_fact ORDER BY 1, 2, 3, 4)",
  "SELECT group_concat (id || ' ' || rule || ' ' || ifnull (belongs_to, '-'), char (10)) FROM (SELECT * FROM incident ORDER BY id)",
  "SELECT group_concat (repository_id || ' ' || sha || ' ' || ifnull (position, '-'), char (10))"
  " FROM (SELECT * FROM branch_commit ORDER BY 1, 2)",
  "SELECT group_concat (name || ' ' || kind || ' ' || reason || ' ' || deployed || ' ' || ifnull (first_at, '-') || ' '"
  " || ifnull (last_at, '-') || ' ' || dirty, char (10)) FROM (SELECT * FROM repository ORDER BY id)",
};

static char *
facts (DdDb *db)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      sqlite3_stmt *rows = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db->handle, questions[i], -1, &rows, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (rows), ==, SQLITE_ROW);
      g_string_append_printf (text, "%s\n\n", (const char *) sqlite3_column_text (rows, 0));
      sqlite3_finalize (rows);
    }
  return g_string_free (text, FALSE);
}

static char *
key_new (GRand *chance,
         char   kind)
{
  return g_strdup_printf ("%c%d", kind, g_rand_int_range (chance, 0, KEYS));
}

static gint64
time_new (GRand *chance)
{
  return ENGINE_TEST_NOW - g_rand_int_range (chance, 1, DAYS * 24) * DD_HOUR;
}

static char *
repository_new (GRand *chance)
{
  return g_strdup (repositories[g_rand_int_range (chance, 0, G_N_ELEMENTS (repositories))]);
}

/* One of the commits of a straight branch; a page tells of some of them. */
static char *
sha_new (GRand *chance)
{
  return g_strdup_printf ("%02d", g_rand_int_range (chance, 0, 20));
}

static void
add_deployment (DdBatch *batch,
                GRand   *chance)
{
  static const char * const environments[] = { "production", "prod-eu", "staging" };
  static const DdDeploymentKind kinds[] = { DD_KIND_DEPLOYMENT, DD_KIND_RELEASE, DD_KIND_FILE };
  DdDeployment *deployment = g_new0 (DdDeployment, 1);

  deployment->kind = kinds[g_rand_int_range (chance, 0, 3)];
  deployment->key = key_new (chance, 'd');
  deployment->repository = repository_new (chance);
  deployment->environment = g_strdup (environments[g_rand_int_range (chance, 0, 3)]);
  deployment->commit = sha_new (chance);
  deployment->ref = g_strdup (g_rand_int_range (chance, 0, 4) == 0 ? "hotfix" : "main");
  deployment->result = g_rand_int_range (chance, 0, 4);
  deployment->created = time_new (chance);
  deployment->finished = deployment->result == DD_RESULT_RUNNING ? DD_TIME_NONE : deployment->created + DD_HOUR;
  deployment->committed = g_rand_boolean (chance) ? deployment->created - DD_HOUR : DD_TIME_NONE;
  g_ptr_array_add (batch->deployments, deployment);
}

static void
add_change (DdBatch *batch,
            GRand   *chance)
{
  DdChange *change = g_new0 (DdChange, 1);

  change->key = key_new (chance, 'c');
  change->repository = repository_new (chance);
  change->title = g_strdup (g_rand_int_range (chance, 0, 4) == 0 ? "Revert it" : "Add it");
  change->merge_commit = sha_new (chance);
  change->merged = time_new (chance);
  change->opened = change->merged - 5 * DD_HOUR;
  change->first_commit = g_rand_boolean (chance) ? change->opened - DD_HOUR : DD_TIME_NONE;
  change->first_review = DD_TIME_NONE;
  g_ptr_array_add (batch->changes, change);
}

static void
add_incident (DdBatch *batch,
              GRand   *chance)
{
  DdIncident *incident = g_new0 (DdIncident, 1);

  incident->kind = DD_INCIDENT_INCIDENT;
  incident->state = g_rand_int_range (chance, 0, 5) == 0 ? DD_INCIDENT_CANCELLED : DD_INCIDENT_LIVE;
  incident->key = key_new (chance, 'i');
  incident->repository = g_rand_boolean (chance) ? repository_new (chance) : NULL;
  incident->deployment = g_rand_int_range (chance, 0, 4) == 0 ? key_new (chance, 'd') : NULL;
  incident->started = time_new (chance);
  incident->resolved = g_rand_boolean (chance) ? incident->started + 7 * DD_HOUR : DD_TIME_NONE;
  incident->updated = DD_TIME_NONE;
  g_ptr_array_add (batch->incidents, incident);
}

static void
add_commits (DdBatch *batch,
             GRand   *chance)
{
  DdRepository *repository = g_new0 (DdRepository, 1);

  batch->repository = repository_new (chance);
  repository->name = g_strdup (batch->repository);
  repository->head = sha_new (chance);
  g_ptr_array_add (batch->repositories, repository);
  for (int i = 0; i < 6; i++)
    {
      DdCommit *commit = g_new0 (DdCommit, 1);

      commit->sha = sha_new (chance);
      commit->parent = g_strcmp0 (commit->sha, "00") == 0 ? NULL
                                                          : g_strdup_printf ("%02d", (int) g_ascii_strtoll (commit->sha, NULL, 10) - 1);
      commit->committed = ENGINE_TEST_NOW - DAYS * DD_DAY + g_ascii_strtoll (commit->sha, NULL, 10) * DD_DAY;
      g_ptr_array_add (batch->commits, commit);
    }
}

static void
put_page (DdDb  *db,
          GRand *chance)
{
  g_autoptr (DdBatch) batch = dd_batch_new ();
  g_autoptr (GError) error = NULL;

  switch (g_rand_int_range (chance, 0, 5))
    {
    case 0:
      add_deployment (batch, chance);
      add_deployment (batch, chance);
      break;
    case 1:
      add_change (batch, chance);
      break;
    case 2:
      add_incident (batch, chance);
      break;
    case 3:
      add_commits (batch, chance);
      break;
    case 4:
    default:
      g_ptr_array_add (batch->gone, key_new (chance, 'd'));
    }
  dd_record_store_put (db, 1, 1, batch, &error);
  g_assert_no_error (error);
}

/* Now and then a person decides about an incident, or takes it back; what is not there is refused. */
static void
decide (DdDb  *db,
        GRand *chance)
{
  static const DdLink links[] = { DD_LINK_BY_HAND, DD_LINK_UNLINKED, DD_LINK_EXCLUDED, DD_LINK_NONE };
  g_autofree char *incident = key_new (chance, 'i'), *deployment = key_new (chance, 'd');

  dd_workspace_store_decide (db, 1, incident, links[g_rand_int_range (chance, 0, 4)], deployment, NULL);
}

static char *
linked_facts (DdDb *db)
{
  g_autoptr (DdSettings) settings = dd_settings_file_parse (SETTINGS, "workspace.json", NULL);
  g_autoptr (GError) error = NULL;

  dd_link_job_run (db, 1, settings, NULL, &error);
  g_assert_no_error (error);
  return facts (db);
}

static gpointer
pages_job (DdDb         *db,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (GPOINTER_TO_UINT (data));

  for (int page = 0; page < PAGES; page++)
    {
      g_autofree char *kept = NULL, *expected = NULL;

      put_page (db, chance);
      if (page % 5 == 4)
        decide (db, chance);
      kept = linked_facts (db);
      dd_db_exec (db, "UPDATE repository SET dirty = 1, chain_dirty = 1; UPDATE workspace SET dirty = 1", error);
      expected = linked_facts (db);
      g_assert_cmpstr (kept, ==, expected);
    }
  return NULL;
}

static void
test_pages (void)
{
  for (guint seed = 1; seed <= 3; seed++)
    {
      EngineTest t;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("seed %u", seed);
      engine_test_init (&t);
      engine_test_import (&t, SETTINGS);
      dd_engine_run_async (t.engine, pages_job, GUINT_TO_POINTER (seed), NULL, NULL, NULL, engine_test_keep_cb, &result);
      engine_test_wait (&result);
      dd_engine_run_finish (t.engine, result, &error);
      g_assert_no_error (error);
      g_clear_object (&result);
      engine_test_clear (&t);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/incremental/pages", test_pages);
  return g_test_run ();
}
