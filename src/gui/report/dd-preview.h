/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "dd-report-source.h"

G_BEGIN_DECLS

/**
 * DdPreview:
 *
 * The pages of a report as they will be on paper, one below the other. They are set and drawn on a thread; the ones before stay until
 * they are there. Signal `changed`: other pages are shown, or none can be.
 */
#define DD_TYPE_PREVIEW (dd_preview_get_type ())
G_DECLARE_FINAL_TYPE (DdPreview, dd_preview, DD, PREVIEW, AdwBin)

/* @source: (nullable): none */
void     dd_preview_show (DdPreview *self, DdReportSource *source);

/* Pages of what is shown, for printing; NULL before they are there. Owned by the preview. */
DdPages *dd_preview_get_pages (DdPreview *self);

G_END_DECLS
