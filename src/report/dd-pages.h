/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "dd-document.h"
#include "dd-report.h"

G_BEGIN_DECLS

/**
 * DdPages:
 *
 * A report set on pages of one size, for PDF, for print and for a preview, which all draw the same. It keeps @report,
 * which must outlive it and not change.
 */
typedef struct _DdPages DdPages;

/**
 * dd_pages_new:
 * @width: of the paper, in points
 * @height: of the paper, in points
 *
 * A report of one page gets shorter until it fits.
 */
DdPages *dd_pages_new (const DdReport *report, double width, double height) G_GNUC_WARN_UNUSED_RESULT;
/* Of a report that was kept, at the length that it had: @document is (transfer full). */
DdPages *dd_pages_new_for_document (DdDocument *document, double width, double height) G_GNUC_WARN_UNUSED_RESULT;
void     dd_pages_free (DdPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DdPages, dd_pages_free)

guint    dd_pages_count (const DdPages *pages);

/* Draws one of them, from 0, in points from the paper's upper left corner; the paper itself is left as it is. On a PDF it
 * is tagged for screen readers. */
void     dd_pages_draw (DdPages *pages, guint page, cairo_t *cr);

/* Paper's size, in points. */
void     dd_pages_get_size (const DdPages *pages, double *width, double *height);

/* What stands on them, as the pages have cut it. */
const DdDocument *dd_pages_get_document (const DdPages *pages);

/* Byte for byte the same for the same report; NULL on error. */
GBytes  *dd_pages_to_pdf (DdPages *pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
