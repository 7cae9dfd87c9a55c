/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"

G_BEGIN_DECLS

/* How a metric is calculated, in words, with the settings in force and numerator and denominator (metrics.md). */
char *dd_definition_words (DdMetric metric, const DdSummary *summary) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
