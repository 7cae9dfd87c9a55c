/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The example organization: an outfitter's five teams and a year of their work that ends now. The same for the same @now. Instants
 * and durations as everywhere. */

typedef enum
{
  DD_DEMO_DEPLOYS,  /* by deployments, to staging and production */
  DD_DEMO_RELEASES,
  DD_DEMO_TAGS,
  DD_DEMO_NOTHING,  /* merges, and deploys nothing that anybody records */
  DD_DEMO_EMPTY,
  DD_DEMO_ARCHIVED,
} DdDemoKind;

typedef struct
{
  guint    number;
  char    *title;
  char    *head;
  char    *author;
  gboolean bot;
  char    *sha;     /* merge commit */
  gint64   first_commit, opened, first_review, merged;
  guint    commits;
} DdDemoChange;

typedef struct
{
  guint    number;
  char    *environment;
  char    *sha;
  char    *ref;
  gint64   created, finished;
  gboolean failed;
} DdDemoDeployment;

typedef struct
{
  const char *name;
  const char *team;
  DdDemoKind  kind;
  GPtrArray  *changes;     /* of DdDemoChange, oldest first; their merge commits are the default branch */
  GPtrArray  *deployments; /* of DdDemoDeployment, oldest first; releases and tags too */
} DdDemoRepository;

typedef struct
{
  char   *key;         /* "OPS-118" */
  char   *title;
  char   *repository;  /* NULL: nobody knows which */
  char   *label;
  gint64  started, resolved; /* DD_TIME_NONE while open */
  gboolean postmortem;
} DdDemoIncident;

typedef struct
{
  gint64     now;
  GPtrArray *repositories; /* of DdDemoRepository */
  GPtrArray *incidents;    /* of DdDemoIncident, oldest first */
} DdDemoWorld;

DdDemoWorld *dd_demo_world_new (gint64 now) G_GNUC_WARN_UNUSED_RESULT;
void         dd_demo_world_free (DdDemoWorld *world);

/* Service tier of a team, as in a workspace's settings. */
const char * const *dd_demo_teams (void);
const char         *dd_demo_team_tier (const char *team);

G_END_DECLS
