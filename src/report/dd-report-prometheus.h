/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-exposition.h"
#include "dd-standing.h"

G_BEGIN_DECLS

/**
 * dd_standings_to_exposition:
 * @standings: (element-type DdStanding)
 *
 * cli.md, "Prometheus". Figures over a window are there for each repository and, without `repo`, for the workspace as a whole:
 * medians and rates of parts do not add up to those of the whole. What adds up, counters and the histogram, is there by repository
 * only.
 */
char *dd_standings_to_exposition (const GPtrArray *standings, DdExpositionFormat format) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
