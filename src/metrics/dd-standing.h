/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"
#include "dd-total.h"

G_BEGIN_DECLS

/*
 * How workspaces stand at a moment: what a monitoring system asks for again and again. Plain values, made by the engine and
 * written by the report layer.
 */

/* The windows of cli.md, "Prometheus": so many local days before today, as the report's period `last-N-days`. */
#define DD_STANDING_WINDOWS 2
extern const int dd_standing_days[DD_STANDING_WINDOWS];

typedef struct
{
  char     *name;
  char     *tier; /* the service tier of its team, "" for none */
  DdTotals  totals;
  DdMetrics windows[DD_STANDING_WINDOWS];
} DdRepositoryStanding;

/* How long ago a source's last sync that succeeded was. */
typedef struct
{
  char  *source; /* its type */
  gint64 age;
} DdSourceAge;

typedef struct
{
  char      *workspace; /* "" for what belongs to none: only errors */
  gboolean   whole;     /* FALSE: only errors are known */
  DdMetrics  windows[DD_STANDING_WINDOWS];
  guint      open_incidents;
  GPtrArray *repositories; /* of DdRepositoryStanding, by name */
  GPtrArray *ages;         /* of DdSourceAge, by source, each once; those that never succeeded are not in it */
  GPtrArray *errors;       /* of DdErrorTotal, by subsystem */
} DdStanding;

DdStanding *dd_standing_new (const char *workspace) G_GNUC_WARN_UNUSED_RESULT;
void        dd_standing_free (DdStanding *standing);
void        dd_repository_standing_free (DdRepositoryStanding *repository);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdStanding, dd_standing_free)

/* The tier of the team that a repository is of; of several teams the first by name that gives one. "" for none. */
const char *dd_standing_tier (const GPtrArray *teams, const char *repository);

/* Adds a source's age; of two sources of one type the one that is older stands. Keeps the order. */
void        dd_standing_add_age (DdStanding *standing, const char *source, gint64 age);

G_END_DECLS
