/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-query.h"
#include "dd-workspace.h"

G_BEGIN_DECLS

/* A question on the store's worker, with what all questions need. */
typedef struct
{
  DdWorkspace *workspace;
  GTimeZone   *zone;
  DdPeriod     period;
  gint64       now;
  char        *scope;        /* name of the repository or team it is narrowed to */
  GPtrArray   *repositories; /* of DdRepositoryInfo: all of the workspace */
  DdScope      measured;     /* those in scope */
  gint64       repository;   /* row id where it is narrowed to one, else 0 */
} DdAsked;

/* Loads the workspace, brings its facts up to date, reads period and scope. */
gboolean dd_asked_init (DdAsked *asked, DdDb *db, const DdQuery *query, GCancellable *cancellable, GError **error);
void     dd_asked_clear (DdAsked *asked);

/* TRUE where it is narrowed to several repositories, which the store cannot do: it narrows to one or to none. */
gboolean   dd_asked_is_team (const DdAsked *asked);
/* Takes away the rows (of DdRecordRow) that are out of scope. */
void       dd_asked_keep_scope (const DdAsked *asked, GPtrArray *rows);
/* (element-type DdRuleCount): of the period and the scope; without @counted, only of what does not count. */
GPtrArray *dd_asked_rule_counts (const DdAsked *asked, DdDb *db, gboolean counted, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdRuleName): of the period and the scope; a name may be there more than once. */
GPtrArray *dd_asked_rule_names (const DdAsked *asked, DdDb *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The whole summary; @brief: as DdQuery has it. */
DdSummary *dd_query_summarize (DdDb *db, DdAsked *asked, gboolean brief, GCancellable *cancellable, GError **error);

/* The figures of one period alone; @each: (out caller-allocates): one for each repository in scope, in their order. */
gboolean   dd_query_measure (DdDb *db, DdAsked *asked, const DdPeriod *period, DdMetrics *all, DdMetrics *each, GError **error);

/* Settings that narrow what counts, for people. */
GPtrArray *dd_query_narrowed (const DdSettings *settings);

G_END_DECLS
