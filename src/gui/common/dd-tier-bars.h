/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-tiers.h"

G_BEGIN_DECLS

/**
 * DdTierBars:
 *
 * Four rising bars, as many of them strong as the tier's place from below; its label says "Tier High, 3 of 4". It takes the
 * colours of its surroundings, so that it works on a chip as on a page, and is as large as its height request.
 */
#define DD_TYPE_TIER_BARS (dd_tier_bars_get_type ())
G_DECLARE_FINAL_TYPE (DdTierBars, dd_tier_bars, DD, TIER_BARS, GtkWidget)

GtkWidget *dd_tier_bars_new (int height);
void       dd_tier_bars_set_tier (DdTierBars *self, DdTier tier);

/* Bars and the tier's word on its colour. Also for no tier, with words of its own. */
GtkWidget *dd_tier_chip_new (void);
void       dd_tier_chip_set_tier (GtkWidget *chip, DdTier tier);

G_END_DECLS
