/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-summary.h"

G_BEGIN_DECLS

/* What a decision about an incident would make of the numbers, in words: of those that are and those that would be. */

/* "Change failure rate 8.1 % → 10.8 %" */
char *dd_decision_words (const DdSummary *now, const DdSummary *would) G_GNUC_WARN_UNUSED_RESULT;
/* "4 of 37 instead of 3. Tier High → Medium."; and the time to recovery where it changes too. */
char *dd_decision_details (const DdSummary *now, const DdSummary *would) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
