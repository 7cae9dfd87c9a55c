/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-view.h"

G_BEGIN_DECLS

/**
 * DdChartCard:
 *
 * A chart in its card: title, menu (as a table, save, copy), picture, legend. What it has not got yet, it says in words.
 *
 * Signal: `activated` (int point), as the view's.
 */
#define DD_TYPE_CHART_CARD (dd_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (DdChartCard, dd_chart_card, DD, CHART_CARD, GtkWidget)

GtkWidget   *dd_chart_card_new (void);

/* @spec: (transfer full); @title NULL: the spec's own. */
void         dd_chart_card_take (DdChartCard *self, const char *title, DdChartSpec *spec);

/* What is seen is of before: another picture is on its way. */
void         dd_chart_card_set_stale (DdChartCard *self, gboolean stale);

DdChartView *dd_chart_card_get_view (DdChartCard *self);

G_END_DECLS
