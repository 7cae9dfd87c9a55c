/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-calendar.h"
#include "dd-record.h"
#include "dd-rule.h"
#include "dd-settings.h"

G_BEGIN_DECLS

/* Which deployment a change is deployed by, which incident is attributed to which deployment, and what counts: metrics.md's
 * rules as pure functions over the records of one repository (changes, streaks) or of a workspace (incidents). */

#define DD_NO_POSITION (-1)

/* One deployment of a repository. Arrays are in the order of (finished, id), unfinished ones last. */
typedef struct
{
  gint64   id;
  gint64   created;
  gint64   finished;
  gint64   committed;   /* committed time of its commit, DD_TIME_NONE where not known */
  gint32   position;    /* of its commit on the default branch, DD_NO_POSITION where not known */
  guint32  environment; /* any number, the same for the same environment (without case) */
  DdResult result;
  DdRule   rule;        /* in: DD_RULE_COUNTED, or what leaves it out */
  gboolean unplanned;   /* in: its ref says so; out: or a change says so that it was the first to contain */
} DdLinkDeployment;

typedef struct
{
  gint64   id;
  gint64   first_commit;
  gint64   opened;
  gint64   first_review;
  gint64   merged;
  gint32   position;  /* of its merge commit */
  gboolean bot;       /* in: left out as a bot's */
  gboolean unplanned; /* in: its title or head branch says so */
  /* out */
  gint64   deployment; /* id, 0 for none */
  DdRule   rule;
  gint64   at;         /* when it counts */
  gint64   lead, coding, pickup, review, deploy;
} DdLinkChange;

typedef struct
{
  gint64 deployment; /* the first failure's id */
  gint64 started;
  gint64 ended;      /* finish of the next success */
  gint64 duration;
} DdStreak;

typedef struct
{
  double      first_deployment_days;
  double      attribution_hours;
  DdCalendar *calendar; /* NULL: plain time */
  gboolean    by_merge; /* the repository has no production deployments at all: changes count as merged */
} DdLinkRules;

/* Sorts @deployments as this file wants them. */
void    dd_link_sort (DdLinkDeployment *deployments, guint n);

/* O((n + m) log n). Only counted, successful deployments deploy anything. */
void    dd_link_changes (DdLinkDeployment *deployments, guint n_deployments,
                         DdLinkChange *changes, guint n_changes,
                         const DdLinkRules *rules);

/* (element-type DdStreak): failing streaks that ended, per environment. */
GArray *dd_link_streaks (const DdLinkDeployment *deployments, guint n, const DdLinkRules *rules) G_GNUC_WARN_UNUSED_RESULT;

/* A successful production deployment, for attribution; arrays in the order of (finished, id). */
typedef struct
{
  gint64  id;
  gint64  finished;
  guint32 repository;
} DdLinkSuccess;

typedef struct
{
  gint64   id;
  gint64   started;
  guint32  repository;         /* 0 for none */
  gboolean repository_unknown; /* a label names one that nobody knows: attributed to nothing */
  gint64   named_deployment;   /* id, 0 for none */
  DdLink   decision;           /* DD_LINK_NONE, BY_HAND, UNLINKED or EXCLUDED */
  gint64   decided_deployment;
  /* out */
  gint64   deployment;
  DdLink   link;
} DdLinkIncident;

/* @incidents are put in the order of their start. O((n + m) log m). */
void    dd_link_incidents (DdLinkIncident *incidents, guint n_incidents,
                           const DdLinkSuccess *successes, guint n_successes,
                           const DdLinkRules *rules);

/* The positions along first parents from @head, 0 = oldest known: out[i] for commits[i], DD_NO_POSITION off the chain. */
void    dd_link_positions (DdCommit * const *commits, guint n, const char *head, gint32 *out);

/* "hotfix", "rollback", "roll back" or "revert" at the start of a word; NULL is FALSE. */
gboolean dd_text_is_unplanned (const char *text);

/* `v` or nothing, then two or more numbers joined by dots and nothing else. */
gboolean dd_text_is_version (const char *text);

/* What one repository has, by kind (index: DdDeploymentKind): any to production, as its rules see it. */
typedef struct
{
  gboolean any[DD_KIND_WORKFLOW + 1];
} DdKindsSeen;

/* Which kind supplies a repository's deployments: by hand (@chosen, NULL for none), else GitHub deployments, Woodpecker, files,
 * releases, tags in this order, the first that has any. @reason: (out): a sentence for people. */
DdDeploymentKind dd_link_choose_kind (const DdKindsSeen *seen, const char *chosen, char **reason);

/* TRUE where @environment (NULL: the kind has none) is production. */
gboolean dd_link_is_production (const DdMetricSettings *settings, const char *environment);

G_END_DECLS
