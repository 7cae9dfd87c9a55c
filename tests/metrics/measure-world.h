/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

/* A small world in columns: its repositories have the ids 10, 20, 30, …; its period is a week in Berlin that begins on
 * a Monday. */
typedef struct
{
  DdFacts    facts;
  DdPeriod   period;
  GTimeZone *zone;
  DdSettings *settings;
  DdScope    scope;
} World;

static inline gint64
at (const char *text)
{
  gint64 time = DD_TIME_NONE;

  g_assert_true (dd_time_parse (text, &time));
  return time;
}

static inline void
world_init (World      *world,
            guint       repositories,
            const char *start,
            int         days)
{
  *world = (World) { 0 };
  dd_facts_init (&world->facts);
  world->zone = dd_time_zone_new ("Europe/Berlin", NULL);
  world->settings = dd_settings_new ("Northwind");
  world->period.kind = DD_PERIOD_CUSTOM;
  world->period.start = at (start);
  world->period.end = dd_time_local_midnight (world->period.start, world->zone, days);
  world->period.days = days;
  world->scope.whole = TRUE;
  world->scope.repositories = g_ptr_array_new_with_free_func ((GDestroyNotify) dd_repository_info_free);
  for (guint i = 0; i < repositories; i++)
    {
      DdRepositoryInfo *info = g_new0 (DdRepositoryInfo, 1);

      info->id = 10 * (i + 1);
      info->deployed = TRUE;
      g_ptr_array_add (world->scope.repositories, info);
    }
}

static inline void
world_clear (World *world)
{
  dd_facts_clear (&world->facts);
  g_time_zone_unref (world->zone);
  dd_settings_free (world->settings);
  g_ptr_array_unref (world->scope.repositories);
}

static inline void
add_deployment (World  *world,
                guint32 repository,
                gint64  finished,
                int     flags)
{
  DdDeploymentColumns *columns = &world->facts.deployments;

  dd_deployment_columns_reserve (columns, 1);
  columns->repository[columns->n] = repository;
  columns->finished[columns->n] = finished;
  columns->flags[columns->n] = (guint8) flags;
  columns->n++;
}

/* In seconds; a negative stage is not known. */
static inline void
add_change (World  *world,
            guint32 repository,
            DdRule  rule,
            double  lead,
            double  coding)
{
  DdChangeColumns *columns = &world->facts.changes;
  guint i = columns->n;

  dd_change_columns_reserve (columns, 1);
  columns->repository[i] = repository;
  columns->rule[i] = (guint8) rule;
  columns->lead[i] = lead >= 0 ? (gint64) (lead * (double) DD_SECOND) : DD_TIME_NONE;
  columns->coding[i] = coding >= 0 ? (gint64) (coding * (double) DD_SECOND) : DD_TIME_NONE;
  columns->pickup[i] = coding >= 0 ? 2 * columns->coding[i] : DD_TIME_NONE;
  columns->review[i] = coding >= 0 ? 3 * columns->coding[i] : DD_TIME_NONE;
  columns->deploy[i] = coding >= 0 && rule == DD_RULE_COUNTED ? 4 * columns->coding[i] : DD_TIME_NONE;
  columns->n++;
}

static inline void
add_recovery (World      *world,
              guint32     repository,
              DdEventKind kind,
              gint64      started,
              gint64      ended,
              gint64      failed_started)
{
  DdRecoveryColumns *columns = &world->facts.recoveries;
  guint i = columns->n;

  dd_recovery_columns_reserve (columns, 1);
  columns->repository[i] = repository;
  columns->kind[i] = (guint8) kind;
  columns->started[i] = started;
  columns->ended[i] = ended;
  columns->failed_started[i] = failed_started;
  columns->duration[i] = ended != DD_TIME_NONE ? ended - started : DD_TIME_NONE;
  columns->failed_duration[i] =
      ended != DD_TIME_NONE && failed_started != DD_TIME_NONE ? ended - failed_started : DD_TIME_NONE;
  columns->n++;
}

static inline DdMetrics
measure (World     *world,
         DdMetrics *each)
{
  DdMetrics all;

  dd_metrics_measure (&world->facts, &world->period, world->zone, &world->settings->metrics, &world->scope, &all, each,
                      NULL, NULL);
  return all;
}
