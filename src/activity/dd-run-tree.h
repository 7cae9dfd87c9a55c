/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-activity-mark.h"

G_BEGIN_DECLS

/* A task of a run and what it had to wait for. */
typedef struct
{
  const DdActivityTask *task;
  const DdActivityTask *after; /* NULL: it could begin at once, or nobody tells */
  guint                 depth; /* how many stand before it in such a row */
} DdRunStep;

/**
 * dd_run_tree:
 *
 * The tasks of a run, each behind the one it waited for. The program's own tell by their names (SOURCE/SCOPE/STEP): a scope waits for
 * the list of its source's scopes, and a step in place of another for that one. Logs do not tell: there each stands for itself.
 * The steps live as long as @run. (element-type DdRunStep)
 */
GArray *dd_run_tree (const DdActivityRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
