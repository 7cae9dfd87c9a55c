/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdOverviewDetails:
 *
 * What stands below the cards of the overview: the tier table, and the highlights beside it where there is room.
 */
#define DD_TYPE_OVERVIEW_DETAILS (dd_overview_details_get_type ())
G_DECLARE_FINAL_TYPE (DdOverviewDetails, dd_overview_details, DD, OVERVIEW_DETAILS, AdwBin)

GtkWidget *dd_overview_details_new (void);

/* Two parts, so that no frame has to do both. */
void dd_overview_details_show_tiers (DdOverviewDetails *self, const DdSummary *summary);
void dd_overview_details_show_highlights (DdOverviewDetails *self, const DdReport *report);

G_END_DECLS
