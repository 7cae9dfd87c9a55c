/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dd-fact.h"

/* Columns of a million rows are most of a report's memory: they double while they are small, then grow by a quarter. */
#define DOUBLING_ROWS 16384

static guint
grown (guint size,
       guint needed)
{
  guint next = size < DOUBLING_ROWS ? MAX (256, size * 2) : size + size / 4;

  return MAX (next, needed);
}

void
dd_deployment_columns_reserve (DdDeploymentColumns *columns,
                               guint                n)
{
  if (columns->n + n <= columns->size)
    return;
  columns->size = grown (columns->size, columns->n + n);
  columns->finished = g_renew (gint64, columns->finished, columns->size);
  columns->repository = g_renew (guint32, columns->repository, columns->size);
  columns->flags = g_renew (guint8, columns->flags, columns->size);
}

void
dd_change_columns_reserve (DdChangeColumns *columns,
                           guint            n)
{
  if (columns->n + n <= columns->size)
    return;
  columns->size = grown (columns->size, columns->n + n);
  columns->repository = g_renew (guint32, columns->repository, columns->size);
  columns->rule = g_renew (guint8, columns->rule, columns->size);
  columns->lead = g_renew (gint64, columns->lead, columns->size);
  columns->coding = g_renew (gint64, columns->coding, columns->size);
  columns->pickup = g_renew (gint64, columns->pickup, columns->size);
  columns->review = g_renew (gint64, columns->review, columns->size);
  columns->deploy = g_renew (gint64, columns->deploy, columns->size);
}

void
dd_recovery_columns_reserve (DdRecoveryColumns *columns,
                             guint              n)
{
  if (columns->n + n <= columns->size)
    return;
  columns->size = grown (columns->size, columns->n + n);
  columns->repository = g_renew (guint32, columns->repository, columns->size);
  columns->kind = g_renew (guint8, columns->kind, columns->size);
  columns->started = g_renew (gint64, columns->started, columns->size);
  columns->ended = g_renew (gint64, columns->ended, columns->size);
  columns->failed_started = g_renew (gint64, columns->failed_started, columns->size);
  columns->duration = g_renew (gint64, columns->duration, columns->size);
  columns->failed_duration = g_renew (gint64, columns->failed_duration, columns->size);
}

void
dd_facts_init (DdFacts *facts)
{
  *facts = (DdFacts) { 0 };
}

static void
deployment_columns_clear (DdDeploymentColumns *columns)
{
  g_free (columns->finished);
  g_free (columns->repository);
  g_free (columns->flags);
  *columns = (DdDeploymentColumns) { 0 };
}

static void
change_columns_clear (DdChangeColumns *columns)
{
  g_free (columns->repository);
  g_free (columns->rule);
  g_free (columns->lead);
  g_free (columns->coding);
  g_free (columns->pickup);
  g_free (columns->review);
  g_free (columns->deploy);
  *columns = (DdChangeColumns) { 0 };
}

static void
recovery_columns_clear (DdRecoveryColumns *columns)
{
  g_free (columns->repository);
  g_free (columns->kind);
  g_free (columns->started);
  g_free (columns->ended);
  g_free (columns->failed_started);
  g_free (columns->duration);
  g_free (columns->failed_duration);
  *columns = (DdRecoveryColumns) { 0 };
}

void
dd_deployment_columns_empty (DdDeploymentColumns *columns)
{
  columns->n = 0;
  if (columns->size > DOUBLING_ROWS)
    deployment_columns_clear (columns);
}

void
dd_change_columns_empty (DdChangeColumns *columns)
{
  columns->n = 0;
  if (columns->size > DOUBLING_ROWS)
    change_columns_clear (columns);
}

void
dd_recovery_columns_empty (DdRecoveryColumns *columns)
{
  columns->n = 0;
  if (columns->size > DOUBLING_ROWS)
    recovery_columns_clear (columns);
}

void
dd_facts_clear (DdFacts *facts)
{
  deployment_columns_clear (&facts->deployments);
  change_columns_clear (&facts->changes);
  recovery_columns_clear (&facts->recoveries);
}

void
dd_repository_info_free (DdRepositoryInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->reason);
  g_free (info);
}

void
dd_rule_name_free (DdRuleName *name)
{
  if (name == NULL)
    return;
  g_free (name->name);
  g_free (name);
}

void
dd_record_row_free (DdRecordRow *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->repository);
  g_free (row->title);
  g_free (row->url);
  g_free (row->note);
  g_free (row);
}

void
dd_source_state_free (DdSourceState *state)
{
  if (state == NULL)
    return;
  g_free (state->type);
  g_free (state->status);
  g_free (state->message);
  g_free (state);
}
