/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "dd-cron.h"
#include "dd-db-private.h"
#include "dd-schedule-claim.h"
#include "dd-schedule-store.h"
#include "dd-settings-file.h"
#include "dd-task-record.h"
#include "dd-time.h"
#include "dd-workspace-store.h"

#define START (G_GINT64_CONSTANT (1735689600) * DD_SECOND) /* 1 January 2025 */
#define END (START + 5 * 365 * DD_DAY)

/* Half-hour changes, changes at midnight and across it, in the south, none at all, and by the moon's calendar. */
static const char * const zones[] = {
  "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca",
  "America/Havana", "America/Nuuk", "Asia/Kathmandu", "Asia/Beirut", "Pacific/Chatham", "Antarctica/Troll",
};

static const char * const rules[] = { "30 2 * * *", "0 8 * * 1", "15 0 1,29 * *" };

/* Two programs on one database. */
typedef struct
{
  char       *folder;
  DdDb       *db[2];
  gint64      workspace;
  DdSettings *settings;
} World;

static void
world_init (World      *world,
            const char *zone)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;

  world->folder = g_dir_make_tmp ("doradash-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (world->folder, "doradash.db", NULL);
  for (int i = 0; i < 2; i++)
    {
      world->db[i] = dd_db_open (path, &error);
      g_assert_no_error (error);
    }
  world->settings = dd_settings_new ("Northwind");
  g_free (world->settings->timezone);
  world->settings->timezone = g_strdup (zone);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      DdScheduleSettings *schedule = g_new0 (DdScheduleSettings, 1);

      schedule->id = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      schedule->cron = g_strdup (rules[i]);
      schedule->action = g_strdup ("sync");
      schedule->period = g_strdup ("weekly");
      g_ptr_array_add (world->settings->schedules, schedule);
    }
  json = dd_settings_file_write (world->settings);
  world->workspace = dd_workspace_store_save (world->db[0], world->settings, json, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (dd_schedule_note (world->db[0], world->workspace, world->settings, START - 1, &error));
}

static void
world_clear (World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  for (int i = 0; i < 2; i++)
    dd_db_close (world->db[i]);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (world->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (world->folder);
  g_free (world->folder);
  dd_settings_free (world->settings);
}

/* Whoever looks at @now takes all that is due; each run that is taken is added as its due time. */
static void
look (World  *world,
      int     who,
      gint64  now,
      GArray *taken[])
{
  DdScheduleClaim *claim;
  g_autoptr (GError) error = NULL;

  while ((claim = dd_schedule_claim (world->db[who], world->workspace, world->settings, NULL, now, 1, &error)) != NULL)
    {
      g_assert_cmpint (claim->due, <=, now);
      g_array_append_val (taken[claim->id[0] - '0'], claim->due);
      dd_schedule_claim_free (claim);
    }
  g_assert_no_error (error);
}

/* The next time at which anything is due. */
static gint64
next_of_all (const DdCron *crons,
             GTimeZone    *zone,
             gint64        after)
{
  gint64 next = G_MAXINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    next = MIN (next, dd_cron_next (&crons[i], zone, after));
  return next;
}

/* What must have been taken of a rule by @now, when it was looked at @before and not since. */
static void
expect (const DdCron *cron,
        GTimeZone    *zone,
        gint64        before,
        gint64        now,
        GArray       *expected)
{
  gint64 last = dd_cron_last (cron, zone, before, now);

  if (last != DD_TIME_NONE)
    g_array_append_val (expected, last);
}

static void
live_five_years (const char *zone_name,
                 gboolean    sleeps)
{
  g_autoptr (GTimeZone) zone = dd_time_zone_new (zone_name, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260501);
  GArray *taken[G_N_ELEMENTS (rules)], *expected[G_N_ELEMENTS (rules)];
  DdCron crons[G_N_ELEMENTS (rules)];
  gint64 before = START - 1;
  World world;

  world_init (&world, zone_name);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      taken[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
      expected[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_assert_true (dd_cron_parse (rules[i], &crons[i], NULL));
    }
  while (before < END)
    {
      gint64 now = next_of_all (crons, zone, before);

      if (sleeps && g_rand_int_range (rand, 0, 4) == 0)
        now += g_rand_int_range (rand, 0, 20 * 24 * 60) * DD_MINUTE;
      for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
        expect (&crons[i], zone, before, now, expected[i]);
      look (&world, g_rand_int_range (rand, 0, 2), now, taken);
      look (&world, g_rand_int_range (rand, 0, 2), now + DD_SECOND, taken);
      before = now;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gint64 due = START - 1;

      g_test_message ("%s %s: %u times", zone_name, rules[i], taken[i]->len);
      g_assert_cmpmem (taken[i]->data, taken[i]->len * sizeof (gint64), expected[i]->data, expected[i]->len * sizeof (gint64));
      /* Awake, that is each time there is. */
      for (guint k = 0; !sleeps && k < taken[i]->len; k++)
        {
          due = dd_cron_next (&crons[i], zone, due);
          g_assert_cmpint (g_array_index (taken[i], gint64, k), ==, due);
        }
      g_array_unref (taken[i]);
      g_array_unref (expected[i]);
    }
  world_clear (&world);
}

static void
test_awake (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    live_five_years (zones[i], FALSE);
}

static void
test_asleep (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    live_five_years (zones[i], TRUE);
}

/* A clock that was years ahead, and one that goes back a little, neither repeat nor stop anything. */
static void
test_clock_put_back (void)
{
  g_autoptr (GError) error = NULL;
  GArray *taken[G_N_ELEMENTS (rules)];
  World world;

  world_init (&world, "UTC");
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    taken[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  look (&world, 0, START + 150 * DD_MINUTE, taken);
  g_assert_cmpuint (taken[0]->len, ==, 1);
  look (&world, 0, START + 149 * DD_MINUTE, taken);
  look (&world, 0, START + 150 * DD_MINUTE, taken);
  g_assert_cmpuint (taken[0]->len, ==, 1);
  look (&world, 0, START + 1000 * DD_DAY, taken);
  g_assert_cmpuint (taken[0]->len, ==, 2);
  look (&world, 1, START + DD_DAY, taken);
  look (&world, 1, START + DD_DAY + 150 * DD_MINUTE, taken);
  g_assert_cmpuint (taken[0]->len, ==, 3);
  look (&world, 1, START + 1000 * DD_DAY, taken);
  g_assert_cmpuint (taken[0]->len, ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_array_unref (taken[i]);
  world_clear (&world);
}

/* What was taken and never ended is not taken again, and says that it did not end. */
static void
test_crash (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DdScheduleClaim) claim = NULL;
  DdScheduleRun run;
  World world;

  world_init (&world, "UTC");
  claim = dd_schedule_claim (world.db[0], world.workspace, world.settings, "0", START + DD_DAY, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (claim->due, ==, START + 150 * DD_MINUTE);
  g_assert_null (dd_schedule_claim (world.db[1], world.workspace, world.settings, "0", START + DD_DAY, 2, &error));
  g_assert_no_error (error);
  g_assert_true (dd_schedule_store_last_run (world.db[1], world.workspace, "0", &run, &error));
  g_assert_cmpint (run.due, ==, claim->due);
  g_assert_cmpint (run.start, ==, START + DD_DAY);
  g_assert_cmpint (run.end, ==, DD_TIME_NONE);
  g_assert_cmpint (run.outcome, ==, DD_OUTCOME_RUNNING);
  world_clear (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/schedule-clock/awake", test_awake);
  g_test_add_func ("/schedule-clock/asleep", test_asleep);
  g_test_add_func ("/schedule-clock/put-back", test_clock_put_back);
  g_test_add_func ("/schedule-clock/crash", test_crash);
  return g_test_run ();
}
