/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdTierTable:
 *
 * The four tiers' thresholds of the profile in force, and where each metric stands in them. Where it is narrow, a row per metric.
 */
#define DD_TYPE_TIER_TABLE (dd_tier_table_get_type ())
G_DECLARE_FINAL_TYPE (DdTierTable, dd_tier_table, DD, TIER_TABLE, AdwBin)

GtkWidget *dd_tier_table_new (void);
void       dd_tier_table_show (DdTierTable *self, const DdSummary *summary);

G_END_DECLS
