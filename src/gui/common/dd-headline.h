/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "dd-summary.h"

G_BEGIN_DECLS

/* Whether a metric moved for better or worse, as a class and in words; "" where nothing can be said. */
void dd_show_change (GtkLabel *label, DdMetric metric, const DdSummary *summary);

G_END_DECLS
