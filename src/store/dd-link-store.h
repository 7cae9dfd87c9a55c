/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-fact.h"
#include "dd-record.h"

G_BEGIN_DECLS

/* What linking asks of the records, and the facts that it writes. */

/* A repository that is to be linked anew. */
typedef struct
{
  gint64   id;
  char    *name;
  char    *head;
  gboolean chain_dirty; /* its commits changed */
  guint    records;     /* deployments and changes that it has */
} DdDirtyRepository;

void       dd_dirty_repository_free (DdDirtyRepository *repository);

/* TRUE where records, settings or decisions changed since the facts were written. */
gboolean   dd_link_store_is_dirty (DdDb *db, gint64 workspace);

/* (element-type DdDirtyRepository): in the order of their ids */
GPtrArray *dd_link_store_dirty_repositories (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdCommit): all that are known of the default branch. */
GPtrArray *dd_link_store_commits (DdDb *db, gint64 repository, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   dd_link_store_set_position (DdDb *db, gint64 repository, const char *sha, int position, GError **error);

/* The repositories of a workspace that are still to be linked, from one id to another. */
typedef struct
{
  gint64 workspace;
  gint64 first;
  gint64 last;
} DdLinkedRange;

/* A deployment as linking needs it. Strings live until the callback returns. */
typedef struct
{
  gint64           id;
  gint64           repository;
  DdDeploymentKind kind;
  const char      *environment;
  const char      *event;
  const char      *ref;
  const char      *label;
  gint64           created;
  gint64           finished;
  gint64           committed;
  int              position; /* -1 where not known */
  DdResult         result;
  gboolean         errored;
  int              source_rank; /* of its source in the settings; -1: no longer there */
} DdDeploymentRow;

typedef void (*DdDeploymentRowFunc) (const DdDeploymentRow *row, gpointer data);
/* In the order of their ids. */
gboolean dd_link_store_each_deployment (DdDb *db, const DdLinkedRange *range, DdDeploymentRowFunc func, gpointer data,
                                        GError **error);

typedef struct
{
  gint64      id;
  gint64      repository;
  const char *title;
  const char *author;
  const char *head;
  gboolean    bot;
  gint64      first_commit;
  gint64      opened;
  gint64      first_review;
  gint64      merged;
  int         position;
} DdChangeRow;

typedef void (*DdChangeRowFunc) (const DdChangeRow *row, gpointer data);
gboolean dd_link_store_each_change (DdDb *db, const DdLinkedRange *range, DdChangeRowFunc func, gpointer data, GError **error);

/* The old facts go before new ones are written. */
gboolean dd_link_store_clear_facts (DdDb *db, const DdLinkedRange *range, GError **error);

typedef struct
{
  gint64 at;
  gint64 id;
  gint64 repository;
  int    flags;
  DdRule rule;
} DdDeploymentFact;

gboolean dd_link_store_add_deployment (DdDb *db, gint64 workspace, const DdDeploymentFact *fact, GError **error);

typedef struct
{
  gint64 at;
  gint64 id;
  gint64 repository;
  DdRule rule;
  gint64 lead, coding, pickup, review, deploy;
  gint64 deployment; /* 0 for none */
} DdChangeFact;

gboolean dd_link_store_add_change (DdDb *db, gint64 workspace, const DdChangeFact *fact, GError **error);

typedef struct
{
  DdEventKind kind;
  gint64 id;         /* of the incident, or of a streak's first failing deployment */
  gint64 repository; /* 0 for none */
  gint64 started;
  gint64 ended;      /* DD_TIME_NONE while open */
  gint64 failed_started;
  gint64 duration;
  gint64 failed_duration;
  gint64 deployment; /* 0 for none */
  DdLink link;
} DdRecoveryFact;

gboolean dd_link_store_add_recovery (DdDb *db, gint64 workspace, const DdRecoveryFact *fact, GError **error);

/* What linking found out about a repository; clears its marks. */
typedef struct
{
  int      kind;
  char    *reason;
  gboolean deployed;
  gboolean excluded;
  gint64   first_at; /* times of its first and last record; DD_TIME_NONE where it has none */
  gint64   last_at;
} DdRepositoryFact;

gboolean dd_link_store_set_repository (DdDb *db, gint64 repository, const DdRepositoryFact *fact, GError **error);

G_END_DECLS
