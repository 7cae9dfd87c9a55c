/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdMetricCard:
 *
 * One metric at a glance: value, tier, the last 12 periods, change, and the count behind it; where there is no data, why. Click or
 * Return opens the metric's page.
 */
#define DD_TYPE_METRIC_CARD (dd_metric_card_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricCard, dd_metric_card, DD, METRIC_CARD, GtkWidget)

GtkWidget *dd_metric_card_new (DdMetric metric);

/* @report NULL: nothing is known yet; @waiting says for what, and may be NULL. */
void       dd_metric_card_show (DdMetricCard *self, const DdReport *report, const char *waiting);

G_END_DECLS
