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

void
dd_facts_reset (DdFacts *facts)
{
  facts->deployments.n = 0;
  facts->changes.n = 0;
  facts->recoveries.n = 0;
}

void
dd_facts_clear (DdFacts *facts)
{
  g_free (facts->deployments.finished);
  g_free (facts->deployments.repository);
  g_free (facts->deployments.flags);
  g_free (facts->changes.repository);
  g_free (facts->changes.rule);
  g_free (facts->changes.lead);
  g_free (facts->changes.coding);
  g_free (facts->changes.pickup);
  g_free (facts->changes.review);
  g_free (facts->changes.deploy);
  g_free (facts->recoveries.repository);
  g_free (facts->recoveries.kind);
  g_free (facts->recoveries.started);
  g_free (facts->recoveries.ended);
  g_free (facts->recoveries.failed_started);
  g_free (facts->recoveries.duration);
  g_free (facts->recoveries.failed_duration);
  dd_facts_init (facts);
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
