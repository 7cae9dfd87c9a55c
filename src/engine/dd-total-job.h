/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-linking.h"

G_BEGIN_DECLS

/* What the totals hold of the repositories of a range, looked up before their facts are cleared. */
typedef struct _DdTotalJob DdTotalJob;

DdTotalJob *dd_total_job_new (DdDb *db, const DdLinkedRange *range, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        dd_total_job_free (DdTotalJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdTotalJob, dd_total_job_free)

/* Counts what is new among the facts of these repositories, in the same transaction. */
gboolean    dd_total_job_run (DdTotalJob *job, DdDirtyRepository * const *repositories, guint n, const DdLinkedFacts *facts,
                              GError **error);

G_END_DECLS
