/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-db.h"
#include "dd-fact.h"

G_BEGIN_DECLS

/* What reports ask of the facts. Windows are half-open. @repository narrows to one by its id, 0 is all. */

/* Adds rows to the columns; finishes in order. */
gboolean   dd_fact_store_deployments (DdDb *db, gint64 workspace, gint64 from, gint64 to, gint64 repository,
                                      DdDeploymentColumns *columns, GError **error);
gboolean   dd_fact_store_changes (DdDb *db, gint64 workspace, gint64 from, gint64 to, gint64 repository,
                                  DdChangeColumns *columns, GError **error);
/* Those that ended in the window. */
gboolean   dd_fact_store_recoveries (DdDb *db, gint64 workspace, gint64 from, gint64 to, gint64 repository,
                                     DdRecoveryColumns *columns, GError **error);
/* Incidents that started before and had not ended by any of @ends (n of them, ascending), oldest end first. */
gboolean   dd_fact_store_open_across (DdDb *db, gint64 workspace, const gint64 *ends, guint n, gint64 repository,
                                      DdRecoveryColumns *columns, GError **error);

/* (element-type DdRepositoryInfo), by name. */
GPtrArray *dd_fact_store_repositories (DdDb *db, gint64 workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdRuleCount): records of the window by kind and rule; incidents by their start. @excluded: some repository is.
 * Without @counted, only those that do not count. */
GPtrArray *dd_fact_store_rule_counts (DdDb *db, gint64 workspace, gint64 from, gint64 to, gint64 repository, gboolean excluded,
                                      gboolean counted, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type DdRuleName): where the deployments and changes of the window that do not count come from, by rule; the most first. */
GPtrArray *dd_fact_store_rule_names (DdDb *db, gint64 workspace, gint64 from, gint64 to, gint64 repository,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
