/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-summary.h"

G_BEGIN_DECLS

/**
 * DdSparkline:
 *
 * The shape of a metric's last 12 periods, the last one marked. Where a period has no data there is a gap. It has no figures; they
 * stand beside it and on the metric's page.
 */
#define DD_TYPE_SPARKLINE (dd_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (DdSparkline, dd_sparkline, DD, SPARKLINE, GtkWidget)

void dd_sparkline_set_trend (DdSparkline *self, DdMetric metric, const DdSummary *summary);

G_END_DECLS
