/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-demo-world.h"

#include <math.h>

#include "dd-demo-words.h"
#include "dd-time.h"

#define DAYS 380
#define OFFICE_OPENS (8 * DD_HOUR)

/* How a repository's team works. */
typedef struct
{
  const char *name;
  const char *team;
  DdDemoKind  kind;
  double      merges;    /* a working day */
  double      deploys;   /* of working days' merges that are deployed at once */
  double      hours;     /* typical lead time in the middle of the year */
  double      fails;     /* of deployments */
  double      incidents; /* after successful deployments */
} Habit;

static const Habit habits[] = {
  { "shop", "Storefront", DD_DEMO_DEPLOYS, 2.4, 0.62, 18, 0.03, 0.045 },
  { "search", "Storefront", DD_DEMO_DEPLOYS, 1.1, 0.62, 9, 0.02, 0.03 },
  { "catalog", "Storefront", DD_DEMO_DEPLOYS, 0.7, 0.6, 13, 0.03, 0.02 },
  { "design-system", "Storefront", DD_DEMO_TAGS, 0.6, 0.35, 30, 0, 0 },
  { "billing", "Payments", DD_DEMO_DEPLOYS, 1.5, 0.58, 16, 0.05, 0.07 },
  { "payments-api", "Payments", DD_DEMO_DEPLOYS, 1.2, 0.6, 22, 0.02, 0.03 },
  { "ledger", "Payments", DD_DEMO_DEPLOYS, 0.5, 0.5, 40, 0.02, 0.02 },
  { "gateway", "Platform", DD_DEMO_DEPLOYS, 1.0, 0.66, 26, 0.05, 0.06 },
  { "auth", "Platform", DD_DEMO_DEPLOYS, 0.6, 0.62, 14, 0.01, 0.02 },
  { "infra", "Platform", DD_DEMO_NOTHING, 0.8, 0, 7, 0, 0 },
  { "cli-tools", "Platform", DD_DEMO_RELEASES, 0.4, 0.3, 50, 0, 0 },
  { "mobile-api", "Mobile", DD_DEMO_DEPLOYS, 0.9, 0.62, 10, 0.03, 0.03 },
  { "ios-app", "Mobile", DD_DEMO_RELEASES, 0.8, 0.14, 40, 0, 0 },
  { "android-app", "Mobile", DD_DEMO_RELEASES, 0.8, 0.14, 44, 0, 0 },
  { "warehouse", "Logistics", DD_DEMO_DEPLOYS, 0.8, 0.5, 34, 0.06, 0.05 },
  { "routing", "Logistics", DD_DEMO_DEPLOYS, 0.5, 0.55, 28, 0.04, 0.04 },
  { "forecasts", "Logistics", DD_DEMO_DEPLOYS, 0.4, 0.5, 20, 0.03, 0.02 },
  { "handbook", NULL, DD_DEMO_EMPTY, 0, 0, 0, 0, 0 },
  { "old-shop", NULL, DD_DEMO_ARCHIVED, 0, 0, 0, 0, 0 },
};

static const char * const teams[] = { "Storefront", "Payments", "Platform", "Mobile", "Logistics", NULL };

/* One repository while its year is told. */
typedef struct
{
  DdDemoWorld      *world;
  const Habit      *habit;
  DdDemoRepository *repository;
  GRand            *chance;
  guint             waiting;  /* merged and not deployed */
  guint             versions;
  gint64            mend;     /* a fix is due at this time; DD_TIME_NONE where nothing is broken */
} Telling;

const char * const *
dd_demo_teams (void)
{
  return teams;
}

const char *
dd_demo_team_tier (const char *team)
{
  return g_strcmp0 (team, "Payments") == 0 || g_strcmp0 (team, "Storefront") == 0 ? "1" : "2";
}

static void
change_free (gpointer data)
{
  DdDemoChange *change = data;

  g_free (change->title);
  g_free (change->head);
  g_free (change->sha);
  g_free (change);
}

static void
deployment_free (gpointer data)
{
  DdDemoDeployment *deployment = data;

  g_free (deployment->environment);
  g_free (deployment->sha);
  g_free (deployment->ref);
  g_free (deployment);
}

static void
repository_free (gpointer data)
{
  DdDemoRepository *repository = data;

  g_ptr_array_unref (repository->changes);
  g_ptr_array_unref (repository->deployments);
  g_free (repository);
}

static void
incident_free (gpointer data)
{
  DdDemoIncident *incident = data;

  g_free (incident->key);
  g_free (incident->title);
  g_free (incident->repository);
  g_free (incident);
}

/* Around @middle, with a long tail: durations of work are never symmetric. */
static gint64
spread (GRand *chance,
        double middle_hours)
{
  double bell = 0;

  for (int i = 0; i < 6; i++)
    bell += g_rand_double (chance) - 0.5;
  return (gint64) (middle_hours * exp (bell * 1.3) * (double) DD_HOUR) / DD_SECOND * DD_SECOND;
}

/* How much is done on a day: little at weekends, in summer and around the turn of the year. */
static double
pace (gint64 day)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day / DD_SECOND);
  int month = g_date_time_get_month (date), of_month = g_date_time_get_day_of_month (date);
  double season = (month == 12 && of_month > 22) || (month == 1 && of_month < 3) ? 0.12 : month == 8 ? 0.65 : 1;

  return g_date_time_get_day_of_week (date) > 5 ? 0.05 * season : season;
}

static char *
sha_of (const Telling *telling,
        const char    *what,
        guint          number)
{
  g_autofree char *text = g_strdup_printf ("%s %s %u", telling->habit->name, what, number);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, text, -1);
}

/* Lead times shorten over the year at Storefront, and Logistics had a bad month. */
static double
hours_at (const Telling *telling,
          gint64         time)
{
  double age = (double) (telling->world->now - time) / (double) (DAYS * DD_DAY);

  if (g_strcmp0 (telling->habit->team, "Storefront") == 0)
    return telling->habit->hours * (0.7 + 0.9 * age);
  if (g_strcmp0 (telling->habit->team, "Logistics") == 0 && age > 0.25 && age < 0.34)
    return telling->habit->hours * 2.2;
  return telling->habit->hours;
}

static DdDemoChange *
merge (Telling    *telling,
       gint64      merged,
       const char *fix)
{
  DdDemoChange *change = g_new0 (DdDemoChange, 1);
  guint number = telling->repository->changes->len + 1;
  gint64 lead = fix != NULL ? spread (telling->chance, 0.4) : spread (telling->chance, hours_at (telling, merged) * 0.8);

  change->number = 100 + number;
  change->bot = fix == NULL && g_rand_double (telling->chance) < 0.12;
  change->author = (char *) (change->bot ? "renovate" : dd_demo_author (g_rand_int (telling->chance)));
  change->title = fix != NULL ? g_strdup (fix) : dd_demo_title (telling->habit->name, change->bot, g_rand_int (telling->chance));
  change->head = g_strdup_printf ("%s/%u", fix != NULL ? "hotfix" : change->bot ? "renovate" : "topic", change->number);
  change->sha = sha_of (telling, "commit", number);
  change->merged = merged / DD_SECOND * DD_SECOND;
  change->first_commit = change->merged - lead;
  change->opened = change->first_commit + lead / 100 * g_rand_int_range (telling->chance, 15, 45);
  change->first_review = change->opened + (change->merged - change->opened) / 100 * g_rand_int_range (telling->chance, 20, 80);
  if (change->bot && g_rand_boolean (telling->chance))
    change->first_review = DD_TIME_NONE;
  change->commits = 1 + (guint) g_rand_int_range (telling->chance, 0, 5);
  g_ptr_array_add (telling->repository->changes, change);
  telling->waiting++;
  return change;
}

static DdDemoDeployment *
add_deployment (Telling            *telling,
                const char         *environment,
                const DdDemoChange *change,
                gint64              created,
                gint64              lasts,
                gboolean            failed)
{
  DdDemoDeployment *deployment = g_new0 (DdDemoDeployment, 1);
  gboolean versioned = telling->habit->kind == DD_DEMO_RELEASES || telling->habit->kind == DD_DEMO_TAGS;

  deployment->number = telling->repository->deployments->len + 1;
  deployment->environment = g_strdup (environment);
  deployment->sha = g_strdup (change->sha);
  deployment->ref = versioned ? g_strdup_printf ("v%u.%u.0", 2 + telling->versions / 40, telling->versions % 40) : g_strdup ("main");
  deployment->created = created / DD_SECOND * DD_SECOND;
  deployment->finished = (created + lasts) / DD_SECOND * DD_SECOND;
  deployment->failed = failed;
  telling->versions++;
  g_ptr_array_add (telling->repository->deployments, deployment);
  return deployment;
}

static void
break_something (Telling *telling,
                 gint64   deployed)
{
  DdDemoIncident *incident = g_new0 (DdDemoIncident, 1);
  gint64 length = spread (telling->chance, 1.4);

  incident->title = dd_demo_incident_title (telling->habit->name, g_rand_int (telling->chance));
  /* Now and then nobody writes down which service it was. */
  if (g_rand_double (telling->chance) > 0.12)
    incident->repository = g_strdup (telling->habit->name);
  incident->label = (char *) (g_rand_boolean (telling->chance) ? "incident" : "outage");
  incident->started = deployed + g_rand_int_range (telling->chance, 4, 300) * DD_MINUTE;
  incident->resolved = incident->started + length;
  incident->postmortem = g_rand_double (telling->chance) < 0.35;
  if (incident->started >= telling->world->now)
    {
      incident_free (incident);
      return;
    }
  if (incident->resolved >= telling->world->now || (telling->world->now - incident->started < 9 * DD_DAY && length > 3 * DD_HOUR))
    incident->resolved = DD_TIME_NONE;
  g_ptr_array_add (telling->world->incidents, incident);
  telling->mend = incident->started + length / 3;
}

static void
deploy (Telling            *telling,
        const DdDemoChange *change,
        gint64              time)
{
  gint64 lasts = g_rand_int_range (telling->chance, 3, 14) * DD_MINUTE + g_rand_int_range (telling->chance, 0, 59) * DD_SECOND;
  gboolean failed = g_rand_double (telling->chance) < telling->habit->fails;

  if (time + 20 * DD_MINUTE + 3 * lasts >= telling->world->now)
    return;
  if (telling->habit->kind == DD_DEMO_DEPLOYS)
    {
      add_deployment (telling, "staging", change, time, lasts, FALSE);
      time += lasts + 6 * DD_MINUTE;
    }
  add_deployment (telling, "production", change, time, lasts, failed);
  if (failed)
    {
      telling->mend = time + lasts + g_rand_int_range (telling->chance, 10, 90) * DD_MINUTE;
      return;
    }
  telling->waiting = 0;
  if (g_rand_double (telling->chance) < telling->habit->incidents)
    break_something (telling, time + lasts);
}

/* What broke is mended by a revert or a hotfix that is deployed at once. */
static void
mend (Telling *telling)
{
  gint64 time = telling->mend;
  const DdDemoChange *last = g_ptr_array_index (telling->repository->changes, telling->repository->changes->len - 1);
  g_autofree char *fix = g_rand_boolean (telling->chance) ? g_strdup_printf ("Revert “%s”", last->title)
                                                          : g_strdup_printf ("Hotfix: %s", last->title);

  telling->mend = DD_TIME_NONE;
  if (time + DD_HOUR < telling->world->now && time > last->merged)
    deploy (telling, merge (telling, time, fix), time + 5 * DD_MINUTE);
}

static void
tell_day (Telling *telling,
          gint64   day)
{
  double due = telling->habit->merges * pace (day);
  gint64 time = day + OFFICE_OPENS;

  while (due > 0 && g_rand_double (telling->chance) < due)
    {
      const DdDemoChange *change;

      due -= 1;
      time += g_rand_int_range (telling->chance, 20, 220) * DD_MINUTE;
      if (telling->mend != DD_TIME_NONE && telling->mend < time)
        {
          time = MAX (time, telling->mend + DD_HOUR);
          mend (telling);
        }
      if (time >= telling->world->now)
        return;
      change = merge (telling, time, NULL);
      if (telling->habit->kind != DD_DEMO_NOTHING && g_rand_double (telling->chance) < telling->habit->deploys)
        {
          time += g_rand_int_range (telling->chance, 10, 100) * DD_MINUTE;
          deploy (telling, change, time);
        }
    }
}

static void
tell_year (DdDemoWorld *world,
           const Habit *habit,
           guint        seed)
{
  Telling telling = { .world = world, .habit = habit, .mend = DD_TIME_NONE };
  gint64 first = (world->now / DD_DAY - DAYS) * DD_DAY;

  telling.chance = g_rand_new_with_seed (seed);
  telling.repository = g_new0 (DdDemoRepository, 1);
  telling.repository->name = habit->name;
  telling.repository->team = habit->team;
  telling.repository->kind = habit->kind;
  telling.repository->changes = g_ptr_array_new_with_free_func (change_free);
  telling.repository->deployments = g_ptr_array_new_with_free_func (deployment_free);
  g_ptr_array_add (world->repositories, telling.repository);
  for (int day = 0; day <= DAYS; day++)
    tell_day (&telling, first + day * DD_DAY);
  g_rand_free (telling.chance);
}

static int
compare_incidents (gconstpointer a,
                   gconstpointer b)
{
  const DdDemoIncident *left = *(DdDemoIncident * const *) a, *right = *(DdDemoIncident * const *) b;

  return left->started < right->started ? -1 : left->started > right->started;
}

DdDemoWorld *
dd_demo_world_new (gint64 now)
{
  DdDemoWorld *world = g_new0 (DdDemoWorld, 1);

  world->now = now;
  world->repositories = g_ptr_array_new_with_free_func (repository_free);
  world->incidents = g_ptr_array_new_with_free_func (incident_free);
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    tell_year (world, &habits[i], 1871 + i);
  g_ptr_array_sort (world->incidents, compare_incidents);
  for (guint i = 0; i < world->incidents->len; i++)
    ((DdDemoIncident *) g_ptr_array_index (world->incidents, i))->key = g_strdup_printf ("OPS-%u", 101 + i);
  return world;
}

void
dd_demo_world_free (DdDemoWorld *world)
{
  if (world == NULL)
    return;
  g_ptr_array_unref (world->repositories);
  g_ptr_array_unref (world->incidents);
  g_free (world);
}
