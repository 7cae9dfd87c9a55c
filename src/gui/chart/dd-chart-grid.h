/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-chart-spec.h"

G_BEGIN_DECLS

/* A new table of what a chart shows, made from the same spec: the full alternative to the picture. @spec must outlive it. */
GtkWidget *dd_chart_grid_new (const DdChartSpec *spec);

G_END_DECLS
