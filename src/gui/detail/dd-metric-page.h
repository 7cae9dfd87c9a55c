/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-page.h"

G_BEGIN_DECLS

/**
 * DdMetricPage:
 *
 * One metric: its value, its chart, and the list behind the number.
 */
#define DD_TYPE_METRIC_PAGE (dd_metric_page_get_type ())
G_DECLARE_FINAL_TYPE (DdMetricPage, dd_metric_page, DD, METRIC_PAGE, DdPage)

GtkWidget *dd_metric_page_new (DdMetric metric);

G_END_DECLS
