/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-report.h"

G_BEGIN_DECLS

/* Reports made by hand, for tests of their writers. Week 46 of 2026, of Europe/Berlin. */

/* Nothing is connected, so that nothing is known. */
DdSummary *fixture_nothing (void);

/* Every member has a value of its own; two repositories, a team, two sources, an open incident, rules, settings. */
DdSummary *fixture_whole (void);

/* As the whole one, with @n repositories. */
DdSummary *fixture_many (guint n);

/* As the whole one; every text that strangers can write is hostile. */
DdSummary *fixture_hostile (void);

/* What strangers may write: markup of all sorts, control and direction characters, line breaks, 10,000 characters; ends
 * with NULL. */
const char * const *fixture_hostile_texts (void);

/* (element-type DdRecordRow): one of each kind, hostile titles, unknown times and values. */
GPtrArray *fixture_rows (void);

G_END_DECLS
