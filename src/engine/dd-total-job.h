/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-linking.h"

G_BEGIN_DECLS

/* Counts what is new among the facts of repositories that were linked, in the same transaction. */
gboolean dd_total_job_run (DdDb *db, DdDirtyRepository * const *repositories, guint n, const DdLinkedFacts *facts, GError **error);

G_END_DECLS
