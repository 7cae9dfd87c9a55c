/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "dd-rule.h"
#include "dd-time.h"

G_BEGIN_DECLS

/*
 * Facts: what the records of a window come to, in columns. Which deployment a change is deployed by and which one an
 * incident is attributed to was worked out when the records came in, so that a report only reads and sums. The store fills
 * the columns, metrics reads them. A repository is its row id in the store, 0 for none.
 */

enum
{
  DD_DEPLOYMENT_SUCCEEDED = 1 << 0,
  DD_DEPLOYMENT_FAILED = 1 << 1,
  DD_DEPLOYMENT_HAS_INCIDENT = 1 << 2, /* an incident is attributed to it */
  DD_DEPLOYMENT_UNPLANNED = 1 << 3,    /* rework: a hotfix, rollback or revert */
};

/* Production deployments that finished in the window with success or failure, in the order of their finish. */
typedef struct
{
  guint    n;
  guint    size;
  gint64  *finished;
  guint32 *repository;
  guint8  *flags;
} DdDeploymentColumns;

/* Changes whose time lies in the window: deployed ones by their deployment's finish, merged ones of repositories without
 * deployments by their merge (both in order of time); then waiting and left-out ones by their merge, without durations. */
typedef struct
{
  guint    n;
  guint    size;
  guint32 *repository;
  guint8  *rule; /* DdRule */
  gint64  *lead; /* durations: DD_TIME_NONE where not known */
  gint64  *coding;
  gint64  *pickup;
  gint64  *review;
  gint64  *deploy;
} DdChangeColumns;

typedef enum
{
  DD_EVENT_INCIDENT = 0,
  DD_EVENT_STREAK = 1, /* failing deployments until the next success */
} DdEventKind;

/* Incidents and failing streaks that ended at or after the window's start, or have not ended. In no order. */
typedef struct
{
  guint    n;
  guint    size;
  guint32 *repository;
  guint8  *kind;   /* DdEventKind */
  gint64  *started;
  gint64  *ended;  /* DD_TIME_NONE while open */
  gint64  *failed_started; /* finish of the deployment that the incident is attributed to; DD_TIME_NONE for none; streaks: @started */
  gint64  *duration;        /* ended − started as the calendar measures it */
  gint64  *failed_duration; /* ended − failed_started, likewise */
} DdRecoveryColumns;

typedef struct
{
  DdDeploymentColumns deployments;
  DdChangeColumns     changes;
  DdRecoveryColumns   recoveries;
} DdFacts;

/* Room for @n more rows in each column of one kind; keeps what is there. */
void dd_deployment_columns_reserve (DdDeploymentColumns *columns, guint n);
void dd_change_columns_reserve (DdChangeColumns *columns, guint n);
void dd_recovery_columns_reserve (DdRecoveryColumns *columns, guint n);
void dd_facts_init (DdFacts *facts);
/* Empties the columns of one kind; memory is given back where it is much, else kept for the next window. */
void dd_deployment_columns_empty (DdDeploymentColumns *columns);
void dd_change_columns_empty (DdChangeColumns *columns);
void dd_recovery_columns_empty (DdRecoveryColumns *columns);
void dd_facts_clear (DdFacts *facts);

/* A repository as reports need it. */
typedef struct
{
  guint32  id;
  char    *name;
  int      kind;       /* DdDeploymentKind that supplies its deployments */
  char    *reason;     /* why that kind, for people */
  gboolean deployed;   /* a production deployment of it that finished is known, at any time */
  gboolean excluded;
  gboolean known;    /* has any record, at any time */
} DdRepositoryInfo;

void dd_repository_info_free (DdRepositoryInfo *info);

/* One row of the list behind a number. */
typedef struct
{
  const char *kind;  /* "deployment", "change", "incident" (static) */
  char    *id;       /* vendor's key, or what people call it: "OPS-12" */
  char    *repository;
  char    *title;
  char    *url;
  gint64   time;     /* when it counts */
  gint64   value;    /* duration, DD_TIME_NONE where it has none */
  gboolean counted;
  DdRule   rule;
  char    *note;     /* what it was linked to and why, e.g. the deployment's key; NULL for none */
} DdRecordRow;

void dd_record_row_free (DdRecordRow *row);

/* How many records of one kind a rule applies to, in a window. */
typedef struct
{
  const char *kind; /* "deployment", "change", "incident" (static) */
  DdRule      rule;
  guint       n;
} DdRuleCount;

/* Of them, those of one name: environments where the rule is about these, else repositories. */
typedef struct
{
  const char *kind; /* as above (static) */
  DdRule      rule;
  char       *name;
  guint       n;
} DdRuleName;

void dd_rule_name_free (DdRuleName *name);

/* How a source stands, for reports. */
typedef struct
{
  char  *type;
  char  *status;    /* "ok", "failed", "never" */
  gint64 last_sync; /* last success; DD_TIME_NONE for never */
  guint  records;
  char  *message;   /* NULL when ok */
} DdSourceState;

void dd_source_state_free (DdSourceState *state);

G_END_DECLS
