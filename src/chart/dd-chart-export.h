/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dd-chart-draw.h"

G_BEGIN_DECLS

typedef enum
{
  DD_EXPORT_PNG, /* two pixels for each of @width */
  DD_EXPORT_SVG,
  DD_EXPORT_PDF,
} DdExportFormat;

/* The chart with its title and legend in the light theme, whatever the window's is. (transfer full), NULL on error. */
GBytes *dd_chart_export (const DdChartSpec *spec,
                         DdExportFormat     format,
                         double             width,
                         double             height,
                         gboolean           rtl,
                         GError           **error);

G_END_DECLS
